//! The list of cards, one card with all that hangs on it, and its deadlines.

use super::Key;
use super::head::{head, titles};
use crate::api::{
    AreaPeople, DeadlineResult, DeviationOf, Head, HelperRow, Named, PlaybookPage, PlaybookRow,
    VariantOf,
};
use crate::command::Nothing;
use crate::command::bulletin::touching;
use crate::content::news;
use crate::people::Reader;
use crate::{Code, Error, Session};
use chrono::NaiveDate;
use radrum_domain::{
    Deviation, ExternalContact, ItemKey, Kind, Length, Plain, Playbook, Variant, due, remark,
};
use radrum_store::{DocMeta, ItemFilter, Read};
use serde::Deserialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// Notes that a card shows.
const NOTES_MAX: u32 = 5;

pub(crate) fn playbooks(session: &Session, _: Nothing) -> Result<Vec<PlaybookRow>, Error> {
    session.read(|read| {
        let mut people = session.people(read);
        let aliases = read.label_aliases()?;
        let mut variants: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for item in read.items(&of_kind(Kind::Variant))? {
            let (Some(parent), Some(owner)) = (item.parent, item.owner) else {
                continue;
            };
            let names = variants.entry(parent.to_string()).or_default();
            let title = people.named(&owner)?.title;
            if !names.contains(&title) {
                names.push(title);
            }
        }
        let mut rows = Vec::new();
        for (item, plain) in read.items_with_values(&of_kind(Kind::Playbook))? {
            let mut card: Playbook = plain.view().unwrap_or_default();
            aliases.settle(&mut card.labels);
            let key = item.key.to_string();
            let mut names = variants.remove(&key).unwrap_or_default();
            names.sort_by_cached_key(|name| radrum_swedish::sort_key(name));
            rows.push(PlaybookRow {
                key,
                title: card.title,
                playbook: card.playbook,
                area: people.named_optional(card.area.as_ref())?,
                labels: people.all_named(&card.labels)?,
                draft: card.draft,
                reviewed_on: card.reviewed_on,
                owner_role: card.owner_role,
                variants: names,
                voices: item.voices,
            });
        }
        Ok(rows)
    })
}

fn of_kind(kind: Kind) -> ItemFilter {
    ItemFilter {
        kind: Some(kind),
        ..ItemFilter::default()
    }
}

pub(crate) fn playbook(session: &Session, args: Key) -> Result<PlaybookPage, Error> {
    let key = args.key()?;
    if key.kind() != Kind::Playbook {
        return Err(Error::not_found(&key));
    }
    let pack = session.pack()?;
    session.read(|read| {
        let meta = read.doc_meta(&key)?.ok_or_else(|| Error::not_found(&key))?;
        let mut card: Playbook = meta.plain.view().unwrap_or_default();
        read.label_aliases()?.settle(&mut card.labels);
        let reader = session.reader(&read)?;
        let areas: Vec<ItemKey> = card.area.iter().cloned().collect();
        let today = session.world.today().to_string();
        Ok(PlaybookPage {
            head: head(session, &read, &meta)?,
            lengths: lengths(&card),
            notice_urgent: card.notice_from.as_ref().is_some_and(|from| *from <= today),
            variants: variants(session, &read, &key, &reader)?,
            deviations: deviations(session, &read, &key)?,
            people: session.people(read).of_areas(&areas, &reader)?,
            helpers: helpers(&read, &card)?,
            ticks: read.ticks(&key.to_string())?.into_iter().collect(),
            notes: notes(session, &read, &key, card.area.as_ref())?,
            news: news(&pack, &key, &meta.plain)?,
            bulletins: touching(&read, &key)?,
            card,
        })
    })
}

/// A card as it stood, with nothing beside it that is written on today.
pub(crate) fn as_it_stood(
    session: &Session,
    read: &Read<'_>,
    meta: &DocMeta,
    then: &Plain,
) -> Result<PlaybookPage, Error> {
    let mut card: Playbook = then.view().unwrap_or_default();
    read.label_aliases()?.settle(&mut card.labels);
    let head = Head {
        titles: titles(read, then)?,
        voices: Vec::new(),
        merges: Vec::new(),
        drafts: Vec::new(),
        ..head(session, read, meta)?
    };
    Ok(PlaybookPage {
        head,
        lengths: lengths(&card),
        notice_urgent: false,
        variants: Vec::new(),
        deviations: Vec::new(),
        people: AreaPeople::default(),
        helpers: helpers(read, &card)?,
        ticks: Vec::new(),
        notes: Vec::new(),
        news: None,
        bulletins: Vec::new(),
        card,
    })
}

fn lengths(card: &Playbook) -> BTreeMap<String, String> {
    card.deadlines
        .iter()
        .map(|d| (d.id.clone(), d.length_words()))
        .collect()
}

/// The own municipality first, then in alphabetical order.
fn variants(
    session: &Session,
    read: &Read<'_>,
    playbook: &ItemKey,
    reader: &Reader,
) -> Result<Vec<VariantOf>, Error> {
    let mut out = Vec::new();
    for item in hanging_on(read, Kind::Variant, playbook)? {
        let Some(meta) = read.doc_meta(&item)? else {
            continue;
        };
        let Some(owner) = meta.plain.common().owner else {
            continue;
        };
        out.push(VariantOf {
            head: head(session, read, &meta)?,
            variant: meta.plain.view::<Variant>().unwrap_or_default(),
            municipality: session.people(*read).named(&owner)?,
            own: reader.municipality.as_ref() == Some(&owner),
        });
    }
    out.sort_by_cached_key(|v| (!v.own, radrum_swedish::sort_key(&v.municipality.title)));
    Ok(out)
}

fn deviations(
    session: &Session,
    read: &Read<'_>,
    playbook: &ItemKey,
) -> Result<Vec<DeviationOf>, Error> {
    let mut out = Vec::new();
    for item in hanging_on(read, Kind::Deviation, playbook)? {
        let Some(meta) = read.doc_meta(&item)? else {
            continue;
        };
        let deviation: Deviation = meta.plain.view().unwrap_or_default();
        out.push(DeviationOf {
            head: head(session, read, &meta)?,
            deviation,
        });
    }
    out.sort_by_key(|d| std::cmp::Reverse((d.deviation.year, d.head.created_at)));
    Ok(out)
}

fn hanging_on(read: &Read<'_>, kind: Kind, parent: &ItemKey) -> Result<Vec<ItemKey>, Error> {
    let filter = ItemFilter {
        parent: Some(parent.clone()),
        ..of_kind(kind)
    };
    Ok(read
        .items(&filter)?
        .into_iter()
        .map(|item| item.key)
        .collect())
}

fn helpers(read: &Read<'_>, card: &Playbook) -> Result<Vec<HelperRow>, Error> {
    let mut rows: Vec<HelperRow> = Vec::new();
    for key in card
        .statements
        .iter()
        .filter(|s| !s.removed)
        .filter_map(|s| s.contact.as_ref())
    {
        if rows.iter().any(|row| row.key == key.to_string()) {
            continue;
        }
        let Some(meta) = read.doc_meta(key)? else {
            continue;
        };
        // Contacts and resources name these fields alike.
        let contact: ExternalContact = meta.plain.view().unwrap_or_default();
        rows.push(HelperRow {
            key: key.to_string(),
            title: contact.title,
            phone: contact.phone,
            hours: contact.hours,
        });
    }
    Ok(rows)
}

fn notes(
    session: &Session,
    read: &Read<'_>,
    playbook: &ItemKey,
    area: Option<&ItemKey>,
) -> Result<Vec<Named>, Error> {
    let mut named = Vec::new();
    for item in read.linked_from(playbook, "about")? {
        if item.key.kind() == Kind::Note {
            named.push(session.people(*read).named(&item.key)?);
        }
    }
    let Some(area) = area else { return Ok(named) };
    let filter = ItemFilter {
        area: Some(area.clone()),
        newest: true,
        limit: NOTES_MAX,
        ..of_kind(Kind::Note)
    };
    for item in read.items(&filter)? {
        let note = Named {
            key: item.key.to_string(),
            title: item.title,
        };
        if !named.contains(&note) {
            named.push(note);
        }
    }
    Ok(named)
}

/// Deadlines of a card, each counted from its own day. Nothing of it is stored.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Deadlines {
    playbook: String,
    /// Day of the event, by the deadline's entry.
    starts: BTreeMap<String, String>,
}

pub(crate) fn deadlines(session: &Session, args: Deadlines) -> Result<Vec<DeadlineResult>, Error> {
    let key = crate::command::edit::key(&args.playbook)?;
    let card: Playbook = session.read(|read| {
        let meta = read.doc_meta(&key)?.ok_or_else(|| Error::not_found(&key))?;
        Ok(meta.plain.view().unwrap_or_default())
    })?;
    let mut results = Vec::new();
    for deadline in card.deadlines.iter().filter(|deadline| !deadline.removed) {
        let Some(start) = args.starts.get(&deadline.id) else {
            continue;
        };
        let start: NaiveDate = start
            .parse()
            .map_err(|_| Error::new(Code::BadArguments, "start"))?;
        let length: Option<Length> = deadline.length.parse().ok();
        let on = length
            .and_then(|length| due(start, length))
            .map(|due| due.on);
        results.push(DeadlineResult {
            id: deadline.id.clone(),
            on: on.map(|day| day.to_string()),
            remark: on.and_then(remark),
        });
    }
    Ok(results)
}
