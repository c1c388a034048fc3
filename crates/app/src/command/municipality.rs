//! What the own municipality has to keep alive, for whoever represents it (seed A24, needs N46,
//! N48, N51). It is read from what lies on this computer, names things and people, and counts
//! nothing.

mod cards;
mod needs;
mod thin;

pub(super) use needs::{chosen, needs_you};

use super::Nothing;
use super::hand_over::held_by;
use super::introduction::is_new;
use super::page::of_kind;
use super::questions::waiting_for_us;
use super::ruling::of_municipality;
use crate::api::{Leaving, LeavingRow, MemberRow, OwnMunicipality, UnheldArea};
use crate::commit::SeenAtHome;
use crate::people::People;
use crate::world::day_of;
use crate::{Error, Session};
use chrono::{Days, NaiveDate};
use radrum_domain::{ItemKey, Kind, ResponsibilityKind};
use radrum_store::{DocMeta, ItemFilter, Read};
use std::collections::BTreeSet;

/// A guest's end and a card's day are told so many days before.
const SOON_DAYS: u64 = 30;

/// Questions that are shown; the list of questions has all.
const WAITING_MAX: u32 = 12;

/// The area of the start guide, which every thin answer leads to: nobody is to have met it.
const START_GUIDE: &str = "unknown-case";

pub(super) fn own_municipality(session: &Session, _: Nothing) -> Result<OwnMunicipality, Error> {
    let Some(home) = session.municipality()? else {
        return Ok(OwnMunicipality::default());
    };
    let id = home.id();
    let seen = session.on_writer(move |side| Ok(side.seen_at_home(id)))?;
    let rulings = of_municipality(session, &home)?;
    session.read(|read| {
        let mut people = session.people(read);
        let municipality = Some(people.named(&home)?);
        let fou = people.is_fou(&home)?;
        let mut at_home = AtHome {
            today: session.world.today(),
            read,
            people,
            me: session.me(),
            home,
            fou,
            seen,
        };
        let leaving = at_home.leaving()?;
        let told = leaving.iter().map(|row| row.member.key.clone()).collect();
        let (unowned, reviews) = at_home.cards(&told)?;
        let mut waiting = waiting_for_us(session, read, WAITING_MAX + 1)?;
        let more_waiting = waiting.len() > WAITING_MAX as usize;
        waiting.truncate(WAITING_MAX as usize);
        Ok(OwnMunicipality {
            municipality,
            few_admins: at_home.seen.starting,
            unheld: at_home.unheld(&told)?,
            unowned,
            reviews,
            newcomers: at_home.newcomers()?,
            waiting,
            more_waiting,
            thin: at_home.thin()?,
            leaving,
            rulings,
        })
    })
}

/// Reads for one municipality on one day.
struct AtHome<'a> {
    read: Read<'a>,
    people: People<'a>,
    today: NaiveDate,
    home: ItemKey,
    /// It holds no areas and is no municipality.
    fou: bool,
    me: Option<ItemKey>,
    seen: SeenAtHome,
}

impl AtHome<'_> {
    /// The day until which something is told beforehand.
    fn soon(&self) -> String {
        let day = self.today.checked_add_days(Days::new(SOON_DAYS));
        day.unwrap_or(self.today).to_string()
    }

    fn leaving(&mut self) -> Result<Vec<LeavingRow>, Error> {
        let filter = ItemFilter {
            owner: Some(self.home.clone()),
            with_archived: true,
            ..of_kind(Kind::Member)
        };
        let mut rows = Vec::new();
        for item in self.read.items(&filter)? {
            let Some(meta) = self.read.doc_meta(&item.key)? else {
                continue;
            };
            let Some((leaving, until)) = self.leaves(&meta) else {
                continue;
            };
            let held = held_by(&mut self.people, &meta)?;
            if !held.is_empty() {
                rows.push(LeavingRow {
                    member: self.people.named(&item.key)?,
                    leaving,
                    until,
                    held,
                });
            }
        }
        Ok(rows)
    }

    /// Whether a colleague has left or leaves soon. Her twin that was merged into her does not.
    fn leaves(&self, meta: &DocMeta) -> Option<(Leaving, Option<String>)> {
        let common = meta.plain.common();
        if common.merged_into.is_some() {
            return None;
        }
        let id = meta.key.id();
        if common.archived {
            return Some((Leaving::Archived, None));
        }
        if self.seen.ended.contains(&id) {
            return Some((Leaving::NoComputer, None));
        }
        let until = day_of(*self.seen.guests.get(&id)?).to_string();
        (until <= self.soon()).then_some((Leaving::Guest, Some(until)))
    }

    /// Whether somebody who is named is nobody to ask, and no line about her leaving says so.
    fn is_gone(&self, member: &ItemKey, told: &BTreeSet<String>) -> Result<bool, Error> {
        let meta = self.read.doc_meta(member)?;
        let there = meta.is_some_and(|meta| !meta.plain.common().archived)
            && !self.seen.ended.contains(&member.id());
        Ok(!there && !told.contains(&member.to_string()))
    }

    /// Own holdings that name nobody who is there, then areas in which no municipality leads.
    fn unheld(&mut self, told: &BTreeSet<String>) -> Result<Vec<UnheldArea>, Error> {
        if self.fou {
            return Ok(Vec::new());
        }
        let (mut own, mut nobodys) = (Vec::new(), Vec::new());
        for area in self.read.items(&of_kind(Kind::Area))? {
            if area.key.as_slug() == Some(START_GUIDE) {
                continue;
            }
            let cells = self.people.current_holders(&area.key)?;
            let named = self.people.named(&area.key)?;
            let home = self.home.to_string();
            for cell in cells.iter().filter(|cell| cell.municipality.key == home) {
                let member = cell.member.as_ref().and_then(|row| row.key.parse().ok());
                let gone = member.map(|member| self.is_gone(&member, told));
                if gone.transpose()?.unwrap_or(true) {
                    own.push(UnheldArea {
                        area: named.clone(),
                        holding: Some(cell.key.clone()),
                    });
                }
            }
            let mut kinds = cells.iter().map(|cell| cell.responsibility);
            if !kinds.any(|kind| kind == ResponsibilityKind::Lead) {
                nobodys.push(UnheldArea {
                    area: named,
                    holding: None,
                });
            }
        }
        own.append(&mut nobodys);
        Ok(own)
    }

    /// Whose page somebody wrote lately, but for the reader's.
    fn newcomers(&mut self) -> Result<Vec<MemberRow>, Error> {
        let filter = ItemFilter {
            owner: Some(self.home.clone()),
            ..of_kind(Kind::Member)
        };
        let mut rows = Vec::new();
        for item in self.read.items(&filter)? {
            let Some(meta) = self.read.doc_meta(&item.key)? else {
                continue;
            };
            let is_me = self.me.as_ref() == Some(&item.key);
            let left = self.seen.ended.contains(&item.key.id());
            if is_new(&meta, self.today) && !is_me && !left {
                rows.push(self.people.row(&item.key, &meta.plain, &[])?);
            }
        }
        Ok(rows)
    }
}
