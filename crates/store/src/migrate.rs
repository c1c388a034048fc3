//! Brings durable tables up to date. Projections have no migrations: they are rebuilt.

use crate::error::StoreError;
use refinery::{Migration, Runner};
use rusqlite::{Connection, OptionalExtension};

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
];

pub(crate) fn run(connection: &mut Connection) -> Result<(), StoreError> {
    let mut migrations = Vec::with_capacity(CLIENT.len());
    for (name, sql) in CLIENT {
        migrations.push(Migration::unapplied(name, sql)?);
    }
    refuse_newer(connection)?;
    Runner::new(&migrations).set_grouped(true).run(connection)?;
    Ok(())
}

/// A newer program wrote columns that this one would leave empty.
fn refuse_newer(connection: &Connection) -> Result<(), StoreError> {
    let table = "SELECT 1 FROM sqlite_master WHERE name = 'refinery_schema_history'";
    if connection
        .query_row(table, (), |_| Ok(()))
        .optional()?
        .is_none()
    {
        return Ok(());
    }
    let found: u32 = connection.query_row(
        "SELECT coalesce(max(version), 0) FROM refinery_schema_history",
        (),
        |row| row.get(0),
    )?;
    let known = CLIENT.iter().filter_map(|(name, _)| version(name));
    let known = known.max().unwrap_or(0);
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
