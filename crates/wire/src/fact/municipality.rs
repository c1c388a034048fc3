use super::FactContent;
use crate::limits::CONFIRMED_MAX;
use crate::record::{ascending, within};
use crate::{FactHash, FactKind, ItemId, Record, RegionId, WireError};
use minicbor::{Decode, Encode};

/// What becomes of a municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum MunicipalityChange {
    /// It belongs to the krets.
    #[n(0)]
    Joins,
    /// It has left. What it wrote stays; its devices are revoked one by one.
    #[n(1)]
    Leaves,
    /// It goes on as another one.
    #[n(2)]
    MergesInto,
    /// It shares an office with another one: both go on, and the admins of each act for both.
    #[n(3)]
    SharesOffice,
}

/// A municipality joins, leaves, merges or shares an office. Signed by two roots. Of several
/// the highest number says how it is now; of two with one number the lowest hash holds.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Municipality {
    /// Which krets.
    #[n(0)]
    pub region: RegionId,
    /// Which municipality.
    #[n(1)]
    pub municipality: ItemId,
    /// From 1, for each municipality by itself.
    #[n(2)]
    pub number: u32,
    /// What becomes of it.
    #[n(3)]
    pub change: MunicipalityChange,
    /// Into which it merges, or with which it shares; nothing when it joins or leaves.
    #[n(4)]
    pub other: Option<ItemId>,
}

impl Record for Municipality {
    const BYTES_MAX: usize = 128;

    fn check(&self) -> Result<(), WireError> {
        let names_other = match self.change {
            MunicipalityChange::Joins | MunicipalityChange::Leaves => false,
            MunicipalityChange::MergesInto | MunicipalityChange::SharesOffice => true,
        };
        let itself = self.other == Some(self.municipality);
        if self.number == 0 || itself || self.other.is_some() != names_other {
            return Err(WireError::Malformed);
        }
        Ok(())
    }
}

impl FactContent for Municipality {
    const KIND: FactKind = FactKind::MUNICIPALITY;
}

/// Lets facts stand that an admin signed alone after a cutoff of his own. Signed by another
/// admin who might have signed them, or by two roots. It confirms no other confirmation.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Confirm {
    /// Which krets.
    #[n(0)]
    pub region: RegionId,
    /// Which facts, ascending.
    #[n(1)]
    pub facts: Vec<FactHash>,
}

impl Record for Confirm {
    const BYTES_MAX: usize = 16 * 1024;

    fn check(&self) -> Result<(), WireError> {
        within(self.facts.len(), CONFIRMED_MAX)?;
        ascending(&self.facts)
    }
}

impl FactContent for Confirm {
    const KIND: FactKind = FactKind::CONFIRM;
}

#[cfg(test)]
mod tests {
    use super::{Municipality, MunicipalityChange};
    use crate::{ItemId, Record as _, RegionId, WireError};

    #[test]
    fn a_municipality_neither_merges_into_itself_nor_leaves_for_another() {
        let fact = |change, other: Option<u8>| Municipality {
            region: RegionId::from_bytes([1; 16]),
            municipality: ItemId::from_bytes([2; 16]),
            number: 1,
            change,
            other: other.map(|n| ItemId::from_bytes([n; 16])),
        };
        let merges = MunicipalityChange::MergesInto;
        assert!(fact(merges, Some(3)).encode_record().is_ok());
        assert!(
            fact(MunicipalityChange::Leaves, None)
                .encode_record()
                .is_ok()
        );
        for wrong in [
            fact(merges, Some(2)),
            fact(merges, None),
            fact(MunicipalityChange::Leaves, Some(3)),
        ] {
            assert_eq!(wrong.encode_record(), Err(WireError::Malformed));
        }
    }
}
