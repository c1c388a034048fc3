/// Why a store could not, named by what the caller can do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database is away, busy or stopping: the same may succeed later. With a code.
    #[error("the database is away ({0})")]
    Away(String),
    /// No room is left for the krets.
    #[error("full")]
    Full,
    /// A newer program made the database.
    #[error("the database is of version {found}, this program knows {known}")]
    Newer {
        /// Of the database.
        found: i64,
        /// Of this program.
        known: i64,
    },
    /// What nobody expects. With a code, never with values.
    #[error("the database failed ({0})")]
    Failed(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked, DiskFull};
        // The code alone: messages of SQLite may quote values.
        match error.sqlite_error() {
            Some(code) if code.code == DiskFull => Self::Away("sqlite disk full".into()),
            Some(code) if matches!(code.code, DatabaseBusy | DatabaseLocked) => {
                Self::Away(format!("sqlite {}", code.extended_code))
            }
            Some(code) => Self::Failed(format!("sqlite {}", code.extended_code)),
            None => Self::Failed("sqlite value".into()),
        }
    }
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        match error.code() {
            // Classes: 08 connection, 40 rollback, 53 resources, 57 operator, 58 system.
            Some(state) if ["08", "40", "53", "57", "58"].contains(&&state.code()[..2]) => {
                Self::Away(format!("postgres {}", state.code()))
            }
            Some(state) => Self::Failed(format!("postgres {}", state.code())),
            None => Self::Away("postgres connection".into()),
        }
    }
}

impl From<deadpool_postgres::PoolError> for StoreError {
    fn from(error: deadpool_postgres::PoolError) -> Self {
        match error {
            deadpool_postgres::PoolError::Backend(error) => error.into(),
            _ => Self::Away("postgres pool".into()),
        }
    }
}

impl From<refinery::Error> for StoreError {
    fn from(error: refinery::Error) -> Self {
        Self::Failed(format!("migration: {error}"))
    }
}
