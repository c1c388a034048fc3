//! Saving. One *Spara* is one change, one entry, one synced transaction.

use super::Acknowledged;
use super::page::Key;
use crate::api::{Accepted, Edited, GuardHit, TextToCheck};
use crate::commit::Batch;
use crate::content::take;
use crate::guard::{self, Byline};
use crate::labels;
use crate::{Code, Error, Session};
use radrum_domain::{Document, Edit, Heads, ItemKey, Kind, Scalar, singleton};
use radrum_store::Draft;
use radrum_wire::limits::DEPS_MAX;
use radrum_wire::{ChangeHash, Generation};
use serde::Deserialize;
use ts_rs::TS;

/// Most edits of one save.
const EDITS_MAX: usize = 400;

/// Longest draft, in bytes.
const DRAFT_BYTES_MAX: usize = 512 * 1024;

/// A new item.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Create {
    kind: Kind,
    edits: Vec<Edit>,
    window: String,
    /// What the writer has chosen to keep of what was asked about.
    #[ts(optional)]
    accepted: Option<Vec<Accepted>>,
}

pub(super) fn create(session: &Session, args: Create) -> Result<Edited, Error> {
    limited(&args.edits)?;
    own_photo(session, None, &args.edits)?;
    let accepted = args.accepted.unwrap_or_default();
    let of = (args.kind, None, Byline::Named);
    guard::pass(session, of, &args.edits, &accepted)?;
    let (kind, edits) = (args.kind, args.edits);
    let key = session.write(&args.window, move |batch| {
        let key = match singleton(kind, |field| named(&edits, field)) {
            Some(key) => key,
            None => batch.fresh_key(kind)?,
        };
        if batch.read().doc_meta(&key)?.is_some() {
            // The one of its kind came from another office while it was written here.
            batch.edit(&key, &Document::begin(kind)?.heads(), &edits)?;
        } else {
            batch.create(&key, &edits)?;
        }
        Ok(key)
    })?;
    edited(session, &key, true)
}

/// A picture is put in by the one whom it shows. Anybody may take it away, as every other text,
/// and choose between two of hers.
fn own_photo(session: &Session, key: Option<&ItemKey>, edits: &[Edit]) -> Result<(), Error> {
    let is_hers = key.is_some() && key == session.me().as_ref();
    for edit in edits.iter().filter(|_| !is_hers) {
        let is_put_in = match edit {
            Edit::Set {
                field,
                value: Some(_),
            } => field == "photo",
            Edit::Choose {
                field,
                value: Some(value),
                ..
            } => field == "photo" && !is_voice(session, key, field, value)?,
            _ => false,
        };
        if is_put_in {
            return Err(Error::new(Code::BadArguments, "photo"));
        }
    }
    Ok(())
}

/// Whether a value is one of those that stand in a field side by side.
fn is_voice(
    session: &Session,
    key: Option<&ItemKey>,
    field: &str,
    value: &Scalar,
) -> Result<bool, Error> {
    let Some(key) = key else {
        return Ok(false);
    };
    let meta = session.read(|read| Ok(read.doc_meta(key)?))?;
    let value = serde_json::to_value(value).map_err(|_| Error::bug("value"))?;
    let voices = meta.into_iter().flat_map(|meta| meta.plain.voices);
    let mut of_field = voices.filter(|of| of.list.is_none() && of.field == field);
    Ok(of_field.any(|of| of.voices.iter().any(|voice| voice.value == value)))
}

/// The item that a field of a new item names.
fn named(edits: &[Edit], field: &str) -> Option<ItemKey> {
    edits.iter().find_map(|edit| match edit {
        Edit::Set {
            field: name,
            value: Some(Scalar::Text(key)),
        } if name == field => key.parse().ok(),
        _ => None,
    })
}

/// An edit on the version that its writer saw.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EditItem {
    key: String,
    heads: Vec<String>,
    edits: Vec<Edit>,
    window: String,
    /// What the writer has chosen to keep of what was asked about.
    #[ts(optional)]
    accepted: Option<Vec<Accepted>>,
}

pub(super) fn edit(session: &Session, args: EditItem) -> Result<Edited, Error> {
    limited(&args.edits)?;
    let key = key(&args.key)?;
    own_photo(session, Some(&key), &args.edits)?;
    let base = heads(&args.heads)?;
    let accepted = args.accepted.unwrap_or_default();
    let named = (key.kind(), Some(&key), Byline::Named);
    guard::pass(session, named, &args.edits, &accepted)?;
    let (edits, window) = (args.edits, args.window.clone());
    let of = key.clone();
    let changed = session.write(&args.window, move |batch| {
        let edits = labels::with_merged(&batch.read(), &of, edits)?;
        let changed = batch.edit(&of, &base, &edits)?;
        drop_saved(batch, &of, &edits, &window)?;
        Ok(changed)
    })?;
    edited(session, &key, changed)
}

/// What was saved is no draft any more.
fn drop_saved(batch: &Batch<'_>, key: &ItemKey, edits: &[Edit], window: &str) -> Result<(), Error> {
    for edit in edits {
        let field = match edit {
            Edit::Set { field, .. } | Edit::Write { field, .. } => field.clone(),
            Edit::SetIn {
                list, id, field, ..
            } => format!("{list}/{id}/{field}"),
            _ => continue,
        };
        batch
            .private()
            .drop_draft(&key.to_string(), &field, window)?;
    }
    Ok(())
}

pub(super) fn edited(session: &Session, key: &ItemKey, changed: bool) -> Result<Edited, Error> {
    session.read(|read| {
        let meta = read.doc_meta(key)?.ok_or_else(|| Error::not_found(key))?;
        let heads = meta
            .heads
            .as_slice()
            .iter()
            .map(ToString::to_string)
            .collect();
        Ok(Edited {
            key: key.to_string(),
            heads,
            changed,
        })
    })
}

/// What the guard would say of a text if it were saved now.
pub(super) fn check_text(session: &Session, args: TextToCheck) -> Result<Vec<GuardHit>, Error> {
    if args.text.len() > DRAFT_BYTES_MAX {
        return Err(Error::new(Code::TooLarge, "check"));
    }
    let key = args.key.as_deref().map(key).transpose()?;
    let byline = if args.anonymous == Some(true) {
        Byline::Anonymous
    } else {
        Byline::Named
    };
    let of = (args.kind, key.as_ref(), byline);
    guard::check(session, of, &args.path, &args.text)
}

/// Text as it is typed. An empty text drops the draft.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveDraft {
    key: String,
    field: String,
    heads: Vec<String>,
    text: String,
    window: String,
}

pub(super) fn save_draft(session: &Session, args: SaveDraft) -> Result<Acknowledged, Error> {
    if args.text.len() > DRAFT_BYTES_MAX {
        return Err(Error::new(Code::TooLarge, "draft"));
    }
    let base = heads(&args.heads)?.as_slice().to_vec();
    session.write(&args.window.clone(), move |batch| {
        refuse_erased(batch, &args.key)?;
        let draft = Draft {
            key: args.key,
            field: args.field,
            window: args.window,
            base,
            text: args.text,
            updated_at: batch.now(),
        };
        Ok(batch.private().put_draft(&draft)?)
    })?;
    Ok(Acknowledged {})
}

/// What is typed in an item that has just been erased is not kept: it would be the erased text
/// once more. It stands in the window, to be copied by hand.
fn refuse_erased(batch: &Batch<'_>, key: &str) -> Result<(), Error> {
    let Ok(key) = key.parse::<ItemKey>() else {
        return Ok(());
    };
    let read = batch.read();
    if read.standing(key.id())? > Generation::FIRST && read.doc_meta(&key)?.is_none() {
        return Err(Error::not_found(&key));
    }
    Ok(())
}

/// Drafts to drop; an empty field is all of the window for that item.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DropDrafts {
    key: String,
    field: String,
    window: String,
}

pub(super) fn drop_drafts(session: &Session, args: DropDrafts) -> Result<Acknowledged, Error> {
    session.write("", move |batch| {
        Ok(batch
            .private()
            .drop_draft(&args.key, &args.field, &args.window)?)
    })?;
    Ok(Acknowledged {})
}

/// A step to tick or untick; private.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Tick {
    playbook: String,
    step: String,
    ticked: bool,
}

pub(super) fn tick(session: &Session, args: Tick) -> Result<Acknowledged, Error> {
    session.write("", move |batch| {
        let at = args.ticked.then(|| batch.now());
        Ok(batch.private().tick(&args.playbook, &args.step, at)?)
    })?;
    Ok(Acknowledged {})
}

pub(super) fn clear_ticks(session: &Session, args: Key) -> Result<Acknowledged, Error> {
    let key = args.key()?.to_string();
    session.write("", move |batch| Ok(batch.private().clear_ticks(&key)?))?;
    Ok(Acknowledged {})
}

/// A statement of a newer starter card; empty says that the reader is done.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TakeStatement {
    key: String,
    heads: Vec<String>,
    pack: String,
    window: String,
}

pub(super) fn take_statement(session: &Session, args: TakeStatement) -> Result<Edited, Error> {
    let key = key(&args.key)?;
    let base = heads(&args.heads)?;
    let pack = session.pack()?;
    let of = key.clone();
    session.write(&args.window, move |batch| {
        take(&pack, batch, &of, &base, &args.pack)
    })?;
    edited(session, &key, true)
}

pub(super) fn key(text: &str) -> Result<ItemKey, Error> {
    text.parse().map_err(|_| Error::new(Code::NotFound, "key"))
}

pub(super) fn heads(hashes: &[String]) -> Result<Heads, Error> {
    let bad = || Error::new(Code::BadArguments, "heads");
    if hashes.len() > DEPS_MAX * 16 {
        return Err(bad());
    }
    let hashes: Result<Vec<ChangeHash>, _> = hashes.iter().map(|hash| hash.parse()).collect();
    Ok(Heads::new(hashes.map_err(|_| bad())?))
}

fn limited(edits: &[Edit]) -> Result<(), Error> {
    if edits.len() > EDITS_MAX {
        return Err(Error::new(Code::TooLarge, "edits"));
    }
    Ok(())
}
