use super::{Called, Calls, FOUND_MAX, GRACE, Place, RETRY, RETRY_MAX, TYPED_MAX, Target, Up};
use radrum_wire::{AuthKey, LanName};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::time::Instant;

const OWN: LanName = LanName::from_bytes([5; 16]);
const LOWER: LanName = LanName::from_bytes([4; 16]);
const HIGHER: LanName = LanName::from_bytes([6; 16]);
const KEY: AuthKey = AuthKey::from_bytes([1; 32]);

fn at(last: u8) -> Vec<SocketAddr> {
    vec![SocketAddr::from(([10, 0, 0, last], 47_110))]
}

fn targets(calls: &mut Calls, now: Instant, up: &Up) -> Vec<Target> {
    let due = calls.due(now, up).into_iter();
    due.map(|(target, _)| target).collect()
}

fn with_line(last: u8) -> Up {
    Up {
        keys: [KEY].into(),
        from: [at(last)[0].ip()].into(),
    }
}

#[test]
fn of_two_that_find_each_other_the_lower_name_calls_and_the_other_only_if_nobody_does() {
    let (mut calls, now) = (Calls::new(OWN), Instant::now());
    calls.found(HIGHER, at(6), now);
    calls.found(LOWER, at(4), now);
    let none = Up::default();
    assert_eq!(targets(&mut calls, now, &none), [Target::Found(HIGHER)]);
    assert_eq!(calls.next(&none), Some(now + GRACE));
    // The other has called by then.
    let later = now + GRACE;
    assert_eq!(targets(&mut calls, later, &with_line(4)), []);
    assert_eq!(calls.next(&with_line(4)), None);
    assert_eq!(targets(&mut calls, later, &none), [Target::Found(LOWER)]);
}

#[test]
fn nobody_calls_itself() {
    let (mut calls, now) = (Calls::new(OWN), Instant::now());
    calls.found(OWN, at(5), now);
    calls.typed(vec!["10.0.0.5:47110".parse().expect("address")], now);
    let none = Up::default();
    let due = targets(&mut calls, now, &none);
    assert_eq!(due.len(), 1);
    calls.ended(&due[0], Called::Own, now);
    assert_eq!(calls.next(&none), None);
    // In another network another computer may have that address.
    calls.again(now);
    assert_eq!(calls.next(&none), Some(now));
}

#[test]
fn who_does_not_answer_is_called_less_and_less_often_and_never_given_up() {
    let (mut calls, mut now) = (Calls::new(OWN), Instant::now());
    calls.typed(vec!["maja:47110".parse().expect("address")], now);
    let none = Up::default();
    let mut waits = Vec::new();
    for _ in 0..40 {
        let due = targets(&mut calls, now, &none);
        assert_eq!(targets(&mut calls, now, &none), [], "called twice at once");
        calls.ended(&due[0], Called::Nobody, now);
        let next = calls.next(&none).expect("again");
        waits.push(next - now);
        now = next;
    }
    assert_eq!(waits[..3], [RETRY, RETRY * 2, RETRY * 4]);
    assert_eq!(waits.last(), Some(&RETRY_MAX));
    calls.again(now - Duration::from_secs(1));
    assert!(calls.next(&none) <= Some(now));
}

#[test]
fn who_has_a_line_is_not_called_and_is_called_again_when_it_breaks() {
    let (mut calls, now) = (Calls::new(OWN), Instant::now());
    calls.typed(vec!["10.0.0.6:47110".parse().expect("address")], now);
    let due = targets(&mut calls, now, &Up::default());
    calls.ended(&due[0], Called::Met(KEY), now);
    let up = with_line(6);
    assert_eq!(targets(&mut calls, now + RETRY_MAX, &up), []);
    let broken = targets(&mut calls, now + RETRY, &Up::default());
    assert_eq!(broken, due);
}

#[test]
fn a_flood_of_announcements_fills_a_list_and_no_more() {
    let (mut calls, now) = (Calls::new(OWN), Instant::now());
    for number in 0..10_000_u128 {
        calls.found(LanName::from_bytes(number.to_be_bytes()), at(9), now);
    }
    assert_eq!(calls.known.len(), FOUND_MAX);
    calls.gone(LanName::from_bytes([0; 16]));
    assert_eq!(calls.known.len(), FOUND_MAX - 1);
    // What a person typed has room beside it.
    let typed = (1..=200).map(|port| format!("maja:{port}").parse().expect("address"));
    calls.typed(typed.collect(), now);
    assert_eq!(calls.known.len(), FOUND_MAX - 1 + TYPED_MAX);
}

#[test]
fn a_device_with_another_address_is_called_there() {
    let (mut calls, now) = (Calls::new(OWN), Instant::now());
    let none = Up::default();
    calls.found(HIGHER, at(6), now);
    let due = calls.due(now, &none);
    calls.ended(&due[0].0, Called::Nobody, now);
    calls.found(HIGHER, at(7), now);
    let moved = calls.due(now, &none);
    assert_eq!(moved, [(Target::Found(HIGHER), Place::Found(at(7)))]);
    calls.gone(HIGHER);
    calls.ended(&moved[0].0, Called::Nobody, now);
    assert_eq!(calls.next(&none), None);
}

#[test]
fn addresses_that_are_no_longer_typed_are_no_longer_called() {
    let (mut calls, now) = (Calls::new(OWN), Instant::now());
    let address = |text: &str| text.parse().expect("address");
    calls.typed(vec![address("maja:1"), address("eva:1")], now);
    calls.found(HIGHER, at(6), now);
    calls.typed(vec![address("eva:1")], now);
    let due = targets(&mut calls, now, &Up::default());
    assert_eq!(
        due,
        [Target::Typed(address("eva:1")), Target::Found(HIGHER)]
    );
}
