//! One write transaction as a use case sees it: items are made and edited, and what was made
//! is appended to the own log.

use super::{ingest, merge, own};
use crate::krets::{Drawing, Krets};
use crate::{Code, Error, World};
use radrum_domain::{Actor, Actors, Document, Edit, Heads, ItemKey, Made, check_new};
use radrum_seal::{Chain, Draft, EpochKey};
use radrum_store::{Doc, DocMeta, Read, Tx};
use radrum_wire::limits::{BODY_BYTES_MAX, CHANGES_MAX};
use radrum_wire::{Body, EntryHash, ItemChange, ItemId, Kind as EntryKind, Place, Seq};

/// Bytes that each change adds to a body besides its own.
const CHANGE_OVERHEAD: usize = 32;

/// One write transaction as a use case sees it.
pub(crate) struct Batch<'a> {
    pub(super) tx: Tx<'a>,
    pub(super) world: &'a World,
    pub(super) running: Actor,
    pub(super) log: radrum_wire::LogId,
    /// The krets, and the end of the own log as this transaction leaves it.
    pub(super) sealing: Option<(&'a Krets, Chain)>,
    pub(super) began: i64,
    pub(super) now: i64,
    pub(super) by: String,
    pub(super) author: ItemId,
    pub(super) made: Vec<(ItemId, Vec<Made>)>,
    pub(super) touched: Vec<ItemKey>,
    pub(super) sealed: Vec<(Place, EntryHash)>,
}

/// What names an item for ever, if it is known by name.
pub(super) fn slug_edit(key: &ItemKey) -> Option<Edit> {
    let slug = key.as_slug()?;
    Some(Edit::Set {
        field: "slug".into(),
        value: Some(radrum_domain::Scalar::Text(slug.to_string())),
    })
}

/// When and by whom, as claimed.
type Claim = (i64, Option<ItemKey>);

/// The later of two claims; of equal ones that of the greater id, so that all choose alike.
fn greater(a: Claim, b: Claim) -> Claim {
    let id = |claim: &Claim| claim.1.as_ref().map(ItemKey::id);
    if (a.0, id(&a)) > (b.0, id(&b)) { a } else { b }
}

/// What a transaction left behind.
pub(super) struct Finished {
    pub(super) touched: Vec<ItemKey>,
    /// Entries that were appended to the own log.
    pub(super) sealed: Vec<(Place, EntryHash)>,
    pub(super) chain: Option<Chain>,
}

impl<'a> Batch<'a> {
    /// Queries that see what this transaction wrote.
    pub fn read(&self) -> Read<'_> {
        self.tx.read()
    }

    /// Private rows: drafts, ticks, settings. They never become documents.
    pub const fn private(&self) -> &Tx<'a> {
        &self.tx
    }

    /// When the transaction began, UTC ms.
    pub const fn began(&self) -> i64 {
        self.began
    }

    /// The time that is claimed for what is written, UTC ms.
    pub const fn now(&self) -> i64 {
        self.now
    }

    /// Writes as someone else, for content that came with the program.
    pub fn write_as(&mut self, author: Option<&ItemKey>, now: i64) {
        self.by = author.map(ToString::to_string).unwrap_or_default();
        self.author = author.map_or(ItemId::from_bytes([0; 16]), ItemKey::id);
        self.now = now;
    }

    /// Ends the entry here, so that what follows stands in the next one.
    pub fn next_entry(&mut self) -> Result<(), Error> {
        self.append_log()
    }

    /// A fresh id for an entry of a list.
    pub fn entry_id(&self) -> Result<String, Error> {
        Ok(hex::encode(self.world.random::<11>()?))
    }

    /// A key for a new item.
    pub fn fresh_key(&self, kind: radrum_domain::Kind) -> Result<ItemKey, Error> {
        Ok(ItemKey::random(
            kind,
            ItemId::of_log(self.log, self.world.random()?),
        ))
    }

    /// Makes an item under a key that is not taken.
    pub fn create(&mut self, key: &ItemKey, edits: &[Edit]) -> Result<(), Error> {
        self.check_here(key)?;
        if self.read().doc_meta(key)?.is_some() {
            return Err(Error::bug(format!("{key} is there already")));
        }
        check_new(key.kind(), edits)?;
        let mut doc = Document::begin(key.kind())?;
        let mut edits = edits.to_vec();
        edits.extend(slug_edit(key));
        let heads = doc.heads();
        let made = doc.edit(&heads, self.actors()?, &edits)?;
        self.keep(key, None, &doc, made)
    }

    /// Edits an item on the heads that its writer saw. Gives whether anything changed.
    pub fn edit(&mut self, key: &ItemKey, base: &Heads, edits: &[Edit]) -> Result<bool, Error> {
        self.check_here(key)?;
        let stored = self.read().doc(key)?.ok_or_else(|| Error::not_found(key))?;
        let mut doc = Document::load(key.kind(), &stored.saved)?;
        let base = &self.without_aside(&doc, base)?;
        let made = doc.edit(base, self.actors()?, edits)?;
        if made.is_empty() {
            return Ok(false);
        }
        let met = if *base == stored.meta.heads {
            None
        } else {
            Some(doc.clone())
        };
        let changed = made.iter().map(|made| made.hash).collect::<Vec<_>>();
        self.keep(key, Some(&stored.meta), &doc, made)?;
        if let Some(doc) = met {
            for row in merge::met(&doc, base, &changed, self.now) {
                self.tx.put_merge(key.id(), &row)?;
            }
        }
        Ok(true)
    }

    /// The version that a writer saw, without what was taken out of it since.
    fn without_aside(&self, doc: &Document, seen: &Heads) -> Result<Heads, Error> {
        match &self.sealing {
            Some((krets, _)) if !doc.holds(seen) => {
                ingest::ended::without_aside(&self.tx, krets, doc, seen)
            }
            _ => Ok(seen.clone()),
        }
    }

    /// An item whose changes have not come is shown, and cannot be written yet.
    pub(super) fn check_here(&self, key: &ItemKey) -> Result<(), Error> {
        match self.read().provisional(key.id())? {
            Some(_) => Err(Error::new(Code::NotYetHere, key.to_string())),
            None => Ok(()),
        }
    }

    /// Logs what was made and makes it durable.
    pub(super) fn finish(mut self) -> Result<Finished, Error> {
        self.append_log()?;
        self.tx.commit()?;
        Ok(Finished {
            touched: self.touched,
            sealed: self.sealed,
            chain: self.sealing.map(|(_, chain)| chain),
        })
    }

    pub(super) fn actors(&self) -> Result<Actors, Error> {
        Ok(Actors {
            running: self.running,
            fresh: Actor::new(self.log, self.world.random()?),
        })
    }

    pub(super) fn keep(
        &mut self,
        key: &ItemKey,
        old: Option<&DocMeta>,
        doc: &Document,
        made: Vec<Made>,
    ) -> Result<(), Error> {
        // The greatest claim, as at everybody who is told of it: a clock that was set back
        // does not make the own copy say another time than theirs.
        let claim = |at: i64, by: &str| (at, by.parse::<ItemKey>().ok());
        let now = claim(self.now, &self.by);
        let latest = old.map(|old| claim(old.updated_at, &old.updated_by));
        let latest = latest.map_or(now.clone(), |old| greater(old, now));
        let latest = (latest.0, latest.1.map(|key| key.to_string()));
        let meta = DocMeta {
            n: old.map_or(0, |old| old.n),
            key: key.clone(),
            generation: self.tx.read().standing(key.id())?,
            heads: doc.heads(),
            plain: doc.plain(),
            created_at: old.map_or(self.now, |old| old.created_at),
            created_by: old.map_or_else(|| self.by.clone(), |old| old.created_by.clone()),
            updated_at: latest.0,
            updated_by: latest.1.unwrap_or_default(),
        };
        let row = Doc {
            meta,
            saved: doc.save(),
        };
        let n = self.tx.put_doc(&row)?;
        self.tx
            .project(n, old, key, &row.meta.plain, row.meta.updated_at)?;
        self.made.push((key.id(), made));
        self.touched.push(key.clone());
        Ok(())
    }

    /// Appends what was made as few entries as fit. What members write has an entry for each
    /// item, so that one can be erased without the others.
    fn append_log(&mut self) -> Result<(), Error> {
        let mut body = Body::default();
        let mut bytes = 0;
        let mut noted: Vec<(ItemId, Made)> = Vec::new();
        let alone = self.author != own::NOBODY;
        for (item, changes) in std::mem::take(&mut self.made) {
            let generation = self.tx.read().standing(item)?;
            for made in changes {
                let size = made.bytes.len() + CHANGE_OVERHEAD;
                let another = noted.last().is_some_and(|(last, _)| *last != item);
                if bytes + size > BODY_BYTES_MAX - CHANGE_OVERHEAD
                    || body.changes.len() == CHANGES_MAX
                    || (alone && another)
                {
                    self.append_entry(&std::mem::take(&mut body), std::mem::take(&mut noted))?;
                    bytes = 0;
                }
                bytes += size;
                let change = made.bytes.clone();
                body.changes.push(ItemChange {
                    item,
                    generation,
                    change,
                });
                noted.push((item, made));
            }
        }
        self.append_entry(&body, noted)
    }

    fn append_entry(&mut self, body: &Body, noted: Vec<(ItemId, Made)>) -> Result<(), Error> {
        if body.changes.is_empty() {
            return Ok(());
        }
        let bytes = body
            .encode()
            .map_err(|error| Error::new(Code::TooLarge, error.to_string()))?;
        let seq = self.append_sealed(EntryKind::CHANGES, bytes)?;
        for (item, made) in noted {
            let generation = self.tx.read().standing(item)?;
            self.tx.put_change(item, generation, &made, self.log, seq)?;
            if self
                .sealing
                .as_ref()
                .is_some_and(|(krets, _)| krets.is_crowd())
            {
                self.tx.put_untold(item, self.log, seq)?;
            }
        }
        Ok(())
    }

    /// Appends one entry: sealed in a krets, in the clear before.
    pub(super) fn append_sealed(&mut self, kind: EntryKind, body: Vec<u8>) -> Result<Seq, Error> {
        self.append_sealed_under(None, kind, body)
    }

    /// The same under an epoch that is not written in any more, for devices that lack the newest.
    pub(super) fn append_sealed_under(
        &mut self,
        epoch: Option<&EpochKey>,
        kind: EntryKind,
        body: Vec<u8>,
    ) -> Result<Seq, Error> {
        let Some((krets, chain)) = &mut self.sealing else {
            let row = (kind, body.as_slice());
            return Ok(self.tx.append_log(self.log, self.author, self.now, row)?);
        };
        let draft = Draft {
            kind,
            schema: 1,
            written_at: self.now,
            author: self.author,
            refs: Vec::new(),
            seen: None,
            body,
        };
        let mut drawing = Drawing(self.world);
        let epoch = epoch.map_or_else(|| krets.epoch(), Ok)?;
        let sealed = chain.seal(&draft, krets.device(), epoch, &mut drawing)?;
        self.tx
            .put_entry(&sealed.place, sealed.hash, &sealed.bytes)?;
        let seq = self
            .tx
            .append_log(self.log, self.author, self.now, (kind, &[]))?;
        if seq == sealed.place.seq {
            self.sealed.push((sealed.place, sealed.hash));
            Ok(seq)
        } else {
            Err(Error::bug("log and sealed log differ"))
        }
    }
}
