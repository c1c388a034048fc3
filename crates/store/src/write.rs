use crate::error::StoreError;
use crate::read::Read;
use rusqlite::Transaction;

/// A write transaction: everything in it becomes durable together, or nothing does. Dropped
/// without [`Tx::commit`] it never was.
#[derive(Debug)]
pub struct Tx<'a> {
    pub(crate) db: Transaction<'a>,
}

impl<'a> Tx<'a> {
    pub(crate) const fn new(db: Transaction<'a>) -> Self {
        Self { db }
    }

    /// Queries that see what this transaction wrote.
    #[must_use]
    pub fn read(&self) -> Read<'_> {
        Read::new(&self.db)
    }

    /// Makes it durable: returns after the WAL has been synced.
    ///
    /// # Errors
    /// Any [`StoreError`]; nothing was written then.
    pub fn commit(self) -> Result<(), StoreError> {
        Ok(self.db.commit()?)
    }
}
