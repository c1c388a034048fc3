//! What somebody wrote after her end: kept aside, and taken out of documents that had it.

use super::entries::EntryRow;
use crate::{Read, StoreError, Tx};
use radrum_wire::{ChangeHash, Generation, Head, ItemId, LogId, Seq};
use rusqlite::{Row, params};

/// An entry that is in the documents, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedRow {
    /// The entry.
    pub row: EntryRow,
    /// Where it stands.
    pub head: Head,
}

impl Read<'_> {
    /// Whether an entry waits for one of these changes and for nothing but changes that are kept
    /// aside.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn is_built_on(&self, changes: &[ChangeHash]) -> Result<bool, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT 1 FROM waits w WHERE w.need = ? AND NOT EXISTS
             (SELECT 1 FROM waits o WHERE o.n = w.n
              AND o.need NOT IN (SELECT change FROM aside_changes))",
        )?;
        for change in changes {
            if statement.exists([change.as_bytes()])? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The entries that are kept aside and have what another needs: all of it, or none.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn aside_with(&self, needs: &[[u8; 32]]) -> Result<Vec<EntryRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT e.n, e.hash, e.envelope FROM aside_changes a JOIN entries e ON e.n = a.n
             WHERE a.change = ?",
        )?;
        let mut all = Vec::new();
        for need in needs {
            let rows = statement.query_map([need], EntryRow::read)?;
            let found: Vec<EntryRow> = rows.collect::<Result<_, _>>()?;
            if found.is_empty() {
                return Ok(found);
            }
            all.extend(found);
        }
        Ok(all)
    }

    /// Entries that are kept aside since they came after the end of whoever wrote them, or stand
    /// beside the branch that leads to it: by log, in its order.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn aside(&self, limit: u32) -> Result<Vec<EntryRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT e.n, e.hash, e.envelope FROM untaken u JOIN entries e ON e.n = u.n
             WHERE u.state = 'set_aside' AND u.code IN ('seal_after_cutoff', 'branch')
             ORDER BY e.log, e.seq, e.n LIMIT ?",
        )?;
        let rows = statement.query_map([limit], EntryRow::read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Entries of a log that were taken in, or that only a newer program reads, and that stand
    /// after a place or beside another entry.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn taken_after(&self, log: LogId, seq: Seq) -> Result<Vec<PlacedRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT e.n, e.hash, e.envelope, e.seq FROM entries e
             WHERE e.log = ?1 AND e.n NOT IN (SELECT n FROM untaken WHERE state <> 'unknown')
               AND (e.seq > ?2 OR EXISTS
             (SELECT 1 FROM entries o WHERE o.log = ?1 AND o.seq = e.seq AND o.n <> e.n))
             ORDER BY e.seq, e.hash",
        )?;
        let rows = statement.query_map(params![log.as_bytes(), seq.0], |row: &Row<'_>| {
            let entry = EntryRow::read(row)?;
            let head = Head {
                log,
                seq: Seq(row.get(3)?),
                hash: entry.hash,
            };
            Ok(PlacedRow { row: entry, head })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Entries that share their place in a log with another and stand where changes of an item
    /// do: `log` keeps only one time for such a place.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn beside_each_other(
        &self,
        item: ItemId,
        generation: Generation,
    ) -> Result<Vec<EntryRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT DISTINCT e.n, e.hash, e.envelope
             FROM changes c JOIN logs l ON l.n = c.log_n
                  JOIN entries e ON e.log = l.log AND e.seq = c.seq
             WHERE c.item = ? AND c.generation = ? AND EXISTS
             (SELECT 1 FROM entries o WHERE o.log = e.log AND o.seq = e.seq AND o.n <> e.n)",
        )?;
        let rows = statement.query_map(params![item.as_bytes(), generation.0], EntryRow::read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Notes which changes an entry has that is kept aside.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_aside(&self, n: i64, changes: &[ChangeHash]) -> Result<(), StoreError> {
        let mut statement = self.db.prepare_cached(
            "INSERT INTO aside_changes (change, n) VALUES (?, ?) ON CONFLICT DO NOTHING",
        )?;
        for change in changes {
            statement.execute(params![change.as_bytes(), n])?;
        }
        Ok(())
    }

    /// Takes rows of changes away that are in the document no more. Their entries stay.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn take_out_changes(
        &self,
        item: ItemId,
        generation: Generation,
        changes: &[ChangeHash],
    ) -> Result<(), StoreError> {
        for change in changes {
            self.db
                .prepare_cached(
                    "DELETE FROM changes WHERE item = ? AND generation = ? AND hash = ?",
                )?
                .execute(params![item.as_bytes(), generation.0, change.as_bytes()])?;
            self.db
                .prepare_cached("DELETE FROM merges WHERE item = ?1 AND ?2 IN (change, beside)")?
                .execute(params![item.as_bytes(), change.as_bytes()])?;
        }
        Ok(())
    }

    /// Takes a document away of which no change is left. What is being written about it stays.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn take_out_document(&self, item: ItemId) -> Result<(), StoreError> {
        if let Some(key) = self.read().key_of(item)?
            && let Some(meta) = self.read().doc_meta(&key)?
        {
            self.unproject(&meta)?;
            self.db
                .prepare_cached("DELETE FROM docs WHERE n = ?")?
                .execute([meta.n])?;
        }
        self.db
            .prepare_cached("DELETE FROM provisional WHERE item = ?")?
            .execute([item.as_bytes()])?;
        Ok(())
    }
}
