//! What is to be sent, in batches that the relay takes.

use crate::holdings::Tips;
use crate::{Host, LIST_POSITIONS, Listed, Precedence, RangeSet};
use radrum_wire::limits::RELAY_BODY_BYTES_MAX;
use radrum_wire::{EntryHash, FRAME_LENGTH_BYTES, Head, LogId, Range, Seq, write_frame};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Bytes of a push, unless one frame alone is longer: some seconds on a slow line.
const BYTES: usize = 1024 * 1024;
const BYTES_MIN: usize = 64 * 1024;

/// Most entries in a push.
const ENTRIES: usize = 1_024;

/// Positions of a log that are looked at at a time: some kilobytes for each log.
const LANE_POSITIONS: u64 = LIST_POSITIONS / 4;

/// Most refused entries that are remembered; more than a handful is a fault of the program.
const REFUSED_MAX: usize = 4_096;

type Item = (LogId, Listed);

/// How much at a time, learnt from failures.
#[derive(Debug, Clone)]
pub(super) struct Sizes {
    bytes: usize,
    entries: usize,
    refused: BTreeSet<EntryHash>,
}

impl Default for Sizes {
    fn default() -> Self {
        Self {
            bytes: BYTES,
            entries: ENTRIES,
            refused: BTreeSet::new(),
        }
    }
}

impl Sizes {
    /// Whether the relay has refused an entry as malformed.
    pub(super) fn has_refused(&self) -> bool {
        !self.refused.is_empty()
    }

    /// Whether so much was refused that sending more makes no sense.
    pub(super) fn is_exhausted(&self) -> bool {
        self.refused.len() >= REFUSED_MAX
    }

    fn grow(&mut self) {
        self.bytes = (self.bytes * 2).min(BYTES);
        self.entries = (self.entries * 2).min(ENTRIES);
    }

    /// The line broke: less at a time gets through a line that breaks often.
    fn shrink_bytes(&mut self) {
        self.bytes = (self.bytes / 2).max(BYTES_MIN);
    }
}

/// What the relay lacks of one log.
#[derive(Debug, Clone)]
struct Lane {
    log: LogId,
    precedence: Precedence,
    ranges: VecDeque<Range>,
    listed: VecDeque<Listed>,
}

/// Entries on their way out. Own logs first, those that carry facts next; then all others beside
/// each other in the order in which they came, so that a relay that was emptied gives the edits
/// of an item close to each other again, as they were written. Each log in its order, so that the
/// relay never shows a gap that we made.
#[derive(Debug, Clone, Default)]
pub(super) struct Queue {
    /// The heads that the relay will have when the queue is empty.
    tips: BTreeMap<LogId, Tips>,
    lanes: Vec<Lane>,
    /// Looked at, and not sent yet.
    again: VecDeque<Item>,
    batch: Vec<Item>,
    /// Logs of which an entry was left out.
    gapped: BTreeSet<LogId>,
}

impl Lane {
    /// The next entry; none at the end of the log.
    fn front(&mut self, host: &impl Host) -> Option<&Listed> {
        while self.listed.is_empty() {
            let range = self.ranges.pop_front()?;
            let last = range.first.0.saturating_add(LANE_POSITIONS - 1);
            if last < range.last.0 {
                let first = Seq(last + 1);
                self.ranges.push_front(Range { first, ..range });
            }
            let last = Seq(last.min(range.last.0));
            self.listed = host.list(&Range { last, ..range }).into();
        }
        self.listed.front()
    }
}

impl Queue {
    pub(super) fn new(lacks: &RangeSet, host: &impl Host) -> Self {
        let mut lanes: BTreeMap<LogId, Lane> = BTreeMap::new();
        for range in lacks.iter() {
            let lane = lanes.entry(range.log).or_insert_with(|| Lane {
                log: range.log,
                precedence: host.precedence(range.log),
                ranges: VecDeque::new(),
                listed: VecDeque::new(),
            });
            lane.ranges.push_back(range);
        }
        let holdings = host.holdings();
        let tips = lacks.logs().map(|log| (log, holdings.tips(log)));
        Self {
            tips: tips.collect(),
            lanes: lanes.into_values().collect(),
            ..Self::default()
        }
    }

    /// What the relay has of each log once everything that can be sent has been.
    pub(super) fn into_tips(self) -> BTreeMap<LogId, Tips> {
        self.tips
    }

    /// The next body, or none when everything has been sent.
    pub(super) fn fill(&mut self, sizes: &Sizes, host: &impl Host) -> Option<Vec<u8>> {
        // A batch whose answer never came is sent again.
        self.put_back();
        let mut body = Vec::new();
        while self.batch.len() < sizes.entries {
            let Some((log, entry)) = self.next(host) else {
                break;
            };
            let length = FRAME_LENGTH_BYTES + entry.bytes as usize;
            if !body.is_empty() && body.len() + length > sizes.bytes {
                self.again.push_front((log, entry));
                break;
            }
            let head = Head {
                log,
                seq: entry.seq,
                hash: entry.hash,
            };
            let refused = sizes.refused.contains(&entry.hash);
            let Some(envelope) = host.read(&head).filter(|_| !refused) else {
                self.gapped.insert(log);
                continue;
            };
            // The host may have listed a wrong length; the limit holds all the same.
            let fits = body.len() + FRAME_LENGTH_BYTES + envelope.len() <= RELAY_BODY_BYTES_MAX;
            if fits && write_frame(&mut body, &envelope).is_ok() {
                self.batch.push((log, entry));
            }
        }
        (!self.batch.is_empty()).then_some(body)
    }

    /// Logs of which an entry was left out since this was last asked.
    pub(super) fn take_gapped(&mut self) -> BTreeSet<LogId> {
        std::mem::take(&mut self.gapped)
    }

    fn next(&mut self, host: &impl Host) -> Option<Item> {
        if let Some(item) = self.again.pop_front() {
            return Some(item);
        }
        let mut first: Option<((Precedence, u64), usize)> = None;
        for (at, lane) in self.lanes.iter_mut().enumerate() {
            let precedence = lane.precedence;
            let Some(front) = lane.front(host) else {
                continue;
            };
            let rank = (precedence, front.came);
            if first.is_none_or(|(best, _)| rank < best) {
                first = Some((rank, at));
            }
        }
        let lane = self.lanes.get_mut(first?.1)?;
        lane.listed.pop_front().map(|entry| (lane.log, entry))
    }

    /// How many entries are on their way.
    pub(super) const fn on_their_way(&self) -> usize {
        self.batch.len()
    }

    /// The relay has the batch on its disk.
    pub(super) fn sent(&mut self, sizes: &mut Sizes) -> Vec<Item> {
        sizes.grow();
        std::mem::take(&mut self.batch)
    }

    /// The batch did not get through.
    pub(super) fn lost(&mut self, sizes: &mut Sizes) {
        sizes.shrink_bytes();
        self.put_back();
    }

    /// The batch is to be sent again as it is, later.
    pub(super) fn put_back(&mut self) {
        for item in self.batch.drain(..).rev() {
            self.again.push_front(item);
        }
    }

    /// The relay finds something in the batch malformed or too large, and does not say what:
    /// halves find it. A single one is left out from now on.
    pub(super) fn refused(&mut self, sizes: &mut Sizes) {
        if let [(_, entry)] = self.batch.as_slice() {
            sizes.refused.insert(entry.hash);
            self.batch.clear();
            return;
        }
        sizes.entries = (self.batch.len() / 2).max(1);
        self.put_back();
    }
}
