//! Giving the roster to a relay that has an older one or none.

use super::{Action, Relay, Request};
use crate::Host;
use crate::time::Instant;

/// A roster is offered this often in a round that hears no answer: a line that swallows it must
/// not keep the rest from being exchanged.
const LOSSES_MAX: u32 = 3;

/// Which roster is to be given, and which the relay has answered.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RosterPut {
    is_due: bool,
    given: Option<u64>,
    /// Taken or refused for good: once for each number and start.
    answered: Option<u64>,
    losses: u32,
}

impl RosterPut {
    /// Whether this number is to be given now. What is due already stays so.
    pub(super) fn offer(&mut self, number: u64) -> bool {
        self.is_due |= self.answered != Some(number);
        self.is_due
    }

    /// The relay needs not be asked again about what it was given.
    pub(super) const fn answered(&mut self) {
        self.answered = self.given;
    }

    /// What was given did not get through.
    pub(super) const fn lost(&mut self) {
        self.losses = self.losses.saturating_add(1);
        self.is_due |= self.losses < LOSSES_MAX;
    }

    /// Everything else has been exchanged.
    pub(super) const fn settled(&mut self) {
        self.losses = 0;
    }
}

impl Relay {
    pub(super) fn put_roster(&mut self, host: &impl Host) -> Option<Request> {
        if !std::mem::take(&mut self.roster.is_due) {
            return None;
        }
        let roster = host.roster()?;
        self.roster.given = Some(roster.number);
        Some(Request::PutRoster(roster.record))
    }

    /// A roster that this device has just signed, or that came by a stick, is given at once:
    /// somebody waits to be let in, perhaps this device.
    pub(super) fn offer_roster(
        &mut self,
        now: Instant,
        host: &impl Host,
        actions: &mut Vec<Action>,
    ) {
        let number = host.roster().map_or(0, |roster| roster.number);
        if number > self.roster_seen {
            self.roster_seen = number;
            if self.roster.offer(number) {
                self.line.may_be_let_in();
                self.end_wait(now, actions);
            }
        }
    }

    /// The relay has said which roster it keeps.
    pub(super) fn compare_roster(&mut self, theirs: u64, host: &impl Host) {
        match host.roster() {
            Some(roster) if roster.number > theirs => {
                if self.roster.losses < LOSSES_MAX {
                    self.roster.offer(roster.number);
                }
            }
            // It has it; should the relay be emptied, it is offered again.
            _ => self.roster = RosterPut::default(),
        }
    }
}
