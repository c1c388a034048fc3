//! Snapshots in parts; see the store of SQLite for the rules.

use super::entries::{count, fitting, frames, hash, lock, log};
use crate::store::intake::{Counter, Push, sort_out};
use crate::store::{Entry, KretsId, Page, StoreError, Stored, UNFINISHED_MAX, now_s};
use deadpool_postgres::{Object, Transaction};
use radrum_wire::{EntryHash, LogId};
use std::collections::BTreeSet;
use tokio_postgres::types::ToSql;

/// Id, and the log of its maker.
type Name = (EntryHash, LogId);

pub(super) async fn put(
    db: &mut Object,
    krets: KretsId,
    parts: Vec<Entry>,
    room: u64,
) -> Result<Stored, StoreError> {
    let db = db.transaction().await?;
    let before = lock(&db, krets).await?;
    let there = "SELECT 1 FROM parts
                 WHERE krets = $1 AND snapshot = $2 AND log = $3 AND part = $4";
    let there = db.prepare_cached(there).await?;
    let mut known = BTreeSet::new();
    for part in &parts {
        let (id, log) = (
            &part.place.prev.as_bytes()[..],
            &part.place.log.as_bytes()[..],
        );
        let args: [&(dyn ToSql + Sync); 4] = [&krets.0, &id, &log, &part.seq()];
        if db.query_opt(&there, &args).await?.is_some() {
            known.insert(part.hash);
        }
    }
    let push = [Push {
        entries: parts,
        room,
    }];
    let mut intake = sort_out(&push, &known, &BTreeSet::new(), before);
    let answer = intake
        .answers
        .pop()
        .unwrap_or_else(|| Err(StoreError::Failed("no answer".into())));
    let mut stored = answer?;
    let mut changed = BTreeSet::new();
    let mut bytes = before.bytes;
    for (_, part) in &intake.fresh {
        bytes += insert(&db, krets, part).await?;
        changed.insert((part.place.prev, part.place.log));
    }
    for snapshot in &changed {
        bytes -= settle(&db, krets, *snapshot).await?;
    }
    // Snapshots stand outside the logs: their parts move no cursor.
    stored.pushed.cursor = before.cursor.unsigned_abs();
    let cursor = before.cursor;
    count(&db, krets, Counter { cursor, bytes }).await?;
    db.commit().await?;
    Ok(stored)
}

/// Of two parts with one number the first stays. Gives the bytes that were added.
async fn insert(db: &Transaction<'_>, krets: KretsId, part: &Entry) -> Result<i64, StoreError> {
    let insert = "INSERT INTO parts (krets, snapshot, log, part, envelope)
                  VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    let insert = db.prepare_cached(insert).await?;
    let (id, log) = (
        &part.place.prev.as_bytes()[..],
        &part.place.log.as_bytes()[..],
    );
    let added = db
        .execute(&insert, &[&krets.0, &id, &log, &part.seq(), &part.bytes])
        .await?;
    Ok(if added == 1 {
        part.bytes.len() as i64
    } else {
        0
    })
}

/// Notes that a snapshot grew, and removes those that are of no use any more. Gives the bytes
/// that were removed.
async fn settle(db: &Transaction<'_>, krets: KretsId, (id, log): Name) -> Result<i64, StoreError> {
    let (id, log) = (&id.as_bytes()[..], &log.as_bytes()[..]);
    db.execute(
        "INSERT INTO snapshots (krets, snapshot, log, turn, changed_at) VALUES ($1, $2, $3, 0, $4)
         ON CONFLICT (krets, snapshot, log) DO UPDATE SET changed_at = excluded.changed_at",
        &[&krets.0, &id, &log, &now_s()],
    )
    .await?;
    let whole = "SELECT 1 FROM (SELECT count(*) AS held, max(part) AS last FROM parts
                 WHERE krets = $1 AND snapshot = $2 AND log = $3) AS p WHERE held = last";
    let mut gone = Vec::new();
    if db.query_opt(whole, &[&krets.0, &id, &log]).await?.is_some() {
        let promoted = db
            .execute(
                "UPDATE snapshots SET turn = (SELECT turn + 1 FROM krets WHERE id = $1)
                 WHERE krets = $1 AND snapshot = $2 AND log = $3 AND turn = 0",
                &[&krets.0, &id, &log],
            )
            .await?;
        if promoted == 1 {
            let next = "UPDATE krets SET turn = turn + 1 WHERE id = $1";
            db.execute(next, &[&krets.0]).await?;
        }
        let older = "SELECT snapshot, log FROM snapshots WHERE krets = $1 AND turn > 0
                     AND turn < (SELECT turn FROM krets WHERE id = $1)";
        gone.extend(names(db, older, &[&krets.0]).await?);
    }
    let unfinished = "SELECT snapshot, log FROM snapshots WHERE krets = $1 AND turn = 0
                      AND NOT (snapshot = $2 AND log = $3)
                      ORDER BY changed_at DESC, snapshot, log OFFSET $4";
    let kept = UNFINISHED_MAX.cast_signed() - 1;
    gone.extend(names(db, unfinished, &[&krets.0, &id, &log, &kept]).await?);
    let mut bytes = 0;
    for name in gone {
        bytes += remove(db, krets, name).await?;
    }
    Ok(bytes)
}

async fn names(
    db: &Transaction<'_>,
    sql: &str,
    args: &[&(dyn ToSql + Sync)],
) -> Result<Vec<Name>, StoreError> {
    let rows = db.query(sql, args).await?;
    rows.iter()
        .map(|row| Ok((hash(row, 0)?, log(row, 1)?)))
        .collect()
}

async fn remove(db: &Transaction<'_>, krets: KretsId, (id, log): Name) -> Result<i64, StoreError> {
    let (id, log) = (&id.as_bytes()[..], &log.as_bytes()[..]);
    let sum = "SELECT coalesce(sum(octet_length(envelope)), 0)::bigint FROM parts
               WHERE krets = $1 AND snapshot = $2 AND log = $3";
    let bytes = db
        .query_one(sum, &[&krets.0, &id, &log])
        .await?
        .try_get(0)?;
    for table in ["parts", "snapshots"] {
        let sql = format!("DELETE FROM {table} WHERE krets = $1 AND snapshot = $2 AND log = $3");
        db.execute(&sql, &[&krets.0, &id, &log]).await?;
    }
    Ok(bytes)
}

pub(super) async fn get(
    db: &Object,
    krets: KretsId,
    first: u64,
    bytes: usize,
) -> Result<Option<Page>, StoreError> {
    let newest = "SELECT snapshot, log FROM snapshots WHERE krets = $1 AND turn > 0
                  ORDER BY turn DESC LIMIT 1";
    let Some(row) = db.query_opt(newest, &[&krets.0]).await? else {
        return Ok(None);
    };
    let (id, log): (&[u8], &[u8]) = (row.try_get(0)?, row.try_get(1)?);
    let first = i64::try_from(first).unwrap_or(i64::MAX);
    let lengths = "SELECT part, octet_length(envelope)::bigint FROM parts
                   WHERE krets = $1 AND snapshot = $2 AND log = $3 AND part >= $4 ORDER BY part";
    let lengths = db.query(lengths, &[&krets.0, &id, &log, &first]).await?;
    let (n, more) = fitting(&lengths, bytes)?;
    let Some(last) = n.checked_sub(1).and_then(|n| lengths.get(n)) else {
        return Ok(None);
    };
    let last: i64 = last.try_get(0)?;
    let select = "SELECT envelope FROM parts WHERE krets = $1 AND snapshot = $2 AND log = $3
                  AND part >= $4 AND part <= $5 ORDER BY part";
    let rows = db
        .query(select, &[&krets.0, &id, &log, &first, &last])
        .await?;
    Ok(Some(Page {
        frames: frames(&rows)?,
        cursor: 0,
        more,
    }))
}
