use crate::sift::is_chained;
use crate::{Holdings, Host, LIST_POSITIONS, RangeSet};
use radrum_wire::limits::BUNDLE_BYTES_MAX;
use radrum_wire::{
    Bundle, BundleWriter, FRAME_LENGTH_BYTES, Head, Heads, LogId, Range, RegionId, Seq, WireError,
};
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of a bundle file around its frames (FORMAT.md section 7).
const AROUND_BYTES: u64 = 73;

/// What to write on a stick.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BundlePlan {
    /// What goes on it.
    pub ranges: RangeSet,
    /// What some office lacks and the size left out: for the next file.
    pub left_out: RangeSet,
    /// Length of the file in bytes.
    pub bytes: u64,
    /// How many of the offices will lack nothing of ours.
    pub complete: usize,
}

/// Plans one file for all offices that are known, each by the heads that it was last heard to
/// have (heartbeats added up, or what its own bundle held). An office that nothing is known of
/// is an empty version vector; no office at all means one that has nothing. `carried` lies on
/// the stick in other files already. At most `bytes_max` bytes, and [`BUNDLE_BYTES_MAX`].
///
/// When not everything has room, whole offices are served, the one that lacks least first, and
/// then the next one from the beginning of what it lacks. So the newest goes first, because
/// those who were here last week lack only that; and nobody gets entries with a gap before
/// them, which wait unread until another stick comes.
#[must_use]
pub fn plan_bundle(
    others: &[Heads],
    carried: &RangeSet,
    bytes_max: u64,
    host: &impl Host,
) -> BundlePlan {
    let holdings = host.holdings();
    let holds = |head: &Head| host.holds(head);
    let nobody = [Heads::default()];
    let others = if others.is_empty() { &nobody } else { others };
    let lacks = others.iter().map(|heads| holdings.surplus(heads, &holds));
    let mut lacks: Vec<RangeSet> = lacks.map(|set| set.difference(carried)).collect();
    lacks.sort_by_key(RangeSet::positions);
    let bytes_max = bytes_max.min(BUNDLE_BYTES_MAX as u64);
    let mut plan = BundlePlan {
        bytes: AROUND_BYTES,
        ..BundlePlan::default()
    };
    for lack in &lacks {
        let rest = lack.difference(&plan.ranges);
        let (taken, bytes) = take(&rest, bytes_max.saturating_sub(plan.bytes), host);
        plan.ranges.extend(&taken);
        plan.bytes += bytes;
        let rest = rest.difference(&taken);
        plan.left_out.extend(&rest);
        if !rest.is_empty() {
            break;
        }
        plan.complete += 1;
    }
    for lack in &lacks {
        plan.left_out.extend(&lack.difference(&plan.ranges));
    }
    plan
}

/// As much of the set as has room, whole positions, each log from its beginning.
fn take(set: &RangeSet, bytes_max: u64, host: &impl Host) -> (RangeSet, u64) {
    let mut taken = RangeSet::default();
    let mut bytes = 0;
    let mut full: BTreeSet<LogId> = BTreeSet::new();
    for range in windows(set, host) {
        if full.contains(&range.log) {
            continue;
        }
        let mut sizes: BTreeMap<Seq, u64> = BTreeMap::new();
        for entry in host.list(&range) {
            let frame = match entry.bytes {
                0 => 0,
                length => FRAME_LENGTH_BYTES as u64 + u64::from(length),
            };
            *sizes.entry(entry.seq).or_default() += frame;
        }
        let mut last = Seq(range.first.0.saturating_sub(1));
        for seq in range.first.0..=range.last.0 {
            let size = sizes.get(&Seq(seq)).copied().unwrap_or(0);
            if bytes + size > bytes_max {
                full.insert(range.log);
                break;
            }
            bytes += size;
            last = Seq(seq);
        }
        taken.insert(Range { last, ..range });
    }
    (taken, bytes)
}

/// Pieces that a host lists at once: own logs first, then those that carry facts.
fn windows(set: &RangeSet, host: &impl Host) -> Vec<Range> {
    let mut ranges: Vec<Range> = set.iter().collect();
    ranges.sort_by_key(|range| (host.precedence(range.log), *range));
    let cut = |range: Range| {
        let step = usize::try_from(LIST_POSITIONS).unwrap_or(usize::MAX);
        (range.first.0..=range.last.0)
            .step_by(step)
            .map(move |first| Range {
                first: Seq(first),
                last: Seq(range.last.0.min(first.saturating_add(LIST_POSITIONS - 1))),
                ..range
            })
    };
    ranges.into_iter().flat_map(cut).collect()
}

impl BundlePlan {
    /// Makes the file, with `slots` at its end: the newest heartbeats, by which the others learn
    /// who has what. Envelopes that have become stubs meanwhile are left out.
    ///
    /// # Errors
    /// [`WireError::Example`] for the Exempelkrets; other errors as [`BundleWriter::push`],
    /// when the host gives what it should not have.
    pub fn write(
        &self,
        region: RegionId,
        slots: &[Vec<u8>],
        host: &impl Host,
    ) -> Result<Vec<u8>, WireError> {
        let mut writer = BundleWriter::new(region)?;
        for range in windows(&self.ranges, host) {
            for entry in host.list(&range) {
                let head = Head {
                    log: range.log,
                    seq: entry.seq,
                    hash: entry.hash,
                };
                if let Some(envelope) = host.read(&head) {
                    writer.push(&envelope)?;
                }
            }
        }
        for slot in slots {
            writer.push(slot)?;
        }
        Ok(writer.finish())
    }
}

/// What reading a bundle in would change, before anything is changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportPlan {
    /// New entries of each log, for the receipt.
    pub new: BTreeMap<LogId, u32>,
    /// Entries that are here already.
    pub known: u32,
    /// Slots, snapshots and chunks of attachments.
    pub other: u32,
    /// Entries that stand in no log, or for which there is no room.
    pub refused: u32,
    /// What will still be missing before entries that are here then.
    pub gaps: RangeSet,
}

/// Looks through a checked bundle. To import it, give all its envelopes to [`Host::store`] in
/// one call: all or nothing. The host judges them anew; this only counts.
#[must_use]
pub fn plan_import(bundle: &Bundle<'_>, host: &impl Host) -> ImportPlan {
    let mut plan = ImportPlan::default();
    let mut holdings = Holdings::clone(&host.holdings());
    let mut seen: BTreeSet<Head> = BTreeSet::new();
    for envelope in bundle.envelopes() {
        let place = envelope.place();
        if !is_chained(place) {
            plan.other += 1;
            continue;
        }
        let head = Head {
            log: place.log,
            seq: place.seq,
            hash: envelope.hash(),
        };
        let holds = |head: &Head| seen.contains(head) || host.holds(head);
        match holdings.insert(place, head.hash, &holds) {
            crate::Inserted::Known => plan.known += 1,
            crate::Inserted::Broken | crate::Inserted::Full => plan.refused += 1,
            _ => {
                *plan.new.entry(place.log).or_default() += 1;
                seen.insert(head);
            }
        }
    }
    plan.gaps = holdings.gaps();
    plan
}
