//! Sealed entries of all logs, and those that wait.

use crate::{Read, StoreError, Tx};
use radrum_wire::{ChangeHash, EntryHash, Generation, Head, ItemId, LogId, Place, Seq};
use rusqlite::{OptionalExtension, Row, params};

/// A sealed entry as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Order of arrival.
    pub n: i64,
    /// Its name.
    pub hash: EntryHash,
    /// All of it.
    pub envelope: Vec<u8>,
}

impl EntryRow {
    /// Of a row with number, hash and envelope.
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            n: row.get(0)?,
            hash: EntryHash::from_bytes(row.get(1)?),
            envelope: row.get(2)?,
        })
    }
}

/// The code of an entry that waits for changes.
pub const DEPENDENCIES: &str = "deps";

/// Why an entry is kept and not taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untaken {
    /// Something that it stands on has not come.
    Waits,
    /// Set aside on this device: a crash, or a document that grew too large.
    SetAside,
    /// Nothing in it is taken, on any device.
    Refused,
    /// Of a newer program.
    Unknown,
}

impl Untaken {
    const fn name(self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::SetAside => "set_aside",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
        }
    }
}

impl Read<'_> {
    /// Whether an entry is held.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn holds_entry(&self, hash: EntryHash) -> Result<bool, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT 1 FROM entries WHERE hash = ?")?
            .exists([hash.as_bytes()])?)
    }

    /// Whether what stands after an entry in its log may be looked at: it is held, and waits for
    /// nothing but changes that its own changes stand on. Those may be of a kind that only a
    /// newer program knows, and its log goes on.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn took_entry(&self, hash: EntryHash) -> Result<bool, StoreError> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT 1 FROM entries e WHERE e.hash = ?
                 AND NOT EXISTS (SELECT 1 FROM untaken u WHERE u.n = e.n AND u.state = 'waits'
                                 AND u.code <> ?)",
            )?
            .exists(params![hash.as_bytes(), DEPENDENCIES])?)
    }

    /// The envelope of an entry.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn envelope(&self, hash: EntryHash) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT envelope FROM entries WHERE hash = ?")?
            .query_row([hash.as_bytes()], |row| row.get(0))
            .optional()?)
    }

    /// Entries after an arrival number, in order of arrival.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn entries_after(&self, n: i64, limit: u32) -> Result<Vec<EntryRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT n, hash, envelope FROM entries WHERE n > ? ORDER BY n LIMIT ?",
        )?;
        let rows = statement.query_map(params![n, limit], EntryRow::read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The last sealed entry of a log.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn last_entry(&self, log: LogId) -> Result<Option<Head>, StoreError> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT seq, hash FROM entries WHERE log = ? ORDER BY seq DESC, n DESC LIMIT 1",
            )?
            .query_row([log.as_bytes()], |row| {
                Ok(Head {
                    log,
                    seq: Seq(row.get(0)?),
                    hash: EntryHash::from_bytes(row.get(1)?),
                })
            })
            .optional()?)
    }

    /// How many entries are held, and how many of them wait.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn entry_counts(&self) -> Result<(u64, u64), StoreError> {
        Ok(self.db.query_row(
            "SELECT (SELECT count(*) FROM entries),
                    (SELECT count(*) FROM untaken WHERE state = 'waits')",
            (),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?)
    }

    /// How many entries came after the end of whoever wrote them, and are not taken in.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn entries_after_cutoff(&self) -> Result<u64, StoreError> {
        Ok(self.db.query_row(
            "SELECT count(*) FROM untaken WHERE code = 'seal_after_cutoff'",
            (),
            |row| row.get(0),
        )?)
    }

    /// First uses of actors and numbers by changes that are not in a document.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn claims(
        &self,
        item: ItemId,
        generation: Generation,
    ) -> Result<Vec<(Vec<u8>, u64, ChangeHash)>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT actor, actor_seq, hash FROM claims WHERE item = ? AND generation = ?",
        )?;
        let rows = statement.query_map(params![item.as_bytes(), generation.0], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                ChangeHash::from_bytes(row.get(2)?),
            ))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Keeps an envelope. Gives its arrival number, or nothing if it was held.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_entry(
        &self,
        place: &Place,
        hash: EntryHash,
        envelope: &[u8],
    ) -> Result<Option<i64>, StoreError> {
        let added = self
            .db
            .prepare_cached(
                "INSERT INTO entries (hash, log, seq, prev, envelope) VALUES (?, ?, ?, ?, ?)
                 ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                hash.as_bytes(),
                place.log.as_bytes(),
                place.seq.0,
                place.prev.as_bytes(),
                envelope
            ])?;
        Ok((added == 1).then(|| self.db.last_insert_rowid()))
    }

    /// Says that an entry is kept and not taken in, and what it waits for now.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_untaken(
        &self,
        n: i64,
        why: Untaken,
        code: &str,
        needs: &[[u8; 32]],
    ) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT INTO untaken (n, state, code) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE SET state = ?2, code = ?3",
            )?
            .execute(params![n, why.name(), code])?;
        self.db
            .prepare_cached("DELETE FROM waits WHERE n = ?")?
            .execute([n])?;
        for need in needs {
            self.db
                .prepare_cached("INSERT INTO waits (need, n) VALUES (?, ?) ON CONFLICT DO NOTHING")?
                .execute(params![need, n])?;
        }
        Ok(())
    }

    /// Says that an entry was taken in.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn end_untaken(&self, n: i64) -> Result<(), StoreError> {
        let waited = self
            .db
            .prepare_cached("DELETE FROM untaken WHERE n = ?")?
            .execute([n])?;
        if waited > 0 {
            for table in ["waits", "aside_changes"] {
                self.db
                    .prepare_cached(&format!("DELETE FROM {table} WHERE n = ?"))?
                    .execute([n])?;
            }
        }
        Ok(())
    }

    /// The entries that a newer program wrote, in order of arrival.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn unknown_entries(&self) -> Result<Vec<EntryRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT e.n, e.hash, e.envelope FROM untaken u JOIN entries e USING (n)
             WHERE u.state = 'unknown' ORDER BY e.n",
        )?;
        let rows = statement.query_map((), EntryRow::read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The entries that waited for something that has come, in order of arrival. They wait
    /// for it no longer.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn take_waiting(&self, need: &[u8; 32]) -> Result<Vec<EntryRow>, StoreError> {
        let rows = {
            let mut statement = self.db.prepare_cached(
                "SELECT e.n, e.hash, e.envelope FROM waits w JOIN entries e ON e.n = w.n
                 WHERE w.need = ? ORDER BY e.n",
            )?;
            let rows = statement.query_map([need], EntryRow::read)?;
            rows.collect::<Result<Vec<_>, _>>()?
        };
        self.db
            .prepare_cached("DELETE FROM waits WHERE need = ?")?
            .execute([need])?;
        Ok(rows)
    }

    /// Notes the first use of an actor and number.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_claim(
        &self,
        item: ItemId,
        generation: Generation,
        (actor, seq, hash): (&[u8], u64, ChangeHash),
    ) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT INTO claims (item, generation, actor, actor_seq, hash)
                 VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                item.as_bytes(),
                generation.0,
                actor,
                seq,
                hash.as_bytes()
            ])?;
        Ok(())
    }

    /// Notes that something new of a log came at that time, by the own clock, UTC ms.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_heard(&self, log: LogId, at: i64) -> Result<(), StoreError> {
        self.db
            .prepare_cached("INSERT OR REPLACE INTO heard (log, at) VALUES (?, ?)")?
            .execute(params![log.as_bytes(), at])?;
        Ok(())
    }

    /// Keeps a heartbeat if it is newer than the one held. Gives whether it was.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_slot(&self, place: &Place, envelope: &[u8]) -> Result<bool, StoreError> {
        let changed = self
            .db
            .prepare_cached(
                "INSERT INTO slots (log, seq, envelope) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE SET seq = ?2, envelope = ?3 WHERE seq < ?2",
            )?
            .execute(params![place.log.as_bytes(), place.seq.0, envelope])?;
        Ok(changed == 1)
    }
}
