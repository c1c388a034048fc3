//! Every code of FORMAT.md 8.

use crate::device::{
    Device, FRAMES, Log, RECORD, REGION, code, envelope, frames, public, read, roster, signing,
    sized,
};
use crate::running::{ADMIN, Running, config};
use radrum_wire::relay::{Challenge, RefusalCode, Token};
use radrum_wire::{EntryHash, Family, Nonce, RegionId, Salt, Signature};

#[test]
fn a_krets_that_is_not_served_is_told_from_the_example() {
    let (relay, mut devices) = Running::with_devices(&config(), 1);
    let device = &mut devices[0];
    let other = RegionId::from_bytes([1; 16]);
    assert_eq!(device.enter(other), Err(RefusalCode::UnknownRegion));
    assert_eq!(device.enter(RegionId::EXAMPLE), Err(RefusalCode::Example));
    let get = |region: RegionId| {
        let url = format!("{}/v1/krets/{region}/state", relay.base);
        code(
            device
                .with_token(device.http.get(url))
                .send()
                .expect("answer"),
        )
    };
    assert_eq!(get(other), RefusalCode::UnknownRegion);
    assert_eq!(get(RegionId::EXAMPLE), RefusalCode::Example);
    let example = envelope(
        Family::Entry,
        RegionId::EXAMPLE,
        Log::new(1).id,
        1,
        EntryHash::from_bytes([0; 32]),
    );
    assert_eq!(device.push(&[example]), Err(RefusalCode::Example));
    let elsewhere = envelope(
        Family::Entry,
        other,
        Log::new(1).id,
        1,
        EntryHash::from_bytes([0; 32]),
    );
    assert_eq!(device.push(&[elsewhere]), Err(RefusalCode::Malformed));
}

#[test]
fn only_a_right_answer_to_an_own_challenge_gets_a_token() {
    let (relay, devices) = Running::with_devices(&config(), 2);
    let (device, other) = (&devices[0], &devices[1]);
    let challenge = || -> Challenge { read(device.challenge(REGION)).expect("challenge") };
    let refused = |answer| read::<Token>(answer).err();
    let unauthorized = Some(RefusalCode::Unauthorized);
    // Used once.
    let given = challenge();
    let answer = device.answer(REGION, &given);
    assert_eq!(refused(device.token(&answer)), None);
    assert_eq!(refused(device.token(&answer)), unauthorized);
    // Another's challenge, another's key, another's signature, another relay's challenge.
    let given = challenge();
    assert_eq!(
        refused(other.token(&other.answer(REGION, &given))),
        unauthorized
    );
    let mut forged = device.answer(REGION, &challenge());
    forged.signature = other.answer(REGION, &given).signature;
    assert_eq!(refused(device.token(&forged)), unauthorized);
    let mut moved = challenge();
    moved.relay = given.challenge;
    assert_eq!(
        refused(device.token(&device.answer(REGION, &moved))),
        unauthorized
    );
    let mut empty = device.answer(REGION, &challenge());
    empty.signature = Signature::from_bytes([0; 64]);
    assert_eq!(refused(device.token(&empty)), unauthorized);
    // A challenge used up by a wrong answer is used up.
    let given = challenge();
    let mut wrong = device.answer(REGION, &given);
    wrong.signature = forged.signature;
    assert_eq!(refused(device.token(&wrong)), unauthorized);
    assert_eq!(
        refused(device.token(&device.answer(REGION, &given))),
        unauthorized
    );
    // Whoever stands on no roster gets a challenge like everybody, and is told at the end.
    let mut stranger = Device::new(&relay.base, 99);
    assert_eq!(stranger.enter(REGION), Err(RefusalCode::NotOnRoster));
}

#[test]
fn without_a_token_nothing_is_given_or_taken() {
    let (relay, devices) = Running::with_devices(&config(), 1);
    let mut stranger = Device::new(&relay.base, 99);
    let id = Salt::from_bytes([3; 16]);
    for token in [
        "",
        "x",
        &devices[0].token.to_uppercase(),
        &"A".repeat(5_000),
    ] {
        stranger.token = token.to_string();
        for path in [
            "state",
            "entries",
            "wait?seconds=1",
            "heads",
            "slots",
            "snapshot",
            "roster",
        ] {
            assert_eq!(
                code(stranger.get(path)),
                RefusalCode::Unauthorized,
                "{path}"
            );
        }
        for path in [
            format!("slots/{}", Log::new(1).id),
            format!("letters/{id}/request"),
        ] {
            assert_eq!(
                code(stranger.get(&path)),
                RefusalCode::Unauthorized,
                "{path}"
            );
        }
        // The token is looked at before the body: even a large one is answered.
        let large = vec![0; 4_000_000];
        for path in ["entries", "snapshot"] {
            let answer = stranger.post(path, FRAMES, large.clone());
            assert_eq!(code(answer), RefusalCode::Unauthorized, "{path}");
        }
        let answer = stranger.post("ranges", RECORD, vec![0x80]);
        assert_eq!(code(answer), RefusalCode::Unauthorized);
    }
    // A token in another form of header.
    let answer = stranger
        .http
        .get(stranger.path("state"))
        .header("authorization", &devices[0].token);
    assert_eq!(
        code(answer.send().expect("answer")),
        RefusalCode::Unauthorized
    );
}

#[test]
fn a_token_is_good_for_its_own_krets_only() {
    let mut two = config();
    let other = RegionId::from_bytes([2; 16]);
    let mut krets = two.krets[0].clone();
    krets.region = other;
    two.krets.push(krets);
    let (relay, mut devices) = Running::with_devices(&two, 1);
    let device = &mut devices[0];
    let admin = signing(ADMIN);
    let record = roster(other, 1, Vec::new(), &[public(&device.key)], &admin);
    use radrum_wire::Record as _;
    let url = format!("{}/v1/krets/{other}", relay.base);
    let put = device
        .http
        .put(format!("{url}/roster"))
        .header("content-type", RECORD);
    assert_eq!(
        put.body(record.encode_record().expect("record"))
            .send()
            .expect("answer")
            .status(),
        200
    );
    let state = |device: &Device| {
        device
            .with_token(device.http.get(format!("{url}/state")))
            .send()
            .expect("answer")
    };
    assert_eq!(code(state(device)), RefusalCode::Unauthorized);
    device.enter(other).expect("token");
    assert_eq!(state(device).status(), 200);
    assert_eq!(code(device.get("state")), RefusalCode::Unauthorized);
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let (_relay, devices) = Running::with_devices(&config(), 1);
    let device = &devices[0];
    let too_large = RefusalCode::TooLarge;
    let limit = 4 * 1024 * 1024;
    assert_eq!(
        code(device.post("entries", FRAMES, vec![0; limit + 1])),
        too_large
    );
    assert_eq!(
        code(device.post("snapshot", FRAMES, vec![0; limit + 1])),
        too_large
    );
    assert_eq!(
        code(device.put("roster", RECORD, vec![0; 300_000])),
        too_large
    );
    let slot = sized(
        Family::Slot,
        REGION,
        Log::new(1).id,
        1,
        EntryHash::from_bytes([0; 32]),
        8_192,
    );
    let path = format!("slots/{}", Log::new(1).id);
    assert_eq!(code(device.put(&path, FRAMES, frames(&[slot]))), too_large);
    let path = format!("letters/{}/request", Salt::from_bytes([3; 16]));
    let answer = device.put(&path, "application/octet-stream", vec![0; 524_353]);
    assert_eq!(code(answer), too_large);
    let json = format!(
        "{{\"region\":\"{REGION}\",\"key\":\"{}\"}}",
        " ".repeat(2_000)
    );
    assert_eq!(code(device.post_json("/v1/challenge", json)), too_large);
    // A frame over the limit of all frames, in a body within its own.
    let frame = [&1_048_577_u32.to_be_bytes()[..], &vec![0; 1_048_577]].concat();
    assert_eq!(code(device.post("entries", FRAMES, frame)), too_large);
}

#[test]
fn paths_that_are_nowhere_and_paths_to_come_are_not_found() {
    let (relay, devices) = Running::with_devices(&config(), 1);
    let device = &devices[0];
    let id = Salt::from_bytes([3; 16]);
    let none = Nonce::from_bytes([0; 24]);
    for rest in [
        "".to_string(),
        "entries/".into(),
        "Entries".into(),
        "entries/1".into(),
        format!("slots/{none}"),
        format!("slots/{}", "AB".repeat(16)),
        "slots/..".into(),
        "slots/%2e%2e%2f%2e%2e".into(),
        format!("letters/{id}"),
        format!("letters/{id}/other"),
        "letters/..%2f..%2frelay.db/request".into(),
        format!("blobs/{id}"),
    ] {
        assert_eq!(code(device.get(&rest)), RefusalCode::NotFound, "{rest}");
    }
    for path in [
        "/",
        "/v1",
        "/v2/challenge",
        "/v1/krets",
        "//",
        "/v1/krets/x/state",
        "/relay.db",
        "/metrics",
    ] {
        let answer = device
            .http
            .get(format!("{}{path}", relay.base))
            .send()
            .expect("answer");
        assert_eq!(code(answer), RefusalCode::NotFound, "{path}");
    }
    // Ids are lower case.
    let upper = format!(
        "{}/v1/krets/{}/state",
        relay.base,
        REGION.to_string().to_uppercase()
    );
    let answer = device
        .with_token(device.http.get(upper))
        .send()
        .expect("answer");
    assert_eq!(code(answer), RefusalCode::NotFound);
    let nothing = device.get(&format!("slots/{}", Log::new(5).id));
    assert_eq!(code(nothing), RefusalCode::NotFound);
}

#[test]
fn a_full_krets_still_hands_out() {
    let mut small = config();
    small.quotas.krets_bytes = 3 * 657;
    let (_relay, devices) = Running::with_devices(&small, 1);
    let mut log = Log::new(1);
    let first = log.take(2);
    devices[0].push(&first).expect("push");
    assert_eq!(devices[0].push(&log.take(2)), Err(RefusalCode::RegionFull));
    // What is known takes no room.
    assert_eq!(devices[0].push(&first).expect("push").known, 2);
    assert_eq!(devices[0].pull_all(10_000), first);
    let zeros = EntryHash::from_bytes([0; 32]);
    let parts = [
        envelope(Family::Snapshot, REGION, log.id, 1, zeros),
        envelope(Family::Snapshot, REGION, log.id, 2, zeros),
    ];
    let answer = devices[0].post("snapshot", FRAMES, frames(&parts));
    assert_eq!(code(answer), RefusalCode::RegionFull);
}
