//! Requests that have another form than FORMAT.md gives.

use crate::device::{FRAMES, Log, RECORD, REGION, code, envelope, frames, public};
use crate::running::{Running, config};
use radrum_wire::relay::RefusalCode;
use radrum_wire::{EntryHash, Family};

#[test]
fn what_has_another_form_is_malformed() {
    let (_relay, devices) = Running::with_devices(&config(), 1);
    let device = &devices[0];
    let malformed = RefusalCode::Malformed;
    let entry = Log::new(1).next();
    let mut cut = frames(std::slice::from_ref(&entry));
    cut.pop();
    assert_eq!(code(device.post("entries", FRAMES, cut)), malformed);
    assert_eq!(code(device.post("entries", FRAMES, vec![0; 50])), malformed);
    assert_eq!(
        code(device.post("entries", "text/plain", frames(&[entry]))),
        malformed
    );
    assert_eq!(
        code(device.post("ranges", RECORD, vec![0xff; 9])),
        malformed
    );
    let zeros = EntryHash::from_bytes([0; 32]);
    let log = Log::new(1).id;
    let slot = |log| envelope(Family::Slot, REGION, log, 1, zeros);
    let part = |n| envelope(Family::Snapshot, REGION, log, n, zeros);
    assert_eq!(device.push(&[slot(log)]), Err(malformed));
    assert_eq!(device.push(&[part(1)]), Err(malformed));
    let put = |slots: &[Vec<u8>]| code(device.put(&format!("slots/{log}"), FRAMES, frames(slots)));
    assert_eq!(put(&[]), malformed);
    assert_eq!(put(&[slot(log), slot(log)]), malformed);
    assert_eq!(put(&[slot(Log::new(2).id)]), malformed);
    assert_eq!(put(&[part(1)]), malformed);
    assert_eq!(
        code(device.post("snapshot", FRAMES, frames(&[part(4_097)]))),
        malformed
    );
    assert_eq!(
        code(device.post("snapshot", FRAMES, frames(&[slot(log)]))),
        malformed
    );
}

#[test]
fn questions_and_methods_of_another_form_are_malformed() {
    let (_relay, devices) = Running::with_devices(&config(), 1);
    let device = &devices[0];
    let malformed = RefusalCode::Malformed;
    for query in [
        "?x=1",
        "?after",
        "?after=",
        "?after=-1",
        "?after=+1",
        "?after=1&after=2",
        "?after=99999999999999999999",
    ] {
        assert_eq!(
            code(device.get(&format!("entries{query}"))),
            malformed,
            "{query}"
        );
        assert_eq!(
            code(device.get(&format!("wait{query}"))),
            malformed,
            "{query}"
        );
    }
    assert_eq!(code(device.get("slots?after=zz")), malformed);
    for body in ["", "{}", "[]", "{\"region\":1}", "\u{0}"] {
        assert_eq!(
            code(device.post_json("/v1/challenge", body.into())),
            malformed,
            "{body}"
        );
        assert_eq!(
            code(device.post_json("/v1/token", body.into())),
            malformed,
            "{body}"
        );
    }
    // Fields that FORMAT.md does not name are refused in requests.
    let key = public(&device.key);
    let more = format!(r#"{{"region":"{REGION}","key":"{key}","more":1}}"#);
    assert_eq!(code(device.post_json("/v1/challenge", more)), malformed);
    // A method that the path does not have.
    for method in [
        reqwest::Method::DELETE,
        reqwest::Method::PATCH,
        reqwest::Method::OPTIONS,
        reqwest::Method::POST,
    ] {
        let request = device.http.request(method, device.path("state"));
        assert_eq!(
            code(device.with_token(request).send().expect("answer")),
            malformed
        );
    }
    let head = device
        .with_token(device.http.head(device.path("state")))
        .send()
        .expect("answer");
    assert_eq!(head.status(), 400);
    assert!(head.bytes().expect("body").is_empty());
}
