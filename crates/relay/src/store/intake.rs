//! What of several pushes is new. Pure, so that both stores decide the same.

use super::StoreError;
use radrum_wire::limits::STUB_BYTES;
use radrum_wire::relay::Pushed;
use radrum_wire::{EntryHash, Envelope, Family, LogId, Place};
use std::collections::{BTreeMap, BTreeSet};

/// An envelope as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands.
    pub place: Place,
    /// Its name.
    pub hash: EntryHash,
    /// All bytes.
    pub bytes: Vec<u8>,
}

impl Entry {
    /// Names an envelope.
    #[must_use]
    pub fn new(envelope: &Envelope<'_>) -> Self {
        Self {
            // That of a stub is where what was erased stood.
            place: envelope.stub().place,
            hash: envelope.hash(),
            bytes: envelope.bytes().to_vec(),
        }
    }

    /// Whether its `prev` is the entry before it. Of a family that this program does not know
    /// nobody can say: it is kept and passed on, and stands in no head.
    pub(super) const fn chains(&self) -> bool {
        matches!(self.place.family(), Family::Entry | Family::Anonymous)
    }

    pub(super) const fn seq(&self) -> i64 {
        // At most i64::MAX: `Place::decode` refuses more.
        self.place.seq.0.cast_signed()
    }
}

/// What stays of a kept envelope that is dropped, and how many bytes that frees; none for one
/// that is a stub already.
pub(super) fn stub_of(envelope: &[u8]) -> Option<([u8; STUB_BYTES], i64)> {
    let envelope = Envelope::decode(envelope).ok()?;
    if envelope.is_stub() {
        return None;
    }
    let freed = envelope.bytes().len() - STUB_BYTES;
    Some((envelope.stub().envelope(), i64::try_from(freed).ok()?))
}

/// What one push brought of one log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brought {
    /// Which log.
    pub log: LogId,
    /// New entries.
    pub entries: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Whether nothing of the log was there before.
    pub first: bool,
}

/// What became of a push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// For the client.
    pub pushed: Pushed,
    /// For quotas, ascending by log.
    pub brought: Vec<Brought>,
}

/// Entries and the room that the krets has.
#[derive(Debug)]
pub(super) struct Push {
    pub entries: Vec<Entry>,
    pub room: u64,
}

/// The krets before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counter {
    pub cursor: i64,
    pub bytes: i64,
}

/// What is to be written, and the answers when it has been.
#[derive(Debug)]
pub(super) struct Intake<'a> {
    pub fresh: Vec<(i64, &'a Entry)>,
    pub answers: Vec<Result<Stored, StoreError>>,
    pub counter: Counter,
}

/// Sorts out what is new. `known` are hashes and `logs` logs that the store has already.
pub(super) fn sort_out<'a>(
    pushes: &'a [Push],
    known: &BTreeSet<EntryHash>,
    logs: &BTreeSet<LogId>,
    counter: Counter,
) -> Intake<'a> {
    let mut seen = known.clone();
    let mut intake = Intake {
        fresh: Vec::new(),
        answers: Vec::new(),
        counter,
    };
    for push in pushes {
        let mut names = BTreeSet::new();
        let fresh: Vec<&Entry> = push
            .entries
            .iter()
            .filter(|entry| !seen.contains(&entry.hash) && names.insert(entry.hash))
            .collect();
        let bytes: u64 = fresh.iter().map(|entry| entry.bytes.len() as u64).sum();
        let held = intake.counter.bytes.unsigned_abs() + bytes;
        if bytes > 0 && held > push.room {
            intake.answers.push(Err(StoreError::Full));
            continue;
        }
        seen.append(&mut names);
        intake.counter.bytes = held.cast_signed();
        let brought = brought(&fresh, logs);
        for entry in &fresh {
            intake.counter.cursor += 1;
            intake.fresh.push((intake.counter.cursor, entry));
        }
        let stored = fresh.len();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        intake.answers.push(Ok(Stored {
            pushed: Pushed {
                stored: count(stored),
                known: count(push.entries.len() - stored),
                cursor: intake.counter.cursor.unsigned_abs(),
            },
            brought,
        }));
    }
    intake
}

fn brought(fresh: &[&Entry], logs: &BTreeSet<LogId>) -> Vec<Brought> {
    let mut by_log: BTreeMap<LogId, Brought> = BTreeMap::new();
    for entry in fresh {
        let log = entry.place.log;
        let sum = by_log.entry(log).or_insert(Brought {
            log,
            entries: 0,
            bytes: 0,
            first: !logs.contains(&log),
        });
        sum.entries += 1;
        sum.bytes += entry.bytes.len() as u64;
    }
    by_log.into_values().collect()
}
