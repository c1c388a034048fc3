//! The introduction of somebody new: checklists by role, and her fadder (seeds A24, B20, need
//! N41). Ticks lie on this computer alone, and nothing here tells anybody how far she has come.

use super::Nothing;
use super::page::{Key, head, meta_of, of_kind};
use crate::api::{FadderOf, IntroductionPage, IntroductionRow, IntroductionsPage, MemberRow};
use crate::people::{People, Reader};
use crate::world::day_of;
use crate::{Error, Session};
use chrono::{Days, NaiveDate};
use radrum_domain::{Duty, Introduction, ItemKey, Kind, Member, Plain};
use radrum_store::{DocMeta, ItemFilter, Read};
use radrum_wire::Generation;

/// Somebody is new for so many days: the time in which she learns whom to ask.
const NEW_DAYS: u64 = 90;

/// Whether somebody wrote this colleague's page lately. What came with the program came with
/// nobody, and what was erased and written anew is as old as she is. A day to come is that of a
/// wrong clock.
pub(super) fn is_new(meta: &DocMeta, today: NaiveDate) -> bool {
    let since = today.checked_sub_days(Days::new(NEW_DAYS));
    let on = day_of(meta.created_at);
    let lately = on <= today && since.is_none_or(|since| on >= since);
    lately && !meta.created_by.is_empty() && meta.generation == Generation::FIRST
}

/// Whether whoever uses this computer is new.
pub(super) fn i_am_new(session: &Session, read: &Read<'_>) -> Result<bool, Error> {
    let me = session.me().map(|me| read.doc_meta(&me)).transpose()?;
    let today = session.world.today();
    Ok(me.flatten().is_some_and(|meta| is_new(&meta, today)))
}

/// All checklists; those that fit the reader stand first.
pub(super) fn introductions(session: &Session, _: Nothing) -> Result<IntroductionsPage, Error> {
    session.read(|read| {
        let reader = session.reader(&read)?;
        let roles = roles_of(&read, reader.me.as_ref())?;
        let mut people = session.people(read);
        let mut lists = Vec::new();
        for (item, plain) in read.items_with_values(&of_kind(Kind::Introduction))? {
            let list: Introduction = plain.view().unwrap_or_default();
            let role = list.role.as_deref().map(radrum_swedish::fold);
            let elsewhere = item.owner.is_some() && item.owner != reader.municipality;
            lists.push(IntroductionRow {
                key: item.key.to_string(),
                title: item.title,
                municipality: people.named_optional(item.owner.as_ref())?,
                draft: list.draft,
                hers: !elsewhere && role.is_some_and(|role| roles.contains(&role)),
            });
        }
        // The own municipality's before the whole krets', which has none.
        lists.sort_by_cached_key(|row| {
            let name = radrum_swedish::sort_key(&row.title);
            (!row.hers, row.hers && row.municipality.is_none(), name)
        });
        Ok(IntroductionsPage {
            fadder: own_fadder(session, read, &reader)?,
            lists,
        })
    })
}

/// One checklist, with the reader's own ticks.
pub(super) fn introduction(session: &Session, args: Key) -> Result<IntroductionPage, Error> {
    let key = args.key()?;
    session.read(|read| {
        let meta = meta_of(&read, &key, Kind::Introduction)?;
        let introduction: Introduction = meta.plain.view().unwrap_or_default();
        Ok(IntroductionPage {
            ticks: read.ticks(&key.to_string())?.into_iter().collect(),
            owner: session
                .people(read)
                .member(introduction.owner_member.as_ref(), &[])?,
            fadder: own_fadder(session, read, &session.reader(&read)?)?,
            head: head(session, &read, &meta)?,
            introduction,
        })
    })
}

/// What a colleague is at work and in the krets, folded.
fn roles_of(read: &Read<'_>, me: Option<&ItemKey>) -> Result<Vec<String>, Error> {
    let meta = me.map(|me| read.doc_meta(me)).transpose()?.flatten();
    let Some(meta) = meta else {
        return Ok(Vec::new());
    };
    let member: Member = meta.plain.view().unwrap_or_default();
    let duty = match member.duty {
        Duty::Representative | Duty::DeputyRepresentative => Some("kommunrepresentant"),
        Duty::Editor | Duty::Unknown => None,
    };
    let said = member.role.as_deref().into_iter().chain(duty);
    Ok(said.map(radrum_swedish::fold).collect())
}

fn own_fadder(
    session: &Session,
    read: Read<'_>,
    reader: &Reader,
) -> Result<Option<FadderOf>, Error> {
    let me = reader.me.as_ref().map(|me| read.doc_meta(me)).transpose()?;
    let me = me.flatten();
    me.map(|me| fadder_of(session, read, &me)).transpose()
}

/// Who is a colleague's fadder, and who may write it.
pub(super) fn fadder_of(
    session: &Session,
    read: Read<'_>,
    of: &DocMeta,
) -> Result<FadderOf, Error> {
    let mut people = session.people(read);
    let mut fadders = Vec::new();
    for key in chosen(&of.plain) {
        fadders.extend(people.member(Some(&key), &[])?);
    }
    fadders.sort_by_cached_key(|row| {
        let place = row.municipality.as_ref().map(|place| place.title.clone());
        let place = radrum_swedish::sort_key(&place.unwrap_or_default());
        (place, radrum_swedish::sort_key(&row.title))
    });
    let home = of.plain.common().owner;
    let mut representatives = representatives(&mut people, home.as_ref())?;
    let (member, me) = (of.key.to_string(), session.me().map(|me| me.to_string()));
    let represents = representatives
        .iter()
        .any(|row| me.as_ref() == Some(&row.key));
    let writes = represents || me.as_ref() == Some(&member);
    // Nobody is sent to herself.
    representatives.retain(|row| row.key != member);
    Ok(FadderOf {
        member,
        fadders,
        representatives,
        writes,
    })
}

/// Whoever is named: each of several voices, or the one that stands.
fn chosen(plain: &Plain) -> Vec<ItemKey> {
    const FIELD: &str = "fadder";
    let mut voices = plain.voices.iter();
    let several = voices.find(|of| of.list.is_none() && of.field == FIELD);
    let named: Vec<&str> = match several {
        Some(of) => of
            .voices
            .iter()
            .filter_map(|voice| voice.value.as_str())
            .collect(),
        None => plain
            .fields
            .get(FIELD)
            .and_then(|value| value.as_str())
            .into_iter()
            .collect(),
    };
    named.iter().filter_map(|key| key.parse().ok()).collect()
}

/// Who represents a municipality, by name.
fn representatives(
    people: &mut People<'_>,
    home: Option<&ItemKey>,
) -> Result<Vec<MemberRow>, Error> {
    let Some(home) = home else {
        return Ok(Vec::new());
    };
    let filter = ItemFilter {
        owner: Some(home.clone()),
        ..of_kind(Kind::Member)
    };
    let mut rows = Vec::new();
    for (item, plain) in people.read.items_with_values(&filter)? {
        let row = people.row(&item.key, &plain, &[])?;
        if matches!(row.duty, Duty::Representative | Duty::DeputyRepresentative) {
            rows.push(row);
        }
    }
    Ok(rows)
}
