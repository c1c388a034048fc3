//! Notices by mail: what a relay is told so that it can send a letter without content.
//!
//! What is followed travels as hints, which only members of the krets can make. A relay sees that
//! two are alike and never what they stand for.

use crate::limits::{HINT_BYTES, HINTS_FOLLOWED, HINTS_TOLD, MAIL_ADDRESS_BYTES_MAX};
use crate::record::within;
use crate::{AnonymousToken, Record, RegionId, SignKey, Signature, WireError};
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

/// A keyed hash of a label or an area.
pub type Hint = ByteArray<HINT_BYTES>;

/// What somebody wants letters about. Signed as bytes, inside [`MailOrder`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct MailWish {
    /// From 1, one higher for each wish under one key; an older one changes nothing.
    #[n(0)]
    pub number: u64,
    /// Where letters go, at most [`MAIL_ADDRESS_BYTES_MAX`] bytes; empty ends them.
    #[n(1)]
    pub address: String,
    /// Exactly [`HINTS_FOLLOWED`], filled up with random ones: how much is followed is not told.
    #[n(2)]
    pub hints: Vec<Hint>,
}

impl Record for MailWish {
    const BYTES_MAX: usize = MAIL_ADDRESS_BYTES_MAX + HINTS_FOLLOWED * (HINT_BYTES + 1) + 24;

    fn check(&self) -> Result<(), WireError> {
        within(self.address.len(), MAIL_ADDRESS_BYTES_MAX)?;
        if self.hints.len() == HINTS_FOLLOWED {
            Ok(())
        } else {
            Err(WireError::Malformed)
        }
    }
}

/// What is given to a relay at `/mail`, without a bearer, over a connection of its own.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct MailOrder {
    /// Drawn for this: names the order and nothing else.
    #[n(0)]
    pub key: SignKey,
    /// An encoded [`MailWish`].
    #[cbor(n(1), with = "minicbor::bytes")]
    pub wish: Vec<u8>,
    /// By `key`, over [`MailOrder::signing_bytes`].
    #[n(2)]
    pub signature: Signature,
    /// Shows that a member of the krets asks, and not which. Its own key signs
    /// [`MailOrder::paying_bytes`]. Needed the first time only.
    #[n(3)]
    pub token: Option<AnonymousToken>,
}

impl MailOrder {
    /// What the order's key signs.
    #[must_use]
    pub fn signing_bytes(region: RegionId, wish: &[u8]) -> Vec<u8> {
        [
            b"radrum mail order v1\0",
            region.as_bytes().as_slice(),
            wish,
        ]
        .concat()
    }

    /// What the token's key signs: for whom it pays.
    #[must_use]
    pub fn paying_bytes(region: RegionId, key: SignKey) -> Vec<u8> {
        let (region, key) = (region.as_bytes().as_slice(), key.as_bytes().as_slice());
        [b"radrum mail token v1\0", region, key].concat()
    }
}

impl Record for MailOrder {
    const BYTES_MAX: usize = MailWish::BYTES_MAX + AnonymousToken::BYTES_MAX + 128;

    fn check(&self) -> Result<(), WireError> {
        within(self.wish.len(), MailWish::BYTES_MAX)?;
        self.token.as_ref().map_or(Ok(()), Record::check)
    }
}

/// What a device has given about, told at `/hints` with its bearer: exactly [`HINTS_TOLD`], filled
/// up with random ones.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Hints(#[n(0)] pub Vec<Hint>);

impl Record for Hints {
    const BYTES_MAX: usize = HINTS_TOLD * (HINT_BYTES + 1) + 8;

    fn check(&self) -> Result<(), WireError> {
        if self.0.len() == HINTS_TOLD {
            Ok(())
        } else {
            Err(WireError::Malformed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Hint, Hints, MailWish};
    use crate::limits::{HINTS_FOLLOWED, HINTS_TOLD};
    use crate::{Record as _, WireError};

    fn hints(n: usize) -> Vec<Hint> {
        vec![[7; 16].into(); n]
    }

    #[test]
    fn how_much_is_followed_or_written_about_does_not_show_in_the_length() {
        let wish = |n| MailWish {
            number: 1,
            address: "anna@dorotea.example".into(),
            hints: hints(n),
        };
        let whole = wish(HINTS_FOLLOWED);
        let bytes = whole.encode_record().expect("record");
        assert_eq!(MailWish::decode_record(&bytes), Ok(whole));
        let odd = wish(HINTS_FOLLOWED - 1).encode_record();
        assert_eq!(odd, Err(WireError::Malformed));
        assert!(Hints(hints(HINTS_TOLD)).encode_record().is_ok());
        assert_eq!(Hints(hints(3)).encode_record(), Err(WireError::Malformed));
    }

    #[test]
    fn an_address_that_is_too_long_is_refused() {
        let wish = MailWish {
            number: 1,
            address: "a".repeat(255),
            hints: hints(HINTS_FOLLOWED),
        };
        assert!(wish.encode_record().is_err());
    }
}
