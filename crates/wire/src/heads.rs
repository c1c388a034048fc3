//! What somebody holds: digests to compare first, heads after that, ranges to ask for.

use crate::limits::{HEADS_MAX, RANGES_MAX};
use crate::record::{ascending, within};
use crate::{Digest, EntryHash, LogId, Record, Seq, WireError};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

/// The last entry that somebody holds of a log, with every one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(array)]
pub struct Head {
    /// Which log.
    #[n(0)]
    pub log: LogId,
    /// Its position.
    #[n(1)]
    pub seq: Seq,
    /// Its hash.
    #[n(2)]
    pub hash: EntryHash,
}

/// A version vector: ascending, one head for each log. A log with two branches has two.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Heads(#[n(0)] Vec<Head>);

/// Positions of one log, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(array)]
pub struct Range {
    /// Which log.
    #[n(0)]
    pub log: LogId,
    /// The first, from 1.
    #[n(1)]
    pub first: Seq,
    /// The last.
    #[n(2)]
    pub last: Seq,
}

/// What is asked for, ascending.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Ranges(#[n(0)] pub Vec<Range>);

/// How two version vectors differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// What the other holds and we lack.
    pub lacking: Vec<Range>,
    /// What we hold and the other lacks.
    pub ahead: Vec<Range>,
    /// Logs with the same position and another hash: a fork, or somebody is lying.
    pub forked: Vec<LogId>,
}

impl Heads {
    /// A version vector of heads in any order.
    #[must_use]
    pub fn new(mut heads: Vec<Head>) -> Self {
        heads.sort_unstable();
        heads.dedup();
        Self(heads)
    }

    /// The heads, ascending.
    #[must_use]
    pub fn as_slice(&self) -> &[Head] {
        &self.0
    }

    /// 32 bytes that are equal exactly when the heads are: compared before anything else, so
    /// that a round with nothing new costs next to nothing.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut hash = blake3::Hasher::new_derive_key("radrum 2026-11-22 heads digest v1");
        for head in &self.0 {
            hash.update(head.log.as_bytes());
            hash.update(&head.seq.0.to_be_bytes());
            hash.update(head.hash.as_bytes());
        }
        Digest::from_bytes(*hash.finalize().as_bytes())
    }

    /// Compares with what another holds. Of a log with branches the furthest head counts; the
    /// branches are asked for by whole range, and hashes tell what is known.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Difference {
        let ours = self.furthest();
        let theirs = other.furthest();
        let mut found = Difference::default();
        let logs: std::collections::BTreeSet<LogId> =
            ours.keys().chain(theirs.keys()).copied().collect();
        for log in logs {
            let have = ours.get(&log).map_or(0, |head| head.seq.0);
            let has = theirs.get(&log).map_or(0, |head| head.seq.0);
            if has > have {
                found.lacking.push(range(log, have, has));
            } else if have > has {
                found.ahead.push(range(log, has, have));
            } else if self.of(log).ne(other.of(log)) {
                found.forked.push(log);
            }
        }
        found
    }

    /// Ascending, so all of one log stand together: a list of thousands is not looked through
    /// for each of its logs.
    fn of(&self, log: LogId) -> impl Iterator<Item = &Head> {
        let first = self.0.partition_point(|head| head.log < log);
        self.0[first..]
            .iter()
            .take_while(move |head| head.log == log)
    }

    fn furthest(&self) -> BTreeMap<LogId, Head> {
        // Ascending by position, so the last of a log stays.
        self.0.iter().map(|head| (head.log, *head)).collect()
    }
}

const fn range(log: LogId, after: u64, last: u64) -> Range {
    Range {
        log,
        first: Seq(after.saturating_add(1)),
        last: Seq(last),
    }
}

impl Record for Heads {
    const BYTES_MAX: usize = HEADS_MAX * 61 + 8;

    fn check(&self) -> Result<(), WireError> {
        within(self.0.len(), HEADS_MAX)?;
        ascending(&self.0)?;
        if self.0.iter().any(|head| head.seq.0 == 0) {
            return Err(WireError::Malformed);
        }
        Ok(())
    }
}

impl Record for Ranges {
    const BYTES_MAX: usize = RANGES_MAX * 37 + 8;

    fn check(&self) -> Result<(), WireError> {
        within(self.0.len(), RANGES_MAX)?;
        ascending(&self.0)?;
        let sound = |range: &Range| range.first.0 >= 1 && range.first <= range.last;
        if self.0.iter().all(sound) {
            Ok(())
        } else {
            Err(WireError::Malformed)
        }
    }
}

#[cfg(test)]
mod tests;
