//! What anonymous posts are made of: tokens that a relay signed blindly, and the body that
//! carries one.

use crate::limits::{BODY_BYTES_MAX, ENVELOPE_BYTES_MAX, TOKEN_BYTES, TOKENS_WEEKLY};
use crate::record::within;
use crate::{EntryHash, LogId, Record, RegionId, Seq, SignKey, Signature, WireError};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

/// What a relay signs blindly, and what it answers: exactly [`TOKENS_WEEKLY`] of
/// [`TOKEN_BYTES`] each, so that every device asks for the same.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Blinded(#[n(0)] pub Vec<ByteVec>);

impl Record for Blinded {
    const BYTES_MAX: usize = TOKENS_WEEKLY * (TOKEN_BYTES + 3) + 8;

    fn check(&self) -> Result<(), WireError> {
        let whole = self.0.iter().all(|one| one.len() == TOKEN_BYTES);
        if self.0.len() == TOKENS_WEEKLY && whole {
            Ok(())
        } else {
            Err(WireError::Malformed)
        }
    }
}

/// One entry may be given. The token is a key of its own, so that whoever has read it in an
/// entry cannot give another with it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct AnonymousToken {
    /// Drawn for this token.
    #[n(0)]
    pub key: SignKey,
    /// The issuer's RSA signature (RFC 9474, RSABSSA-SHA384-PSS-Deterministic) over
    /// [`AnonymousToken::issued_bytes`].
    #[cbor(n(1), with = "minicbor::bytes")]
    pub issued: Vec<u8>,
    /// By `key`, over [`AnonymousToken::spending_bytes`].
    #[n(2)]
    pub spent: Signature,
}

impl AnonymousToken {
    /// What the issuer signs without seeing it.
    #[must_use]
    pub fn issued_bytes(region: RegionId, key: SignKey) -> Vec<u8> {
        let mut message = b"radrum anonymous token v1\0".to_vec();
        message.extend_from_slice(region.as_bytes());
        message.extend_from_slice(key.as_bytes());
        message
    }

    /// What the token's own key signs: where the entry stands.
    #[must_use]
    pub fn spending_bytes(region: RegionId, log: LogId, seq: Seq, prev: EntryHash) -> Vec<u8> {
        let mut message = b"radrum anonymous place v1\0".to_vec();
        message.extend_from_slice(region.as_bytes());
        message.extend_from_slice(log.as_bytes());
        message.extend_from_slice(&seq.0.to_be_bytes());
        message.extend_from_slice(prev.as_bytes());
        message
    }
}

impl Record for AnonymousToken {
    const BYTES_MAX: usize = TOKEN_BYTES + 128;

    fn check(&self) -> Result<(), WireError> {
        if self.issued.len() == TOKEN_BYTES {
            Ok(())
        } else {
            Err(WireError::Malformed)
        }
    }
}

/// What is given to a relay at `/anonymous`, without a bearer.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct AnonymousPost {
    /// The same as inside the seal.
    #[n(0)]
    pub token: AnonymousToken,
    /// Of family 4.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub envelope: Vec<u8>,
}

impl Record for AnonymousPost {
    const BYTES_MAX: usize = ENVELOPE_BYTES_MAX + AnonymousToken::BYTES_MAX + 8;

    fn check(&self) -> Result<(), WireError> {
        within(self.envelope.len(), ENVELOPE_BYTES_MAX)?;
        self.token.check()
    }
}

/// Body of [`crate::Kind::ANONYMOUS`] and [`crate::Kind::ANONYMOUS_ERASE`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct AnonymousBody {
    /// What pays for the entry.
    #[n(0)]
    pub token: AnonymousToken,
    /// Zeros: a short text is not told from one of a page.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub fill: Vec<u8>,
    /// An encoded [`crate::Body`] or [`crate::Erase`].
    #[cbor(n(2), with = "minicbor::bytes")]
    pub changes: Vec<u8>,
}

impl Record for AnonymousBody {
    const BYTES_MAX: usize = BODY_BYTES_MAX + 4 * 1024;

    fn check(&self) -> Result<(), WireError> {
        within(self.changes.len(), BODY_BYTES_MAX)?;
        if self.fill.iter().any(|byte| *byte != 0) {
            return Err(WireError::Malformed);
        }
        self.token.check()
    }
}

#[cfg(test)]
mod tests {
    use super::{AnonymousBody, AnonymousToken, Blinded};
    use crate::limits::{TOKEN_BYTES, TOKENS_WEEKLY};
    use crate::{Record as _, SignKey, Signature, WireError};

    fn token(issued: usize) -> AnonymousToken {
        AnonymousToken {
            key: SignKey::from_bytes([1; 32]),
            issued: vec![2; issued],
            spent: Signature::from_bytes([3; 64]),
        }
    }

    #[test]
    fn every_device_asks_for_the_same_number_of_tokens() {
        let of = |n: usize, bytes: usize| Blinded(vec![vec![7; bytes].into(); n]);
        let whole = of(TOKENS_WEEKLY, TOKEN_BYTES);
        let bytes = whole.encode_record().expect("record");
        assert_eq!(Blinded::decode_record(&bytes), Ok(whole));
        for odd in [
            of(TOKENS_WEEKLY - 1, TOKEN_BYTES),
            of(TOKENS_WEEKLY + 1, TOKEN_BYTES),
            of(TOKENS_WEEKLY, TOKEN_BYTES - 1),
        ] {
            assert_eq!(odd.encode_record(), Err(WireError::Malformed));
        }
    }

    #[test]
    fn a_body_is_filled_with_zeros_and_nothing_else() {
        let body = |fill: Vec<u8>, issued: usize| AnonymousBody {
            token: token(issued),
            fill,
            changes: vec![9; 40],
        };
        let sound = body(vec![0; 300], TOKEN_BYTES);
        let bytes = sound.encode_record().expect("record");
        assert_eq!(AnonymousBody::decode_record(&bytes), Ok(sound));
        let said = body(vec![0, 1], TOKEN_BYTES).encode_record();
        assert_eq!(said, Err(WireError::Malformed));
        let short = body(Vec::new(), TOKEN_BYTES - 1).encode_record();
        assert_eq!(short, Err(WireError::Malformed));
    }
}
