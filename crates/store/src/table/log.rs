//! The append-only log and the changes in it.

use crate::{Read, StoreError, Tx};
use radrum_domain::Made;
use radrum_wire::{ChangeHash, Generation, ItemId, Kind, LogId, Seq};
use rusqlite::{OptionalExtension, params};

/// One entry, not yet sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// Which log.
    pub log: LogId,
    /// Position in it.
    pub seq: Seq,
    /// Item id of the member who wrote.
    pub author: ItemId,
    /// Claimed time, UTC ms.
    pub written_at: i64,
    /// What the body is.
    pub kind: Kind,
    /// Encoded, of that kind; empty for what was written sealed.
    pub body: Vec<u8>,
}

/// One change and the entry that carried it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRow {
    /// The change.
    pub hash: ChangeHash,
    /// What it stands on.
    pub deps: Vec<ChangeHash>,
    /// First and last operation.
    pub ops: (u64, u64),
    /// Who wrote the entry.
    pub author: ItemId,
    /// Claimed time, UTC ms.
    pub written_at: i64,
    /// Where it stands.
    pub seq: Seq,
}

/// Where a change comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Item id of the member who wrote it.
    pub author: ItemId,
    /// Claimed time, UTC ms.
    pub written_at: i64,
    /// Number of its log in this file, and position there: one entry is one save.
    pub entry: (i64, u64),
}

impl Read<'_> {
    /// The last position of a log; zero when nothing was written.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn last_seq(&self, log: LogId) -> Result<Seq, StoreError> {
        let last: Option<u64> = self
            .db
            .prepare_cached(
                "SELECT max(seq) FROM log JOIN logs ON logs.n = log_n WHERE logs.log = ?",
            )?
            .query_row([log.as_bytes()], |row| row.get(0))?;
        Ok(Seq(last.unwrap_or(0)))
    }

    /// Entries of a log after a position, in order.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn log_after(&self, log: LogId, seq: Seq, limit: u32) -> Result<Vec<LogRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT seq, author, written_at, body, kind FROM log JOIN logs ON logs.n = log_n
             WHERE logs.log = ? AND seq > ? ORDER BY seq LIMIT ?",
        )?;
        let rows = statement.query_map(params![log.as_bytes(), seq.0, limit], |row| {
            Ok(LogRow {
                log,
                seq: Seq(row.get(0)?),
                author: ItemId::from_bytes(row.get(1)?),
                written_at: row.get(2)?,
                kind: Kind(row.get(4)?),
                body: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many entries all logs hold.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn log_len(&self) -> Result<u64, StoreError> {
        Ok(self
            .db
            .query_row("SELECT count(*) FROM log", (), |row| row.get(0))?)
    }

    /// All changes of an item, oldest entry first.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn changes_of(
        &self,
        item: ItemId,
        generation: Generation,
    ) -> Result<Vec<ChangeRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT c.hash, c.deps, c.start_op, c.max_op, l.author, l.written_at, l.seq
             FROM changes c JOIN log l ON l.log_n = c.log_n AND l.seq = c.seq
             WHERE c.item = ? AND c.generation = ? ORDER BY c.log_n, c.seq, c.start_op",
        )?;
        let rows = statement.query_map(params![item.as_bytes(), generation.0], |row| {
            Ok(ChangeRow {
                hash: ChangeHash::from_bytes(row.get(0)?),
                deps: hashes(&row.get::<_, Vec<u8>>(1)?),
                ops: (row.get(2)?, row.get(3)?),
                author: ItemId::from_bytes(row.get(4)?),
                written_at: row.get(5)?,
                seq: Seq(row.get(6)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Who wrote a change, when, and in which entry.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn written(&self, item: ItemId, change: ChangeHash) -> Result<Option<Written>, StoreError> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT l.author, l.written_at, c.log_n, c.seq FROM changes c
                 JOIN log l ON l.log_n = c.log_n AND l.seq = c.seq
                 WHERE c.item = ? AND c.hash = ?",
            )?
            .query_row(params![item.as_bytes(), change.as_bytes()], |row| {
                Ok(Written {
                    author: ItemId::from_bytes(row.get(0)?),
                    written_at: row.get(1)?,
                    entry: (row.get(2)?, row.get(3)?),
                })
            })
            .optional()?)
    }

    /// Which logs an item was written in, and whether it was begun there.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn written_in(
        &self,
        item: ItemId,
        generation: Generation,
    ) -> Result<Vec<(LogId, bool)>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT logs.log, c.deps FROM changes c JOIN logs ON logs.n = c.log_n
             WHERE c.item = ? AND c.generation = ?",
        )?;
        let first = radrum_domain::beginnings();
        let rows = statement.query_map(params![item.as_bytes(), generation.0], |row| {
            let deps = hashes(&row.get::<_, Vec<u8>>(1)?);
            let begun = deps.iter().all(|dep| first.contains(dep));
            Ok((LogId::from_bytes(row.get(0)?), begun))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether all of these are changes of an item's generation that are here.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn has_changes(
        &self,
        item: ItemId,
        generation: Generation,
        changes: &[ChangeHash],
    ) -> Result<bool, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT 1 FROM changes WHERE item = ? AND generation = ? AND hash = ?",
        )?;
        for change in changes {
            if !statement.exists(params![item.as_bytes(), generation.0, change.as_bytes()])? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The changes that no other change of the item names as dependency: what `docs.heads`
    /// must say (house rule 4).
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn heads_of_changes(
        &self,
        item: ItemId,
        generation: Generation,
    ) -> Result<Vec<ChangeHash>, StoreError> {
        let changes = self.changes_of(item, generation)?;
        let followed: std::collections::BTreeSet<ChangeHash> = changes
            .iter()
            .flat_map(|change| change.deps.iter().copied())
            .collect();
        let mut heads: Vec<ChangeHash> = changes
            .iter()
            .map(|change| change.hash)
            .filter(|h| !followed.contains(h))
            .collect();
        heads.sort_unstable();
        Ok(heads)
    }
}

impl Tx<'_> {
    /// Appends one entry to a log and says which position it got.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn append_log(
        &self,
        log: LogId,
        author: ItemId,
        written_at: i64,
        (kind, body): (Kind, &[u8]),
    ) -> Result<Seq, StoreError> {
        let n = self.log_number(log)?;
        let seq = self
            .db
            .prepare_cached("SELECT coalesce(max(seq), 0) + 1 FROM log WHERE log_n = ?")?
            .query_row([n], |row| row.get::<_, u64>(0))?;
        self.db
            .prepare_cached(
                "INSERT INTO log (log_n, seq, author, written_at, kind, body)
                 VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![n, seq, author.as_bytes(), written_at, kind.0, body])?;
        Ok(Seq(seq))
    }

    /// Notes who wrote an entry of any log, whose bytes lie in `entries`. An entry that is
    /// noted already stays as it is.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_log(
        &self,
        log: LogId,
        seq: Seq,
        author: ItemId,
        written_at: i64,
    ) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT INTO log (log_n, seq, author, written_at, body) VALUES (?, ?, ?, ?, x'')
                 ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                self.log_number(log)?,
                seq.0,
                author.as_bytes(),
                written_at
            ])?;
        Ok(())
    }

    /// Notes a change that an entry carries.
    ///
    /// # Errors
    /// [`StoreError::Malformed`] for an actor that does not belong to the log.
    pub fn put_change(
        &self,
        item: ItemId,
        generation: Generation,
        made: &Made,
        log: LogId,
        seq: Seq,
    ) -> Result<(), StoreError> {
        let fresh = made
            .actor
            .strip_prefix(log.as_bytes().as_slice())
            .filter(|fresh| fresh.len() == 8)
            .ok_or(StoreError::Malformed("actor of another log"))?;
        let deps: Vec<u8> = made.deps.iter().flat_map(|dep| *dep.as_bytes()).collect();
        self.db
            .prepare_cached(
                "INSERT INTO changes
                 (item, generation, hash, actor, actor_seq, start_op, max_op, deps, log_n, seq)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                item.as_bytes(),
                generation.0,
                made.hash.as_bytes(),
                fresh,
                made.seq,
                made.start_op,
                made.max_op,
                deps,
                self.log_number(log)?,
                seq.0,
            ])?;
        Ok(())
    }

    fn log_number(&self, log: LogId) -> Result<i64, StoreError> {
        let known = self
            .db
            .prepare_cached("SELECT n FROM logs WHERE log = ?")?
            .query_row([log.as_bytes()], |row| row.get(0))
            .optional()?;
        match known {
            Some(n) => Ok(n),
            None => {
                self.db
                    .execute("INSERT INTO logs (log) VALUES (?)", [log.as_bytes()])?;
                Ok(self.db.last_insert_rowid())
            }
        }
    }
}

pub(crate) fn hashes(bytes: &[u8]) -> Vec<ChangeHash> {
    bytes
        .chunks_exact(32)
        .filter_map(|chunk| ChangeHash::try_from(chunk).ok())
        .collect()
}
