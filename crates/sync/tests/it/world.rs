//! Offices, a relay and sticks under a seeded run of misfortunes: at rest all have the same.

use crate::drive::machine;
use crate::model::Model;
use crate::office::{Crash, Office, REGION};
use crate::peer::try_to_meet;
use radrum_sync::{
    Action, Answer, Event, FramesAnswer, Instant, Phase, RangeSet, Relay, Request, RequestId,
    plan_bundle,
};
use radrum_wire::relay::Woken;
use radrum_wire::{Bundle, Envelope, Head};
use std::collections::BTreeMap;

const YEAR_MS: i64 = 365 * 86_400_000;

/// SplitMix64, as in the crate; a test draws its own numbers.
struct Dice(u64);

impl Dice {
    fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % below
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn pick(&mut self, count: usize) -> usize {
        usize::try_from(self.below(count as u64)).expect("small")
    }
}

struct Node {
    office: Office,
    relay: Relay,
    /// Life of the program: what was on its way to an earlier one is lost.
    life: u32,
    clock_off_ms: i64,
    alarm: u64,
    old_disk: Option<Office>,
}

enum Happening {
    Tell(usize, u32, Event),
    Alarm(usize, u32, u64),
    Arrive(usize, u32, RequestId, Request),
    WaitOver(usize, u32, RequestId),
}

struct World {
    dice: Dice,
    now_ms: i64,
    nodes: Vec<Node>,
    model: Model,
    backup: Option<Model>,
    waiting: Vec<(usize, u32, RequestId, u64)>,
    to_come: BTreeMap<(i64, u64), Happening>,
    order: u64,
    is_calm: bool,
    salt: u64,
    restored: u32,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut world = Self {
            dice: Dice(seed),
            now_ms: 1_800_000_000_000,
            nodes: Vec::new(),
            model: Model::new(),
            backup: None,
            waiting: Vec::new(),
            to_come: BTreeMap::new(),
            order: 0,
            is_calm: false,
            salt: 0,
            restored: 0,
        };
        for number in 1..=5 {
            let office = Office::new(number);
            let relay = machine(&office, seed ^ u64::from(number));
            let (life, clock_off_ms, alarm, old_disk) = (0, 0, 0, None);
            world.nodes.push(Node {
                office,
                relay,
                life,
                clock_off_ms,
                alarm,
                old_disk,
            });
            world.tell(usize::from(number) - 1, Event::Started);
        }
        world
    }

    fn tell(&mut self, node: usize, event: Event) {
        let life = self.nodes[node].life;
        self.later(0, Happening::Tell(node, life, event));
    }

    fn later(&mut self, ms: u64, happening: Happening) {
        self.order += 1;
        let at = self.now_ms + i64::try_from(ms).expect("soon");
        self.to_come.insert((at, self.order), happening);
    }

    /// Takes the next thing that happens.
    fn step(&mut self) {
        let Some(((at, _), happening)) = self.to_come.pop_first() else {
            return;
        };
        self.now_ms = at;
        let alive = |world: &Self, node: usize, life| world.nodes[node].life == life;
        match happening {
            Happening::Tell(node, life, event) if alive(self, node, life) => {
                self.handle(node, event);
            }
            Happening::Alarm(node, life, number)
                if alive(self, node, life) && self.nodes[node].alarm == number =>
            {
                self.handle(node, Event::Alarm);
            }
            Happening::Arrive(node, life, id, request) => self.arrive(node, life, id, &request),
            Happening::WaitOver(node, life, id) => {
                self.end_wait(|w| (w.0, w.1, w.2) == (node, life, id))
            }
            _ => {}
        }
    }

    fn handle(&mut self, number: usize, event: Event) {
        let node = &mut self.nodes[number];
        let now = Instant(self.now_ms + node.clock_off_ms);
        let actions = node.relay.handle(event, now, &mut node.office);
        assert!(actions.len() <= 5, "{actions:?}");
        let life = node.life;
        for action in actions {
            match action {
                Action::Send { id, request, .. } => {
                    if !self.is_calm && self.dice.chance(8) {
                        self.answer(number, life, id, Answer::Lost);
                    } else {
                        let ms = 5 + self.dice.below(200);
                        self.later(ms, Happening::Arrive(number, life, id, request));
                    }
                }
                Action::Alarm(ms) => {
                    self.order += 1;
                    self.nodes[number].alarm = self.order;
                    let alarm = Happening::Alarm(number, life, self.order);
                    self.later(ms, alarm);
                }
                Action::Cancel(_) | Action::Show(_) => {}
            }
        }
    }

    fn arrive(&mut self, node: usize, life: u32, id: RequestId, request: &Request) {
        if let Request::Wait { after, seconds } = request
            && self.model.cursor() <= *after
        {
            self.waiting.push((node, life, id, *after));
            self.later(seconds * 1_000, Happening::WaitOver(node, life, id));
            return;
        }
        let answer = self.model.answer(request);
        self.answer(node, life, id, answer);
        let cursor = self.model.cursor();
        self.end_wait(|wait| wait.3 < cursor);
    }

    fn end_wait(&mut self, ends: impl Fn(&(usize, u32, RequestId, u64)) -> bool) {
        let (over, on): (Vec<_>, Vec<_>) = self.waiting.drain(..).partition(ends);
        self.waiting = on;
        for (node, life, id, _) in over {
            let cursor = self.model.cursor();
            self.answer(node, life, id, Answer::Woken(Woken { cursor }));
        }
    }

    /// Lets an answer travel: late, lost, twice, cut off or damaged.
    fn answer(&mut self, node: usize, life: u32, id: RequestId, mut answer: Answer) {
        let mut ms = 5 + self.dice.below(300);
        if !self.is_calm {
            match self.dice.below(20) {
                0 => answer = Answer::Lost,
                1 => ms += self.dice.below(400_000),
                2 => {
                    let again = Event::Answered(id, answer.clone());
                    self.later(ms + 50, Happening::Tell(node, life, again));
                }
                3 => answer = self.cut(answer),
                4 => answer = self.damage(answer),
                _ => {}
            }
        }
        self.later(ms, Happening::Tell(node, life, Event::Answered(id, answer)));
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

    /// Something that people or machines do.
    fn misfortune(&mut self) {
        let node = self.dice.pick(self.nodes.len());
        match self.dice.below(40) {
            0 => self.model.empty(),
            1 => self.backup = Some(self.model.clone()),
            2 => {
                if let Some(backup) = self.backup.take() {
                    self.model = backup;
                }
            }
            3 => {
                let log = self.nodes[node].office.log;
                self.model.withheld = if self.dice.chance(50) { log } else { None };
            }
            4 | 5 => self.restart(node),
            6 => self.nodes[node].office.crash = Some(Crash::Before),
            7 => self.nodes[node].office.crash = Some(Crash::Between),
            8 => {
                let off = self.dice.below(20 * YEAR_MS.unsigned_abs());
                self.nodes[node].clock_off_ms = i64::try_from(off).expect("years") - 10 * YEAR_MS;
                self.tell(node, Event::Alarm);
            }
            9 => self.tell(node, Event::Resumed),
            10 => self.nodes[node].old_disk = Some(self.nodes[node].office.clone()),
            11 => self.restore(node),
            12 => {
                let to = self.dice.pick(self.nodes.len());
                self.carry_stick(node, to);
            }
            13 => {
                let to = self.dice.pick(self.nodes.len());
                self.meet(node, to);
            }
            14 => self.tell(node, Event::SlotsWanted),
            15 => self.tell(node, Event::Stopped),
            16 => self.tell(node, Event::Started),
            _ => self.write(node),
        }
    }

    fn write(&mut self, node: usize) {
        for _ in 0..=self.dice.below(4) {
            self.salt += 1;
            // Now and then a newer program: an unknown version, an unknown family.
            let tag = [1, 1, 1, 2, 0xe1][self.dice.pick(5)];
            self.nodes[node].office.write_version(tag, self.salt);
        }
        self.tell(node, Event::Written);
    }

    fn restart(&mut self, number: usize) {
        let node = &mut self.nodes[number];
        node.life += 1;
        node.relay = machine(&node.office, self.salt);
        self.tell(number, Event::Started);
    }

    /// The disk as it once was: what is written after that makes a fork.
    fn restore(&mut self, node: usize) {
        if self.restored < 3
            && let Some(disk) = self.nodes[node].old_disk.take()
        {
            self.restored += 1;
            self.nodes[node].office = disk;
            self.restart(node);
            self.write(node);
        }
    }

    fn carry_stick(&mut self, from: usize, to: usize) {
        let heads = [self.nodes[to].office.holdings.heads()];
        let room = 1_000 + self.dice.below(20_000);
        let plan = plan_bundle(&heads, &RangeSet::default(), room, &self.nodes[from].office);
        assert!(plan.bytes <= room);
        let file = plan
            .write(REGION, &[], &self.nodes[from].office)
            .expect("bundle");
        assert_eq!(file.len() as u64, plan.bytes);
        let bundle = Bundle::decode(&file, REGION).expect("bundle");
        let envelopes: Vec<Envelope<'_>> = bundle.envelopes().collect();
        self.nodes[to].office.take(&envelopes);
        self.tell(to, Event::Imported);
    }

    fn meet(&mut self, one: usize, other: usize) {
        if one == other {
            return;
        }
        let mut there = std::mem::take(&mut self.nodes[other].office);
        try_to_meet(&mut self.nodes[one].office, &mut there);
        self.nodes[other].office = there;
        self.tell(one, Event::Imported);
        self.tell(other, Event::Imported);
    }

    fn is_at_rest(&self) -> bool {
        let heads = self.model.holdings.heads();
        self.nodes.iter().all(|node| {
            let status = node.relay.status(&node.office);
            node.office.holdings.heads() == heads
                && status.phase == Phase::UpToDate
                && status.waiting == 0
                && node.office.memory.cursor == self.model.cursor()
        })
    }

    /// No more misfortunes. Nobody is restarted: what the machines remember must be enough.
    fn calm(&mut self) {
        self.is_calm = true;
        self.model.withheld = None;
        for node in 0..self.nodes.len() {
            self.nodes[node].office.crash = None;
            self.tell(node, Event::Started);
            self.tell(node, Event::Resumed);
        }
    }
}

impl World {
    /// Heads are equal by now. What waits beyond a gap may still differ, when what was before
    /// it is nowhere any more: a restored disk and an emptied relay together can do that.
    fn check(&self, seed: u64, written: &[BTreeMap<Head, Vec<u8>>]) {
        let mut together = Office::new(0);
        for (node, before) in self.nodes.iter().zip(written) {
            let office = &node.office;
            let kept = before.keys().all(|head| office.entries.contains_key(head));
            assert!(kept, "seed {seed}: an entry is gone");
            for bytes in office.entries.values() {
                together.take(&[Envelope::decode(bytes).expect("envelope")]);
            }
        }
        for node in &self.nodes {
            let (all, held) = (&together.holdings, &node.office.holdings);
            assert_eq!(
                all.heads(),
                held.heads(),
                "seed {seed}: somebody could have known more"
            );
            assert_eq!(
                all.forks().collect::<Vec<_>>(),
                held.forks().collect::<Vec<_>>()
            );
            if all.pending() == 0 {
                assert_eq!(node.office.entries, together.entries, "seed {seed}");
            }
        }
    }
}

fn run(seed: u64) {
    let mut world = World::new(seed);
    for _ in 0..150 {
        world.misfortune();
        for _ in 0..world.dice.below(30) {
            world.step();
        }
    }
    let written: Vec<_> = world
        .nodes
        .iter()
        .map(|node| node.office.entries.clone())
        .collect();
    world.calm();
    let until = world.now_ms + 3 * 3_600_000;
    while world.now_ms < until && !world.is_at_rest() {
        world.step();
    }
    if !world.is_at_rest() {
        for node in &world.nodes {
            let status = node.relay.status(&node.office);
            let (held, cursor) = (node.office.entries.len(), node.office.memory.cursor);
            eprintln!("{held} entries, cursor {cursor}, {status:?}");
        }
        panic!("seed {seed}: not at rest; relay {}", world.model.cursor());
    }
    world.check(seed, &written);
}

#[test]
fn at_rest_all_offices_and_the_relay_have_the_same_whatever_happened() {
    let number = |name: &str, or: u64| {
        #[expect(clippy::disallowed_methods, reason = "the test is told its seeds")]
        let given = std::env::var(name).ok();
        given.and_then(|text| text.parse().ok()).unwrap_or(or)
    };
    let base = number("RADRUM_SIM_SEED_BASE", 0);
    for seed in base..base + number("RADRUM_SIM_SEEDS", 40) {
        run(seed);
    }
}
