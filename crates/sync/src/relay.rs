mod agenda;
mod anonymous;
mod answer;
mod confirmed;
mod line;
mod queue;
mod refusal;
mod roster;
mod round;
mod snapshots;
mod words;

pub use words::{Action, Answer, Bearer, Event, FramesAnswer, Refused, Request, RequestId};

use crate::time::{Instant, Timer};
use crate::{Host, Memory, Phase, Problem, Status};
use confirmed::Confirmed;
use line::{Line, Trouble, What};
use queue::{Queue, Sizes};
use radrum_wire::{AuthKey, RegionId};
use roster::RosterPut;
use round::{Pass, Round};
use snapshots::Snapshots;

/// The road over one relay: a machine that is told what happened and says what to do next.
///
/// It keeps no list of steps that a lost line could tear: each answer changes what is known
/// (cursor, what the relay has, what it lacks), and the next request follows from that. So a
/// round that breaks goes on where it was, and starts from nothing only when the relay's store
/// is another one.
///
/// A transport loops: `handle(event, now, host)` → carry out the actions in their order → the
/// answer, the alarm or a message of the app is the next event. The same events, moments and
/// host give the same actions.
#[derive(Debug, Clone)]
pub struct Relay {
    region: RegionId,
    key: AuthKey,
    memory: Memory,
    confirmed: Confirmed,
    line: Line,
    round: Round,
    sizes: Sizes,
    queue: Option<Queue>,
    /// The queue was made before the newest own entries were written.
    queue_is_old: bool,
    /// Pushing waits (quota, full relay); reading goes on.
    pause: Option<(Timer, Problem)>,
    beat: Option<round::Beat>,
    slots: round::Slots,
    roster: RosterPut,
    snapshots: Snapshots,
    /// What to tell the host when the relay has answered that it keeps stubs only.
    dropping: Option<i64>,
    /// The highest number that was looked at.
    roster_seen: u64,
    is_open: bool,
    fetched_at: Option<Instant>,
    shown: Option<Status>,
}

impl Relay {
    /// A machine that has not started. `key` is the device's relay key, `memory` what
    /// [`Host::store`] was last given for this relay, `seed` random: it spreads devices over
    /// time and protects nothing.
    #[must_use]
    pub fn new(region: RegionId, key: AuthKey, memory: Memory, seed: u64) -> Self {
        Self {
            region,
            key,
            confirmed: Confirmed::remembered(&memory.sent),
            memory,
            line: Line::new(seed),
            round: Round::default(),
            sizes: Sizes::default(),
            queue: None,
            queue_is_old: false,
            pause: None,
            beat: None,
            slots: round::Slots::default(),
            roster: RosterPut::default(),
            snapshots: Snapshots::default(),
            dropping: None,
            roster_seen: 0,
            is_open: false,
            fetched_at: None,
            shown: None,
        }
    }

    /// Takes one event and says what to do. Never fails: what goes wrong is in the status.
    pub fn handle(&mut self, event: Event, now: Instant, host: &mut impl Host) -> Vec<Action> {
        let mut actions = Vec::new();
        match event {
            Event::Started => self.start(now, &mut actions),
            Event::Stopped => {
                self.is_open = false;
                self.cancel(now, &mut actions);
            }
            Event::Resumed => {
                self.cancel(now, &mut actions);
                self.line.resume();
                self.round.begin();
            }
            Event::Written => self.written(now, host, &mut actions),
            Event::Imported => {
                self.line.nudge();
                self.round.compare_again();
                self.offer_roster(now, host, &mut actions);
                self.end_wait(now, &mut actions);
            }
            Event::SlotsWanted => {
                self.slots.wanted = true;
                if self.slots.are_due(now) {
                    self.end_wait(now, &mut actions);
                }
            }
            Event::Alarm => {}
            Event::Answered(id, answer) => {
                if let Some(flight) = self.line.close(id) {
                    self.answered(flight, answer, now, host);
                }
            }
        }
        self.go_on(now, host, &mut actions);
        self.show(host, &mut actions);
        actions
    }

    /// Everything is tried once more, also what the relay refused.
    fn start(&mut self, now: Instant, actions: &mut Vec<Action>) {
        self.cancel(now, actions);
        self.line.restart();
        self.round.begin();
        self.round.forget_settled();
        self.sizes = Sizes::default();
        self.confirmed.try_gaps_again();
        self.roster = RosterPut::default();
        self.snapshots = Snapshots::default();
        self.is_open = self.region != RegionId::EXAMPLE;
    }

    fn written(&mut self, now: Instant, host: &impl Host, actions: &mut Vec<Action>) {
        self.line.nudge();
        self.queue_is_old = true;
        self.offer_roster(now, host, actions);
        if self.line.waits_for() != Some(What::Push) {
            self.drop_old_queue();
        }
        if self.can_push(now) && !self.confirmed.lacks_own(host).is_empty() {
            self.end_wait(now, actions);
        }
    }

    /// Own entries go before whatever else was being sent; the rest is planned anew.
    fn drop_old_queue(&mut self) {
        if std::mem::take(&mut self.queue_is_old) {
            self.queue = None;
        }
    }

    /// Gives the open request up; a batch that was on its way is sent again.
    fn cancel(&mut self, now: Instant, actions: &mut Vec<Action>) {
        let what = self.line.waits_for();
        if let Some(id) = self.line.cancel() {
            actions.push(Action::Cancel(id));
            if let Some(what) = what {
                self.unheard(what, now);
            }
            if let Some(queue) = &mut self.queue {
                queue.put_back();
            }
        }
    }

    fn end_wait(&mut self, now: Instant, actions: &mut Vec<Action>) {
        if self.line.waits_for() == Some(What::Wait) {
            self.cancel(now, actions);
        }
    }

    fn go_on(&mut self, now: Instant, host: &mut impl Host, actions: &mut Vec<Action>) {
        if !self.is_open {
            return;
        }
        if let Some(flight) = self.line.overdue(now) {
            actions.push(Action::Cancel(flight.id));
            self.failed(flight.what, Trouble::Lost, now);
        }
        if self.line.is_free(now) {
            match self.next(now, host) {
                Ok(request) => {
                    let (id, timeout_ms) = self.line.open(&request, now);
                    // Whoever gives something without a name shows nobody's token.
                    let named = !request.is_nameless();
                    actions.push(Action::Send {
                        id,
                        request,
                        bearer: self.line.token.clone().filter(|_| named),
                        timeout_ms,
                    });
                }
                Err(error) => self.line.fail(What::State, Trouble::Host(error), now),
            }
        }
        actions.extend(self.line.alarm_ms(now).map(Action::Alarm));
    }

    /// Whether entries may be sent now.
    fn can_push(&mut self, now: Instant) -> bool {
        if self
            .pause
            .take_if(|(timer, _)| timer.is_over(now))
            .is_some()
        {
            // What was compared meanwhile was not sent: entries of others came by a stick.
            self.round.forget_settled();
        }
        self.pause.is_none() && !self.sizes.is_exhausted()
    }

    fn show(&mut self, host: &impl Host, actions: &mut Vec<Action>) {
        let status = self.status(host);
        if self.shown.replace(status) != Some(status) {
            actions.push(Action::Show(status));
        }
    }

    /// How the road is doing.
    #[must_use]
    pub fn status(&self, host: &impl Host) -> Status {
        let problems = [
            self.line.trouble,
            self.pause.map(|(_, problem)| problem),
            self.round.problem(),
            self.sizes.has_refused().then_some(Problem::EntryRefused),
            (self.region == RegionId::EXAMPLE).then_some(Problem::Example),
        ];
        Status {
            phase: self.phase(),
            fetched_at: self.fetched_at,
            waiting: self.confirmed.lacks_own(host).positions(),
            problem: problems.into_iter().flatten().min(),
        }
    }

    fn phase(&self) -> Phase {
        if !self.is_open {
            return Phase::Closed;
        }
        if self.line.rests() {
            return Phase::Resting;
        }
        match self.line.waits_for() {
            Some(What::Pull | What::Ranges) => Phase::Fetching,
            Some(What::Snapshot) if self.round.pass != Pass::Settled => Phase::Fetching,
            Some(What::Push) => Phase::Sending,
            Some(
                What::Wait
                | What::PutSlot
                | What::Slots
                | What::Drop
                | What::Issuer
                | What::Tokens
                | What::Anonymous,
            ) => Phase::UpToDate,
            _ if self.round.pass == Pass::Settled => Phase::UpToDate,
            _ => Phase::Connecting,
        }
    }

    /// What the host was last given to keep.
    #[must_use]
    pub const fn memory(&self) -> &Memory {
        &self.memory
    }
}
