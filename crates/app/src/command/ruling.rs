//! "Fastställd": what municipalities have laid down of a card, and the card as it stood then.
//!
//! Everybody may write everything and ingest refuses nobody (house rule 14), so whether a decision
//! counts is a rule of reading: it must have been begun at a computer that was let in for that
//! municipality. That follows from signed facts and from the log that it stands in, never from a
//! time, a page or who is admin today.

use super::page::{self, as_it_stood, entries_of, head, meta_of, of_kind};
use crate::api::{
    HistoryEntry, Named, RulingNow, RulingPage, RulingRow, RulingStanding, RulingsPage,
};
use crate::people::People;
use crate::rulings::{AtHome, Decided, at_home, decided, since, then, version};
use crate::{Error, Session};
use radrum_domain::{ItemKey, Kind, Ruling, Version};
use radrum_store::{ItemFilter, Read};
use std::cmp::Reverse;
use std::collections::BTreeMap;

pub(super) fn rulings(session: &Session, args: page::Key) -> Result<RulingsPage, Error> {
    let key = args.key()?;
    let found = session.read(|read| {
        meta_of(&read, &key, Kind::Playbook)?;
        of_card(&read, &key)
    })?;
    let at_home = at_home(session, &found)?;
    let rows = session.read(|read| rows(session, &read, &found, &at_home))?;
    Ok(RulingsPage {
        rows,
        now: now(session, &key)?,
    })
}

pub(super) fn ruling(session: &Session, args: page::Key) -> Result<RulingPage, Error> {
    let key = args.key()?;
    let found = session.read(|read| {
        let meta = meta_of(&read, &key, Kind::Ruling)?;
        let of: Ruling = meta.plain.view().unwrap_or_default();
        let mut all = match &of.playbook {
            Some(card) => of_card(&read, card)?,
            None => Vec::new(),
        };
        // One that is archived stands in no list, and has its page all the same.
        if all.iter().all(|one| one.meta.key != key) {
            all.extend(decided(&read, meta)?);
        }
        Ok(all)
    })?;
    let at_home = at_home(session, &found)?;
    session.read(|read| {
        let rows = rows(session, &read, &found, &at_home)?;
        let row = rows.into_iter().find(|row| row.key == key.to_string());
        let meta = meta_of(&read, &key, Kind::Ruling)?;
        let ruling: Ruling = meta.plain.view().unwrap_or_default();
        let (then, several) = match (then(&read, &ruling)?, &ruling.playbook) {
            (Some(then), Some(card)) => {
                let several = !then.voices.is_empty();
                let card = meta_of(&read, card, Kind::Playbook)?;
                (Some(as_it_stood(session, &read, &card, &then)?), several)
            }
            _ => (None, false),
        };
        Ok(RulingPage {
            head: head(session, &read, &meta)?,
            row: row.ok_or_else(|| Error::not_found(&key))?,
            ruling,
            then,
            several,
        })
    })
}

/// What was done to the card since the version that a decision names, newest first.
pub(super) fn changed_since(
    session: &Session,
    args: page::Key,
) -> Result<Vec<HistoryEntry>, Error> {
    let key = args.key()?;
    session.read(|read| {
        let meta = meta_of(&read, &key, Kind::Ruling)?;
        let ruling: Ruling = meta.plain.view().unwrap_or_default();
        match since(&read, &ruling)? {
            Some((card, steps)) => entries_of(session, &read, &card, steps),
            None => Ok(Vec::new()),
        }
    })
}

/// What a municipality has laid down and what applies of it, by card.
pub(super) fn of_municipality(session: &Session, home: &ItemKey) -> Result<Vec<RulingRow>, Error> {
    let found = session.read(|read| {
        let filter = ItemFilter {
            owner: Some(home.clone()),
            ..of_kind(Kind::Ruling)
        };
        let mut all = Vec::new();
        for item in read.items(&filter)? {
            let meta = read.doc_meta(&item.key)?;
            all.extend(meta.map(|meta| decided(&read, meta)).transpose()?.flatten());
        }
        Ok(all)
    })?;
    let at_home = at_home(session, &found)?;
    let mut rows = session.read(|read| rows(session, &read, &found, &at_home))?;
    rows.retain(|row| row.standing == RulingStanding::InForce);
    rows.sort_by_cached_key(|row| radrum_swedish::sort_key(&row.card.title));
    Ok(rows)
}

/// Decisions about a card and about those that were merged with it.
fn of_card(read: &Read<'_>, card: &ItemKey) -> Result<Vec<Decided>, Error> {
    let aliases = read.aliases(Kind::Playbook)?;
    let mut all = Vec::new();
    for card in aliases.all_of(aliases.standing(card)) {
        let filter = ItemFilter {
            parent: Some(card),
            ..of_kind(Kind::Ruling)
        };
        for item in read.items(&filter)? {
            let meta = read.doc_meta(&item.key)?;
            all.extend(meta.map(|meta| decided(read, meta)).transpose()?.flatten());
        }
    }
    Ok(all)
}

impl Decided {
    fn row(
        &self,
        read: &Read<'_>,
        people: &mut People<'_>,
        home: Option<&ItemKey>,
        (standing, at_home): (RulingStanding, &AtHome),
    ) -> Result<RulingRow, Error> {
        let (ruling, meta) = (&self.ruling, &self.meta);
        let card = ruling.playbook.as_ref();
        let title = card.map(|card| read.title(card)).transpose()?.flatten();
        Ok(RulingRow {
            key: meta.key.to_string(),
            card: Named {
                key: card.map(ToString::to_string).unwrap_or_default(),
                title: title.unwrap_or_default(),
            },
            municipality: people.named(&self.owner)?,
            own: home == Some(&self.owner),
            role: ruling.role.clone(),
            on: ruling.on.clone(),
            number: ruling.number.clone(),
            until: ruling.until.clone(),
            standing,
            version: version(read, ruling)?,
            changed_outside: self.is_changed_outside(at_home),
            voices: !meta.plain.voices.is_empty(),
            by: people.named_optional(meta.created_by.parse().ok().as_ref())?,
        })
    }
}

/// The own municipality's first, then by name; of each the newest day first.
fn rows(
    session: &Session,
    read: &Read<'_>,
    found: &[Decided],
    at_home: &AtHome,
) -> Result<Vec<RulingRow>, Error> {
    let aliases = read.aliases(Kind::Playbook)?;
    let group = |of: &Decided| {
        let card = of.ruling.playbook.as_ref();
        (
            of.owner.clone(),
            card.map(|card| aliases.standing(card).clone()),
        )
    };
    // The days are what people have decided and written; no clock is asked which came first.
    let mut newest: BTreeMap<_, &str> = BTreeMap::new();
    let is_listed = |of: &&Decided| !of.meta.plain.common().archived && !of.is_outside(at_home);
    for of in found.iter().filter(is_listed) {
        let day = newest.entry(group(of)).or_default();
        *day = (*day).max(of.ruling.on.as_str());
    }
    let today = session.world.today().to_string();
    let home = session.reader(read)?.municipality;
    let mut people = session.people(*read);
    let mut rows = Vec::new();
    for of in found {
        let is_newest = newest
            .get(&group(of))
            .is_none_or(|day| *day <= of.ruling.on.as_str());
        let ended = of.ruling.until.as_ref().is_some_and(|day| *day <= today);
        let standing = match (of.is_outside(at_home), is_newest, ended) {
            (true, ..) => RulingStanding::Outside,
            (_, false, _) => RulingStanding::Replaced,
            (_, _, true) => RulingStanding::Ended,
            _ => RulingStanding::InForce,
        };
        rows.push(of.row(read, &mut people, home.as_ref(), (standing, at_home))?);
    }
    rows.sort_by_cached_key(|row| {
        let place = radrum_swedish::sort_key(&row.municipality.title);
        let municipality = row.municipality.key.clone();
        let order = (Reverse(row.on.clone()), row.key.clone());
        (!row.own, place, municipality, order)
    });
    Ok(rows)
}

fn now(session: &Session, card: &ItemKey) -> Result<Option<RulingNow>, Error> {
    let Some(home) = session.municipality()? else {
        return Ok(None);
    };
    let id = home.id();
    let (may, members) = session.on_writer(move |side| Ok(side.rulers(id)))?;
    session.read(|read| {
        if session.people(read).is_fou(&home)? {
            return Ok(None);
        }
        let meta = meta_of(&read, card, Kind::Playbook)?;
        let version = Version {
            generation: meta.generation,
            heads: meta.heads,
        };
        let mut ask = Vec::new();
        for member in members {
            let key = read.key_of(member)?;
            ask.extend(
                key.map(|key| session.people(read).named(&key))
                    .transpose()?,
            );
        }
        ask.sort_by_cached_key(|named| (radrum_swedish::sort_key(&named.title), named.key.clone()));
        ask.dedup();
        Ok(Some(RulingNow {
            version: version.to_string(),
            voices: !meta.plain.voices.is_empty(),
            may,
            ask,
        }))
    })
}
