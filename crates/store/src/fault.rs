//! Faults that tests plant, to see that they are told, or that a proof finds them.

use crate::error::StoreError;
use rusqlite::Connection;

/// A planted fault. The shell plants none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The disk holds no more than so many pages of 4,096 bytes.
    Full(u32),
    /// What is written is not forced to the disk.
    NoSync,
}

impl Fault {
    /// Makes the fault happen on this connection, or on a database attached to it.
    pub(crate) fn plant(self, connection: &Connection, of: Option<&str>) -> Result<(), StoreError> {
        match self {
            Self::Full(pages) => connection.pragma_update(of, "max_page_count", pages)?,
            Self::NoSync => connection.pragma_update(of, "synchronous", "OFF")?,
        }
        Ok(())
    }
}
