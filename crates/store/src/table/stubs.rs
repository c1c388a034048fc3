//! Entries of which only a stub is left, and those of which a stub is enough.

use crate::{Read, StoreError, Tx};
use radrum_wire::{EntryHash, Head, LogId, Seq};
use rusqlite::{OptionalExtension, Row, params};

/// Whether this device is to say to others that an entry is a stub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsaid {
    /// Somebody has.
    Said,
    /// At once.
    Mine,
    /// Only when nobody else has for long, or before the stub is handed on.
    Others,
}

impl Unsaid {
    const fn number(self) -> u8 {
        match self {
            Self::Said => 0,
            Self::Mine => 1,
            Self::Others => 2,
        }
    }
}

/// An entry of which only a stub is left here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StubRow {
    /// Order in which they became stubs.
    pub n: i64,
    /// Where it stood, and its hash.
    pub head: Head,
}

impl Read<'_> {
    /// Whether a stub of an entry is enough.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn is_named(&self, hash: EntryHash) -> Result<bool, StoreError> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT 1 FROM stub_names s WHERE s.hash = ? AND (s.erasure = 0 OR EXISTS
                 (SELECT 1 FROM erasures e WHERE e.n = s.erasure AND e.state != 'asked'))",
            )?
            .exists([hash.as_bytes()])?)
    }

    /// Entries that became stubs after one, in that order, but for those that nobody has named
    /// to others yet.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn stubs_after(&self, n: i64, limit: u32) -> Result<Vec<StubRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT n, log, seq, hash FROM stubs WHERE n > ? AND unsaid = 0
                 ORDER BY n LIMIT ?",
        )?;
        let rows = statement.query_map(params![n, limit], stub)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The stubs that nothing has named.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn met_stubs(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        let mut statement = self.db.prepare_cached("SELECT stub FROM met_stubs")?;
        let rows = statement.query_map((), |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether only a stub of an entry is held.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn is_stub(&self, hash: EntryHash) -> Result<bool, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT 1 FROM stubs WHERE hash = ?")?
            .exists([hash.as_bytes()])?)
    }

    /// Stubs that this device is to say, since nothing names them: up to that kind.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn unsaid_stubs(&self, up_to: Unsaid, limit: u32) -> Result<Vec<StubRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT n, log, seq, hash FROM stubs WHERE unsaid BETWEEN 1 AND ? ORDER BY n LIMIT ?",
        )?;
        let rows = statement.query_map(params![up_to.number(), limit], stub)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Up to which stub a relay was asked to keep stubs only.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn dropped(&self, address: &str) -> Result<i64, StoreError> {
        let known = self
            .db
            .prepare_cached("SELECT dropped FROM roads WHERE address = ?")?
            .query_row([address], |row| row.get(0))
            .optional()?;
        Ok(known.unwrap_or(0))
    }
}

impl Tx<'_> {
    /// Leaves only the stub of an entry.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn keep_stub(
        &self,
        n: i64,
        stub: &[u8],
        head: &Head,
        unsaid: Unsaid,
    ) -> Result<(), StoreError> {
        self.db
            .prepare_cached("UPDATE entries SET envelope = ? WHERE n = ?")?
            .execute(params![stub, n])?;
        self.note_stub(head, unsaid)
    }

    /// Notes that only a stub of an entry is held.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn note_stub(&self, head: &Head, unsaid: Unsaid) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT INTO stubs (hash, log, seq, unsaid) VALUES (?, ?, ?, ?)
                 ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                head.hash.as_bytes(),
                head.log.as_bytes(),
                head.seq.0,
                unsaid.number()
            ])?;
        Ok(())
    }

    /// The bytes of an entry that is a stub here have come by a road: relays may have them again,
    /// and are asked once more to keep the stub only.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn drop_again(&self, hash: EntryHash) -> Result<(), StoreError> {
        self.db
            .prepare_cached("UPDATE stubs SET n = (SELECT max(n) + 1 FROM stubs) WHERE hash = ?")?
            .execute([hash.as_bytes()])?;
        Ok(())
    }

    /// Takes the bytes of an entry that is a stub here though nothing in it was erased.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn take_stub_back(&self, hash: EntryHash, envelope: &[u8]) -> Result<i64, StoreError> {
        self.db
            .prepare_cached("DELETE FROM stubs WHERE hash = ?")?
            .execute([hash.as_bytes()])?;
        Ok(self
            .db
            .prepare_cached("UPDATE entries SET envelope = ? WHERE hash = ? RETURNING n")?
            .query_row(params![envelope, hash.as_bytes()], |row| row.get(0))?)
    }

    /// Notes that a stub of an entry is enough; 0 when a device said that it had the entry. What
    /// is a stub here already may be handed on from now.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn name_stub(&self, hash: EntryHash, erasure: i64) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT INTO stub_names (hash, erasure) VALUES (?, ?) ON CONFLICT DO NOTHING",
            )?
            .execute(params![hash.as_bytes(), erasure])?;
        self.db
            .prepare_cached(
                "UPDATE stubs SET unsaid = 0, n = (SELECT max(n) + 1 FROM stubs)
                 WHERE hash = ? AND unsaid != 0",
            )?
            .execute([hash.as_bytes()])?;
        Ok(())
    }

    /// Keeps a stub that nothing names yet, at most `max` of them. Gives whether it was kept.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn meet_stub(&self, hash: EntryHash, stub: &[u8], max: u32) -> Result<bool, StoreError> {
        let added = self
            .db
            .prepare_cached(
                "INSERT INTO met_stubs (hash, stub) SELECT ?1, ?2
                 WHERE (SELECT count(*) FROM met_stubs) < ?3 ON CONFLICT DO NOTHING",
            )?
            .execute(params![hash.as_bytes(), stub, max])?;
        Ok(added == 1)
    }

    /// The stubs that have been named since they were met.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn take_met_stubs(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        let met: Vec<(EntryHash, Vec<u8>)> = {
            let mut statement = self.db.prepare_cached(
                "SELECT m.hash, m.stub FROM met_stubs m
                 WHERE EXISTS (SELECT 1 FROM stub_names s WHERE s.hash = m.hash)",
            )?;
            let rows = statement.query_map((), |row| {
                Ok((EntryHash::from_bytes(row.get(0)?), row.get(1)?))
            })?;
            rows.collect::<Result<_, _>>()?
        };
        let mut named = Vec::new();
        for (hash, stub) in met {
            if self.read().is_named(hash)? {
                self.end_met_stub(hash)?;
                named.push(stub);
            }
        }
        Ok(named)
    }

    /// Takes a stub that was met and that nothing need name.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn end_met_stub(&self, hash: EntryHash) -> Result<(), StoreError> {
        self.db
            .prepare_cached("DELETE FROM met_stubs WHERE hash = ?")?
            .execute([hash.as_bytes()])?;
        Ok(())
    }

    /// Notes up to which stub a relay was asked to keep stubs only.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_dropped(&self, address: &str, n: i64) -> Result<(), StoreError> {
        self.db
            .prepare_cached("UPDATE roads SET dropped = ? WHERE address = ?")?
            .execute(params![n, address])?;
        Ok(())
    }
}

fn stub(row: &Row<'_>) -> rusqlite::Result<StubRow> {
    Ok(StubRow {
        n: row.get(0)?,
        head: Head {
            log: LogId::from_bytes(row.get(1)?),
            seq: Seq(row.get(2)?),
            hash: EntryHash::from_bytes(row.get(3)?),
        },
    })
}
