//! Deterministic CBOR (RFC 8949, 4.2.1) of everything inside an envelope, a fact or a file.

use crate::WireError;
use minicbor::{Decode, Decoder, Encode};

/// A value with exactly one encoding: a CBOR array of fixed order, definite lengths, shortest
/// integers.
///
/// What is read is written again and compared, so two different byte strings never mean the
/// same record, and a signature or hash over one cannot be moved to another.
pub trait Record: Sized + Encode<()> + for<'b> Decode<'b, ()> {
    /// Most bytes that one encoding has.
    const BYTES_MAX: usize;

    /// What the encoding alone does not say: counts, order, lengths of texts.
    ///
    /// # Errors
    /// [`WireError::TooLarge`] or [`WireError::Malformed`].
    fn check(&self) -> Result<(), WireError>;

    /// The bytes.
    ///
    /// # Errors
    /// As [`Record::check`], and [`WireError::TooLarge`] over [`Record::BYTES_MAX`].
    fn encode_record(&self) -> Result<Vec<u8>, WireError> {
        self.check()?;
        let bytes = minicbor::to_vec(self).map_err(|_| WireError::Malformed)?;
        within(bytes.len(), Self::BYTES_MAX)?;
        Ok(bytes)
    }

    /// Reads bytes from outside. Never allocates more than a small multiple of their length.
    ///
    /// # Errors
    /// [`WireError::TooLarge`] before anything is read, [`WireError::Malformed`] for anything
    /// that is not the one encoding of a record.
    fn decode_record(bytes: &[u8]) -> Result<Self, WireError> {
        within(bytes.len(), Self::BYTES_MAX)?;
        let mut input = Decoder::new(bytes);
        let record: Self = input.decode().map_err(|_| WireError::Malformed)?;
        if input.position() != bytes.len() {
            return Err(WireError::Malformed);
        }
        record.check()?;
        let again = minicbor::to_vec(&record).map_err(|_| WireError::Malformed)?;
        if again == bytes {
            Ok(record)
        } else {
            Err(WireError::Malformed)
        }
    }
}

/// Refuses a length or count over its limit.
pub(crate) const fn within(length: usize, limit: usize) -> Result<(), WireError> {
    if length > limit {
        Err(WireError::TooLarge)
    } else {
        Ok(())
    }
}

/// Refuses a list that is not strictly ascending: such a list has one order and no doubles.
pub(crate) fn ascending<T: Ord>(list: &[T]) -> Result<(), WireError> {
    if list.windows(2).all(|pair| pair[0] < pair[1]) {
        Ok(())
    } else {
        Err(WireError::Malformed)
    }
}

#[cfg(test)]
mod tests;
