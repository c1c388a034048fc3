//! Strangers and members who do not keep to FORMAT.md.

use crate::device::{Device, FRAMES, Log, REGION, frames};
use crate::running::{Running, config};
use proptest::prelude::*;
use radrum_wire::relay::Refusal;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

fn connect(base: &str) -> TcpStream {
    let stream = TcpStream::connect(base.trim_start_matches("http://")).expect("connect");
    let patience = Some(Duration::from_secs(20));
    stream.set_read_timeout(patience).expect("timeout");
    stream
}

fn is_healthy(device: &Device) {
    let begun = Instant::now();
    assert_eq!(device.get("state").status(), 200);
    assert!(begun.elapsed() < Duration::from_secs(2));
}

#[test]
fn bytes_that_are_no_http_harm_nobody() {
    let (relay, devices) = Running::with_devices(&config(), 1);
    for garbage in [
        &b"\x16\x03\x01\x02\x00\x01\x00"[..],
        b"\0\0\0\0\r\n\r\n",
        b"GET\r\n\r\n",
        b"POST /v1/challenge HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST /v1/challenge HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"POST /v1/challenge HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /v1/krets/%00/state HTTP/1.1\r\nHost: x\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let mut stream = connect(&relay.base);
        stream.write_all(garbage).expect("write");
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let _ = stream.read_to_end(&mut Vec::new());
    }
    let mut header = vec![b'a'; 1_000_000];
    header.splice(..0, *b"GET / HTTP/1.1\r\nX: ");
    let _ = connect(&relay.base).write_all(&header);
    is_healthy(&devices[0]);
}

#[test]
fn a_body_without_a_length_is_read_up_to_the_limit_only() {
    let (relay, devices) = Running::with_devices(&config(), 1);
    let mut stream = connect(&relay.base);
    let head = format!(
        "POST /v1/krets/{REGION}/entries HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\
         Content-Type: {FRAMES}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n",
        devices[0].token
    );
    stream.write_all(head.as_bytes()).expect("head");
    let chunk = [&b"100000\r\n"[..], &vec![0; 0x10_0000], b"\r\n"].concat();
    // The relay may refuse and close before the body ends: from then on nothing can be written,
    // and what it had answered is still there to be read.
    for _ in 0..5 {
        if stream.write_all(&chunk).is_err() {
            break;
        }
    }
    let _ = stream.write_all(b"0\r\n\r\n");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("too_large"), "{answer}");
}

#[test]
fn a_body_that_is_cut_off_stores_nothing() {
    let (relay, devices) = Running::with_devices(&config(), 1);
    let body = frames(&Log::new(1).take(3));
    let mut stream = connect(&relay.base);
    let head = format!(
        "POST /v1/krets/{REGION}/entries HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\
         Content-Type: {FRAMES}\r\nContent-Length: {}\r\n\r\n",
        devices[0].token,
        body.len() + 1
    );
    stream.write_all(head.as_bytes()).expect("head");
    stream.write_all(&body).expect("body");
    drop(stream);
    std::thread::sleep(Duration::from_millis(200));
    assert!(devices[0].pull_all(10_000).is_empty());
}

#[test]
fn who_sends_slowly_on_many_connections_takes_only_his_own_part() {
    let (relay, devices) = Running::with_devices(&config(), 2);
    // Together they announce more than all memory for bodies.
    let slow: Vec<TcpStream> = (0..60)
        .map(|_| {
            let mut stream = connect(&relay.base);
            let head = format!(
                "POST /v1/krets/{REGION}/entries HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\
                 Content-Type: {FRAMES}\r\nContent-Length: 4194304\r\n\r\n\0\0",
                devices[0].token
            );
            stream.write_all(head.as_bytes()).expect("head");
            stream
        })
        .collect();
    // And half a head, and nothing at all.
    let mut half = connect(&relay.base);
    half.write_all(b"GET /v1/kr").expect("half");
    let nothing = connect(&relay.base);
    std::thread::sleep(Duration::from_millis(300));
    is_healthy(&devices[1]);
    let begun = Instant::now();
    devices[1].push(&Log::new(1).take(5)).expect("push");
    assert_eq!(devices[1].pull_all(10_000).len(), 5);
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "{:?}",
        begun.elapsed()
    );
    drop((slow, half, nothing));
}

/// Requests near enough to right ones to get past the first check.
#[derive(Debug, Clone)]
struct Odd {
    method: &'static str,
    path: String,
    kind: &'static str,
    token: bool,
    body: Vec<u8>,
}

fn odd() -> impl Strategy<Value = Odd> {
    let rest = prop_oneof![
        "(entries|wait|state|heads|ranges|slots|snapshot|roster|tokens|anonymous|drop)(\\?[a-z]{0,6}=[0-9a-f]{0,20})?",
        "slots/[0-9a-f]{30,34}",
        "letters/[0-9a-f]{32}/(request|welcome)",
        "blobs/[0-9a-f]{32}",
        "[a-z0-9./%-]{0,40}",
    ];
    let path = prop_oneof![
        4 => rest.prop_map(|rest| format!("/v1/krets/{REGION}/{rest}")),
        1 => Just("/v1/challenge".to_string()),
        1 => Just("/v1/token".to_string()),
        1 => "/[a-z0-9/]{0,30}",
    ];
    let kind = prop::sample::select(vec![
        FRAMES,
        "application/vnd.radrum.record",
        "application/json",
        "application/octet-stream",
        "",
    ]);
    let body = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..300),
        prop::collection::vec(any::<u8>(), 0..700).prop_map(|mut bytes| {
            // A frame whose length fits and whose krets is right.
            bytes.splice(..0, *REGION.as_bytes());
            bytes.insert(0, 0x21);
            let length = u32::try_from(bytes.len()).expect("short");
            bytes.splice(..0, length.to_be_bytes());
            bytes
        }),
        "\\{\"region\":\"[0-9a-f]{32}\",\"key\":\"[0-9a-f]{64}\"\\}".prop_map(String::into_bytes),
    ];
    let method = prop::sample::select(vec![
        "GET", "PUT", "POST", "HEAD", "DELETE", "OPTIONS", "BREW",
    ]);
    (method, path, kind, any::<bool>(), body).prop_map(|(method, path, kind, token, body)| Odd {
        method,
        path,
        kind,
        token,
        body,
    })
}

#[test]
fn any_request_is_answered_in_the_form_of_the_format() {
    let mut quick = config();
    quick.quotas.requests_a_minute = u32::MAX;
    let (relay, devices) = Running::with_devices(&quick, 1);
    let device = &devices[0];
    let config = ProptestConfig {
        cases: 600,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let result = proptest::test_runner::TestRunner::new(config).run(&odd(), |odd| {
        // A wait that is answered at once.
        let path = odd.path.replace("wait", "state");
        let method = odd.method.parse().expect("method");
        let mut request = device.http.request(method, format!("{}{path}", relay.base));
        if odd.token {
            request = device.with_token(request);
        }
        let answer = request
            .header("content-type", odd.kind)
            .body(odd.body)
            .send();
        let answer = answer.expect("every request is answered");
        let status = answer.status();
        if status.is_success() || odd.method == "HEAD" {
            return Ok(());
        }
        let refusal: Refusal = answer.json().expect("a refusal");
        prop_assert_eq!(refusal.code.status(), status);
        prop_assert_ne!(status.as_u16(), 503);
        Ok(())
    });
    result.expect("answers");
    is_healthy(device);
}
