//! Every way to alter, move or make up an entry that we could think of. The forger here is a
//! member: he has the epoch key and can encrypt what he likes, but not another's signing key.

use crate::forger::{apart, encrypt, open, signed, together};
use crate::krets::{AUTHOR, Krets, draft};
use proptest::prelude::*;
use radrum_seal::{Author, Chain, Device, DeviceKeys, EpochKey, EpochKeys, SealError, unseal};
use radrum_wire::limits::HEADER_BYTES;
use radrum_wire::{
    Digest, EntryHash, Envelope, EpochId, Family, Header, Inner, ItemId, Kind, LogId, Nonce,
    Packing, Record as _, RegionId, Salt, Seq, SignKey, Signature, Signer, WireError,
    write_plaintext,
};

#[test]
fn a_device_cannot_put_a_kind_where_it_does_not_belong() {
    let mut krets = Krets::new(1);
    let sealed = krets.first();
    let again = signed(&krets, apart(&krets, &sealed.bytes));
    assert_eq!(again, sealed.bytes);
    for kind in [Kind::HEARTBEAT, Kind::SNAPSHOT_PART, Kind::ANONYMOUS] {
        let mut parts = apart(&krets, &sealed.bytes);
        parts.inner.kind = kind;
        let forged = signed(&krets, parts);
        assert_eq!(open(&krets, &forged), Err(SealError::OutOfPlace));
    }
    let mut parts = apart(&krets, &sealed.bytes);
    parts.header.place.tag = Family::Slot.tag_v1();
    parts.inner.kind = Kind::HEARTBEAT;
    assert!(open(&krets, &signed(&krets, parts)).is_ok());
    let mut parts = apart(&krets, &sealed.bytes);
    parts.header.place.tag = Family::Slot.tag_v1();
    parts.header.place.prev = EntryHash::from_bytes([9; 32]);
    parts.inner.kind = Kind::HEARTBEAT;
    let forged = signed(&krets, parts);
    assert_eq!(open(&krets, &forged), Err(SealError::OutOfPlace));
    let mut parts = apart(&krets, &sealed.bytes);
    parts.inner.kind = Kind(900);
    let newer = open(&krets, &signed(&krets, parts)).expect("kept");
    assert_eq!(newer.kind, Kind(900));
}

#[test]
fn an_entry_opens_as_it_was_sealed() {
    let mut krets = Krets::new(1);
    let sealed = krets.first();
    let entry = open(&krets, &sealed.bytes).expect("opened");
    assert_eq!(entry.body, crate::krets::body(b"hello"));
    assert_eq!(entry.author, Author::Member(AUTHOR));
    assert_eq!(entry.grant, Some(krets.grant()));
    assert_eq!((entry.kind, entry.schema), (Kind::CHANGES, 1));
    assert_eq!((entry.place, entry.hash), (sealed.place, sealed.hash));
}

#[test]
fn each_bit_of_the_outer_header_flipped_is_refused() {
    let mut krets = Krets::new(1);
    let sealed = krets.first();
    for at in 0..HEADER_BYTES {
        for bit in 0..8 {
            let mut forged = sealed.bytes.clone();
            forged[at] ^= 1 << bit;
            let refused = open(&krets, &forged).expect_err("refused");
            let expected = match at {
                // Another version waits for another program; another family is another key.
                0 => matches!(
                    refused,
                    SealError::Broken
                        | SealError::Wire(WireError::Version(_) | WireError::Malformed)
                ),
                1..17 => refused == SealError::OtherRegion,
                33..41 => matches!(
                    refused,
                    SealError::Broken | SealError::Wire(WireError::Malformed)
                ),
                73..105 => matches!(refused, SealError::UnknownEpoch(_)),
                _ => refused == SealError::Broken,
            };
            assert!(expected, "byte {at}, bit {bit}: {refused:?}");
        }
    }
}

#[test]
fn each_byte_of_the_ciphertext_flipped_is_refused() {
    let mut krets = Krets::new(1);
    let sealed = krets.first();
    for at in HEADER_BYTES..sealed.bytes.len() {
        let mut forged = sealed.bytes.clone();
        forged[at] ^= 0x10;
        assert_eq!(open(&krets, &forged), Err(SealError::Broken), "byte {at}");
    }
}

#[test]
fn an_entry_cut_anywhere_is_refused() {
    let mut krets = Krets::new(1);
    let sealed = krets.first();
    for length in 0..sealed.bytes.len() {
        assert!(open(&krets, &sealed.bytes[..length]).is_err(), "{length}");
    }
}

#[test]
fn a_member_cannot_move_an_entry_to_another_place() {
    let mut krets = Krets::new(1);
    let sealed = krets.first();
    let moves: [fn(&mut Header); 5] = [
        |header| header.place.log = LogId::from_bytes([9; 16]),
        |header| header.place.seq = Seq(2),
        |header| header.place.prev = EntryHash::from_bytes([9; 32]),
        |header| header.nonce = Nonce::from_bytes([9; 24]),
        |header| header.place.tag = Family::Snapshot.tag_v1(),
    ];
    for alter in moves {
        let mut parts = apart(&krets, &sealed.bytes);
        alter(&mut parts.header);
        let forged = together(&krets, &parts);
        assert_eq!(open(&krets, &forged), Err(SealError::WrongSignature));
    }
    let mut parts = apart(&krets, &sealed.bytes);
    parts.header.place.tag = Family::Anonymous.tag_v1();
    let forged = together(&krets, &parts);
    assert_eq!(open(&krets, &forged), Err(SealError::OutOfPlace));
}

#[test]
fn a_member_cannot_move_an_entry_to_another_krets_or_epoch() {
    let mut krets = Krets::new(1);
    let sealed = krets.first();
    let mut other = Krets::new(2);
    // Both krets share an epoch key by some mistake, and the forger is a member of both.
    other.epochs.insert(krets.founded.epoch.clone());
    let mut parts = apart(&krets, &sealed.bytes);
    parts.header.place.region = other.founded.region;
    let forged = together(&krets, &parts);
    let refused = open(&other, &forged);
    assert_eq!(refused, Err(SealError::UnknownGrant(krets.grant())));
    assert_eq!(open(&other, &sealed.bytes), Err(SealError::OtherRegion));

    let later = EpochKey::from_secret([9; 32]);
    let mut parts = apart(&krets, &sealed.bytes);
    parts.header.epoch = later.id();
    let unknown = together(&krets, &parts);
    assert_eq!(
        open(&krets, &unknown),
        Err(SealError::UnknownEpoch(later.id()))
    );
    krets.epochs.insert(later.clone());
    assert_eq!(open(&krets, &unknown), Err(SealError::Broken));
    krets.founded.epoch = later;
    let resealed = together(&krets, &parts);
    assert_eq!(open(&krets, &resealed), Err(SealError::WrongSignature));
}

#[test]
fn each_field_inside_altered_by_a_member_is_refused() {
    let mut krets = Krets::new(1);
    let sealed = krets.first();
    let fields: [fn(&mut Inner); 9] = [
        |inner| inner.kind = Kind::FACTS,
        |inner| inner.schema = 2,
        |inner| inner.salt = Salt::from_bytes([9; 16]),
        |inner| inner.written_at += 1,
        |inner| inner.author = ItemId::from_bytes([9; 16]),
        |inner| inner.refs.push(EntryHash::from_bytes([9; 32])),
        |inner| inner.seen = Some(Digest::from_bytes([9; 32])),
        |inner| inner.body.push(0),
        |inner| {
            inner.packing = match inner.packing {
                Packing::Plain => Packing::Deflate,
                Packing::Deflate => Packing::Plain,
            };
        },
    ];
    for alter in fields {
        let mut parts = apart(&krets, &sealed.bytes);
        alter(&mut parts.inner);
        let forged = together(&krets, &parts);
        assert_eq!(open(&krets, &forged), Err(SealError::WrongSignature));
    }
    let mut parts = apart(&krets, &sealed.bytes);
    let unknown = radrum_wire::FactHash::from_bytes([9; 32]);
    parts.inner.signer = Signer::Grant(unknown);
    let forged = together(&krets, &parts);
    assert_eq!(open(&krets, &forged), Err(SealError::UnknownGrant(unknown)));
    parts.inner.signer = Signer::Once(SignKey::from_bytes([9; 32]));
    let forged = together(&krets, &parts);
    assert_eq!(open(&krets, &forged), Err(SealError::OutOfPlace));
}

#[test]
fn each_bit_of_the_signature_flipped_is_refused() {
    let mut krets = Krets::new(1);
    let sealed = krets.first();
    for bit in 0..512 {
        let mut parts = apart(&krets, &sealed.bytes);
        let mut signature = *parts.signature.as_bytes();
        signature[bit / 8] ^= 1 << (bit % 8);
        parts.signature = Signature::from_bytes(signature);
        let forged = together(&krets, &parts);
        assert_eq!(open(&krets, &forged), Err(SealError::WrongSignature));
    }
}

#[test]
fn padding_altered_by_a_member_is_refused() {
    let mut krets = Krets::new(1);
    let sealed = krets.first();
    let parts = apart(&krets, &sealed.bytes);
    let inner = parts.inner.encode_record().expect("inner");
    let plain = write_plaintext(&inner, &parts.signature).expect("plain");
    let mut dirty = plain.clone();
    dirty[511] = 1;
    let forged = encrypt(&krets, &parts.header, &dirty);
    let malformed = SealError::Wire(WireError::Malformed);
    assert_eq!(open(&krets, &forged), Err(malformed));
    let mut longer = plain;
    longer.resize(1_024, 0);
    let forged = encrypt(&krets, &parts.header, &longer);
    assert_eq!(open(&krets, &forged), Err(malformed));
}

#[test]
fn what_a_member_seals_again_unchanged_is_the_same_entry() {
    let mut krets = Krets::new(1);
    let sealed = krets.first();
    let again = together(&krets, &apart(&krets, &sealed.bytes));
    assert_eq!(again, sealed.bytes);
}

#[test]
fn a_device_without_a_grant_is_refused() {
    let mut krets = Krets::new(1);
    let stranger = DeviceKeys::generate(&mut krets.random).expect("keys");
    let seal = |krets: &mut Krets, grant| {
        let device = Device {
            keys: &stranger,
            grant,
        };
        let mut chain = krets.chain();
        let draft = draft(b"forged");
        chain
            .seal(&draft, device, &krets.founded.epoch, &mut krets.random)
            .expect("sealed")
    };
    let own = radrum_wire::FactHash::from_bytes([9; 32]);
    let forged = seal(&mut krets, own);
    let refused = open(&krets, &forged.bytes);
    assert_eq!(refused, Err(SealError::UnknownGrant(own)));
    let grant = krets.grant();
    let forged = seal(&mut krets, grant);
    assert_eq!(open(&krets, &forged.bytes), Err(SealError::WrongSignature));
}

#[test]
fn a_device_cannot_write_in_another_log() {
    let mut krets = Krets::new(1);
    let mut chain = Chain::new(krets.founded.region, LogId::from_bytes([9; 16]));
    let forged = krets.seal(&mut chain, &draft(b"mine")).expect("sealed");
    assert_eq!(open(&krets, &forged.bytes), Err(SealError::OtherLog));
}

#[test]
fn an_author_whom_the_grant_does_not_name_is_kept_and_not_vouched_for() {
    let mut krets = Krets::new(1);
    let mut chain = krets.chain();
    let somebody = ItemId::from_bytes([9; 16]);
    let mut other = draft(b"x");
    other.author = somebody;
    let sealed = krets.seal(&mut chain, &other).expect("sealed");
    let entry = open(&krets, &sealed.bytes).expect("kept");
    assert_eq!(entry.author, Author::Unvouched(somebody));
    other.author = ItemId::from_bytes([0; 16]);
    let sealed = krets.seal(&mut chain, &other).expect("sealed");
    let entry = open(&krets, &sealed.bytes).expect("kept");
    assert_eq!(entry.author, Author::Program);
}

#[test]
fn without_the_epoch_key_nothing_opens_and_the_entry_waits() {
    let mut krets = Krets::new(1);
    let sealed = krets.first();
    krets.epochs = EpochKeys::default();
    let waits = open(&krets, &sealed.bytes).expect_err("waits");
    assert_eq!(waits, SealError::UnknownEpoch(krets.founded.epoch.id()));
    assert_eq!(waits.verdict(), radrum_seal::Verdict::Wait);
    let id = krets.founded.epoch.id();
    assert_ne!(id, EpochId::from_bytes(*krets.founded.epoch.to_secret()));
}

#[test]
fn the_exempelkrets_is_refused_both_ways() {
    let mut krets = Krets::new(1);
    let sealed = krets.first();
    let mut chain = Chain::new(RegionId::EXAMPLE, krets.log);
    let refused = krets.seal(&mut chain, &draft(b"x"));
    assert_eq!(refused, Err(SealError::Example));
    let envelope = Envelope::decode(&sealed.bytes).expect("decoded");
    let refused = unseal(&envelope, RegionId::EXAMPLE, &krets.epochs);
    assert_eq!(refused.map(|_| ()), Err(SealError::Example));
}

#[test]
fn a_bomb_behind_a_right_signature_stops_at_the_limit() {
    let mut krets = Krets::new(1);
    let mut chain = krets.chain();
    let mut bomb = draft(b"x");
    bomb.body = vec![0; 1024 * 1024 + 1];
    let refused = krets.seal(&mut chain, &bomb);
    assert_eq!(refused, Err(SealError::TooLarge));
    bomb.body = vec![0; 1024 * 1024];
    let sealed = krets.seal(&mut chain, &bomb).expect("at the limit");
    assert!(sealed.bytes.len() < 4_096);
    let entry = open(&krets, &sealed.bytes).expect("opened");
    assert_eq!(entry.body.len(), 1024 * 1024);
}

proptest! {
    #[test]
    fn whatever_a_member_seals_is_refused_without_panic(
        start in proptest::collection::vec(any::<u8>(), 0..300),
        cut in 0_u32..500,
    ) {
        let mut krets = Krets::new(1);
        let sealed = krets.first();
        let parts = apart(&krets, &sealed.bytes);
        // Bytes of no form at all, and bytes behind a length that fits.
        let mut plain = vec![0; 512];
        plain[..start.len()].copy_from_slice(&start);
        prop_assert!(open(&krets, &encrypt(&krets, &parts.header, &plain)).is_err());
        plain[..4].copy_from_slice(&cut.to_be_bytes());
        prop_assert!(open(&krets, &encrypt(&krets, &parts.header, &plain)).is_err());
    }
}
