//! Sticks: what to write for whom, and what reading in would change.

use crate::office::{Office, REGION, log};
use crate::peer::meet;
use proptest::prelude::*;
use radrum_sync::{Host as _, RangeSet, plan_bundle, plan_import};
use radrum_wire::{Bundle, Envelope, Heads, RegionId, WireError};

const ROOM: u64 = 100_000_000;

fn import(file: &[u8], into: &mut Office) {
    let bundle = Bundle::decode(file, REGION).expect("bundle");
    let envelopes: Vec<Envelope<'_>> = bundle.envelopes().collect();
    into.store(&envelopes, None).expect("stored");
}

/// Three offices: one wrote all, one has the first ten, one has nothing.
fn offices() -> (Office, Office, Office) {
    let (mut full, mut some, none) = (Office::new(1), Office::new(2), Office::new(3));
    full.write_many(10);
    meet(&mut full, &mut some);
    full.write_many(30);
    (full, some, none)
}

#[test]
fn one_stick_serves_every_office_that_is_known() {
    let (full, mut some, mut none) = offices();
    let others = [some.holdings.heads(), none.holdings.heads()];
    let plan = plan_bundle(&others, &RangeSet::default(), ROOM, &full);
    assert_eq!((plan.complete, plan.left_out.is_empty()), (2, true));
    let file = plan.write(REGION, &[], &full).expect("file");
    assert_eq!(file.len() as u64, plan.bytes);
    for office in [&mut some, &mut none] {
        import(&file, office);
        assert_eq!(office.entries, full.entries);
    }
}

#[test]
fn a_stick_for_one_office_holds_only_what_that_one_lacks() {
    let (full, some, _) = offices();
    let plan = plan_bundle(&[some.holdings.heads()], &RangeSet::default(), ROOM, &full);
    assert_eq!(plan.ranges.positions(), 30);
    let nothing = plan_bundle(&[full.holdings.heads()], &RangeSet::default(), ROOM, &full);
    assert!(nothing.ranges.is_empty() && nothing.complete == 1);
    let unknown = plan_bundle(&[], &RangeSet::default(), ROOM, &full);
    assert_eq!(unknown.ranges.positions(), 40);
    let second = plan_bundle(&[], &plan.ranges, ROOM, &full);
    assert_eq!(second.ranges.positions(), 10);
}

#[test]
fn a_small_stick_serves_first_the_office_that_lacks_least_and_leaves_no_gaps() {
    let (full, mut some, mut none) = offices();
    let others = [none.holdings.heads(), some.holdings.heads()];
    let room = 73 + 35 * 661;
    let plan = plan_bundle(&others, &RangeSet::default(), room, &full);
    assert_eq!((plan.complete, plan.bytes), (1, room));
    assert_eq!(plan.left_out.positions(), 5);
    let file = plan.write(REGION, &[], &full).expect("file");
    import(&file, &mut some);
    assert_eq!(some.entries, full.entries);
    import(&file, &mut none);
    assert_eq!(none.holdings.heads().as_slice()[0].seq.0, 5);
    // The next file holds the rest.
    let next = plan_bundle(&others, &plan.ranges, ROOM, &full);
    import(&next.write(REGION, &[], &full).expect("file"), &mut none);
    assert_eq!(none.entries, full.entries);
}

#[test]
fn an_import_is_told_before_it_is_made() {
    let (full, mut some, _) = offices();
    let mut file = plan_bundle(&[], &RangeSet::default(), ROOM, &full);
    let plan = |file: &[u8], office: &Office| {
        plan_import(&Bundle::decode(file, REGION).expect("bundle"), office)
    };
    let whole = file.write(REGION, &[], &full).expect("file");
    let told = plan(&whole, &some);
    assert_eq!((told.new[&log(1)], told.known), (30, 10));
    assert!(told.gaps.is_empty());
    file.ranges = file.ranges.difference(&file.ranges.prefix(20, 1));
    let told = plan(&file.write(REGION, &[], &full).expect("file"), &some);
    assert_eq!((told.new[&log(1)], told.gaps.positions()), (20, 10));
    import(&whole, &mut some);
    assert_eq!(plan(&whole, &some).known, 40);
}

#[test]
fn the_example_is_written_on_no_stick() {
    let (full, ..) = offices();
    let plan = plan_bundle(&[], &RangeSet::default(), ROOM, &full);
    assert_eq!(
        plan.write(RegionId::EXAMPLE, &[], &full),
        Err(WireError::Example)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn a_plan_is_within_its_size_and_says_what_it_left_out(
        counts in proptest::collection::vec(0_u64..40, 3), room in 0_u64..60_000
    ) {
        let mut full = Office::new(9);
        let mut others: Vec<Heads> = Vec::new();
        for (number, count) in (1..).zip(&counts) {
            let mut office = Office::new(number);
            office.write_many(*count);
            others.push(office.holdings.heads());
            meet(&mut full, &mut office);
        }
        let plan = plan_bundle(&others, &RangeSet::default(), room, &full);
        let file = plan.write(REGION, &[], &full).expect("file");
        prop_assert_eq!(file.len() as u64, plan.bytes);
        prop_assert!(plan.bytes <= room.max(73));
        prop_assert!(plan.ranges.intersection(&plan.left_out).is_empty());
        let mut all = plan.ranges.clone();
        all.extend(&plan.left_out);
        let mut lacking = RangeSet::default();
        for heads in &others {
            lacking.extend(&full.holdings.surplus(heads, &|head| full.holds(head)));
        }
        prop_assert_eq!(all, lacking);
        prop_assert_eq!(plan.complete == 3, plan.left_out.is_empty());
    }
}
