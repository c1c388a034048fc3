use rusqlite::ErrorCode;

/// What went wrong, named by what the caller can do about it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Wrong key, or the first page is damaged: SQLCipher cannot tell. The key check beside
    /// the file can.
    #[error("file cannot be opened with this key")]
    NotReadable,
    /// A page fails its checksum, or tables contradict each other.
    #[error("database is damaged")]
    Damaged,
    /// No space left, or a size limit was reached. Nothing was written.
    #[error("disk is full")]
    Full,
    /// File or folder may not be written.
    #[error("database is read-only")]
    ReadOnly,
    /// Another process holds the file.
    #[error("database is busy")]
    Busy,
    /// The file was written by a newer program.
    #[error("database has schema {found}, this program knows {known}")]
    Newer {
        /// In the file.
        found: u32,
        /// Newest that this program knows.
        known: u32,
    },
    /// A row holds what it never should; a bug.
    #[error("row is malformed: {0}")]
    Malformed(&'static str),
    /// Anything else SQLite says. Its text names tables, never content.
    #[error("sqlite: {0}")]
    Sqlite(rusqlite::Error),
    /// A migration failed.
    #[error("migration: {0}")]
    Migration(Box<refinery::Error>),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotReadable,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ if is_full_write(&error) => Self::Full,
            _ => Self::Sqlite(error),
        }
    }
}

/// A quota or a file size limit shows as a failed write, not as a full disk.
fn is_full_write(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::SqliteFailure(code, _)
            if code.extended_code == rusqlite::ffi::SQLITE_IOERR_WRITE
    )
}

impl From<refinery::Error> for StoreError {
    fn from(error: refinery::Error) -> Self {
        if let refinery::error::Kind::Connection(_, source) = error.kind()
            && let Some(rusqlite::Error::SqliteFailure(code, _)) = source.downcast_ref()
        {
            return Self::from(rusqlite::Error::SqliteFailure(*code, None));
        }
        Self::Migration(Box::new(error))
    }
}
