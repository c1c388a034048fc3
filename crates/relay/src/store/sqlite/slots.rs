//! One overwritten envelope a log.

use super::entries::add;
use crate::store::{Entry, KretsId, Page, SLOTS_MAX, StoreError};
use radrum_wire::LogId;
use rusqlite::{Connection, OptionalExtension as _};

pub(super) fn put(db: &Connection, krets: KretsId, slot: &Entry) -> Result<bool, StoreError> {
    let log = slot.place.log;
    let mut update = db.prepare_cached(
        "UPDATE slots SET seq = ?3, envelope = ?4 WHERE krets = ?1 AND log = ?2 AND seq < ?3",
    )?;
    let row = (krets.0, log.as_bytes(), slot.seq(), &slot.bytes);
    if update.execute(row)? == 1 {
        return Ok(true);
    }
    if get(db, krets, log)?.is_some() {
        return Ok(false);
    }
    let count = "SELECT count(*) FROM slots WHERE krets = ?1";
    let held: u64 = db.query_row(count, [krets.0], |row| row.get(0))?;
    if held >= SLOTS_MAX {
        return Err(StoreError::Full);
    }
    db.prepare_cached("INSERT INTO slots (krets, log, seq, envelope) VALUES (?1, ?2, ?3, ?4)")?
        .execute(row)?;
    Ok(true)
}

pub(super) fn get(
    db: &Connection,
    krets: KretsId,
    log: LogId,
) -> Result<Option<Vec<u8>>, StoreError> {
    let select = "SELECT envelope FROM slots WHERE krets = ?1 AND log = ?2";
    let mut select = db.prepare_cached(select)?;
    let row = select.query_row((krets.0, log.as_bytes()), |row| row.get(0));
    Ok(row.optional()?)
}

pub(super) fn list(
    db: &Connection,
    krets: KretsId,
    after: Option<LogId>,
    bytes: usize,
) -> Result<Page, StoreError> {
    let mut page = Page::default();
    let mut select =
        db.prepare_cached("SELECT envelope FROM slots WHERE krets = ?1 AND log > ?2 ORDER BY log")?;
    // Nothing sorts before no bytes at all.
    let after: &[u8] = after.as_ref().map_or(&[], |log| log.as_bytes());
    let mut rows = select.query((krets.0, after))?;
    while let Some(row) = rows.next()? {
        let envelope = row.get_ref(0)?.as_blob().unwrap_or_default();
        if !add(&mut page, envelope, bytes)? {
            break;
        }
    }
    Ok(page)
}
