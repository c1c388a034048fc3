//! The rows that stood in a log before there was a krets, and everything after them.

use crate::krets::{AUTHOR, Dry, Krets, body, draft};
use proptest::prelude::*;
use radrum_seal::{Chain, Device, Draft, SealError, seal_part, unseal};
use radrum_wire::limits::{BODY_BYTES_MAX, HEARTBEAT_BYTES_MAX};
use radrum_wire::{
    Body, Digest, EntryHash, Envelope, Family, Head, Heartbeat, Kind, LogId, Record as _, Seq,
};

#[test]
fn rows_written_before_the_founding_are_sealed_in_order() {
    let mut krets = Krets::new(1);
    let rows: Vec<Vec<u8>> = (0_u8..20).map(|n| body(&[n; 40])).collect();
    let mut chain = krets.chain();
    let mut sealed = Vec::new();
    for (at, row) in (1_800_000_000_000..).zip(&rows) {
        let draft = Draft::of_log_row(AUTHOR, at, row.clone());
        sealed.push(krets.seal(&mut chain, &draft).expect("sealed"));
    }
    let mut facts = draft(b"");
    facts.kind = Kind::FACTS;
    facts.body = krets.facts().encode_record().expect("facts");
    sealed.push(krets.seal(&mut chain, &facts).expect("sealed"));

    let mut prev = EntryHash::from_bytes([0; 32]);
    for (seq, entry) in (1..).zip(&sealed) {
        assert_eq!(entry.place.seq, Seq(seq));
        assert_eq!(entry.place.prev, prev);
        prev = entry.hash;
    }
    for (row, entry) in rows.iter().zip(&sealed) {
        let envelope = Envelope::decode(&entry.bytes).expect("decoded");
        let entry = unseal(&envelope, krets.founded.region, &krets.epochs)
            .and_then(|entry| entry.verify(&krets.members))
            .expect("opened");
        assert_eq!(&entry.body, row);
    }
}

#[test]
fn the_facts_that_an_entry_needs_can_come_in_that_very_log() {
    let mut krets = Krets::new(1);
    let mut chain = krets.chain();
    let first = krets.seal(&mut chain, &draft(b"one")).expect("sealed");
    let mut facts = draft(b"");
    facts.kind = Kind::FACTS;
    facts.body = krets.facts().encode_record().expect("facts");
    let second = krets.seal(&mut chain, &facts).expect("sealed");

    // Somebody who has the epoch key and no fact at all.
    let mut unsealed = Vec::new();
    for sealed in [&first, &second] {
        let envelope = Envelope::decode(&sealed.bytes).expect("decoded");
        unsealed.push(unseal(&envelope, krets.founded.region, &krets.epochs).expect("unsealed"));
    }
    let mut known = Vec::new();
    for entry in &unsealed {
        known.extend(entry.facts().expect("facts").unwrap_or_default().0);
    }
    let members = radrum_seal::Membership::of(krets.founded.region, &known).expect("members");
    for entry in unsealed {
        assert!(entry.verify(&members).is_ok());
    }
}

#[test]
fn a_row_at_the_size_limit_that_does_not_compress_can_be_sealed() {
    let mut krets = Krets::new(1);
    let mut noise = vec![0; BODY_BYTES_MAX - 64];
    blake3::Hasher::new().finalize_xof().fill(&mut noise);
    let draft = draft(&noise);
    assert!(Body::decode(&draft.body).is_ok());
    let mut chain = krets.chain();
    let sealed = krets.seal(&mut chain, &draft).expect("sealed");
    let envelope = Envelope::decode(&sealed.bytes).expect("decoded");
    let entry = unseal(&envelope, krets.founded.region, &krets.epochs)
        .and_then(|entry| entry.verify(&krets.members))
        .expect("opened");
    assert_eq!(entry.body, draft.body);
}

#[test]
fn a_log_goes_on_from_its_head() {
    let mut krets = Krets::new(1);
    let mut chain = krets.chain();
    let first = krets.seal(&mut chain, &draft(b"one")).expect("sealed");
    let mut resumed = Chain::resume(krets.founded.region, first.head());
    assert_eq!(resumed, chain);
    let second = krets.seal(&mut resumed, &draft(b"two")).expect("sealed");
    assert_eq!(second.place.prev, first.hash);
    assert_eq!(second.place.seq, Seq(2));
}

#[test]
fn the_same_words_never_make_the_same_bytes() {
    let mut krets = Krets::new(1);
    let one = krets.first();
    let two = krets.first();
    assert_eq!(one.place, two.place);
    assert_ne!(one.bytes[105..129], two.bytes[105..129], "nonces differ");
    assert_ne!(one.hash, two.hash);
}

#[test]
fn without_randomness_nothing_is_sealed_and_the_log_stays_where_it_was() {
    let krets = Krets::new(1);
    let mut chain = krets.chain();
    let device = Device {
        keys: &krets.keys,
        grant: krets.grant(),
    };
    let refused = chain.seal(&draft(b"x"), device, &krets.founded.epoch, &mut Dry);
    assert_eq!(refused, Err(SealError::NoRandomness));
    assert_eq!(chain, krets.chain());
}

#[test]
fn a_heartbeat_with_all_its_heads_fits_its_slot_and_no_log() {
    let mut krets = Krets::new(1);
    let heads = (0..64).map(|n| Head {
        log: LogId::from_bytes([n; 16]),
        seq: Seq(3_000_000_000),
        hash: EntryHash::from_bytes(*blake3::hash(&[n]).as_bytes()),
    });
    let beat = Heartbeat {
        digest: Digest::from_bytes([1; 32]),
        heads: heads.collect(),
        erased: 0,
        program: "0.1.0".into(),
    };
    let mut draft = draft(b"");
    draft.kind = Kind::HEARTBEAT;
    draft.body = beat.encode_record().expect("heartbeat");
    let mut chain = krets.chain();
    let refused = krets.seal(&mut chain, &draft);
    assert_eq!(refused, Err(SealError::OutOfPlace));
    let device = Device {
        keys: &krets.keys,
        grant: krets.grant(),
    };
    let sealed = seal_part(
        Family::Slot,
        (krets.founded.region, krets.log),
        (EntryHash::from_bytes([0; 32]), Seq(9)),
        &draft,
        device,
        &krets.founded.epoch,
        &mut krets.random,
    )
    .expect("sealed");
    assert!(sealed.bytes.len() <= HEARTBEAT_BYTES_MAX);
    let envelope = Envelope::decode(&sealed.bytes).expect("decoded");
    let entry = unseal(&envelope, krets.founded.region, &krets.epochs)
        .and_then(|entry| entry.verify(&krets.members))
        .expect("opened");
    assert_eq!(Heartbeat::decode_record(&entry.body), Ok(beat));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_body_opens_as_it_was_sealed(change in proptest::collection::vec(any::<u8>(), 0..6_000), at: i64) {
        let mut krets = Krets::new(3);
        let draft = Draft::of_log_row(AUTHOR, at, body(&change));
        let mut chain = krets.chain();
        let sealed = krets.seal(&mut chain, &draft).expect("sealed");
        prop_assert!((sealed.bytes.len() - 129 - 16).is_power_of_two());
        let envelope = Envelope::decode(&sealed.bytes).expect("decoded");
        let entry = unseal(&envelope, krets.founded.region, &krets.epochs)
            .and_then(|entry| entry.verify(&krets.members)).expect("opened");
        prop_assert_eq!(entry.body, draft.body);
        prop_assert_eq!(entry.written_at, at);
    }

    #[test]
    fn any_bytes_as_envelope_are_refused(bytes in proptest::collection::vec(any::<u8>(), 657..658)) {
        let krets = Krets::new(3);
        let mut bytes = bytes;
        bytes[0] = 1;
        bytes[1..17].copy_from_slice(krets.founded.region.as_bytes());
        bytes[33] = 0;
        bytes[40] = 1;
        bytes[73..105].copy_from_slice(krets.founded.epoch.id().as_bytes());
        let envelope = Envelope::decode(&bytes).expect("form");
        let refused = unseal(&envelope, krets.founded.region, &krets.epochs).map(|_| ());
        prop_assert_eq!(refused, Err(SealError::Broken));
    }
}
