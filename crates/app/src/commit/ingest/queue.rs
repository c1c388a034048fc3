//! What has come and is to be looked at, together with what waited for it.

use super::check::{is_stub, open, pass_stub, settle};
use super::documents::Documents;
use super::facts::collect_facts;
use super::{Batch, Opened, erased};
use crate::Error;
use radrum_domain::{beginnings, hash_of};
use radrum_store::{EntryRow, Read};
use radrum_wire::{EntryHash, Envelope};
use std::collections::{BTreeMap, BTreeSet};

/// Entries that are opened before they are merged: enough for the edits of a month to meet, and
/// some megabytes.
const TOGETHER_MAX: usize = 4_096;

/// Setting: which program looked at the entries that are kept ([`program_reading`]).
const READ_BY: &str = "read_by";

impl Batch<'_> {
    /// Takes in what has come, and whatever waited for it. Each log in its order, however it
    /// lay in the batch: an entry may speak of one before it, and waits when that one does.
    pub(super) fn settle_all(&mut self, documents: &mut Documents) -> Result<(), Error> {
        while !self.queue.is_empty() {
            let opened = self.open_queued(documents)?;
            for one in &opened {
                self.take_erasing(one, documents)?;
            }
            let opened = self.sift(opened)?;
            let settled = settle(&self.tx, documents, opened)?;
            self.queue.extend(settled.built_on);
            for need in settled.came {
                self.queue.extend(self.tx.take_waiting(&need)?);
            }
        }
        Ok(())
    }

    /// Opens what is queued, and with it what waited for that. A relay gives one log after the
    /// other: what lies between two edits of an item may come a thousand entries later, and then
    /// all that waited is merged at once, not one by one.
    fn open_queued(&mut self, documents: &mut Documents) -> Result<Vec<Opened>, Error> {
        let mut opened: Vec<Opened> = Vec::new();
        let mut here = BTreeSet::new();
        let mut rows: Vec<EntryRow> = self.queue.drain(..).collect();
        while !rows.is_empty() {
            if opened.len() >= TOGETHER_MAX {
                self.queue.extend(rows);
                break;
            }
            self.learn(&mut rows, documents)?;
            let seen = opened.len();
            for row in rows {
                self.look_at(&row, (&mut here, &mut opened), documents)?;
            }
            rows = self.waiting_for(opened.get(seen..).unwrap_or_default(), &here)?;
        }
        opened.sort_by_key(|one| (one.entry.place.log, one.entry.place.seq));
        Ok(opened)
    }

    /// Puts rows in the order of their logs, and believes the facts in them.
    fn learn(&mut self, rows: &mut [EntryRow], documents: &mut Documents) -> Result<(), Error> {
        rows.sort_by_cached_key(|row| {
            let envelope = Envelope::decode(&row.envelope).ok();
            envelope.map(|envelope| (envelope.place().log, envelope.place().seq))
        });
        let needs = collect_facts(&self.tx, self.krets, (rows, &self.ahead))?;
        if !needs.is_empty() {
            self.learned = true;
            self.reconsider(documents)?;
        }
        for need in needs {
            self.queue.extend(self.tx.take_waiting(&need)?);
        }
        Ok(())
    }

    fn look_at(
        &mut self,
        row: &EntryRow,
        (here, opened): (&mut BTreeSet<EntryHash>, &mut Vec<Opened>),
        documents: &mut Documents,
    ) -> Result<(), Error> {
        if is_stub(row) {
            if pass_stub(&self.tx, row, here)? {
                here.insert(row.hash);
                let after = self.tx.take_waiting(row.hash.as_bytes())?;
                self.queue.extend(after);
            }
        } else if let Some(one) = open(&self.tx, self.krets, (row, &mut self.ahead), here)? {
            here.insert(one.entry.hash);
            opened.push(one);
        } else if self.tx.read().took_entry(row.hash)? {
            // Of a newer program, or refused: what stands after it need not wait.
            let after = self.tx.take_waiting(row.hash.as_bytes())?;
            self.queue.extend(after);
        } else if let Some(one) = erased::open_early(&self.tx, self.krets, row)? {
            self.take_erasing(&one, documents)?;
        }
        Ok(())
    }

    /// What waited for one of these entries, or for a change in one.
    fn waiting_for(
        &self,
        opened: &[Opened],
        here: &BTreeSet<EntryHash>,
    ) -> Result<Vec<EntryRow>, Error> {
        let mut woken = BTreeMap::new();
        for one in opened {
            let changes = one.body.changes.iter();
            let changes = changes.filter_map(|change| hash_of(&change.change));
            let needs = changes.map(|hash| *hash.as_bytes());
            for need in needs.chain([*one.entry.hash.as_bytes()]) {
                let rows = self.tx.take_waiting(&need)?.into_iter();
                let new = rows.filter(|row| !here.contains(&row.hash));
                woken.extend(new.map(|row| (row.n, row)));
            }
        }
        Ok(woken.into_values().collect())
    }

    /// After an update: what an older program kept without reading it is looked at again.
    pub(super) fn take_up_unread(&mut self) -> Result<(), Error> {
        if is_read(&self.tx.read())? {
            return Ok(());
        }
        self.queue.extend(self.tx.unknown_entries()?);
        for beginning in beginnings() {
            self.queue
                .extend(self.tx.take_waiting(beginning.as_bytes())?);
        }
        Ok(self.tx.put_setting(READ_BY, &program_reading())?)
    }
}

/// Whether this very program looked at all entries that are kept.
pub fn is_read(read: &Read<'_>) -> Result<bool, Error> {
    Ok(read.setting(READ_BY)?.as_deref() == Some(&program_reading()))
}

/// What decides which entries are read: the program and its kinds of items.
fn program_reading() -> String {
    format!("{} {}", env!("CARGO_PKG_VERSION"), radrum_store::reading())
}
