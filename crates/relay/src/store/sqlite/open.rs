//! Connections, migrations and what the relay knows about itself.

use crate::store::{Identity, KretsId, Marks, StoreError, draw, now_s};
use radrum_wire::{Digest, RegionId};
use refinery::{Migration, Runner};
use rusqlite::{Connection, OpenFlags, OptionalExtension as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;
use tokio::sync::Semaphore;

const MIGRATIONS: &[(&str, &str)] = &[
    (
        "V1__krets_entries_slots",
        include_str!("../../../../../migrations/relay/sqlite/0001_krets_entries_slots.sql"),
    ),
    (
        "V2__anonymous_tokens",
        include_str!("../../../../../migrations/relay/sqlite/0002_anonymous_tokens.sql"),
    ),
    (
        "V3__mail",
        include_str!("../../../../../migrations/relay/sqlite/0003_mail.sql"),
    ),
];

/// Connections that read at once.
const READERS: usize = 4;

/// How long another process (a backup, an operator's shell) may hold the file.
const BUSY: Duration = Duration::from_secs(10);

pub(super) fn writer(path: &Path) -> Result<Connection, StoreError> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    // What is dropped leaves the file when the WAL is next written back.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // An fsync at each COMMIT: what was answered is on disk.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.set_prepared_statement_cache_capacity(64);
    refuse_newer(&connection)?;
    let mut migrations = Vec::with_capacity(MIGRATIONS.len());
    for (name, sql) in MIGRATIONS {
        migrations.push(Migration::unapplied(name, sql)?);
    }
    Runner::new(&migrations)
        .set_grouped(true)
        .run(&mut connection)?;
    let made = "SELECT 1 FROM relay";
    if connection
        .query_row(made, (), |_| Ok(()))
        .optional()?
        .is_none()
    {
        let insert =
            "INSERT INTO relay (one, id, store, secret, made_at) VALUES (1, ?1, ?2, ?3, ?4)";
        let (id, store, secret) = (draw()?, draw()?, draw()?);
        let row = (id.as_bytes(), store.as_bytes(), secret.as_bytes(), now_s());
        connection.execute(insert, row)?;
    }
    Ok(connection)
}

fn refuse_newer(connection: &Connection) -> Result<(), StoreError> {
    let table = "SELECT 1 FROM sqlite_master WHERE name = 'refinery_schema_history'";
    if connection
        .query_row(table, (), |_| Ok(()))
        .optional()?
        .is_none()
    {
        return Ok(());
    }
    let select = "SELECT coalesce(max(version), 0) FROM refinery_schema_history";
    let found: i64 = connection.query_row(select, (), |row| row.get(0))?;
    let known = MIGRATIONS.len() as i64;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    Ok(())
}

pub(super) fn reader(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

pub(super) fn identity(db: &Connection) -> Result<Identity, StoreError> {
    let select = "SELECT id, store, secret, made_at FROM relay";
    Ok(db.query_row(select, (), |row| {
        Ok(Identity {
            relay: Digest::from_bytes(row.get(0)?),
            store: Digest::from_bytes(row.get(1)?),
            secret: Digest::from_bytes(row.get(2)?),
            made_at_s: row.get(3)?,
        })
    })?)
}

pub(super) fn draw_store(db: &Connection) -> Result<(), StoreError> {
    let update = "UPDATE relay SET store = ?1, made_at = ?2";
    db.execute(update, (draw()?.as_bytes(), now_s()))?;
    Ok(())
}

pub(super) fn krets(db: &Connection, region: RegionId) -> Result<KretsId, StoreError> {
    db.execute(
        "INSERT INTO krets (region) VALUES (?1) ON CONFLICT (region) DO NOTHING",
        [region.as_bytes()],
    )?;
    let select = "SELECT id FROM krets WHERE region = ?1";
    Ok(db.query_row(select, [region.as_bytes()], |row| row.get(0).map(KretsId))?)
}

pub(super) fn marks(db: &Connection) -> Result<Vec<(KretsId, Marks)>, StoreError> {
    let mut select = db.prepare_cached("SELECT id, cursor, roster_number FROM krets")?;
    let rows = select.query_map((), |row| {
        let marks = Marks {
            cursor: row.get(1)?,
            roster: row.get(2)?,
        };
        Ok((KretsId(row.get(0)?), marks))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A few connections, opened when needed.
pub(super) struct Readers {
    path: PathBuf,
    free: Mutex<Vec<Connection>>,
    turns: Semaphore,
}

impl Readers {
    pub fn new(path: &Path) -> Self {
        Self {
            path: path.to_path_buf(),
            free: Mutex::new(Vec::new()),
            turns: Semaphore::new(READERS),
        }
    }

    /// Nothing is read after this.
    pub fn close(&self) {
        self.turns.close();
        if let Ok(mut free) = self.free.lock() {
            free.clear();
        }
    }

    /// Reads on a thread that may block.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let stopped = || StoreError::Away("stopped".into());
        let _turn = self.turns.acquire().await.map_err(|_| stopped())?;
        let free = self.free.lock().map_err(|_| stopped())?.pop();
        let path = self.path.clone();
        let (connection, read) = tokio::task::spawn_blocking(move || {
            let connection = free.map_or_else(|| reader(&path), Ok)?;
            let read = work(&connection);
            Ok::<_, StoreError>((connection, read))
        })
        .await
        .map_err(|_| stopped())??;
        self.free.lock().map_err(|_| stopped())?.push(connection);
        read
    }
}
