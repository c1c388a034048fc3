//! Private rows: which items others wrote since the window was last looked at.

use super::items::{COLUMNS, item, item_row};
use super::log::hashes;
use crate::{Item, Read, StoreError, Tx};
use radrum_domain::{Heads, ItemKey};
use rusqlite::params;

/// An item that others wrote since then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SinceRow {
    /// As it is listed now.
    pub item: Item,
    /// What it stood on then; none when it was not here.
    pub before: Option<Heads>,
}

impl Read<'_> {
    /// What is still there of all that others wrote, the newest arrival first. What was merged
    /// into something else is left out.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn since(&self) -> Result<Vec<SinceRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, since.heads FROM since JOIN items ON items.key = since.key
             WHERE items.merged_into = '' ORDER BY since.n DESC"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map((), |row| {
            Ok((item_row(row)?, row.get::<_, Option<Vec<u8>>>(10)?))
        })?;
        rows.map(|row| {
            let (raw, heads) = row?;
            let before = heads.map(|heads| Heads::new(hashes(&heads)));
            let item = item(raw)?;
            Ok(SinceRow { item, before })
        })
        .collect()
    }

    /// The place of the last arrival, 0 when there is none.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn newest_since(&self) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(max(n), 0) FROM since";
        Ok(self
            .db
            .prepare_cached(sql)?
            .query_row((), |row| row.get(0))?)
    }

    /// Whether anything is kept of what others wrote.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn has_since(&self) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM since)";
        Ok(self
            .db
            .prepare_cached(sql)?
            .query_row((), |row| row.get(0))?)
    }
}

impl Tx<'_> {
    /// Notes that others wrote an item, with what it stood on before; the first note stands.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_since(&self, of: &ItemKey, before: Option<&Heads>) -> Result<(), StoreError> {
        let heads = before.map(|heads| {
            let heads = heads.as_slice().iter();
            heads.flat_map(|hash| *hash.as_bytes()).collect::<Vec<u8>>()
        });
        self.db
            .prepare_cached("INSERT OR IGNORE INTO since (key, heads) VALUES (?, ?)")?
            .execute(params![of.to_string(), heads])?;
        Ok(())
    }

    /// Forgets what had come up to a place.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn clear_since(&self, to: i64) -> Result<(), StoreError> {
        self.db.execute("DELETE FROM since WHERE n <= ?", [to])?;
        Ok(())
    }
}
