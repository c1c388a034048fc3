//! What stands behind the seal: plaintext, inner record, body.

use crate::krets::{KRETS, sealed};
use crate::record::read;
use radrum_seal::{Entry, SealError, anonymous_log, unseal};
use radrum_wire::limits::INFLATED_BYTES_MAX;
use radrum_wire::{
    Body, Dropped, EntryHash, Envelope, Erase, EraseReceipt, Facts, Family, Header, Heartbeat,
    Inner, Kind, Nonce, Packing, Place, Roster, Seq, Signer, SnapshotHead, SnapshotPart,
    entry_signing_bytes, plaintext_length, read_plaintext, write_plaintext,
};

pub(crate) fn run(bytes: &[u8]) {
    if let Ok((inner, signature)) = read_plaintext(bytes) {
        let again = write_plaintext(inner, &signature);
        assert_eq!(again.as_deref(), Ok(bytes), "one padding");
    }
    body(bytes);
    let inner = read::<Inner>(bytes);
    let Some(opened) = opened(bytes, inner.as_ref()) else {
        return;
    };
    if let (Some(inner), Ok(entry)) = (inner, opened) {
        assert!(entry.body.len() <= INFLATED_BYTES_MAX);
        assert!(inner.packing == Packing::Deflate || inner.body == entry.body);
        body(&entry.body);
    }
}

/// Bodies of every kind.
fn body(bytes: &[u8]) {
    if let Ok(body) = Body::decode(bytes) {
        assert_eq!(body.encode().as_deref(), Ok(bytes), "one encoding");
    }
    let _ = read::<Facts>(bytes);
    let _ = read::<Erase>(bytes);
    let _ = read::<Dropped>(bytes);
    let _ = read::<EraseReceipt>(bytes);
    let _ = read::<Heartbeat>(bytes);
    let _ = read::<SnapshotHead>(bytes);
    let _ = read::<SnapshotPart>(bytes);
    let _ = read::<Roster>(bytes);
}

/// Seals bytes as the inside of an entry of the device, and opens that. None when they are too
/// long to be sealed.
fn opened(bytes: &[u8], inner: Option<&Inner>) -> Option<Result<Entry, SealError>> {
    let krets = &*KRETS;
    let once = matches!(inner.map(|inner| inner.signer), Some(Signer::Once(_)));
    let family = match inner.map(|inner| inner.kind) {
        _ if once => Family::Anonymous,
        Some(Kind::HEARTBEAT) => Family::Slot,
        Some(Kind::SNAPSHOT_HEAD | Kind::SNAPSHOT_PART) => Family::Snapshot,
        Some(Kind::BLOB_CHUNK) => Family::Blob,
        _ => Family::Entry,
    };
    let header = Header {
        place: Place {
            tag: family.tag_v1(),
            region: krets.region,
            log: if once {
                anonymous_log(&krets.keys.sign_key())
            } else {
                krets.device.log
            },
            seq: Seq(1),
            prev: EntryHash::from_bytes([0; 32]),
        },
        epoch: krets.epoch.id(),
        nonce: Nonce::from_bytes([9; 24]),
    };
    let padded = plaintext_length(bytes.len()).ok()?;
    let outer = header.encode();
    let signature = krets.sign(&entry_signing_bytes(&outer, bytes, padded));
    let plain = write_plaintext(bytes, &signature).ok()?;
    let context = match family {
        Family::Anonymous => "radrum 2026-11-22 anonymous key v1",
        _ => "radrum 2026-11-22 entry key v1",
    };
    let key = blake3::derive_key(context, krets.epoch.to_secret().as_ref());
    let envelope = header.envelope(&sealed(&key, &header.nonce, &outer, &plain));
    let envelope = Envelope::decode(&envelope).expect("an envelope");
    let unsealed = unseal(&envelope, krets.region, &krets.epochs);
    assert_eq!(
        unsealed.is_ok(),
        inner.is_some(),
        "it is the record that counts"
    );
    Some(unsealed.and_then(|unsealed| {
        let _ = unsealed.facts();
        unsealed.verify(&krets.members)
    }))
}
