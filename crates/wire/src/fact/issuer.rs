use super::FactContent;
use crate::limits::ISSUER_KEY_BYTES_MAX;
use crate::record::within;
use crate::{FactKind, Record, RegionId, WireError};
use minicbor::{Decode, Encode};

/// Who signs anonymous tokens: one key for all, so that no relay can give each device a key of
/// its own and know it by that. Signed by one admin of the krets, or two roots.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct TokenIssuer {
    /// Which krets.
    #[n(0)]
    pub region: RegionId,
    /// From 1. Tokens are fetched under the highest; of two with one number the lowest hash
    /// holds. Entries with tokens of earlier ones stay.
    #[n(1)]
    pub number: u32,
    /// The RSA-2048 key, as the DER of a SubjectPublicKeyInfo.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub key: Vec<u8>,
}

impl Record for TokenIssuer {
    const BYTES_MAX: usize = ISSUER_KEY_BYTES_MAX + 64;

    fn check(&self) -> Result<(), WireError> {
        if self.number == 0 {
            return Err(WireError::Malformed);
        }
        within(self.key.len(), ISSUER_KEY_BYTES_MAX)
    }
}

impl FactContent for TokenIssuer {
    const KIND: FactKind = FactKind::TOKEN_ISSUER;
}
