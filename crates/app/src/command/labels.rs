//! The one list of labels, and what carries each.

use super::Nothing;
use super::page::{Key, head, listed, meta_of};
use crate::api::{LabelPage, LabelRow};
use crate::news::is_between_two;
use crate::{Error, Session};
use radrum_domain::{Aliases, ItemKey, Kind, Label};
use radrum_store::{DocMeta, ItemFilter, Read};

/// Items of a label that are shown.
const ITEMS_MAX: u32 = 200;

pub(super) fn labels(session: &Session, _: Nothing) -> Result<Vec<LabelRow>, Error> {
    session.read(|read| {
        let (labels, aliases) = read.labels()?;
        let mut rows = Vec::new();
        for item in labels {
            let meta = meta_of(&read, &item.key, Kind::Label)?;
            rows.push(row(session, &read, &meta, &aliases)?);
        }
        Ok(rows)
    })
}

fn row(
    session: &Session,
    read: &Read<'_>,
    meta: &DocMeta,
    aliases: &Aliases,
) -> Result<LabelRow, Error> {
    let mut label: Label = meta.plain.view().unwrap_or_default();
    // Put away and retired is one to whoever reads.
    label.retired |= meta.plain.common().archived;
    let merged = aliases.all_of(&meta.key);
    Ok(LabelRow {
        head: head(session, read, meta)?,
        label,
        also: session.people(*read).all_named(&merged[1..])?,
    })
}

pub(super) fn label(session: &Session, args: Key) -> Result<LabelPage, Error> {
    let key = args.key()?;
    session.read(|read| {
        let meta = meta_of(&read, &key, Kind::Label)?;
        let aliases = read.label_aliases()?;
        let standing = aliases.standing(&key);
        let stands_as = (*standing != key).then(|| session.people(read).named(standing));
        let filter = ItemFilter {
            labels: aliases.all_of(standing),
            newest: true,
            limit: ITEMS_MAX,
            ..ItemFilter::default()
        };
        let found = read.items_with_values(&filter)?;
        let cut = found.len() == ITEMS_MAX as usize;
        let shown = found.iter().filter(|(_, plain)| !is_between_two(plain));
        let items = shown.map(|(item, _)| listed(item)).collect();
        Ok(LabelPage {
            row: row(session, &read, &meta, &aliases)?,
            stands_as: stands_as.transpose()?,
            items,
            cut,
        })
    })
}

/// The label that stands for one, and all that it stands for.
pub(super) fn all_of(read: &Read<'_>, label: &ItemKey) -> Result<Vec<ItemKey>, Error> {
    let aliases = read.label_aliases()?;
    Ok(aliases.all_of(aliases.standing(label)))
}
