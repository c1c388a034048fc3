//! Snapshots in parts. The relay cannot read how many there are: one is whole when it has all
//! parts from 1 to the last that came, and makers send part 1 last.

use super::entries::{add, count, counter, exists};
use crate::store::intake::{Counter, Push, sort_out};
use crate::store::{Entry, KretsId, Page, StoreError, Stored, UNFINISHED_MAX, now_s};
use radrum_wire::{EntryHash, LogId};
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Id, and the log of its maker.
type Name = (EntryHash, LogId);

pub(super) fn put(
    db: &Connection,
    krets: KretsId,
    parts: &[Entry],
    room: u64,
) -> Result<Stored, StoreError> {
    let mut known = BTreeSet::new();
    let there = "SELECT 1 FROM parts WHERE krets = ?1 AND snapshot = ?2 AND log = ?3 AND part = ?4";
    for part in parts {
        let (id, log) = name(part);
        let args = (krets.0, id.as_bytes(), log.as_bytes(), part.seq());
        if exists(db, there, args)? {
            known.insert(part.hash);
        }
    }
    let before = counter(db, krets)?;
    let push = [Push {
        entries: parts.to_vec(),
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
        bytes += insert(db, krets, part)?;
        changed.insert(name(part));
    }
    for snapshot in &changed {
        bytes -= settle(db, krets, *snapshot)?;
    }
    // Snapshots stand outside the logs: their parts move no cursor.
    stored.pushed.cursor = before.cursor.unsigned_abs();
    let cursor = before.cursor;
    count(db, krets, Counter { cursor, bytes })?;
    Ok(stored)
}

const fn name(part: &Entry) -> Name {
    (part.place.prev, part.place.log)
}

/// Of two parts with one number the first stays. Gives the bytes that were added.
fn insert(db: &Connection, krets: KretsId, part: &Entry) -> Result<i64, StoreError> {
    let (id, log) = name(part);
    let mut insert = db.prepare_cached(
        "INSERT INTO parts (krets, snapshot, log, part, envelope) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO NOTHING",
    )?;
    let row = (krets.0, id.as_bytes(), log.as_bytes(), part.seq());
    let added = insert.execute((row.0, row.1, row.2, row.3, &part.bytes))?;
    Ok(if added == 1 {
        part.bytes.len() as i64
    } else {
        0
    })
}

/// Notes that a snapshot grew, and removes those that are of no use any more. Gives the bytes
/// that were removed.
fn settle(db: &Connection, krets: KretsId, (id, log): Name) -> Result<i64, StoreError> {
    let this = (krets.0, id.as_bytes(), log.as_bytes());
    db.execute(
        "INSERT INTO snapshots (krets, snapshot, log, turn, changed_at) VALUES (?1, ?2, ?3, 0, ?4)
         ON CONFLICT (krets, snapshot, log) DO UPDATE SET changed_at = excluded.changed_at",
        (this.0, this.1, this.2, now_s()),
    )?;
    let whole = "SELECT 1 FROM (SELECT count(*) AS held, max(part) AS last FROM parts
                 WHERE krets = ?1 AND snapshot = ?2 AND log = ?3) AS p WHERE held = last";
    let mut gone = Vec::new();
    if exists(db, whole, this)? {
        let promoted = db.execute(
            "UPDATE snapshots SET turn = (SELECT turn + 1 FROM krets WHERE id = ?1)
             WHERE krets = ?1 AND snapshot = ?2 AND log = ?3 AND turn = 0",
            this,
        )?;
        if promoted == 1 {
            db.execute("UPDATE krets SET turn = turn + 1 WHERE id = ?1", [krets.0])?;
        }
        gone.extend(names(
            db,
            "SELECT snapshot, log FROM snapshots WHERE krets = ?1 AND turn > 0
             AND turn < (SELECT turn FROM krets WHERE id = ?1)",
            [krets.0],
        )?);
    }
    gone.extend(names(
        db,
        "SELECT snapshot, log FROM snapshots WHERE krets = ?1 AND turn = 0
         AND NOT (snapshot = ?2 AND log = ?3)
         ORDER BY changed_at DESC, snapshot, log LIMIT -1 OFFSET ?4",
        (this.0, this.1, this.2, UNFINISHED_MAX - 1),
    )?);
    gone.into_iter().map(|name| remove(db, krets, name)).sum()
}

fn names(db: &Connection, sql: &str, args: impl rusqlite::Params) -> Result<Vec<Name>, StoreError> {
    let mut select = db.prepare_cached(sql)?;
    let rows = select.query_map(args, |row| {
        let id = EntryHash::from_bytes(row.get(0)?);
        Ok((id, LogId::from_bytes(row.get(1)?)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn remove(db: &Connection, krets: KretsId, (id, log): Name) -> Result<i64, StoreError> {
    let this = (krets.0, id.as_bytes(), log.as_bytes());
    let bytes = db.query_row(
        "SELECT coalesce(sum(length(envelope)), 0) FROM parts
         WHERE krets = ?1 AND snapshot = ?2 AND log = ?3",
        this,
        |row| row.get(0),
    )?;
    for table in ["parts", "snapshots"] {
        let sql = format!("DELETE FROM {table} WHERE krets = ?1 AND snapshot = ?2 AND log = ?3");
        db.prepare_cached(&sql)?.execute(this)?;
    }
    Ok(bytes)
}

pub(super) fn get(
    db: &Connection,
    krets: KretsId,
    first: u64,
    bytes: usize,
) -> Result<Option<Page>, StoreError> {
    let newest = "SELECT snapshot, log FROM snapshots WHERE krets = ?1 AND turn > 0
                  ORDER BY turn DESC LIMIT 1";
    let Some((id, log)) = names(db, newest, [krets.0])?.pop() else {
        return Ok(None);
    };
    let mut page = Page::default();
    let mut select = db.prepare_cached(
        "SELECT envelope FROM parts WHERE krets = ?1 AND snapshot = ?2 AND log = ?3 AND part >= ?4
         ORDER BY part",
    )?;
    let first = i64::try_from(first).unwrap_or(i64::MAX);
    let mut rows = select.query((krets.0, id.as_bytes(), log.as_bytes(), first))?;
    while let Some(row) = rows.next()? {
        let envelope = row.get_ref(0)?.as_blob().unwrap_or_default();
        if !add(&mut page, envelope, bytes)? {
            break;
        }
    }
    Ok(Some(page).filter(|page| !page.frames.is_empty()))
}
