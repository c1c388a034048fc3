//! What lets a new computer work at once: the plain values of all items, signed by the device
//! that made them. The logs come after and are believed instead where they differ.

use crate::limits::{
    INFLATED_BYTES_MAX, NAME_BYTES_MAX, SNAPSHOT_HEADS_MAX, SNAPSHOT_ITEMS_MAX, SNAPSHOT_PARTS_MAX,
};
use crate::record::{ascending, within};
use crate::{ChangeHash, Generation, Heads, ItemId, Record, WireError};
use minicbor::{Decode, Encode};

/// Body of [`crate::Kind::SNAPSHOT_HEAD`], part 1 of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct SnapshotHead {
    /// Number of the last part; the items begin in part 2.
    #[n(0)]
    pub parts: u32,
    /// Items in all parts.
    #[n(1)]
    pub items: u64,
    /// Up to where each log is contained: the logs are fetched and verified up to here first.
    #[n(2)]
    pub heads: Heads,
    /// Number of the last erasure that was applied before the snapshot was made.
    #[n(3)]
    pub erased: u64,
    /// How the maker's program reads documents into values: programs of one reading give the
    /// same value, others may differ without anybody lying.
    #[n(4)]
    pub reading: String,
}

/// One item of a snapshot: what a `docs` row says, without the document itself, since foreign
/// documents come only as changes through the gate.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct SnapshotItem {
    /// Which item.
    #[n(0)]
    pub item: ItemId,
    /// Which document of it.
    #[n(1)]
    pub generation: Generation,
    /// Its key, such as `note:…`.
    #[n(2)]
    pub key: String,
    /// Its kind, such as `note`.
    #[n(3)]
    pub kind: String,
    /// Heads of the document, ascending: what the logs must confirm.
    #[n(4)]
    pub heads: Vec<ChangeHash>,
    /// The plain value as JSON.
    #[cbor(n(5), with = "minicbor::bytes")]
    pub value: Vec<u8>,
    /// Claimed time of the first change, UTC ms.
    #[n(6)]
    pub created_at: i64,
    /// Key of the member who made it, or empty.
    #[n(7)]
    pub created_by: String,
    /// Claimed time of the last change, UTC ms.
    #[n(8)]
    pub updated_at: i64,
    /// Key of the member who changed it last, or empty.
    #[n(9)]
    pub updated_by: String,
}

/// Body of [`crate::Kind::SNAPSHOT_PART`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct SnapshotPart(#[n(0)] pub Vec<SnapshotItem>);

impl Record for SnapshotHead {
    const BYTES_MAX: usize = Heads::BYTES_MAX + NAME_BYTES_MAX + 64;

    fn check(&self) -> Result<(), WireError> {
        within(self.parts as usize, SNAPSHOT_PARTS_MAX)?;
        within(self.heads.as_slice().len(), SNAPSHOT_HEADS_MAX)?;
        within(self.reading.len(), NAME_BYTES_MAX)?;
        self.heads.check()
    }
}

impl Record for SnapshotPart {
    const BYTES_MAX: usize = INFLATED_BYTES_MAX;

    fn check(&self) -> Result<(), WireError> {
        within(self.0.len(), SNAPSHOT_ITEMS_MAX)?;
        for item in &self.0 {
            ascending(&item.heads)?;
            for name in [&item.key, &item.kind, &item.created_by, &item.updated_by] {
                within(name.len(), NAME_BYTES_MAX)?;
            }
        }
        Ok(())
    }
}
