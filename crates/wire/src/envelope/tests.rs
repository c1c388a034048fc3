use super::{Envelope, Family, Header, Link, Place, padded_length};
use crate::limits::{ENVELOPE_BYTES_MAX, FRAME_BYTES_MAX, PADDED_BYTES_MAX};
use crate::{
    EntryHash, EpochId, Frames, Head, LogId, Nonce, RegionId, Seq, WireError, write_frame,
};
use proptest::prelude::*;

fn header(tag: u8, seq: u64) -> Header {
    Header {
        place: Place {
            tag,
            region: RegionId::from_bytes([1; 16]),
            log: LogId::from_bytes([2; 16]),
            seq: Seq(seq),
            prev: EntryHash::from_bytes([3; 32]),
        },
        epoch: EpochId::from_bytes([4; 32]),
        nonce: Nonce::from_bytes([5; 24]),
    }
}

fn tag() -> impl Strategy<Value = u8> {
    prop_oneof![
        Just(Family::Entry.tag_v1()),
        Just(Family::Slot.tag_v1()),
        Just(Family::Snapshot.tag_v1()),
        Just(Family::Blob.tag_v1()),
        Just(Family::Anonymous.tag_v1()),
    ]
}

proptest! {
    #[test]
    fn an_envelope_reads_back_as_written(tag in tag(), seq in 1..=i64::MAX as u64, power in 9_u32..12, fill: u8) {
        let header = header(tag, seq);
        let ciphertext = vec![fill; (1 << power) + 16];
        let bytes = header.envelope(&ciphertext);
        let envelope = Envelope::decode(&bytes).expect("envelope");
        let (read, rest) = envelope.open_parts().expect("parts");
        prop_assert_eq!(read, header);
        prop_assert_eq!(rest, &ciphertext[..]);
        prop_assert_eq!(read.envelope(rest), bytes);
    }

    #[test]
    fn any_bytes_are_refused_or_keep_every_byte(bytes in proptest::collection::vec(any::<u8>(), 0..900)) {
        if let Ok(envelope) = Envelope::decode(&bytes) {
            prop_assert_eq!(&envelope.place().encode()[..], &bytes[..73]);
            if let Ok((header, rest)) = envelope.open_parts() {
                prop_assert_eq!(header.envelope(rest), bytes);
            }
        }
    }

    #[test]
    fn any_bytes_as_frames_end_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..900)) {
        let mut out = Vec::new();
        let mut frames = Frames::new(&bytes);
        for envelope in frames.by_ref().flatten() {
            write_frame(&mut out, envelope.bytes()).expect("frame");
        }
        prop_assert!(bytes.starts_with(&out));
        prop_assert_eq!(out.len() + frames.left().len(), bytes.len());
    }

    #[test]
    fn every_byte_of_an_envelope_is_in_its_hash(at in 0_usize..657, bit in 0_u8..8) {
        let bytes = header(1, 7).envelope(&[9; 528]);
        let mut other = bytes.clone();
        other[at] ^= 1 << bit;
        let hash = Envelope::decode(&bytes).expect("envelope").hash();
        if let Ok(other) = Envelope::decode(&other) {
            prop_assert_ne!(other.hash(), hash);
        }
    }
}

#[test]
fn the_stub_of_an_erased_entry_keeps_its_hash() {
    let bytes = header(1, 7).envelope(&[9; 528]);
    let envelope = Envelope::decode(&bytes).expect("envelope");
    assert_eq!(envelope.stub().hash(), envelope.hash());
    let left = envelope.stub().envelope();
    let stub = Envelope::decode(&left).expect("stub");
    assert!(stub.is_stub() && !stub.is_known());
    assert_eq!(stub.stub(), envelope.stub());
    assert_eq!(stub.hash(), envelope.hash());
    assert_eq!(stub.open_parts(), Err(WireError::Erased));
    for length in 73..left.len() {
        assert_eq!(Envelope::decode(&left[..length]), Err(WireError::Malformed));
    }
    let mut twice = left;
    twice[73] = Family::Stub.tag_v1();
    assert_eq!(Envelope::decode(&twice), Err(WireError::Malformed));
}

#[test]
fn an_entry_is_next_after_a_gap_behind_or_a_fork() {
    let place = |seq, prev: u8| {
        let mut place = header(1, seq).place;
        place.prev = EntryHash::from_bytes([prev; 32]);
        place
    };
    let head = Head {
        log: LogId::from_bytes([2; 16]),
        seq: Seq(4),
        hash: EntryHash::from_bytes([9; 32]),
    };
    assert_eq!(place(5, 9).link(Some(&head)), Link::Next);
    assert_eq!(place(5, 8).link(Some(&head)), Link::Fork);
    assert_eq!(place(6, 9).link(Some(&head)), Link::Gap);
    assert_eq!(place(4, 9).link(Some(&head)), Link::Behind);
    assert_eq!(place(1, 0).link(None), Link::Next);
    assert_eq!(place(1, 1).link(None), Link::Fork);
    assert_eq!(place(2, 0).link(None), Link::Gap);
}

#[test]
fn unknown_versions_and_families_are_kept_but_not_opened() {
    for tag in [0x02, 0x1f, 0xa2, 0xc1, 0xe1] {
        let mut bytes = header(tag, 7).place.encode().to_vec();
        bytes.extend([0; 100]);
        let envelope = Envelope::decode(&bytes).expect("kept");
        assert_eq!(envelope.bytes(), bytes);
        assert_eq!(envelope.open_parts(), Err(WireError::Version(tag)));
        let _ = envelope.hash();
    }
    let zero = header(0x20, 7).envelope(&[0; 528]);
    assert_eq!(Envelope::decode(&zero), Err(WireError::Malformed));
}

#[test]
fn sizes_that_no_padding_gives_are_refused() {
    let decode = |ciphertext: usize| {
        let bytes = header(1, 7).envelope(&vec![0; ciphertext]);
        Envelope::decode(&bytes).map(|envelope| envelope.bytes().len())
    };
    assert!(decode(528).is_ok());
    assert_eq!(decode(527), Err(WireError::Malformed));
    assert_eq!(decode(256 + 16), Err(WireError::Malformed));
    assert_eq!(decode(3), Err(WireError::Truncated));
    assert_eq!(decode(PADDED_BYTES_MAX + 16), Ok(ENVELOPE_BYTES_MAX));
    assert_eq!(decode(PADDED_BYTES_MAX + 17), Err(WireError::TooLarge));
    assert_eq!(decode(FRAME_BYTES_MAX), Err(WireError::TooLarge));
}

#[test]
fn positions_that_sql_cannot_hold_are_refused() {
    for seq in [0, 1 << 63, u64::MAX] {
        let bytes = header(1, seq).envelope(&[0; 528]);
        assert_eq!(Envelope::decode(&bytes), Err(WireError::Malformed));
    }
}

#[test]
fn the_exempelkrets_is_refused() {
    let mut example = header(1, 1);
    example.place.region = RegionId::EXAMPLE;
    let bytes = example.envelope(&[0; 528]);
    assert_eq!(Envelope::decode(&bytes), Err(WireError::Example));
}

#[test]
fn padding_doubles_from_512_bytes() {
    assert_eq!(padded_length(0), Ok(512));
    assert_eq!(padded_length(512), Ok(512));
    assert_eq!(padded_length(513), Ok(1024));
    assert_eq!(padded_length(PADDED_BYTES_MAX), Ok(PADDED_BYTES_MAX));
    assert_eq!(
        padded_length(PADDED_BYTES_MAX + 1),
        Err(WireError::TooLarge)
    );
}

#[test]
fn frames_cut_off_keep_the_whole_ones_before() {
    let mut body = Vec::new();
    write_frame(&mut body, &header(1, 1).envelope(&[0; 528])).expect("frame");
    write_frame(&mut body, &header(1, 2).envelope(&[0; 528])).expect("frame");
    let cut = &body[..body.len() - 1];
    let read: Vec<_> = Frames::new(cut).collect();
    assert!(read[0].is_ok());
    assert_eq!(read[1], Err(WireError::Truncated));
    assert_eq!(read.len(), 2);
    let huge: Vec<_> = Frames::new(&[0xff; 8]).collect();
    assert_eq!(huge, [Err(WireError::TooLarge)]);
}
