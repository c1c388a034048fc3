use radrum_wire::{LogId, Range, Seq};
use std::collections::BTreeMap;

/// Positions of many logs, as few spans as possible. What one side lacks, asks for or gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RangeSet {
    /// Both ends included; ascending, apart by at least one position; no empty lists.
    logs: BTreeMap<LogId, Vec<(u64, u64)>>,
}

impl RangeSet {
    pub(crate) const fn empty() -> Self {
        Self {
            logs: BTreeMap::new(),
        }
    }

    /// Adds positions. A range that ends before it begins adds nothing.
    pub fn insert(&mut self, range: Range) {
        let (mut first, mut last) = (range.first.0, range.last.0);
        if first > last {
            return;
        }
        let spans = self.logs.entry(range.log).or_default();
        // Spans that touch the new one are taken up into it.
        let from = spans.partition_point(|span| span.1.saturating_add(1) < first);
        let until = spans.partition_point(|span| span.0 <= last.saturating_add(1));
        if let Some(touched) = spans.get(from..until)
            && let (Some(low), Some(high)) = (touched.first(), touched.last())
        {
            first = first.min(low.0);
            last = last.max(high.1);
        }
        spans.splice(from..until.max(from), [(first, last)]);
    }

    /// Adds everything of another set.
    pub fn extend(&mut self, other: &Self) {
        for range in other.iter() {
            self.insert(range);
        }
    }

    /// What is here and not in `other`.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        self.combine(other, |span, theirs, out| {
            let mut first = span.0;
            for (low, high) in overlapping(theirs, span) {
                if low > first {
                    out.push((first, low - 1));
                }
                match high.checked_add(1) {
                    Some(next) => first = first.max(next),
                    None => return,
                }
            }
            if first <= span.1 {
                out.push((first, span.1));
            }
        })
    }

    /// What is both here and in `other`.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        self.combine(other, |span, theirs, out| {
            let shared = overlapping(theirs, span);
            out.extend(shared.map(|(low, high)| (low.max(span.0), high.min(span.1))));
        })
    }

    fn combine(
        &self,
        other: &Self,
        one: impl Fn((u64, u64), &[(u64, u64)], &mut Vec<(u64, u64)>),
    ) -> Self {
        let mut logs = BTreeMap::new();
        for (log, spans) in &self.logs {
            let theirs = other.logs.get(log).map_or(&[][..], Vec::as_slice);
            let mut out = Vec::new();
            for span in spans {
                one(*span, theirs, &mut out);
            }
            if !out.is_empty() {
                logs.insert(*log, out);
            }
        }
        Self { logs }
    }

    /// Whether a position is in the set.
    #[must_use]
    pub fn contains(&self, log: LogId, seq: Seq) -> bool {
        let spans = self.logs.get(&log).map_or(&[][..], Vec::as_slice);
        overlapping(spans, (seq.0, seq.0)).next().is_some()
    }

    /// The spans, ascending by log and position.
    pub fn iter(&self) -> impl Iterator<Item = Range> {
        self.logs.iter().flat_map(|(log, spans)| {
            spans.iter().map(|(first, last)| Range {
                log: *log,
                first: Seq(*first),
                last: Seq(*last),
            })
        })
    }

    /// The logs of which something is in the set, ascending.
    pub fn logs(&self) -> impl Iterator<Item = LogId> {
        self.logs.keys().copied()
    }

    /// Leaves out a whole log.
    pub fn remove_log(&mut self, log: LogId) {
        self.logs.remove(&log);
    }

    /// How many positions; stops counting at `u64::MAX`.
    #[must_use]
    pub fn positions(&self) -> u64 {
        let count = |range: Range| (range.last.0 - range.first.0).saturating_add(1);
        self.iter().map(count).fold(0, u64::saturating_add)
    }

    /// Whether nothing is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.logs.is_empty()
    }

    /// The beginning of the set: at most so many positions in at most so many spans.
    #[must_use]
    pub fn prefix(&self, positions: u64, spans: usize) -> Self {
        let mut left = positions;
        let mut taken = Self::default();
        for range in self.iter().take(spans) {
            if left == 0 {
                break;
            }
            let last = range.last.0.min(range.first.0.saturating_add(left - 1));
            left -= last - range.first.0 + 1;
            let last = Seq(last);
            taken.insert(Range { last, ..range });
        }
        taken
    }
}

impl FromIterator<Range> for RangeSet {
    fn from_iter<I: IntoIterator<Item = Range>>(ranges: I) -> Self {
        let mut set = Self::default();
        for range in ranges {
            set.insert(range);
        }
        set
    }
}

fn overlapping(spans: &[(u64, u64)], with: (u64, u64)) -> impl Iterator<Item = (u64, u64)> {
    let from = spans.partition_point(|span| span.1 < with.0);
    let rest = spans.get(from..).unwrap_or_default().iter().copied();
    rest.take_while(move |span| span.0 <= with.1)
}

#[cfg(test)]
mod tests;
