//! Areas in which a municipality has one person to ask, or none.

use super::{AtHome, START_GUIDE};
use crate::Error;
use crate::api::{MemberRow, ThinArea};
use crate::command::page::of_kind;
use crate::people::closeness;
use radrum_domain::{ExperienceLevel, ItemKey, Kind};
use std::collections::BTreeMap;

impl AtHome<'_> {
    /// Areas by name. FoU handles no cases: it sees what the krets lacks.
    pub(super) fn thin(&mut self) -> Result<Vec<ThinArea>, Error> {
        let members = self.read.items(&of_kind(Kind::Member))?.into_iter();
        let homes: BTreeMap<ItemKey, Option<ItemKey>> =
            members.map(|member| (member.key, member.owner)).collect();
        let mut thin = Vec::new();
        for area in self.read.items(&of_kind(Kind::Area))? {
            if area.key.as_slug() == Some(START_GUIDE) {
                continue;
            }
            let (here, elsewhere) = self.experienced(&area.key, &homes)?;
            let few = if self.fou {
                here.len() + elsewhere.len() <= 1
            } else {
                here.len() <= 1
            };
            if few {
                let here = here.first().map(|member| self.people.named(member));
                thin.push(ThinArea {
                    here: here.transpose()?,
                    ask: self.first_to_ask(&area.key, &elsewhere)?,
                    area: self.people.named(&area.key)?,
                });
            }
        }
        Ok(thin)
    }

    /// Who has met an area or learnt it, at home and elsewhere; there, whoever offers to think
    /// along comes first.
    fn experienced(
        &self,
        area: &ItemKey,
        homes: &BTreeMap<ItemKey, Option<ItemKey>>,
    ) -> Result<(Vec<ItemKey>, Vec<ItemKey>), Error> {
        let mut lines = self.read.experience_of(area)?;
        lines.retain(|line| line.level != ExperienceLevel::Interested);
        lines.sort_by_key(|line| closeness(line.level));
        let (mut here, mut elsewhere) = (Vec::new(), Vec::new());
        for line in lines {
            let home = homes.get(&line.member).and_then(Option::as_ref);
            let side = if home == Some(&self.home) {
                &mut here
            } else {
                &mut elsewhere
            };
            if !self.seen.ended.contains(&line.member.id()) && !side.contains(&line.member) {
                side.push(line.member);
            }
        }
        Ok((here, elsewhere))
    }

    /// The first who can be reached today, else the first.
    fn first_to_ask(
        &mut self,
        area: &ItemKey,
        members: &[ItemKey],
    ) -> Result<Option<MemberRow>, Error> {
        let mut first = None;
        for member in members {
            let row = self
                .people
                .member(Some(member), std::slice::from_ref(area))?;
            let there = |row: &MemberRow| !row.away_today && row.paused.is_none();
            if row.as_ref().is_some_and(there) {
                return Ok(row);
            }
            first = first.or(row);
        }
        Ok(first)
    }
}
