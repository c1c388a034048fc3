//! What a restored profile leaves behind.

use crate::{StoreError, Tx};
use radrum_wire::{ChangeHash, Generation, ItemId, LogId};
use rusqlite::params;

impl Tx<'_> {
    /// Takes an item out of sight that this computer knows to be erased. Which entries carried
    /// it stays noted, so that the erasure itself finds them when it comes.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn leave_out(&self, item: ItemId, generation: Generation) -> Result<(), StoreError> {
        let gone = self
            .db
            .prepare_cached("DELETE FROM docs WHERE item = ? AND generation < ?")?
            .execute(params![item.as_bytes(), generation.0])?;
        if gone > 0 {
            for table in ["merges", "provisional"] {
                self.db
                    .prepare_cached(&format!("DELETE FROM {table} WHERE item = ?"))?
                    .execute([item.as_bytes()])?;
            }
        }
        Ok(())
    }

    /// A change has another hash: what was told of it stays told.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn rename_merges(
        &self,
        item: ItemId,
        old: ChangeHash,
        new: ChangeHash,
    ) -> Result<(), StoreError> {
        for column in ["change", "beside"] {
            self.db
                .prepare_cached(&format!(
                    "UPDATE merges SET {column} = ? WHERE item = ? AND {column} = ?"
                ))?
                .execute(params![new.as_bytes(), item.as_bytes(), old.as_bytes()])?;
        }
        Ok(())
    }

    /// Takes away what stands in other logs, once everything stands in one: entries, changes,
    /// facts and what they named. The list of what was erased stays.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn leave_other_logs(&self, log: LogId) -> Result<(), StoreError> {
        for sql in [
            "DELETE FROM changes WHERE log_n NOT IN (SELECT n FROM logs WHERE log = ?)",
            "DELETE FROM log WHERE log_n NOT IN (SELECT n FROM logs WHERE log = ?)",
            "DELETE FROM logs WHERE log != ?",
        ] {
            self.db.execute(sql, [log.as_bytes()])?;
        }
        for table in [
            "facts",
            "fact_places",
            "claims",
            "erased_items",
            "stub_names",
            "met_stubs",
            "stubs",
            "receipts",
            "snapshot",
            "entries",
        ] {
            self.db.execute(&format!("DELETE FROM {table}"), ())?;
        }
        Ok(())
    }
}
