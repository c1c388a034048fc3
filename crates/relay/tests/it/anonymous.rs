//! Tokens and posts without a name, as a device asks for them, without `seal`.

use crate::device::{
    Device, FRAMES, Log, RECORD, REGION, code, frames, hash, public, read, sign, signing, sized,
};
use crate::running::{Running, config};
use blind_rsa_signatures::{
    BlindSignature, BlindingResult, DefaultRng, Deterministic, PSS, PublicKey, Sha384,
};
use ed25519_dalek::SigningKey;
use radrum_wire::limits::TOKENS_WEEKLY;
use radrum_wire::relay::RefusalCode;
use radrum_wire::{
    AnonymousPost, AnonymousToken, Blinded, EntryHash, Envelope, Family, LogId, Place, Record as _,
    RegionId, Seq, SignKey, Signature,
};
use reqwest::blocking::Response;
use std::collections::BTreeMap;

type Key = PublicKey<Sha384, PSS, Deterministic>;

pub fn sign_key(key: &SigningKey) -> SignKey {
    SignKey::from_bytes(*public(key).as_bytes())
}

/// What a device keeps until the answer comes.
pub struct Order {
    keys: Vec<SigningKey>,
    blinded: Vec<BlindingResult>,
    record: Vec<u8>,
}

pub fn issuer(device: &Device) -> Key {
    let answer = device.get("tokens");
    assert_eq!(answer.status(), 200);
    Key::from_der(&answer.bytes().expect("body")).expect("key")
}

pub fn order(key: &Key, from: u64) -> Order {
    let keys: Vec<_> = (from..).take(TOKENS_WEEKLY).map(signing).collect();
    let blind = |one: &SigningKey| {
        let message = AnonymousToken::issued_bytes(REGION, sign_key(one));
        key.blind(&mut DefaultRng, message).expect("blinded")
    };
    let blinded: Vec<_> = keys.iter().map(blind).collect();
    let messages = blinded.iter().map(|one| one.blind_message.0.clone().into());
    let record = Blinded(messages.collect()).encode_record().expect("record");
    Order {
        keys,
        blinded,
        record,
    }
}

/// Asks, and unblinds what comes: key and signature of each token.
pub fn tokens(device: &Device, key: &Key, order: &Order) -> Vec<(SigningKey, Vec<u8>)> {
    let answer = device.post("tokens", RECORD, order.record.clone());
    assert_eq!(answer.status(), 200);
    let signed = Blinded::decode_record(&answer.bytes().expect("body")).expect("record");
    let each = signed.0.into_iter().zip(&order.blinded).zip(&order.keys);
    each.map(|((signed, blinded), of)| {
        let message = AnonymousToken::issued_bytes(REGION, sign_key(of));
        let signature = key.finalize(&BlindSignature(signed.into()), blinded, message);
        (of.clone(), signature.expect("signature").0)
    })
    .collect()
}

fn envelope(family: Family, log: LogId) -> Vec<u8> {
    sized(family, REGION, log, 1, EntryHash::from_bytes([0; 32]), 2048)
}

fn post(by: &(SigningKey, Vec<u8>), envelope: &[u8]) -> AnonymousPost {
    let place: Place = *Envelope::decode(envelope).expect("envelope").place();
    let message = AnonymousToken::spending_bytes(REGION, place.log, place.seq, place.prev);
    AnonymousPost {
        token: AnonymousToken {
            key: sign_key(&by.0),
            issued: by.1.clone(),
            spent: sign(&by.0, &message),
        },
        envelope: envelope.to_vec(),
    }
}

/// Without a bearer.
fn give(device: &Device, post: &AnonymousPost) -> Response {
    let body = post.encode_record().expect("record");
    let request = device.http.post(device.path("anonymous"));
    let request = request.header("content-type", RECORD).body(body);
    request.send().expect("answer")
}

fn done(answer: Response) {
    let empty: BTreeMap<String, String> = read(answer).expect("taken");
    assert!(empty.is_empty());
}

#[test]
fn a_token_that_was_signed_unseen_pays_for_one_entry_that_nobody_brought() {
    let (relay, devices) = Running::with_devices(&config(), 2);
    let key = issuer(&devices[0]);
    assert_eq!(key, issuer(&devices[1]), "one key for all");
    let order = order(&key, 500);
    let given = tokens(&devices[0], &key, &order);
    // An answer that was lost is asked for again.
    assert_eq!(tokens(&devices[0], &key, &order)[0].1.len(), 256);
    let log = Log::new(7).id;
    let entry = envelope(Family::Anonymous, log);
    let first = post(&given[0], &entry);
    done(give(&devices[1], &first));
    done(give(&devices[1], &first));
    assert_eq!(devices[0].pull_all(1 << 20), std::slice::from_ref(&entry));
    // Another entry at the same place with the same token, and another place.
    let other = post(&given[0], &envelope(Family::Anonymous, log));
    assert_eq!(code(give(&devices[0], &other)), RefusalCode::Malformed);
    let mut elsewhere = post(&given[0], &envelope(Family::Anonymous, Log::new(8).id));
    assert_eq!(code(give(&devices[0], &elsewhere)), RefusalCode::Malformed);
    elsewhere.token.spent = first.token.spent;
    assert_eq!(code(give(&devices[0], &elsewhere)), RefusalCode::Malformed);
    assert_eq!(devices[1].pull_all(1 << 20).len(), 1);
    drop(relay);
}

#[test]
fn tokens_are_for_devices_of_the_roster_once_a_week() {
    let (relay, devices) = Running::with_devices(&config(), 3);
    let key = issuer(&devices[0]);
    tokens(&devices[0], &key, &order(&key, 500));
    let more = devices[0].post("tokens", RECORD, order(&key, 600).record);
    let wait: u64 = crate::device::header(&more, "retry-after")
        .parse()
        .expect("wait");
    assert!((1..=7 * 24 * 3600).contains(&wait));
    assert_eq!(code(more), RefusalCode::TooManyRequests);
    // Others have theirs.
    tokens(&devices[1], &key, &order(&key, 700));
    let stranger = Device::new(&relay.base, 99);
    assert_eq!(code(stranger.get("tokens")), RefusalCode::Unauthorized);
    let answer = stranger.post("tokens", RECORD, order(&key, 800).record);
    assert_eq!(code(answer), RefusalCode::Unauthorized);
    let bad = Blinded(vec![vec![0xff; 256].into(); TOKENS_WEEKLY]);
    for body in [vec![0x80], bad.encode_record().expect("record")] {
        let answer = devices[2].post("tokens", RECORD, body);
        assert_eq!(code(answer), RefusalCode::Malformed);
    }
}

#[test]
fn a_post_is_refused_for_what_it_is_and_never_for_who_brings_it() {
    let (relay, devices) = Running::with_devices(&config(), 1);
    let device = &devices[0];
    let key = issuer(device);
    let given = tokens(device, &key, &order(&key, 500));
    let entry = envelope(Family::Anonymous, Log::new(7).id);
    let good = post(&given[0], &entry);
    let malformed = |bad: AnonymousPost| {
        assert_eq!(code(give(device, &bad)), RefusalCode::Malformed);
    };
    malformed(post(&given[0], &envelope(Family::Entry, Log::new(7).id)));
    let mut bad = good.clone();
    bad.token.issued[9] ^= 1;
    malformed(bad);
    let mut bad = good.clone();
    bad.token.key = sign_key(&given[1].0);
    malformed(bad);
    let mut bad = good.clone();
    bad.token.spent = Signature::from_bytes([0; 64]);
    malformed(bad);
    let mut bad = good.clone();
    bad.envelope.truncate(100);
    malformed(bad);
    // As frames, and of a krets that is not served.
    let answer = device.post("anonymous", FRAMES, frames(std::slice::from_ref(&entry)));
    assert_eq!(code(answer), RefusalCode::Malformed);
    let other = RegionId::from_bytes([1; 16]);
    let answer = device
        .http
        .post(format!("{}/v1/krets/{other}/anonymous", relay.base))
        .send()
        .expect("answer");
    assert_eq!(code(answer), RefusalCode::UnknownRegion);
    assert!(device.pull_all(1 << 20).is_empty());
    // A stranger without any key brings the good one.
    done(give(&Device::new(&relay.base, 99), &good));
    assert_eq!(hash(&device.pull_all(1 << 20)[0]), hash(&entry));
    assert_eq!(
        Seq(1),
        Envelope::decode(&entry).expect("envelope").place().seq
    );
}

#[test]
fn the_issuer_and_what_is_spent_outlive_a_restart() {
    let (mut relay, devices) = Running::with_devices(&config(), 1);
    let key = issuer(&devices[0]);
    let given = tokens(&devices[0], &key, &order(&key, 500));
    let entry = envelope(Family::Anonymous, Log::new(7).id);
    done(give(&devices[0], &post(&given[0], &entry)));
    relay.stop();
    let relay = Running::start_in(&config(), relay.data.clone());
    let mut device = Device::new(&relay.base, 0);
    device.enter(REGION).expect("token");
    assert_eq!(issuer(&device), key);
    done(give(&device, &post(&given[0], &entry)));
    let again = post(&given[0], &envelope(Family::Anonymous, Log::new(7).id));
    assert_eq!(code(give(&device, &again)), RefusalCode::Malformed);
    done(give(
        &device,
        &post(&given[1], &envelope(Family::Anonymous, Log::new(9).id)),
    ));
}
