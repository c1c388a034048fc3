//! Who gets in, and what those hear who do not.

use super::office::LanOffice;
use super::spy::{Spy, connect, listen, until_closed};
use crate::desk::auth_key;
use crate::office::REGION;
use radrum_wire::lan::{Message, Proof, Side, knock, proof_signing_bytes};
use radrum_wire::{AuthKey, Digest, RegionId, Signature};
use std::io::Write as _;

const KNOCK: usize = Digest::BYTES;

#[test]
fn a_member_is_greeted_and_told_the_digest_and_both_ends_know_the_channel() {
    let a = LanOffice::open(1, 5, &[]);
    let mut spy = Spy::call(a.address());
    let proof = spy.greet(2);
    assert_eq!(proof.key, auth_key(1));
    let message = proof_signing_bytes(Side::Called, REGION, proof.key, spy.channel);
    let key = ed25519_dalek::VerifyingKey::from_bytes(proof.key.as_bytes()).expect("key");
    let signature = ed25519_dalek::Signature::from_bytes(proof.signature.as_bytes());
    key.verify_strict(&message, &signature).expect("its own");
    let digest = a.office().holdings.digest();
    assert_eq!(spy.receive(), Message::Hello(REGION, digest));
}

#[test]
fn a_caller_who_does_not_know_the_krets_hears_not_one_byte() {
    let a = LanOffice::open(1, 5, &[]);
    let mut spy = Spy::call(a.address());
    spy.say(&spy.knock(RegionId::from_bytes([8; 16])));
    assert_eq!(spy.until_closed(), 0);
    // Nor one who says back what a device would say.
    let mut spy = Spy::call(a.address());
    let told = knock(Side::Called, REGION, spy.channel);
    spy.say(told.as_bytes());
    assert_eq!(spy.until_closed(), 0);
    // Nor one who has heard it on another line.
    let mut spy = Spy::call(a.address());
    let other = Spy::call(a.address());
    spy.say(&other.knock(REGION));
    assert_eq!(spy.until_closed(), 0);
    a.is_unharmed(5);
}

#[test]
fn a_caller_who_is_no_member_sees_no_proof_no_digest_and_no_heads() {
    let a = LanOffice::open(1, 5, &[]);
    a.revoke(2);
    let mut spy = Spy::call(a.address());
    spy.say(&spy.knock(REGION));
    spy.hear::<KNOCK>();
    spy.say(&spy.proof(2));
    assert_eq!(spy.until_closed(), 0);
    a.still_trades(3);
}

#[test]
fn a_caller_cannot_prove_a_key_that_is_not_his_on_this_line() {
    let a = LanOffice::open(1, 5, &[]);
    let mut zeros = vec![0; Proof::BYTES];
    // The neutral element of the curve, with which any message would be signed.
    (zeros[0], zeros[32]) = (1, 1);
    let forged = |spy: &Spy, other: &Spy| {
        let good = Proof::decode(&spy.proof(2)).expect("proof");
        let with = |key, signature| Proof { key, signature }.encode();
        vec![
            other.proof(2),
            with(auth_key(3), good.signature),
            with(good.key, Signature::from_bytes([7; 64])),
            with(AuthKey::from_bytes([0; 32]), good.signature),
            zeros.clone(),
        ]
    };
    for number in 0..5 {
        let (mut spy, other) = (Spy::call(a.address()), Spy::call(a.address()));
        spy.say(&spy.knock(REGION));
        spy.hear::<KNOCK>();
        let proof = forged(&spy, &other).remove(number);
        spy.say(&proof);
        assert_eq!(spy.until_closed(), 0, "{number}");
    }
    a.still_trades(3);
}

#[test]
fn a_device_is_not_met_by_its_own_echo() {
    let a = LanOffice::open(1, 5, &[]);
    let mut spy = Spy::call(a.address());
    spy.say(&spy.knock(REGION));
    spy.hear::<KNOCK>();
    spy.say(&spy.proof(1));
    assert_eq!(spy.until_closed(), 0);
    a.is_unharmed(5);
}

#[test]
fn a_device_that_calls_a_stranger_shows_neither_its_key_nor_its_heads() {
    let (listener, address) = listen();
    let mut a = LanOffice::new(1);
    a.office().write_many(5);
    a.call_at(&[address]);
    let mut spy = Spy::called(&listener);
    spy.hear::<KNOCK>();
    spy.say(&spy.knock(RegionId::from_bytes([8; 16])));
    assert_eq!(spy.until_closed(), 0);
    a.is_unharmed(5);
    // One who was a member once learns a key that he knew, and no more.
    a.revoke(2);
    a.road().retry();
    let mut spy = Spy::called(&listener);
    spy.hear::<KNOCK>();
    spy.say(&spy.knock(REGION));
    let proof = Proof::decode(&spy.hear::<{ Proof::BYTES }>()).expect("proof");
    assert_eq!(proof.key, auth_key(1));
    spy.say(&spy.proof(2));
    assert_eq!(spy.until_closed(), 0);
    a.still_trades(3);
}

#[test]
fn one_who_stands_between_two_members_gets_neither_to_speak() {
    let a = LanOffice::open(1, 5, &[]);
    let (listener, address) = listen();
    let mut b = LanOffice::new(2);
    b.office().write_many(5);
    b.call_at(&[address]);
    let mut to_b = Spy::called(&listener);
    let mut to_a = Spy::call(a.address());
    assert_ne!(to_a.channel, to_b.channel);
    // What one says, the other is told.
    let said = to_b.hear::<KNOCK>();
    to_a.say(&said);
    assert_eq!(to_a.until_closed(), 0);
    drop(to_b);
    // Also when he knows the krets, and lets only the proofs through.
    b.road().retry();
    let mut to_b = Spy::called(&listener);
    let mut to_a = Spy::call(a.address());
    to_b.hear::<KNOCK>();
    to_b.say(&to_b.knock(REGION));
    to_a.say(&to_a.knock(REGION));
    to_a.hear::<KNOCK>();
    let proof = to_b.hear::<{ Proof::BYTES }>();
    to_a.say(&proof);
    assert_eq!(to_a.until_closed(), 0);
    assert_eq!((a.count(), b.count()), (5, 5));
    a.still_trades(3);
}

#[test]
fn another_version_of_tls_or_another_protocol_is_not_answered() {
    let a = LanOffice::open(1, 5, &[]);
    // The beginning of a TLS 1.2 hello that offers one cipher and no extensions.
    let mut hello = b"\x16\x03\x01\x00\x2d\x01\x00\x00\x29\x03\x03".to_vec();
    hello.extend([7; 32]);
    hello.extend(b"\x00\x00\x02\xc0\x2f\x01\x00");
    let mut tcp = connect(a.address());
    tcp.write_all(&hello).expect("said");
    // An alert, which every TLS gives.
    assert!(until_closed(&mut tcp) <= 7);
    let mut tcp = connect(a.address());
    tcp.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
        .expect("said");
    assert!(until_closed(&mut tcp) <= 7);
    a.still_trades(3);
}
