//! An office in memory: what an app does behind `Host`, without seals.

use radrum_sync::{
    Holdings, Host, HostError, Inserted, KnownRoster, Listed, Memory, Newest, Precedence, Slot,
    Stored, Unnamed, UnnamedAnswer,
};
use radrum_wire::{
    AuthKey, EntryHash, Envelope, EpochId, Family, Head, Header, Heads, LogId, Nonce, Place, Range,
    RegionId, Seq, Signature,
};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

pub const REGION: RegionId = RegionId::from_bytes([7; 16]);

/// What goes wrong at the next store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crash {
    /// Nothing is written.
    Before,
    /// The entries are there and the cursor is not, as with an app that commits twice.
    Between,
}

#[derive(Clone, Default)]
pub struct Office {
    pub log: Option<LogId>,
    pub entries: BTreeMap<Head, Vec<u8>>,
    /// Their numbers in the order in which they came.
    pub came: BTreeMap<Head, u64>,
    pub holdings: Arc<Holdings>,
    pub memory: Memory,
    pub slots: BTreeMap<LogId, Vec<u8>>,
    pub crash: Option<Crash>,
    pub roster: Option<KnownRoster>,
    pub stubs: BTreeSet<Head>,
    pub strangers: BTreeSet<AuthKey>,
    pub largest_batch: usize,
    /// The part of a snapshot that it wants next.
    pub wants: Option<u64>,
    /// Numbers of the parts that it was given, in their order; 0 for none at all.
    pub parts: Vec<u64>,
    /// The last part of a snapshot that it would make; 0 for none.
    pub makes: u64,
    /// What it makes is old as soon as it is made.
    pub is_never_new: bool,
    pub beats: u64,
    /// Of what relays are to keep stubs only.
    pub erased: Option<Heads>,
    /// What it asks for the sake of posts without a name; the last is the first.
    pub unnamed: Vec<Unnamed>,
    /// What it was told of that.
    pub unnamed_told: Vec<String>,
}

/// An envelope of 657 bytes, or of any length from version 2 on.
pub fn envelope(tag: u8, log: LogId, seq: u64, prev: EntryHash, salt: u64) -> Vec<u8> {
    let mut nonce = [0; 24];
    nonce[..8].copy_from_slice(&salt.to_be_bytes());
    let place = Place {
        tag,
        region: REGION,
        log,
        seq: Seq(seq),
        prev,
    };
    let header = Header {
        place,
        epoch: EpochId::from_bytes([3; 32]),
        nonce: Nonce::from_bytes(nonce),
    };
    // The content depends on the header, so that neither can be changed alone.
    let mut content = DefaultHasher::new();
    (tag, log, seq, prev, salt).hash(&mut content);
    header.envelope(&content.finish().to_be_bytes().repeat((512 + 16) / 8))
}

/// Number of the last part of the snapshots that offices read.
pub const LAST_PART: u64 = 5;

/// A part of a snapshot.
pub fn part(log: LogId, number: u64) -> Vec<u8> {
    envelope(0x41, log, number, EntryHash::from_bytes([8; 32]), 0)
}

pub fn log(number: u8) -> LogId {
    LogId::from_bytes([number; 16])
}

impl Office {
    pub fn new(number: u8) -> Self {
        Self {
            log: Some(log(number)),
            ..Self::default()
        }
    }

    /// Writes one entry at the end of the own log (its highest branch).
    pub fn write(&mut self, salt: u64) {
        self.write_version(1, salt);
    }

    /// As a program of that version and family would.
    pub fn write_version(&mut self, tag: u8, salt: u64) {
        let log = self.log.expect("own log");
        let heads = self.holdings.heads();
        let last = heads.as_slice().iter().rfind(|head| head.log == log);
        let (seq, prev) = last.map_or((0, EntryHash::from_bytes([0; 32])), |h| (h.seq.0, h.hash));
        let bytes = envelope(tag, log, seq + 1, prev, salt);
        self.take(&[Envelope::decode(&bytes).expect("own entry")]);
    }

    pub fn write_many(&mut self, count: u64) {
        for salt in 0..count {
            self.write(salt);
        }
    }

    pub fn take(&mut self, envelopes: &[Envelope<'_>]) -> Stored {
        let mut stored = Stored::default();
        for envelope in envelopes {
            let place = envelope.place();
            if place.family() == Family::Slot {
                self.slots.insert(place.log, envelope.bytes().to_vec());
                continue;
            }
            if !is_sealed(envelope) {
                stored.refused += 1;
                continue;
            }
            let entries = &self.entries;
            let holds = |head: &Head| entries.contains_key(head);
            let hash = envelope.hash();
            let holdings = Arc::make_mut(&mut self.holdings);
            match holdings.insert(place, hash, &holds) {
                Inserted::Extended | Inserted::Branched | Inserted::Pending => {
                    let (log, seq) = (place.log, place.seq);
                    let head = Head { log, seq, hash };
                    self.came.insert(head, self.entries.len() as u64);
                    self.entries.insert(head, envelope.bytes().to_vec());
                    stored.new += 1;
                }
                Inserted::Known => stored.known += 1,
                Inserted::Broken | Inserted::Full => stored.refused += 1,
            }
        }
        stored
    }
}

/// What a seal is for, without one: bytes that somebody changed are told from those written.
fn is_sealed(envelope: &Envelope<'_>) -> bool {
    let (place, bytes) = (envelope.place(), envelope.bytes());
    let salt = bytes.get(105..113).and_then(|salt| salt.try_into().ok());
    let Some(salt) = salt.map(u64::from_be_bytes) else {
        return false;
    };
    place.region == REGION
        && bytes == crate::office::envelope(place.tag, place.log, place.seq.0, place.prev, salt)
}

impl Host for Office {
    fn holdings(&self) -> Arc<Holdings> {
        Arc::clone(&self.holdings)
    }

    fn holds(&self, entry: &Head) -> bool {
        self.entries.contains_key(entry)
    }

    fn list(&self, range: &Range) -> Vec<Listed> {
        assert!(range.last.0 - range.first.0 < radrum_sync::LIST_POSITIONS);
        let zero = EntryHash::from_bytes([0; 32]);
        let head = |seq, hash| Head {
            log: range.log,
            seq,
            hash,
        };
        let max = EntryHash::from_bytes([0xff; 32]);
        let within = self
            .entries
            .range(head(range.first, zero)..=head(range.last, max));
        within
            .map(|(head, bytes)| Listed {
                seq: head.seq,
                hash: head.hash,
                bytes: if self.stubs.contains(head) {
                    0
                } else {
                    u32::try_from(bytes.len()).expect("short")
                },
                came: self.came[head],
            })
            .collect()
    }

    fn read(&self, entry: &Head) -> Option<Vec<u8>> {
        self.entries
            .get(entry)
            .filter(|_| !self.stubs.contains(entry))
            .cloned()
    }

    fn store(
        &mut self,
        envelopes: &[Envelope<'_>],
        memory: Option<&Memory>,
    ) -> Result<Stored, HostError> {
        let crash = self.crash.take();
        if crash == Some(Crash::Before) {
            return Err(HostError::Unavailable);
        }
        let bytes = envelopes.iter().map(|e| e.bytes().len() + 4).sum();
        self.largest_batch = self.largest_batch.max(bytes);
        let stored = self.take(envelopes);
        if crash == Some(Crash::Between) {
            return Err(HostError::Unavailable);
        }
        if let Some(memory) = memory {
            self.memory = memory.clone();
        }
        Ok(stored)
    }

    fn precedence(&self, log: LogId) -> Precedence {
        if self.log == Some(log) {
            Precedence::Own
        } else {
            Precedence::Other
        }
    }

    fn sign(&mut self, _: &[u8]) -> Result<Signature, HostError> {
        Ok(Signature::from_bytes([1; 64]))
    }

    fn is_member(&self, key: AuthKey) -> bool {
        !self.strangers.contains(&key)
    }

    fn heartbeat(&mut self) -> Result<Option<Slot>, HostError> {
        self.beats += 1;
        let zero = EntryHash::from_bytes([0; 32]);
        Ok(self.log.map(|log| Slot {
            log,
            envelope: envelope(0x21, log, self.beats, zero, 0),
        }))
    }

    fn erased(&self) -> Option<(Heads, i64)> {
        self.erased.clone().map(|entries| (entries, 7))
    }

    fn told_erased(&mut self, mark: i64) -> Result<(), HostError> {
        assert_eq!(mark, 7);
        self.erased = None;
        Ok(())
    }

    fn unnamed(&mut self) -> Option<Unnamed> {
        self.unnamed.last().cloned()
    }

    fn told_unnamed(&mut self, answer: UnnamedAnswer<'_>) -> Result<(), HostError> {
        self.unnamed.pop();
        self.unnamed_told.push(match answer {
            UnnamedAnswer::Issuer(key) => format!("issuer {key:?}"),
            UnnamedAnswer::Signed(record) => format!("signed {}", record.len()),
            UnnamedAnswer::Taken => "taken".into(),
            UnnamedAnswer::Refused { code, wait_s } => {
                format!("refused {code:?} {}", wait_s.unwrap_or_default())
            }
        });
        Ok(())
    }

    fn roster(&self) -> Option<KnownRoster> {
        self.roster.clone()
    }

    fn wants_snapshot(&self) -> Option<Seq> {
        self.wants.map(Seq)
    }

    fn take_snapshot(&mut self, parts: &[Envelope<'_>]) -> Result<(), HostError> {
        if parts.is_empty() {
            self.parts.push(0);
        }
        for part in parts {
            let number = part.place().seq.0;
            self.parts.push(number);
            if self.wants == Some(number) {
                self.wants = (number < LAST_PART).then_some(number + 1);
            }
        }
        Ok(())
    }

    fn owes_snapshot(&self, newest: Newest<'_>) -> bool {
        self.makes > 0 && (self.is_never_new || !matches!(newest, Newest::Head(_)))
    }

    fn make_snapshot(&mut self) -> Result<Vec<Vec<u8>>, HostError> {
        let log = self.log.expect("own log");
        Ok((1..=self.makes).map(|number| part(log, number)).collect())
    }
}
