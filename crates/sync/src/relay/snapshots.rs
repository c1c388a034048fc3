//! Snapshots: read once, before the first entries; made when nothing else is left to do.
//!
//! A snapshot never stands in the way of the logs: after [`TRIES_MAX`] answers that bring the
//! next part no nearer, the machine goes on without it until the next start.

use super::line::{PULL_BYTES, Trouble, What};
use super::round::Pass;
use super::{FramesAnswer, Relay, Request};
use crate::sift::sift;
use crate::time::{Instant, Timer};
use crate::{Host, HostError, Newest};
use radrum_wire::relay::Pushed;
use radrum_wire::{Family, write_frame};
use std::collections::VecDeque;

/// Answers that bring nothing, in one start, before a device goes on without a snapshot, or
/// gives one up that it was sending.
const TRIES_MAX: u32 = 3;

/// How often the relay's snapshot is looked at, in milliseconds.
const AGAIN_MS: u64 = 24 * 3_600_000;

/// Several devices see at once that a snapshot is old; within this time, in milliseconds, one
/// of them is the first.
const TURN_MS: u64 = 20 * 60_000;

#[derive(Debug, Clone, Default)]
pub(super) struct Snapshots {
    /// Nothing is to be read any more.
    is_read: bool,
    fruitless: u32,
    /// Parts that were made and not yet sent, in the order of sending: part 1 is the last.
    parts: VecDeque<Vec<u8>>,
    /// How many of them are on their way.
    on_way: usize,
    lost: u32,
    /// When the relay's snapshot is looked at; at once at first.
    look: Option<Timer>,
    /// The one there was old, and this device has waited for its turn.
    has_waited: bool,
}

impl Relay {
    /// Asks for the next part, as long as the host wants one.
    pub(super) fn read_snapshot(
        &mut self,
        host: &mut impl Host,
    ) -> Result<Option<Request>, HostError> {
        if self.snapshots.is_read {
            return Ok(None);
        }
        let first = host.wants_snapshot();
        if first.is_some() && self.snapshots.fruitless >= TRIES_MAX {
            self.snapshots.is_read = true;
            host.take_snapshot(&[])?;
            return Ok(None);
        }
        self.snapshots.is_read = first.is_none();
        let bytes = self.line.pull_bytes;
        Ok(first.map(|first| Request::Snapshot {
            first: first.0,
            bytes,
        }))
    }

    /// Sends what was made, or looks now and then whether a new one is needed.
    pub(super) fn give_snapshot(&mut self, now: Instant, host: &impl Host) -> Option<Request> {
        let snapshots = &mut self.snapshots;
        let mut frames = Vec::new();
        snapshots.on_way = 0;
        for part in &snapshots.parts {
            let fits = frames.is_empty() || frames.len() + part.len() < PULL_BYTES;
            if !fits || write_frame(&mut frames, part).is_err() {
                break;
            }
            snapshots.on_way += 1;
        }
        if snapshots.on_way > 0 {
            return Some(Request::PushSnapshot(frames));
        }
        if snapshots.look.is_some_and(|timer| !timer.is_over(now)) {
            return None;
        }
        if !host.owes_snapshot(Newest::Unknown) {
            self.look_again(now);
            return None;
        }
        Some(Request::Snapshot { first: 1, bytes: 1 })
    }

    pub(super) fn on_snapshot(
        &mut self,
        answer: &FramesAnswer,
        now: Instant,
        host: &mut impl Host,
    ) -> Result<(), Trouble> {
        if !answer.is_within_limit() {
            return Err(Trouble::Odd);
        }
        let sifted = sift(&answer.frames, self.region, |place| {
            place.family() == Family::Snapshot
        });
        if self.round.pass == Pass::Settled {
            let newest = sifted.envelopes.into_iter().next();
            return self.looked(newest.map_or(Newest::Missing, Newest::Head), now, host);
        }
        if sifted.envelopes.is_empty() && !sifted.whole {
            return Err(Trouble::Lost);
        }
        let before = host.wants_snapshot();
        host.take_snapshot(&sifted.envelopes)?;
        let after = host.wants_snapshot();
        if after.is_some() && after <= before {
            self.snapshots.fruitless += 1;
        } else {
            self.line.progressed();
        }
        self.line.grow_pull();
        if sifted.whole {
            Ok(())
        } else {
            Err(Trouble::Lost)
        }
    }

    /// The relay says that it has none, or takes none.
    pub(super) fn no_snapshot(
        &mut self,
        what: What,
        now: Instant,
        host: &mut impl Host,
    ) -> Result<(), Trouble> {
        if what == What::PushSnapshot {
            self.snapshots.parts.clear();
            self.look_again(now);
            return Ok(());
        }
        if self.round.pass == Pass::Settled {
            return self.looked(Newest::Missing, now, host);
        }
        self.snapshots.is_read = true;
        Ok(host.take_snapshot(&[])?)
    }

    /// Makes a snapshot if one is needed: at once where there is none, else when this device's
    /// turn has come and nobody else has made one.
    fn looked(
        &mut self,
        newest: Newest<'_>,
        now: Instant,
        host: &mut impl Host,
    ) -> Result<(), Trouble> {
        let is_missing = matches!(newest, Newest::Missing);
        let is_due = host.owes_snapshot(newest);
        if is_due && !is_missing && !self.snapshots.has_waited {
            let turn_ms = self.line.jitter.below(TURN_MS);
            self.snapshots.look = Some(Timer::start(now, turn_ms));
            self.snapshots.has_waited = true;
            return Ok(());
        }
        self.look_again(now);
        if is_due {
            let mut parts = VecDeque::from(host.make_snapshot()?);
            if !parts.is_empty() {
                parts.rotate_left(1);
            }
            self.snapshots.parts = parts;
        }
        Ok(())
    }

    pub(super) fn on_snapshot_pushed(&mut self, pushed: Pushed, now: Instant) {
        let sent = self.snapshots.on_way;
        if u64::from(pushed.stored) + u64::from(pushed.known) == sent as u64 {
            self.snapshots.parts.drain(..sent);
            self.line.progressed();
        } else {
            self.snapshots.parts.clear();
            self.look_again(now);
        }
    }

    /// Nothing came, or nothing of use. Whether there is a line at all is seen by asking for
    /// the state.
    pub(super) fn snapshot_failed(&mut self, now: Instant) {
        if self.round.pass != Pass::Settled {
            self.snapshots.fruitless += 1;
            self.round.begin();
        } else if self.snapshots.lost >= TRIES_MAX {
            self.snapshots.parts.clear();
            self.look_again(now);
        } else {
            self.snapshots.lost += 1;
        }
    }

    fn look_again(&mut self, now: Instant) {
        let jitter_ms = self.line.jitter.below(AGAIN_MS / 8);
        self.snapshots.look = Some(Timer::start(now, AGAIN_MS + jitter_ms));
        self.snapshots.has_waited = false;
        self.snapshots.lost = 0;
    }
}
