//! The line to a relay: token, the one open request, and how long to wait after what.

use super::words::{Bearer, Request, RequestId};
use crate::time::{Instant, Jitter, Timer};
use crate::{HostError, Problem};
use radrum_wire::limits::RELAY_WAIT_S_MAX;
use radrum_wire::relay::Challenge;

/// Most bytes of a pull: some seconds on a slow line.
pub(super) const PULL_BYTES: usize = 1024 * 1024;
const PULL_BYTES_MIN: usize = 64 * 1024;

/// Shortest long poll, in seconds, behind a proxy that cuts them.
const WAIT_S_MIN: u64 = 5;

/// A request that is not answered in this time is given up, in milliseconds.
const TIMEOUT_MS: u64 = 120_000;

/// What the machine allows a transport beyond that before it goes on without an answer.
const GRACE_MS: u64 = 30_000;

/// Refused tokens in a row before the relay is left alone for a while.
const STRIKES_MAX: u32 = 3;

/// Wait after a refusal that only people can change, in milliseconds.
const VERDICT_MS: u64 = 10 * 60_000;

/// Wait when the device's own store is away, in milliseconds.
const HOST_MS: u64 = 30_000;

/// Longest `Retry-After` that is believed, in seconds: a day, since quotas are by day.
const RETRY_AFTER_S_MAX: u64 = 24 * 3_600;

/// Jitter that FORMAT.md adds to `Retry-After`, in milliseconds.
const RETRY_JITTER_MS: u64 = 60_000;

/// What was asked in the open request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Challenge,
    Token,
    State,
    Pull,
    Push,
    Heads,
    Ranges,
    PutSlot,
    Slots,
    PutRoster,
    Snapshot,
    PushSnapshot,
    Drop,
    Issuer,
    Tokens,
    Anonymous,
    Mail,
    Hints,
    Wait,
}

impl What {
    const fn of(request: &Request) -> Self {
        match request {
            Request::Challenge(_) => Self::Challenge,
            Request::Token(_) => Self::Token,
            Request::State => Self::State,
            Request::Pull { .. } => Self::Pull,
            Request::Push(_) => Self::Push,
            Request::Heads => Self::Heads,
            Request::Ranges(_) => Self::Ranges,
            Request::PutSlot { .. } => Self::PutSlot,
            Request::Slots => Self::Slots,
            Request::PutRoster(_) => Self::PutRoster,
            Request::Snapshot { .. } => Self::Snapshot,
            Request::PushSnapshot(_) => Self::PushSnapshot,
            Request::Drop(_) => Self::Drop,
            Request::Issuer => Self::Issuer,
            Request::Tokens(_) => Self::Tokens,
            Request::Anonymous(_) => Self::Anonymous,
            Request::Mail(_) => Self::Mail,
            Request::Hints(_) => Self::Hints,
            Request::Wait { .. } => Self::Wait,
        }
    }
}

/// Why an answer was of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Nothing came.
    Lost,
    /// What came is against the format.
    Odd,
    /// The own store did not take it.
    Host(HostError),
}

impl From<HostError> for Trouble {
    fn from(error: HostError) -> Self {
        Self::Host(error)
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Flight {
    pub(super) id: RequestId,
    pub(super) what: What,
    timer: Timer,
    quick: Timer,
}

impl Flight {
    /// Whether the answer came within a second: a long poll that ends so soon, with nothing,
    /// would be repeated without pause.
    pub(super) fn is_quick(&self, now: Instant) -> bool {
        !self.quick.is_over(now)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// Ends early when there is reason to think that the line is back.
    Network,
    /// People must act first; ends early when the user says so or the computer wakes.
    Verdict,
    /// The relay asked for it.
    Told,
}

#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) token: Option<Bearer>,
    pub(super) challenge: Option<Challenge>,
    pub(super) trouble: Option<Problem>,
    pub(super) wait_s: u64,
    pub(super) pull_bytes: usize,
    pub(super) jitter: Jitter,
    flight: Option<Flight>,
    last_id: u64,
    rest: Option<(Timer, Cause)>,
    failures: u32,
    fruitless: u32,
    strikes: u32,
}

impl Line {
    pub(super) const fn new(seed: u64) -> Self {
        Self {
            token: None,
            challenge: None,
            trouble: None,
            wait_s: RELAY_WAIT_S_MAX,
            pull_bytes: PULL_BYTES,
            jitter: Jitter::new(seed),
            flight: None,
            last_id: 0,
            rest: None,
            failures: 0,
            fruitless: 0,
            strikes: 0,
        }
    }

    pub(super) fn open(&mut self, request: &Request, now: Instant) -> (RequestId, u64) {
        self.last_id = self.last_id.wrapping_add(1);
        let id = RequestId(self.last_id);
        let timeout_ms = match request {
            Request::Wait { seconds, .. } => (seconds + 20) * 1_000,
            _ => TIMEOUT_MS,
        };
        self.flight = Some(Flight {
            id,
            what: What::of(request),
            timer: Timer::start(now, timeout_ms + GRACE_MS),
            quick: Timer::start(now, 1_000),
        });
        (id, timeout_ms)
    }

    /// Takes the open request if this is its id.
    pub(super) fn close(&mut self, id: RequestId) -> Option<Flight> {
        self.flight.take_if(|flight| flight.id == id)
    }

    /// Gives the open request up.
    pub(super) fn cancel(&mut self) -> Option<RequestId> {
        self.flight.take().map(|flight| flight.id)
    }

    pub(super) fn waits_for(&self) -> Option<What> {
        self.flight.map(|flight| flight.what)
    }

    /// Takes the open request if nobody answered it in time.
    pub(super) fn overdue(&mut self, now: Instant) -> Option<Flight> {
        self.flight.take_if(|flight| flight.timer.is_over(now))
    }

    /// Whether a new request may be sent.
    pub(super) fn is_free(&mut self, now: Instant) -> bool {
        self.rest.take_if(|(timer, _)| timer.is_over(now));
        self.flight.is_none() && self.rest.is_none()
    }

    pub(super) const fn rests(&self) -> bool {
        self.rest.is_some() && self.flight.is_none()
    }

    /// When to look again, in milliseconds.
    pub(super) fn alarm_ms(&self, now: Instant) -> Option<u64> {
        let timer = match (self.flight, self.rest) {
            (Some(flight), _) => flight.timer,
            (None, Some((timer, _))) => timer,
            (None, None) => return None,
        };
        Some(timer.left_ms(now).max(1))
    }

    /// Something got through.
    pub(super) const fn progressed(&mut self) {
        self.failures = 0;
        self.fruitless = 0;
    }

    /// The relay accepted the token.
    pub(super) const fn believed(&mut self) {
        self.strikes = 0;
    }

    pub(super) fn fail(&mut self, what: What, trouble: Trouble, now: Instant) {
        self.challenge = None;
        self.failures = self.failures.saturating_add(1);
        match what {
            What::Wait => self.wait_s = (self.wait_s / 2).max(WAIT_S_MIN),
            What::Pull | What::Snapshot => self.shrink_pull(),
            _ => {}
        }
        let wait_ms = match trouble {
            Trouble::Host(_) => HOST_MS,
            Trouble::Lost | Trouble::Odd => self.jitter.backoff_ms(self.failures),
        };
        match trouble {
            // One lost long poll is what proxies do; it is no news for the user.
            Trouble::Lost if self.failures < 2 => {}
            Trouble::Lost => self.trouble = Some(Problem::NoNetwork),
            Trouble::Odd => self.trouble = Some(Problem::RelayOdd),
            Trouble::Host(HostError::DiskFull) => self.trouble = Some(Problem::DiskFull),
            Trouble::Host(HostError::Unavailable) => self.trouble = Some(Problem::StoreAway),
        }
        self.rest = Some((Timer::start(now, wait_ms), Cause::Network));
    }

    pub(super) fn shrink_pull(&mut self) {
        self.pull_bytes = (self.pull_bytes / 2).max(PULL_BYTES_MIN);
    }

    pub(super) fn grow_pull(&mut self) {
        self.pull_bytes = (self.pull_bytes * 2).min(PULL_BYTES);
    }

    /// Answers that bring nothing, one after the other: slower and slower.
    pub(super) fn fruitless(&mut self, now: Instant) {
        self.fruitless = self.fruitless.saturating_add(1);
        if self.fruitless > 2 {
            let wait_ms = self.jitter.backoff_ms(self.fruitless - 2);
            self.rest = Some((Timer::start(now, wait_ms), Cause::Network));
        }
    }

    /// The token was refused: a new one, and after some in a row a rest.
    pub(super) fn strike(&mut self, now: Instant) {
        self.token = None;
        self.challenge = None;
        self.strikes += 1;
        if self.strikes >= STRIKES_MAX {
            self.strikes = 0;
            self.verdict(Problem::NotBelieved, now);
        }
    }

    /// Only people can change this: look again now and then.
    pub(super) fn verdict(&mut self, problem: Problem, now: Instant) {
        self.token = None;
        self.challenge = None;
        self.trouble = Some(problem);
        let wait_ms = VERDICT_MS + self.jitter.below(VERDICT_MS);
        self.rest = Some((Timer::start(now, wait_ms), Cause::Verdict));
    }

    /// An admin has perhaps just let this device in, and her list is on its way.
    pub(super) fn not_let_in(&mut self, now: Instant) {
        self.verdict(Problem::NotOnRoster, now);
        self.failures = self.failures.saturating_add(1);
        let wait_ms = self.jitter.backoff_ms(self.failures.saturating_add(1));
        self.rest = Some((Timer::start(now, wait_ms), Cause::Verdict));
    }

    /// A list is here that may name this device.
    pub(super) fn may_be_let_in(&mut self) {
        let is_out = self.trouble == Some(Problem::NotOnRoster);
        self.rest.take_if(|_| is_out);
    }

    /// `Retry-After` with its jitter, or a backoff when the relay gave none.
    pub(super) fn told_ms(&mut self, retry_after_s: Option<u64>) -> u64 {
        if let Some(seconds) = retry_after_s {
            return seconds.min(RETRY_AFTER_S_MAX) * 1_000 + self.jitter.below(RETRY_JITTER_MS);
        }
        self.failures = self.failures.saturating_add(1);
        self.jitter.backoff_ms(self.failures)
    }

    /// The relay asked to be left alone.
    pub(super) fn told(&mut self, retry_after_s: Option<u64>, now: Instant) {
        let wait_ms = self.told_ms(retry_after_s);
        self.trouble = Some(Problem::Busy);
        self.rest = Some((Timer::start(now, wait_ms), Cause::Told));
    }

    /// There is reason to try at once: the user wrote something.
    pub(super) fn nudge(&mut self) {
        self.rest.take_if(|(_, cause)| *cause == Cause::Network);
    }

    /// The user asks: at once, whatever was before.
    pub(super) fn restart(&mut self) {
        self.resume();
        self.rest = None;
        self.strikes = 0;
        self.fruitless = 0;
        self.trouble = None;
    }

    /// The network may be another one. What a relay asked for still holds.
    pub(super) fn resume(&mut self) {
        self.rest.take_if(|(_, cause)| *cause != Cause::Told);
        self.failures = 0;
        self.wait_s = RELAY_WAIT_S_MAX;
    }
}
