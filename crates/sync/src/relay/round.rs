//! What a round knows: how far it has come and what it has learnt.

use crate::fetch::Fetch;
use crate::time::{Instant, Timer};
use crate::{Problem, RangeSet};
use radrum_wire::Digest;

/// Most comparisons of heads in one round; a relay that changes all the time is compared again
/// in the next.
const COMPARISONS_MAX: u32 = 4;

/// A comparison that left a difference is made anew after this time, in milliseconds: the
/// relay may give tomorrow what it withholds today.
const SETTLED_MS: u64 = 6 * 3_600_000;

/// How far a round has come. It asks for the state at the start, after the cursor has been
/// followed, and after heads were compared.
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
    /// The relay's digest from before the heads were asked for, and how often they have been
    /// in this round.
    compared: Option<Digest>,
    comparisons: u32,
    /// Digests, ours and the relay's, that differ and were compared to the end: a relay that
    /// keeps what we refuse costs one comparison, not one at each round.
    settled: Option<(Digest, Digest, Timer)>,
    /// Gaps that a comparison could not fill.
    pub(super) unfilled: RangeSet,
    /// The relay has lost something since the round before.
    pub(super) is_behind: bool,
    /// The heads that it showed last lack what it has confirmed.
    pub(super) has_lost: bool,
    pub(super) is_withheld: bool,
    /// When to ask for the state again though nothing has happened.
    pub(super) again: Option<Timer>,
}

impl Round {
    pub(super) fn begin(&mut self) {
        self.pass = Pass::Begin;
        self.comparisons = 0;
    }

    /// Asks for the heads of a relay in this state.
    pub(super) fn compare(&mut self, digest: Digest) {
        self.pass = Pass::Heads;
        self.compared = Some(digest);
        self.comparisons += 1;
    }

    /// Whether the relay is still as it was when it was compared. If not, what was sent to it
    /// may have filled a gap there, and what lay beyond the gap is news.
    pub(super) fn is_compared(&self, digest: Digest) -> bool {
        self.compared == Some(digest)
    }

    /// The heads could not be read.
    pub(super) const fn not_compared(&mut self) {
        self.pass = Pass::Verify;
        self.compared = None;
    }

    /// Remembers digests that differ and were compared to the end.
    pub(super) const fn remember(&mut self, ours: Digest, theirs: Digest, now: Instant) {
        self.settled = Some((ours, theirs, Timer::start(now, SETTLED_MS)));
    }

    /// Whether these digests need no comparison.
    pub(super) fn is_settled(&self, ours: Digest, theirs: Digest, now: Instant) -> bool {
        let settled = self.settled.filter(|settled| !settled.2.is_over(now));
        settled.is_some_and(|settled| (settled.0, settled.1) == (ours, theirs))
    }

    /// Compares anew whatever was compared before.
    pub(super) const fn forget_settled(&mut self) {
        self.settled = None;
    }

    /// Whether the heads may be asked for once more in this round.
    pub(super) const fn may_compare(&self) -> bool {
        self.comparisons < COMPARISONS_MAX
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
            (self.is_behind || self.has_lost).then_some(Problem::RelayBehind)
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

    /// It did not get through: again in a minute.
    pub(super) const fn lost(self, now: Instant) -> Self {
        let soon = Timer::start(now, 60_000);
        Self {
            changed: soon,
            unchanged: soon,
            ..self
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
