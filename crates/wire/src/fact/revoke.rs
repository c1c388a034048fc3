use super::FactContent;
use crate::limits::CUTOFFS_MAX;
use crate::record::{ascending, within};
use crate::{FactKind, Head, Record, RegionId, SignKey, WireError};
use minicbor::{Decode, Encode};

/// Why a key is revoked. Both cut at the same place; the interface says it differently, and
/// a lost key calls for a new epoch at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum RevokeMode {
    /// The member has left.
    #[n(0)]
    Left,
    /// The computer is lost, or somebody else may have used it.
    #[n(1)]
    Lost,
}

/// Ends what a signing key may do, for ever. Signed by one admin of its municipality; for an
/// admin's key by two.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Revoke {
    /// Which krets.
    #[n(0)]
    pub region: RegionId,
    /// The signing key of the device.
    #[n(1)]
    pub key: SignKey,
    /// Why.
    #[n(2)]
    pub mode: RevokeMode,
    /// The last accepted entry of each of its logs, ascending. What comes later, and every
    /// log not named, waits for an admin.
    #[n(3)]
    pub accepted: Vec<Head>,
}

impl Record for Revoke {
    const BYTES_MAX: usize = 8 * 1024;

    fn check(&self) -> Result<(), WireError> {
        within(self.accepted.len(), CUTOFFS_MAX)?;
        ascending(&self.accepted)?;
        let one_each = |pair: &[Head]| pair[0].log != pair[1].log;
        if self.accepted.windows(2).all(one_each) {
            Ok(())
        } else {
            Err(WireError::Malformed)
        }
    }
}

impl FactContent for Revoke {
    const KIND: FactKind = FactKind::REVOKE;
}
