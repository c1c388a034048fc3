//! The region: eight computers, a relay between them, sticks, and a time that passes only when
//! something happens. Everything follows from one seed.

use super::broken::Broken;
use super::clock::WorldTime;
use super::computer::Computer;
use super::dice::Dice;
use super::ending::{Ended, Leaving};
use super::fault::Fault;
use super::ledger::Ledger;
use super::relay::Model;
use super::template::Template;
use anyhow::Result;
use radrum_sync::{
    Action, Answer, Event, FramesAnswer, HostBox, Instant, Refused, Request, RequestId,
};
use radrum_wire::relay::{RefusalCode, Woken};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

/// Steps that a failure tells.
const RECENT: usize = 24;

/// What will happen.
enum Happening {
    Tell(usize, u32, Event),
    Alarm(usize, u32, u64),
    Arrive(usize, u32, RequestId, Request),
    WaitOver(usize, u32, RequestId),
}

struct Waiting {
    office: usize,
    life: u32,
    id: RequestId,
    after: u64,
}

/// The world of one seed.
pub struct World<'a> {
    /// Draws everything but erasures.
    pub dice: Dice,
    /// Draws erasures, in half of the seeds: those that find planted faults stay as they were.
    pub erasing: Option<Dice>,
    /// Who will be taken out, and when, in a third of the seeds.
    pub leaving: Option<Leaving>,
    /// Who was.
    pub ended: Option<Ended>,
    /// Whose computers never come back.
    pub broken: Broken,
    /// Time.
    pub time: WorldTime,
    /// The offices.
    pub offices: Vec<Computer>,
    /// The relay.
    pub relay: Model,
    /// The relay as it once was.
    pub backup: Option<Model>,
    /// What was written.
    pub ledger: Ledger,
    /// No more misfortunes.
    pub is_calm: bool,
    /// There is no relay: everything goes by sticks.
    pub by_sticks: bool,
    /// The network turns bits over.
    pub damages: bool,
    /// Sticks on their way.
    pub sticks: u32,
    /// Disks that were restored.
    pub restored: u32,
    /// Offices with such a disk.
    pub older: BTreeSet<usize>,
    /// Steps so far.
    pub step: u32,
    /// Words that are written nowhere else.
    pub tokens: u64,
    /// The planted fault.
    pub fault: Option<Fault>,
    /// Where the profiles lie.
    pub home: &'a Path,
    /// Everybody's first disk, and the witness's.
    pub template: &'a Template,
    recent: VecDeque<String>,
    to_come: BTreeMap<(i64, u64), Happening>,
    waiting: Vec<Waiting>,
    order: u64,
}

impl<'a> World<'a> {
    /// Lays out the offices and starts them.
    ///
    /// # Errors
    /// When one does not start.
    pub fn new(
        seed: u64,
        home: &'a Path,
        template: &'a Template,
        fault: Option<Fault>,
    ) -> Result<Self> {
        let mut dice = Dice::new(seed);
        let time = WorldTime::default();
        let by_sticks = dice.chance(12);
        let damages = dice.chance(30);
        let mut offices = Vec::new();
        for (number, kept) in template.offices.iter().enumerate() {
            offices.push(Computer::new((number, seed), home, kept, &time, fault)?);
        }
        let erases = fault.is_none() && seed % 2 == 1;
        let ends = fault.is_none() && seed % 3 == 2;
        let mut world = Self {
            dice,
            erasing: erases.then(|| Dice::new(!seed)),
            leaving: ends.then(|| Leaving::draw(seed)),
            ended: None,
            broken: Broken::default(),
            time,
            offices,
            relay: Model::default(),
            backup: None,
            ledger: Ledger {
                first: template.items.iter().cloned().collect(),
                ..Ledger::default()
            },
            is_calm: false,
            by_sticks,
            damages,
            sticks: 0,
            restored: 0,
            older: BTreeSet::new(),
            step: 0,
            tokens: 0,
            fault,
            home,
            template,
            recent: VecDeque::new(),
            to_come: BTreeMap::new(),
            waiting: Vec::new(),
            order: 0,
        };
        for office in 0..world.offices.len() {
            world.offices[office].start()?;
            world.hear(office);
        }
        Ok(world)
    }

    /// Notes a step, for whoever reads about a failure.
    pub fn note(&mut self, what: String) {
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(format!("{:>4} {what}", self.step));
    }

    /// The last steps.
    #[must_use]
    pub fn recent(&self) -> Vec<String> {
        self.recent.iter().cloned().collect()
    }

    /// Passes on what an office's app has said to its road.
    pub fn hear(&mut self, office: usize) {
        if self.offices[office].meet_road() {
            self.tell(office, Event::Started);
        }
        for event in self.offices[office].take_told() {
            self.tell(office, event);
        }
    }

    /// Tells an office's road something now.
    pub fn tell(&mut self, office: usize, event: Event) {
        let life = self.offices[office].life;
        self.later(0, Happening::Tell(office, life, event));
    }

    fn later(&mut self, ms: u64, happening: Happening) {
        self.order += 1;
        let at = self.time.now_ms().saturating_add_unsigned(ms);
        self.to_come.insert((at, self.order), happening);
    }

    /// The next thing happens. False when nothing will.
    ///
    /// # Errors
    /// When an office does not do what it must.
    pub fn happen(&mut self) -> Result<bool> {
        let Some(((at, _), happening)) = self.to_come.pop_first() else {
            return Ok(false);
        };
        self.time.reach(at);
        let alive = |world: &Self, office: usize, life| world.offices[office].life == life;
        match happening {
            Happening::Tell(office, life, event) if alive(self, office, life) => {
                self.handle(office, event)?;
            }
            Happening::Alarm(office, life, number)
                if alive(self, office, life) && self.offices[office].alarm == number =>
            {
                self.handle(office, Event::Alarm)?;
            }
            Happening::Arrive(office, life, id, request) => {
                self.arrive(office, life, id, &request);
            }
            Happening::WaitOver(office, life, id) => {
                self.end_wait(|wait| wait.office == office && wait.life == life && wait.id == id)
            }
            Happening::Tell(..) | Happening::Alarm(..) => {}
        }
        Ok(true)
    }

    fn handle(&mut self, number: usize, event: Event) -> Result<()> {
        let Some(mut host) = self.offices[number]
            .line
            .as_ref()
            .and_then(super::computer::Line::take_host)
        else {
            return Ok(());
        };
        let doomed = std::mem::take(&mut self.offices[number].doomed);
        let before = match doomed {
            true => Some(self.offices[number].image()?),
            false => None,
        };
        self.offices[number].spoil(Fault::before_taking)?;
        let actions = self.run_machine(number, event, &mut host);
        if let Some(before) = before {
            drop(host);
            let after = self.offices[number].image()?;
            let torn = before.torn(&after, &mut self.dice);
            self.note(format!("office {number} crashes, torn {}", torn.is_some()));
            if torn.is_none() && self.dice.chance(50) {
                self.carry_out(number, actions);
            }
            self.offices[number].wake_up_on(torn.as_ref().unwrap_or(&after))?;
            self.check_cursor(number)?;
            self.hear(number);
            return Ok(());
        }
        if let Some(line) = &self.offices[number].line {
            line.give_back(host);
        }
        self.offices[number].spoil(Fault::after_taking)?;
        self.carry_out(number, actions);
        self.hear(number);
        Ok(())
    }

    fn run_machine(&mut self, number: usize, event: Event, host: &mut HostBox) -> Vec<Action> {
        let office = &mut self.offices[number];
        let now = Instant(radrum_app::Clock::now_ms(office.clock.as_ref()));
        match &mut office.line {
            Some(line) => line.relay.handle(event, now, host),
            None => Vec::new(),
        }
    }

    fn carry_out(&mut self, number: usize, actions: Vec<Action>) {
        let life = self.offices[number].life;
        for action in actions {
            match action {
                Action::Send { id, request, .. } => self.send(number, life, id, request),
                Action::Alarm(ms) => {
                    self.order += 1;
                    let order = self.order;
                    self.offices[number].alarm = order;
                    self.later(ms, Happening::Alarm(number, life, order));
                }
                Action::Show(status) => {
                    if let Some(line) = &mut self.offices[number].line {
                        line.show(status);
                    }
                }
                Action::Cancel(_) => {}
            }
        }
    }

    fn is_cut_off(&self, office: usize) -> bool {
        !self.is_calm && self.time.now_ms() < self.offices[office].offline_until
    }

    fn send(&mut self, office: usize, life: u32, id: RequestId, request: Request) {
        let ms = 5 + self.dice.below(200);
        if self.is_cut_off(office) || (!self.is_calm && self.dice.chance(4)) {
            return self.later(ms, told(office, life, id, Answer::Lost));
        }
        if !self.is_calm && self.dice.chance(3) {
            let again = Happening::Arrive(office, life, id, request.clone());
            let ms = ms + self.dice.below(600_000);
            self.later(ms, again);
        }
        self.later(ms, Happening::Arrive(office, life, id, request));
    }

    fn arrive(&mut self, office: usize, life: u32, id: RequestId, request: &Request) {
        if let Request::Wait { after, seconds } = request
            && self.relay.cursor() <= *after
        {
            let after = *after;
            self.waiting.push(Waiting {
                office,
                life,
                id,
                after,
            });
            return self.later(seconds * 1_000, Happening::WaitOver(office, life, id));
        }
        let answer = if self.is_let_in(office) {
            self.asked(request)
        } else {
            refused(RefusalCode::NotOnRoster, None)
        };
        self.answer(office, life, id, answer);
        let cursor = self.relay.cursor();
        self.end_wait(|wait| wait.after < cursor);
    }

    /// Mostly the relay's answer; now and then an older one, or none now.
    fn asked(&mut self, request: &Request) -> Answer {
        if self.is_calm {
            return self.relay.answer(request);
        }
        let reads = !matches!(request, Request::Push(_) | Request::PutSlot { .. });
        match self.dice.below(60) {
            0 => refused(RefusalCode::Unauthorized, None),
            1 => refused(RefusalCode::Unavailable, Some(1 + self.dice.below(300))),
            2 => refused(RefusalCode::QuotaExceeded, Some(3_600)),
            3 if reads && let Some(old) = &mut self.backup => {
                // The heads that named these entries were the newer one's.
                self.relay.has_lost |= matches!(request, Request::Ranges(_));
                old.answer(request)
            }
            _ => self.relay.answer(request),
        }
    }

    fn end_wait(&mut self, ends: impl Fn(&Waiting) -> bool) {
        let (over, on): (Vec<_>, Vec<_>) = self.waiting.drain(..).partition(ends);
        self.waiting = on;
        for wait in over {
            let cursor = self.relay.cursor();
            let woken = Answer::Woken(Woken { cursor });
            self.answer(wait.office, wait.life, wait.id, woken);
        }
    }

    /// Lets an answer travel: late, lost, twice, cut off or damaged.
    fn answer(&mut self, office: usize, life: u32, id: RequestId, mut answer: Answer) {
        let mut ms = 5 + self.dice.below(300);
        if self.is_cut_off(office) {
            answer = Answer::Lost;
        } else if !self.is_calm {
            match self.dice.below(24) {
                0 => answer = Answer::Lost,
                1 => ms += self.dice.below(400_000),
                2 => self.later(ms + 50, told(office, life, id, answer.clone())),
                3 => answer = self.cut(answer),
                4 if self.damages => answer = self.damage(answer),
                _ => {}
            }
        }
        self.later(ms, told(office, life, id, answer));
    }

    fn cut(&mut self, answer: Answer) -> Answer {
        match answer {
            Answer::Frames(mut body) if !body.frames.is_empty() => {
                body.frames.truncate(self.dice.pick(body.frames.len()));
                let frames = body.frames;
                Answer::Frames(FramesAnswer {
                    frames,
                    ..FramesAnswer::default()
                })
            }
            _ => Answer::Lost,
        }
    }

    fn damage(&mut self, answer: Answer) -> Answer {
        match answer {
            Answer::Frames(mut body) if !body.frames.is_empty() => {
                let at = self.dice.pick(body.frames.len());
                body.frames[at] ^= 1 << self.dice.below(8);
                Answer::Frames(body)
            }
            Answer::Heads(mut record) if !record.is_empty() => {
                let at = self.dice.pick(record.len());
                record[at] ^= 1;
                Answer::Heads(record)
            }
            other => other,
        }
    }
}

const fn refused(code: RefusalCode, retry_after_s: Option<u64>) -> Answer {
    Answer::Refused(Refused {
        code,
        retry_after_s,
    })
}

fn told(office: usize, life: u32, id: RequestId, answer: Answer) -> Happening {
    Happening::Tell(office, life, Event::Answered(id, answer))
}
