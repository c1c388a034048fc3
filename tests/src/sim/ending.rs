//! Somebody leaves the krets, or loses her computer, while others are away.

use super::dice::Dice;
use super::ledger::Hash;
use super::state::State;
use super::template::OFFICES;
use super::world::World;
use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// States of entries that were written after their computer's end, or beside what it named.
const AFTER_END: [&str; 2] = ["set_aside seal_after_cutoff", "set_aside branch"];

/// Who will be taken out.
#[derive(Debug)]
pub struct Leaving {
    /// Whose computer. The first office is the admin's.
    pub office: usize,
    dice: Dice,
}

impl Leaving {
    /// Draws it.
    #[must_use]
    pub fn draw(seed: u64) -> Self {
        let mut dice = Dice::new(seed.rotate_left(32));
        Self {
            office: 1 + dice.pick(OFFICES - 1),
            dice,
        }
    }
}

/// A computer that belongs to the krets no longer.
#[derive(Debug, Clone, Copy)]
pub struct Ended {
    /// Whose.
    pub office: usize,
    /// A relay that knows this roster lets it in no more.
    roster: u64,
}

impl World<'_> {
    /// Takes somebody out, once in a story.
    ///
    /// # Errors
    /// When the admin's program does not do it.
    pub fn end_somebody(&mut self) -> Result<()> {
        let Some(leaving) = &mut self.leaving else {
            return Ok(());
        };
        let now = leaving.dice.chance(4);
        let (office, is_lost) = (leaving.office, leaving.dice.chance(50));
        if now && self.ended.is_none() {
            self.end_of(office, is_lost)?;
        }
        Ok(())
    }

    fn end_of(&mut self, office: usize, is_lost: bool) -> Result<()> {
        let people = self.offices[0].call("krets_people", json!({}))?;
        let list = |of: &Value, name: &str| of[name].as_array().cloned().unwrap_or_default();
        let places = list(&people, "municipalities");
        let mut all = places.iter().flat_map(|place| list(place, "people"));
        let name = format!("Kollega {office}");
        let person = all.find(|person| person["name"] == name).context(name)?;
        if is_lost {
            let lost = json!({ "computer": person["computers"][0]["id"], "root_key": "" });
            self.offices[0].call("lost_computer", lost)?;
        } else {
            let left = json!({ "member": person["member"], "root_key": "" });
            self.offices[0].call("remove_member", left)?;
        }
        let sql = "SELECT roster_number FROM krets";
        let roster: i64 = self.offices[0]
            .look()?
            .query_row(sql, (), |row| row.get(0))?;
        self.note(format!("office {office} is taken out"));
        self.ended = Some(Ended {
            office,
            roster: u64::try_from(roster)?,
        });
        self.hear(0);
        Ok(())
    }

    /// Whether an office belongs to the krets.
    #[must_use]
    pub fn belongs(&self, office: usize) -> bool {
        self.ended.is_none_or(|ended| ended.office != office)
    }

    /// The offices that belong to the krets and whose computers run.
    #[must_use]
    pub fn belonging(&self) -> Vec<usize> {
        let running = self.running().into_iter();
        running.filter(|office| self.belongs(*office)).collect()
    }

    /// Whether an item was begun by somebody who was taken out.
    #[must_use]
    pub fn was_begun_by_ended(&self, key: &str) -> bool {
        let mut of = self.ledger.written.values().filter(|one| one.key == key);
        of.any(|one| one.saw.is_empty() && !self.belongs(one.office))
    }

    /// Whether the relay lets an office in.
    #[must_use]
    pub fn is_let_in(&self, office: usize) -> bool {
        let out = |ended: super::ending::Ended| {
            ended.office == office && self.relay.roster() >= ended.roster
        };
        !self.ended.is_some_and(out)
    }

    /// The logs of whoever was taken out or has got an older disk, named by their first bytes.
    /// What she wrote last may be with one colleague and not with the next, and lack what stands
    /// before it, which nobody has any more.
    ///
    /// # Errors
    /// Any error of SQLite.
    pub fn torn_logs(&mut self) -> Result<BTreeSet<String>> {
        let ended = self.ended.map(|ended| ended.office);
        let mut logs = BTreeSet::new();
        for office in self.older.iter().copied().chain(ended) {
            let look = self.offices[office].look()?;
            let mut statement = look.prepare(
                "SELECT hex(substr(log, 1, 4)) FROM profile UNION SELECT hex(substr(s.log, 1, 4))
                 FROM logs s JOIN log l ON l.log_n = s.n WHERE length(l.body) > 0",
            )?;
            let rows = statement.query_map((), |row| row.get(0))?;
            for log in rows {
                logs.insert(log?);
            }
        }
        Ok(logs)
    }

    /// Whether what somebody saved need not be with the others: it was written after her end, or
    /// never came to anybody.
    #[must_use]
    pub fn is_after_end(&self, office: usize, entry: &Hash, state: &State) -> bool {
        let aside = |state: &String| AFTER_END.contains(&state.as_str());
        !self.belongs(office) && state.entries.get(entry).is_none_or(aside)
    }
}
