//! Signed facts: who belongs, and under which keys. Their meaning is a function of their set;
//! neither order nor clocks count.

mod epoch;
mod eraser;
mod genesis;
mod grant;
mod issuer;
mod municipality;
mod revoke;

pub use epoch::{EpochPackage, Parent, Wrap};
pub use eraser::Eraser;
pub use genesis::{FirstAdmin, Genesis, RootChange};
pub use grant::{AdminGrant, DeviceGrant, LogOpen};
pub use issuer::TokenIssuer;
pub use municipality::{Confirm, Municipality, MunicipalityChange};
pub use revoke::{Revoke, RevokeMode};

use crate::limits::{BODY_BYTES_MAX, FACT_BYTES_MAX, FACT_SIGNATURES_MAX, FACTS_MAX};
use crate::record::{ascending, within};
use crate::{FactHash, FactKind, Record, SignKey, Signature, WireError};
use minicbor::{Decode, Encode};

/// One signature under a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(array)]
pub struct FactSignature {
    /// Whose.
    #[n(0)]
    pub key: SignKey,
    /// Over [`SignedFact::signing_bytes`].
    #[n(1)]
    pub signature: Signature,
}

/// A fact and who vouches for it. The content stays bytes, so a fact of an unknown kind is
/// kept and passed on unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct SignedFact {
    /// What the content is.
    #[n(0)]
    pub kind: FactKind,
    /// One record of that kind.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub content: Vec<u8>,
    /// Ascending by key, one of each.
    #[n(2)]
    pub signatures: Vec<FactSignature>,
}

/// Something that a fact says.
pub trait FactContent: Record {
    /// Its number.
    const KIND: FactKind;
}

impl SignedFact {
    /// A fact that nobody has signed yet.
    ///
    /// # Errors
    /// As [`Record::encode_record`].
    pub fn new<F: FactContent>(fact: &F) -> Result<Self, WireError> {
        Ok(Self {
            kind: F::KIND,
            content: fact.encode_record()?,
            signatures: Vec::new(),
        })
    }

    /// What it says, if it is of this kind.
    ///
    /// # Errors
    /// [`WireError::Malformed`] for another kind, and as [`Record::decode_record`].
    pub fn read<F: FactContent>(&self) -> Result<F, WireError> {
        if self.kind != F::KIND {
            return Err(WireError::Malformed);
        }
        F::decode_record(&self.content)
    }

    /// Its name: the same whoever signs it, so that signatures given apart come together.
    #[must_use]
    pub fn hash(&self) -> FactHash {
        let mut hash = blake3::Hasher::new_derive_key("radrum 2026-11-22 fact v1");
        hash.update(&self.kind.0.to_be_bytes());
        hash.update(&self.content);
        FactHash::from_bytes(*hash.finalize().as_bytes())
    }

    /// The bytes that each signature covers.
    #[must_use]
    pub fn signing_bytes(&self) -> Vec<u8> {
        let mut message = b"radrum fact signature v1\0".to_vec();
        message.extend_from_slice(self.hash().as_bytes());
        message
    }
}

impl Record for SignedFact {
    const BYTES_MAX: usize = FACT_BYTES_MAX + 1_024;

    fn check(&self) -> Result<(), WireError> {
        within(self.content.len(), FACT_BYTES_MAX)?;
        within(self.signatures.len(), FACT_SIGNATURES_MAX)?;
        let keys: Vec<SignKey> = self.signatures.iter().map(|by| by.key).collect();
        ascending(&keys)
    }
}

/// Body of [`crate::Kind::FACTS`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Facts(#[n(0)] pub Vec<SignedFact>);

impl Record for Facts {
    const BYTES_MAX: usize = BODY_BYTES_MAX;

    fn check(&self) -> Result<(), WireError> {
        within(self.0.len(), FACTS_MAX)?;
        self.0.iter().try_for_each(Record::check)
    }
}
