//! Computers that never come back: what they alone held is lost, and the others must come to rest
//! without them (security.md R7).

use super::dice::Dice;
use super::template::OFFICES;
use super::world::World;
use anyhow::Result;
use std::collections::BTreeSet;

/// The first step after which they may be gone. The others go on until the story ends.
const FROM_STEP: u64 = 20;

/// Steps within which it happens.
const WITHIN_STEPS: u64 = 40;

/// Fewest computers that break.
const BROKEN_MIN: usize = 2;

/// How many more may at most. With one that is taken out, three of eight stay at least.
const BROKEN_MORE: usize = 2;

/// Whose computers break for ever, and when. Nobody's, unless it was drawn.
#[derive(Debug, Default)]
pub struct Broken {
    at: u32,
    to_be: BTreeSet<usize>,
    gone: BTreeSet<usize>,
}

impl Broken {
    /// Draws it. The first office is the admin's, who wakes the others, and stays.
    #[must_use]
    pub fn draw(seed: u64) -> Self {
        let mut dice = Dice::new(seed.rotate_left(16));
        let count = BROKEN_MIN + dice.pick(BROKEN_MORE + 1);
        let mut to_be = BTreeSet::new();
        while to_be.len() < count {
            to_be.insert(1 + dice.pick(OFFICES - 1));
        }
        let at = FROM_STEP + dice.below(WITHIN_STEPS);
        Self {
            at: u32::try_from(at).unwrap_or(u32::MAX),
            to_be,
            gone: BTreeSet::new(),
        }
    }

    /// Whether a computer is gone by now.
    #[must_use]
    pub fn has(&self, office: usize) -> bool {
        self.gone.contains(&office)
    }
}

impl World<'_> {
    /// The computers break when their step has come.
    ///
    /// # Errors
    /// Any error of SQLite.
    pub fn break_for_ever(&mut self) -> Result<()> {
        if self.step != self.broken.at {
            return Ok(());
        }
        for office in std::mem::take(&mut self.broken.to_be) {
            self.note(format!("the computer of office {office} never comes back"));
            self.offices[office].stop();
            self.offices[office].old_disk = None;
            self.broken.gone.insert(office);
        }
        let gone = &self.broken.gone;
        let written = self.ledger.written.values_mut();
        for written in written.filter(|one| gone.contains(&one.office)) {
            written.lost_with_disk = true;
        }
        self.excuse_lost(true)
    }

    /// The offices whose computers still run.
    #[must_use]
    pub fn running(&self) -> Vec<usize> {
        let all = 0..self.offices.len();
        all.filter(|office| !self.broken.has(*office)).collect()
    }

    /// Whether something that stayed may have stood on what this office alone had. What a
    /// colleague built on was with her, and she hands it on, unless she or the relay lost it too.
    #[must_use]
    pub const fn may_be_missed(&self, is_broken: bool) -> bool {
        !is_broken || self.restored > 0 || self.relay.has_lost
    }
}
