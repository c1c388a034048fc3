//! Sealing one entry: deflate, sign, pad, encrypt. And the chain that entries of one log make.

use crate::random::{Random, draw};
use crate::{DeviceKeys, EpochKey, SealError, aead, sign};
use ed25519_dalek::SigningKey;
use radrum_wire::limits::{INFLATED_BYTES_MAX, PADDED_BYTES_MAX};
use radrum_wire::{
    Digest, EntryHash, Envelope, FactHash, Family, Head, Header, Inner, ItemId, Kind, LogId, Nonce,
    Packing, Place, Record as _, RegionId, Salt, Seq, Signer, entry_signing_bytes,
    plaintext_length, write_plaintext,
};

/// miniz_oxide's usual effort: less is barely faster on bodies of a few kilobytes.
const DEFLATE_LEVEL: u8 = 6;

/// What is to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What the body is.
    pub kind: Kind,
    /// Version of that kind's body.
    pub schema: u16,
    /// Claimed time, UTC ms.
    pub written_at: i64,
    /// Item id of the member who wrote; zero for content that came with the program.
    pub author: ItemId,
    /// Entries that this one stands on.
    pub refs: Vec<EntryHash>,
    /// Digest of the heads that the writer had seen.
    pub seen: Option<Digest>,
    /// One encoded body of that kind.
    pub body: Vec<u8>,
}

impl Draft {
    /// A row of a log as it was written before the krets was founded or joined.
    #[must_use]
    pub const fn of_log_row(author: ItemId, written_at: i64, body: Vec<u8>) -> Self {
        Self {
            kind: Kind::CHANGES,
            schema: 1,
            written_at,
            author,
            refs: Vec::new(),
            seen: None,
            body,
        }
    }
}

/// Who seals: a device with its grant.
#[derive(Debug, Clone, Copy)]
pub struct Device<'a> {
    /// Its keys.
    pub keys: &'a DeviceKeys,
    /// Its grant.
    pub grant: FactHash,
}

/// One sealed envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Its place.
    pub place: Place,
    /// Its name.
    pub hash: EntryHash,
    /// All of it, as every road carries it.
    pub bytes: Vec<u8>,
}

impl Sealed {
    /// The head of its log once it is appended.
    #[must_use]
    pub const fn head(&self) -> Head {
        Head {
            log: self.place.log,
            seq: self.place.seq,
            hash: self.hash,
        }
    }
}

/// The end of one log of this device: what the next entry is chained to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    region: RegionId,
    log: LogId,
    last: Option<(Seq, EntryHash)>,
}

impl Chain {
    /// A log without sealed entries: a new one, or one whose rows are about to be sealed in
    /// order since its krets was founded or joined.
    #[must_use]
    pub const fn new(region: RegionId, log: LogId) -> Self {
        Self {
            region,
            log,
            last: None,
        }
    }

    /// A log that goes on.
    #[must_use]
    pub const fn resume(region: RegionId, head: Head) -> Self {
        Self {
            region,
            log: head.log,
            last: Some((head.seq, head.hash)),
        }
    }

    /// Position of the next entry.
    #[must_use]
    pub fn next_seq(&self) -> Seq {
        Seq(self.last.map_or(1, |(seq, _)| seq.0 + 1))
    }

    /// Seals the next entry. The chain moves on only when that succeeds; the caller stores
    /// entry and head in the transaction that makes the change.
    ///
    /// # Errors
    /// [`SealError::Example`], [`SealError::NoRandomness`], [`SealError::TooLarge`],
    /// [`SealError::OutOfPlace`] for a kind that does not stand in a log, and
    /// [`SealError::Wire`] for fields over their limits.
    pub fn seal(
        &mut self,
        draft: &Draft,
        device: Device<'_>,
        epoch: &EpochKey,
        random: &mut dyn Random,
    ) -> Result<Sealed, SealError> {
        let zero = EntryHash::from_bytes([0; 32]);
        let place = Place {
            tag: Family::Entry.tag_v1(),
            region: self.region,
            log: self.log,
            seq: self.next_seq(),
            prev: self.last.map_or(zero, |(_, hash)| hash),
        };
        let sealed = seal_at(place, draft, device, epoch, random)?;
        self.last = Some((sealed.place.seq, sealed.hash));
        Ok(sealed)
    }
}

/// Seals one slot, snapshot part or blob chunk: `name` is zero for a slot, else the id of the
/// snapshot or blob; `number` the slot's counter or the part.
///
/// # Errors
/// As [`Chain::seal`].
pub fn seal_part(
    family: Family,
    (region, log): (RegionId, LogId),
    (name, number): (EntryHash, Seq),
    draft: &Draft,
    device: Device<'_>,
    epoch: &EpochKey,
    random: &mut dyn Random,
) -> Result<Sealed, SealError> {
    let place = Place {
        tag: family.tag_v1(),
        region,
        log,
        seq: number,
        prev: name,
    };
    seal_at(place, draft, device, epoch, random)
}

/// The family that a kind stands in. Kinds of newer programs may stand anywhere.
pub(crate) const fn family_of(kind: Kind) -> Option<Family> {
    match kind {
        Kind::HEARTBEAT => Some(Family::Slot),
        Kind::SNAPSHOT_HEAD | Kind::SNAPSHOT_PART => Some(Family::Snapshot),
        Kind::BLOB_CHUNK => Some(Family::Blob),
        Kind::ANONYMOUS | Kind::ANONYMOUS_ERASE => Some(Family::Anonymous),
        _ if kind.0 <= Kind::FORK_PROOF.0 => Some(Family::Entry),
        _ => None,
    }
}

fn seal_at(
    place: Place,
    draft: &Draft,
    device: Device<'_>,
    epoch: &EpochKey,
    random: &mut dyn Random,
) -> Result<Sealed, SealError> {
    let signer = Signer::Grant(device.grant);
    let key = device.keys.sign_secret();
    seal_signed(place, draft, (signer, key), epoch, random)
}

pub(crate) fn seal_signed(
    place: Place,
    draft: &Draft,
    (signer, key): (Signer, &SigningKey),
    epoch: &EpochKey,
    random: &mut dyn Random,
) -> Result<Sealed, SealError> {
    let packed = pack(&draft.body)?;
    seal_packed(place, draft, (signer, key), packed, epoch, random)
}

/// The same with a body that is packed already.
pub(crate) fn seal_packed(
    place: Place,
    draft: &Draft,
    (signer, key): (Signer, &SigningKey),
    (packing, body): (Packing, Vec<u8>),
    epoch: &EpochKey,
    random: &mut dyn Random,
) -> Result<Sealed, SealError> {
    if place.region == RegionId::EXAMPLE {
        return Err(SealError::Example);
    }
    if family_of(draft.kind).is_some_and(|family| family != place.family()) {
        return Err(SealError::OutOfPlace);
    }
    let inner = Inner {
        kind: draft.kind,
        schema: draft.schema,
        salt: Salt::from_bytes(draw(random)?),
        written_at: draft.written_at,
        author: draft.author,
        signer,
        refs: draft.refs.clone(),
        seen: draft.seen,
        packing,
        body,
    }
    .encode_record()?;
    // Drawn here and nowhere else: no caller can give a nonce twice.
    let header = Header {
        place,
        epoch: epoch.id(),
        nonce: Nonce::from_bytes(draw(random)?),
    };
    let outer = header.encode();
    let padded = plaintext_length(inner.len())?;
    let signature = sign::sign(key, &entry_signing_bytes(&outer, &inner, padded));
    let plain = zeroize::Zeroizing::new(write_plaintext(&inner, &signature)?);
    let key = epoch.seal_key(place.family());
    let bytes = header.envelope(&aead::seal(&key, &header.nonce, &outer, &plain)?);
    let hash = Envelope::decode(&bytes)?.hash();
    Ok(Sealed { place, hash, bytes })
}

/// Deflates where that helps.
fn pack(body: &[u8]) -> Result<(Packing, Vec<u8>), SealError> {
    if body.len() > INFLATED_BYTES_MAX {
        return Err(SealError::TooLarge);
    }
    let deflated = miniz_oxide::deflate::compress_to_vec(body, DEFLATE_LEVEL);
    let (packing, packed) = if deflated.len() < body.len() {
        (Packing::Deflate, deflated)
    } else {
        (Packing::Plain, body.to_vec())
    };
    if packed.len() > PADDED_BYTES_MAX {
        return Err(SealError::TooLarge);
    }
    Ok((packing, packed))
}

/// Undoes [`pack`], never beyond the limit.
pub(crate) fn unpack(packing: Packing, body: Vec<u8>) -> Result<Vec<u8>, SealError> {
    match packing {
        Packing::Plain => Ok(body),
        Packing::Deflate => {
            miniz_oxide::inflate::decompress_to_vec_with_limit(&body, INFLATED_BYTES_MAX)
                .map_err(|_| SealError::Wire(radrum_wire::WireError::Malformed))
        }
    }
}
