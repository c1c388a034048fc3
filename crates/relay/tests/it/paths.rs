//! Every path of FORMAT.md 8, as a client uses it.

use crate::device::{
    Device, FRAMES, Log, RECORD, REGION, envelope, envelopes, frames, hash, header, public, read,
    roster, sized,
};
use crate::running::{ADMIN, Running, config};
use radrum_wire::relay::{RelayState, Woken};
use radrum_wire::{
    EntryHash, Family, Head, Heads, Letter, LogId, Nonce, Range, Ranges, Record as _, Salt,
    SealedRequest, SealedWelcome, Seq,
};
use std::time::{Duration, Instant};

fn state(device: &Device) -> RelayState {
    read(device.get("state")).expect("state")
}

#[test]
fn what_one_device_pushes_another_pulls() {
    let (_relay, devices) = Running::with_devices(&config(), 2);
    let empty = state(&devices[1]);
    assert_eq!((empty.cursor, empty.roster), (0, 1));
    assert_eq!(empty.digest, Heads::default().digest());
    let mut log = Log::new(1);
    let all = log.take(7);
    let pushed = devices[0].push(&all[..5]).expect("push");
    assert_eq!((pushed.stored, pushed.known, pushed.cursor), (5, 0, 5));
    let pushed = devices[0].push(&all).expect("push");
    assert_eq!((pushed.stored, pushed.known, pushed.cursor), (2, 5, 7));
    // Any device may push any entry.
    let pushed = devices[1].push(&all).expect("push");
    assert_eq!((pushed.stored, pushed.known), (0, 7));
    assert_eq!(devices[1].pull_all(2_000), all);
    let head = Head {
        log: log.id,
        seq: Seq(7),
        hash: hash(&all[6]),
    };
    let heads = devices[1].get("heads");
    assert_eq!(header(&heads, "content-type"), RECORD);
    let heads = Heads::decode_record(&heads.bytes().expect("body")).expect("heads");
    assert_eq!(heads.as_slice(), [head]);
    let now = state(&devices[1]);
    assert_eq!(
        (now.cursor, now.digest, now.store),
        (7, heads.digest(), empty.store)
    );
    let ranges = Ranges(vec![Range {
        log: log.id,
        first: Seq(2),
        last: Seq(3),
    }]);
    let answer = devices[1].post("ranges", RECORD, ranges.encode_record().expect("record"));
    assert_eq!(header(&answer, "content-type"), FRAMES);
    assert_eq!(envelopes(&answer.bytes().expect("body")), &all[1..3]);
}

#[test]
fn a_page_is_as_large_as_asked_and_never_larger_than_a_body() {
    let (_relay, devices) = Running::with_devices(&config(), 1);
    let mut prev = EntryHash::from_bytes([0; 32]);
    let mut all = Vec::new();
    for seq in 1..=10 {
        let log = Log::new(1).id;
        let bytes = sized(Family::Entry, REGION, log, seq, prev, 512 * 1024);
        prev = hash(&bytes);
        devices[0].push(std::slice::from_ref(&bytes)).expect("push");
        all.push(bytes);
    }
    let answer = devices[0].get("entries?after=0&bytes=99999999");
    assert_eq!(header(&answer, "radrum-more"), "1");
    assert_eq!(header(&answer, "radrum-cursor"), "7");
    assert!(answer.bytes().expect("body").len() <= 4 * 1024 * 1024);
    assert_eq!(devices[0].pull_all(99_999_999), all);
    let last = devices[0].get("entries?after=10");
    assert_eq!(
        (header(&last, "radrum-cursor"), header(&last, "radrum-more")),
        ("10".into(), String::new())
    );
}

#[test]
fn who_waits_is_woken_by_a_push_and_otherwise_answered_in_time() {
    let (mut relay, devices) = Running::with_devices(&config(), 2);
    let begun = Instant::now();
    let woken: Woken = read(devices[0].get("wait?after=0&seconds=1")).expect("woken");
    assert_eq!(woken.cursor, 0);
    assert!(begun.elapsed() >= Duration::from_millis(900));
    let waiting = devices[0].clone();
    let waiter = std::thread::spawn(move || {
        let woken: Woken = read(waiting.get("wait?after=0&seconds=50")).expect("woken");
        woken.cursor
    });
    std::thread::sleep(Duration::from_millis(200));
    let metrics = devices[0].http.get(format!("{}/metrics", relay.operator));
    let metrics = metrics.send().expect("metrics").text().expect("text");
    assert!(metrics.contains("radrum_relay_waiting 1"), "{metrics}");
    devices[1].push(&Log::new(1).take(1)).expect("push");
    assert_eq!(waiter.join().expect("waiter"), 1);
    assert!(begun.elapsed() < Duration::from_secs(10));
    // What is there already is told at once; a stop answers whoever waits.
    let woken: Woken = read(devices[0].get("wait?after=0&seconds=50")).expect("woken");
    assert_eq!(woken.cursor, 1);
    let waiting = devices[0].clone();
    let waiter = std::thread::spawn(move || waiting.get("wait?after=1&seconds=50").status());
    std::thread::sleep(Duration::from_millis(200));
    relay.stop();
    assert_eq!(waiter.join().expect("waiter"), 200);
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_slot_is_overwritten_by_a_higher_counter_only() {
    let (_relay, devices) = Running::with_devices(&config(), 2);
    let (log, other) = (Log::new(1).id, Log::new(2).id);
    let none = EntryHash::from_bytes([0; 32]);
    let slot = |log: LogId, seq| envelope(Family::Slot, REGION, log, seq, none);
    let put = |log: LogId, slot: &Vec<u8>| {
        let body = frames(std::slice::from_ref(slot));
        let answer = devices[0].put(&format!("slots/{log}"), FRAMES, body);
        read::<serde_json::Value>(answer).map(|json| json["kept"] == true)
    };
    let (two, three) = (slot(log, 2), slot(log, 3));
    assert_eq!(put(log, &two), Ok(true));
    assert_eq!(put(log, &slot(log, 1)), Ok(false));
    assert_eq!(put(log, &three), Ok(true));
    let of_other = slot(other, 1);
    assert_eq!(put(other, &of_other), Ok(true));
    let one = devices[1].get(&format!("slots/{log}"));
    assert_eq!(
        envelopes(&one.bytes().expect("body")),
        std::slice::from_ref(&three)
    );
    let all = devices[1].get("slots");
    assert_eq!(
        envelopes(&all.bytes().expect("body")),
        [three, of_other.clone()]
    );
    let rest = devices[1].get(&format!("slots?after={log}"));
    assert_eq!(envelopes(&rest.bytes().expect("body")), [of_other]);
}

#[test]
fn a_snapshot_is_handed_out_when_part_1_has_come() {
    let (_relay, devices) = Running::with_devices(&config(), 2);
    let id = EntryHash::from_bytes([5; 32]);
    let log = Log::new(1).id;
    let parts: Vec<_> = (1..=3)
        .map(|n| envelope(Family::Snapshot, REGION, log, n, id))
        .collect();
    assert_eq!(devices[1].get("snapshot").status(), 404);
    assert_eq!(
        devices[0]
            .post("snapshot", FRAMES, frames(&parts[1..]))
            .status(),
        200
    );
    assert_eq!(devices[1].get("snapshot").status(), 404);
    assert_eq!(
        devices[0]
            .post("snapshot", FRAMES, frames(&parts[..1]))
            .status(),
        200
    );
    let first = devices[1].get("snapshot?first=1&bytes=700");
    assert_eq!(header(&first, "radrum-more"), "1");
    assert_eq!(envelopes(&first.bytes().expect("body")), &parts[..1]);
    let rest = devices[1].get("snapshot?first=2");
    assert_eq!(header(&rest, "radrum-more"), "");
    assert_eq!(envelopes(&rest.bytes().expect("body")), &parts[1..]);
    assert_eq!(state(&devices[0]).cursor, 0);
}

#[test]
fn letters_go_both_ways_and_need_a_token_on_the_members_side_only() {
    let (relay, devices) = Running::with_devices(&config(), 1);
    let stranger = Device::new(&relay.base, 77);
    let id = Salt::from_bytes([3; 16]);
    let request = SealedRequest {
        invitation: id,
        nonce: Nonce::from_bytes([1; 24]),
        sealed: vec![7; 900],
    };
    let request = request.to_file().expect("file");
    let welcome = SealedWelcome {
        invitation: id,
        encapsulated: [2; 32],
        sealed: vec![8; 5_000],
    };
    let welcome = welcome.to_file().expect("file");
    let (ask, answer) = (
        format!("letters/{id}/request"),
        format!("letters/{id}/welcome"),
    );
    let file = "application/octet-stream";
    assert_eq!(devices[0].get(&ask).status(), 404);
    assert_eq!(stranger.put(&ask, file, request.clone()).status(), 204);
    assert_eq!(stranger.get(&ask).status(), 401);
    assert_eq!(devices[0].get(&ask).bytes().expect("body"), request);
    assert_eq!(stranger.get(&answer).status(), 404);
    assert_eq!(stranger.put(&answer, file, welcome.clone()).status(), 401);
    assert_eq!(devices[0].put(&answer, file, welcome.clone()).status(), 204);
    assert_eq!(stranger.get(&answer).bytes().expect("body"), welcome);
    // A letter in the wrong box, the other letter, and none at all.
    let other = format!("letters/{}/request", Salt::from_bytes([4; 16]));
    assert_eq!(stranger.put(&other, file, request).status(), 400);
    assert_eq!(stranger.put(&ask, file, welcome).status(), 400);
    assert_eq!(stranger.put(&ask, file, vec![1; 100]).status(), 400);
}

#[test]
fn a_roster_is_handed_out_as_it_came() {
    let (relay, devices) = Running::with_devices(&config(), 2);
    let admin = Device::new(&relay.base, ADMIN);
    let keys = [public(&devices[0].key)];
    let two = roster(REGION, 2, Vec::new(), &keys, &admin.key);
    assert_eq!(admin.put_roster(&two).status(), 200);
    let got = devices[0].get("roster").bytes().expect("body");
    assert_eq!(got, two.encode_record().expect("record"));
    // Who is not on it any more is refused, with the token that he has.
    assert_eq!(devices[1].get("state").status(), 403);
    assert_eq!(state(&devices[0]).roster, 2);
}

#[test]
fn the_operator_sees_health_and_figures() {
    let (relay, devices) = Running::with_devices(&config(), 1);
    devices[0].push(&Log::new(1).take(3)).expect("push");
    let get = |path: &str| {
        let answer = devices[0]
            .http
            .get(format!("{}{path}", relay.operator))
            .send();
        answer.expect("answer")
    };
    assert_eq!(get("/healthz").status(), 200);
    assert_eq!(get("/readyz").status(), 200);
    let metrics = get("/metrics").text().expect("text");
    for line in [
        "radrum_relay_entries_stored_total 3",
        "radrum_relay_bytes_stored_total 1971",
        r#"radrum_relay_answers_total{route="entries",status="200"} 1"#,
        r#"radrum_relay_answer_seconds_count{route="entries"} 1"#,
    ] {
        assert!(metrics.contains(line), "{line} is not in\n{metrics}");
    }
    assert!(!metrics.contains(&REGION.to_string()));
    // Not where clients connect, when the operator has an address of his own.
    let outside = devices[0]
        .http
        .get(format!("{}/metrics", relay.base))
        .send();
    assert_eq!(outside.expect("answer").status(), 404);
    let mut one = config();
    one.operator = None;
    let (relay, devices) = Running::with_devices(&one, 1);
    let both = devices[0].http.get(format!("{}/readyz", relay.base)).send();
    assert_eq!(both.expect("answer").status(), 200);
    state(&devices[0]);
}
