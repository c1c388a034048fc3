//! A relay in memory, after FORMAT.md section 8, with a past that it can fall back to.

use radrum_sync::{Answer, FramesAnswer, Holdings, Inserted, Refused, Request};
use radrum_wire::limits::RELAY_BODY_BYTES_MAX;
use radrum_wire::relay::{Challenge, Pushed, RefusalCode, RelayState, Token, Woken};
use radrum_wire::{
    Digest, Envelope, Frames, Head, Heads, LogId, Ranges, Record as _, Roster, write_frame,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What it holds of the krets.
#[derive(Debug, Clone)]
pub struct Model {
    /// Drawn when its disk was made.
    pub store: u8,
    /// In the order of commits, which the cursor counts.
    pub entries: Vec<(Head, Arc<Vec<u8>>)>,
    known: BTreeSet<Head>,
    holdings: Holdings,
    slots: BTreeMap<LogId, Vec<u8>>,
    roster: u64,
    /// A log that it keeps and shows, and does not hand out.
    pub withheld: Option<LogId>,
    /// It has lost something that it had confirmed, or not handed out what it showed.
    pub has_lost: bool,
}

impl Default for Model {
    fn default() -> Self {
        Self {
            store: 1,
            entries: Vec::new(),
            known: BTreeSet::new(),
            holdings: Holdings::default(),
            slots: BTreeMap::new(),
            roster: 0,
            withheld: None,
            has_lost: false,
        }
    }
}

impl Model {
    /// Counts what it holds.
    #[must_use]
    pub const fn cursor(&self) -> u64 {
        self.entries.len() as u64
    }

    /// What it holds, as roads compare it.
    #[must_use]
    pub const fn holdings(&self) -> &Holdings {
        &self.holdings
    }

    /// The number of the roster that it was given.
    #[must_use]
    pub const fn roster(&self) -> u64 {
        self.roster
    }

    /// Another disk.
    pub fn empty(&mut self) {
        *self = Self {
            store: self.store.wrapping_add(1),
            has_lost: true,
            ..Self::default()
        };
    }

    /// Its name, as devices remember it.
    #[must_use]
    pub const fn name(&self) -> Digest {
        Digest::from_bytes([self.store; 32])
    }

    fn keep(&mut self, envelope: &Envelope<'_>) -> bool {
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
            Inserted::Known | Inserted::Broken | Inserted::Full => false,
            Inserted::Extended | Inserted::Branched | Inserted::Pending => {
                self.known.insert(head);
                let bytes = Arc::new(envelope.bytes().to_vec());
                self.entries.push((head, bytes));
                true
            }
        }
    }

    /// What it says to a request.
    pub fn answer(&mut self, request: &Request) -> Answer {
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
                store: self.name(),
                digest: self.holdings.digest(),
                roster: self.roster,
            }),
            Request::Pull { after, bytes } => self.pull(*after, *bytes),
            Request::Push(frames) => self.push(frames),
            Request::Heads => match self.holdings.heads().encode_record() {
                Ok(heads) => Answer::Heads(heads),
                Err(_) => Answer::Lost,
            },
            Request::Ranges(ranges) => self.ranges(ranges),
            Request::PutSlot { log, frame } => {
                let slot = frame.get(radrum_wire::FRAME_LENGTH_BYTES..);
                self.slots.insert(*log, slot.unwrap_or_default().to_vec());
                Answer::Done
            }
            Request::Slots => {
                let mut frames = Vec::new();
                for slot in self.slots.values() {
                    let _ = write_frame(&mut frames, slot);
                }
                only_frames(frames)
            }
            Request::PutRoster(record) => {
                let number = Roster::decode_record(record).map_or(0, |roster| roster.number);
                self.roster = self.roster.max(number);
                Answer::Done
            }
            Request::Drop(entries) => {
                self.keep_stubs(entries);
                Answer::Done
            }
            // A relay of an older program: the logs must do without.
            Request::Snapshot { .. }
            | Request::PushSnapshot(_)
            | Request::Issuer
            | Request::Tokens(_)
            | Request::Anonymous(_)
            | Request::Mail(_)
            | Request::Hints(_) => Answer::Refused(Refused {
                code: RefusalCode::NotFound,
                retry_after_s: None,
            }),
            Request::Wait { .. } => Answer::Woken(Woken {
                cursor: self.cursor(),
            }),
        }
    }

    /// Keeps stubs only, for ever: what is held already is never taken again.
    fn keep_stubs(&mut self, entries: &Heads) {
        for (head, envelope) in &mut self.entries {
            if entries.as_slice().binary_search(head).is_err() {
                continue;
            }
            let stub = Envelope::decode(envelope).map(|envelope| envelope.stub().envelope());
            if let Ok(stub) = stub {
                *envelope = Arc::new(stub.to_vec());
            }
        }
    }

    fn ranges(&self, ranges: &Ranges) -> Answer {
        let within = |head: &Head| within(ranges, head);
        let mut entries: Vec<_> = self.entries.iter().filter(|(h, _)| within(h)).collect();
        entries.sort();
        only_frames(self.frames(entries, RELAY_BODY_BYTES_MAX).0)
    }

    fn frames<'a>(
        &self,
        entries: impl IntoIterator<Item = &'a (Head, Arc<Vec<u8>>)>,
        bytes: usize,
    ) -> (Vec<u8>, usize) {
        let mut frames = Vec::new();
        let mut count = 0;
        for (head, envelope) in entries {
            if !frames.is_empty() && frames.len() + 4 + envelope.len() > bytes {
                break;
            }
            if self.withheld != Some(head.log) {
                let _ = write_frame(&mut frames, envelope);
            }
            count += 1;
        }
        (frames, count)
    }

    fn pull(&self, after: u64, bytes: usize) -> Answer {
        let from = usize::try_from(after).unwrap_or(usize::MAX);
        let rest = self.entries.get(from..).unwrap_or_default();
        let (frames, count) = self.frames(rest, bytes);
        let from = self.entries.len() - rest.len();
        Answer::Frames(FramesAnswer {
            frames,
            cursor: Some((from + count) as u64),
            more: count < rest.len(),
        })
    }

    fn push(&mut self, frames: &[u8]) -> Answer {
        let read: Result<Vec<Envelope<'_>>, _> = Frames::new(frames).collect();
        let Ok(envelopes) = read else {
            return Answer::Refused(Refused {
                code: RefusalCode::Malformed,
                retry_after_s: None,
            });
        };
        let new = envelopes.iter().filter(|one| self.keep(one)).count();
        Answer::Pushed(Pushed {
            stored: u32::try_from(new).unwrap_or(u32::MAX),
            known: u32::try_from(envelopes.len() - new).unwrap_or(u32::MAX),
            cursor: self.cursor(),
        })
    }
}

fn within(ranges: &Ranges, head: &Head) -> bool {
    let mut all = ranges.0.iter();
    all.any(|r| r.log == head.log && (r.first..=r.last).contains(&head.seq))
}

fn only_frames(frames: Vec<u8>) -> Answer {
    Answer::Frames(FramesAnswer {
        frames,
        ..FramesAnswer::default()
    })
}
