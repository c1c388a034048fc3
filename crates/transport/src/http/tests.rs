//! What comes out of the strangest answers. The server says one thing to one connection.

use super::Http;
use radrum_sync::{Answer, Bearer, FramesAnswer, Refused, Request};
use radrum_wire::relay::{RefusalCode, Woken};
use radrum_wire::{LogId, RegionId};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::{Duration, Instant};

const REGION: RegionId = RegionId::from_bytes([7; 16]);
const LONG: Duration = Duration::from_secs(30);
const FRAMES: &str = "application/vnd.radrum.frames";

/// What a server does when it has said everything.
#[derive(PartialEq)]
enum Then {
    Close,
    Hold,
    Repeat,
}

/// Reads a head, then writes all pieces. Holds the connection, or repeats the last piece,
/// until the other side is gone.
fn server(pieces: Vec<Vec<u8>>, then: Then) -> (SocketAddr, thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("listen");
    let address = listener.local_addr().expect("address");
    let serve = move || {
        let (mut stream, _) = listener.accept().expect("accept");
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).expect("head") == 1 {
            head.push(byte[0]);
        }
        for piece in &pieces {
            let _ = stream.write_all(piece);
        }
        if then == Then::Hold {
            let _ = stream.read(&mut byte);
        }
        let last = pieces.last().filter(|_| then == Then::Repeat);
        while last.is_some_and(|piece| stream.write_all(piece).is_ok()) {}
        String::from_utf8(head).expect("text")
    };
    (address, thread::spawn(serve))
}

fn carry(to: &str, request: Request, bearer: Option<Bearer>, timeout: Duration) -> Answer {
    let http = Http::new(to.parse().expect("address"), REGION).expect("client");
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("runtime")
        .block_on(http.carry(request, bearer, timeout))
}

/// What a request becomes when the answer is this.
fn answer(request: Request, said: impl Into<Vec<u8>>) -> Answer {
    let (address, serving) = server(vec![said.into()], Then::Close);
    let answer = carry(&format!("http://{address}"), request, None, LONG);
    serving.join().expect("server");
    answer
}

fn said(status: &str, kind: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n{body}")
}

const WAIT: Request = Request::Wait {
    after: 4,
    seconds: 50,
};
const PULL: Request = Request::Pull {
    after: 12,
    bytes: 100,
};

fn put() -> Request {
    Request::PutSlot {
        log: LogId::from_bytes([1; 16]),
        frame: Vec::new(),
    }
}

#[test]
fn what_another_program_answers_is_no_answer() {
    let json = "application/json";
    for said in [
        said("200 OK", "text/html", "<html>Logga in</html>"),
        said("200 OK", json, "<html>"),
        said("200 OK", json, "{}"),
        said("200 OK", json, r#"{"cursor": -1}"#),
        said("200 OK", json, r#"{"cursor": "5"}"#),
        said("200 OK", json, r#"{"cursor": 5} more"#),
        said("200 OK", json, &"[".repeat(100_000)),
        said("200 OK", "", r#"{"cursor": 5}"#),
        said("302 Found\r\nlocation: http://127.0.0.1:1/", json, "{}"),
        said("403 Forbidden", "text/html", r#"{"code": "not_on_roster"}"#),
        said("403 Forbidden", json, r#"{"error": "policy"}"#),
        said("407 Proxy Authentication Required", "text/plain", "no"),
        said("502 Bad Gateway", "text/html", "<html>"),
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{".into(),
        "SSH-2.0-OpenSSH_9\r\n".into(),
        String::new(),
    ] {
        assert_eq!(answer(WAIT, said.clone()), Answer::Lost, "{said:.200}");
    }
    for said in [
        said("200 OK", "text/html", "<html>Logga in</html>"),
        said("200 OK", json, "true"),
        said("201 Created", FRAMES, ""),
    ] {
        assert_eq!(answer(put(), said.clone()), Answer::Lost, "{said}");
    }
}

#[test]
fn a_relay_is_understood_also_when_it_is_newer() {
    let json = "application/json; charset=utf-8";
    let woken = said("200 OK", json, r#"{"cursor": 5, "news": [1]}"#);
    assert_eq!(answer(WAIT, woken), Answer::Woken(Woken { cursor: 5 }));
    let kept = said("200 OK", json, r#"{"kept": false}"#);
    assert_eq!(answer(put(), kept), Answer::Done);
    assert_eq!(
        answer(put(), "HTTP/1.1 204 No Content\r\n\r\n"),
        Answer::Done
    );
    let refused = |code, retry_after_s| {
        Answer::Refused(Refused {
            code,
            retry_after_s,
        })
    };
    let new = said("418 Teapot", json, r#"{"code": "tea", "detail": "x"}"#);
    assert_eq!(answer(WAIT, new), refused(RefusalCode::Unknown, None));
    for (after, seconds) in [("17", Some(17)), ("-1", None), ("soon", None), ("", None)] {
        let status = format!("429 Too Many\r\nretry-after: {after}");
        let busy = said(&status, json, r#"{"code": "too_many_requests"}"#);
        let expected = refused(RefusalCode::TooManyRequests, seconds);
        assert_eq!(answer(WAIT, busy), expected, "{after}");
    }
}

#[test]
fn a_token_that_cannot_stand_in_a_header_is_none() {
    let request = || {
        Request::Challenge(radrum_wire::relay::ChallengeRequest {
            region: REGION,
            key: radrum_wire::AuthKey::from_bytes([1; 32]),
        })
    };
    // Only what answers the same question: a token is none of a challenge.
    let token = said(
        "200 OK",
        "application/json",
        r#"{"token": "a", "lifetime_s": 9}"#,
    );
    assert_eq!(answer(request(), token), Answer::Lost);
    for token in ["", r"a\nb: c", "å", "a b", &"a".repeat(2_000)] {
        let body = format!(r#"{{"token": "{token}", "lifetime_s": 900}}"#);
        let request = Request::Token(radrum_wire::relay::TokenRequest {
            region: REGION,
            key: radrum_wire::AuthKey::from_bytes([1; 32]),
            challenge: radrum_wire::Digest::from_bytes([2; 32]),
            signature: radrum_wire::Signature::from_bytes([3; 64]),
        });
        let said = said("200 OK", "application/json", &body);
        assert_eq!(answer(request, said), Answer::Lost, "{token:.20}");
    }
}

#[test]
fn a_body_that_is_cut_off_gives_what_came_without_its_headers() {
    let head = |length| {
        format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {FRAMES}\r\nradrum-cursor: 9\r\nradrum-more: 1\r\n\
             content-length: {length}\r\n\r\n"
        )
    };
    let frames = |frames: &[u8], cursor, more| {
        Answer::Frames(FramesAnswer {
            frames: frames.to_vec(),
            cursor,
            more,
        })
    };
    let whole = head(4) + "abcd";
    assert_eq!(answer(PULL, whole), frames(b"abcd", Some(9), true));
    assert_eq!(answer(PULL, head(5) + "abcd"), frames(b"abcd", None, false));
    assert_eq!(answer(PULL, head(5)), Answer::Lost);
    // Heads are of no use in parts.
    let heads = head(5).replace(FRAMES, "application/vnd.radrum.record") + "abcd";
    assert_eq!(answer(Request::Heads, heads), Answer::Lost);
}

#[test]
fn an_endless_body_is_read_to_the_limit_and_no_further() {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {FRAMES}\r\n\r\n");
    let (address, serving) = server(vec![head.into(), vec![0; 65_536]], Then::Repeat);
    let answer = carry(&format!("http://{address}"), PULL, None, LONG);
    assert_eq!(answer, Answer::Lost);
    // The connection was given up, or the server would write for ever.
    serving.join().expect("server");
}

#[test]
fn a_length_over_the_limit_is_not_waited_for() {
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-type: {FRAMES}\r\ncontent-length: 4194305\r\n\r\n");
    assert_eq!(answer(PULL, head), Answer::Lost);
}

#[test]
fn an_answer_that_stands_still_is_given_up_in_time() {
    let begun = Instant::now();
    let timeout = Duration::from_millis(300);
    // Says nothing at all: nobody accepts.
    let listener = TcpListener::bind("127.0.0.1:0").expect("listen");
    let to = format!("http://{}", listener.local_addr().expect("address"));
    assert_eq!(carry(&to, WAIT, None, timeout), Answer::Lost);
    // Says a part.
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {FRAMES}\r\ncontent-length: 9\r\n\r\n");
    let (address, serving) = server(vec![head.into(), b"abcd".to_vec()], Then::Hold);
    let cut = carry(&format!("http://{address}"), PULL, None, timeout);
    assert!(matches!(cut, Answer::Frames(part) if part.frames == b"abcd"));
    serving.join().expect("server");
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_request_says_who_asks_and_nothing_else() {
    let (address, serving) = server(vec![Vec::new()], Then::Close);
    let bearer = Some(Bearer("secret".into()));
    carry(&format!("http://{address}/below/"), PULL, bearer, LONG);
    let head = serving.join().expect("server");
    let mut lines: Vec<&str> = head.trim_end().split("\r\n").collect();
    let krets = "07".repeat(16);
    let first = format!("GET /below/v1/krets/{krets}/entries?after=12&bytes=100 HTTP/1.1");
    assert_eq!(lines.remove(0), first);
    lines.sort_unstable();
    let host = format!("host: {address}");
    let agent = format!("user-agent: radrum/{}", env!("CARGO_PKG_VERSION"));
    let expected = [
        "accept-encoding: identity",
        "accept: */*",
        "authorization: Bearer secret",
        "cache-control: no-store",
        host.as_str(),
        agent.as_str(),
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_post_without_a_name_says_nobody_and_leaves_the_connection_that_knows_her() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("listen");
    let address = listener.local_addr().expect("address");
    let krets = "07".repeat(16);
    // Each connection answers as often as it is asked, and gives all that it was asked.
    let serving = thread::spawn(move || {
        let connections = (0..2).map(|_| {
            let (mut stream, _) = listener.accept().expect("accept");
            thread::spawn(move || {
                let (mut all, mut byte) = (Vec::new(), [0]);
                while matches!(stream.read(&mut byte), Ok(1)) {
                    all.push(byte[0]);
                    let body = if all.ends_with(b"\r\n\r\n") && all.starts_with(b"GET") {
                        r#"{"cursor": 5}"#
                    } else if all.ends_with(b"name") {
                        "{}"
                    } else {
                        continue;
                    };
                    let said = said("200 OK", "application/json", body);
                    let _ = stream.write_all(said.as_bytes());
                }
                String::from_utf8(all).expect("text")
            })
        });
        let connections: Vec<_> = connections.collect();
        let said = connections.into_iter().map(|one| one.join().expect("one"));
        said.collect::<Vec<_>>()
    });
    let http = Http::new(
        format!("http://{address}").parse().expect("address"),
        REGION,
    );
    let http = http.expect("client");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("runtime");
    runtime.block_on(async {
        let bearer = Some(Bearer("secret".into()));
        let named = || http.clone().carry(WAIT, bearer.clone(), LONG);
        assert_eq!(named().await, Answer::Woken(Woken { cursor: 5 }));
        let post = Request::Anonymous(b"without a name".to_vec());
        assert_eq!(http.clone().carry(post, None, LONG).await, Answer::Done);
        assert_eq!(named().await, Answer::Woken(Woken { cursor: 5 }));
    });
    drop((runtime, http));
    let said = serving.join().expect("server");
    assert_eq!(said[0].matches("authorization: Bearer secret").count(), 2);
    assert!(!said[0].contains("anonymous"));
    assert!(said[1].starts_with(&format!("POST /v1/krets/{krets}/anonymous HTTP/1.1")));
    assert!(!said[1].contains("secret") && !said[1].contains("wait"));
}
