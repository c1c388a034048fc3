use super::FactContent;
use crate::{FactKind, ItemId, Record, RegionId, SignKey, WireError};
use minicbor::{Decode, Encode};

/// Lets a device erase what others wrote, beside the admins. For a municipality signed by one
/// admin of it or two roots, for the whole krets by two roots.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Eraser {
    /// Which krets.
    #[n(0)]
    pub region: RegionId,
    /// Whose content; none is everybody's.
    #[n(1)]
    pub municipality: Option<ItemId>,
    /// The signing key of the device.
    #[n(2)]
    pub key: SignKey,
}

impl Record for Eraser {
    const BYTES_MAX: usize = 256;

    fn check(&self) -> Result<(), WireError> {
        Ok(())
    }
}

impl FactContent for Eraser {
    const KIND: FactKind = FactKind::ERASER;
}
