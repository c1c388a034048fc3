use super::FactContent;
use crate::limits::{FACT_BYTES_MAX, PARENTS_MAX, WRAPS_MAX};
use crate::record::{ascending, within};
use crate::{DeviceId, EpochId, FactKind, Nonce, Record, RegionId, WireError};
use minicbor::{Decode, Encode};

/// An epoch key for one device: HPKE (RFC 9180), base mode.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Wrap {
    /// For whom.
    #[n(0)]
    pub device: DeviceId,
    /// The encapsulated key.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub encapsulated: [u8; 32],
    /// The sealed epoch key with its tag.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub sealed: [u8; 48],
}

/// An earlier epoch key, sealed under the new one: whoever has the newest reads all.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Parent {
    /// Which epoch.
    #[n(0)]
    pub epoch: EpochId,
    /// Random.
    #[n(1)]
    pub nonce: Nonce,
    /// The sealed epoch key with its tag.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub sealed: [u8; 48],
}

/// Hands out an epoch key. Signed by one admin. The same epoch may have several packages:
/// one more for each device that comes or comes back.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct EpochPackage {
    /// Which krets.
    #[n(0)]
    pub region: RegionId,
    /// Which epoch.
    #[n(1)]
    pub epoch: EpochId,
    /// One more than the highest of its parents; the first is 1.
    #[n(2)]
    pub generation: u32,
    /// The epochs before, ascending by id.
    #[n(3)]
    pub parents: Vec<Parent>,
    /// Ascending by device.
    #[n(4)]
    pub wraps: Vec<Wrap>,
}

impl Record for EpochPackage {
    const BYTES_MAX: usize = FACT_BYTES_MAX;

    fn check(&self) -> Result<(), WireError> {
        within(self.parents.len(), PARENTS_MAX)?;
        within(self.wraps.len(), WRAPS_MAX)?;
        let parents: Vec<EpochId> = self.parents.iter().map(|p| p.epoch).collect();
        ascending(&parents)?;
        let devices: Vec<DeviceId> = self.wraps.iter().map(|w| w.device).collect();
        ascending(&devices)?;
        if self.generation == 0 {
            return Err(WireError::Malformed);
        }
        Ok(())
    }
}

impl FactContent for EpochPackage {
    const KIND: FactKind = FactKind::EPOCH_PACKAGE;
}
