//! Erasure: what is erased and why, which entries a stub is enough of, and who has erased.

use crate::limits::{
    BODY_BYTES_MAX, ERASE_ENTRIES_MAX, ERASE_TARGETS_MAX, NAME_BYTES_MAX, RECEIPT_HEADS_MAX,
};
use crate::record::{ascending, within};
use crate::{EntryHash, Generation, Head, ItemId, Record, WireError};
use minicbor::{Decode, Encode};

/// Why something is erased. A number that this program does not know is shown as
/// [`Ground::OTHER`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Ground(#[n(0)] pub u8);

impl Ground {
    /// Anything else.
    pub const OTHER: Self = Self(0);
    /// It was about a client or the wrong person.
    pub const PERSON: Self = Self(1);
    /// A decision says that it is to go (gallringsbeslut).
    pub const DECISION: Self = Self(2);
}

/// What is erased of one item: every generation before this one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(array)]
pub struct EraseTarget {
    /// Which item.
    #[n(0)]
    pub item: ItemId,
    /// The first generation that stands, from 2.
    #[n(1)]
    pub generation: Generation,
    /// The entries of earlier generations that the writer knew, ascending: of these a stub is
    /// enough for everybody. At most [`ERASE_ENTRIES_MAX`].
    #[n(2)]
    pub entries: Vec<EntryHash>,
}

/// Body of [`crate::Kind::ERASE`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Erase {
    /// Why.
    #[n(0)]
    pub ground: Ground,
    /// Reference of the decision behind it, or empty.
    #[n(1)]
    pub decision: String,
    /// What, ascending by item, each once; at least one.
    #[n(2)]
    pub targets: Vec<EraseTarget>,
}

impl Record for Erase {
    const BYTES_MAX: usize = BODY_BYTES_MAX;

    fn check(&self) -> Result<(), WireError> {
        within(self.decision.len(), NAME_BYTES_MAX)?;
        within(self.targets.len(), ERASE_TARGETS_MAX)?;
        let items: Vec<ItemId> = self.targets.iter().map(|target| target.item).collect();
        ascending(&items)?;
        for target in &self.targets {
            within(target.entries.len(), ERASE_ENTRIES_MAX)?;
            ascending(&target.entries)?;
        }
        let later = |target: &EraseTarget| target.generation > Generation::FIRST;
        if self.targets.is_empty() || !self.targets.iter().all(later) {
            return Err(WireError::Malformed);
        }
        Ok(())
    }
}

/// Body of [`crate::Kind::DROP`]: more entries of which a stub is enough, since an erasure
/// reaches them that did not know them. Whoever says it had their bytes.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Dropped {
    /// The entries, ascending; at most [`ERASE_ENTRIES_MAX`].
    #[n(0)]
    pub entries: Vec<Head>,
}

impl Record for Dropped {
    const BYTES_MAX: usize = BODY_BYTES_MAX;

    fn check(&self) -> Result<(), WireError> {
        within(self.entries.len(), ERASE_ENTRIES_MAX)?;
        ascending(&self.entries)
    }
}

/// Body of [`crate::Kind::ERASE_RECEIPT`]: this device has erased what the erasures up to here
/// say, and nothing of it is left in its file.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct EraseReceipt {
    /// How many erasures it has completed.
    #[n(0)]
    pub number: u64,
    /// The last of them in each log, ascending, one a log; at most [`RECEIPT_HEADS_MAX`].
    #[n(1)]
    pub heads: Vec<Head>,
}

impl Record for EraseReceipt {
    const BYTES_MAX: usize = BODY_BYTES_MAX;

    fn check(&self) -> Result<(), WireError> {
        within(self.heads.len(), RECEIPT_HEADS_MAX)?;
        ascending(&self.heads)?;
        if self.heads.windows(2).all(|pair| pair[0].log != pair[1].log) {
            Ok(())
        } else {
            Err(WireError::Malformed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Dropped, Erase, EraseReceipt, EraseTarget, Ground};
    use crate::{EntryHash, Generation, Head, ItemId, LogId, Record, Seq, WireError};

    fn target(item: u8, generation: u32) -> EraseTarget {
        EraseTarget {
            item: ItemId::from_bytes([item; 16]),
            generation: Generation(generation),
            entries: vec![EntryHash::from_bytes([1; 32])],
        }
    }

    fn erase(targets: Vec<EraseTarget>) -> Erase {
        Erase {
            ground: Ground::DECISION,
            decision: "SN 2026/14".into(),
            targets,
        }
    }

    fn head(log: u8, seq: u64) -> Head {
        Head {
            log: LogId::from_bytes([log; 16]),
            seq: Seq(seq),
            hash: EntryHash::from_bytes([9; 32]),
        }
    }

    #[test]
    fn an_erasure_reads_back_and_one_of_the_first_generation_or_of_nothing_is_refused() {
        let sound = erase(vec![target(1, 2), target(2, 7)]);
        let bytes = sound.encode_record().expect("encoded");
        assert_eq!(Erase::decode_record(&bytes), Ok(sound));
        for foul in [
            erase(vec![]),
            erase(vec![target(1, 1)]),
            erase(vec![target(1, 0)]),
            erase(vec![target(2, 2), target(1, 2)]),
            erase(vec![target(1, 2), target(1, 3)]),
        ] {
            assert_eq!(foul.encode_record(), Err(WireError::Malformed), "{foul:?}");
        }
    }

    #[test]
    fn drops_and_receipts_have_one_order_and_a_receipt_one_head_a_log() {
        let drop = |entries| Dropped { entries };
        assert!(drop(vec![head(1, 1), head(1, 2)]).encode_record().is_ok());
        assert!(drop(vec![head(1, 2), head(1, 1)]).encode_record().is_err());
        let receipt = |heads| EraseReceipt { number: 2, heads };
        assert!(
            receipt(vec![head(1, 4), head(2, 1)])
                .encode_record()
                .is_ok()
        );
        assert!(
            receipt(vec![head(1, 1), head(1, 2)])
                .encode_record()
                .is_err()
        );
    }
}
