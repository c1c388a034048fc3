//! The documents of a batch: each is loaded once, merged in memory, and written once.

use super::super::merge;
use super::{Opened, Parcel, author_of, seq_of};
use crate::Error;
use radrum_domain::{
    Claims, Document, Heads, Incoming, ItemKey, Judged, Kind, Made, Verdict, begins, stands_on,
};
use radrum_store::{Doc, DocMeta, Tx};
use radrum_wire::{ChangeHash, Generation, ItemChange, ItemId, LogId, Seq};
use std::collections::BTreeMap;

const DAY_MS: i64 = 86_400_000;

/// What becomes of some entries together.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Judgement {
    /// Everything in them is in the documents now.
    Taken,
    /// Something that they stand on has not come.
    Waits(Vec<[u8; 32]>),
    /// No device takes them.
    Refused(String),
    /// This device does not take them now.
    SetAside(String),
}

/// A document while the batch goes on.
#[derive(Clone)]
struct Open {
    doc: Document,
    /// As it stood in the store; none for a new item.
    old: Option<DocMeta>,
    claims: Claims,
    /// Who changed it last, and when, as claimed.
    latest: (i64, ItemId),
    first: (i64, ItemId),
    /// Changes that came beside others: their versions are told as merges.
    beside: Vec<Made>,
    written: bool,
}

/// A change and the entry that carried it.
struct Row {
    item: ItemId,
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
}

impl Documents {
    pub const fn new(now: i64) -> Self {
        Self {
            now,
            open: BTreeMap::new(),
            rows: Vec::new(),
            parcels: BTreeMap::new(),
        }
    }

    /// Takes entries, all or none. The log rows of what is taken are written at once.
    pub fn take(&mut self, tx: &Tx<'_>, entries: &[&Opened]) -> Result<Judgement, Error> {
        let mut by_item: BTreeMap<ItemId, Vec<(&Opened, &ItemChange)>> = BTreeMap::new();
        for opened in entries {
            for change in &opened.body.changes {
                by_item
                    .entry(change.item)
                    .or_default()
                    .push((opened, change));
            }
        }
        let mut merged: Vec<(ItemId, Open)> = Vec::new();
        let mut rows = Vec::new();
        let mut tried: Vec<(ItemId, Made)> = Vec::new();
        let mut worst = Judgement::Taken;
        for (item, changes) in by_item {
            let Some(mut open) = self.load(tx, item, &changes)? else {
                worst = sterner(worst, Judgement::Waits(needs_of_first(&changes)));
                continue;
            };
            let incoming: Vec<Incoming<'_>> = changes
                .iter()
                .map(|(opened, change)| Incoming {
                    log: opened.entry.place.log,
                    bytes: &change.change,
                })
                .collect();
            let mut heads = open.doc.heads();
            let judged = open.doc.ingest(&incoming, &mut open.claims)?;
            for ((opened, _), judged) in changes.iter().zip(judged) {
                worst = sterner(worst, judgement(&judged));
                tried.extend(judged.change.iter().map(|made| (item, made.clone())));
                let (Verdict::Accept, Some(made)) = (judged.verdict, judged.change) else {
                    continue;
                };
                open.note(opened, &made, &mut heads);
                rows.push(Row {
                    item,
                    made,
                    log: opened.entry.place.log,
                    seq: seq_of(&opened.entry),
                });
            }
            merged.push((item, open));
        }
        if worst != Judgement::Taken {
            // Whoever used a number first holds it, also while the change waits.
            if entries.len() == 1 {
                for (item, made) in tried {
                    let claim = (made.actor.as_slice(), made.seq, made.hash);
                    tx.put_claim(item, Generation::FIRST, claim)?;
                }
            }
            return Ok(worst);
        }
        self.open.extend(merged);
        for opened in entries {
            let entry = &opened.entry;
            let seq = seq_of(entry);
            tx.put_log(entry.place.log, seq, author_of(entry), entry.written_at)?;
            if let (Some(of), false) = (entry.municipality, opened.body.changes.is_empty()) {
                let parcel = self.parcels.entry(of).or_default();
                parcel.days.insert(entry.written_at.div_euclid(DAY_MS));
                parcel
                    .items
                    .extend(opened.body.changes.iter().map(|change| change.item));
            }
        }
        self.rows.extend(rows);
        Ok(Judgement::Taken)
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
        changes: &[(&Opened, &ItemChange)],
    ) -> Result<Option<Open>, Error> {
        if let Some(open) = self.open.get(&item) {
            return Ok(Some(open.clone()));
        }
        let mut claims = Claims::default();
        for (actor, seq, hash) in tx.read().claims(item, Generation::FIRST)? {
            claims.note(&actor, seq, hash);
        }
        if let Some(key) = tx.read().key_of(item)?
            && let Some(stored) = tx.read().doc(&key)?
        {
            let doc = Document::load(key.kind(), &stored.saved)?;
            let author = |by: &str| by.parse().map_or(NOBODY, |key: ItemKey| key.id());
            return Ok(Some(Open {
                doc,
                latest: (stored.meta.updated_at, author(&stored.meta.updated_by)),
                first: (stored.meta.created_at, author(&stored.meta.created_by)),
                old: Some(stored.meta),
                claims,
                beside: Vec::new(),
                written: false,
            }));
        }
        let kind = changes
            .iter()
            .find_map(|(_, change)| begins(&change.change));
        let Some(kind) = kind else {
            return Ok(None);
        };
        Ok(Some(Open {
            doc: Document::begin(kind)?,
            old: None,
            claims,
            latest: (i64::MIN, NOBODY),
            first: (i64::MAX, NOBODY),
            beside: Vec::new(),
            written: false,
        }))
    }

    /// Writes everything. Gives the items that were written, and whether items are new or were
    /// moved.
    pub fn write(self, tx: &Tx<'_>) -> Result<(Vec<ItemKey>, bool), Error> {
        let mut touched = Vec::new();
        let mut created = false;
        for row in &self.rows {
            tx.put_change(row.item, Generation::FIRST, &row.made, row.log, row.seq)?;
        }
        for (item, open) in self.open {
            if !open.written {
                continue;
            }
            let plain = open.doc.plain();
            let key = match &open.old {
                Some(old) => old.key.clone(),
                None => key_of(&open.doc, item, plain.common().slug.as_deref()),
            };
            // A colleague whose own item has not come yet is named by its id: what stands here
            // must not depend on the order of arrival.
            let name = |id: ItemId| -> Result<String, Error> {
                if id == NOBODY {
                    return Ok(String::new());
                }
                let key = tx.read().key_of(id)?;
                let key = key.unwrap_or_else(|| ItemKey::random(Kind::Member, id));
                Ok(key.to_string())
            };
            let moved = open.old.as_ref().is_none_or(|old| {
                let (before, after) = (old.plain.common(), plain.common());
                (before.archived, &before.merged_into) != (after.archived, &after.merged_into)
            });
            created |= moved && super::super::in_catalogue(&key);
            let meta = DocMeta {
                n: open.old.as_ref().map_or(0, |old| old.n),
                key: key.clone(),
                generation: Generation::FIRST,
                heads: open.doc.heads(),
                plain,
                created_at: open.first.0,
                created_by: name(open.first.1)?,
                updated_at: open.latest.0,
                updated_by: name(open.latest.1)?,
            };
            let row = Doc {
                meta,
                saved: open.doc.save(),
            };
            let n = tx.put_doc(&row)?;
            tx.project(
                n,
                open.old.as_ref(),
                &key,
                &row.meta.plain,
                row.meta.updated_at,
            )?;
            for merge in merge::beside(&open.doc, &open.beside, self.now) {
                tx.put_merge(item, &merge)?;
            }
            touched.push(key);
        }
        Ok((touched, created))
    }
}

/// Content that came with the program.
const NOBODY: ItemId = ItemId::from_bytes([0; 16]);

impl Open {
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

/// A slug if it leads to this item, else its id.
fn key_of(doc: &Document, item: ItemId, slug: Option<&str>) -> ItemKey {
    let named = slug.and_then(|slug| ItemKey::slug(doc.kind(), slug).ok());
    named
        .filter(|key| key.id() == item)
        .unwrap_or_else(|| ItemKey::random(doc.kind(), item))
}

fn judgement(judged: &Judged) -> Judgement {
    match &judged.verdict {
        Verdict::Accept | Verdict::Known => Judgement::Taken,
        Verdict::Pending(missing) => {
            Judgement::Waits(missing.iter().map(|hash| *hash.as_bytes()).collect())
        }
        Verdict::Refuse(why) => Judgement::Refused(why.to_string()),
        Verdict::Postpone(why) => Judgement::SetAside(why.to_string()),
    }
}

/// The graver of two: what no device takes goes before what only waits.
fn sterner(a: Judgement, b: Judgement) -> Judgement {
    let rank = |judgement: &Judgement| match judgement {
        Judgement::Taken => 0,
        Judgement::Waits(_) => 1,
        Judgement::SetAside(_) => 2,
        Judgement::Refused(_) => 3,
    };
    match (a, b) {
        (Judgement::Waits(mut a), Judgement::Waits(b)) => {
            a.extend(b);
            Judgement::Waits(a)
        }
        (a, b) if rank(&a) >= rank(&b) => a,
        (_, b) => b,
    }
}

/// What the changes of an unknown item stand on.
fn needs_of_first(changes: &[(&Opened, &ItemChange)]) -> Vec<[u8; 32]> {
    let deps = |change: &ItemChange| stands_on(&change.change);
    let all: Vec<ChangeHash> = changes.iter().flat_map(|(_, c)| deps(c)).collect();
    all.iter().map(|hash| *hash.as_bytes()).collect()
}
