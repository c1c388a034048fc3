use super::FactContent;
use crate::limits::{MEMBERS_MAX, NAME_BYTES_MAX};
use crate::record::{ascending, within};
use crate::{FactKind, ItemId, Record, RegionId, Salt, SignKey, SignedFact, WireError};
use minicbor::{Decode, Encode};

/// An admin from the first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(array)]
pub struct FirstAdmin {
    /// The signing key of the admin's device.
    #[n(0)]
    pub key: SignKey,
    /// The municipality that the admin acts for; nothing for the whole krets.
    #[n(1)]
    pub municipality: Option<ItemId>,
}

/// The founding of a krets. Its hash is the region id, so there is no second one. Valid when
/// two of its own roots have signed it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Genesis {
    /// What the krets is called.
    #[n(0)]
    pub name: String,
    /// The three root keys, ascending. Any two of them act for the krets.
    #[n(1)]
    pub roots: [SignKey; 3],
    /// Who may grant devices from the first day, ascending.
    #[n(2)]
    pub admins: Vec<FirstAdmin>,
    /// Random, so that two krets of one name differ.
    #[n(3)]
    pub salt: Salt,
    /// Claimed time, UTC ms.
    #[n(4)]
    pub founded_at: i64,
}

impl Record for Genesis {
    const BYTES_MAX: usize = 4 * 1024;

    fn check(&self) -> Result<(), WireError> {
        within(self.name.len(), NAME_BYTES_MAX)?;
        within(self.admins.len(), MEMBERS_MAX)?;
        ascending(&self.roots)?;
        ascending(&self.admins)
    }
}

impl FactContent for Genesis {
    const KIND: FactKind = FactKind::GENESIS;
}

impl SignedFact {
    /// The krets that this founding makes: the first 16 bytes of the fact's hash. An
    /// invitation pins all 32.
    #[must_use]
    pub fn region(&self) -> RegionId {
        let mut id = [0; 16];
        id.copy_from_slice(&self.hash().as_bytes()[..16]);
        RegionId::from_bytes(id)
    }
}

/// New root keys. Two of the roots before sign it; of two with the same number the one with
/// the lowest hash holds.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct RootChange {
    /// Which krets.
    #[n(0)]
    pub region: RegionId,
    /// From 1.
    #[n(1)]
    pub number: u32,
    /// The three root keys from now on, ascending.
    #[n(2)]
    pub roots: [SignKey; 3],
}

impl Record for RootChange {
    const BYTES_MAX: usize = 256;

    fn check(&self) -> Result<(), WireError> {
        ascending(&self.roots)
    }
}

impl FactContent for RootChange {
    const KIND: FactKind = FactKind::ROOT_CHANGE;
}
