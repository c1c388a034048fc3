//! The same history once more under another log: what a restored computer brings, since it
//! never writes on in the log of the computer that was lost.

use super::{Document, DocumentError, Made, hash, made};
use crate::schema::Type;
use crate::version::{LOST, Renamed, Version};
use automerge::legacy::{ElementId, Key, ObjectId, OpId, OpType, SortedVec};
use automerge::{ActorId, Automerge, Change, ChangeHash, ExpandedChange, ScalarValue};
use radrum_wire::{ChangeHash as Hash, LogId};
use std::collections::{BTreeMap, BTreeSet};

/// Random bytes of the actors of one reissued document; the other three number them.
pub const REISSUE_BYTES: usize = 5;

/// A document under another log.
pub struct Reissued {
    /// It reads as the old one does.
    pub doc: Document,
    /// Each change with the hash that it had, oldest first.
    pub changes: Vec<(Hash, Made)>,
}

impl Document {
    /// Makes every change but the genesis anew, with actors of `log`: the same operations in
    /// the same order, so the history, the value and the voices are the same. New actors are
    /// numbered in the order of the old ones, so that whoever won by actor wins again. A version of
    /// another item, whose changes got the names in `renamed`, is named by those; one that was
    /// not there reads as none.
    ///
    /// # Errors
    /// [`DocumentError::Damaged`] when a change stands on one that is not there.
    pub fn reissued(
        &self,
        log: LogId,
        fresh: [u8; REISSUE_BYTES],
        renamed: &Renamed,
    ) -> Result<Reissued, DocumentError> {
        let old: Vec<Change> = self.doc.get_changes(&[]);
        let (genesis, old) = old.split_first().ok_or(DocumentError::Damaged)?;
        let actors = actors(genesis, old, log, fresh)?;
        let mut hashes: BTreeMap<ChangeHash, ChangeHash> = BTreeMap::new();
        hashes.insert(genesis.hash(), genesis.hash());
        let mut doc = Automerge::new();
        doc.apply_changes([genesis.clone()])?;
        let mut changes = Vec::with_capacity(old.len());
        let mut anew = Vec::with_capacity(old.len());
        for change in old {
            let mut expanded = change.decode();
            rename(&mut expanded, &actors)?;
            self.rename_versions(&mut expanded, renamed);
            for dep in &mut expanded.deps {
                *dep = *hashes.get(dep).ok_or(DocumentError::Damaged)?;
            }
            // As every program writes them.
            expanded.deps.sort_unstable();
            expanded.hash = None;
            let new = Change::from(expanded);
            hashes.insert(change.hash(), new.hash());
            changes.push((hash(change.hash()), made(&new)));
            anew.push(new);
        }
        doc.apply_changes(anew)?;
        let doc = Self {
            schema: self.schema,
            doc,
        };
        Ok(Reissued { doc, changes })
    }

    fn rename_versions(&self, change: &mut ExpandedChange, renamed: &Renamed) {
        for op in &mut change.operations {
            let (Key::Map(key), ObjectId::Root) = (&op.key, &op.obj) else {
                continue;
            };
            let field = self.schema.field(key);
            if let (Some(Type::Version), OpType::Put(ScalarValue::Str(text))) =
                (field.map(|field| field.ty), &mut op.action)
            {
                let version = text.parse::<Version>().ok();
                let version = version.and_then(|version| version.renamed(renamed));
                *text = version.map_or_else(|| LOST.into(), |of| of.to_string().into());
            }
        }
    }
}

type Actors = BTreeMap<ActorId, ActorId>;

fn actors(
    genesis: &Change,
    old: &[Change],
    log: LogId,
    fresh: [u8; REISSUE_BYTES],
) -> Result<Actors, DocumentError> {
    let all: BTreeSet<&ActorId> = old.iter().map(Change::actor_id).collect();
    let mut actors = Actors::new();
    for (number, actor) in all.into_iter().enumerate() {
        let number = u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes();
        if number[0] != 0 {
            return Err(DocumentError::Damaged);
        }
        let mut bytes = log.as_bytes().to_vec();
        bytes.extend_from_slice(&fresh);
        bytes.extend_from_slice(&number[1..]);
        actors.insert(actor.clone(), ActorId::from(bytes));
    }
    actors.insert(genesis.actor_id().clone(), genesis.actor_id().clone());
    Ok(actors)
}

/// Puts the new actors everywhere that an old one stands.
fn rename(change: &mut ExpandedChange, actors: &Actors) -> Result<(), DocumentError> {
    let new = |actor: &ActorId| actors.get(actor).cloned().ok_or(DocumentError::Damaged);
    let id = |of: &OpId| new(of.actor()).map(|actor| OpId::new(of.counter(), &actor));
    change.actor_id = new(&change.actor_id)?;
    for op in &mut change.operations {
        if let ObjectId::Id(of) = &op.obj {
            op.obj = ObjectId::Id(id(of)?);
        }
        if let Key::Seq(ElementId::Id(of)) = &op.key {
            op.key = Key::Seq(ElementId::Id(id(of)?));
        }
        let pred: Vec<OpId> = op.pred.iter().map(&id).collect::<Result<_, _>>()?;
        op.pred = SortedVec::from(pred);
    }
    Ok(())
}
