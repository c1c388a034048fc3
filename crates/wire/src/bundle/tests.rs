use super::{Bundle, BundleWriter};
use crate::{EntryHash, EpochId, Header, LogId, Nonce, Place, RegionId, Seq, WireError};
use proptest::prelude::*;

const REGION: RegionId = RegionId::from_bytes([1; 16]);

fn envelope(region: RegionId, seq: u64) -> Vec<u8> {
    Header {
        place: Place {
            tag: 1,
            region,
            log: LogId::from_bytes([2; 16]),
            seq: Seq(seq),
            prev: EntryHash::from_bytes([3; 32]),
        },
        epoch: EpochId::from_bytes([4; 32]),
        nonce: Nonce::from_bytes([5; 24]),
    }
    .envelope(&[6; 528])
}

fn file(count: u64) -> Vec<u8> {
    let mut bundle = BundleWriter::new(REGION).expect("bundle");
    for seq in 1..=count {
        bundle.push(&envelope(REGION, seq)).expect("envelope");
    }
    bundle.finish()
}

#[test]
fn a_bundle_reads_back_as_written() {
    for count in [0, 1, 3] {
        let file = file(count);
        let bundle = Bundle::decode(&file, REGION).expect("bundle");
        assert_eq!(u64::from(bundle.count()), count);
        let read: Vec<u64> = bundle.envelopes().map(|e| e.place().seq.0).collect();
        assert_eq!(read, (1..=count).collect::<Vec<_>>());
    }
}

#[test]
fn a_bundle_cut_anywhere_is_refused_whole() {
    let file = file(2);
    for length in 0..file.len() {
        assert!(Bundle::decode(&file[..length], REGION).is_err(), "{length}");
    }
    let mut longer = file;
    longer.push(0);
    assert!(Bundle::decode(&longer, REGION).is_err());
}

#[test]
fn a_bundle_with_any_byte_changed_is_refused_whole() {
    let file = file(1);
    for at in 0..file.len() {
        let mut other = file.clone();
        other[at] ^= 0x40;
        assert!(Bundle::decode(&other, REGION).is_err(), "{at}");
    }
}

#[test]
fn each_wrong_file_is_told_apart() {
    let file = file(1);
    let decode = |file: &[u8]| Bundle::decode(file, REGION).map(|_| ()).unwrap_err();
    assert_eq!(decode(b"PK\x03\x04 something else"), WireError::Magic);
    let mut newer = file.clone();
    newer[12] = 2;
    assert_eq!(decode(&newer), WireError::Version(2));
    assert_eq!(decode(&file[..file.len() - 1]), WireError::Truncated);
    let mut damaged = file.clone();
    damaged[100] ^= 1;
    assert_eq!(decode(&damaged), WireError::Damaged);
    let other = Bundle::decode(&file, RegionId::from_bytes([9; 16]));
    assert_eq!(other.map(|_| ()).unwrap_err(), WireError::OtherRegion);
}

#[test]
fn the_exempelkrets_and_strangers_go_into_no_bundle() {
    assert_eq!(
        BundleWriter::new(RegionId::EXAMPLE).map(|_| ()),
        Err(WireError::Example)
    );
    let mut bundle = BundleWriter::new(REGION).expect("bundle");
    let other = envelope(RegionId::from_bytes([9; 16]), 1);
    assert_eq!(bundle.push(&other), Err(WireError::OtherRegion));
    assert_eq!(
        bundle.push(&envelope(RegionId::EXAMPLE, 1)),
        Err(WireError::Example)
    );
    assert_eq!(bundle.count(), 0);
}

#[test]
fn a_count_or_length_that_lies_is_refused_even_with_a_right_digest() {
    for (at, value) in [(32, 2_u8), (40, 0), (29, 0xff), (33, 0xff)] {
        let mut file = file(1);
        file[at] = value;
        let end = file.len() - 32;
        let digest = super::digest(&file[..end]);
        file[end..].copy_from_slice(digest.as_bytes());
        assert!(Bundle::decode(&file, REGION).is_err(), "{at}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut file = super::BUNDLE_MAGIC.to_vec();
        file.extend(&bytes);
        prop_assert!(Bundle::decode(&file, REGION).is_err());
        prop_assert!(Bundle::decode(&bytes, REGION).is_err());
    }
}
