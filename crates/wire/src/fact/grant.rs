use super::FactContent;
use crate::limits::{HEARTBEAT_HEADS_MAX, MEMBERS_MAX};
use crate::record::{ascending, within};
use crate::{
    AuthKey, DeviceId, FactHash, FactKind, Head, ItemId, LogId, Record, RegionId, Salt, SignKey,
    WireError, WrapKey,
};
use minicbor::{Decode, Encode};

/// Makes a device's key an admin. Signed by two roots: admins never make admins, so there is
/// no chain to follow.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct AdminGrant {
    /// Which krets.
    #[n(0)]
    pub region: RegionId,
    /// The signing key of the admin's device.
    #[n(1)]
    pub key: SignKey,
    /// The municipality that the admin acts for; nothing for the whole krets.
    #[n(2)]
    pub municipality: Option<ItemId>,
}

impl Record for AdminGrant {
    const BYTES_MAX: usize = 128;

    fn check(&self) -> Result<(), WireError> {
        Ok(())
    }
}

impl FactContent for AdminGrant {
    const KIND: FactKind = FactKind::ADMIN_GRANT;
}

/// Takes a device into the krets. Signed by one admin of its municipality.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct DeviceGrant {
    /// Which krets.
    #[n(0)]
    pub region: RegionId,
    /// The installation.
    #[n(1)]
    pub device: DeviceId,
    /// Its log, which may be older than the grant.
    #[n(2)]
    pub log: LogId,
    /// The municipality it belongs to.
    #[n(3)]
    pub municipality: ItemId,
    /// Who writes on it: the item ids of the members, ascending.
    #[n(4)]
    pub members: Vec<ItemId>,
    /// Signs its entries.
    #[n(5)]
    pub sign: SignKey,
    /// Epoch keys are wrapped to it.
    #[n(6)]
    pub wrap: WrapKey,
    /// What it shows to relays. Stands only inside the seal.
    #[n(7)]
    pub auth: AuthKey,
    /// Until when a guest was invited, UTC ms: shown to admins, who then revoke. No clock
    /// decides.
    #[n(8)]
    pub guest_until: Option<i64>,
}

impl Record for DeviceGrant {
    const BYTES_MAX: usize = 1_024;

    fn check(&self) -> Result<(), WireError> {
        within(self.members.len(), MEMBERS_MAX)?;
        ascending(&self.members)
    }
}

impl FactContent for DeviceGrant {
    const KIND: FactKind = FactKind::DEVICE_GRANT;
}

/// A granted device goes on in a new log, after its disk was restored or its log was closed.
/// Signed by the device.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct LogOpen {
    /// Which krets.
    #[n(0)]
    pub region: RegionId,
    /// The device's grant.
    #[n(1)]
    pub grant: FactHash,
    /// Random; the new log's id is derived from it.
    #[n(2)]
    pub salt: Salt,
    /// What the device had written before, ascending.
    #[n(3)]
    pub before: Vec<Head>,
}

impl LogOpen {
    /// The id of the new log. Derived, so that nobody can claim a colleague's log.
    #[must_use]
    pub fn log(&self) -> LogId {
        let mut hash = blake3::Hasher::new_derive_key("radrum 2026-11-22 log of grant v1");
        hash.update(self.grant.as_bytes());
        hash.update(self.salt.as_bytes());
        let mut id = [0; 16];
        id.copy_from_slice(&hash.finalize().as_bytes()[..16]);
        LogId::from_bytes(id)
    }
}

impl Record for LogOpen {
    const BYTES_MAX: usize = 8 * 1024;

    fn check(&self) -> Result<(), WireError> {
        within(self.before.len(), HEARTBEAT_HEADS_MAX)?;
        ascending(&self.before)
    }
}

impl FactContent for LogOpen {
    const KIND: FactKind = FactKind::LOG_OPEN;
}
