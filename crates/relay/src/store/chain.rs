//! Which entries have every one before them: what heads are made of. Pure; the store looks up
//! what is asked for here.

use super::intake::Entry;
use radrum_wire::{EntryHash, Head, LogId};
use std::collections::{BTreeMap, BTreeSet};

/// An entry's place in its chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub log: LogId,
    pub seq: i64,
    pub prev: EntryHash,
    pub hash: EntryHash,
}

impl Link {
    fn of(entry: &Entry) -> Self {
        Self {
            log: entry.place.log,
            seq: entry.seq(),
            prev: entry.place.prev,
            hash: entry.hash,
        }
    }

    /// A hash commits to its place, yet anybody may write any `prev`.
    fn follows(&self, before: &Self) -> bool {
        self.prev == before.hash && self.log == before.log && self.seq == before.seq + 1
    }

    fn begins(&self) -> bool {
        self.seq == 1 && *self.prev.as_bytes() == [0; 32]
    }
}

/// New entries, linked to each other and to what the store has.
#[derive(Debug, Default)]
pub(super) struct Chain {
    chained: Vec<Link>,
    /// By `prev`.
    loose: BTreeMap<EntryHash, Vec<Link>>,
    /// Up to where `chained` has been followed, and from where the last time.
    followed: usize,
    round: usize,
}

impl Chain {
    /// New entries of families that chain.
    pub fn new<'a>(entries: impl Iterator<Item = &'a Entry>) -> Self {
        let mut chain = Self::default();
        for link in entries.filter(|entry| entry.chains()).map(Link::of) {
            if link.begins() {
                chain.chained.push(link);
            } else {
                chain.loose.entry(link.prev).or_default().push(link);
            }
        }
        chain
    }

    /// Entries that may be in the store: the store tells which of them are there and chained.
    pub fn parents(&self) -> Vec<(LogId, i64, EntryHash)> {
        let own: BTreeSet<EntryHash> = self
            .chained
            .iter()
            .chain(self.loose.values().flatten())
            .map(|link| link.hash)
            .collect();
        let outside = self.loose.iter().filter(|(prev, _)| !own.contains(prev));
        outside
            .flat_map(|(prev, links)| links.iter().map(|link| (link.log, link.seq - 1, *prev)))
            .collect()
    }

    /// One of [`Chain::parents`] is there and chained.
    pub fn root(&mut self, log: LogId, seq: i64, hash: EntryHash) {
        let parent = Link {
            log,
            seq,
            prev: hash,
            hash,
        };
        self.take(&parent);
    }

    fn take(&mut self, before: &Link) {
        let Some(links) = self.loose.get_mut(&before.hash) else {
            return;
        };
        let (next, left) = links.iter().partition(|link| link.follows(before));
        *links = left;
        self.chained.extend::<Vec<Link>>(next);
    }

    /// Follows the chain within the new entries, and gives the hashes that entries in the store
    /// may have been waiting for. Empty when there is nothing more to follow.
    pub fn follow(&mut self) -> Vec<EntryHash> {
        let mut ends = Vec::new();
        self.round = self.followed;
        while let Some(link) = self.chained.get(self.followed).copied() {
            self.followed += 1;
            self.take(&link);
            ends.push(link.hash);
        }
        ends
    }

    /// Entries that waited for one of the hashes of [`Chain::follow`]. Gives those that wait no
    /// longer.
    pub fn wake(&mut self, waiting: Vec<Link>) -> Vec<EntryHash> {
        let asked = self
            .chained
            .get(self.round..self.followed)
            .unwrap_or_default();
        let by_hash: BTreeMap<EntryHash, Link> =
            asked.iter().map(|link| (link.hash, *link)).collect();
        let mut woken = Vec::new();
        for link in waiting {
            let before = by_hash.get(&link.prev);
            if before.is_some_and(|before| link.follows(before)) {
                woken.push(link.hash);
                self.chained.push(link);
            }
        }
        woken
    }

    /// New entries that wait.
    pub fn waiting(&self) -> impl Iterator<Item = &Link> {
        self.loose.values().flatten()
    }

    /// Heads that are there now.
    pub fn heads(&self) -> Vec<Head> {
        let inner: BTreeSet<EntryHash> = self.chained.iter().map(|link| link.prev).collect();
        let ends = self
            .chained
            .iter()
            .filter(|link| !inner.contains(&link.hash));
        ends.map(|link| Head {
            log: link.log,
            seq: radrum_wire::Seq(link.seq.unsigned_abs()),
            hash: link.hash,
        })
        .collect()
    }

    /// Entries that are heads no longer, if they were.
    pub fn passed(&self) -> Vec<EntryHash> {
        self.chained
            .iter()
            .filter(|link| link.seq > 1)
            .map(|link| link.prev)
            .collect()
    }
}
