//! A snapshot is read before the first entries and made when nothing else is left; whatever
//! becomes of it, the logs come.

use crate::drive::Driver;
use crate::model::Model;
use crate::office::{LAST_PART, Office, log, part};
use radrum_sync::{Answer, Event, Phase, Refused};
use radrum_wire::relay::RefusalCode;

const DAY_MS: i64 = 24 * 3_600_000;

/// A relay with some entries of office 1 and a snapshot of that many parts.
fn relay(parts: u64) -> Model {
    let mut model = Model::new();
    let mut founder = Office::new(1);
    founder.write_many(20);
    for bytes in founder.entries.values() {
        model.keep(bytes);
    }
    model.snapshot = (1..=parts).map(|n| (n, part(log(1), n))).collect();
    model
}

fn newcomer() -> Office {
    Office {
        wants: Some(1),
        ..Office::new(2)
    }
}

fn start(office: &mut Office, model: &mut Model) -> Driver {
    let mut driver = Driver::new(office);
    driver.start(office, model);
    driver
}

fn has_all(office: &Office, driver: &Driver) -> bool {
    office.entries.len() == 20 && driver.status().phase == Phase::UpToDate
}

fn first(driver: &Driver, name: &str) -> Option<usize> {
    driver.names().iter().position(|asked| *asked == name)
}

fn count(driver: &Driver, name: &str) -> usize {
    driver
        .names()
        .iter()
        .filter(|asked| **asked == name)
        .count()
}

#[test]
fn a_new_device_reads_all_parts_before_it_pulls() {
    let (mut model, mut office) = (relay(LAST_PART), newcomer());
    let driver = start(&mut office, &mut model);
    assert_eq!(office.parts, [1, 2, 3, 4, 5]);
    assert!(first(&driver, "snapshot") < first(&driver, "pull"));
    assert!(has_all(&office, &driver));
    assert_eq!(count(&driver, "snapshot"), 1, "{:?}", driver.names());
}

#[test]
fn a_device_that_has_begun_goes_on_with_the_part_that_it_wants() {
    let (mut model, mut office) = (relay(LAST_PART), newcomer());
    office.wants = Some(4);
    let driver = start(&mut office, &mut model);
    assert_eq!(office.parts, [4, 5]);
    assert!(has_all(&office, &driver));
}

#[test]
fn where_there_is_none_or_it_is_not_whole_the_logs_come_all_the_same() {
    for parts in [0, 1, 3] {
        let (mut model, mut office) = (relay(parts), newcomer());
        let driver = start(&mut office, &mut model);
        let mut given: Vec<u64> = (1..=parts).collect();
        given.push(0);
        assert_eq!(office.parts, given);
        assert!(has_all(&office, &driver));
    }
}

#[test]
fn a_relay_that_gives_the_same_part_again_and_again_is_left_at_the_third_time() {
    let (mut model, mut office) = (relay(LAST_PART), newcomer());
    let wrong = model.snapshot.remove(&1).expect("part");
    model.snapshot.clear();
    model.snapshot.insert(9, wrong);
    office.wants = Some(2);
    let driver = start(&mut office, &mut model);
    assert_eq!(office.parts, [1, 1, 1, 0]);
    assert!(has_all(&office, &driver));
}

fn refused(code: RefusalCode) -> Answer {
    Answer::Refused(Refused {
        code,
        retry_after_s: None,
    })
}

#[test]
fn answers_that_are_lost_or_refused_do_not_keep_the_logs_away() {
    let answers = [
        refused(RefusalCode::Malformed),
        refused(RefusalCode::Unknown),
        Answer::Lost,
        Answer::Done,
    ];
    for answer in answers {
        let (mut model, mut office) = (relay(LAST_PART), newcomer());
        model.about_snapshots = Some(answer);
        let mut driver = start(&mut office, &mut model);
        for _ in 0..3 {
            // After a lost answer it rests.
            if driver.wait.is_none() {
                driver.pass(&mut office, &mut model);
            }
        }
        assert_eq!(office.parts, [0]);
        assert!(has_all(&office, &driver), "{:?}", driver.names());
    }
}

#[test]
fn a_settled_device_makes_one_where_there_is_none_and_sends_its_head_last() {
    let (mut model, mut office) = (relay(0), Office::new(2));
    office.makes = 3;
    let mut driver = start(&mut office, &mut model);
    assert_eq!(
        model.snapshot.keys().copied().collect::<Vec<_>>(),
        [1, 2, 3]
    );
    assert!(first(&driver, "pull") < first(&driver, "push snapshot"));
    assert_eq!(count(&driver, "snapshot"), 1);
    assert!(driver.wait.is_some());
    // It does not look again before tomorrow.
    driver.wake(&mut office, &mut model);
    assert_eq!(count(&driver, "snapshot"), 1);
    driver.now.0 += 2 * DAY_MS;
    driver.wake(&mut office, &mut model);
    driver.pass(&mut office, &mut model);
    assert_eq!(count(&driver, "snapshot"), 2);
    assert_eq!(count(&driver, "push snapshot"), 1);
}

#[test]
fn where_one_is_old_a_device_waits_for_its_turn_and_looks_again() {
    let (mut model, mut office) = (relay(LAST_PART), Office::new(2));
    (office.makes, office.is_never_new) = (2, true);
    let mut driver = start(&mut office, &mut model);
    assert_eq!(count(&driver, "push snapshot"), 0);
    driver.now.0 += DAY_MS / 24;
    driver.wake(&mut office, &mut model);
    assert_eq!(count(&driver, "snapshot"), 2, "{:?}", driver.names());
    assert_eq!(count(&driver, "push snapshot"), 1);
    assert_eq!(model.snapshot.len(), 2);
}

#[test]
fn a_relay_that_takes_none_is_not_asked_before_tomorrow_and_another_store_is() {
    for answer in [refused(RefusalCode::RegionFull), Answer::Lost] {
        let (mut model, mut office) = (relay(0), Office::new(2));
        office.makes = 2;
        model.about_snapshots = Some(answer);
        let mut driver = start(&mut office, &mut model);
        for _ in 0..12 {
            driver.pass(&mut office, &mut model);
        }
        let asked = count(&driver, "snapshot") + count(&driver, "push snapshot");
        assert!((1..=8).contains(&asked), "{:?}", driver.names());
        assert!(model.snapshot.is_empty());
        model.empty();
        driver.tell(Event::Resumed, &mut office, &mut model);
        assert_eq!(model.snapshot.len(), 2);
    }
}

#[test]
fn a_device_that_makes_none_and_wants_none_never_asks() {
    let (mut model, mut office) = (relay(LAST_PART), Office::new(2));
    let driver = start(&mut office, &mut model);
    assert_eq!(count(&driver, "snapshot"), 0);
    assert!(has_all(&office, &driver));
}
