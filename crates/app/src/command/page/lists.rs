//! People, contacts, resources, notes, the matrix and the start page.

use super::Key;
use super::head::head;
use crate::api::{
    AreaPeople, Cell, ContactRow, Few, Listed, Matrix, MatrixRow, MemberPage, MemberRow, Named,
    NotePage, NoteRow, OfficeRow, RecentRow, ResourceRow, StartPage, WaitingRow,
};
use crate::command::Nothing;
use crate::command::asking::proposals;
use crate::command::bulletin::newest;
use crate::command::introduction::{fadder_of, i_am_new};
use crate::command::questions::asked_of_me;
use crate::labels::{labels_of, offered};
use crate::news::{is_between_two, parent_of};
use crate::people::{People, holding_order, is_fou};
use crate::{Error, Session};
use radrum_domain::{ExternalContact, ItemKey, Kind, Member, Note, Office, Resource};
use radrum_store::{DocMeta, ItemFilter, Read};
use serde::Deserialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use ts_rs::TS;

/// Rows of "nytt sedan sist".
const RECENT_SHOWN: usize = 7;

/// Newest items among which they are sought, until there are enough: a list of contacts that
/// was read in yesterday does not hide what was written the week before.
const RECENT_AMONG: [u32; 3] = [40, 400, 4_000];

/// What is news. What comes with an office or a list is not.
const RECENT_KINDS: [Kind; 9] = [
    Kind::Note,
    Kind::Question,
    Kind::Answer,
    Kind::Playbook,
    Kind::Variant,
    Kind::Deviation,
    Kind::Resource,
    Kind::Statutes,
    Kind::Ruling,
];

/// Notes in the list.
const NOTES_MAX: u32 = 200;

/// Which colleagues.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Members {
    /// Of one municipality.
    municipality: Option<String>,
}

pub(crate) fn members(session: &Session, args: Members) -> Result<Vec<MemberRow>, Error> {
    let owner: Option<ItemKey> = args.municipality.and_then(|key| key.parse().ok());
    session.read(|read| session.people(read).all(owner.as_ref()))
}

pub(crate) fn member(session: &Session, args: Key) -> Result<MemberPage, Error> {
    let key = args.key()?;
    session.read(|read| {
        let meta = meta_of(&read, &key, Kind::Member)?;
        let mut people = session.people(read);
        let member: Member = meta.plain.view().unwrap_or_default();
        let mut holdings = Vec::new();
        for holding in read.responsibilities(None)? {
            if holding.member.as_ref() == Some(&key) {
                holdings.extend(people.cell(&holding.key)?);
            }
        }
        Ok(MemberPage {
            head: head(session, &read, &meta)?,
            row: people.row(&key, &meta.plain, &[])?,
            is_me: session.me().as_ref() == Some(&key),
            proposals: proposals(session, &read, &key)?,
            fadder: fadder_of(session, read, &meta)?,
            member,
            holdings,
        })
    })
}

pub(crate) fn area_people(session: &Session, args: Key) -> Result<AreaPeople, Error> {
    let area = args.key()?;
    session.read(|read| {
        let reader = session.reader(&read)?;
        session
            .people(read)
            .of_areas(std::slice::from_ref(&area), &reader)
    })
}

pub(crate) fn offices(session: &Session, _: Nothing) -> Result<Vec<OfficeRow>, Error> {
    all(session, Kind::Office, |read, meta| {
        let office: Office = meta.plain.view().unwrap_or_default();
        Ok(OfficeRow {
            head: head(session, read, meta)?,
            paused_today: office.is_paused(&session.world.today().to_string()),
            office,
        })
    })
}

pub(crate) fn contacts(session: &Session, _: Nothing) -> Result<Vec<ContactRow>, Error> {
    all(session, Kind::ExternalContact, |read, meta| {
        contact_row(session, read, meta)
    })
}

pub(crate) fn contact(session: &Session, args: Key) -> Result<ContactRow, Error> {
    let key = args.key()?;
    session.read(|read| {
        let meta = meta_of(&read, &key, Kind::ExternalContact)?;
        contact_row(session, &read, &meta)
    })
}

fn contact_row(session: &Session, read: &Read<'_>, meta: &DocMeta) -> Result<ContactRow, Error> {
    let mut contact: ExternalContact = meta.plain.view().unwrap_or_default();
    read.label_aliases()?.settle(&mut contact.labels);
    Ok(ContactRow {
        head: head(session, read, meta)?,
        contact,
    })
}

pub(crate) fn resources(session: &Session, _: Nothing) -> Result<Vec<ResourceRow>, Error> {
    all(session, Kind::Resource, |read, meta| {
        resource_row(session, read, meta)
    })
}

pub(crate) fn resource(session: &Session, args: Key) -> Result<ResourceRow, Error> {
    let key = args.key()?;
    session.read(|read| {
        let meta = meta_of(&read, &key, Kind::Resource)?;
        resource_row(session, &read, &meta)
    })
}

fn resource_row(session: &Session, read: &Read<'_>, meta: &DocMeta) -> Result<ResourceRow, Error> {
    let mut resource: Resource = meta.plain.view().unwrap_or_default();
    read.label_aliases()?.settle(&mut resource.labels);
    let office = session.reader(read)?.office;
    let own = resource
        .travel
        .iter()
        .find(|t| !t.removed && t.office.is_some() && t.office == office);
    Ok(ResourceRow {
        own_km: own.and_then(|travel| travel.km),
        own_minutes: own.and_then(|travel| travel.minutes),
        head: head(session, read, meta)?,
        resource,
    })
}

fn all<T>(
    session: &Session,
    kind: Kind,
    row: impl Fn(&Read<'_>, &DocMeta) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    session.read(|read| {
        let filter = ItemFilter {
            kind: Some(kind),
            ..ItemFilter::default()
        };
        let mut rows = Vec::new();
        for item in read.items(&filter)? {
            if let Some(meta) = read.doc_meta(&item.key)? {
                rows.push(row(&read, &meta)?);
            }
        }
        Ok(rows)
    })
}

pub(crate) fn meta_of(read: &Read<'_>, key: &ItemKey, kind: Kind) -> Result<DocMeta, Error> {
    read.doc_meta(key)?
        .filter(|_| key.kind() == kind)
        .ok_or_else(|| Error::not_found(key))
}

pub(crate) fn notes(session: &Session, _: Nothing) -> Result<Vec<NoteRow>, Error> {
    session.read(|read| {
        let filter = ItemFilter {
            kind: Some(Kind::Note),
            newest: true,
            limit: NOTES_MAX,
            ..ItemFilter::default()
        };
        let mut people = session.people(read);
        let aliases = read.label_aliases()?;
        let mut rows = Vec::new();
        for item in read.items(&filter)? {
            let Some(meta) = read.doc_meta(&item.key)? else {
                continue;
            };
            let mut labels = labels_of(&meta.plain);
            aliases.settle(&mut labels);
            rows.push(NoteRow {
                key: item.key.to_string(),
                title: item.title,
                labels: people.all_named(&labels)?,
                area: people.named_optional(item.area.as_ref())?,
                by: people.named_optional(meta.created_by.parse().ok().as_ref())?,
                updated_at: item.updated_at,
            });
        }
        Ok(rows)
    })
}

pub(crate) fn note(session: &Session, args: Key) -> Result<NotePage, Error> {
    let key = args.key()?;
    session.read(|read| {
        let meta = meta_of(&read, &key, Kind::Note)?;
        let mut note: Note = meta.plain.view().unwrap_or_default();
        read.label_aliases()?.settle(&mut note.labels);
        let body = radrum_domain::markdown::blocks(&note.body);
        Ok(NotePage {
            head: head(session, &read, &meta)?,
            note,
            body,
        })
    })
}

/// Which kind to choose from.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Choices {
    kind: Kind,
}

pub(crate) fn choices(session: &Session, args: Choices) -> Result<Vec<Listed>, Error> {
    session.read(|read| {
        let filter = of_kind(args.kind);
        if args.kind == Kind::Label {
            return Ok(offered(&read)?.iter().map(listed).collect());
        }
        if args.kind != Kind::Municipality {
            return Ok(read.items(&filter)?.iter().map(listed).collect());
        }
        let organisations = read.items_with_values(&filter)?;
        let marked = organisations.iter().map(|(item, plain)| Listed {
            fou: is_fou(plain),
            ..listed(item)
        });
        Ok(marked.collect())
    })
}

pub(crate) fn listed(item: &radrum_store::Item) -> Listed {
    Listed {
        key: item.key.to_string(),
        title: item.title.clone(),
        archived: item.archived,
        fou: false,
    }
}

/// The matrix area × municipality. FoU has no cells and is no column.
pub(crate) fn matrix(session: &Session, _: Nothing) -> Result<Matrix, Error> {
    session.read(|read| {
        let mut people = session.people(read);
        let today = session.world.today().to_string();
        let experienced: BTreeMap<String, u32> = read
            .experienced_by_area()?
            .into_iter()
            .map(|(area, count)| (area.to_string(), count))
            .collect();
        let mut held: BTreeMap<String, Vec<Cell>> = BTreeMap::new();
        for holding in read.responsibilities(None)? {
            if let Some(cell) = people.cell(&holding.key)? {
                held.entry(holding.area.to_string()).or_default().push(cell);
            }
        }
        let mut rows = Vec::new();
        for area in read.items(&of_kind(Kind::Area))? {
            let key = area.key.to_string();
            let all = held.remove(&key).unwrap_or_default();
            let (mut past, mut cells): (Vec<Cell>, Vec<Cell>) = all
                .into_iter()
                .partition(|cell| cell.to.as_ref().is_some_and(|to| *to < today));
            cells.sort_by_cached_key(holding_order);
            past.sort_by_key(|cell| Reverse(cell.to.clone()));
            let few = match experienced.get(&key).copied().unwrap_or(0) {
                0 => Few::None,
                1 => Few::One,
                _ => Few::Several,
            };
            let area = Named {
                key,
                title: area.title,
            };
            rows.push(MatrixRow {
                area,
                cells,
                past,
                experienced: few,
            });
        }
        Ok(Matrix {
            municipalities: municipalities(&read, &mut people)?,
            rows,
        })
    })
}

fn municipalities(read: &Read<'_>, people: &mut People<'_>) -> Result<Vec<Named>, Error> {
    let mut columns = Vec::new();
    for (item, plain) in read.items_with_values(&of_kind(Kind::Municipality))? {
        if !is_fou(&plain) {
            columns.push(people.named(&item.key)?);
        }
    }
    Ok(columns)
}

pub(crate) fn of_kind(kind: Kind) -> ItemFilter {
    ItemFilter {
        kind: Some(kind),
        ..ItemFilter::default()
    }
}

/// What stands below the empty field: the krets first, then what waits for the reader.
pub(crate) fn start_page(session: &Session, _: Nothing) -> Result<StartPage, Error> {
    session.read(|read| {
        let areas = read.items(&of_kind(Kind::Area))?;
        let areas = areas
            .into_iter()
            .map(|a| Named {
                key: a.key.to_string(),
                title: a.title,
            })
            .collect();
        Ok(StartPage {
            recent: recent(session, &read)?,
            waiting: waiting(session, &read)?,
            is_new: i_am_new(session, &read)?,
            areas,
            bulletins: newest(&read)?,
        })
    })
}

fn recent(session: &Session, read: &Read<'_>) -> Result<Vec<RecentRow>, Error> {
    let mut people = session.people(*read);
    let mut rows = Vec::new();
    let mut looked_at = 0;
    for limit in RECENT_AMONG {
        let newest = ItemFilter {
            newest: true,
            limit,
            ..ItemFilter::default()
        };
        let items = read.items(&newest)?;
        let found = items.len();
        let news = items.into_iter().skip(looked_at);
        for item in news.filter(|item| RECENT_KINDS.contains(&item.key.kind())) {
            if let Some(meta) = read.doc_meta(&item.key)? {
                rows.extend(recent_row(read, &mut people, &meta, &item.title)?);
            }
            if rows.len() == RECENT_SHOWN {
                return Ok(rows);
            }
        }
        looked_at = found;
    }
    Ok(rows)
}

/// What hangs on a card is told by the card's name; what came with the program is not news.
fn recent_row(
    read: &Read<'_>,
    people: &mut People<'_>,
    meta: &DocMeta,
    title: &str,
) -> Result<Option<RecentRow>, Error> {
    let by: Option<ItemKey> = meta.updated_by.parse().ok();
    if by.is_none() || is_between_two(&meta.plain) {
        return Ok(None);
    }
    let (key, title) = match parent_of(&meta.plain) {
        Some(parent) => {
            let of = read.title(&parent)?;
            (parent.to_string(), of.unwrap_or_else(|| title.to_string()))
        }
        None => (meta.key.to_string(), title.to_string()),
    };
    let by = people.named_optional(by.as_ref())?;
    let kind = meta.key.kind();
    Ok(Some(RecentRow {
        key,
        title,
        kind,
        by,
        updated_at: meta.updated_at,
    }))
}

/// Drafts on this computer, newest first, each item once.
pub(crate) fn waiting_drafts(read: &Read<'_>) -> Result<Vec<WaitingRow>, Error> {
    let mut rows: Vec<WaitingRow> = Vec::new();
    let mut seen = Vec::new();
    for draft in read.drafts("")? {
        if seen.contains(&draft.key) {
            continue;
        }
        seen.push(draft.key.clone());
        // One of several forms of an item has a word behind its key.
        let of = draft.key.split('#').next().unwrap_or_default();
        let title = match of.parse::<ItemKey>() {
            Ok(key) => read.title(&key)?.unwrap_or_default(),
            Err(_) => String::new(),
        };
        rows.push(WaitingRow::Draft {
            key: draft.key,
            title,
            updated_at: draft.updated_at,
        });
    }
    Ok(rows)
}

fn waiting(session: &Session, read: &Read<'_>) -> Result<Vec<WaitingRow>, Error> {
    let asked = asked_of_me(session, *read)?.into_iter();
    let asked = asked.map(|row| WaitingRow::Asked {
        key: row.key,
        title: row.title,
        by: row.by,
    });
    let mut rows: Vec<WaitingRow> = asked.collect();
    rows.extend(waiting_drafts(read)?);
    if let Some(me) = session.me() {
        let proposed = proposals(session, read, &me)?.into_iter();
        rows.extend(proposed.map(|row| WaitingRow::Proposed {
            key: me.to_string(),
            title: row.area.title,
            by: row.by,
        }));
    }
    for item in read
        .items(&of_kind(Kind::Playbook))?
        .into_iter()
        .filter(|item| item.voices)
    {
        rows.push(WaitingRow::Voices {
            key: item.key.to_string(),
            title: item.title,
        });
    }
    Ok(rows)
}
