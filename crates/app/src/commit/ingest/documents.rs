//! The documents of a batch: each is loaded once, merged in memory, and written once.

mod together;

pub(super) use together::Judgement;

use super::super::merge;
use super::super::own::{NOBODY, key_of, write_own};
use super::{Opened, Parcel, author_of, seq_of};
use crate::Error;
use radrum_domain::{Claims, Document, Heads, ItemKey, Made, begins};
use radrum_store::{Claimed, DocMeta, Tx};
use radrum_wire::{Generation, ItemChange, ItemId, LogId, Seq};
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

/// What was written.
pub(super) struct Written {
    /// Items that show something else than before.
    pub touched: Vec<ItemKey>,
    /// Of these what came by itself and not as what a snapshot had said: each with whether it was
    /// not here before.
    pub came: Vec<(ItemKey, bool)>,
    /// Items are new or were moved.
    pub created: bool,
    /// An item is not what the snapshot said.
    pub contradicted: bool,
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

    /// A copy of the document to try on; none if nothing says yet of which kind it is.
    fn load(
        &self,
        tx: &Tx<'_>,
        item: ItemId,
        changes: &[(usize, &ItemChange)],
    ) -> Result<Option<Open>, Error> {
        if let Some(open) = self.open.get(&item) {
            return Ok(Some(open.clone()));
        }
        let generation = tx.read().standing(item)?;
        let mut claims = Claims::default();
        for (actor, seq, hash) in tx.read().claims(item, generation)? {
            claims.note(&actor, seq, hash);
        }
        let provisional = tx.read().provisional(item)?;
        let stored = match tx.read().key_of(item)? {
            Some(key) => tx.read().doc(&key)?,
            None => None,
        };
        let (mut latest, mut first) = ((i64::MIN, NOBODY), (i64::MAX, NOBODY));
        let mut old = None;
        if let Some(stored) = stored {
            let author = |by: &str| by.parse().map_or(NOBODY, |key: ItemKey| key.id());
            let meta = stored.meta;
            (first, latest) = match &provisional {
                Some(claimed) => (claimed.created, claimed.updated),
                None => (
                    (meta.created_at, author(&meta.created_by)),
                    (meta.updated_at, author(&meta.updated_by)),
                ),
            };
            if !stored.saved.is_empty() {
                return Ok(Some(Open {
                    doc: Document::load(meta.key.kind(), &stored.saved)?,
                    generation,
                    latest,
                    first,
                    old: Some(meta),
                    claims,
                    beside: Vec::new(),
                    written: false,
                    provisional: provisional.is_some(),
                }));
            }
            old = Some(meta);
        }
        let kind = changes
            .iter()
            .find_map(|(_, change)| begins(&change.change));
        let Some(kind) = kind else {
            return Ok(None);
        };
        Ok(Some(Open {
            doc: Document::begin(kind)?,
            generation,
            old,
            claims,
            latest,
            first,
            beside: Vec::new(),
            written: false,
            provisional: provisional.is_some(),
        }))
    }

    /// Writes everything.
    pub fn write(self, tx: &Tx<'_>) -> Result<Written, Error> {
        let mut written = Written {
            touched: Vec::new(),
            came: Vec::new(),
            created: false,
            contradicted: false,
        };
        for row in &self.rows {
            tx.put_change(row.item, row.generation, &row.made, row.log, row.seq)?;
        }
        for (item, open) in self.open {
            if !open.written {
                continue;
            }
            for merge in merge::beside(&open.doc, &open.beside, self.now) {
                tx.put_merge(item, &merge)?;
            }
            if open.provisional {
                match open.meets(self.alike) {
                    Met::NotYet(n) => {
                        tx.keep_unshown((n, item), &open.doc.save(), &open.claimed())?;
                        continue;
                    }
                    Met::Same => {}
                    Met::Other => written.contradicted = true,
                }
            }
            written.created |= open.put(tx, item)?;
            let key = tx.read().key_of(item)?;
            if !open.provisional {
                let fresh = open.old.is_none();
                written.came.extend(key.clone().map(|key| (key, fresh)));
            }
            written.touched.extend(key);
        }
        Ok(written)
    }
}

/// What a document says of the snapshot that is shown in its place.
enum Met {
    /// It has not all of it yet. The row of the item.
    NotYet(i64),
    /// The same.
    Same,
    /// Something else.
    Other,
}

impl Open {
    /// Compares the document with what the snapshot said, once it has come so far.
    fn meets(&self, alike: bool) -> Met {
        let Some(said) = &self.old else {
            return Met::Same;
        };
        if self.doc.kind() != said.key.kind() {
            return Met::Other;
        }
        if !self.doc.holds(&said.heads) {
            return Met::NotYet(said.n);
        }
        if alike && self.doc.plain_at(&said.heads).as_ref() != Some(&said.plain) {
            return Met::Other;
        }
        Met::Same
    }

    const fn claimed(&self) -> Claimed {
        Claimed {
            created: self.first,
            updated: self.latest,
        }
    }

    /// Writes the item as its document says it. Gives whether it is new or was moved.
    fn put(&self, tx: &Tx<'_>, item: ItemId) -> Result<bool, Error> {
        let plain = self.doc.plain();
        let key = match &self.old {
            Some(old) if !self.provisional => old.key.clone(),
            _ => key_of(&self.doc, item, plain.common().slug.as_deref()),
        };
        let moved = self.old.as_ref().is_none_or(|old| {
            let (before, after) = (old.plain.common(), plain.common());
            old.key != key
                || (before.archived, &before.merged_into) != (after.archived, &after.merged_into)
        });
        write_own(
            tx,
            self.old.as_ref(),
            &key,
            (&self.doc, plain),
            (&self.claimed(), self.provisional),
        )?;
        Ok(moved && super::super::in_catalogue(&key))
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
