//! What answers change.

use super::line::{Flight, Trouble, What};
use super::round::Pass;
use super::snapshots::Snapshots;
use super::{Answer, Bearer, FramesAnswer, Relay, anonymous, refusal};
use crate::fetch::Fetch;
use crate::sift::{is_chained, sift};
use crate::time::Instant;
use crate::{Host, HostError, Memory, Stored, UnnamedAnswer};
use radrum_wire::relay::{Pushed, RelayState};
use radrum_wire::{Envelope, Family, Heads, Record as _};

impl Relay {
    pub(super) fn answered(
        &mut self,
        flight: Flight,
        answer: Answer,
        now: Instant,
        host: &mut impl Host,
    ) {
        let done = match (flight.what, answer) {
            (_, Answer::Lost) => Err(Trouble::Lost),
            (what @ (What::Snapshot | What::PushSnapshot), Answer::Refused(refused))
                if refusal::is_no(refused.code) =>
            {
                self.no_snapshot(what, now, host)
            }
            // A relay that cannot do it is asked once.
            (What::Drop, Answer::Refused(refused)) if refusal::is_no(refused.code) => {
                self.on_dropped(host)
            }
            (what, Answer::Refused(refused)) if anonymous::is_no(what, refused.code) => {
                Self::unnamed_refused(refused, host).map_err(Trouble::from)
            }
            (what, Answer::Refused(refused)) => {
                self.refused(what, refused, now, host);
                return;
            }
            (What::Challenge, Answer::Challenge(challenge)) => {
                self.line.challenge = Some(challenge);
                return;
            }
            (What::Token, Answer::Token(token)) => {
                self.line.token = Some(Bearer(token.token));
                return;
            }
            (What::State, Answer::State(state)) => self.on_state(&state, now, host),
            (What::Pull, Answer::Frames(answer)) => self.on_pull(&answer, now, host),
            (What::Ranges, Answer::Frames(answer)) => self.on_ranges(&answer, host),
            (What::Slots, Answer::Frames(answer)) => self.on_slots(&answer, host),
            (What::Heads, Answer::Heads(record)) => self.on_heads(&record),
            (What::Push, Answer::Pushed(pushed)) => self.on_pushed(pushed, host),
            (What::Snapshot, Answer::Frames(answer)) => self.on_snapshot(&answer, now, host),
            (What::PushSnapshot, Answer::Pushed(pushed)) => {
                self.on_snapshot_pushed(pushed, now);
                Ok(())
            }
            (What::Wait, Answer::Woken(woken)) => {
                self.on_woken(woken.cursor, flight, now);
                Ok(())
            }
            (What::PutSlot, Answer::Done) => Ok(()),
            (What::PutRoster, Answer::Done) => {
                self.roster.answered();
                Ok(())
            }
            (What::Drop, Answer::Done) => self.on_dropped(host),
            (what, Answer::Bytes(bytes)) => Self::on_unnamed(what, &bytes, host),
            (What::Anonymous | What::Mail | What::Hints, Answer::Done) => host
                .told_unnamed(UnnamedAnswer::Taken)
                .map_err(Trouble::from),
            _ => Err(Trouble::Odd),
        };
        match done {
            Ok(()) => self.line.believed(),
            Err(trouble) => self.failed(flight.what, trouble, now),
        }
    }

    /// An answer was of no use. What is known stays; the next request follows from it.
    pub(super) fn failed(&mut self, what: What, trouble: Trouble, now: Instant) {
        match what {
            What::Push => {
                if let Some(queue) = &mut self.queue {
                    queue.lost(&mut self.sizes);
                }
                self.drop_old_queue();
            }
            What::Ranges => {
                if let Some(fetch) = &mut self.round.fetch {
                    fetch.failed();
                }
            }
            // Heads that cannot be read would be asked for without end: do without them.
            What::Heads if trouble == Trouble::Odd => self.round.not_compared(),
            What::Snapshot | What::PushSnapshot => self.snapshot_failed(now),
            What::PutRoster if trouble == Trouble::Odd => self.roster.answered(),
            _ => self.unheard(what, now),
        }
        self.round.compare_again();
        self.line.fail(what, trouble, now);
    }

    /// What was given or asked beside the round did not get through, and nothing else would bring
    /// it up again soon.
    pub(super) fn unheard(&mut self, what: What, now: Instant) {
        match what {
            What::PutRoster => self.roster.lost(),
            What::PutSlot => self.beat = self.beat.map(|beat| beat.lost(now)),
            What::Slots => self.slots.wanted = true,
            _ => {}
        }
    }

    fn on_state(
        &mut self,
        state: &RelayState,
        now: Instant,
        host: &mut impl Host,
    ) -> Result<(), Trouble> {
        self.meet_store(state, host)?;
        let pass = self.round.pass;
        self.compare_roster(state.roster, host);
        let holdings = host.holdings();
        let digests = (holdings.digest(), state.digest);
        if digests.0 == digests.1 {
            self.confirmed.all(&holdings);
            let mut memory = self.memory.clone();
            memory.cursor = state.cursor;
            self.remember(memory, host)?;
            self.round.is_withheld = false;
            self.round.has_lost = false;
            self.round.forget_settled();
            self.round.pull = false;
            self.settle(now, host);
            return Ok(());
        }
        if pass == Pass::Verify && self.round.is_compared(state.digest) {
            self.round.remember(digests.0, digests.1, now);
        }
        let news = state.cursor > self.memory.cursor;
        let done = pass == Pass::Verify && !self.round.may_compare();
        if done
            || (self.round.is_settled(digests.0, digests.1, now) && (!news || pass == Pass::Verify))
        {
            self.settle(now, host);
            self.round.pull = news;
            return Ok(());
        }
        // The cursor tells nothing, and most of what the relay has is here: by another road,
        // or from before the relay lost its store. Heads cost less than everything again.
        let unknown = self.memory.cursor == 0;
        if unknown && news && holdings.positions().saturating_mul(2) >= state.cursor {
            self.round.adopt = Some(state.cursor);
            self.round.compare(state.digest);
        } else if pass == Pass::Begin && (news || !self.confirmed.lacks_own(host).is_empty()) {
            self.round.pull = news;
            self.round.pass = Pass::Move;
        } else {
            self.round.compare(state.digest);
        }
        Ok(())
    }

    /// Compares the relay's store and cursor with what is remembered of them.
    fn meet_store(&mut self, state: &RelayState, host: &mut impl Host) -> Result<(), HostError> {
        let known = self.memory.store == Some(state.store);
        let behind = if known {
            state.cursor < self.memory.cursor
        } else {
            self.memory.store.is_some()
        };
        if self.round.pass == Pass::Begin || behind {
            self.round.is_behind = behind;
        }
        if known && !behind {
            return Ok(());
        }
        let fresh = Memory {
            store: Some(state.store),
            ..Memory::default()
        };
        host.store(&[], Some(&fresh))?;
        self.memory = fresh;
        self.confirmed.forget();
        self.queue = None;
        self.snapshots = Snapshots::default();
        self.round.fetch = None;
        self.round.adopt = None;
        self.round.forget_settled();
        self.round.pass = Pass::Begin;
        Ok(())
    }

    fn on_pull(
        &mut self,
        answer: &FramesAnswer,
        now: Instant,
        host: &mut impl Host,
    ) -> Result<(), Trouble> {
        if !answer.is_within_limit() {
            return Err(Trouble::Odd);
        }
        let sifted = sift(&answer.frames, self.region, is_chained);
        let (Some(cursor), true) = (answer.cursor, sifted.whole) else {
            // Cut off: what came is kept, the cursor stays.
            self.store(&sifted.envelopes, None, host)?;
            return Err(Trouble::Lost);
        };
        let stands = cursor == self.memory.cursor && !answer.more;
        if cursor <= self.memory.cursor && !stands {
            self.round.pull = false;
            self.round.begin();
            return Err(Trouble::Odd);
        }
        let mut memory = self.memory.clone();
        memory.cursor = cursor;
        let stored = self.store(&sifted.envelopes, Some(memory), host)?;
        self.round.pull = answer.more;
        self.line.grow_pull();
        if stored.new > 0 {
            self.line.progressed();
        } else if !answer.more && self.round.pass == Pass::Settled {
            self.line.fruitless(now);
        }
        if !answer.more && self.round.pass == Pass::Settled {
            self.fetched_at = Some(now);
            if host.holdings().gaps() != self.round.unfilled {
                self.round.begin();
            }
        }
        Ok(())
    }

    fn on_ranges(&mut self, answer: &FramesAnswer, host: &mut impl Host) -> Result<(), Trouble> {
        let Some(fetch) = self.round.fetch.clone() else {
            return Ok(());
        };
        if !answer.is_within_limit() {
            return Err(Trouble::Odd);
        }
        let sifted = fetch.sift(&answer.frames, self.region);
        let stored = self.store(&sifted.envelopes, None, host)?;
        if stored.new > 0 {
            self.line.progressed();
        }
        if !sifted.whole && stored.new == 0 {
            return Err(Trouble::Lost);
        }
        if let Some(fetch) = &mut self.round.fetch {
            fetch.answered(stored.new);
        }
        Ok(())
    }

    fn on_slots(&mut self, answer: &FramesAnswer, host: &mut impl Host) -> Result<(), Trouble> {
        if !answer.is_within_limit() {
            return Err(Trouble::Odd);
        }
        let sifted = sift(&answer.frames, self.region, |place| {
            place.family() == Family::Slot
        });
        host.store(&sifted.envelopes, None)?;
        Ok(())
    }

    fn on_heads(&mut self, record: &[u8]) -> Result<(), Trouble> {
        let heads = Heads::decode_record(record).map_err(|_| Trouble::Odd)?;
        // Of another state than the cursor: a relay that is older, or has grown meanwhile.
        // What they do not name is fetched by a cursor that has not moved.
        if !self.round.is_compared(heads.digest()) {
            self.round.adopt = None;
        }
        self.round.has_lost = self.confirmed.show(&heads);
        self.queue = None;
        self.round.fetch = Some(Fetch::new(heads));
        self.round.pass = Pass::Reconcile;
        Ok(())
    }

    fn on_pushed(&mut self, pushed: Pushed, host: &mut impl Host) -> Result<(), Trouble> {
        let Some(queue) = &mut self.queue else {
            return Ok(());
        };
        let (stored, known) = (u64::from(pushed.stored), u64::from(pushed.known));
        if stored + known != queue.on_their_way() as u64 {
            return Err(Trouble::Odd);
        }
        let batch = queue.sent(&mut self.sizes);
        let holdings = host.holdings();
        for (log, entry) in &batch {
            self.confirmed.pushed(*log, entry, &holdings);
        }
        self.drop_old_queue();
        self.line.progressed();
        self.slots.moved = true;
        let mut memory = self.memory.clone();
        // Nobody came between when the cursor grew by exactly what was stored: then what is
        // after ours is our own, and need not be fetched back.
        if memory.cursor.checked_add(stored) == Some(pushed.cursor) {
            memory.cursor = pushed.cursor;
        } else if pushed.cursor > memory.cursor {
            self.round.pull |= self.round.pass == Pass::Settled;
        }
        self.remember(memory, host)?;
        Ok(())
    }

    fn on_dropped(&mut self, host: &mut impl Host) -> Result<(), Trouble> {
        if let Some(mark) = self.dropping.take() {
            host.told_erased(mark)?;
        }
        Ok(())
    }

    fn on_woken(&mut self, cursor: u64, flight: Flight, now: Instant) {
        if cursor > self.memory.cursor {
            self.round.pull = true;
        } else if cursor < self.memory.cursor {
            self.round.begin();
        }
        if cursor <= self.memory.cursor && flight.is_quick(now) {
            self.line.fruitless(now);
        }
    }

    /// Gives entries to the host, and moves the cursor only when it has them.
    fn store(
        &mut self,
        envelopes: &[Envelope<'_>],
        memory: Option<Memory>,
        host: &mut impl Host,
    ) -> Result<Stored, HostError> {
        if envelopes.is_empty() && memory.as_ref().is_none_or(|new| *new == self.memory) {
            return Ok(Stored::default());
        }
        let stored = host.store(envelopes, memory.as_ref())?;
        if let Some(memory) = memory {
            self.memory = memory;
        }
        self.slots.moved |= stored.new > 0;
        Ok(stored)
    }

    /// Remembers cursor and own heads.
    pub(super) fn remember(
        &mut self,
        mut memory: Memory,
        host: &mut impl Host,
    ) -> Result<(), HostError> {
        memory.sent = self.confirmed.own(host);
        self.store(&[], Some(memory), host)?;
        Ok(())
    }
}
