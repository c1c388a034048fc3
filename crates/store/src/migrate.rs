//! Brings durable tables up to date. Projections have no migrations: they are rebuilt.

use crate::error::StoreError;
use refinery::{Migration, Runner, Target};
use rusqlite::Connection;

const CLIENT: &[(&str, &str)] = &[
    (
        "V1__profile_log_documents",
        include_str!("../../../migrations/client/0001_profile_log_documents.sql"),
    ),
    (
        "V2__krets_and_sealed_entries",
        include_str!("../../../migrations/client/0002_krets_and_sealed_entries.sql"),
    ),
    (
        "V3__places_of_facts",
        include_str!("../../../migrations/client/0003_places_of_facts_and_silence.sql"),
    ),
    (
        "V4__erasure",
        include_str!("../../../migrations/client/0004_erasure.sql"),
    ),
    (
        "V5__after_the_end",
        include_str!("../../../migrations/client/0005_after_the_end.sql"),
    ),
    (
        "V6__anonymous",
        include_str!("../../../migrations/client/0006_anonymous.sql"),
    ),
    (
        "V7__follows",
        include_str!("../../../migrations/client/0007_follows.sql"),
    ),
    (
        "V8__anonymous_acts",
        include_str!("../../../migrations/client/0008_anonymous_acts.sql"),
    ),
    (
        "V9__mail",
        include_str!("../../../migrations/client/0009_mail.sql"),
    ),
    (
        "V10__since",
        include_str!("../../../migrations/client/0010_since.sql"),
    ),
];

pub(crate) fn run(connection: &mut Connection) -> Result<(), StoreError> {
    run_to(connection, known())
}

/// Only up to a version: what an older program wrote is put into its tables and brought up to
/// date after that.
pub(crate) fn run_to(connection: &mut Connection, version: u32) -> Result<(), StoreError> {
    let mut migrations = Vec::with_capacity(CLIENT.len());
    for (name, sql) in CLIENT {
        migrations.push(Migration::unapplied(name, sql)?);
    }
    refuse_newer(connection)?;
    Runner::new(&migrations)
        .set_grouped(true)
        .set_target(Target::Version(version.try_into().map_err(|_| VERSION)?))
        .run(connection)?;
    Ok(())
}

const VERSION: StoreError = StoreError::Malformed("version");

/// The newest version that this program knows.
pub(crate) fn known() -> u32 {
    let known = CLIENT.iter().filter_map(|(name, _)| version(name));
    known.max().unwrap_or(0)
}

/// Whether an attached database has a table.
pub(crate) fn has_table(db: &Connection, of: &str, table: &str) -> Result<bool, StoreError> {
    let sql = format!("SELECT 1 FROM {of}.sqlite_master WHERE type = 'table' AND name = ?");
    Ok(db.prepare(&sql)?.exists([table])?)
}

/// The version that an attached database was brought to.
pub(crate) fn newest(db: &Connection, of: &str) -> Result<u32, StoreError> {
    let sql = format!("SELECT coalesce(max(version), 0) FROM {of}.refinery_schema_history");
    Ok(db.query_row(&sql, (), |row| row.get(0))?)
}

/// A newer program wrote columns that this one would leave empty.
fn refuse_newer(connection: &Connection) -> Result<(), StoreError> {
    if !has_table(connection, "main", "refinery_schema_history")? {
        return Ok(());
    }
    let (found, known) = (newest(connection, "main")?, known());
    if found > known {
        Err(StoreError::Newer { found, known })
    } else {
        Ok(())
    }
}

/// The number in `V4__name`.
fn version(name: &str) -> Option<u32> {
    let (number, _) = name.strip_prefix('V')?.split_once("__")?;
    number.parse().ok()
}
