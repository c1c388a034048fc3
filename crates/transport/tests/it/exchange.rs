//! What two offices and a relay do.

use crate::desk::{Desk, are_equal, until};
use crate::office::REGION;
use crate::relay::RelayProcess;
use radrum_sync::{Problem, RangeSet, plan_bundle};
use radrum_transport::{read_bundle, write_bundle};
use radrum_wire::{Bundle, Envelope};
use std::sync::Arc;
use std::time::Duration;

const AT_ONCE: Duration = Duration::from_secs(1);

#[test]
fn two_offices_come_to_hold_the_same_and_news_arrive_while_they_listen() {
    let relay = RelayProcess::start();
    let (mut a, mut b) = (Desk::new(1), Desk::new(2));
    a.office().write_many(300);
    b.office().write_many(40);
    a.open(&relay.url());
    b.open(&relay.url());
    until("the same", || a.count() == 340 && are_equal(&[&a, &b]));
    a.until_idle();
    b.until_idle();
    for round in 1..=5 {
        a.write(1);
        until("news", || b.count() == 340 + 2 * round - 1);
        b.write(1);
        until("news", || a.count() == 340 + 2 * round);
    }
    until("the same", || are_equal(&[&a, &b]));
    a.until_idle();
    let fetched = a
        .status()
        .and_then(|status| status.fetched_at)
        .expect("fetched")
        .0;
    let now = std::time::UNIX_EPOCH.elapsed().expect("clock").as_millis();
    let now = i64::try_from(now).expect("small");
    assert!(
        (now - 120_000..=now + 5_000).contains(&fetched),
        "{fetched}"
    );
}

#[test]
fn a_road_that_listens_stops_at_once() {
    let relay = RelayProcess::start();
    let mut desk = Desk::new(1);
    desk.office().write_many(3);
    desk.open(&relay.url());
    desk.until_idle();
    let took = desk.stop();
    assert!(took < AT_ONCE, "{took:?}");
    let closed = desk.status().expect("status").phase;
    assert_eq!(closed, radrum_sync::Phase::Closed);
}

#[test]
fn a_road_that_is_dropped_lets_go_of_the_host() {
    let relay = RelayProcess::start();
    let mut desk = Desk::new(1);
    desk.open(&relay.url());
    desk.until_idle();
    drop(desk.road.take());
    let closed = |desk: &Desk| desk.status().map(|status| status.phase);
    until("closed", || {
        closed(&desk) == Some(radrum_sync::Phase::Closed)
    });
}

#[test]
fn a_relay_that_is_killed_in_the_middle_and_started_again_costs_nothing() {
    let mut relay = RelayProcess::start();
    let (mut a, mut b) = (Desk::new(1), Desk::new(2));
    a.open(&relay.url());
    let mut written = 0;
    for _ in 1..=3 {
        let gate = Arc::clone(&b.gate);
        let stands = gate.lock().expect("gate");
        let before = b.count();
        // 2 MB, of which a road fetches one at a time.
        a.write(3_000);
        b.office().write_many(100);
        b.open(&relay.url());
        until("a part", || b.count() > before + 100);
        assert!(b.count() < before + 3_000);
        relay.kill();
        drop(stands);
        a.write(1);
        written += 3_101;
        relay.restart();
        a.road().retry();
        b.road().retry();
        let all = |desk: &Desk| desk.count() == written;
        until("the same", || all(&a) && all(&b) && are_equal(&[&a, &b]));
        a.until_idle();
        b.until_idle();
        b.stop();
    }
}

#[test]
fn a_road_that_is_opened_again_goes_on_where_it_was() {
    let relay = RelayProcess::start();
    let (mut a, mut b) = (Desk::new(1), Desk::new(2));
    a.open(&relay.url());
    b.open(&relay.url());
    a.write(20);
    until("the same", || b.count() == 20);
    b.until_idle();
    b.stop();
    let cursor = b.office().memory.cursor;
    assert_eq!(cursor, 20);
    a.write(5);
    a.until_idle();
    b.open(&relay.url());
    until("the rest", || b.count() == 25);
    b.until_idle();
    // What was known is not fetched again.
    assert!(b.office().largest_batch <= 20 * 661);
}

#[test]
fn a_relay_that_was_emptied_is_given_its_roster_and_filled_again() {
    let mut relay = RelayProcess::start();
    let (mut a, mut b, mut c) = (Desk::new(1), Desk::new(2), Desk::new(3));
    a.office().write_many(50);
    b.office().write_many(50);
    a.open(&relay.url());
    b.open(&relay.url());
    until("the same", || a.count() == 100 && are_equal(&[&a, &b]));
    a.until_idle();
    relay.kill();
    relay.empty();
    relay.restart();
    a.road().retry();
    b.road().retry();
    // Who comes now gets everything from what the two gave back.
    c.open(&relay.url());
    until("everything", || {
        c.count() == 100 && are_equal(&[&a, &b, &c])
    });
    for desk in [&a, &b, &c] {
        until("up to date", || {
            desk.status().is_some_and(|status| {
                status.phase == radrum_sync::Phase::UpToDate && status.waiting == 0
            })
        });
    }
}

#[test]
fn a_road_whose_computer_woke_asks_anew() {
    let relay = RelayProcess::start();
    let (mut a, mut b) = (Desk::new(1), Desk::new(2));
    a.open(&relay.url());
    b.open(&relay.url());
    a.until_idle();
    b.until_idle();
    for round in 1..=3 {
        a.road().resumed();
        b.road().resumed();
        a.write(1);
        until("news", || b.count() == round);
    }
}

#[test]
fn entries_that_came_by_a_stick_are_passed_on_to_the_relay() {
    let relay = RelayProcess::start();
    let (mut a, mut b, c) = (Desk::new(1), Desk::new(2), Desk::new(3));
    a.open(&relay.url());
    b.open(&relay.url());
    a.until_idle();
    c.office().write_many(7);
    let stick = tempfile::TempDir::new().expect("folder");
    let path = stick.path().join("krets.radrum");
    let plan = plan_bundle(&[], &RangeSet::default(), u64::MAX, &*c.office());
    let file = plan.write(REGION, &[], &*c.office()).expect("bundle");
    write_bundle(&path, &file).expect("written");
    let file = read_bundle(&path).expect("read");
    let bundle = Bundle::decode(&file, REGION).expect("bundle");
    let envelopes: Vec<Envelope<'_>> = bundle.envelopes().collect();
    a.office().take(&envelopes);
    a.road().imported();
    until("passed on", || b.count() == 7);
}

#[test]
fn a_relay_without_this_krets_is_a_wrong_address() {
    let relay = RelayProcess::start();
    let mut desk = Desk::new(1);
    desk.open_krets(&relay.url(), radrum_wire::RegionId::from_bytes([8; 16]));
    desk.until_problem(Problem::WrongRelay);
    assert!(desk.stop() < AT_ONCE);
}

#[test]
fn a_device_that_stands_on_no_roster_is_told_so() {
    let relay = RelayProcess::start();
    let (mut a, mut stranger) = (Desk::new(1), Desk::new(9));
    a.open(&relay.url());
    a.until_idle();
    stranger.open(&relay.url());
    stranger.until_problem(Problem::NotOnRoster);
}
