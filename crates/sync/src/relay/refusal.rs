//! The table of refusals in FORMAT.md section 8.

use super::line::{Trouble, What};
use super::{Refused, Relay};
use crate::time::{Instant, Timer};
use crate::{Host, Problem};
use radrum_wire::relay::RefusalCode;

/// Pushing rests this long when the krets has filled its space, in milliseconds.
const FULL_MS: u64 = 3_600_000;

/// Whether a refusal is about the request itself, so that there is no use in asking again soon.
/// The others are about the line, and hold for all requests.
pub(super) const fn is_no(code: RefusalCode) -> bool {
    matches!(
        code,
        RefusalCode::NotFound
            | RefusalCode::Malformed
            | RefusalCode::TooLarge
            | RefusalCode::RegionFull
            | RefusalCode::QuotaExceeded
            | RefusalCode::Unknown
    )
}

impl Relay {
    pub(super) fn refused(&mut self, what: What, refused: Refused, now: Instant, host: &impl Host) {
        let retry = refused.retry_after_s;
        match (refused.code, what) {
            // Its own request is not repeated, whatever the relay says to it.
            (
                RefusalCode::RosterBehind
                | RefusalCode::Malformed
                | RefusalCode::NotFound
                | RefusalCode::TooLarge
                | RefusalCode::Unauthorized
                | RefusalCode::NotOnRoster
                | RefusalCode::Unknown,
                What::PutRoster,
            ) => self.roster.answered(),
            (
                RefusalCode::Malformed
                | RefusalCode::NotFound
                | RefusalCode::TooLarge
                | RefusalCode::Unknown
                | RefusalCode::RegionFull,
                What::PutSlot | What::Slots,
            ) => {}
            (RefusalCode::Malformed | RefusalCode::TooLarge, What::Push) => {
                if let Some(queue) = &mut self.queue {
                    queue.refused(&mut self.sizes);
                }
                self.drop_old_queue();
            }
            (RefusalCode::Unauthorized, _) => {
                self.put_back();
                self.line.strike(now);
            }
            (RefusalCode::NotOnRoster, _) => self.not_on_roster(now, host),
            (RefusalCode::Example, _) => {
                self.line.trouble = Some(Problem::Example);
                self.is_open = false;
            }
            (RefusalCode::UnknownRegion, _) => {
                self.put_back();
                self.line.verdict(Problem::WrongRelay, now);
            }
            (RefusalCode::QuotaExceeded, What::Push) => {
                let wait_ms = self.line.told_ms(retry);
                self.pause_pushing(Problem::Quota, wait_ms, now);
            }
            (RefusalCode::RegionFull, What::Push) => {
                let wait_ms = FULL_MS + self.line.jitter.below(FULL_MS);
                self.pause_pushing(Problem::RelayFull, wait_ms, now);
            }
            (
                RefusalCode::TooManyRequests
                | RefusalCode::QuotaExceeded
                | RefusalCode::Unavailable,
                what,
            ) => {
                self.put_back();
                self.unheard(what, now);
                self.line.told(retry, now);
            }
            (RefusalCode::NotFound, What::Heads) => self.round.not_compared(),
            _ => self.failed(what, Trouble::Odd, now),
        }
    }

    /// A relay that was emptied knows nobody. Whoever has the newest roster gives it back; it
    /// proves itself.
    fn not_on_roster(&mut self, now: Instant, host: &impl Host) {
        self.put_back();
        self.line.token = None;
        let offered = host
            .roster()
            .is_some_and(|roster| self.roster.offer(roster.number));
        if !offered {
            self.line.not_let_in(now);
        }
    }

    fn pause_pushing(&mut self, problem: Problem, wait_ms: u64, now: Instant) {
        self.put_back();
        self.pause = Some((Timer::start(now, wait_ms), problem));
    }

    fn put_back(&mut self) {
        if let Some(queue) = &mut self.queue {
            queue.put_back();
        }
        self.drop_old_queue();
    }
}
