use super::{BRANCHES_MAX, Holdings, Inserted, PENDING_MAX};
use crate::RangeSet;
use proptest::prelude::*;
use radrum_wire::{EntryHash, Head, Heads, LogId, Place, Range, RegionId, Seq};
use std::collections::{BTreeMap, BTreeSet};

const ZERO: [u8; 32] = [0; 32];

/// A model of one entry: the hash is its number, so parents are easy to name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    log: u8,
    seq: u64,
    hash: u8,
    prev: u8,
}

fn hash(number: u8) -> EntryHash {
    let mut bytes = ZERO;
    bytes[0] = number;
    EntryHash::from_bytes(bytes)
}

fn head(entry: &Entry) -> Head {
    Head {
        log: LogId::from_bytes([entry.log; 16]),
        seq: Seq(entry.seq),
        hash: hash(entry.hash),
    }
}

fn place(entry: &Entry) -> Place {
    Place {
        tag: 1,
        region: RegionId::from_bytes([9; 16]),
        log: LogId::from_bytes([entry.log; 16]),
        seq: Seq(entry.seq),
        prev: hash(entry.prev),
    }
}

/// Trees of entries: each one follows an earlier one of its log, or begins the log.
fn trees() -> impl Strategy<Value = Vec<Entry>> {
    proptest::collection::vec((1_u8..4, any::<prop::sample::Index>(), 0_u8..8), 1..40).prop_map(
        |steps| {
            let mut entries: Vec<Entry> = Vec::new();
            for (log, index, branch) in steps {
                let mine: Vec<Entry> = entries.iter().filter(|e| e.log == log).copied().collect();
                let before = match (mine.is_empty(), branch) {
                    (true, _) => None,
                    (false, 0) => Some(mine[index.index(mine.len())]),
                    (false, _) => mine.last().copied(),
                };
                entries.push(Entry {
                    log,
                    seq: before.map_or(1, |e| e.seq + 1),
                    hash: u8::try_from(entries.len() + 1).expect("few"),
                    prev: before.map_or(0, |e| e.hash),
                });
            }
            entries
        },
    )
}

#[derive(Default, Clone)]
struct Side {
    holdings: Holdings,
    stored: BTreeSet<Head>,
    entries: BTreeSet<Entry>,
}

impl Side {
    fn of<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let mut side = Self::default();
        for entry in entries {
            side.insert(entry);
        }
        side
    }

    fn insert(&mut self, entry: &Entry) -> Inserted {
        let stored = &self.stored;
        let holds = |head: &Head| stored.contains(head);
        let inserted = self
            .holdings
            .insert(&place(entry), head(entry).hash, &holds);
        if matches!(
            inserted,
            Inserted::Extended | Inserted::Branched | Inserted::Pending
        ) {
            self.stored.insert(head(entry));
            self.entries.insert(*entry);
        }
        inserted
    }

    fn lacking(&self, theirs: &Heads) -> RangeSet {
        self.holdings
            .lacking(theirs, &|head| self.stored.contains(head))
    }

    fn surplus(&self, theirs: &Heads) -> RangeSet {
        self.holdings
            .surplus(theirs, &|head| self.stored.contains(head))
    }

    fn range<'a>(&'a self, ranges: &'a RangeSet) -> impl Iterator<Item = &'a Entry> {
        let within = |e: &&Entry| ranges.contains(head(e).log, Seq(e.seq));
        self.entries.iter().filter(within)
    }
}

/// Heads by definition: entries that hang together with a beginning and have nothing after.
fn naive_heads(entries: &BTreeSet<Entry>) -> Heads {
    let by_hash: BTreeMap<u8, &Entry> = entries.iter().map(|e| (e.hash, e)).collect();
    let rooted = |entry: &Entry| {
        let mut at = *entry;
        while at.seq > 1 {
            match by_hash.get(&at.prev) {
                Some(before) => at = **before,
                None => return false,
            }
        }
        true
    };
    let rooted: Vec<&Entry> = entries.iter().filter(|e| rooted(e)).collect();
    let parents: BTreeSet<u8> = rooted.iter().map(|e| e.prev).collect();
    let tips = rooted.iter().filter(|e| !parents.contains(&e.hash));
    Heads::new(tips.map(|e| head(e)).collect())
}

fn shuffled(entries: Vec<Entry>) -> impl Strategy<Value = (Vec<Entry>, Vec<Entry>)> {
    (Just(entries.clone()), Just(entries).prop_shuffle())
}

proptest! {
    #[test]
    fn the_same_entries_give_the_same_holdings_in_any_order_and_number(
        (entries, mixed) in trees().prop_flat_map(shuffled)
    ) {
        let one = Side::of(&entries);
        let mut other = Side::of(&mixed);
        for entry in &entries {
            prop_assert_eq!(other.insert(entry), Inserted::Known);
        }
        prop_assert_eq!(&one.holdings, &other.holdings);
        prop_assert_eq!(one.holdings.pending(), 0);
        prop_assert!(one.holdings.gaps().is_empty());
    }

    #[test]
    fn heads_are_the_ends_of_what_hangs_together(
        (_, mixed) in trees().prop_flat_map(shuffled), some in any::<prop::sample::Index>()
    ) {
        let side = Side::of(&mixed[..=some.index(mixed.len())]);
        prop_assert_eq!(side.holdings.heads(), naive_heads(&side.entries));
    }

    #[test]
    fn two_sides_that_ask_and_answer_end_with_the_same(
        entries in trees(), split in proptest::collection::vec(0_u8..4, 40)
    ) {
        // Chains from the beginning on either side, so that both show all they have.
        let has = |side: u8| entries.iter().zip(&split).filter(move |(_, s)| **s != side);
        let mut left = Side::of(has(0).map(|(e, _)| e));
        let mut right = Side::of(has(1).map(|(e, _)| e));
        for _ in 0..40 {
            let (l, r) = (left.holdings.heads(), right.holdings.heads());
            let (for_left, for_right) = (left.lacking(&r), right.lacking(&l));
            let to_left: Vec<Entry> = right.range(&for_left).copied().collect();
            let to_right: Vec<Entry> = left.range(&for_right).copied().collect();
            to_left.iter().for_each(|e| { left.insert(e); });
            to_right.iter().for_each(|e| { right.insert(e); });
        }
        // What hangs together with a beginning on one side does so on both.
        prop_assert_eq!(left.holdings.heads(), right.holdings.heads());
    }

    #[test]
    fn a_surplus_that_is_sent_leaves_the_other_with_all_that_we_show(
        entries in trees(), split in proptest::collection::vec(0_u8..3, 40)
    ) {
        let left = Side::of(&entries);
        let mut right = Side::of(entries.iter().zip(&split).filter(|(_, s)| **s > 0).map(|(e, _)| e));
        let sent = left.surplus(&right.holdings.heads());
        for entry in left.range(&sent) {
            right.insert(entry);
        }
        prop_assert_eq!(right.holdings.heads(), left.holdings.heads());
        prop_assert!(left.surplus(&right.holdings.heads()).is_empty());
    }
}

fn chain(log: u8, from: u64, count: u64) -> Vec<Place> {
    let place = |seq: u64| Place {
        tag: 1,
        region: RegionId::from_bytes([9; 16]),
        log: LogId::from_bytes([log; 16]),
        seq: Seq(seq),
        prev: long(seq - 1),
    };
    (from..from + count).map(place).collect()
}

fn long(number: u64) -> EntryHash {
    let mut bytes = ZERO;
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    EntryHash::from_bytes(bytes)
}

#[test]
fn an_entry_that_can_stand_in_no_log_is_refused() {
    let mut holdings = Holdings::default();
    let second = Entry {
        log: 1,
        seq: 2,
        hash: 2,
        prev: 0,
    };
    assert_eq!(
        holdings.insert(&place(&second), hash(2), &|_| false),
        Inserted::Broken
    );
    let first = Entry {
        log: 1,
        seq: 1,
        hash: 1,
        prev: 7,
    };
    assert_eq!(
        holdings.insert(&place(&first), hash(1), &|_| false),
        Inserted::Broken
    );
}

#[test]
fn loose_entries_fill_their_place_and_no_more() {
    let mut holdings = Holdings::default();
    let count = PENDING_MAX as u64 + 10;
    let results: Vec<Inserted> = chain(1, 3, count)
        .iter()
        .map(|place| holdings.insert(place, long(place.seq.0), &|_| false))
        .collect();
    assert_eq!(results[0], Inserted::Pending);
    assert_eq!(results.last(), Some(&Inserted::Full));
    assert_eq!(holdings.pending(), PENDING_MAX);
    let first = chain(2, 1, 1)[0];
    assert_eq!(
        holdings.insert(&first, long(1), &|_| false),
        Inserted::Extended
    );
}

#[test]
fn a_log_has_at_most_eight_branches() {
    let mut side = Side::default();
    for number in 1..20 {
        side.insert(&Entry {
            log: 1,
            seq: 1,
            hash: number,
            prev: 0,
        });
    }
    assert_eq!(side.holdings.heads().as_slice().len(), BRANCHES_MAX);
    let fork = side.holdings.forks().next();
    assert_eq!(fork, Some((LogId::from_bytes([1; 16]), Seq(1))));
}

#[test]
fn a_gap_is_named_until_it_is_filled() {
    let mut side = Side::default();
    let entry = |seq: u8| Entry {
        log: 1,
        seq: seq.into(),
        hash: seq,
        prev: seq - 1,
    };
    for seq in [1, 2, 5, 6] {
        side.insert(&entry(seq));
    }
    let log = LogId::from_bytes([1; 16]);
    let gap = Range {
        log,
        first: Seq(3),
        last: Seq(4),
    };
    assert_eq!(side.holdings.gaps(), [gap].into_iter().collect());
    side.insert(&entry(4));
    side.insert(&entry(3));
    assert!(side.holdings.gaps().is_empty());
    assert_eq!(side.holdings.positions(), 6);
}

#[test]
fn a_head_that_nobody_wrote_hides_nothing_of_what_the_other_lacks() {
    let mut side = Side::default();
    for seq in 1..=4 {
        side.insert(&Entry {
            log: 1,
            seq: seq.into(),
            hash: seq,
            prev: seq - 1,
        });
    }
    let forged = Head {
        log: LogId::from_bytes([1; 16]),
        seq: Seq(900),
        hash: hash(99),
    };
    let second = Head {
        seq: Seq(2),
        hash: hash(2),
        ..forged
    };
    assert_eq!(side.surplus(&Heads::new(vec![forged])).positions(), 4);
    assert_eq!(
        side.surplus(&Heads::new(vec![forged, second])).positions(),
        2
    );
}
