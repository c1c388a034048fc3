//! What a device sends, made without `seal`: a relay cannot tell.

use ed25519_dalek::{Signer as _, SigningKey};
use radrum_wire::relay::{
    Challenge, Refusal, RefusalCode, Token, TokenRequest, auth_signing_bytes,
};
use radrum_wire::{
    AuthKey, EntryHash, Envelope, EpochId, Family, Header, LogId, Nonce, Place, Record as _,
    RegionId, Roster, RosterLink, Seq, Signature, write_frame,
};
use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

pub const REGION: RegionId = RegionId::from_bytes([0xab; 16]);
pub const FRAMES: &str = "application/vnd.radrum.frames";
pub const RECORD: &str = "application/vnd.radrum.record";

/// A key of a small number.
pub fn signing(n: u64) -> SigningKey {
    let mut bytes = [0x51; 32];
    bytes[..8].copy_from_slice(&n.to_be_bytes());
    SigningKey::from_bytes(&bytes)
}

pub fn public(key: &SigningKey) -> AuthKey {
    AuthKey::from_bytes(key.verifying_key().to_bytes())
}

pub fn sign(key: &SigningKey, message: &[u8]) -> Signature {
    Signature::from_bytes(key.sign(message).to_bytes())
}

/// A log that grows.
#[derive(Clone)]
pub struct Log {
    pub region: RegionId,
    pub id: LogId,
    pub seq: u64,
    pub prev: EntryHash,
}

impl Log {
    pub fn new(n: u64) -> Self {
        let mut id = [0x10; 16];
        id[..8].copy_from_slice(&n.to_be_bytes());
        Self {
            region: REGION,
            id: LogId::from_bytes(id),
            seq: 0,
            prev: EntryHash::from_bytes([0; 32]),
        }
    }

    /// The next entry.
    pub fn next(&mut self) -> Vec<u8> {
        self.seq += 1;
        let bytes = envelope(Family::Entry, self.region, self.id, self.seq, self.prev);
        self.prev = hash(&bytes);
        bytes
    }

    pub fn take(&mut self, n: usize) -> Vec<Vec<u8>> {
        (0..n).map(|_| self.next()).collect()
    }
}

/// A sealed envelope of the smallest size; no two are equal.
pub fn envelope(
    family: Family,
    region: RegionId,
    log: LogId,
    seq: u64,
    prev: EntryHash,
) -> Vec<u8> {
    sized(family, region, log, seq, prev, 512)
}

pub fn sized(
    family: Family,
    region: RegionId,
    log: LogId,
    seq: u64,
    prev: EntryHash,
    padded: usize,
) -> Vec<u8> {
    static DRAWN: AtomicU64 = AtomicU64::new(1);
    let mut nonce = [0; 24];
    nonce[..8].copy_from_slice(&DRAWN.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    nonce[8..12].copy_from_slice(&std::process::id().to_be_bytes());
    let header = Header {
        place: Place {
            tag: family.tag_v1(),
            region,
            log,
            seq: Seq(seq),
            prev,
        },
        epoch: EpochId::from_bytes([4; 32]),
        nonce: Nonce::from_bytes(nonce),
    };
    header.envelope(&vec![7; padded + 16])
}

pub fn hash(envelope: &[u8]) -> EntryHash {
    Envelope::decode(envelope).expect("envelope").hash()
}

pub fn frames(envelopes: &[Vec<u8>]) -> Vec<u8> {
    let mut out = Vec::new();
    for envelope in envelopes {
        write_frame(&mut out, envelope).expect("frame");
    }
    out
}

pub fn envelopes(frames: &[u8]) -> Vec<Vec<u8>> {
    radrum_wire::Frames::new(frames)
        .map(|envelope| envelope.expect("frame").bytes().to_vec())
        .collect()
}

pub fn link(region: RegionId, n: u32, admins: &[&SigningKey], by: &SigningKey) -> RosterLink {
    let mut admins: Vec<AuthKey> = admins.iter().map(|key| public(key)).collect();
    admins.sort_unstable();
    let message = RosterLink::signing_bytes(region, n, &admins);
    RosterLink {
        admins,
        by: public(by),
        signature: sign(by, &message),
    }
}

pub fn roster(
    region: RegionId,
    number: u64,
    links: Vec<RosterLink>,
    devices: &[AuthKey],
    by: &SigningKey,
) -> Roster {
    let mut devices = devices.to_vec();
    devices.sort_unstable();
    let mut roster = Roster {
        region,
        number,
        links,
        devices,
        by: public(by),
        signature: Signature::from_bytes([0; 64]),
    };
    let message = roster.signing_bytes().expect("message");
    roster.signature = sign(by, &message);
    roster
}

/// An HTTP client with a key.
#[derive(Clone)]
pub struct Device {
    pub key: SigningKey,
    pub base: String,
    pub token: String,
    pub http: Client,
}

/// No request here uses TLS, but a client of a build with transports wants to know whose it
/// would be. Whoever was first has chosen the same.
pub fn choose_tls() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

impl Device {
    pub fn new(base: &str, n: u64) -> Self {
        choose_tls();
        Self {
            key: signing(n),
            base: base.to_string(),
            token: String::new(),
            http: Client::builder()
                .timeout(Duration::from_secs(90))
                .build()
                .expect("client"),
        }
    }

    pub fn challenge(&self, region: RegionId) -> Response {
        let body = format!(r#"{{"region":"{region}","key":"{}"}}"#, public(&self.key));
        self.post_json("/v1/challenge", body)
    }

    pub fn answer(&self, region: RegionId, given: &Challenge) -> TokenRequest {
        let key = public(&self.key);
        let message = auth_signing_bytes(given.relay, region, key, given.challenge);
        TokenRequest {
            region,
            key,
            challenge: given.challenge,
            signature: sign(&self.key, &message),
        }
    }

    pub fn token(&self, request: &TokenRequest) -> Response {
        let body = serde_json::to_string(request).expect("json");
        self.post_json("/v1/token", body)
    }

    /// Shows the key, and keeps the token.
    pub fn enter(&mut self, region: RegionId) -> Result<(), RefusalCode> {
        let given: Challenge = read(self.challenge(region))?;
        let token: Token = read(self.token(&self.answer(region, &given)))?;
        assert_eq!(token.lifetime_s, 900);
        self.token = token.token;
        Ok(())
    }

    pub fn post_json(&self, path: &str, body: String) -> Response {
        let request = self.http.post(format!("{}{path}", self.base));
        let request = request.header(CONTENT_TYPE, "application/json").body(body);
        request.send().expect("answer")
    }

    pub fn path(&self, rest: &str) -> String {
        format!("{}/v1/krets/{REGION}/{rest}", self.base)
    }

    pub fn with_token(&self, request: RequestBuilder) -> RequestBuilder {
        request.bearer_auth(&self.token)
    }

    pub fn get(&self, rest: &str) -> Response {
        self.with_token(self.http.get(self.path(rest)))
            .send()
            .expect("answer")
    }

    pub fn post(&self, rest: &str, kind: &str, body: Vec<u8>) -> Response {
        let request = self.http.post(self.path(rest)).header(CONTENT_TYPE, kind);
        self.with_token(request.body(body)).send().expect("answer")
    }

    pub fn put(&self, rest: &str, kind: &str, body: Vec<u8>) -> Response {
        let request = self.http.put(self.path(rest)).header(CONTENT_TYPE, kind);
        self.with_token(request.body(body)).send().expect("answer")
    }

    pub fn push(&self, envelopes: &[Vec<u8>]) -> Result<radrum_wire::relay::Pushed, RefusalCode> {
        read(self.post("entries", FRAMES, frames(envelopes)))
    }

    /// Everything, by cursor.
    pub fn pull_all(&self, bytes: usize) -> Vec<Vec<u8>> {
        let (mut all, mut after) = (Vec::new(), 0);
        loop {
            let answer = self.get(&format!("entries?after={after}&bytes={bytes}"));
            assert_eq!(answer.status(), 200);
            after = header(&answer, "radrum-cursor").parse().expect("cursor");
            let more = header(&answer, "radrum-more") == "1";
            all.extend(envelopes(&answer.bytes().expect("body")));
            if !more {
                return all;
            }
        }
    }

    pub fn put_roster(&self, roster: &Roster) -> Response {
        self.put("roster", RECORD, roster.encode_record().expect("record"))
    }
}

pub fn header(answer: &Response, name: &str) -> String {
    let value = answer.headers().get(name);
    value.map_or_else(String::new, |value| {
        value.to_str().expect("text").to_string()
    })
}

/// A success in JSON, or the code of a refusal whose status fits it.
pub fn read<T: DeserializeOwned>(answer: Response) -> Result<T, RefusalCode> {
    if answer.status().is_success() {
        return Ok(answer.json().expect("json"));
    }
    Err(code(answer))
}

/// The code of a refusal; its status and headers must fit.
pub fn code(answer: Response) -> RefusalCode {
    let (status, wait) = (answer.status(), header(&answer, "retry-after"));
    let refusal: Refusal = answer.json().expect("a refusal");
    assert_eq!(refusal.code.status(), status);
    assert_eq!(wait.parse::<u64>().is_ok(), refusal.code.is_temporary());
    refusal.code
}
