//! "Nytt att veta": what changed, the cards that it touches, and the cards that cite a rule.

use super::Nothing;
use super::page::{self, head, meta_of, of_kind};
use crate::api::{BulletinPage, BulletinRow, CitingCard, CitingCards, CitingPlace, Named, Rule};
use crate::search::in_words;
use crate::{Error, Session};
use radrum_domain::{Bulletin, ItemKey, Kind, Playbook, TOUCHES, project};
use radrum_store::{Item, Read};
use radrum_swedish::Citations;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Rows on the start page.
const START_SHOWN: usize = 3;

pub(super) fn bulletins(session: &Session, _: Nothing) -> Result<Vec<BulletinRow>, Error> {
    session.read(all)
}

/// The newest few, for the start page.
pub(super) fn newest(read: &Read<'_>) -> Result<Vec<BulletinRow>, Error> {
    let mut rows = all(*read)?;
    rows.truncate(START_SHOWN);
    Ok(rows)
}

fn all(read: Read<'_>) -> Result<Vec<BulletinRow>, Error> {
    rows(&read, read.items(&of_kind(Kind::Bulletin))?)
}

/// What touches a card, until somebody archives it.
pub(super) fn touching(read: &Read<'_>, playbook: &ItemKey) -> Result<Vec<BulletinRow>, Error> {
    rows(read, read.linked_from(playbook, TOUCHES)?)
}

/// What begins last stands first: what is to come, then what has begun.
fn rows(read: &Read<'_>, items: Vec<Item>) -> Result<Vec<BulletinRow>, Error> {
    let mut rows = Vec::new();
    for item in items {
        let Some(meta) = read.doc_meta(&item.key)? else {
            continue;
        };
        let of: Bulletin = meta.plain.view().unwrap_or_default();
        rows.push(BulletinRow {
            key: item.key.to_string(),
            title: of.title,
            from: of.from,
            statute: of.statute,
        });
    }
    rows.sort_by_key(|row| Reverse(row.from.clone()));
    Ok(rows)
}

pub(super) fn bulletin(session: &Session, args: page::Key) -> Result<BulletinPage, Error> {
    let key = args.key()?;
    session.read(|read| {
        let meta = meta_of(&read, &key, Kind::Bulletin)?;
        let mut bulletin: Bulletin = meta.plain.view().unwrap_or_default();
        read.label_aliases()?.settle(&mut bulletin.labels);
        let mut cards = Vec::new();
        for card in &bulletin.playbooks {
            // A card that was erased or has not come yet has no name to show.
            cards.extend(read.title(card)?.map(|title| Named {
                key: card.to_string(),
                title,
            }));
        }
        cards.sort_by_cached_key(|card| radrum_swedish::sort_key(&card.title));
        Ok(BulletinPage {
            head: head(session, &read, &meta)?,
            body: radrum_domain::markdown::blocks(&bulletin.body),
            bulletin,
            cards,
        })
    })
}

pub(super) fn citing_cards(session: &Session, args: Rule) -> Result<CitingCards, Error> {
    let rule = Citations::read(&args.statute);
    let mut cards = Vec::new();
    if rule.is_empty() {
        return Ok(CitingCards { read: false, cards });
    }
    session.read(|read| {
        for (item, plain) in read.items_with_values(&of_kind(Kind::Playbook))? {
            let card: Playbook = plain.view().unwrap_or_default();
            let cited = cited(&card, &rule);
            if cited.is_empty() {
                continue;
            }
            let lines = project(Kind::Playbook, &plain).unwrap_or_default().search;
            let places = lines.iter().filter_map(|line| {
                let (statute, checked) = cited.get(line.anchor.as_str())?;
                Some(CitingPlace {
                    line: in_words(line),
                    anchor: line.anchor.clone(),
                    statute: (*statute).to_string(),
                    checked: checked.map(str::to_string),
                })
            });
            cards.push(CitingCard {
                key: item.key.to_string(),
                title: item.title,
                places: places.collect(),
            });
        }
        Ok(CitingCards { read: true, cards })
    })
}

/// References of a line and the day on which they were checked, by entry.
type Cited<'a> = BTreeMap<&'a str, (&'a str, Option<&'a str>)>;

/// The lines of a card that cite a rule.
fn cited<'a>(card: &'a Playbook, rule: &Citations) -> Cited<'a> {
    let statements = card.statements.iter().map(|of| {
        let ground = (of.statute.as_deref(), of.checked.as_deref());
        (of.removed, of.id.as_str(), ground)
    });
    let steps = card.steps.iter().map(|of| {
        let ground = (of.statute.as_deref(), of.checked.as_deref());
        (of.removed, of.id.as_str(), ground)
    });
    let deadlines = card.deadlines.iter().map(|of| {
        let ground = (of.statute.as_deref(), of.checked.as_deref());
        (of.removed, of.id.as_str(), ground)
    });
    let lines = statements.chain(steps).chain(deadlines);
    lines
        .filter(|(removed, ..)| !removed)
        .filter_map(|(_, id, (statute, checked))| Some((id, (statute?, checked))))
        .filter(|(_, (statute, _))| Citations::read(statute).meet(rule))
        .collect()
}
