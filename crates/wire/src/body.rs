//! The body of one log entry: the changes of one transaction, all or nothing.
//!
//! CBOR, one array of `[item bstr16, generation u32, change bstr]`. Rows are written in the
//! clear inside the encrypted database until the krets is founded or joined; sealing then
//! takes them in order and byte for byte, so this encoding does not change afterwards.

use crate::limits::{BODY_BYTES_MAX, CHANGES_MAX};
use crate::{Generation, ItemId};
use minicbor::{Decoder, Encoder};

/// One automerge change of one item, as raw uncompressed bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemChange {
    /// Which item.
    pub item: ItemId,
    /// Which document of the item.
    pub generation: Generation,
    /// `Change::raw_bytes()`.
    pub change: Vec<u8>,
}

/// What one log entry carries.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// In the order in which they were made.
    pub changes: Vec<ItemChange>,
}

/// Why bytes are not a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// Over [`BODY_BYTES_MAX`] bytes or over [`CHANGES_MAX`] changes.
    #[error("entry body is too large")]
    TooLarge,
    /// Not the encoding above, or bytes left over.
    #[error("entry body is malformed")]
    Malformed,
}

impl Body {
    /// Encodes the body.
    ///
    /// # Errors
    /// [`BodyError::TooLarge`] when it would not fit one entry; the caller splits it.
    pub fn encode(&self) -> Result<Vec<u8>, BodyError> {
        if self.changes.len() > CHANGES_MAX {
            return Err(BodyError::TooLarge);
        }
        let bytes = self.encode_unchecked().map_err(|_| BodyError::Malformed)?;
        if bytes.len() > BODY_BYTES_MAX {
            Err(BodyError::TooLarge)
        } else {
            Ok(bytes)
        }
    }

    fn encode_unchecked(
        &self,
    ) -> Result<Vec<u8>, minicbor::encode::Error<std::convert::Infallible>> {
        let mut out = Encoder::new(Vec::new());
        out.array(self.changes.len() as u64)?;
        for change in &self.changes {
            out.array(3)?
                .bytes(change.item.as_bytes())?
                .u32(change.generation.0)?
                .bytes(&change.change)?;
        }
        Ok(out.into_writer())
    }

    /// Decodes bytes from outside.
    ///
    /// # Errors
    /// [`BodyError::TooLarge`] before anything is read, [`BodyError::Malformed`] otherwise.
    pub fn decode(bytes: &[u8]) -> Result<Self, BodyError> {
        if bytes.len() > BODY_BYTES_MAX {
            return Err(BodyError::TooLarge);
        }
        let mut input = Decoder::new(bytes);
        let count = definite(input.array())?;
        if count > CHANGES_MAX as u64 {
            return Err(BodyError::TooLarge);
        }
        let mut changes = Vec::new();
        for _ in 0..count {
            changes.push(decode_change(&mut input)?);
        }
        let body = Self { changes };
        // A body has one encoding: another spelling of the same numbers is refused.
        if input.position() == bytes.len() && body.encode_unchecked().is_ok_and(|own| own == bytes)
        {
            Ok(body)
        } else {
            Err(BodyError::Malformed)
        }
    }
}

fn decode_change(input: &mut Decoder<'_>) -> Result<ItemChange, BodyError> {
    if definite(input.array())? != 3 {
        return Err(BodyError::Malformed);
    }
    let item = input.bytes().map_err(|_| BodyError::Malformed)?;
    let item = ItemId::try_from(item).map_err(|_| BodyError::Malformed)?;
    let generation = Generation(input.u32().map_err(|_| BodyError::Malformed)?);
    let change = input.bytes().map_err(|_| BodyError::Malformed)?.to_vec();
    Ok(ItemChange {
        item,
        generation,
        change,
    })
}

fn definite(length: Result<Option<u64>, minicbor::decode::Error>) -> Result<u64, BodyError> {
    length.ok().flatten().ok_or(BodyError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::{BODY_BYTES_MAX, Body, BodyError, ItemChange};
    use crate::{Generation, ItemId};
    use proptest::prelude::*;

    fn change() -> impl Strategy<Value = ItemChange> {
        (
            any::<[u8; 16]>(),
            any::<u32>(),
            proptest::collection::vec(any::<u8>(), 0..300),
        )
            .prop_map(|(item, generation, change)| ItemChange {
                item: ItemId::from_bytes(item),
                generation: Generation(generation),
                change,
            })
    }

    proptest! {
        #[test]
        fn a_body_reads_back_as_written(changes in proptest::collection::vec(change(), 0..20)) {
            let body = Body { changes };
            let bytes = body.encode().expect("small");
            prop_assert_eq!(Body::decode(&bytes), Ok(body));
        }

        #[test]
        fn any_bytes_are_refused_or_are_exactly_a_body(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(body) = Body::decode(&bytes) {
                prop_assert_eq!(body.encode(), Ok(bytes));
            }
        }
    }

    #[test]
    fn a_body_over_the_entry_size_is_refused_both_ways() {
        let item = ItemId::of_slug("note:large");
        let change = vec![0; BODY_BYTES_MAX];
        let body = Body {
            changes: vec![ItemChange {
                item,
                generation: Generation::FIRST,
                change,
            }],
        };
        assert_eq!(body.encode(), Err(BodyError::TooLarge));
        assert_eq!(
            Body::decode(&vec![0x80; BODY_BYTES_MAX + 1]),
            Err(BodyError::TooLarge)
        );
    }

    #[test]
    fn a_count_that_promises_more_than_the_bytes_hold_is_refused() {
        assert_eq!(
            Body::decode(&[0x9a, 0x00, 0x00, 0x03, 0xff]),
            Err(BodyError::Malformed)
        );
        assert_eq!(
            Body::decode(&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            Err(BodyError::TooLarge)
        );
        assert_eq!(Body::decode(&[0x80, 0x00]), Err(BodyError::Malformed));
    }

    #[test]
    fn a_longer_spelling_of_the_same_body_is_refused() {
        assert!(Body::decode(&[0x80]).is_ok());
        assert_eq!(Body::decode(&[0x98, 0x00]), Err(BodyError::Malformed));
        assert_eq!(Body::decode(&[0x9f, 0xff]), Err(BodyError::Malformed));
    }
}
