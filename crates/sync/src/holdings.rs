mod compare;

pub(crate) use compare::{Tips, by_log};

use radrum_wire::limits::HEADS_MAX;
use radrum_wire::{Digest, EntryHash, Head, Heads, LogId, Place, Range, Seq};
use std::collections::{BTreeMap, BTreeSet};

/// Most entries held beyond gaps, over all logs. Whoever sends loose entries without end
/// fills this and no more.
pub const PENDING_MAX: usize = 65_536;

/// Most branches of one log. Two are a fork and its proof; more come only from an attacker.
pub const BRANCHES_MAX: usize = 8;

/// What a device holds, log by log: its heads, and what waits beyond a gap. Small (a few
/// hundred bytes a log), whatever the length of the logs; the entries lie with the [`Host`].
///
/// The same entries give the same holdings in any order, as long as no limit is met.
///
/// [`Host`]: crate::Host
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holdings {
    logs: BTreeMap<LogId, Log>,
    heads: usize,
    pending: usize,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Log {
    /// The last entry of each branch that hangs together from position 1.
    heads: BTreeSet<(Seq, EntryHash)>,
    /// Lowest position at which two entries are held.
    fork: Option<Seq>,
    /// Held, but something before it is missing; with the hash of the entry before.
    pending: BTreeMap<(Seq, EntryHash), EntryHash>,
}

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inserted {
    /// The log is longer.
    Extended,
    /// The log has one branch more: its owner works from a copied disk, or lies.
    Branched,
    /// Something before it is missing: to be kept, and counted when the gap is filled.
    Pending,
    /// Was here before. Not to be stored again.
    Known,
    /// Can stand in no log: at position 1 after something, or later after nothing.
    Broken,
    /// [`PENDING_MAX`], [`BRANCHES_MAX`] or the number of heads that one version vector holds
    /// is reached. Not to be stored; it comes again when the gaps are filled.
    Full,
}

enum Before {
    Nothing,
    Head,
    Inner,
    Missing,
}

impl Holdings {
    /// Counts one entry. `holds` says whether the store has exactly this entry, pending ones
    /// included; call this before the row is written, in the same transaction, and keep the
    /// changed holdings only when that commits. Entries of families without a chain (slots,
    /// snapshots, blobs) do not belong here.
    pub fn insert(
        &mut self,
        place: &Place,
        hash: EntryHash,
        holds: &dyn Fn(&Head) -> bool,
    ) -> Inserted {
        let (log, seq) = (place.log, place.seq);
        let root = place.prev == EntryHash::from_bytes([0; 32]);
        if root != (seq.0 == 1) || seq.0 == 0 {
            return Inserted::Broken;
        }
        if self.has_tip(log, seq, hash) || holds(&Head { log, seq, hash }) {
            return Inserted::Known;
        }
        let before = self.before(place, holds);
        if !self.has_room(log, &before) {
            return Inserted::Full;
        }
        if let Before::Missing = before {
            self.pending += 1;
            let pending = &mut self.logs.entry(log).or_default().pending;
            pending.insert((seq, hash), place.prev);
            return Inserted::Pending;
        }
        let entry = self.logs.entry(log).or_default();
        let heads = entry.heads.len();
        let pending = entry.pending.len();
        let branches = !entry.heads.is_empty() && !matches!(before, Before::Head);
        entry.attach((seq, hash), place.prev);
        entry.attach_pending((seq, hash));
        self.heads = self.heads - heads + entry.heads.len();
        self.pending = self.pending - pending + entry.pending.len();
        if branches {
            Inserted::Branched
        } else {
            Inserted::Extended
        }
    }

    /// Takes over a log that is held from 1 to `head`, without gaps and branches: at a start no
    /// entry need be read for it. A log that is known already stays as it is.
    pub fn resume(&mut self, head: Head) {
        if head.seq.0 == 0 || self.logs.contains_key(&head.log) || self.heads >= HEADS_MAX {
            return;
        }
        let log = self.logs.entry(head.log).or_default();
        log.heads.insert((head.seq, head.hash));
        self.heads += 1;
    }

    fn has_tip(&self, log: LogId, seq: Seq, hash: EntryHash) -> bool {
        self.logs.get(&log).is_some_and(|log| {
            log.heads.contains(&(seq, hash)) || log.pending.contains_key(&(seq, hash))
        })
    }

    fn before(&self, place: &Place, holds: &dyn Fn(&Head) -> bool) -> Before {
        if place.seq.0 == 1 {
            return Before::Nothing;
        }
        let at = (Seq(place.seq.0 - 1), place.prev);
        let log = self.logs.get(&place.log);
        if log.is_some_and(|log| log.heads.contains(&at)) {
            return Before::Head;
        }
        let head = Head {
            log: place.log,
            seq: at.0,
            hash: at.1,
        };
        let pending = log.is_some_and(|log| log.pending.contains_key(&at));
        if !pending && holds(&head) {
            Before::Inner
        } else {
            Before::Missing
        }
    }

    fn has_room(&self, log: LogId, before: &Before) -> bool {
        match before {
            Before::Head => true,
            Before::Missing => {
                let known = self.logs.contains_key(&log) || self.logs.len() < HEADS_MAX;
                known && self.pending < PENDING_MAX
            }
            Before::Nothing | Before::Inner => {
                let branches = self.logs.get(&log).map_or(0, |log| log.heads.len());
                branches < BRANCHES_MAX && self.heads < HEADS_MAX
            }
        }
    }

    /// The version vector: what is held without gaps.
    #[must_use]
    pub fn heads(&self) -> Heads {
        let heads = self.logs.iter().flat_map(|(log, held)| {
            let head = |(seq, hash): &(Seq, EntryHash)| Head {
                log: *log,
                seq: *seq,
                hash: *hash,
            };
            held.heads.iter().map(head)
        });
        Heads::new(heads.collect())
    }

    /// Digest of [`Holdings::heads`].
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.heads().digest()
    }

    /// Logs with two entries at one position, and the lowest such position.
    pub fn forks(&self) -> impl Iterator<Item = (LogId, Seq)> {
        let fork = |(log, held): (&LogId, &Log)| held.fork.map(|seq| (*log, seq));
        self.logs.iter().filter_map(fork)
    }

    /// How many positions are held without gaps; a branch is not counted twice.
    #[must_use]
    pub fn positions(&self) -> u64 {
        let tops = self.logs.values().map(Log::top);
        tops.fold(0, |sum, top| sum.saturating_add(top.0))
    }

    /// How many entries wait beyond a gap.
    #[must_use]
    pub const fn pending(&self) -> usize {
        self.pending
    }

    /// Everything that may be held: from 1 to the last position of each log, gaps included.
    #[must_use]
    pub fn reach(&self) -> crate::RangeSet {
        let range = |(log, held): (&LogId, &Log)| {
            let beyond = held.pending.last_key_value();
            let last = beyond.map_or(Seq(0), |((seq, _), _)| *seq);
            Range {
                log: *log,
                first: Seq(1),
                last: held.top().max(last),
            }
        };
        self.logs.iter().map(range).collect()
    }
}

impl Log {
    /// Last position that is held with all before it; 0 when none is.
    fn top(&self) -> Seq {
        self.heads.last().map_or(Seq(0), |(seq, _)| *seq)
    }

    fn attach(&mut self, at: (Seq, EntryHash), prev: EntryHash) {
        let before = (Seq(at.0.0.saturating_sub(1)), prev);
        if !self.heads.remove(&before) && !self.heads.is_empty() {
            // The entry before has another one after it already.
            self.fork = Some(self.fork.map_or(at.0, |fork| fork.min(at.0)));
        }
        self.heads.insert(at);
    }

    /// Attaches what waited for this entry, and what waited for that.
    fn attach_pending(&mut self, start: (Seq, EntryHash)) {
        let mut next = vec![start];
        while let Some((seq, hash)) = next.pop() {
            let after = Seq(seq.0.saturating_add(1));
            let zero = EntryHash::from_bytes([0; 32]);
            let waiting = self.pending.range((after, zero)..);
            let waiting = waiting.take_while(|((at, _), _)| *at == after);
            let mine: Vec<(Seq, EntryHash)> = waiting
                .filter(|(_, prev)| **prev == hash)
                .map(|(at, _)| *at)
                .collect();
            for at in mine {
                let grows = !self.heads.contains(&(seq, hash));
                if grows && self.heads.len() >= BRANCHES_MAX {
                    break;
                }
                self.pending.remove(&at);
                self.attach(at, hash);
                next.push(at);
            }
        }
    }
}

#[cfg(test)]
mod tests;
