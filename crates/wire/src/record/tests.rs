//! Every record of the format meets arbitrary bytes, and samples of every record come back.

use super::Record;
use crate::limits::WRAPS_MAX;
use crate::*;
use proptest::prelude::*;

fn any_bytes_hold<R: Record>(bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(record) = R::decode_record(bytes) {
        prop_assert_eq!(record.encode_record(), Ok(bytes.to_vec()));
    }
    Ok(())
}

fn all_records(bytes: &[u8]) -> Result<(), TestCaseError> {
    any_bytes_hold::<Inner>(bytes)?;
    any_bytes_hold::<Facts>(bytes)?;
    any_bytes_hold::<SignedFact>(bytes)?;
    any_bytes_hold::<Genesis>(bytes)?;
    any_bytes_hold::<RootChange>(bytes)?;
    any_bytes_hold::<AdminGrant>(bytes)?;
    any_bytes_hold::<DeviceGrant>(bytes)?;
    any_bytes_hold::<Revoke>(bytes)?;
    any_bytes_hold::<EpochPackage>(bytes)?;
    any_bytes_hold::<LogOpen>(bytes)?;
    any_bytes_hold::<Heads>(bytes)?;
    any_bytes_hold::<Ranges>(bytes)?;
    any_bytes_hold::<Heartbeat>(bytes)?;
    any_bytes_hold::<SnapshotHead>(bytes)?;
    any_bytes_hold::<SnapshotPart>(bytes)?;
    any_bytes_hold::<Invitation>(bytes)?;
    any_bytes_hold::<JoinRequest>(bytes)?;
    any_bytes_hold::<SealedRequest>(bytes)?;
    any_bytes_hold::<SealedWelcome>(bytes)?;
    any_bytes_hold::<Welcome>(bytes)?;
    any_bytes_hold::<Roster>(bytes)
}

/// One sound sample of each record, as bytes.
fn samples() -> Vec<Vec<u8>> {
    let region = RegionId::from_bytes([1; 16]);
    let key = |n| SignKey::from_bytes([n; 32]);
    let head = Head {
        log: LogId::from_bytes([2; 16]),
        seq: Seq(7),
        hash: EntryHash::from_bytes([3; 32]),
    };
    let genesis = Genesis {
        name: "Södra Lappland".into(),
        roots: [key(1), key(2), key(3)],
        admins: vec![FirstAdmin {
            key: key(4),
            municipality: None,
        }],
        salt: Salt::from_bytes([5; 16]),
        founded_at: 1,
    };
    let mut fact = SignedFact::new(&genesis).expect("fact");
    fact.signatures.push(FactSignature {
        key: key(1),
        signature: Signature::from_bytes([8; 64]),
    });
    let inner = Inner {
        kind: Kind::CHANGES,
        schema: 1,
        salt: Salt::from_bytes([9; 16]),
        written_at: -1,
        author: ItemId::from_bytes([6; 16]),
        signer: Signer::Grant(fact.hash()),
        refs: vec![head.hash],
        seen: Some(Heads::new(vec![head]).digest()),
        packing: Packing::Deflate,
        body: vec![1, 2, 3],
    };
    let item = SnapshotItem {
        item: inner.author,
        generation: Generation::FIRST,
        key: "note:1".into(),
        kind: "note".into(),
        heads: vec![ChangeHash::from_bytes([1; 32])],
        value: b"{}".to_vec(),
        created_at: 1,
        created_by: String::new(),
        updated_at: 2,
        updated_by: "person:1".into(),
    };
    let revoke = Revoke {
        region,
        key: key(1),
        mode: RevokeMode::Lost,
        accepted: vec![head],
    };
    let package = EpochPackage {
        region,
        epoch: EpochId::from_bytes([1; 32]),
        generation: 1,
        parents: vec![],
        wraps: vec![Wrap {
            device: DeviceId::from_bytes([1; 16]),
            encapsulated: [2; 32],
            sealed: [3; 48],
        }],
    };
    let all = [
        inner.encode_record(),
        genesis.encode_record(),
        Facts(vec![fact]).encode_record(),
        SnapshotPart(vec![item]).encode_record(),
        revoke.encode_record(),
        package.encode_record(),
        Heads::new(vec![head]).encode_record(),
    ];
    all.into_iter()
        .map(|bytes| bytes.expect("sample"))
        .collect()
}

proptest! {
    #[test]
    fn any_bytes_are_refused_or_are_the_one_encoding(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        all_records(&bytes)?;
    }

    #[test]
    fn a_record_with_bytes_changed_is_refused_or_is_the_one_encoding(
        which in 0_usize..7, at: prop::sample::Index, byte: u8, cut: prop::sample::Index,
    ) {
        let mut bytes = samples().swap_remove(which);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        all_records(&bytes)?;
        bytes.truncate(cut.index(bytes.len()));
        all_records(&bytes)?;
    }
}

#[test]
fn each_sample_reads_back() {
    let all = samples();
    assert!(Inner::decode_record(&all[0]).is_ok());
    assert!(Genesis::decode_record(&all[1]).is_ok());
    assert!(Facts::decode_record(&all[2]).is_ok());
    assert!(SnapshotPart::decode_record(&all[3]).is_ok());
    assert!(Revoke::decode_record(&all[4]).is_ok());
    assert!(EpochPackage::decode_record(&all[5]).is_ok());
    assert!(Heads::decode_record(&all[6]).is_ok());
}

#[test]
fn an_array_that_promises_four_billion_items_is_refused_at_once() {
    let bomb = [0x9b, 0, 0, 0, 1, 0, 0, 0, 0];
    assert_eq!(Heads::decode_record(&bomb), Err(WireError::Malformed));
    assert_eq!(Facts::decode_record(&bomb), Err(WireError::Malformed));
    assert_eq!(
        SnapshotPart::decode_record(&bomb),
        Err(WireError::Malformed)
    );
}

#[test]
fn a_list_with_doubles_or_out_of_order_is_refused() {
    let head = Head {
        log: LogId::from_bytes([2; 16]),
        seq: Seq(7),
        hash: EntryHash::from_bytes([3; 32]),
    };
    let revoke = |accepted| Revoke {
        region: RegionId::from_bytes([1; 16]),
        key: SignKey::from_bytes([1; 32]),
        mode: RevokeMode::Left,
        accepted,
    };
    assert!(revoke(vec![head]).encode_record().is_ok());
    let doubled = revoke(vec![head, head]).encode_record();
    assert_eq!(doubled, Err(WireError::Malformed));
    let mut later = head;
    later.seq = Seq(9);
    let twice = revoke(vec![head, later]).encode_record();
    assert_eq!(twice, Err(WireError::Malformed), "one cutoff a log");
}

#[test]
fn an_epoch_package_for_two_thousand_devices_fits_an_entry() {
    let wraps = (0..WRAPS_MAX as u128).map(|n| Wrap {
        device: DeviceId::from_bytes(n.to_be_bytes()),
        encapsulated: [2; 32],
        sealed: [3; 48],
    });
    let package = EpochPackage {
        region: RegionId::from_bytes([1; 16]),
        epoch: EpochId::from_bytes([1; 32]),
        generation: 1,
        parents: vec![],
        wraps: wraps.collect(),
    };
    let fact = SignedFact::new(&package).expect("fits a fact");
    assert!(Facts(vec![fact]).encode_record().is_ok());
}
