//! The whole content under a new log: what a restored computer brings that nobody else has.

use super::own::NOBODY;
use crate::{Code, Error, World};
use radrum_domain::{Document, KINDS, Kind as ItemKind, Made, Renamed, Type, schema};
use radrum_store::{Doc, DocMeta, Tx};
use radrum_wire::{Body, Generation, ItemChange, ItemId, Kind, LogId};
use std::collections::BTreeMap;

/// Items that are read at a time.
const BATCH: u32 = 200;

/// Of which others name versions.
const VERSIONED: ItemKind = ItemKind::Playbook;

/// Changes of one save, with who wrote it and when.
type Save = (ItemId, i64, Vec<Made>);

/// Writes every item's history once more as entries of `log`, in the clear, and takes away what
/// stood in other logs. Items begin at their first generation: there is nobody who has an
/// older one.
///
/// # Errors
/// [`Code::NotYetHere`] while an item shows a snapshot; any error of the store.
pub(crate) fn reissue(tx: &Tx<'_>, world: &World, log: LogId) -> Result<(), Error> {
    let mut renamed = Renamed::new();
    // What names versions of others comes after those.
    let (naming, first): (Vec<_>, Vec<_>) = KINDS.into_iter().partition(names_versions);
    for kind in first.into_iter().chain(naming) {
        let mut after = 0;
        loop {
            let batch = tx.read().docs_after(after, Some(kind), BATCH)?;
            let Some(last) = batch.last() else { break };
            after = last.n;
            for meta in batch {
                reissue_item(tx, world, log, meta, &mut renamed)?;
            }
        }
    }
    Ok(tx.leave_other_logs(log)?)
}

fn names_versions(kind: &ItemKind) -> bool {
    let mut fields = schema(*kind).fields.iter();
    fields.any(|field| field.ty == Type::Version)
}

fn reissue_item(
    tx: &Tx<'_>,
    world: &World,
    log: LogId,
    meta: DocMeta,
    renamed: &mut Renamed,
) -> Result<(), Error> {
    let item = meta.key.id();
    if tx.read().provisional(item)?.is_some() {
        return Err(Error::new(Code::NotYetHere, meta.key.to_string()));
    }
    let stored = tx.read().doc(&meta.key)?;
    let stored = stored.ok_or_else(|| Error::not_found(&meta.key))?;
    let old = Document::load(meta.key.kind(), &stored.saved)?;
    let reissued = old.reissued(log, world.random()?, renamed)?;
    // A long text is several changes of one save; they stay in one entry.
    let mut order: Vec<(i64, u64)> = Vec::new();
    let mut saves: BTreeMap<(i64, u64), Save> = BTreeMap::new();
    for (hash, made) in reissued.changes {
        tx.rename_merges(item, hash, made.hash)?;
        if meta.key.kind() == VERSIONED {
            renamed.insert(hash, made.hash);
        }
        let written = tx.read().written(item, hash)?;
        let (entry, author, at) = written.map_or(((0, 0), NOBODY, meta.created_at), |written| {
            (written.entry, written.author, written.written_at)
        });
        let save = saves.entry(entry).or_insert_with(|| {
            order.push(entry);
            (author, at, Vec::new())
        });
        save.2.push(made);
    }
    for (author, at, changes) in order.iter().filter_map(|entry| saves.remove(entry)) {
        write(tx, log, item, (author, at, changes))?;
    }
    let doc = Doc {
        meta: DocMeta {
            generation: Generation::FIRST,
            heads: reissued.doc.heads(),
            plain: reissued.doc.plain(),
            ..meta
        },
        saved: reissued.doc.save(),
    };
    tx.put_doc(&doc)?;
    Ok(())
}

fn write(tx: &Tx<'_>, log: LogId, item: ItemId, save: Save) -> Result<(), Error> {
    let (author, at, changes) = save;
    let generation = Generation::FIRST;
    let body = Body {
        changes: changes
            .iter()
            .map(|made| ItemChange {
                item,
                generation,
                change: made.bytes.clone(),
            })
            .collect(),
    };
    let body = body
        .encode()
        .map_err(|error| Error::new(Code::TooLarge, error.to_string()))?;
    let seq = tx.append_log(log, author, at, (Kind::CHANGES, &body))?;
    for made in &changes {
        tx.put_change(item, generation, made, log, seq)?;
    }
    Ok(())
}
