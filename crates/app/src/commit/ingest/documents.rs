//! The documents of a batch: each is loaded once, merged in memory, and written once.

mod known;
mod together;
mod written;

pub(super) use together::Judgement;
pub(super) use written::Written;

use super::{Opened, Parcel, author_of, seq_of};
use crate::Error;
use radrum_domain::{Claims, Document, Heads, Made, begins};
use radrum_store::{Claimed, DocMeta, Tx};
use radrum_wire::{Generation, ItemId, LogId, Seq};
use std::collections::BTreeMap;

const DAY_MS: i64 = 86_400_000;

/// A document while the batch goes on.
#[derive(Clone)]
struct Open {
    doc: Document,
    /// The one that stands; the caller leaves out changes of every other.
    generation: Generation,
    /// As it stood in the store; none for a new item.
    old: Option<DocMeta>,
    claims: Claims,
    /// Who changed it last, and when, as claimed.
    latest: (i64, ItemId),
    first: (i64, ItemId),
    /// Changes that came beside others: their versions are told as merges.
    beside: Vec<Made>,
    written: bool,
    /// What is shown is what a snapshot said, until the document has all of it.
    provisional: bool,
}

/// A change and the entry that carried it.
struct Row {
    item: ItemId,
    generation: Generation,
    made: Made,
    log: LogId,
    seq: Seq,
}

/// All documents of a batch.
pub(super) struct Documents {
    now: i64,
    open: BTreeMap<ItemId, Open>,
    rows: Vec<Row>,
    parcels: BTreeMap<ItemId, Parcel>,
    /// The maker of the snapshot reads values as this program does.
    alike: bool,
}

impl Documents {
    pub const fn new(now: i64, alike: bool) -> Self {
        Self {
            now,
            alike,
            open: BTreeMap::new(),
            rows: Vec::new(),
            parcels: BTreeMap::new(),
        }
    }

    /// Notes who wrote an entry that was taken.
    fn note(&mut self, tx: &Tx<'_>, opened: &Opened) -> Result<(), Error> {
        let entry = &opened.entry;
        let seq = seq_of(entry);
        tx.put_log(entry.place.log, seq, author_of(entry), entry.written_at)?;
        if let (Some(of), false) = (entry.municipality, opened.body.changes.is_empty()) {
            let parcel = self.parcels.entry(of).or_default();
            parcel.days.insert(entry.written_at.div_euclid(DAY_MS));
            let items = opened.body.changes.iter().map(|change| change.item);
            parcel.items.extend(items);
        }
        Ok(())
    }

    /// Forgets an item that has just been erased. Gives where its changes stand.
    pub fn forget(&mut self, item: ItemId) -> Vec<(LogId, Seq)> {
        self.open.remove(&item);
        let gone = self.rows.extract_if(.., |row| row.item == item);
        gone.map(|row| (row.log, row.seq)).collect()
    }

    /// What was taken, by municipality. Given once.
    pub fn take_parcels(&mut self) -> BTreeMap<ItemId, Parcel> {
        std::mem::take(&mut self.parcels)
    }

    /// Hashes of the changes that were taken so far; the caller remembers how many it has seen.
    pub fn taken(&self) -> impl Iterator<Item = [u8; 32]> {
        self.rows.iter().map(|row| *row.made.hash.as_bytes())
    }
}

impl Open {
    const fn claimed(&self) -> Claimed {
        Claimed {
            created: self.first,
            updated: self.latest,
        }
    }

    /// Notes a change that was accepted. `heads` is the version before it.
    fn note(&mut self, opened: &Opened, made: &Made, heads: &mut Heads) {
        let claim = (opened.entry.written_at, author_of(&opened.entry));
        self.written = true;
        // Claims are shown, never trusted: of several that could be meant, everybody takes the
        // same one, in whatever order and batches they come.
        self.latest = self.latest.max(claim);
        if begins(&made.bytes).is_some() {
            self.first = self.first.min(claim);
        }
        if Heads::new(made.deps.iter().copied()) != *heads {
            self.beside.push(made.clone());
        }
        let rest = heads
            .as_slice()
            .iter()
            .filter(|head| !made.deps.contains(head));
        *heads = Heads::new(rest.copied().chain([made.hash]));
    }
}
