//! What two sides lack of each other. Unlike [`Heads::difference`], which sees nothing but two
//! version vectors, this knows forks and gaps of its own side and can look an entry up.

use super::{Holdings, Log};
use crate::RangeSet;
use radrum_wire::{EntryHash, Head, Heads, LogId, Range, Seq};
use std::collections::{BTreeMap, BTreeSet};

/// How far back a branch is asked for at first. What comes waits beyond a gap, and the next
/// question goes as far back again as what has come: a fork far down is found in few rounds.
const BRANCH_STEP: u64 = 16;

/// Heads of one log.
pub(crate) type Tips = BTreeSet<(Seq, EntryHash)>;

/// Heads by log.
pub(crate) fn by_log(heads: &Heads) -> BTreeMap<LogId, Tips> {
    let mut logs: BTreeMap<LogId, Tips> = BTreeMap::new();
    for head in heads.as_slice() {
        let tips = logs.entry(head.log).or_default();
        tips.insert((head.seq, head.hash));
    }
    logs
}

impl Holdings {
    /// What the other holds and we lack, as far as can be told now. Gaps and branches are
    /// found step by step: ask again when an answer has been stored.
    #[must_use]
    pub fn lacking(&self, theirs: &Heads, holds: &dyn Fn(&Head) -> bool) -> RangeSet {
        let none = Log::default();
        let mut lacking = RangeSet::default();
        for (log, tips) in by_log(theirs) {
            let ours = self.logs.get(&log).unwrap_or(&none);
            let held = ours.pending_positions(log);
            let mut ask = RangeSet::default();
            for (seq, hash) in &tips {
                if ours.heads.contains(&(*seq, *hash)) || ours.pending.contains_key(&(*seq, *hash))
                {
                    continue;
                }
                let head = Head {
                    log,
                    seq: *seq,
                    hash: *hash,
                };
                if *seq > ours.top() {
                    ask.extend(&one(log, ours.top().0 + 1, seq.0).difference(&held));
                    // Another branch may hold this position.
                    ask.extend(&one(log, seq.0, seq.0));
                } else if !holds(&head) {
                    ask.extend(&one(log, back(seq.0, BRANCH_STEP), seq.0));
                }
            }
            let last = tips.last().map_or(0, |(seq, _)| seq.0);
            ask.extend(&ours.gaps(log).intersection(&one(log, 1, last)));
            lacking.extend(&ask);
        }
        lacking
    }

    /// What stands between the heads and the entries beyond a gap.
    #[must_use]
    pub fn gaps(&self) -> RangeSet {
        let mut gaps = RangeSet::default();
        for (log, held) in &self.logs {
            gaps.extend(&held.gaps(*log));
        }
        gaps
    }

    /// What we hold and the other lacks. Of a log that forks both branches are named from the
    /// fork on; known entries are told by their hash and cost only their bytes. A head that we
    /// do not hold says nothing: it is still to be fetched, or made up.
    #[must_use]
    pub fn surplus(&self, theirs: &Heads, holds: &dyn Fn(&Head) -> bool) -> RangeSet {
        self.surplus_over(&by_log(theirs), &|_| true, holds)
    }

    pub(crate) fn surplus_over(
        &self,
        theirs: &BTreeMap<LogId, Tips>,
        counts: &dyn Fn(LogId) -> bool,
        holds: &dyn Fn(&Head) -> bool,
    ) -> RangeSet {
        let none = Tips::new();
        let mut surplus = RangeSet::default();
        for (log, held) in self.logs.iter().filter(|(log, _)| counts(**log)) {
            let tips = theirs.get(log).unwrap_or(&none);
            let known = tips.iter().rev().find(|(seq, hash)| {
                let head = Head {
                    log: *log,
                    seq: *seq,
                    hash: *hash,
                };
                held.heads.contains(&(*seq, *hash)) || holds(&head)
            });
            let next = known.map_or(1, |(seq, _)| seq.0.saturating_add(1));
            for (seq, _) in held.heads.difference(tips) {
                let first = held.fork.map_or(next, |fork| fork.0.min(next));
                surplus.extend(&one(*log, first, seq.0));
            }
        }
        surplus
    }

    /// Heads of one log.
    pub(crate) fn tips(&self, log: LogId) -> Tips {
        self.logs
            .get(&log)
            .map(|held| held.heads.clone())
            .unwrap_or_default()
    }

    /// Whether two entries are held at one position of a log.
    pub(crate) fn is_forked(&self, log: LogId) -> bool {
        self.logs.get(&log).is_some_and(|held| held.fork.is_some())
    }
}

impl Log {
    fn pending_positions(&self, log: LogId) -> RangeSet {
        let seqs = self.pending.keys().map(|(seq, _)| seq.0);
        seqs.map(|seq| range(log, seq, seq)).collect()
    }

    fn gaps(&self, log: LogId) -> RangeSet {
        let mut gaps = RangeSet::default();
        if self.pending.is_empty() {
            return gaps;
        }
        let held = self.pending_positions(log);
        let step = BRANCH_STEP.max(self.pending.len() as u64);
        for ((seq, _), prev) in &self.pending {
            let before = seq.0.saturating_sub(1);
            if self.pending.contains_key(&(Seq(before), *prev)) {
                continue;
            }
            if before > self.top().0 {
                gaps.extend(&one(log, self.top().0 + 1, before).difference(&held));
                gaps.extend(&one(log, before, before));
            } else {
                gaps.extend(&one(log, back(before, step), before));
            }
        }
        gaps
    }
}

/// First of `count` positions that end at `last`.
fn back(last: u64, count: u64) -> u64 {
    last.saturating_sub(count.saturating_sub(1)).max(1)
}

const fn range(log: LogId, first: u64, last: u64) -> Range {
    Range {
        log,
        first: Seq(first),
        last: Seq(last),
    }
}

fn one(log: LogId, first: u64, last: u64) -> RangeSet {
    [range(log, first, last)].into_iter().collect()
}
