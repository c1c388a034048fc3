//! Several relay processes on one database look like one relay.

use crate::cluster::Cluster;
use crate::device::{Device, Log, REGION, code, public, read, roster, signing};
use crate::running::{ADMIN, Running, admit, config};
use radrum_wire::relay::{RefusalCode, RelayState, Woken};
use std::time::{Duration, Instant};

/// Until it is so, or too long.
fn soon(mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(10), "not within 10 s");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn two_relays_on_one_database_look_like_one() {
    let cluster = Cluster::start();
    let mut shared = config();
    shared.database = Some(cluster.url());
    let (one, two) = (Running::start(&shared), Running::start(&shared));
    // The roster was put at one; the other hears of it.
    let at_one = admit(&one.base, 2);
    let at_two = |device: &Device| Device {
        base: two.base.clone(),
        ..device.clone()
    };
    let other = at_two(&at_one[1]);
    // A token of one is good at the other, as soon as the roster has arrived.
    soon(|| other.get("state").status() == 200);
    let state = |device: &Device| -> RelayState { read(device.get("state")).expect("state") };
    assert_eq!(state(&at_one[1]), state(&other));
    // A push at one wakes who waits at the other.
    let waiting = other.clone();
    let waiter = std::thread::spawn(move || {
        let begun = Instant::now();
        let woken: Woken = read(waiting.get("wait?after=0&seconds=50")).expect("woken");
        (woken.cursor, begun.elapsed())
    });
    std::thread::sleep(Duration::from_millis(300));
    let pushed = at_one[0].push(&Log::new(1).take(3)).expect("push");
    let (cursor, took) = waiter.join().expect("waiter");
    assert_eq!(cursor, pushed.cursor);
    assert!(took < Duration::from_secs(4), "{took:?}");
    assert_eq!(other.pull_all(10_000).len(), 3);
    assert_eq!(state(&at_one[1]), state(&other));
    // Who is taken off the roster at one is refused at the other.
    let rest = roster(
        REGION,
        2,
        Vec::new(),
        &[public(&signing(0))],
        &signing(ADMIN),
    );
    assert_eq!(at_one[0].put_roster(&rest).status(), 200);
    soon(|| other.get("state").status() == 403);
    assert_eq!(code(other.get("state")), RefusalCode::NotOnRoster);
}
