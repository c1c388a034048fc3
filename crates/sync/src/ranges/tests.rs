use super::RangeSet;
use proptest::prelude::*;
use radrum_wire::{LogId, Range, Seq};
use std::collections::BTreeSet;

type Naive = BTreeSet<(u8, u64)>;

fn range(log: u8, first: u64, last: u64) -> Range {
    Range {
        log: LogId::from_bytes([log; 16]),
        first: Seq(first),
        last: Seq(last),
    }
}

fn ranges() -> impl Strategy<Value = Vec<(u8, u64, u64)>> {
    proptest::collection::vec((0_u8..3, 1_u64..40, 0_u64..8), 0..12)
}

fn both(list: &[(u8, u64, u64)]) -> (RangeSet, Naive) {
    let ranges = list.iter().map(|(l, f, n)| range(*l, *f, f + n));
    let naive = list
        .iter()
        .flat_map(|(log, first, n)| (*first..=first + n).map(|seq| (*log, seq)));
    (ranges.collect(), naive.collect())
}

fn naive(set: &RangeSet) -> Naive {
    set.iter()
        .flat_map(|r| (r.first.0..=r.last.0).map(move |seq| (r.log.as_bytes()[0], seq)))
        .collect()
}

/// Equal content has one form, which also shows that spans never touch or overlap.
fn rebuilt(set: &Naive) -> RangeSet {
    set.iter()
        .map(|(log, seq)| range(*log, *seq, *seq))
        .collect()
}

proptest! {
    #[test]
    fn a_set_of_ranges_holds_exactly_the_positions_put_in(list in ranges()) {
        let (set, model) = both(&list);
        prop_assert_eq!(naive(&set), model.clone());
        prop_assert_eq!(set.positions(), model.len() as u64);
        prop_assert_eq!(&set, &rebuilt(&model));
        for log in 0..3 {
            for seq in 1..50 {
                let log_id = LogId::from_bytes([log; 16]);
                prop_assert_eq!(set.contains(log_id, Seq(seq)), model.contains(&(log, seq)));
            }
        }
    }

    #[test]
    fn union_difference_and_intersection_are_those_of_sets(a in ranges(), b in ranges()) {
        let ((a, model_a), (b, model_b)) = (both(&a), both(&b));
        let mut union = a.clone();
        union.extend(&b);
        prop_assert_eq!(union, rebuilt(&(&model_a | &model_b)));
        prop_assert_eq!(a.difference(&b), rebuilt(&(&model_a - &model_b)));
        prop_assert_eq!(a.intersection(&b), rebuilt(&(&model_a & &model_b)));
    }

    #[test]
    fn a_prefix_is_the_first_positions_and_never_more(a in ranges(), n in 0_u64..40) {
        let (set, model) = both(&a);
        let expected: Naive = model.into_iter().take(usize::try_from(n).expect("small")).collect();
        prop_assert_eq!(naive(&set.prefix(n, usize::MAX)), expected);
        prop_assert!(set.prefix(n, 2).iter().count() <= 2);
    }
}

#[test]
fn the_ends_of_the_numbers_do_not_overflow() {
    let all: RangeSet = [range(1, 1, u64::MAX), range(2, 5, 4)]
        .into_iter()
        .collect();
    assert_eq!(all.positions(), u64::MAX);
    assert_eq!(all.logs().count(), 1);
    let tail: RangeSet = [range(1, 9, u64::MAX)].into_iter().collect();
    assert_eq!(all.difference(&tail).positions(), 8);
    assert_eq!(all.difference(&all), RangeSet::default());
    assert_eq!(all.prefix(3, 1).positions(), 3);
}
