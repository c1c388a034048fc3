//! What was erased: who said so, how far it has come here, and which entries are stubs.
//!
//! The one place where rows of the log, of its changes and of documents are taken away, but for
//! the file that is made of a backup.

use crate::{EntryRow, Read, StoreError, Tx};
use radrum_domain::ItemKey;
use radrum_wire::{EntryHash, FactHash, Generation, Head, ItemId, LogId, Record as _, Seq};
use rusqlite::{OptionalExtension, Row, params};

/// Code of entries that are kept aside until an erasure begins their generation.
pub const LATER_GENERATION: &str = "generation";

/// How far an erasure has come here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErasureState {
    /// Whoever said it may not: it is kept and named, and nothing is erased.
    Asked,
    /// The rows are gone; words may still lie in the file.
    Standing,
    /// Nothing of it is left in the file.
    Done,
}

/// An erasure that somebody said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureRow {
    /// Order of arrival; 0 for one that is not kept yet.
    pub n: i64,
    /// In whose log it stands.
    pub log: LogId,
    /// Where.
    pub seq: Seq,
    /// Encoded [`radrum_wire::Erase`].
    pub body: Vec<u8>,
    /// Item id of the member who wrote it.
    pub author: ItemId,
    /// Whether the device's grant names her.
    pub vouched: bool,
    /// Claimed time, UTC ms.
    pub written_at: i64,
    /// Grant of the device; none before a krets.
    pub device: Option<FactHash>,
    /// How far it has come here.
    pub state: ErasureState,
    /// When nothing was left here, UTC ms; 0 before.
    pub done_at: i64,
    /// Kinds of the items that were here.
    pub kinds: Vec<String>,
    /// Entries of this device that whoever erased had not seen.
    pub unseen: u32,
}

/// What there was of an item when it was erased.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Its name, if it had a row.
    pub key: Option<ItemKey>,
    /// Entries that carried its changes.
    pub places: Vec<(LogId, Seq)>,
}

/// A row of the own log that is not sealed, or was not when it was written.
pub type ClearRow = (ItemId, Vec<u8>);

impl ErasureState {
    const fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Standing => "standing",
            Self::Done => "done",
        }
    }

    fn of(name: &str) -> Self {
        match name {
            "done" => Self::Done,
            "standing" => Self::Standing,
            _ => Self::Asked,
        }
    }
}

const ERASURE: &str = "n, log, seq, body, author, vouched, written_at, device, state, done_at, \
                       kinds, unseen";

impl Read<'_> {
    /// The generation of an item that stands.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn standing(&self, item: ItemId) -> Result<Generation, StoreError> {
        let erased = self
            .db
            .prepare_cached("SELECT generation FROM erased_items WHERE item = ?")?
            .query_row([item.as_bytes()], |row| row.get(0))
            .optional()?;
        Ok(erased.map_or(Generation::FIRST, Generation))
    }

    /// All erasures, the newest claim first.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn erasures(&self) -> Result<Vec<ErasureRow>, StoreError> {
        let sql = format!("SELECT {ERASURE} FROM erasures ORDER BY written_at DESC, n DESC");
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map((), erasure)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether an erasure has been carried out in rows and not yet in the file.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn is_erasing(&self) -> Result<bool, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT 1 FROM erasures WHERE state = 'standing'")?
            .exists(())?)
    }

    /// How many erasures are done here.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn erased(&self) -> Result<u64, StoreError> {
        Ok(self.db.query_row(
            "SELECT count(*) FROM erasures WHERE state = 'done'",
            (),
            |row| row.get(0),
        )?)
    }

    /// The last erasure of each log that is done here, up to the first that is not: what a
    /// receipt says. Only those that stand in a sealed log.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn erased_heads(&self, limit: u32) -> Result<Vec<Head>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT e.log, e.seq, max(s.hash) FROM
               (SELECT log, max(seq) AS seq FROM erasures o WHERE state = 'done'
                AND NOT EXISTS (SELECT 1 FROM erasures b WHERE b.log = o.log AND b.seq < o.seq
                                AND b.state = 'standing') GROUP BY log) e
             JOIN entries s ON s.log = e.log AND s.seq = e.seq
             GROUP BY e.log ORDER BY e.log LIMIT ?",
        )?;
        let rows = statement.query_map([limit], |row| {
            Ok(Head {
                log: LogId::from_bytes(row.get(0)?),
                seq: Seq(row.get(1)?),
                hash: EntryHash::from_bytes(row.get(2)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The hash of the entry at a place.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn hash_at(&self, log: LogId, seq: Seq) -> Result<Option<EntryHash>, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT hash FROM entries WHERE log = ? AND seq = ? ORDER BY n")?
            .query_row(params![log.as_bytes(), seq.0], |row| row.get(0))
            .optional()?
            .map(EntryHash::from_bytes))
    }

    /// The devices whose receipts reach a place.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn receipts_for(&self, log: LogId, seq: Seq) -> Result<Vec<FactHash>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT device FROM receipts WHERE log = ? AND seq >= ?")?;
        let rows = statement.query_map(params![log.as_bytes(), seq.0], |row| {
            Ok(FactHash::from_bytes(row.get(0)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether an erasure that an entry says was carried out here.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn carried_out(&self, at: &Head) -> Result<bool, StoreError> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT 1 FROM erasures WHERE log = ? AND seq = ? AND state <> 'asked'",
            )?
            .exists(params![at.log.as_bytes(), at.seq.0])?)
    }

    /// What stands in the clear at a place of the own log; none for what was written sealed.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn clear_at(&self, log: LogId, seq: Seq) -> Result<Option<ClearRow>, StoreError> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT author, body FROM log JOIN logs ON logs.n = log_n
                 WHERE logs.log = ? AND seq = ? AND length(body) > 0",
            )?
            .query_row(params![log.as_bytes(), seq.0], |row| {
                Ok((ItemId::from_bytes(row.get(0)?), row.get(1)?))
            })
            .optional()?)
    }

    /// Envelopes at a place: two of a fork.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn envelopes_at(&self, log: LogId, seq: Seq) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT n, envelope FROM entries WHERE log = ? AND seq = ?")?;
        let rows = statement.query_map(params![log.as_bytes(), seq.0], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Envelopes that are kept and not taken in.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn untaken_envelopes(&self) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT e.n, e.envelope FROM untaken u JOIN entries e ON e.n = u.n")?;
        let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Entries that were kept aside, and of which an erasure left a stub or may have begun the
    /// generation: they are looked at again.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn reached_by_erasure(&self) -> Result<Vec<EntryRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT e.n, e.hash, e.envelope FROM untaken u JOIN entries e ON e.n = u.n
             WHERE u.code = ?
                OR EXISTS (SELECT 1 FROM stubs s WHERE s.hash = e.hash) ORDER BY e.n",
        )?;
        let rows = statement.query_map([LATER_GENERATION], EntryRow::read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Keeps an erasure. Gives its number, or nothing if it is known.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_erasure(&self, row: &ErasureRow) -> Result<Option<i64>, StoreError> {
        let added = self
            .db
            .prepare_cached(
                "INSERT INTO erasures (log, seq, body, author, vouched, written_at, device, state)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                row.log.as_bytes(),
                row.seq.0,
                row.body,
                row.author.as_bytes(),
                row.vouched,
                row.written_at,
                row.device
                    .map(|device| device.as_bytes().to_vec())
                    .unwrap_or_default(),
                row.state.name(),
            ])?;
        Ok((added == 1).then(|| self.db.last_insert_rowid()))
    }

    /// Says that an erasure stands, and what it took here.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn erasure_stands(&self, n: i64, kinds: &[String], unseen: u32) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "UPDATE erasures SET state = 'standing', kinds = ?, unseen = ? WHERE n = ?",
            )?
            .execute(params![kinds.join("\n"), unseen, n])?;
        Ok(())
    }

    /// Says that an erasure has reached an entry that came after it: its bytes may still lie in
    /// the file.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn erasure_reaches(&self, item: ItemId) -> Result<(), StoreError> {
        for row in self.read().erasures()? {
            let erase = radrum_wire::Erase::decode_record(&row.body);
            let targets = erase.map(|erase| erase.targets).unwrap_or_default();
            if row.state == ErasureState::Done && targets.iter().any(|of| of.item == item) {
                self.db
                    .prepare_cached("UPDATE erasures SET state = 'standing' WHERE n = ?")?
                    .execute([row.n])?;
            }
        }
        Ok(())
    }

    /// Says that nothing of the erasures that stand is left in the file, or that there may be
    /// something again.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn erasures_done(&self, at: i64) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "UPDATE erasures SET state = 'done', done_at = ? WHERE state = 'standing'",
            )?
            .execute([at])?;
        Ok(())
    }

    /// Takes away every row of an item's generations before one, and says that they are erased.
    /// Rows of lists, words and links go too. Nothing happens if that is known.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn erase_item(
        &self,
        item: ItemId,
        generation: Generation,
    ) -> Result<Option<Taken>, StoreError> {
        if self.read().standing(item)? >= generation {
            return Ok(None);
        }
        self.db
            .prepare_cached(
                "INSERT INTO erased_items (item, generation) VALUES (?1, ?2)
                 ON CONFLICT DO UPDATE SET generation = ?2",
            )?
            .execute(params![item.as_bytes(), generation.0])?;
        let key = self.read().key_of(item)?;
        if let Some(key) = &key
            && let Some(meta) = self.read().doc_meta(key)?
        {
            self.unproject(&meta)?;
            self.db
                .prepare_cached("DELETE FROM docs WHERE n = ?")?
                .execute([meta.n])?;
            // Also those of its forms that have a word behind the key.
            self.db
                .prepare_cached(
                    "DELETE FROM drafts
                     WHERE key = ?1 OR substr(key, 1, length(?1) + 1) = ?1 || '#'",
                )?
                .execute([key.to_string()])?;
            for table in [
                "ticks WHERE playbook",
                "follows WHERE key",
                "news WHERE key",
                "since WHERE key",
            ] {
                self.db
                    .prepare_cached(&format!("DELETE FROM {table} = ?"))?
                    .execute([key.to_string()])?;
            }
        }
        for table in ["merges", "provisional"] {
            self.db
                .prepare_cached(&format!("DELETE FROM {table} WHERE item = ?"))?
                .execute([item.as_bytes()])?;
        }
        let places = self.read().places_before(item, generation)?;
        for table in ["changes", "claims"] {
            self.db
                .prepare_cached(&format!(
                    "DELETE FROM {table} WHERE item = ? AND generation < ?"
                ))?
                .execute(params![item.as_bytes(), generation.0])?;
        }
        Ok(Some(Taken { key, places }))
    }

    /// Puts what is left of a row of the own log in the place of what stood there.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn clean_log(&self, log: LogId, seq: Seq, body: &[u8]) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "UPDATE log SET body = ? WHERE seq = ?
                 AND log_n = (SELECT n FROM logs WHERE log = ?)",
            )?
            .execute(params![body, seq.0, log.as_bytes()])?;
        Ok(())
    }

    /// Notes how far a device has erased.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_receipt(&self, device: FactHash, heads: &[Head]) -> Result<(), StoreError> {
        for head in heads {
            self.db
                .prepare_cached(
                    "INSERT INTO receipts (device, log, seq) VALUES (?1, ?2, ?3)
                     ON CONFLICT DO UPDATE SET seq = max(seq, ?3)",
                )?
                .execute(params![device.as_bytes(), head.log.as_bytes(), head.seq.0])?;
        }
        Ok(())
    }
}

impl Read<'_> {
    /// Where the changes of an item's generations before one stand.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn places_before(
        &self,
        item: ItemId,
        generation: Generation,
    ) -> Result<Vec<(LogId, Seq)>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT DISTINCT logs.log, c.seq FROM changes c JOIN logs ON logs.n = c.log_n
             WHERE c.item = ? AND c.generation < ? ORDER BY logs.log, c.seq",
        )?;
        let rows = statement.query_map(params![item.as_bytes(), generation.0], |row| {
            Ok((LogId::from_bytes(row.get(0)?), Seq(row.get(1)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn erasure(row: &Row<'_>) -> rusqlite::Result<ErasureRow> {
    let device: Vec<u8> = row.get(7)?;
    let kinds: String = row.get(10)?;
    Ok(ErasureRow {
        n: row.get(0)?,
        log: LogId::from_bytes(row.get(1)?),
        seq: Seq(row.get(2)?),
        body: row.get(3)?,
        author: ItemId::from_bytes(row.get(4)?),
        vouched: row.get(5)?,
        written_at: row.get(6)?,
        device: FactHash::try_from(device.as_slice()).ok(),
        state: ErasureState::of(row.get_ref(8)?.as_str()?),
        done_at: row.get(9)?,
        kinds: kinds.lines().map(str::to_string).collect(),
        unseen: row.get(11)?,
    })
}
