//! What one device may bring and ask.

use crate::device::{Log, code, header};
use crate::running::{Running, config};
use radrum_wire::relay::RefusalCode;

#[test]
fn the_day_of_one_log_ends_without_touching_others_or_reading() {
    let mut few = config();
    few.quotas.entries_a_day = 5;
    let (_relay, devices) = Running::with_devices(&few, 2);
    let mut log = Log::new(1);
    let mut all = log.take(40);
    // A log that is new to the relay is a first sync, and goes free.
    devices[0].push(&all).expect("first sync");
    // From another device the same log is not new any more.
    for _ in 0..5 {
        let entry = log.next();
        devices[1].push(std::slice::from_ref(&entry)).expect("push");
        all.push(entry);
    }
    let sixth = log.next();
    let answer = devices[1].post(
        "entries",
        crate::device::FRAMES,
        crate::device::frames(&[sixth]),
    );
    let wait: u64 = header(&answer, "retry-after").parse().expect("seconds");
    assert!(wait > 3_000 && wait <= 3_600, "{wait}");
    assert_eq!(code(answer), RefusalCode::QuotaExceeded);
    // Another log, another device, and reading go on.
    devices[1].push(&Log::new(2).take(1)).expect("another log");
    devices[0].push(&log.take(1)).expect("another device");
    assert_eq!(devices[1].pull_all(100_000).len(), 47);
}

#[test]
fn nothing_is_counted_while_an_emptied_relay_is_refilled() {
    let mut few = config();
    few.quotas.entries_a_day = 5;
    few.quotas.refill_hours = 1;
    let (_relay, devices) = Running::with_devices(&few, 2);
    for n in 0..30 {
        devices[0].push(&Log::new(n).take(10)).expect("refill");
    }
    let mut log = Log::new(100);
    for _ in 0..10 {
        devices[1].push(&log.take(2)).expect("refill");
    }
}

#[test]
fn a_device_that_asks_too_often_is_told_when_to_come_again() {
    let mut few = config();
    few.quotas.requests_a_minute = 10;
    let (_relay, devices) = Running::with_devices(&few, 2);
    // The token was one of them.
    for _ in 0..9 {
        assert_eq!(devices[0].get("state").status(), 200);
    }
    let answer = devices[0].get("state");
    let wait: u64 = header(&answer, "retry-after").parse().expect("seconds");
    assert!((1..=6).contains(&wait), "{wait}");
    assert_eq!(code(answer), RefusalCode::TooManyRequests);
    assert_eq!(devices[1].get("state").status(), 200);
    // Right at the time that was told.
    std::thread::sleep(std::time::Duration::from_secs(wait));
    assert_eq!(devices[0].get("state").status(), 200);
}
