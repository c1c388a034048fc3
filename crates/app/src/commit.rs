//! The one door into the database (house rule 3). A local save, and later a received entry,
//! takes the same way: changes, documents, projection, search and log in one transaction,
//! acknowledged after the WAL has been synced.

mod anonymous;
mod delivery;
mod enter;
mod erase;
mod ingest;
mod letters;
mod mail;
mod members;
mod merge;
mod own;
mod reissue;
mod restored;
mod roads;
mod snapshot;
mod twins;

pub(crate) use anonymous::{Later, Nameless};
pub(crate) use erase::Rest;
pub(crate) use ingest::Ingested;
pub(crate) use ingest::after_end::{AfterEnd, Said};
pub(crate) use letters::Invited;
pub(crate) use members::{Removal, SeenAtHome, SeenComputer, SeenSuspended};
pub(crate) use restored::{RESTORED, make};

use crate::krets::{Drawing, Held, KeysFile, Krets};
use crate::roads::Roads;
use crate::{Code, Error, Event, Events, World};
use radrum_domain::{Actor, Actors, Document, Edit, Heads, ItemKey, Made, check_new};
use radrum_seal::{Chain, Draft, EpochKey};
use radrum_store::{Doc, DocMeta, Profile, Read, Rebuild, RebuildStep, Searcher, Tx, Writer};
use radrum_wire::limits::{BODY_BYTES_MAX, CHANGES_MAX};
use radrum_wire::{Body, EntryHash, ItemChange, ItemId, Kind as EntryKind, Place, Seq};
use std::sync::Arc;
use std::sync::mpsc::Sender;

/// Keys named in one event; more are told as "much".
const TOUCHED_MAX: usize = 64;

/// Bytes that each change adds to a body besides its own.
const CHANGE_OVERHEAD: usize = 32;

/// What the writer thread owns.
pub(crate) struct WriteSide {
    writer: Writer,
    world: World,
    profile: Profile,
    keys: KeysFile,
    /// None until a krets is founded or joined.
    krets: Option<Krets>,
    running: Actor,
    events: Events,
    searcher: Arc<Searcher>,
    /// Told after each save, for the thread that keeps the words of the index.
    saved: Sender<()>,
    /// What roads see of all this.
    held: Held,
    roads: Roads,
    /// When heartbeats were fetched last, by the own clock, UTC ms.
    listened_at: Option<i64>,
    /// Own items that a relay was told of and has not answered.
    telling: mail::Telling,
}

impl WriteSide {
    pub fn new(
        writer: Writer,
        world: World,
        (profile, keys): (Profile, KeysFile),
        events: Events,
        searcher: Arc<Searcher>,
        saved: Sender<()>,
        (held, roads): (Held, Roads),
    ) -> Result<Self, Error> {
        let running = Actor::new(profile.log, world.random()?);
        let krets = Krets::open(&writer.read(), &profile, &keys)?;
        if let Some(krets) = &krets {
            held.believe(krets);
        }
        Ok(Self {
            writer,
            world,
            profile,
            keys,
            krets,
            running,
            events,
            searcher,
            saved,
            held,
            roads,
            listened_at: None,
            telling: mail::Telling::new(),
        })
    }

    /// This profile.
    pub const fn profile(&self) -> &Profile {
        &self.profile
    }

    pub const fn events(&self) -> &Events {
        &self.events
    }

    /// Runs one transaction. An error leaves everything as it was.
    pub fn commit<T>(
        &mut self,
        origin: &str,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let now = self.world.clock.now_ms();
        let author = self
            .profile
            .me
            .as_ref()
            .map_or(ItemId::from_bytes([0; 16]), ItemKey::id);
        let by = self
            .profile
            .me
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        let mut batch = Batch {
            tx: self.writer.begin()?,
            world: &self.world,
            running: self.running,
            log: self.profile.log,
            sealing: self.krets.as_ref().map(|krets| (krets, krets.chain)),
            began: now,
            now,
            by,
            author,
            made: Vec::new(),
            touched: Vec::new(),
            sealed: Vec::new(),
        };
        let answer = work(&mut batch)?;
        let Finished {
            touched,
            sealed,
            chain,
        } = batch.finish()?;
        if let (Some(krets), Some(chain)) = (&mut self.krets, chain) {
            krets.chain = chain;
        }
        if !sealed.is_empty() {
            self.held.append(&sealed);
            self.roads.written();
        }
        self.tell(&touched, origin);
        Ok(answer)
    }

    fn tell(&self, touched: &[ItemKey], origin: &str) {
        if touched.is_empty() {
            return;
        }
        // The thread may have ended with the profile.
        let _ = self.saved.send(());
        let named = if touched.len() > TOUCHED_MAX {
            &[]
        } else {
            touched
        };
        self.events.tell(&Event::Changed {
            touched: named.iter().map(ToString::to_string).collect(),
            origin: origin.to_string(),
        });
    }

    pub fn create_profile_if_missing(&mut self, profile: &Profile) -> Result<(), Error> {
        if self.writer.read().profile()?.is_some() {
            return Ok(());
        }
        let tx = self.writer.begin()?;
        tx.create_profile(profile)?;
        // A new file needs no rebuild: its empty tables are right.
        let step = tx.begin_rebuild(Rebuild::Everything)?;
        debug_assert_eq!(step, RebuildStep::default());
        Ok(tx.commit()?)
    }

    pub fn set_me(&mut self, me: &ItemKey) -> Result<(), Error> {
        let tx = self.writer.begin()?;
        tx.set_me(me)?;
        tx.commit()?;
        self.profile.me = Some(me.clone());
        Ok(())
    }

    pub fn begin_rebuild(&mut self, rebuild: Rebuild) -> Result<RebuildStep, Error> {
        let tx = self.writer.begin()?;
        let step = tx.begin_rebuild(rebuild)?;
        tx.commit()?;
        Ok(step)
    }

    pub fn rebuild_some(
        &mut self,
        rebuild: Rebuild,
        step: RebuildStep,
        limit: u32,
    ) -> Result<Option<RebuildStep>, Error> {
        let tx = self.writer.begin()?;
        let next = tx.rebuild_some(rebuild, step, limit)?;
        tx.commit()?;
        Ok(next)
    }

    /// After a rebuild: the words are new, and listeners read anew.
    pub fn rebuilt(&mut self) {
        if let Err(error) = self.searcher.load_vocabulary(&self.writer.read()) {
            tracing::error!(%error, "vocabulary");
        }
        self.events.tell(&Event::Rebuilding { busy: false });
        if let Err(error) = self.finish_erasures().and_then(|()| self.read_anew()) {
            tracing::error!(%error, "erasures and unread entries after a rebuild");
        }
    }

    /// Checks every page and table; empty is sound.
    pub fn faults(&mut self) -> Result<Vec<String>, Error> {
        Ok(self.writer.faults()?)
    }

    /// Merges search segments at a quiet time.
    pub fn optimize(&mut self) -> Result<(), Error> {
        let tx = self.writer.begin()?;
        tx.optimize_search()?;
        tx.commit()?;
        Ok(self.writer.checkpoint()?)
    }

    /// Leaves one file behind when the program ends in order.
    pub fn close(&mut self) {
        if let Err(error) = self.writer.checkpoint() {
            tracing::warn!(%error, "checkpoint at close");
        }
    }
}

/// One write transaction as a use case sees it.
pub(crate) struct Batch<'a> {
    tx: Tx<'a>,
    world: &'a World,
    running: Actor,
    log: radrum_wire::LogId,
    /// The krets, and the end of the own log as this transaction leaves it.
    sealing: Option<(&'a Krets, Chain)>,
    began: i64,
    now: i64,
    by: String,
    author: ItemId,
    made: Vec<(ItemId, Vec<Made>)>,
    touched: Vec<ItemKey>,
    sealed: Vec<(Place, EntryHash)>,
}

/// What names an item for ever, if it is known by name.
fn slug_edit(key: &ItemKey) -> Option<Edit> {
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
struct Finished {
    touched: Vec<ItemKey>,
    /// Entries that were appended to the own log.
    sealed: Vec<(Place, EntryHash)>,
    chain: Option<Chain>,
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
    fn check_here(&self, key: &ItemKey) -> Result<(), Error> {
        match self.read().provisional(key.id())? {
            Some(_) => Err(Error::new(Code::NotYetHere, key.to_string())),
            None => Ok(()),
        }
    }

    /// Logs what was made and makes it durable.
    fn finish(mut self) -> Result<Finished, Error> {
        self.append_log()?;
        self.tx.commit()?;
        Ok(Finished {
            touched: self.touched,
            sealed: self.sealed,
            chain: self.sealing.map(|(_, chain)| chain),
        })
    }

    fn actors(&self) -> Result<Actors, Error> {
        Ok(Actors {
            running: self.running,
            fresh: Actor::new(self.log, self.world.random()?),
        })
    }

    fn keep(
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
    fn append_sealed(&mut self, kind: EntryKind, body: Vec<u8>) -> Result<Seq, Error> {
        self.append_sealed_under(None, kind, body)
    }

    /// The same under an epoch that is not written in any more, for devices that lack the newest.
    fn append_sealed_under(
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
