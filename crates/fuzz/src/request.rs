//! The relay's answers to requests: any method, path, headers and body, without a socket.
//!
//! An input is a request as it stands on a line, with `KRETS` and `TOKEN` where the id of the
//! krets and a token of its one device are to stand. All inputs of a run meet one relay.

use crate::krets::KRETS;
use axum::body::Body;
use axum::http::{Request, header};
use radrum_relay::Desk;
use radrum_relay::config::{Config, KretsConfig, MailConfig, Quotas};
use radrum_wire::Frames;
use radrum_wire::limits::RELAY_BODY_BYTES_MAX;
use radrum_wire::relay::{
    Challenge, FRAMES_TYPE, Path, Refusal, Token, TokenRequest, auth_signing_bytes,
};
use serde::de::DeserializeOwned;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// A token is good for 15 minutes.
const RENEWED: Duration = Duration::from_secs(600);

/// So long a client waits for news here. Everything else is answered in the end.
const NEWS: Duration = Duration::from_millis(5);

pub(crate) fn run(bytes: &[u8]) {
    let mut relay = RELAY.lock().unwrap_or_else(PoisonError::into_inner);
    relay.enter();
    let bytes = replaced(bytes, b"KRETS", KRETS.region.to_string().as_bytes());
    let bytes = replaced(&bytes, b"TOKEN", relay.token.as_bytes());
    if let Some(request) = read(&bytes) {
        relay.ask(request);
    }
}

static RELAY: LazyLock<Mutex<Relay>> = LazyLock::new(|| Mutex::new(Relay::open()));

struct Relay {
    desk: Desk,
    runtime: Runtime,
    token: String,
    entered: Option<Instant>,
    _data: TempDir,
}

struct Answered {
    status: u16,
    kind: String,
    is_temporary: bool,
    body: Vec<u8>,
}

impl Relay {
    /// With the roster of the vectors.
    fn open() -> Self {
        let data = tempfile::tempdir().expect("folder");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("runtime");
        let config = Config {
            krets: vec![KretsConfig {
                region: KRETS.region,
                roster_keys: vec![KRETS.keys.auth_key()],
            }],
            quotas: Quotas {
                requests_a_minute: u32::MAX,
                ..Quotas::default()
            },
            // Orders are taken; nothing is sent from a desk.
            mail: Some(MailConfig {
                server: "smtp://127.0.0.1:1".into(),
                from: "radrum@relay.example".into(),
                hours: [0, 24],
                every_s: 60,
            }),
            ..Config::default()
        };
        let desk = runtime.block_on(Desk::open(&config, data.path()));
        let relay = Self {
            desk: desk.expect("store"),
            runtime,
            token: String::new(),
            entered: None,
            _data: data,
        };
        let path = format!("/v1/krets/{}/roster", KRETS.region);
        let kind = "application/vnd.radrum.record";
        let put = Request::put(path).header(header::CONTENT_TYPE, kind);
        let put = put.body(Body::from(KRETS.roster.clone())).expect("request");
        assert_eq!(relay.answer(put).expect("an answer").status, 200, "roster");
        relay
    }

    /// Shows the device's key, when that was long ago.
    fn enter(&mut self) {
        if self.entered.is_some_and(|at| at.elapsed() < RENEWED) {
            return;
        }
        let (region, key) = (KRETS.region, KRETS.keys.auth_key());
        let asked = format!(r#"{{"region":"{region}","key":"{key}"}}"#);
        let given: Challenge = self.json("/v1/challenge", asked);
        let message = auth_signing_bytes(given.relay, region, key, given.challenge);
        let shown = TokenRequest {
            region,
            key,
            challenge: given.challenge,
            signature: KRETS.keys.sign_for_road(&message),
        };
        let shown = serde_json::to_string(&shown).expect("json");
        self.token = self.json::<Token>("/v1/token", shown).token;
        self.entered = Some(Instant::now());
    }

    fn json<T: DeserializeOwned>(&self, path: &str, body: String) -> T {
        let post = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        let answered = self.answer(post.body(Body::from(body)).expect("request"));
        serde_json::from_slice(&answered.expect("an answer").body).expect("json")
    }

    /// None for a client that waits for news and hears none.
    fn answer(&self, request: Request<Body>) -> Option<Answered> {
        let path: Option<Path> = request.uri().path().parse().ok();
        self.runtime.block_on(async {
            let answer = self.desk.answer(request);
            let response = match path {
                Some(Path::Wait(_)) => tokio::time::timeout(NEWS, answer).await.ok()?,
                _ => answer.await,
            };
            let (parts, body) = response.into_parts();
            let body = axum::body::to_bytes(body, RELAY_BODY_BYTES_MAX).await;
            let kind = parts.headers.get(header::CONTENT_TYPE);
            let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
            Some(Answered {
                status: parts.status.as_u16(),
                kind: kind.to_string(),
                is_temporary: parts.headers.contains_key(header::RETRY_AFTER),
                body: body.expect("an answer under its limit").to_vec(),
            })
        })
    }

    /// A refusal is one of those of the format, and a success without a token is one that needs
    /// none.
    fn ask(&self, request: Request<Body>) {
        let path: Option<Path> = request.uri().path().parse().ok();
        let bearer = format!("Bearer {}", self.token);
        let token = request.headers().get(header::AUTHORIZATION);
        let is_known = token.is_some_and(|token| token.as_bytes() == bearer.as_bytes());
        let is_get = request.method() == "GET";
        let Some(answered) = self.answer(request) else {
            return;
        };
        if !(200..300).contains(&answered.status) {
            let refusal: Refusal = serde_json::from_slice(&answered.body).expect("a refusal");
            assert_eq!(refusal.code.status(), answered.status);
            assert_eq!(refusal.code.is_temporary(), answered.is_temporary);
            assert!(answered.status < 500, "{refusal:?}");
            return;
        }
        let is_open = match path.expect("a path of the format") {
            Path::Challenge | Path::Token => true,
            Path::Roster(_) => !is_get,
            Path::LetterRequest(..) | Path::LetterWelcome(..) => true,
            _ => false,
        };
        assert!(is_known || is_open, "{path:?} without a token");
        if answered.kind == FRAMES_TYPE {
            for envelope in Frames::new(&answered.body) {
                assert_eq!(envelope.expect("frame").place().region, KRETS.region);
            }
        }
    }
}

/// `METHOD PATH`, lines `name: value`, an empty line, and the body.
fn read(bytes: &[u8]) -> Option<Request<Body>> {
    let end = bytes.windows(2).position(|two| two == b"\n\n");
    let (head, body) = bytes.split_at(end.unwrap_or(bytes.len()));
    let body = body.get(2..).unwrap_or_default().to_vec();
    let mut lines = head.split(|byte| *byte == b'\n');
    let first = lines.next()?;
    let space = first.iter().position(|byte| *byte == b' ')?;
    let mut request = Request::builder()
        .method(&first[..space])
        .uri(&first[space + 1..]);
    for line in lines {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
        request = request.header(name, value);
    }
    request.body(Body::from(body)).ok()
}

fn replaced(bytes: &[u8], word: &[u8], with: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.windows(word.len()).position(|part| part == word) {
        out.extend(&rest[..at]);
        out.extend(with);
        rest = &rest[at + word.len()..];
    }
    out.extend(rest);
    out
}
