//! Where two people wrote at once, told when it happened.

use crate::{Read, StoreError, Tx};
use radrum_wire::{ChangeHash, ItemId};
use rusqlite::params;

/// A change that met another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// The change that was made on an older version.
    pub change: ChangeHash,
    /// What had been written meanwhile.
    pub beside: ChangeHash,
    /// JSON: fields that both wrote.
    pub fields: String,
    /// UTC ms.
    pub merged_at: i64,
}

impl Read<'_> {
    /// Merges of an item, newest first.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn merges(&self, item: ItemId) -> Result<Vec<Merge>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT change, beside, fields, merged_at FROM merges WHERE item = ?
             ORDER BY merged_at DESC, change, beside",
        )?;
        let rows = statement.query_map([item.as_bytes()], |row| {
            Ok(Merge {
                change: ChangeHash::from_bytes(row.get(0)?),
                beside: ChangeHash::from_bytes(row.get(1)?),
                fields: row.get(2)?,
                merged_at: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Notes a merge.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_merge(&self, item: ItemId, merge: &Merge) -> Result<(), StoreError> {
        self.db.execute(
            "INSERT INTO merges (item, change, beside, fields, merged_at)
             VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            params![
                item.as_bytes(),
                merge.change.as_bytes(),
                merge.beside.as_bytes(),
                merge.fields,
                merge.merged_at
            ],
        )?;
        Ok(())
    }
}
