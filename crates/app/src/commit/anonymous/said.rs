//! What stands in the entry of a post without a name: the changes that begin or change its item,
//! or its erasure.

use super::super::erase::Hands;
use super::super::roads::encoded;
use crate::krets::Krets;
use crate::{Code, Error, World};
use radrum_domain::{Actor, Actors, Document, Edit, Heads, ItemKey, Made};
use radrum_seal::OnceKey;
use radrum_store::{Tx, UnnamedAct, UnnamedPost};
use radrum_wire::{
    Body, ChangeHash, Erase, EraseTarget, Generation, Ground, ItemChange, Kind, LogId,
};
use serde::Serialize;
use std::collections::BTreeSet;

pub(super) fn json(said: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(said).map_err(|_| Error::bug("a post that cannot be kept"))
}

/// What a post puts into its entry. None when its item is not there any more.
pub(super) fn said(
    tx: &Tx<'_>,
    krets: &Krets,
    world: &World,
    (post, thread): (&UnnamedPost, &OnceKey),
) -> Result<Option<(Kind, Vec<u8>)>, Error> {
    let bug = || Error::bug("a post that cannot be read");
    let key: ItemKey = post.key.parse().map_err(|_| bug())?;
    let stored = tx.read().doc(&key)?.filter(|doc| !doc.saved.is_empty());
    let (mut doc, seen) = match (post.act, &stored) {
        (UnnamedAct::Write, _) => {
            let doc = Document::begin(key.kind())?;
            let begun = doc.heads();
            (doc, begun)
        }
        (_, None) => return Ok(None),
        (UnnamedAct::Change, Some(stored)) => {
            let doc = Document::load(key.kind(), &stored.saved)?;
            let seen = own_heads(&doc, thread.log());
            (doc, seen)
        }
        (UnnamedAct::Erase, Some(_)) => return erasure(tx, krets, post).map(Some),
    };
    let edits: Vec<Edit> = serde_json::from_str(&post.said).map_err(|_| bug())?;
    let actors = Actors {
        running: Actor::new(thread.log(), world.random()?),
        fresh: Actor::new(thread.log(), world.random()?),
    };
    let made = doc.edit(&seen, actors, &edits)?;
    let changes = made.into_iter().map(|made| ItemChange {
        item: post.item,
        generation: Generation::FIRST,
        change: made.bytes,
    });
    let body = Body {
        changes: changes.collect(),
    };
    let body = body.encode();
    let body = body.map_err(|error| Error::new(Code::TooLarge, error.to_string()))?;
    Ok(Some((Kind::ANONYMOUS, body)))
}

/// The version of an item that its thread has made by itself. What others have changed is left
/// out: a change would say which of that its writer had seen.
fn own_heads(doc: &Document, log: LogId) -> Heads {
    let changes = doc.changes();
    let own = |made: &&Made| made.actor.starts_with(log.as_bytes());
    let below: BTreeSet<ChangeHash> = changes
        .iter()
        .filter(own)
        .flat_map(|made| made.deps.iter().copied())
        .collect();
    let heads = changes.iter().filter(own).map(|made| made.hash);
    Heads::new(heads.filter(|hash| !below.contains(hash)))
}

fn erasure(tx: &Tx<'_>, krets: &Krets, post: &UnnamedPost) -> Result<(Kind, Vec<u8>), Error> {
    let bug = || Error::bug("an erasure that cannot be read");
    let (ground, decision): (u8, String) = serde_json::from_str(&post.said).map_err(|_| bug())?;
    let own: Vec<LogId> = krets.members.logs_of(krets.grant).collect();
    let hands = Hands {
        tx,
        krets: Some(krets),
        own: &own,
    };
    let generation = Generation(tx.read().standing(post.item)?.0 + 1);
    let erase = Erase {
        ground: Ground(ground),
        decision,
        targets: vec![EraseTarget {
            item: post.item,
            generation,
            entries: hands.entries_of(post.item, generation)?,
        }],
    };
    Ok((Kind::ANONYMOUS_ERASE, encoded(&erase)?))
}
