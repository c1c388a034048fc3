//! The past of one item: what alone loads a document to be read. History decodes its changes in
//! one pass (house rule 5).

use super::Key;
use super::head::author;
use crate::api::HistoryEntry;
use crate::{Code, Error, Session};
use radrum_domain::{Document, Heads, HistoryStep, ItemKey, Plain};
use radrum_store::{DocMeta, Read};
use serde_json::Value;
use std::collections::BTreeMap;

pub(crate) fn history(session: &Session, args: Key) -> Result<Vec<HistoryEntry>, Error> {
    let key = args.key()?;
    session.read(|read| {
        let doc = read.doc(&key)?.ok_or_else(|| Error::not_found(&key))?;
        if read.provisional(key.id())?.is_some() {
            return Err(Error::new(Code::NotYetHere, key.to_string()));
        }
        let steps = Document::load(key.kind(), &doc.saved)?.history();
        entries_of(session, &read, &doc.meta, steps)
    })
}

/// Steps of an item's history as its page tells them, newest first.
pub(crate) fn entries_of(
    session: &Session,
    read: &Read<'_>,
    meta: &DocMeta,
    steps: Vec<HistoryStep>,
) -> Result<Vec<HistoryEntry>, Error> {
    let texts = entry_texts(&meta.plain);
    let mut entries: Vec<HistoryEntry> = Vec::with_capacity(steps.len());
    let mut saved = None;
    for step in steps {
        let by = author(session, read, meta.key.id(), step.change)?;
        let named: BTreeMap<String, String> = step
            .lines
            .iter()
            .filter_map(|line| line.entry.clone())
            .filter_map(|id| texts.get(&id).map(|text| (id, text.clone())))
            .collect();
        let entry = HistoryEntry {
            author: by.author,
            municipality: by.municipality,
            written_at: by.written_at,
            lines: step.lines,
            entries: named,
        };
        // A very long text is saved in several changes.
        match entries.last_mut() {
            Some(last) if by.entry.is_some() && by.entry == saved => {
                last.lines.extend(entry.lines);
                last.entries.extend(entry.entries);
            }
            _ => entries.push(entry),
        }
        saved = by.entry;
    }
    entries.reverse();
    Ok(entries)
}

/// As an item read on some heads. None when it is not here, or was written anew since because
/// something in it was erased.
pub(crate) fn as_of(read: &Read<'_>, key: &ItemKey, heads: &Heads) -> Result<Option<Plain>, Error> {
    let Some(doc) = read.doc(key)? else {
        return Ok(None);
    };
    let doc = Document::load(key.kind(), &doc.saved)?;
    Ok(doc.holds(heads).then(|| doc.plain_at(heads)).flatten())
}

/// The text of each list entry, to say which one a line is about.
pub(crate) fn entry_texts(plain: &Plain) -> BTreeMap<String, String> {
    let entries = plain.fields.values().filter_map(Value::as_array).flatten();
    entries
        .filter_map(|entry| {
            let id = entry.get("id")?.as_str()?;
            let text = ["text", "name", "title", "area"]
                .iter()
                .find_map(|field| entry.get(*field).and_then(Value::as_str))?;
            Some((id.to_string(), text.to_string()))
        })
        .collect()
}
