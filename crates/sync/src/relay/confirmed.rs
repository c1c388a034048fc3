//! What the relay is known to have.

use crate::holdings::{Tips, by_log};
use crate::{Holdings, Host, Listed, Precedence, RangeSet};
use radrum_wire::{Head, Heads, LogId};
use std::collections::{BTreeMap, BTreeSet};

/// Two sources, kept apart: heads that the relay showed, and pushes that it confirmed since.
#[derive(Debug, Clone, Default)]
pub(super) struct Confirmed {
    shown: Option<BTreeMap<LogId, Tips>>,
    sent: BTreeMap<LogId, Tips>,
    /// Logs of which something could not be sent: the relay has a gap there, and its heads
    /// stop before it.
    gapped: BTreeSet<LogId>,
}

impl Confirmed {
    /// From what was remembered of own logs.
    pub(super) fn remembered(sent: &[Head]) -> Self {
        Self {
            shown: None,
            sent: by_log(&Heads::new(sent.to_vec())),
            gapped: BTreeSet::new(),
        }
    }

    /// The relay has lost something: only what it shows from now on counts.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// The relay has all that we hold.
    pub(super) fn all(&mut self, holdings: &Holdings) {
        self.sent = by_log(&holdings.heads());
        self.shown = Some(self.sent.clone());
    }

    /// The relay showed its heads. They count more than what it once confirmed, with one
    /// exception: a log that has a gap there, and that it shows as before the push. What lies
    /// beyond the gap is not sent at every round. Gives whether it lacks what it has confirmed.
    pub(super) fn show(&mut self, theirs: &Heads) -> bool {
        let new = by_log(theirs);
        let last = |tips: &Tips| tips.iter().map(|(seq, _)| *seq).max();
        let lacks = self.sent.iter().any(|(log, sent)| {
            !self.gapped.contains(log) && new.get(log).and_then(last) < last(sent)
        });
        let shown = self.shown.take().unwrap_or_default();
        let gapped = &self.gapped;
        self.sent
            .retain(|log, _| gapped.contains(log) && shown.get(log) == new.get(log));
        self.shown = Some(new);
        lacks
    }

    /// An entry of this log could not be sent.
    pub(super) fn gap(&mut self, log: LogId) {
        self.gapped.insert(log);
    }

    /// What could not be sent may be sent now.
    pub(super) fn try_gaps_again(&mut self) {
        self.gapped.clear();
    }

    /// One pushed entry is on the relay's disk.
    pub(super) fn pushed(&mut self, log: LogId, entry: &Listed, holdings: &Holdings) {
        let tips = holdings.tips(log);
        let at = (entry.seq, entry.hash);
        let sent = self.sent.entry(log).or_default();
        if !holdings.is_forked(log) {
            sent.clear();
            sent.insert(at);
        } else if tips.contains(&at) {
            // Of a fork only whole branches count: which one a position is on is not known.
            sent.retain(|tip| tips.contains(tip));
            sent.insert(at);
        }
    }

    /// Everything of these logs that can be sent has been: what was left out is refused by the
    /// relay, or only a stub is left of it.
    pub(super) fn done(&mut self, tips: BTreeMap<LogId, Tips>) {
        self.sent.extend(tips);
    }

    fn known(&self) -> BTreeMap<LogId, Tips> {
        let mut known = self.shown.clone().unwrap_or_default();
        for (log, tips) in &self.sent {
            known.entry(*log).or_default().extend(tips);
        }
        known
    }

    /// What the relay lacks.
    pub(super) fn lacks(&self, host: &impl Host) -> RangeSet {
        self.lacks_of(&|_| true, host)
    }

    /// What the relay lacks of this device's own logs.
    pub(super) fn lacks_own(&self, host: &impl Host) -> RangeSet {
        self.lacks_of(&|log| host.precedence(log) == Precedence::Own, host)
    }

    fn lacks_of(&self, counts: &dyn Fn(LogId) -> bool, host: &impl Host) -> RangeSet {
        let holds = |head: &Head| host.holds(head);
        let holdings = host.holdings();
        holdings.surplus_over(&self.known(), counts, &holds)
    }

    /// What is to be remembered: the heads of own logs.
    pub(super) fn own(&self, host: &impl Host) -> Vec<Head> {
        let mut own = Vec::new();
        for (log, tips) in &self.known() {
            if host.precedence(*log) != Precedence::Own {
                continue;
            }
            own.extend(tips.iter().map(|(seq, hash)| Head {
                log: *log,
                seq: *seq,
                hash: *hash,
            }));
        }
        own.retain(|head| host.holds(head));
        own
    }
}
