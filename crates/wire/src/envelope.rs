//! The outside of an entry: what a relay sees. Encrypted content begins after the header.

use crate::limits::{
    FRAME_BYTES_MAX, HEADER_BYTES, PADDED_BYTES_MAX, PADDED_BYTES_MIN, PLACE_BYTES, STUB_BYTES,
    TAG_BYTES,
};
use crate::record::within;
use crate::{EntryHash, EpochId, Head, LogId, Nonce, RegionId, Seq, WireError};

/// What an envelope is, told by the three high bits of its first byte. The five low bits are
/// the version of that family, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// One entry of an append-only log; `prev` is the hash of the entry before.
    Entry,
    /// One overwritten slot of a device (heartbeat); `seq` is a counter, `prev` is zero.
    Slot,
    /// One part of a snapshot; `seq` is its number, `prev` the id of the snapshot.
    Snapshot,
    /// One chunk of an attachment; `seq` is its number, `prev` the id of the blob.
    Blob,
    /// One entry of an anonymous thread, sealed under the epoch's other key.
    Anonymous,
    /// What is left of an erased envelope: [`Stub`].
    Stub,
    /// A family of a newer program: kept and passed on.
    Unknown(u8),
}

impl Family {
    const fn of(tag: u8) -> Self {
        match tag >> 5 {
            0 => Self::Entry,
            1 => Self::Slot,
            2 => Self::Snapshot,
            3 => Self::Blob,
            4 => Self::Anonymous,
            5 => Self::Stub,
            other => Self::Unknown(other),
        }
    }

    /// The first byte of an envelope of version 1 of this family.
    #[must_use]
    pub const fn tag_v1(self) -> u8 {
        let family = match self {
            Self::Entry => 0,
            Self::Slot => 1,
            Self::Snapshot => 2,
            Self::Blob => 3,
            Self::Anonymous => 4,
            Self::Stub => 5,
            Self::Unknown(other) => other & 7,
        };
        family << 5 | 1
    }
}

/// The first 73 bytes of every envelope, whatever its version: enough to store it, to chain
/// it and to ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Family and version.
    pub tag: u8,
    /// Which krets.
    pub region: RegionId,
    /// Which log.
    pub log: LogId,
    /// Position in it, from 1.
    pub seq: Seq,
    /// Hash of the entry before; see [`Family`] for the other families.
    pub prev: EntryHash,
}

/// How an entry stands to the end of its log as somebody holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// It is the next.
    Next,
    /// Entries before it are missing: keep it until they have come.
    Gap,
    /// Its position is held: the same hash is a duplicate, another one a fork.
    Behind,
    /// It is at the next position, after another entry than the one held: a fork.
    Fork,
}

impl Place {
    /// How it stands to the last entry held of its log; none when nothing is held.
    #[must_use]
    pub fn link(&self, last: Option<&Head>) -> Link {
        let zero = EntryHash::from_bytes([0; 32]);
        let (held, hash) = last.map_or((0, zero), |head| (head.seq.0, head.hash));
        if self.seq.0 <= held {
            Link::Behind
        } else if self.seq.0 - held > 1 {
            Link::Gap
        } else if self.prev == hash {
            Link::Next
        } else {
            Link::Fork
        }
    }

    /// What the envelope is.
    #[must_use]
    pub const fn family(&self) -> Family {
        Family::of(self.tag)
    }

    /// Version within the family, 1 to 31.
    #[must_use]
    pub const fn version(&self) -> u8 {
        self.tag & 0x1f
    }

    /// The 73 bytes.
    #[must_use]
    pub fn encode(&self) -> [u8; PLACE_BYTES] {
        let mut bytes = [0; PLACE_BYTES];
        bytes[0] = self.tag;
        bytes[1..17].copy_from_slice(self.region.as_bytes());
        bytes[17..33].copy_from_slice(self.log.as_bytes());
        bytes[33..41].copy_from_slice(&self.seq.0.to_be_bytes());
        bytes[41..73].copy_from_slice(self.prev.as_bytes());
        bytes
    }

    /// Reads the place of an envelope of any version.
    ///
    /// # Errors
    /// [`WireError::Truncated`] under 73 bytes; [`WireError::Malformed`] for version 0, for
    /// position 0 and for a position over `i64::MAX`, which SQL cannot hold.
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        let bytes: &[u8; PLACE_BYTES] = bytes.first_chunk().ok_or(WireError::Truncated)?;
        let (tag, rest) = bytes.split_at(1);
        let (region, rest) = rest.split_at(16);
        let (log, rest) = rest.split_at(16);
        let (seq, prev) = rest.split_at(8);
        let seq = seq.try_into().map(u64::from_be_bytes);
        let place = Self {
            tag: tag[0],
            region: RegionId::try_from(region).map_err(|_| WireError::Malformed)?,
            log: LogId::try_from(log).map_err(|_| WireError::Malformed)?,
            seq: Seq(seq.map_err(|_| WireError::Malformed)?),
            prev: EntryHash::try_from(prev).map_err(|_| WireError::Malformed)?,
        };
        let known = place.version() != 0 && place.seq.0 != 0 && place.seq.0 <= i64::MAX as u64;
        if known {
            Ok(place)
        } else {
            Err(WireError::Malformed)
        }
    }
}

/// The outer header of version 1. All of it is associated data of the ciphertext.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Header {
    /// Where the entry stands.
    pub place: Place,
    /// Under which epoch key it is sealed.
    pub epoch: EpochId,
    /// Random.
    pub nonce: Nonce,
}

impl Header {
    /// The 129 bytes.
    #[must_use]
    pub fn encode(&self) -> [u8; HEADER_BYTES] {
        let mut bytes = [0; HEADER_BYTES];
        bytes[..PLACE_BYTES].copy_from_slice(&self.place.encode());
        bytes[PLACE_BYTES..105].copy_from_slice(self.epoch.as_bytes());
        bytes[105..].copy_from_slice(self.nonce.as_bytes());
        bytes
    }

    /// Appends a ciphertext to the header.
    #[must_use]
    pub fn envelope(&self, ciphertext: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER_BYTES + ciphertext.len());
        bytes.extend_from_slice(&self.encode());
        bytes.extend_from_slice(ciphertext);
        bytes
    }
}

/// One sealed entry, slot, snapshot part or blob chunk of any version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Envelope<'a> {
    place: Place,
    bytes: &'a [u8],
}

impl<'a> Envelope<'a> {
    /// Reads what every version has in common, and the whole form of version 1.
    ///
    /// # Errors
    /// [`WireError::TooLarge`], [`WireError::Truncated`] or [`WireError::Malformed`];
    /// [`WireError::Example`] for the Exempelkrets, which no road carries. An unknown version
    /// or family is no error here.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, WireError> {
        within(bytes.len(), FRAME_BYTES_MAX)?;
        let place = Place::decode(bytes)?;
        if place.region == RegionId::EXAMPLE {
            return Err(WireError::Example);
        }
        let envelope = Self { place, bytes };
        if envelope.is_stub() {
            // Only what can be erased leaves a stub, so no stub stands for another stub.
            let original = bytes.get(PLACE_BYTES).copied().unwrap_or_default();
            let sound = Family::of(original) != Family::Stub && original & 0x1f != 0;
            if bytes.len() != STUB_BYTES || !sound {
                return Err(WireError::Malformed);
            }
        } else if envelope.is_known() {
            let ciphertext = bytes.get(HEADER_BYTES..).ok_or(WireError::Truncated)?;
            let padded = ciphertext.len().checked_sub(TAG_BYTES);
            is_padded_length(padded.ok_or(WireError::Truncated)?)?;
        }
        Ok(envelope)
    }

    /// Where it stands.
    #[must_use]
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// All bytes, as they are stored and passed on.
    #[must_use]
    pub const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Whether this program can read the header and try to open the content.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        let family = self.place.family();
        self.place.version() == 1 && !matches!(family, Family::Unknown(_) | Family::Stub)
    }

    /// Whether it is the stub of an erased envelope.
    #[must_use]
    pub const fn is_stub(&self) -> bool {
        self.place.version() == 1 && matches!(self.place.family(), Family::Stub)
    }

    /// Its name in the chain, in heads and in references. Works for every version; that of a
    /// stub is the name of what was erased.
    #[must_use]
    pub fn hash(&self) -> EntryHash {
        self.stub().hash()
    }

    /// What is left of it after erasure, which keeps the chain whole.
    #[must_use]
    pub fn stub(&self) -> Stub {
        let rest = self.bytes.get(PLACE_BYTES..).unwrap_or_default();
        if let (true, Some((tag, hash))) = (self.is_stub(), rest.split_first_chunk::<1>())
            && let Ok(hash) = hash.try_into()
        {
            let mut place = self.place;
            place.tag = tag[0];
            return Stub { place, rest: hash };
        }
        Stub {
            place: self.place,
            rest: *blake3::hash(rest).as_bytes(),
        }
    }

    /// Header and ciphertext of version 1.
    ///
    /// # Errors
    /// [`WireError::Version`] for what a newer program wrote, [`WireError::Erased`].
    pub fn open_parts(&self) -> Result<(Header, &'a [u8]), WireError> {
        if self.is_stub() {
            return Err(WireError::Erased);
        }
        if !self.is_known() {
            return Err(WireError::Version(self.place.tag));
        }
        let (header, ciphertext) = self
            .bytes
            .split_at_checked(HEADER_BYTES)
            .ok_or(WireError::Truncated)?;
        let (epoch, nonce) = header[PLACE_BYTES..].split_at(EpochId::BYTES);
        let header = Header {
            place: self.place,
            epoch: EpochId::try_from(epoch).map_err(|_| WireError::Malformed)?,
            nonce: Nonce::try_from(nonce).map_err(|_| WireError::Malformed)?,
        };
        Ok((header, ciphertext))
    }
}

/// An erased entry. It proves nothing about an erasure: whoever meets one goes on asking for
/// the whole until an erasure names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stub {
    /// Where it stood.
    pub place: Place,
    /// BLAKE3 of everything after its first 73 bytes.
    pub rest: [u8; 32],
}

impl Stub {
    /// The envelope that roads carry in its place.
    #[must_use]
    pub fn envelope(&self) -> [u8; STUB_BYTES] {
        let mut place = self.place;
        place.tag = Family::Stub.tag_v1();
        let mut bytes = [0; STUB_BYTES];
        bytes[..PLACE_BYTES].copy_from_slice(&place.encode());
        bytes[PLACE_BYTES] = self.place.tag;
        bytes[PLACE_BYTES + 1..].copy_from_slice(&self.rest);
        bytes
    }

    /// The hash of the entry that it stands for.
    #[must_use]
    pub fn hash(&self) -> EntryHash {
        let mut bytes = self.place.encode().to_vec();
        bytes.extend_from_slice(&self.rest);
        EntryHash::from_bytes(blake3::derive_key(
            "radrum 2026-11-22 entry hash v1",
            &bytes,
        ))
    }
}

/// Smallest padded size that holds a content of `length` bytes.
///
/// # Errors
/// [`WireError::TooLarge`] over [`PADDED_BYTES_MAX`].
pub fn padded_length(length: usize) -> Result<usize, WireError> {
    within(length, PADDED_BYTES_MAX)?;
    Ok(length.max(PADDED_BYTES_MIN).next_power_of_two())
}

fn is_padded_length(length: usize) -> Result<(), WireError> {
    if length > PADDED_BYTES_MAX {
        Err(WireError::TooLarge)
    } else if length < PADDED_BYTES_MIN || !length.is_power_of_two() {
        Err(WireError::Malformed)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
