//! What to ask for next, the most urgent first.

use super::round::{Beat, Pass, Slots};
use super::{Queue, Relay, Request, anonymous};
use crate::time::{Instant, Timer};
use crate::{Host, HostError, RangeSet};
use radrum_wire::relay::{ChallengeRequest, TokenRequest, auth_signing_bytes};
use radrum_wire::{Head, write_frame};

/// The state is asked for this often though nothing has happened, in milliseconds.
const AGAIN_MS: u64 = 10 * 60_000;

impl Relay {
    pub(super) fn next(
        &mut self,
        now: Instant,
        host: &mut impl Host,
    ) -> Result<Request, HostError> {
        if let Some(request) = self.put_roster(host) {
            return Ok(request);
        }
        if self.line.token.is_none() {
            return self.greet(host);
        }
        if self.round.again.is_some_and(|timer| timer.is_over(now)) {
            self.round.again = None;
            self.round.compare_again();
        }
        if self.round.pass == Pass::Begin {
            return Ok(Request::State);
        }
        if self.round.pass != Pass::Settled
            && let Some(request) = self.read_snapshot(host)?
        {
            return Ok(request);
        }
        if self.round.pull {
            return Ok(Request::Pull {
                after: self.memory.cursor,
                bytes: self.line.pull_bytes,
            });
        }
        if let Some(request) = self.push_own(now, host) {
            return Ok(request);
        }
        self.advance(now, host)
    }

    fn greet(&mut self, host: &mut impl Host) -> Result<Request, HostError> {
        let Some(challenge) = self.line.challenge.take() else {
            return Ok(Request::Challenge(ChallengeRequest {
                region: self.region,
                key: self.key,
            }));
        };
        let message =
            auth_signing_bytes(challenge.relay, self.region, self.key, challenge.challenge);
        Ok(Request::Token(TokenRequest {
            region: self.region,
            key: self.key,
            challenge: challenge.challenge,
            signature: host.sign(&message)?,
        }))
    }

    fn advance(&mut self, now: Instant, host: &mut impl Host) -> Result<Request, HostError> {
        if self.round.pass == Pass::Reconcile {
            if let Some(request) = self.reconcile(now, host) {
                return Ok(request);
            }
            self.reconciled(host)?;
        }
        match self.round.pass {
            Pass::Heads => Ok(Request::Heads),
            Pass::Settled => self.rest_of_life(now, host),
            Pass::Move => {
                self.round.pass = Pass::Compare;
                Ok(Request::State)
            }
            Pass::Begin | Pass::Compare | Pass::Reconcile | Pass::Verify => Ok(Request::State),
        }
    }

    /// Follows a comparison of heads: first what we lack, then what the relay lacks.
    fn reconcile(&mut self, now: Instant, host: &impl Host) -> Option<Request> {
        let fetch = self.round.fetch.as_mut()?;
        let holds = |head: &Head| host.holds(head);
        if let Some(ranges) = fetch.ask(&host.holdings(), &holds) {
            return Some(Request::Ranges(ranges));
        }
        if self.can_push(now) {
            let lacks = self.confirmed.lacks(host);
            return self.push(&lacks, host);
        }
        None
    }

    fn reconciled(&mut self, host: &mut impl Host) -> Result<(), HostError> {
        self.round.pass = Pass::Verify;
        let fetch = self.round.fetch.take();
        self.round.is_withheld = fetch.is_some_and(|fetch| fetch.is_withheld());
        // Of what it named and did not give the cursor must not say that it is here.
        let adopt = self.round.adopt.take();
        if let Some(cursor) = adopt.filter(|_| !self.round.is_withheld) {
            let mut memory = self.memory.clone();
            memory.cursor = memory.cursor.max(cursor);
            self.remember(memory, host)?;
        }
        Ok(())
    }

    fn push_own(&mut self, now: Instant, host: &impl Host) -> Option<Request> {
        if !self.can_push(now) {
            return None;
        }
        if self.queue.is_some()
            && let Some(request) = self.push(&RangeSet::default(), host)
        {
            return Some(request);
        }
        let lacks = self.confirmed.lacks_own(host);
        self.push(&lacks, host)
    }

    /// The next batch of the queue, or of a new one.
    fn push(&mut self, lacks: &RangeSet, host: &impl Host) -> Option<Request> {
        if self.queue.is_none() && !lacks.is_empty() {
            self.queue = Some(Queue::new(lacks, host));
        }
        let queue = self.queue.as_mut()?;
        let body = queue.fill(&self.sizes, host);
        for log in queue.take_gapped() {
            self.confirmed.gap(log);
        }
        if body.is_none()
            && let Some(queue) = self.queue.take()
        {
            self.confirmed.done(queue.into_tips());
        }
        body.map(Request::Push)
    }

    /// Nothing is left to exchange: what was erased, heartbeats, and the long poll.
    fn rest_of_life(&mut self, now: Instant, host: &mut impl Host) -> Result<Request, HostError> {
        // Only behind the erasure that says why: a stub that nothing names is taken by nobody, and
        // if this disk were lost meanwhile, it would be all that is left of an entry.
        if let Some((entries, mark)) = host.erased()
            && self.can_push(now)
            && self.confirmed.lacks_own(host).is_empty()
        {
            self.dropping = Some(mark);
            return Ok(Request::Drop(entries));
        }
        let digest = host.holdings().digest();
        if self.beat.is_none_or(|beat| beat.is_due(digest, now)) {
            let jitter_ms = self.line.jitter.below(5 * 60_000);
            let slot = host.heartbeat()?;
            self.beat = Some(Beat::put(digest, now, jitter_ms));
            let mut frame = Vec::new();
            if let Some(slot) = slot
                && write_frame(&mut frame, &slot.envelope).is_ok()
            {
                let log = slot.log;
                return Ok(Request::PutSlot { log, frame });
            }
        }
        if let Some(unnamed) = host.unnamed() {
            return Ok(anonymous::request(unnamed));
        }
        if self.slots.are_due(now) {
            self.slots = Slots::fetch(now);
            return Ok(Request::Slots);
        }
        if let Some(request) = self.give_snapshot(now, host) {
            return Ok(request);
        }
        Ok(Request::Wait {
            after: self.memory.cursor,
            seconds: self.line.wait_s,
        })
    }

    /// Everything that the other side had is here.
    pub(super) fn settle(&mut self, now: Instant, host: &impl Host) {
        self.round.pass = Pass::Settled;
        self.round.unfilled = host.holdings().gaps();
        self.round.adopt = None;
        self.round.fetch = None;
        let jitter_ms = self.line.jitter.below(AGAIN_MS / 4);
        self.round.again = Some(Timer::start(now, AGAIN_MS + jitter_ms));
        self.fetched_at = Some(now);
        self.line.trouble = None;
        self.line.progressed();
        self.roster.settled();
    }
}
