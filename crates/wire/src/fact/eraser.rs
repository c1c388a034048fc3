use super::FactContent;
use crate::{FactKind, ItemId, Record, RegionId, SignKey, WireError};
use minicbor::{Decode, Encode};

/// Lets a device erase what others wrote, beside the admins. For a municipality signed by one
/// admin of it or two roots, for the whole krets or for one item by two roots.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Eraser {
    /// Which krets.
    #[n(0)]
    pub region: RegionId,
    /// Whose content; none is everybody's, or of one item alone.
    #[n(1)]
    pub municipality: Option<ItemId>,
    /// The signing key of the device.
    #[n(2)]
    pub key: SignKey,
    /// This item alone, whoever began it; then no municipality is named.
    #[n(3)]
    pub item: Option<ItemId>,
}

impl Record for Eraser {
    const BYTES_MAX: usize = 256;

    fn check(&self) -> Result<(), WireError> {
        if self.item.is_some() && self.municipality.is_some() {
            return Err(WireError::Malformed);
        }
        Ok(())
    }
}

impl FactContent for Eraser {
    const KIND: FactKind = FactKind::ERASER;
}

#[cfg(test)]
mod tests {
    use super::Eraser;
    use crate::{ItemId, Record as _, RegionId, SignKey, WireError};

    #[test]
    fn an_eraser_of_one_item_names_no_municipality_and_reads_back() {
        let id = |n: u8| ItemId::from_bytes([n; 16]);
        let eraser = |municipality: Option<u8>, item: Option<u8>| Eraser {
            region: RegionId::from_bytes([1; 16]),
            municipality: municipality.map(id),
            key: SignKey::from_bytes([2; 32]),
            item: item.map(id),
        };
        for sound in [(None, None), (Some(3), None), (None, Some(4))] {
            let sound = eraser(sound.0, sound.1);
            let bytes = sound.encode_record().expect("encoded");
            assert_eq!(Eraser::decode_record(&bytes), Ok(sound));
        }
        let both = eraser(Some(3), Some(4)).encode_record();
        assert_eq!(both, Err(WireError::Malformed));
    }
}
