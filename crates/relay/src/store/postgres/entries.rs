//! Entries of logs.

use crate::store::chain::{Chain, Link};
use crate::store::intake::{Counter, Push, stub_of};
use crate::store::{Entry, KretsId, Page, StoreError};
use deadpool_postgres::{Object, Transaction};
use radrum_wire::limits::HEADS_MAX;
use radrum_wire::{EntryHash, FRAME_LENGTH_BYTES, Head, Heads, LogId, Ranges, Seq, write_frame};
use std::collections::BTreeSet;
use tokio_postgres::Row;

/// Most rows that one answer looks at; with the smallest envelopes they fill a body.
const ROWS: i64 = 8_192;

pub(super) async fn lock(db: &Transaction<'_>, krets: KretsId) -> Result<Counter, StoreError> {
    let select = "SELECT cursor, bytes FROM krets WHERE id = $1 FOR UPDATE";
    let select = db.prepare_cached(select).await?;
    let row = db.query_one(&select, &[&krets.0]).await?;
    Ok(Counter {
        cursor: row.try_get(0)?,
        bytes: row.try_get(1)?,
    })
}

pub(super) async fn count(
    db: &Transaction<'_>,
    krets: KretsId,
    to: Counter,
) -> Result<(), StoreError> {
    let update = "UPDATE krets SET cursor = $2, bytes = $3 WHERE id = $1";
    let update = db.prepare_cached(update).await?;
    db.execute(&update, &[&krets.0, &to.cursor, &to.bytes])
        .await?;
    Ok(())
}

/// Hashes of entries, and logs, that are there.
pub(super) async fn known(
    db: &Transaction<'_>,
    krets: KretsId,
    pushes: &[Push],
) -> Result<(BTreeSet<EntryHash>, BTreeSet<LogId>), StoreError> {
    let entries = || pushes.iter().flat_map(|push| &push.entries);
    let logs: Vec<&[u8]> = entries()
        .map(|entry| entry.place.log.as_bytes().as_slice())
        .collect();
    let seqs: Vec<i64> = entries().map(Entry::seq).collect();
    let hashes: Vec<&[u8]> = entries()
        .map(|entry| entry.hash.as_bytes().as_slice())
        .collect();
    let select = db
        .prepare_cached(
            "SELECT e.hash FROM unnest($2::bytea[], $3::bigint[], $4::bytea[]) AS a (log, seq, hash)
             JOIN entries e ON e.krets = $1 AND e.log = a.log AND e.seq = a.seq
             AND e.hash = a.hash",
        )
        .await?;
    let rows = db
        .query(&select, &[&krets.0, &logs, &seqs, &hashes])
        .await?;
    let known = rows
        .iter()
        .map(|row| hash(row, 0))
        .collect::<Result<_, _>>()?;
    let logs: Vec<&[u8]> = logs
        .into_iter()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let select = db
        .prepare_cached(
            "SELECT a.log FROM unnest($2::bytea[]) AS a (log)
             WHERE EXISTS (SELECT 1 FROM entries e WHERE e.krets = $1 AND e.log = a.log)",
        )
        .await?;
    let rows = db.query(&select, &[&krets.0, &logs]).await?;
    let logs = rows
        .iter()
        .map(|row| log(row, 0))
        .collect::<Result<_, _>>()?;
    Ok((known, logs))
}

pub(super) async fn insert(
    db: &Transaction<'_>,
    krets: KretsId,
    fresh: &[(i64, &Entry)],
) -> Result<(), StoreError> {
    let cursors: Vec<i64> = fresh.iter().map(|(cursor, _)| *cursor).collect();
    let seqs: Vec<i64> = fresh.iter().map(|(_, entry)| entry.seq()).collect();
    let column = |of: fn(&Entry) -> &[u8]| -> Vec<&[u8]> {
        fresh.iter().map(|(_, entry)| of(entry)).collect()
    };
    let logs = column(|entry| entry.place.log.as_bytes());
    let hashes = column(|entry| entry.hash.as_bytes());
    let envelopes = column(|entry| &entry.bytes);
    let insert = db
        .prepare_cached(
            "INSERT INTO entries (krets, cursor, log, seq, hash, envelope)
             SELECT $1::bigint, a.* FROM unnest($2::bigint[], $3::bytea[], $4::bigint[],
             $5::bytea[], $6::bytea[]) AS a (cursor, log, seq, hash, envelope)",
        )
        .await?;
    db.execute(
        &insert,
        &[&krets.0, &cursors, &logs, &seqs, &hashes, &envelopes],
    )
    .await?;
    Ok(())
}

pub(super) async fn chain<'a>(
    db: &Transaction<'_>,
    krets: KretsId,
    fresh: impl Iterator<Item = &'a Entry>,
) -> Result<(), StoreError> {
    let mut chain = Chain::new(fresh);
    root(db, krets, &mut chain).await?;
    let for_these = db
        .prepare_cached(
            "SELECT log, seq, prev, hash FROM waiting WHERE krets = $1 AND prev = ANY ($2)",
        )
        .await?;
    let wake = db
        .prepare_cached("DELETE FROM waiting WHERE krets = $1 AND hash = ANY ($2)")
        .await?;
    loop {
        let ends = chain.follow();
        if ends.is_empty() {
            break;
        }
        let rows = db.query(&for_these, &[&krets.0, &slices(&ends)]).await?;
        let waiting = rows.iter().map(link).collect::<Result<_, _>>()?;
        let woken = chain.wake(waiting);
        if !woken.is_empty() {
            db.execute(&wake, &[&krets.0, &slices(&woken)]).await?;
        }
    }
    write_heads(db, krets, &chain).await
}

async fn root(db: &Transaction<'_>, krets: KretsId, chain: &mut Chain) -> Result<(), StoreError> {
    let parents = chain.parents();
    if parents.is_empty() {
        return Ok(());
    }
    let logs: Vec<&[u8]> = parents
        .iter()
        .map(|(log, ..)| log.as_bytes().as_slice())
        .collect();
    let seqs: Vec<i64> = parents.iter().map(|(_, seq, _)| *seq).collect();
    let hashes: Vec<EntryHash> = parents.iter().map(|(.., hash)| *hash).collect();
    let select = db
        .prepare_cached(
            "SELECT e.log, e.seq, e.hash
             FROM unnest($2::bytea[], $3::bigint[], $4::bytea[]) AS a (log, seq, hash)
             JOIN entries e ON e.krets = $1 AND e.log = a.log AND e.seq = a.seq
             AND e.hash = a.hash
             WHERE NOT EXISTS (SELECT 1 FROM waiting w WHERE w.krets = $1 AND w.hash = e.hash)",
        )
        .await?;
    let rows = db
        .query(&select, &[&krets.0, &logs, &seqs, &slices(&hashes)])
        .await?;
    for row in &rows {
        chain.root(log(row, 0)?, row.try_get(1)?, hash(row, 2)?);
    }
    Ok(())
}

async fn write_heads(
    db: &Transaction<'_>,
    krets: KretsId,
    chain: &Chain,
) -> Result<(), StoreError> {
    let wait = db
        .prepare_cached(
            "INSERT INTO waiting (krets, hash, log, seq, prev) VALUES ($1, $2, $3, $4, $5)",
        )
        .await?;
    for link in chain.waiting() {
        let (hash, prev) = (&link.hash.as_bytes()[..], &link.prev.as_bytes()[..]);
        let log = &link.log.as_bytes()[..];
        db.execute(&wait, &[&krets.0, &hash, &log, &link.seq, &prev])
            .await?;
    }
    let pass = db
        .prepare_cached("DELETE FROM heads WHERE krets = $1 AND hash = ANY ($2)")
        .await?;
    db.execute(&pass, &[&krets.0, &slices(&chain.passed())])
        .await?;
    let heads = chain.heads();
    let hashes: Vec<&[u8]> = heads.iter().map(|head| &head.hash.as_bytes()[..]).collect();
    let logs: Vec<&[u8]> = heads.iter().map(|head| &head.log.as_bytes()[..]).collect();
    let seqs: Vec<i64> = heads.iter().map(|head| head.seq.0.cast_signed()).collect();
    let insert = db
        .prepare_cached(
            "INSERT INTO heads (krets, hash, log, seq) SELECT $1::bigint, a.* FROM
             unnest($2::bytea[], $3::bytea[], $4::bigint[]) AS a (hash, log, seq)",
        )
        .await?;
    db.execute(&insert, &[&krets.0, &hashes, &logs, &seqs])
        .await?;
    Ok(())
}

fn slices(hashes: &[EntryHash]) -> Vec<&[u8]> {
    hashes.iter().map(|hash| &hash.as_bytes()[..]).collect()
}

pub(super) fn hash(row: &Row, column: usize) -> Result<EntryHash, StoreError> {
    let bytes: &[u8] = row.try_get(column)?;
    EntryHash::try_from(bytes).map_err(|_| StoreError::Failed("column".into()))
}

pub(super) fn log(row: &Row, column: usize) -> Result<LogId, StoreError> {
    let bytes: &[u8] = row.try_get(column)?;
    LogId::try_from(bytes).map_err(|_| StoreError::Failed("column".into()))
}

fn link(row: &Row) -> Result<Link, StoreError> {
    Ok(Link {
        log: log(row, 0)?,
        seq: row.try_get(1)?,
        prev: hash(row, 2)?,
        hash: hash(row, 3)?,
    })
}

/// How many of rows of (anything, length) fit, and whether more was there.
pub(super) fn fitting(rows: &[Row], bytes: usize) -> Result<(usize, bool), StoreError> {
    let mut sum = 0;
    for (n, row) in rows.iter().enumerate() {
        let length: i64 = row.try_get(1)?;
        sum += usize::try_from(length).unwrap_or(usize::MAX / 2) + FRAME_LENGTH_BYTES;
        if n > 0 && sum > bytes {
            return Ok((n, true));
        }
    }
    Ok((rows.len(), rows.len() >= ROWS.unsigned_abs() as usize))
}

/// Frames of rows of one column.
pub(super) fn frames(rows: &[Row]) -> Result<Vec<u8>, StoreError> {
    let mut frames = Vec::new();
    for row in rows {
        let envelope: &[u8] = row.try_get(0)?;
        write_frame(&mut frames, envelope).map_err(|_| StoreError::Failed("frame".into()))?;
    }
    Ok(frames)
}

pub(super) async fn pull(
    db: &Object,
    krets: KretsId,
    after: u64,
    bytes: usize,
) -> Result<Page, StoreError> {
    let after = i64::try_from(after).unwrap_or(i64::MAX);
    // Lengths first: how many rows fit is known before any is loaded.
    let lengths = db
        .prepare_cached(
            "SELECT cursor, octet_length(envelope)::bigint FROM entries
             WHERE krets = $1 AND cursor > $2 ORDER BY cursor LIMIT $3",
        )
        .await?;
    let lengths = db.query(&lengths, &[&krets.0, &after, &ROWS]).await?;
    let (n, more) = fitting(&lengths, bytes)?;
    let Some(last) = n.checked_sub(1).and_then(|n| lengths.get(n)) else {
        let row = db
            .query_one("SELECT cursor FROM krets WHERE id = $1", &[&krets.0])
            .await?;
        // Not beyond what was asked with: something may have been committed between.
        let cursor = row.try_get::<_, i64>(0)?.min(after).unsigned_abs();
        return Ok(Page {
            cursor,
            ..Page::default()
        });
    };
    let last: i64 = last.try_get(0)?;
    let select = db
        .prepare_cached(
            "SELECT envelope FROM entries WHERE krets = $1 AND cursor > $2 AND cursor <= $3
             ORDER BY cursor",
        )
        .await?;
    let rows = db.query(&select, &[&krets.0, &after, &last]).await?;
    Ok(Page {
        frames: frames(&rows)?,
        cursor: last.unsigned_abs(),
        more,
    })
}

pub(super) async fn ranges(
    db: &Object,
    krets: KretsId,
    ranges: &Ranges,
    bytes: usize,
) -> Result<Page, StoreError> {
    let limit = |seq: Seq| i64::try_from(seq.0).unwrap_or(i64::MAX);
    let logs: Vec<&[u8]> = ranges
        .0
        .iter()
        .map(|range| &range.log.as_bytes()[..])
        .collect();
    let firsts: Vec<i64> = ranges.0.iter().map(|range| limit(range.first)).collect();
    let lasts: Vec<i64> = ranges.0.iter().map(|range| limit(range.last)).collect();
    let lengths = db
        .prepare_cached(
            "SELECT e.cursor, octet_length(e.envelope)::bigint
             FROM unnest($2::bytea[], $3::bigint[], $4::bigint[]) AS a (log, first, last)
             JOIN entries e ON e.krets = $1 AND e.log = a.log AND e.seq BETWEEN a.first AND a.last
             ORDER BY e.log, e.seq, e.hash LIMIT $5",
        )
        .await?;
    let lengths = db
        .query(&lengths, &[&krets.0, &logs, &firsts, &lasts, &ROWS])
        .await?;
    let (n, more) = fitting(&lengths, bytes)?;
    let mut cursors = Vec::with_capacity(n);
    for row in &lengths[..n] {
        cursors.push(row.try_get::<_, i64>(0)?);
    }
    let select = db
        .prepare_cached(
            "SELECT envelope FROM entries WHERE krets = $1 AND cursor = ANY ($2)
             ORDER BY log, seq, hash",
        )
        .await?;
    let rows = db.query(&select, &[&krets.0, &cursors]).await?;
    Ok(Page {
        frames: frames(&rows)?,
        cursor: 0,
        more,
    })
}

pub(super) async fn heads(db: &Object, krets: KretsId) -> Result<Heads, StoreError> {
    let select = db
        .prepare_cached(
            "SELECT log, seq, hash FROM heads WHERE krets = $1 ORDER BY log, seq, hash LIMIT $2",
        )
        .await?;
    let rows = db.query(&select, &[&krets.0, &(HEADS_MAX as i64)]).await?;
    let heads: Result<Vec<Head>, StoreError> = rows
        .iter()
        .map(|row| {
            Ok(Head {
                log: log(row, 0)?,
                seq: Seq(row.try_get::<_, i64>(1)?.unsigned_abs()),
                hash: hash(row, 2)?,
            })
        })
        .collect();
    Ok(Heads::new(heads?))
}

pub(super) async fn keep_stubs(
    client: &mut Object,
    krets: KretsId,
    of: &Heads,
) -> Result<(), StoreError> {
    let db = client.transaction().await?;
    let mut counter = lock(&db, krets).await?;
    let select = db
        .prepare_cached(
            "SELECT cursor, envelope FROM entries WHERE krets = $1 AND log = $2 AND seq = $3
             AND hash = $4",
        )
        .await?;
    let update = db
        .prepare_cached("UPDATE entries SET envelope = $3 WHERE krets = $1 AND cursor = $2")
        .await?;
    for head in of.as_slice() {
        let (log, hash) = (&head.log.as_bytes()[..], &head.hash.as_bytes()[..]);
        let seq = i64::try_from(head.seq.0).unwrap_or(i64::MAX);
        for row in db.query(&select, &[&krets.0, &log, &seq, &hash]).await? {
            let (cursor, envelope): (i64, Vec<u8>) = (row.try_get(0)?, row.try_get(1)?);
            if let Some((stub, freed)) = stub_of(&envelope) {
                db.execute(&update, &[&krets.0, &cursor, &&stub[..]])
                    .await?;
                counter.bytes -= freed;
            }
        }
    }
    count(&db, krets, counter).await?;
    Ok(db.commit().await?)
}
