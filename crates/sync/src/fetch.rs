//! Asking by range, the same for a relay and for a peer.

use crate::sift::{Sifted, is_chained, sift};
use crate::{Holdings, RangeSet};
use radrum_wire::limits::RANGES_MAX;
use radrum_wire::{Head, Heads, LogId, Ranges, RegionId};
use std::collections::BTreeSet;

/// Most positions in one question. The other side cuts its answer by bytes; this bounds what
/// it must look at.
const POSITIONS_MAX: u64 = 1_024;

/// A comparison with what another holds, from its heads to the last entry that it gives.
#[derive(Debug, Clone)]
pub(crate) struct Fetch {
    theirs: Heads,
    asked: RangeSet,
    /// Logs of which an answer brought nothing: not asked for again in this comparison, so it
    /// ends whatever the other side does.
    futile: BTreeSet<LogId>,
    positions: u64,
}

impl Fetch {
    pub(crate) const fn new(theirs: Heads) -> Self {
        Self {
            theirs,
            asked: RangeSet::empty(),
            futile: BTreeSet::new(),
            positions: POSITIONS_MAX,
        }
    }

    /// The next question, or none when the other has nothing more.
    pub(crate) fn ask(
        &mut self,
        holdings: &Holdings,
        holds: &dyn Fn(&Head) -> bool,
    ) -> Option<Ranges> {
        let mut lacking = holdings.lacking(&self.theirs, holds);
        for log in &self.futile {
            lacking.remove_log(*log);
        }
        self.asked = lacking.prefix(self.positions, RANGES_MAX);
        if self.asked.is_empty() {
            return None;
        }
        Some(Ranges(self.asked.iter().collect()))
    }

    /// What of an answer was asked for.
    pub(crate) fn sift<'a>(&self, body: &'a [u8], region: RegionId) -> Sifted<'a> {
        sift(body, region, |place| {
            is_chained(place) && self.asked.contains(place.log, place.seq)
        })
    }

    /// Counts an answer that was stored.
    pub(crate) fn answered(&mut self, new: u32) {
        if new == 0 {
            self.futile.extend(self.asked.logs());
        }
        self.positions = self.positions.saturating_mul(2).min(POSITIONS_MAX);
    }

    /// The answer did not arrive whole: ask for less.
    pub(crate) fn failed(&mut self) {
        self.positions = (self.positions / 2).max(1);
    }

    /// Whether the other side named what it did not give.
    pub(crate) fn is_withheld(&self) -> bool {
        !self.futile.is_empty()
    }
}
