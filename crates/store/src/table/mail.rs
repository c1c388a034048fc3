//! Private rows: own items of which those who wait for letters have not been told.

use super::items::key;
use crate::{Read, StoreError, Tx};
use radrum_domain::ItemKey;
use radrum_wire::{ItemId, LogId, Seq};
use rusqlite::params;

impl Read<'_> {
    /// Items that others are to be told of, with the newest own entry about each; at most so many.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn untold(&self, most: usize) -> Result<Vec<(ItemKey, LogId, Seq)>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT d.key, u.log, u.seq FROM untold u JOIN docs d ON d.item = u.item
             ORDER BY u.seq, u.item LIMIT ?",
        )?;
        let rows = statement.query_map([most], |row| {
            Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?))
        })?;
        rows.map(|row| {
            let (name, log, seq) = row?;
            Ok((key(&name)?, LogId::from_bytes(log), Seq(seq)))
        })
        .collect()
    }
}

impl Tx<'_> {
    /// Notes an own entry about an item.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_untold(&self, item: ItemId, log: LogId, seq: Seq) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT INTO untold (item, log, seq) VALUES (?1, ?2, ?3)
                 ON CONFLICT (item) DO UPDATE SET log = excluded.log, seq = excluded.seq",
            )?
            .execute(params![item.as_bytes(), log.as_bytes(), seq.0])?;
        Ok(())
    }

    /// Forgets an item that was told of, unless something newer was written about it.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn drop_untold(&self, item: ItemId, log: LogId, seq: Seq) -> Result<(), StoreError> {
        self.db
            .prepare_cached("DELETE FROM untold WHERE item = ? AND log = ? AND seq = ?")?
            .execute(params![item.as_bytes(), log.as_bytes(), seq.0])?;
        Ok(())
    }

    /// Forgets all: nobody here sends letters.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn clear_untold(&self) -> Result<(), StoreError> {
        self.db.execute("DELETE FROM untold", ())?;
        Ok(())
    }
}
