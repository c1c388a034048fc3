//! What a round knows: how far it has come and what it has learnt.

use crate::fetch::Fetch;
use crate::time::{Instant, Timer};
use crate::{Problem, RangeSet};
use radrum_wire::Digest;

/// How far a round has come. Three questions for the state at most: at the start, after the
/// cursor has been followed, and after heads were compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Pass {
    /// Ask for the state.
    #[default]
    Begin,
    /// Follow the cursor and send own entries; then ask for the state again.
    Move,
    /// Ask for the state: was that all?
    Compare,
    /// It was not: ask for the heads.
    Heads,
    /// Fetch by range, send what the relay lacks; then ask for the state again.
    Reconcile,
    /// Ask for the state, and remember it with what is here.
    Verify,
    /// Wait for news.
    Settled,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Round {
    pub(super) pass: Pass,
    /// There is something after the cursor.
    pub(super) pull: bool,
    /// The relay's cursor from before the heads were asked for: taken over when they have been
    /// followed.
    pub(super) adopt: Option<u64>,
    pub(super) fetch: Option<Fetch>,
    /// Digests, ours and the relay's, that differ and were compared to the end: a relay that
    /// keeps what we refuse costs one comparison, not one at each round.
    pub(super) settled: Option<(Digest, Digest)>,
    /// Gaps that a comparison could not fill.
    pub(super) unfilled: RangeSet,
    /// The relay has lost something since the round before.
    pub(super) is_behind: bool,
    pub(super) is_withheld: bool,
    /// When to ask for the state again though nothing has happened.
    pub(super) again: Option<Timer>,
}

impl Round {
    pub(super) fn begin(&mut self) {
        self.pass = Pass::Begin;
    }

    /// There is more here than when the comparison was made.
    pub(super) fn compare_again(&mut self) {
        if matches!(self.pass, Pass::Verify | Pass::Settled) {
            self.begin();
        }
    }

    pub(super) fn problem(&self) -> Option<Problem> {
        if self.is_withheld {
            Some(Problem::RelayWithholds)
        } else {
            self.is_behind.then_some(Problem::RelayBehind)
        }
    }
}

/// The heartbeat that was last put.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beat {
    digest: Digest,
    changed: Timer,
    unchanged: Timer,
}

impl Beat {
    pub(super) const fn put(digest: Digest, now: Instant, jitter_ms: u64) -> Self {
        Self {
            digest,
            changed: Timer::start(now, 10 * 60_000 + jitter_ms),
            unchanged: Timer::start(now, 24 * 3_600_000 + jitter_ms),
        }
    }

    /// Ten minutes after the one before, when there is news; else daily.
    pub(super) fn is_due(&self, digest: Digest, now: Instant) -> bool {
        self.unchanged.is_over(now) || (self.digest != digest && self.changed.is_over(now))
    }
}

/// Fetching of others' heartbeats: when somebody looks, at most once a minute, and hourly
/// when entries have moved. A krets of a thousand devices has megabytes of them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Slots {
    pub(super) wanted: bool,
    pub(super) moved: bool,
    fetched: Option<(Timer, Timer)>,
}

impl Slots {
    pub(super) fn are_due(&self, now: Instant) -> bool {
        let over = |timer: fn(&(Timer, Timer)) -> Timer| {
            self.fetched.is_none_or(|both| timer(&both).is_over(now))
        };
        (self.wanted && over(|both| both.0)) || (self.moved && over(|both| both.1))
    }

    pub(super) const fn fetch(now: Instant) -> Self {
        let timers = (Timer::start(now, 60_000), Timer::start(now, 3_600_000));
        Self {
            wanted: false,
            moved: false,
            fetched: Some(timers),
        }
    }
}

/// Giving the roster to a relay that has an older one or none.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RosterPut {
    pub(super) is_due: bool,
    tried: Option<u64>,
}

impl RosterPut {
    /// Once for each number and start; whether it is to be tried now.
    pub(super) fn offer(&mut self, number: u64) -> bool {
        self.is_due = self.tried != Some(number);
        self.tried = Some(number);
        self.is_due
    }
}
