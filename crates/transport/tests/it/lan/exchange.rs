//! What members do on one network.

use super::office::{LanOffice, are_equal};
use crate::desk::until;
use crate::office::Crash;
use radrum_transport::{Finding, LanProblem, LanStatus, StartError};
use radrum_wire::RegionId;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::time::{Duration, Instant};

#[test]
fn two_offices_on_one_network_come_to_hold_the_same_and_news_go_both_ways_at_once() {
    let a = LanOffice::open(1, 3_000, &[]);
    let b = LanOffice::open(2, 40, &[&a]);
    until("the same", || a.count() == 3_040 && are_equal(&[&a, &b]));
    for round in 1..=5 {
        a.write(1);
        until("news", || b.count() == 3_040 + 2 * round - 1);
        b.write(1);
        until("news", || a.count() == 3_040 + 2 * round);
    }
    until("the same", || are_equal(&[&a, &b]));
    for office in [&a, &b] {
        let status = office.status();
        assert_eq!((status.lines, status.problem), (1, None));
        assert_eq!(status.port, Some(office.road().port()));
        assert_eq!(status.finding, Finding::Off);
        assert!(status.met_at.is_some());
    }
}

#[test]
fn two_offices_that_call_each_other_keep_one_line() {
    let mut a = LanOffice::open(1, 10, &[]);
    let b = LanOffice::open(2, 10, &[&a]);
    a.road()
        .addresses(vec![b.address().to_string().parse().expect("address")]);
    until("the same", || a.count() == 20 && are_equal(&[&a, &b]));
    for round in 1..=20 {
        a.write(1);
        b.write(1);
        until("news", || {
            a.count() == 20 + 2 * round && are_equal(&[&a, &b])
        });
    }
    // With an address that is this device's own, it calls itself once and no more.
    let own = a.address().to_string().parse().expect("address");
    a.road().addresses(vec![own]);
    a.write(1);
    until("news", || b.count() == 61);
    for office in [&a, &b] {
        let lines = office.statuses().iter().map(|status| status.lines).max();
        assert_eq!(lines, Some(1));
    }
    a.stop();
    b.until_lines(0);
}

#[test]
fn what_came_from_one_neighbour_goes_on_to_the_next() {
    let a = LanOffice::open(1, 5, &[]);
    let b = LanOffice::open(2, 5, &[&a]);
    let c = LanOffice::open(3, 5, &[&b]);
    let d = LanOffice::open(4, 5, &[&c]);
    let all = [&a, &b, &c, &d];
    until("the same", || a.count() == 20 && are_equal(&all));
    a.write(2);
    until("at the other end", || d.count() == 22);
    d.write(2);
    until("back", || a.count() == 24 && are_equal(&all));
}

#[test]
fn entries_that_came_by_another_road_go_on_at_once() {
    let a = LanOffice::open(1, 1, &[]);
    let b = LanOffice::open(2, 1, &[&a]);
    until("the same", || a.count() == 2 && are_equal(&[&a, &b]));
    let far = LanOffice::new(7);
    far.office().write_many(4);
    let entries: Vec<Vec<u8>> = far.office().entries.values().cloned().collect();
    let envelopes: Vec<_> = entries
        .iter()
        .map(|entry| radrum_wire::Envelope::decode(entry).expect("entry"))
        .collect();
    a.office().take(&envelopes);
    a.road().imported();
    until("passed on", || b.count() == 6);
}

#[test]
fn a_colleague_who_comes_later_or_comes_back_is_met_again() {
    let mut a = LanOffice::open(1, 5, &[]);
    let b = LanOffice::open(2, 5, &[&a]);
    until("the same", || are_equal(&[&a, &b]));
    let mut config = a.config();
    config.listen = a.address();
    a.stop();
    b.until_lines(0);
    assert_eq!(a.status().port, None);
    b.write(3);
    a.office().write_many(2);
    a.start(config).expect("the same port");
    until("the same", || a.count() == 15 && are_equal(&[&a, &b]));
}

#[test]
fn a_member_who_is_revoked_gets_nothing_more_and_loses_the_line() {
    let a = LanOffice::open(1, 5, &[]);
    let b = LanOffice::open(2, 5, &[&a]);
    until("the same", || are_equal(&[&a, &b]));
    a.until_lines(1);
    a.revoke(2);
    a.write(5);
    a.until_lines(0);
    b.until_lines(0);
    assert_eq!((a.count(), b.count()), (15, 10));
    a.still_trades(3);
    assert_eq!(b.count(), 10);
}

#[test]
fn an_office_of_another_krets_and_one_that_left_are_not_met() {
    let a = LanOffice::open(1, 5, &[]);
    a.revoke(2);
    let mut elsewhere = LanOffice::new(3);
    elsewhere.start_in(RegionId::from_bytes([8; 16]));
    let left = LanOffice::open(2, 5, &[&a]);
    // They call, and are called.
    let others = [&elsewhere, &left].map(|office| office.address().to_string());
    let others = others.map(|other| other.parse().expect("address"));
    a.road().addresses(others.into());
    for number in 4..=6 {
        a.still_trades(number);
        a.road().retry();
        left.road().retry();
    }
    assert_eq!((elsewhere.count(), left.count()), (0, 5));
    // The one that left greets whom it takes for a member, and is not answered.
    for stranger in [&elsewhere, &left] {
        let has_met = stranger
            .statuses()
            .iter()
            .any(|status| status.met_at.is_some());
        assert!(!has_met, "{}", stranger.number);
    }
    assert_eq!(a.office().holdings.heads().as_slice().len(), 4);
}

#[test]
fn a_store_that_cannot_be_reached_is_said_and_tried_again() {
    let a = LanOffice::open(1, 5, &[]);
    a.office().crash = Some(Crash::Before);
    let b = LanOffice::open(2, 5, &[&a]);
    until("the same", || a.count() == 10 && are_equal(&[&a, &b]));
    let problems: Vec<_> = a
        .statuses()
        .iter()
        .filter_map(|status| status.problem)
        .collect();
    assert!(problems.contains(&LanProblem::StoreAway), "{problems:?}");
    until("well again", || a.status().problem.is_none());
}

#[test]
fn a_road_with_an_open_line_stops_at_once_and_frees_its_port() {
    let mut a = LanOffice::open(1, 5, &[]);
    let b = LanOffice::open(2, 5, &[&a]);
    until("the same", || are_equal(&[&a, &b]));
    let (address, begun) = (a.address(), Instant::now());
    a.stop();
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "{:?}",
        begun.elapsed()
    );
    let last = a.status();
    assert_eq!((last.port, last.lines), (None, 0));
    TcpListener::bind(address).expect("a free port");
    drop(b);
}

#[test]
fn a_road_that_is_dropped_lets_go_of_the_host() {
    let mut a = LanOffice::open(1, 5, &[]);
    let address = a.address();
    drop(a.road.take());
    let is_closed = |status: &LanStatus| status.port.is_none();
    until("closed", || a.statuses().last().is_some_and(is_closed));
    TcpListener::bind(address).expect("a free port");
}

#[test]
fn a_port_that_another_program_has_is_an_error_with_a_code() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("port");
    let mut a = LanOffice::new(1);
    let mut config = a.config();
    config.listen = taken.local_addr().expect("address");
    let error = a.start(config).expect_err("taken");
    assert_eq!(error.code(), "road_no_port");
}

#[test]
fn the_exempelkrets_listens_to_nobody() {
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("port");
    let address: SocketAddr = free.local_addr().expect("address");
    drop(free);
    let mut a = LanOffice::new(1);
    let mut config = a.config();
    (config.region, config.listen) = (RegionId::EXAMPLE, address);
    assert_eq!(a.start(config), Err(StartError::Example));
    assert!(std::net::TcpStream::connect(address).is_err());
    assert!(a.statuses().is_empty());
}

#[test]
fn a_panic_on_the_road_ends_it_and_is_seen() {
    let mut a = LanOffice::new(1);
    let config = a.config();
    let panics = |status: LanStatus| assert_eq!(status.lines, 0, "planted");
    a.start_showing(config, panics).expect("road");
    let b = LanOffice::open(2, 5, &[&a]);
    until("ended", || !a.road().is_running());
    until("no line", || b.status().lines == 0);
    assert_eq!((a.count(), b.road().is_running()), (0, true));
}
