//! Entries of logs.

use crate::store::chain::{Chain, Link};
use crate::store::intake::{Counter, Push, sort_out, stub_of};
use crate::store::{Entry, KretsId, Page, StoreError, Stored};
use radrum_wire::limits::HEADS_MAX;
use radrum_wire::{EntryHash, FRAME_LENGTH_BYTES, Head, Heads, LogId, Ranges, Seq, write_frame};
use rusqlite::{Connection, OptionalExtension as _, Row};
use std::collections::BTreeSet;

pub(super) fn push(
    db: &Connection,
    krets: KretsId,
    entries: Vec<Entry>,
    room: u64,
) -> Result<Stored, StoreError> {
    let push = [Push { entries, room }];
    let (known, logs) = known(db, krets, &push[0].entries)?;
    let counter = counter(db, krets)?;
    let mut intake = sort_out(&push, &known, &logs, counter);
    let answer = intake
        .answers
        .pop()
        .unwrap_or_else(|| Err(StoreError::Failed("no answer".into())))?;
    let mut insert = db.prepare_cached(
        "INSERT INTO entries (krets, cursor, log, seq, hash, envelope)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (cursor, entry) in &intake.fresh {
        let (log, hash) = (entry.place.log, entry.hash);
        let row = (
            krets.0,
            cursor,
            log.as_bytes(),
            entry.seq(),
            hash.as_bytes(),
        );
        insert.execute((row.0, row.1, row.2, row.3, row.4, &entry.bytes))?;
    }
    count(db, krets, intake.counter)?;
    chain(db, krets, intake.fresh.iter().map(|(_, entry)| *entry))?;
    Ok(answer)
}

fn known(
    db: &Connection,
    krets: KretsId,
    entries: &[Entry],
) -> Result<(BTreeSet<EntryHash>, BTreeSet<LogId>), StoreError> {
    let mut at = db.prepare_cached(
        "SELECT 1 FROM entries WHERE krets = ?1 AND log = ?2 AND seq = ?3 AND hash = ?4",
    )?;
    let mut any = db.prepare_cached("SELECT 1 FROM entries WHERE krets = ?1 AND log = ?2")?;
    let (mut hashes, mut logs) = (BTreeSet::new(), BTreeSet::new());
    let mut asked = BTreeSet::new();
    for entry in entries {
        let (log, hash) = (entry.place.log, entry.hash);
        if at.exists((krets.0, log.as_bytes(), entry.seq(), hash.as_bytes()))? {
            hashes.insert(hash);
        }
        if asked.insert(log) && any.exists((krets.0, log.as_bytes()))? {
            logs.insert(log);
        }
    }
    Ok((hashes, logs))
}

pub(super) fn counter(db: &Connection, krets: KretsId) -> Result<Counter, StoreError> {
    let select = "SELECT cursor, bytes FROM krets WHERE id = ?1";
    let mut select = db.prepare_cached(select)?;
    Ok(select.query_row([krets.0], |row| {
        Ok(Counter {
            cursor: row.get(0)?,
            bytes: row.get(1)?,
        })
    })?)
}

pub(super) fn count(db: &Connection, krets: KretsId, to: Counter) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE krets SET cursor = ?2, bytes = ?3 WHERE id = ?1")?
        .execute((krets.0, to.cursor, to.bytes))?;
    Ok(())
}

fn chain<'a>(
    db: &Connection,
    krets: KretsId,
    fresh: impl Iterator<Item = &'a Entry>,
) -> Result<(), StoreError> {
    let mut chain = Chain::new(fresh);
    let mut rooted = db.prepare_cached(
        "SELECT 1 FROM entries WHERE krets = ?1 AND log = ?2 AND seq = ?3 AND hash = ?4
         AND NOT EXISTS (SELECT 1 FROM waiting WHERE krets = ?1 AND hash = ?4)",
    )?;
    for (log, seq, hash) in chain.parents() {
        if rooted.exists((krets.0, log.as_bytes(), seq, hash.as_bytes()))? {
            chain.root(log, seq, hash);
        }
    }
    let mut for_one = db.prepare_cached(
        "SELECT log, seq, prev, hash FROM waiting WHERE krets = ?1 AND prev = ?2",
    )?;
    let mut wake = db.prepare_cached("DELETE FROM waiting WHERE krets = ?1 AND hash = ?2")?;
    loop {
        let ends = chain.follow();
        if ends.is_empty() {
            break;
        }
        let mut waiting = Vec::new();
        for hash in ends {
            for row in for_one.query_map((krets.0, hash.as_bytes()), link)? {
                waiting.push(row?);
            }
        }
        for hash in chain.wake(waiting) {
            wake.execute((krets.0, hash.as_bytes()))?;
        }
    }
    write_heads(db, krets, &chain)
}

fn write_heads(db: &Connection, krets: KretsId, chain: &Chain) -> Result<(), StoreError> {
    let mut wait = db.prepare_cached(
        "INSERT INTO waiting (krets, hash, log, seq, prev) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for link in chain.waiting() {
        let (hash, prev) = (link.hash.as_bytes(), link.prev.as_bytes());
        wait.execute((krets.0, hash, link.log.as_bytes(), link.seq, prev))?;
    }
    let mut pass = db.prepare_cached("DELETE FROM heads WHERE krets = ?1 AND hash = ?2")?;
    for hash in chain.passed() {
        pass.execute((krets.0, hash.as_bytes()))?;
    }
    let mut insert =
        db.prepare_cached("INSERT INTO heads (krets, hash, log, seq) VALUES (?1, ?2, ?3, ?4)")?;
    for head in chain.heads() {
        let (hash, log) = (head.hash.as_bytes(), head.log.as_bytes());
        insert.execute((krets.0, hash, log, head.seq.0))?;
    }
    Ok(())
}

fn link(row: &Row<'_>) -> rusqlite::Result<Link> {
    Ok(Link {
        log: LogId::from_bytes(row.get(0)?),
        seq: row.get(1)?,
        prev: EntryHash::from_bytes(row.get(2)?),
        hash: EntryHash::from_bytes(row.get(3)?),
    })
}

/// Adds a frame unless the page is full; tells whether it was added.
pub(super) fn add(page: &mut Page, envelope: &[u8], bytes: usize) -> Result<bool, StoreError> {
    let longer = page.frames.len() + FRAME_LENGTH_BYTES + envelope.len();
    if !page.frames.is_empty() && longer > bytes {
        page.more = true;
        return Ok(false);
    }
    write_frame(&mut page.frames, envelope).map_err(|_| StoreError::Failed("frame".into()))?;
    Ok(true)
}

pub(super) fn pull(
    db: &Connection,
    krets: KretsId,
    after: u64,
    bytes: usize,
) -> Result<Page, StoreError> {
    let after = i64::try_from(after).unwrap_or(i64::MAX);
    let mut page = Page {
        cursor: counter(db, krets)?.cursor.min(after).unsigned_abs(),
        ..Page::default()
    };
    let mut select = db.prepare_cached(
        "SELECT cursor, envelope FROM entries WHERE krets = ?1 AND cursor > ?2 ORDER BY cursor",
    )?;
    let mut rows = select.query((krets.0, after))?;
    while let Some(row) = rows.next()? {
        let envelope = row.get_ref(1)?.as_blob().unwrap_or_default();
        if !add(&mut page, envelope, bytes)? {
            break;
        }
        page.cursor = row.get(0)?;
    }
    Ok(page)
}

pub(super) fn ranges(
    db: &Connection,
    krets: KretsId,
    ranges: &Ranges,
    bytes: usize,
) -> Result<Page, StoreError> {
    let mut page = Page::default();
    let mut select = db.prepare_cached(
        "SELECT envelope FROM entries WHERE krets = ?1 AND log = ?2 AND seq BETWEEN ?3 AND ?4
         ORDER BY seq, hash",
    )?;
    let limit = |seq: Seq| i64::try_from(seq.0).unwrap_or(i64::MAX);
    for range in &ranges.0 {
        let (first, last) = (limit(range.first), limit(range.last));
        let mut rows = select.query((krets.0, range.log.as_bytes(), first, last))?;
        while let Some(row) = rows.next()? {
            let envelope = row.get_ref(0)?.as_blob().unwrap_or_default();
            if !add(&mut page, envelope, bytes)? {
                return Ok(page);
            }
        }
    }
    Ok(page)
}

pub(super) fn keep_stubs(db: &Connection, krets: KretsId, of: &Heads) -> Result<(), StoreError> {
    let mut counter = counter(db, krets)?;
    let mut select = db.prepare_cached(
        "SELECT cursor, envelope FROM entries WHERE krets = ?1 AND log = ?2 AND seq = ?3
         AND hash = ?4",
    )?;
    let mut update =
        db.prepare_cached("UPDATE entries SET envelope = ?3 WHERE krets = ?1 AND cursor = ?2")?;
    for head in of.as_slice() {
        let seq = i64::try_from(head.seq.0).unwrap_or(i64::MAX);
        let place = (krets.0, head.log.as_bytes(), seq, head.hash.as_bytes());
        let rows = select.query_map(place, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let rows: Vec<(i64, Vec<u8>)> = rows.collect::<Result<_, _>>()?;
        for (cursor, envelope) in rows {
            if let Some((stub, freed)) = stub_of(&envelope) {
                update.execute((krets.0, cursor, &stub[..]))?;
                counter.bytes -= freed;
            }
        }
    }
    count(db, krets, counter)
}

pub(super) fn heads(db: &Connection, krets: KretsId) -> Result<Heads, StoreError> {
    let mut select = db.prepare_cached(
        "SELECT log, seq, hash FROM heads WHERE krets = ?1 ORDER BY log, seq, hash LIMIT ?2",
    )?;
    let rows = select.query_map((krets.0, HEADS_MAX as i64), |row| {
        Ok(Head {
            log: LogId::from_bytes(row.get(0)?),
            seq: Seq(row.get(1)?),
            hash: EntryHash::from_bytes(row.get(2)?),
        })
    })?;
    Ok(Heads::new(rows.collect::<Result<_, _>>()?))
}

/// Whether there is such a row.
pub(super) fn exists(
    db: &Connection,
    sql: &str,
    args: impl rusqlite::Params,
) -> Result<bool, StoreError> {
    let mut select = db.prepare_cached(sql)?;
    Ok(select.query_row(args, |_| Ok(())).optional()?.is_some())
}
