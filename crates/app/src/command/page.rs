//! What pages read. No document is loaded here but for the past of one item.

mod card;
mod head;
mod lists;
mod past;

pub use card::Deadlines;
pub(super) use card::{as_it_stood, deadlines, playbook, playbooks};
pub(crate) use head::head;
pub(super) use head::titles;
pub use lists::{Choices, Members};
pub(super) use lists::{
    area_people, choices, contact, contacts, listed, matrix, member, members, meta_of, note, notes,
    of_kind, offices, resource, resources, start_page, waiting_drafts,
};
pub(super) use past::{as_of, entries_of, entry_texts, history};

use crate::api::{Head, SavedDraft, SearchAnswer, Similar};
use crate::{Code, Error, Session};
use radrum_domain::ItemKey;
use radrum_domain::markdown::Block;
use serde::Deserialize;
use ts_rs::TS;

/// Longest text that is searched for, in characters.
const QUERY_MAX: usize = 400;

/// Longest text that is rendered, in bytes.
const RENDER_BYTES_MAX: usize = 512 * 1024;

/// One item.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Key {
    key: String,
}

impl Key {
    pub(super) fn key(&self) -> Result<ItemKey, Error> {
        super::edit::key(&self.key)
    }
}

/// The head of an item of any kind, archived or not, so that it can be restored.
pub(super) fn item_head(session: &Session, args: Key) -> Result<Head, Error> {
    let key = args.key()?;
    session.read(|read| {
        let meta = read.doc_meta(&key)?.ok_or_else(|| Error::not_found(&key))?;
        head(session, &read, &meta)
    })
}

/// An item, or a form for something new.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DraftsOf {
    key: String,
}

pub(super) fn drafts(session: &Session, args: DraftsOf) -> Result<Vec<SavedDraft>, Error> {
    session.read(|read| head::saved_drafts(&read, &args.key))
}

/// What someone typed.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Search {
    text: String,
}

pub(super) fn search(session: &Session, args: Search) -> Result<SearchAnswer, Error> {
    let text: String = args.text.chars().take(QUERY_MAX).collect();
    crate::search::search(session, &text)
}

pub(super) fn similar(session: &Session, args: Search) -> Result<Similar, Error> {
    let text: String = args.text.chars().take(QUERY_MAX).collect();
    crate::search::similar(session, &text)
}

/// A text to show.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Render {
    text: String,
}

pub(super) fn render(_: &Session, args: Render) -> Result<Vec<Block>, Error> {
    if args.text.len() > RENDER_BYTES_MAX {
        return Err(Error::new(Code::TooLarge, "render"));
    }
    Ok(radrum_domain::markdown::blocks(&args.text))
}
