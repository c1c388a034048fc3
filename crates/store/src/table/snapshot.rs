//! The snapshot that this device began with, and the items that still show what it said.

use super::docs::DocMeta;
use super::log::hashes;
use crate::{Read, StoreError, Tx};
use radrum_domain::{Heads, ItemKey, Kind};
use radrum_wire::{EntryHash, Generation, ItemId, LogId, Seq, SnapshotItem};
use rusqlite::{OptionalExtension, params};

/// What has become of a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SnapshotState {
    /// Parts are still to come.
    Reading,
    /// It is shown; the logs are on their way.
    Checking,
    /// The logs have said everything that it said.
    Done,
    /// The logs contradict it.
    Dropped,
    /// Something of it could be neither proved nor disproved, and is not shown.
    Unproven,
}

/// The snapshot that this device began with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotRow {
    /// Its id.
    pub id: EntryHash,
    /// Address of the relay that gave it.
    pub road: String,
    /// The maker's log.
    pub log: LogId,
    /// The maker's municipality.
    pub municipality: ItemId,
    /// What has become of it.
    pub state: SnapshotState,
    /// Number of its last part.
    pub parts: u32,
    /// Number of the next part to be read.
    pub next: Seq,
    /// Items that it says it has.
    pub items: u64,
    /// Items that were read.
    pub taken: u64,
    /// Encoded [`radrum_wire::Heads`].
    pub heads: Vec<u8>,
    /// How the maker's program reads values.
    pub reading: String,
    /// Since when it is in this state, UTC ms.
    pub at: i64,
}

/// What the changes of a provisional item claim, as far as they have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claimed {
    /// First change and its author.
    pub created: (i64, ItemId),
    /// Last change and its author.
    pub updated: (i64, ItemId),
}

impl Claimed {
    /// Nothing has come.
    pub const NOTHING: Self = Self {
        created: (i64::MAX, ItemId::from_bytes([0; 16])),
        updated: (i64::MIN, ItemId::from_bytes([0; 16])),
    };
}

impl SnapshotState {
    const ALL: [Self; 5] = [
        Self::Reading,
        Self::Checking,
        Self::Done,
        Self::Dropped,
        Self::Unproven,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Checking => "checking",
            Self::Done => "done",
            Self::Dropped => "dropped",
            Self::Unproven => "unproven",
        }
    }
}

impl Read<'_> {
    /// The snapshot that this device began with.
    ///
    /// # Errors
    /// [`StoreError::Malformed`] for a row that was not written by [`Tx::put_snapshot`].
    pub fn snapshot(&self) -> Result<Option<SnapshotRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT id, road, log, municipality, state, parts, next, items, taken, heads, reading,
                    at FROM snapshot",
        )?;
        let row = statement.query_row((), |row| {
            let state: String = row.get(4)?;
            let mut states = SnapshotState::ALL.into_iter();
            let Some(state) = states.find(|of| of.name() == state) else {
                return Ok(None);
            };
            Ok(Some(SnapshotRow {
                id: EntryHash::from_bytes(row.get(0)?),
                road: row.get(1)?,
                log: LogId::from_bytes(row.get(2)?),
                municipality: ItemId::from_bytes(row.get(3)?),
                state,
                parts: row.get(5)?,
                next: Seq(row.get::<_, i64>(6)?.unsigned_abs()),
                items: row.get::<_, i64>(7)?.unsigned_abs(),
                taken: row.get::<_, i64>(8)?.unsigned_abs(),
                heads: row.get(9)?,
                reading: row.get(10)?,
                at: row.get(11)?,
            }))
        });
        match row.optional()? {
            None => Ok(None),
            Some(row) => row.map(Some).ok_or(StoreError::Malformed("snapshot")),
        }
    }

    /// What has come of a provisional item; none for any other.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn provisional(&self, item: ItemId) -> Result<Option<Claimed>, StoreError> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT created_at, created_by, updated_at, updated_by FROM provisional
                 WHERE item = ?",
            )?
            .query_row([item.as_bytes()], |row| {
                Ok(Claimed {
                    created: (row.get(0)?, ItemId::from_bytes(row.get(1)?)),
                    updated: (row.get(2)?, ItemId::from_bytes(row.get(3)?)),
                })
            })
            .optional()?)
    }

    /// Keys of some provisional items.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn some_provisional(&self, limit: u32) -> Result<Vec<ItemKey>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT docs.key FROM provisional JOIN docs ON docs.item = provisional.item LIMIT ?",
        )?;
        let rows = statement.query_map([limit], |row| row.get::<_, String>(0))?;
        rows.map(|key| key?.parse().map_err(|_| StoreError::Malformed("key")))
            .collect()
    }

    /// Whether there are entries that were not taken into documents, but for those that no
    /// device takes: what is missing then may be in them.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn has_untaken(&self) -> Result<bool, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT 1 FROM untaken WHERE state != 'refused'")?
            .exists(())?)
    }

    /// Items of a kind after a row number, as a snapshot says them.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn shown_after(
        &self,
        kind: Kind,
        n: i64,
        limit: u32,
    ) -> Result<Vec<(i64, SnapshotItem)>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT n, item, generation, key, kind, heads, value, created_at, created_by,
                    updated_at, updated_by
             FROM docs WHERE n > ? AND kind = ? ORDER BY n LIMIT ?",
        )?;
        let rows = statement.query_map(params![n, kind.name(), limit], |row| {
            let mut heads = hashes(row.get_ref(5)?.as_blob()?);
            heads.sort_unstable();
            let item = SnapshotItem {
                item: ItemId::from_bytes(row.get(1)?),
                generation: Generation(row.get(2)?),
                key: row.get(3)?,
                kind: row.get(4)?,
                heads,
                value: row.get_ref(6)?.as_str()?.as_bytes().to_vec(),
                created_at: row.get(7)?,
                created_by: row.get(8)?,
                updated_at: row.get(9)?,
                updated_by: row.get(10)?,
            };
            Ok((row.get(0)?, item))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Keeps what has become of the snapshot.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_snapshot(&self, row: &SnapshotRow) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO snapshot (one, id, road, log, municipality, state, parts,
                     next, items, taken, heads, reading, at)
                 VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                row.id.as_bytes(),
                row.road,
                row.log.as_bytes(),
                row.municipality.as_bytes(),
                row.state.name(),
                row.parts,
                row.next.0.cast_signed(),
                row.items.cast_signed(),
                row.taken.cast_signed(),
                row.heads,
                row.reading,
                row.at,
            ])?;
        Ok(())
    }

    /// Forgets a snapshot that did not come whole.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn forget_snapshot(&self) -> Result<(), StoreError> {
        self.db.execute("DELETE FROM snapshot", ())?;
        Ok(())
    }

    /// Shows an item as a snapshot says it, unless it is here already. Gives its row number if
    /// it was not. `value` is its plain value as JSON.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub(crate) fn put_provisional(
        &self,
        said: &SnapshotItem,
        value: &str,
    ) -> Result<Option<i64>, StoreError> {
        let heads = Heads::new(said.heads.iter().copied());
        let heads: Vec<u8> = heads
            .as_slice()
            .iter()
            .flat_map(|hash| *hash.as_bytes())
            .collect();
        let n = self
            .db
            .prepare_cached(
                "INSERT INTO docs (item, key, kind, generation, heads, saved, value,
                                   created_at, created_by, updated_at, updated_by)
                 VALUES (?, ?, ?, ?, ?, x'', ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING n",
            )?
            .query_row(
                params![
                    said.item.as_bytes(),
                    said.key,
                    said.kind,
                    said.generation.0,
                    heads,
                    value,
                    said.created_at,
                    said.created_by,
                    said.updated_at,
                    said.updated_by,
                ],
                |row| row.get(0),
            )
            .optional()?;
        if n.is_some() {
            self.put_claimed(said.item, &Claimed::NOTHING)?;
        }
        Ok(n)
    }

    /// Keeps what has come of a provisional item's document; what is shown stays.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn keep_unshown(
        &self,
        (n, item): (i64, ItemId),
        saved: &[u8],
        claimed: &Claimed,
    ) -> Result<(), StoreError> {
        self.db
            .prepare_cached("UPDATE docs SET saved = ? WHERE n = ?")?
            .execute(params![saved, n])?;
        self.put_claimed(item, claimed)
    }

    fn put_claimed(&self, item: ItemId, claimed: &Claimed) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO provisional
                     (item, created_at, created_by, updated_at, updated_by)
                 VALUES (?, ?, ?, ?, ?)",
            )?
            .execute(params![
                item.as_bytes(),
                claimed.created.0,
                claimed.created.1.as_bytes(),
                claimed.updated.0,
                claimed.updated.1.as_bytes(),
            ])?;
        Ok(())
    }

    /// Removes an item that only a snapshot has said, with its rows and its words. One of whose
    /// document anything has come stays.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn remove_provisional(&self, doc: &DocMeta) -> Result<(), StoreError> {
        let removed = self
            .db
            .prepare_cached(
                "DELETE FROM docs WHERE n = ?1 AND length(saved) = 0
                 AND item IN (SELECT item FROM provisional)",
            )?
            .execute([doc.n])?;
        if removed == 1 {
            self.unproject(doc)?;
        }
        self.end_provisional(doc.key.id())
    }

    /// From now on an item shows its own document.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn end_provisional(&self, item: ItemId) -> Result<(), StoreError> {
        self.db
            .prepare_cached("DELETE FROM provisional WHERE item = ?")?
            .execute([item.as_bytes()])?;
        Ok(())
    }
}
