use super::{CHANNEL_LABEL, proof_signing_bytes};
use super::{MESSAGE_LENGTH_BYTES, Message, PROTOCOL, Proof, SERVICE, Side, knock, tag};
use crate::limits::LAN_MESSAGE_BYTES_MAX;
use crate::{AuthKey, Digest, Heads, LanName, Ranges, RegionId, Signature, WireError};
use proptest::prelude::*;

const REGION: RegionId = RegionId::from_bytes([7; 16]);
const CHANNEL: Digest = Digest::from_bytes([1; 32]);

#[test]
fn format_md_names_what_stands_on_a_line() {
    let format = include_str!("../../FORMAT.md");
    let named = [
        SERVICE.as_bytes(),
        PROTOCOL,
        CHANNEL_LABEL,
        b"| 1 | hello | region 16, digest 32 of the heads |",
        b"| 2 | heads | record of heads |",
        b"| 3 | ask | record of ranges |",
        b"| 4 | frames | frames (section 2)",
        b"| 5 | done | nothing |",
    ];
    for text in named {
        let text = std::str::from_utf8(text).expect("text");
        assert!(format.contains(text), "FORMAT.md lacks {text}");
    }
}

#[test]
fn what_one_end_says_of_itself_is_nothing_for_the_other_end_line_or_krets() {
    let key = AuthKey::from_bytes([2; 32]);
    let (region, channel) = (RegionId::from_bytes([8; 16]), Digest::from_bytes([3; 32]));
    let said = knock(Side::Caller, REGION, CHANNEL);
    for other in [
        knock(Side::Called, REGION, CHANNEL),
        knock(Side::Caller, region, CHANNEL),
        knock(Side::Caller, REGION, channel),
    ] {
        assert_ne!(said, other);
    }
    let said = proof_signing_bytes(Side::Caller, REGION, key, CHANNEL);
    for other in [
        proof_signing_bytes(Side::Called, REGION, key, CHANNEL),
        proof_signing_bytes(Side::Caller, region, key, CHANNEL),
        proof_signing_bytes(Side::Caller, REGION, AuthKey::from_bytes([4; 32]), CHANNEL),
        proof_signing_bytes(Side::Caller, REGION, key, channel),
    ] {
        assert_ne!(said, other);
    }
    let (one, two) = (LanName::from_bytes([1; 16]), LanName::from_bytes([2; 16]));
    assert_ne!(tag(REGION, one), tag(REGION, two));
    assert_ne!(tag(REGION, one), tag(region, one));
}

#[test]
fn a_length_over_the_limit_or_of_nothing_is_refused_before_anything_is_read() {
    let read = |length: usize| {
        let length = u32::try_from(length).expect("length");
        Message::read_length(length.to_be_bytes())
    };
    assert_eq!(read(0), Err(WireError::Truncated));
    assert_eq!(read(1), Ok(1));
    assert_eq!(read(LAN_MESSAGE_BYTES_MAX), Ok(LAN_MESSAGE_BYTES_MAX));
    assert_eq!(read(LAN_MESSAGE_BYTES_MAX + 1), Err(WireError::TooLarge));
    assert_eq!(Message::read_length([0xff; 4]), Err(WireError::TooLarge));
    let over = Message::write_length(LAN_MESSAGE_BYTES_MAX + 1);
    assert_eq!(over, Err(WireError::TooLarge));
    assert_eq!(MESSAGE_LENGTH_BYTES, 4);
}

#[test]
fn a_message_of_the_wrong_form_is_refused() {
    for (bytes, error) in [
        (vec![], WireError::Truncated),
        (vec![1; 16], WireError::Truncated),
        (vec![1; 50], WireError::Malformed),
        (vec![2], WireError::Malformed),
        (vec![5, 0], WireError::Malformed),
        (vec![6], WireError::Version(6)),
        (vec![4; LAN_MESSAGE_BYTES_MAX + 1], WireError::TooLarge),
    ] {
        assert_eq!(Message::decode(&bytes), Err(error), "{}", bytes.len());
    }
    let frames = Message::Frames(vec![0; LAN_MESSAGE_BYTES_MAX]);
    assert_eq!(frames.encode(), Err(WireError::TooLarge));
}

#[test]
fn a_proof_has_one_length() {
    let proof = Proof {
        key: AuthKey::from_bytes([2; 32]),
        signature: Signature::from_bytes([3; 64]),
    };
    assert_eq!(proof.encode().len(), Proof::BYTES);
    assert_eq!(Proof::decode(&proof.encode()), Ok(proof));
    for length in [0, 31, 95, 97] {
        let read = Proof::decode(&vec![2; length]);
        assert_eq!(read, Err(WireError::Malformed), "{length}");
    }
}

proptest! {
    #[test]
    fn whatever_is_read_is_written_again_as_it_was(
        bytes in proptest::collection::vec(any::<u8>(), 0..120),
        kind in 0_u8..7,
    ) {
        let bytes = [vec![kind], bytes].concat();
        if let Ok(message) = Message::decode(&bytes) {
            prop_assert_eq!(message.encode(), Ok(bytes));
        }
    }

    #[test]
    fn whatever_is_written_is_read(region in any::<[u8; 16]>(), digest in any::<[u8; 32]>()) {
        let (region, digest) = (RegionId::from_bytes(region), Digest::from_bytes(digest));
        for message in [
            Message::Hello(region, digest),
            Message::Heads(Heads::default()),
            Message::Ask(Ranges::default()),
            Message::Frames(digest.as_bytes().to_vec()),
            Message::Done,
        ] {
            let bytes = message.encode().expect("message");
            prop_assert_eq!(Message::decode(&bytes), Ok(message));
        }
    }
}
