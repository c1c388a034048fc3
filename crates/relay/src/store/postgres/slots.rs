//! One overwritten envelope a log.

use super::entries::{fitting, frames};
use crate::store::{Entry, KretsId, Page, SLOTS_MAX, StoreError};
use deadpool_postgres::Object;
use radrum_wire::LogId;

pub(super) async fn put(db: &Object, krets: KretsId, slot: &Entry) -> Result<bool, StoreError> {
    let log = &slot.place.log.as_bytes()[..];
    if get(db, krets, slot.place.log).await?.is_none() {
        let count = "SELECT count(*) FROM slots WHERE krets = $1";
        let held: i64 = db.query_one(count, &[&krets.0]).await?.try_get(0)?;
        // Two processes may go over by one.
        if held.unsigned_abs() >= SLOTS_MAX {
            return Err(StoreError::Full);
        }
    }
    let upsert = db
        .prepare_cached(
            "INSERT INTO slots (krets, log, seq, envelope) VALUES ($1, $2, $3, $4)
             ON CONFLICT (krets, log) DO UPDATE SET seq = excluded.seq,
             envelope = excluded.envelope WHERE slots.seq < excluded.seq",
        )
        .await?;
    let changed = db
        .execute(&upsert, &[&krets.0, &log, &slot.seq(), &slot.bytes])
        .await?;
    Ok(changed == 1)
}

pub(super) async fn get(
    db: &Object,
    krets: KretsId,
    log: LogId,
) -> Result<Option<Vec<u8>>, StoreError> {
    let select = "SELECT envelope FROM slots WHERE krets = $1 AND log = $2";
    let select = db.prepare_cached(select).await?;
    let log = &log.as_bytes()[..];
    let row = db.query_opt(&select, &[&krets.0, &log]).await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

pub(super) async fn list(
    db: &Object,
    krets: KretsId,
    after: Option<LogId>,
    bytes: usize,
) -> Result<Page, StoreError> {
    // Nothing sorts before no bytes at all.
    let after: &[u8] = after.as_ref().map_or(&[], |log| log.as_bytes());
    let lengths = db
        .prepare_cached(
            "SELECT log, octet_length(envelope)::bigint FROM slots
             WHERE krets = $1 AND log > $2 ORDER BY log",
        )
        .await?;
    let lengths = db.query(&lengths, &[&krets.0, &after]).await?;
    let (n, more) = fitting(&lengths, bytes)?;
    let Some(last) = n.checked_sub(1).and_then(|n| lengths.get(n)) else {
        return Ok(Page::default());
    };
    let last: &[u8] = last.try_get(0)?;
    let select = db
        .prepare_cached(
            "SELECT envelope FROM slots WHERE krets = $1 AND log > $2 AND log <= $3 ORDER BY log",
        )
        .await?;
    let rows = db.query(&select, &[&krets.0, &after, &last]).await?;
    Ok(Page {
        frames: frames(&rows)?,
        cursor: 0,
        more,
    })
}
