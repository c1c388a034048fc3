//! A relay in memory, after FORMAT.md section 8.

use crate::drive::name;
use crate::office::REGION;
use radrum_sync::{Answer, FramesAnswer, Holdings, Inserted, Refused, Request};
use radrum_wire::limits::RELAY_BODY_BYTES_MAX;
use radrum_wire::relay::{Challenge, Pushed, RefusalCode, RelayState, Token, Woken};
use radrum_wire::{
    Digest, EntryHash, Envelope, Frames, Head, Heads, LogId, Record as _, Seq, write_frame,
};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone)]
pub struct Model {
    pub store: u8,
    /// In the order of commits: what the cursor counts.
    pub entries: Vec<(Head, Vec<u8>)>,
    pub known: BTreeSet<Head>,
    pub holdings: Holdings,
    pub slots: BTreeMap<LogId, Vec<u8>>,
    pub roster: u64,
    /// Requests of this name are never answered.
    pub swallows: Option<&'static str>,
    /// Parts of the newest snapshot, and those of one that is not whole yet.
    pub snapshot: BTreeMap<u64, Vec<u8>>,
    pub unfinished: BTreeMap<u64, Vec<u8>>,
    /// Said to all that is asked about snapshots.
    pub about_snapshots: Option<Answer>,
    /// A log that it keeps and shows, and does not hand out.
    pub withheld: Option<LogId>,
    /// So many questions by range are answered with nothing.
    pub empty_ranges: u32,
    /// Heads that it shows instead of its own: from before it grew.
    pub old_heads: Option<Heads>,
    /// Entries that it finds malformed.
    pub malformed: BTreeSet<EntryHash>,
    /// Said to the next requests, one after the other.
    pub refusals: Vec<Refused>,
    /// What it was asked to keep stubs only of.
    pub dropped: Vec<Heads>,
    pub body_max: usize,
    pub pushed_bytes: usize,
    pub pulled_bytes: usize,
}

impl Model {
    pub fn new() -> Self {
        Self {
            store: 1,
            entries: Vec::new(),
            known: BTreeSet::new(),
            holdings: Holdings::default(),
            slots: BTreeMap::new(),
            roster: 0,
            swallows: None,
            snapshot: BTreeMap::new(),
            unfinished: BTreeMap::new(),
            about_snapshots: None,
            withheld: None,
            empty_ranges: 0,
            old_heads: None,
            malformed: BTreeSet::new(),
            refusals: Vec::new(),
            dropped: Vec::new(),
            body_max: RELAY_BODY_BYTES_MAX,
            pushed_bytes: 0,
            pulled_bytes: 0,
        }
    }

    pub fn cursor(&self) -> u64 {
        self.entries.len() as u64
    }

    /// Another disk.
    pub fn empty(&mut self) {
        let store = self.store.wrapping_add(1);
        *self = Self {
            store,
            ..Self::new()
        };
    }

    /// An older copy of the same disk.
    pub fn roll_back(&mut self, entries: usize) {
        let kept: Vec<_> = self.entries.drain(..).take(entries).collect();
        self.known.clear();
        self.holdings = Holdings::default();
        for (_, bytes) in kept {
            self.keep(&bytes);
        }
    }

    pub fn keep(&mut self, bytes: &[u8]) -> bool {
        let envelope = Envelope::decode(bytes).expect("envelope");
        let place = envelope.place();
        let head = Head {
            log: place.log,
            seq: place.seq,
            hash: envelope.hash(),
        };
        let known = &self.known;
        match self
            .holdings
            .insert(place, head.hash, &|head| known.contains(head))
        {
            Inserted::Known => false,
            _ => {
                self.known.insert(head);
                self.entries.push((head, bytes.to_vec()));
                true
            }
        }
    }

    pub fn answer(&mut self, request: &Request) -> Answer {
        if self.swallows == Some(name(request)) {
            return Answer::Lost;
        }
        if !self.refusals.is_empty() {
            return Answer::Refused(self.refusals.remove(0));
        }
        match request {
            Request::Challenge(_) => Answer::Challenge(Challenge {
                relay: Digest::from_bytes([1; 32]),
                challenge: Digest::from_bytes([2; 32]),
            }),
            Request::Token(_) => Answer::Token(Token {
                token: "a".repeat(43),
                lifetime_s: 900,
            }),
            Request::State => Answer::State(RelayState {
                cursor: self.cursor(),
                store: Digest::from_bytes([self.store; 32]),
                digest: self.holdings.digest(),
                roster: self.roster,
            }),
            Request::Pull { after, bytes } => self.pull(*after, *bytes),
            Request::Push(frames) => self.push(frames),
            Request::Heads => {
                let heads = self.old_heads.clone();
                let heads = heads.unwrap_or_else(|| self.holdings.heads());
                Answer::Heads(heads.encode_record().expect("heads"))
            }
            Request::Ranges(_) if self.empty_ranges > 0 => {
                self.empty_ranges -= 1;
                Answer::Frames(FramesAnswer::default())
            }
            Request::Ranges(ranges) => {
                let wanted = |head: &Head| {
                    let within = |r: &radrum_wire::Range| {
                        r.log == head.log && (r.first..=r.last).contains(&head.seq)
                    };
                    ranges.0.iter().any(within) && self.withheld != Some(head.log)
                };
                let mut entries: Vec<_> = self
                    .entries
                    .iter()
                    .filter(|(head, _)| wanted(head))
                    .collect();
                entries.sort();
                let frames = self.frames(entries, self.body_max).0;
                self.pulled_bytes += frames.len();
                Answer::Frames(FramesAnswer {
                    frames,
                    ..FramesAnswer::default()
                })
            }
            Request::PutSlot { log, frame } => {
                self.slots.insert(*log, frame[4..].to_vec());
                Answer::Done
            }
            Request::Slots => {
                let mut frames = Vec::new();
                for slot in self.slots.values() {
                    write_frame(&mut frames, slot).expect("slot");
                }
                Answer::Frames(FramesAnswer {
                    frames,
                    ..FramesAnswer::default()
                })
            }
            Request::PutRoster(record) => {
                self.roster = record.len() as u64;
                Answer::Done
            }
            Request::Snapshot { .. } | Request::PushSnapshot(_)
                if self.about_snapshots.is_some() =>
            {
                self.about_snapshots.clone().expect("answer")
            }
            Request::Snapshot { first, bytes } => self.snapshot(*first, *bytes),
            Request::PushSnapshot(frames) => self.push_snapshot(frames),
            Request::Drop(entries) => {
                self.dropped.push(entries.clone());
                Answer::Done
            }
            Request::Issuer => Answer::Bytes(vec![1; 3]),
            Request::Tokens(record) => Answer::Bytes(record.clone()),
            Request::Anonymous(_) | Request::Mail(_) | Request::Hints(_) => Answer::Done,
            Request::Wait { .. } => Answer::Woken(Woken {
                cursor: self.cursor(),
            }),
        }
    }

    fn frames<'a>(
        &self,
        entries: impl IntoIterator<Item = &'a (Head, Vec<u8>)>,
        bytes: usize,
    ) -> (Vec<u8>, usize) {
        let mut frames = Vec::new();
        let mut count = 0;
        for (head, envelope) in entries {
            if !frames.is_empty() && frames.len() + 4 + envelope.len() > bytes {
                break;
            }
            if self.withheld != Some(head.log) {
                write_frame(&mut frames, envelope).expect("frame");
            }
            count += 1;
        }
        (frames, count)
    }

    fn snapshot(&self, first: u64, bytes: usize) -> Answer {
        let mut frames = Vec::new();
        for part in self.snapshot.range(first..).map(|(_, part)| part) {
            if !frames.is_empty() && frames.len() + part.len() > bytes {
                break;
            }
            write_frame(&mut frames, part).expect("part");
        }
        if frames.is_empty() {
            return Answer::Refused(Refused {
                code: RefusalCode::NotFound,
                retry_after_s: None,
            });
        }
        Answer::Frames(FramesAnswer {
            frames,
            ..FramesAnswer::default()
        })
    }

    fn push_snapshot(&mut self, frames: &[u8]) -> Answer {
        assert!(frames.len() <= RELAY_BODY_BYTES_MAX);
        let parts: Vec<_> = Frames::new(frames)
            .map(|part| part.expect("part"))
            .collect();
        for part in &parts {
            let number = part.place().seq.0;
            self.unfinished.insert(number, part.bytes().to_vec());
        }
        let last = self.unfinished.keys().next_back().copied();
        if last == Some(self.unfinished.len() as u64) {
            self.snapshot = std::mem::take(&mut self.unfinished);
        }
        Answer::Pushed(Pushed {
            stored: u32::try_from(parts.len()).expect("few"),
            known: 0,
            cursor: self.cursor(),
        })
    }

    fn pull(&mut self, after: u64, bytes: usize) -> Answer {
        let from = usize::try_from(after)
            .expect("small")
            .min(self.entries.len());
        let rest = &self.entries[from..];
        let (frames, count) = self.frames(rest, bytes.min(self.body_max));
        let more = count < rest.len();
        self.pulled_bytes += frames.len();
        Answer::Frames(FramesAnswer {
            frames,
            cursor: Some((from + count) as u64),
            more,
        })
    }

    fn push(&mut self, frames: &[u8]) -> Answer {
        assert!(frames.len() <= RELAY_BODY_BYTES_MAX);
        let no = |code| {
            Answer::Refused(Refused {
                code,
                retry_after_s: None,
            })
        };
        if frames.len() > self.body_max {
            return no(RefusalCode::TooLarge);
        }
        let envelopes: Vec<Envelope<'_>> = Frames::new(frames).map(|f| f.expect("frame")).collect();
        if envelopes.iter().any(|e| self.malformed.contains(&e.hash())) {
            return no(RefusalCode::Malformed);
        }
        assert!(envelopes.iter().all(|e| e.place().region == REGION));
        self.pushed_bytes += frames.len();
        let mut stored = 0;
        for envelope in &envelopes {
            stored += u32::from(self.keep(envelope.bytes()));
        }
        let known = u32::try_from(envelopes.len()).expect("few") - stored;
        Answer::Pushed(Pushed {
            stored,
            known,
            cursor: self.cursor(),
        })
    }

    /// A head of a log, for tests that make things up.
    pub fn position(&self, log: LogId) -> u64 {
        let heads = self.holdings.heads();
        heads
            .as_slice()
            .iter()
            .rfind(|h| h.log == log)
            .map_or(0, |h| {
                let Seq(s) = h.seq;
                s
            })
    }
}
