//! Small choices of this computer.

use crate::{Read, StoreError, Tx};
use rusqlite::OptionalExtension;

impl Read<'_> {
    /// A setting.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT value FROM settings WHERE name = ?")?
            .query_row([name], |row| row.get(0))
            .optional()?)
    }
}

impl Tx<'_> {
    /// Keeps a setting.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_setting(&self, name: &str, value: &str) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT INTO settings (name, value) VALUES (?1, ?2)
                 ON CONFLICT DO UPDATE SET value = ?2",
            )?
            .execute([name, value])?;
        Ok(())
    }
}
