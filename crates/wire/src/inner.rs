//! The inside of an entry, before it is sealed: who wrote what, signed and padded.

use crate::envelope::padded_length;
use crate::limits::{HEADER_BYTES, INFLATED_BYTES_MAX, PADDED_BYTES_MAX, REFS_MAX};
use crate::record::{ascending, within};
use crate::{
    Digest, EntryHash, FactHash, ItemId, Kind, Record, Salt, SignKey, Signature, WireError,
};
use minicbor::{Decode, Encode};

const LENGTH_BYTES: usize = 4;

/// Whose key the signature is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
pub enum Signer {
    /// The device of this grant.
    #[n(0)]
    Grant(#[n(0)] FactHash),
    /// A key made for one anonymous thread.
    #[n(1)]
    Once(#[n(0)] SignKey),
}

/// How the body is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Packing {
    /// As it is.
    #[n(0)]
    Plain,
    /// Raw DEFLATE (RFC 1951).
    #[n(1)]
    Deflate,
}

/// The signed content of one envelope.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Inner {
    /// What the body is. Unknown kinds are kept and not shown.
    #[n(0)]
    pub kind: Kind,
    /// Version of the kind's body, from 1. Unknown ones are kept and not shown.
    #[n(1)]
    pub schema: u16,
    /// Keeps the hash of an erased short text from being guessed.
    #[n(2)]
    pub salt: Salt,
    /// Claimed time in UTC ms: shown, never compared. Zero in anonymous entries.
    #[n(3)]
    pub written_at: i64,
    /// Item id of the member who wrote; zero for content that came with the program and in
    /// anonymous entries.
    #[n(4)]
    pub author: ItemId,
    /// Whose key signs.
    #[n(5)]
    pub signer: Signer,
    /// Entries that this one stands on, ascending; at most [`REFS_MAX`].
    #[n(6)]
    pub refs: Vec<EntryHash>,
    /// Digest of the heads that the writer had seen, or nothing.
    #[n(7)]
    pub seen: Option<Digest>,
    /// How `body` is packed.
    #[n(8)]
    pub packing: Packing,
    /// What the kind says.
    #[cbor(n(9), with = "minicbor::bytes")]
    pub body: Vec<u8>,
}

impl Record for Inner {
    const BYTES_MAX: usize = PADDED_BYTES_MAX - LENGTH_BYTES - Signature::BYTES;

    fn check(&self) -> Result<(), WireError> {
        within(self.refs.len(), REFS_MAX)?;
        within(self.body.len(), INFLATED_BYTES_MAX)?;
        ascending(&self.refs)?;
        if self.schema == 0 {
            return Err(WireError::Malformed);
        }
        Ok(())
    }
}

/// The bytes that an entry's signature covers: the whole outer header, the whole inside, and
/// the padded length, so that nobody can move, re-seal or re-pad what another has written.
#[must_use]
pub fn entry_signing_bytes(header: &[u8; HEADER_BYTES], inner: &[u8], padded: usize) -> Vec<u8> {
    let mut message = b"radrum entry signature v1\0".to_vec();
    message.extend_from_slice(blake3::hash(header).as_bytes());
    message.extend_from_slice(blake3::hash(inner).as_bytes());
    message.extend_from_slice(&(padded as u64).to_be_bytes());
    message
}

/// Padded length of a plaintext that holds an inside of `inner` bytes.
///
/// # Errors
/// [`WireError::TooLarge`] when no padded size holds it.
pub fn plaintext_length(inner: usize) -> Result<usize, WireError> {
    padded_length(LENGTH_BYTES + inner + Signature::BYTES)
}

/// Length, inside, signature and zeros up to the next power of two.
///
/// # Errors
/// As [`plaintext_length`].
pub fn write_plaintext(inner: &[u8], signature: &Signature) -> Result<Vec<u8>, WireError> {
    let padded = plaintext_length(inner.len())?;
    let length = u32::try_from(inner.len()).map_err(|_| WireError::TooLarge)?;
    let mut plain = Vec::with_capacity(padded);
    plain.extend_from_slice(&length.to_be_bytes());
    plain.extend_from_slice(inner);
    plain.extend_from_slice(signature.as_bytes());
    plain.resize(padded, 0);
    Ok(plain)
}

/// Takes a plaintext apart.
///
/// # Errors
/// [`WireError::Malformed`] when a length is wrong, or the padding is not zeros or longer than
/// needed: a content has one padding.
pub fn read_plaintext(plain: &[u8]) -> Result<(&[u8], Signature), WireError> {
    let malformed = WireError::Malformed;
    let (length, rest) = plain.split_first_chunk::<LENGTH_BYTES>().ok_or(malformed)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| malformed)?;
    within(length, Inner::BYTES_MAX)?;
    if plaintext_length(length)? != plain.len() {
        return Err(malformed);
    }
    let (inner, rest) = rest.split_at_checked(length).ok_or(malformed)?;
    let (signature, padding) = rest.split_first_chunk::<64>().ok_or(malformed)?;
    if padding.iter().all(|byte| *byte == 0) {
        Ok((inner, Signature::from_bytes(*signature)))
    } else {
        Err(malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::{read_plaintext, write_plaintext};
    use crate::{Signature, WireError};
    use proptest::prelude::*;

    const SIGNATURE: Signature = Signature::from_bytes([7; 64]);

    proptest! {
        #[test]
        fn a_plaintext_reads_back_as_written(inner in proptest::collection::vec(any::<u8>(), 0..3_000)) {
            let plain = write_plaintext(&inner, &SIGNATURE).expect("plain");
            prop_assert!(plain.len().is_power_of_two() && plain.len() >= 512);
            prop_assert_eq!(read_plaintext(&plain), Ok((&inner[..], SIGNATURE)));
        }

        #[test]
        fn any_bytes_are_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Ok((inner, signature)) = read_plaintext(&bytes) {
                prop_assert_eq!(&bytes[4..4 + inner.len()], inner);
                let start = 4 + inner.len();
                prop_assert_eq!(&bytes[start..start + 64], signature.as_bytes());
            }
        }
    }

    #[test]
    fn padding_that_is_longer_or_shorter_than_needed_is_refused() {
        let plain = write_plaintext(&[1, 2, 3], &SIGNATURE).expect("plain");
        for length in [71, 511, 513, 1_024, 524_288] {
            let mut other = plain.clone();
            other.resize(length, 0);
            assert_eq!(read_plaintext(&other), Err(WireError::Malformed));
        }
    }

    #[test]
    fn padding_that_is_not_zeros_is_refused() {
        let plain = write_plaintext(&[1, 2, 3], &SIGNATURE).expect("plain");
        for at in 71..512 {
            let mut other = plain.clone();
            other[at] = 1;
            assert_eq!(read_plaintext(&other), Err(WireError::Malformed));
        }
    }
}
