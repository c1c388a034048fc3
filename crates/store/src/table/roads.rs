//! What roads need: which entries are held, and what is remembered of relays and other devices.

use crate::{Read, StoreError, Tx};
use radrum_wire::{EntryHash, Head, ItemId, LogId, Place, RegionId, Seq};
use rusqlite::{OptionalExtension, Row, params};

/// What is remembered of a relay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoadRow {
    /// The relay's store; empty before the first contact.
    pub store: Vec<u8>,
    /// Up to where its entries are held.
    pub cursor: u64,
    /// Encoded [`radrum_wire::Heads`]: how far it has confirmed the own logs.
    pub sent: Vec<u8>,
}

/// The end of a log as it is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogEnd {
    /// Its last entry.
    pub head: Head,
    /// From 1 on there is exactly one entry at each position, and none waits: each stands on
    /// the one before it.
    pub whole: bool,
}

impl Read<'_> {
    /// The end of each log, by log.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn log_ends(&self) -> Result<Vec<LogEnd>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT l.log, l.last, l.whole AND NOT EXISTS (
                      SELECT 1 FROM untaken u JOIN entries w USING (n)
                      WHERE w.log = l.log AND u.state IN ('waits', 'set_aside')), e.hash FROM
               (SELECT log, max(seq) AS last,
                       count(*) = max(seq) AND count(DISTINCT seq) = max(seq) AS whole
                FROM entries GROUP BY log) l
             JOIN entries e ON e.log = l.log AND e.seq = l.last
             GROUP BY l.log ORDER BY l.log",
        )?;
        let rows = statement.query_map((), |row| {
            Ok(LogEnd {
                head: Head {
                    log: LogId::from_bytes(row.get(0)?),
                    seq: Seq(row.get(1)?),
                    hash: EntryHash::from_bytes(row.get(3)?),
                },
                whole: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Places and names of a log's entries, by position.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn places_of(
        &self,
        region: RegionId,
        log: LogId,
    ) -> Result<Vec<(Place, EntryHash)>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT substr(envelope, 1, 1), seq, prev, hash FROM entries
             WHERE log = ? ORDER BY seq, hash",
        )?;
        let rows = statement.query_map([log.as_bytes()], |row| {
            let tag: Vec<u8> = row.get(0)?;
            let place = Place {
                tag: tag.first().copied().unwrap_or_default(),
                region,
                log,
                seq: Seq(row.get(1)?),
                prev: EntryHash::from_bytes(row.get(2)?),
            };
            Ok((place, EntryHash::from_bytes(row.get(3)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Position, name, length in bytes and number in the order of arrival of the entries of a
    /// range, both ends included.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn entries_between(
        &self,
        log: LogId,
        first: Seq,
        last: Seq,
    ) -> Result<Vec<(Seq, EntryHash, u32, u64)>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT seq, hash, length(envelope), n FROM entries
             WHERE log = ? AND seq BETWEEN ? AND ? ORDER BY seq, hash",
        )?;
        let rows = statement.query_map(params![log.as_bytes(), first.0, last.0], |row| {
            let hash = EntryHash::from_bytes(row.get(1)?);
            Ok((Seq(row.get(0)?), hash, row.get(2)?, row.get(3)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The logs whose entries came last, at most so many.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn latest_logs(&self, limit: u32) -> Result<Vec<LogId>, StoreError> {
        // Looks at no more than the last 2,000: a heartbeat tells the newest only.
        let mut statement = self.db.prepare_cached(
            "SELECT log FROM (SELECT log, n FROM entries ORDER BY n DESC LIMIT 2000)
             GROUP BY log ORDER BY max(n) DESC LIMIT ?",
        )?;
        let rows = statement.query_map([limit], |row| Ok(LogId::from_bytes(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What is remembered of a relay.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn road(&self, address: &str) -> Result<Option<RoadRow>, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT store, cursor, sent FROM roads WHERE address = ?")?
            .query_row([address], road_row)
            .optional()?)
    }

    /// What is remembered of all relays.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn roads(&self) -> Result<Vec<(String, RoadRow)>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT store, cursor, sent, address FROM roads ORDER BY address")?;
        let rows = statement.query_map((), |row| Ok((row.get(3)?, road_row(row)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The newest change of an item in one of these logs: log, position, and when it says
    /// that it was written.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn last_written(
        &self,
        item: ItemId,
        logs: &[LogId],
    ) -> Result<Option<(LogId, Seq, i64)>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT s.log, l.seq, l.written_at FROM changes c
             JOIN logs s ON s.n = c.log_n
             JOIN log l ON l.log_n = c.log_n AND l.seq = c.seq
             WHERE c.item = ? ORDER BY l.rowid DESC",
        )?;
        let mut rows = statement.query([item.as_bytes()])?;
        while let Some(row) = rows.next()? {
            let log = LogId::from_bytes(row.get(0)?);
            if logs.contains(&log) {
                return Ok(Some((log, Seq(row.get(1)?), row.get(2)?)));
            }
        }
        Ok(None)
    }

    /// The newest heartbeat of each log, by log.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn slots(&self) -> Result<Vec<(LogId, Seq, Vec<u8>)>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT log, seq, envelope FROM slots ORDER BY log")?;
        let rows = statement.query_map((), |row| {
            let log = LogId::from_bytes(row.get(0)?);
            Ok((log, Seq(row.get(1)?), row.get(2)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// When something new of each log came last, by the own clock, UTC ms.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn heard(&self) -> Result<Vec<(LogId, i64)>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT log, at FROM heard ORDER BY log")?;
        let rows =
            statement.query_map((), |row| Ok((LogId::from_bytes(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The devices that have told that they hold a log up to a position, by the logs that name
    /// their heartbeats.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn reached_by(&self, log: LogId, seq: Seq) -> Result<Vec<LogId>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT device_log FROM reached WHERE log = ? AND seq >= ?")?;
        let rows = statement.query_map(params![log.as_bytes(), seq.0], |row| {
            Ok(LogId::from_bytes(row.get(0)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What a device has told that it holds, by log.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn told_by(&self, device_log: LogId) -> Result<Vec<Head>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT log, seq, hash FROM reached WHERE device_log = ? ORDER BY log",
        )?;
        let rows = statement.query_map([device_log.as_bytes()], |row| {
            Ok(Head {
                log: LogId::from_bytes(row.get(0)?),
                seq: Seq(row.get(1)?),
                hash: EntryHash::from_bytes(row.get(2)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// When something was last fetched, UTC ms; none before.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn fetched_at(&self) -> Result<Option<i64>, StoreError> {
        let at: Option<i64> = self
            .db
            .prepare_cached("SELECT fetched_at FROM krets")?
            .query_row((), |row| row.get(0))
            .optional()?;
        Ok(at.filter(|at| *at != 0))
    }

    /// Number and record of the newest roster; number 0 before there is one.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn roster(&self) -> Result<(u64, Vec<u8>), StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT roster_number, roster FROM krets")?
            .query_row((), |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?
            .unwrap_or_default())
    }
}

fn road_row(row: &Row<'_>) -> rusqlite::Result<RoadRow> {
    Ok(RoadRow {
        store: row.get(0)?,
        cursor: row.get(1)?,
        sent: row.get(2)?,
    })
}

impl Tx<'_> {
    /// Keeps what is remembered of a relay.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_road(&self, address: &str, road: &RoadRow) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT INTO roads (address, store, cursor, sent) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET store = ?2, cursor = ?3, sent = ?4,
                     dropped = CASE WHEN store = ?2 THEN dropped ELSE 0 END",
            )?
            .execute(params![address, road.store, road.cursor, road.sent])?;
        Ok(())
    }

    /// Notes that a device has told that it holds a log up to a position.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_reached(&self, device_log: LogId, head: &Head) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT INTO reached (device_log, log, seq, hash) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET seq = ?3, hash = ?4 WHERE seq < ?3",
            )?
            .execute(params![
                device_log.as_bytes(),
                head.log.as_bytes(),
                head.seq.0,
                head.hash.as_bytes()
            ])?;
        Ok(())
    }

    /// Notes when something was fetched.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn set_fetched_at(&self, at: i64) -> Result<(), StoreError> {
        self.db.execute("UPDATE krets SET fetched_at = ?", [at])?;
        Ok(())
    }

    /// Keeps a roster if its number is higher than that of the one held.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_roster(&self, number: u64, roster: &[u8]) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "UPDATE krets SET roster_number = ?1, roster = ?2 WHERE roster_number < ?1",
            )?
            .execute(params![number, roster])?;
        Ok(())
    }

    /// Goes on in another log.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn set_log(&self, log: LogId) -> Result<(), StoreError> {
        self.db
            .execute("UPDATE profile SET log = ?", [log.as_bytes()])?;
        Ok(())
    }
}
