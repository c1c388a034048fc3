//! Opening the file, and the connections that everything else uses.

use crate::error::StoreError;
use crate::fault::Fault;
use crate::key::DbKey;
use crate::migrate;
use crate::read::Read;
use crate::write::Tx;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Most idle read connections that are kept.
const READERS_KEPT: usize = 4;

/// Page cache of one connection, in KiB. Search reads a few MB of postings.
const CACHE_KIB: u32 = 16 * 1024;

/// What to open.
#[derive(Debug, Clone)]
pub struct Opening {
    /// The database file; made if it is missing and its folder exists.
    pub path: PathBuf,
    /// Its key.
    pub key: DbKey,
    /// A fault that a test plants.
    pub planted: Option<Fault>,
}

/// The one writing connection.
#[derive(Debug)]
pub struct Writer {
    connection: Connection,
}

/// Read-only connections, kept for reuse.
#[derive(Debug, Clone)]
pub struct Readers {
    opening: Arc<Opening>,
    idle: Arc<Mutex<Vec<Connection>>>,
}

/// Opens the file, brings its schema up to date and checks that it can be read.
///
/// # Errors
/// Any [`StoreError`]; the file is then as it was.
pub fn open(opening: Opening) -> Result<(Writer, Readers), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    make_private(&opening.path)?;
    let mut connection = connect(&opening, flags)?;
    // SQLite falls back to reading when it may not write; a save would then fail later.
    if connection.is_readonly("main")? {
        return Err(StoreError::ReadOnly);
    }
    // Erased text must not stay in free pages; what FTS5 keeps goes with `optimize`.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    if let Some(fault) = opening.planted {
        fault.plant(&connection, None)?;
    }
    connection.pragma_update(None, "wal_autocheckpoint", 1_000)?;
    migrate::run(&mut connection)?;
    let readers = Readers {
        opening: Arc::new(opening),
        idle: Arc::default(),
    };
    Ok((Writer { connection }, readers))
}

/// Makes a new file with the tables of a version. It is not in use yet: one file, no WAL.
///
/// # Errors
/// Any [`StoreError`].
pub(crate) fn create(opening: &Opening, version: u32) -> Result<Connection, StoreError> {
    make_private(&opening.path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = connect(opening, flags)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    if let Some(fault) = opening.planted {
        fault.plant(&connection, None)?;
    }
    migrate::run_to(&mut connection, version)?;
    Ok(connection)
}

/// Makes a missing file readable by its owner only; WAL and shared memory follow its mode.
fn make_private(path: &Path) -> Result<(), StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path).map_err(|error| error.kind()) {
        Ok(_) | Err(ErrorKind::AlreadyExists) => Ok(()),
        Err(ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => Err(StoreError::Full),
        Err(_) => Err(StoreError::ReadOnly),
    }
}

fn connect(opening: &Opening, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(&opening.path, flags)?;
    // SQLCipher writes to stderr by default (security.md 0.11).
    connection.pragma_update(None, "cipher_log", "off")?;
    connection.pragma_update(None, "key", opening.key.pragma().as_str())?;
    // The first read, which fails on a wrong key.
    connection.query_row("SELECT count(*) FROM sqlite_master", (), |_| Ok(()))?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "cache_size", -i64::from(CACHE_KIB))?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

impl Writer {
    /// Begins a write transaction. Only `app::commit` calls this (house rule 3).
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another process writes.
    pub fn begin(&mut self) -> Result<Tx<'_>, StoreError> {
        let tx = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(Tx::new(tx))
    }

    /// Writes the WAL back into the file and empties it.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn checkpoint(&mut self) -> Result<(), StoreError> {
        self.connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))?;
        Ok(())
    }

    /// The same. Gives whether nothing is left in the WAL: readers that are in the middle of
    /// something keep it.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn empty_wal(&mut self) -> Result<bool, StoreError> {
        let busy: i64 =
            self.connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| row.get(0))?;
        Ok(busy == 0)
    }

    /// Checks every page and every table. One line for each fault; empty is sound.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn faults(&mut self) -> Result<Vec<String>, StoreError> {
        let mut faults = Vec::new();
        for pragma in ["PRAGMA cipher_integrity_check", "PRAGMA integrity_check"] {
            let mut statement = self.connection.prepare(pragma)?;
            let rows = statement.query_map((), |row| row.get::<_, String>(0))?;
            for row in rows {
                faults.push(row?);
            }
        }
        faults.retain(|fault| fault != "ok");
        Ok(faults)
    }

    /// What is being read and written, without a transaction.
    #[must_use]
    pub fn read(&self) -> Read<'_> {
        Read::new(&self.connection)
    }
}

impl Readers {
    /// Runs queries that all see the same commit.
    ///
    /// # Errors
    /// What the queries give, or any [`StoreError`] of the connection.
    pub fn with<T, E: From<StoreError>>(
        &self,
        queries: impl FnOnce(Read<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.connect()?,
        };
        let snapshot = connection
            .unchecked_transaction()
            .map_err(StoreError::from)?;
        let answer = queries(Read::new(&snapshot));
        drop(snapshot);
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < READERS_KEPT {
            idle.push(connection);
        }
        answer
    }

    /// A read-only open cannot read a WAL that needs recovery; this one can, and refuses to
    /// write.
    fn connect(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = connect(&self.opening, flags)?;
        connection.pragma_update(None, "query_only", true)?;
        Ok(connection)
    }

    pub(crate) fn key(&self) -> &DbKey {
        &self.opening.key
    }

    /// Where the file lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.opening.path
    }
}
