//! The one door into the database (house rule 3). A local save, and later a received entry,
//! takes the same way: changes, documents, projection, search and log in one transaction,
//! acknowledged after the WAL has been synced.

mod anonymous;
mod batch;
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
pub(crate) use batch::Batch;
pub(crate) use erase::Rest;
pub(crate) use ingest::Ingested;
pub(crate) use ingest::after_end::{AfterEnd, Said};
pub(crate) use letters::Invited;
pub(crate) use members::{Removal, SeenAtHome, SeenComputer, SeenSuspended};
pub(crate) use restored::{RESTORED, make};

use crate::krets::{Held, KeysFile, Krets};
use crate::roads::Roads;
use crate::{Error, Event, Events, World};
use batch::Finished;
use radrum_domain::{Actor, ItemKey};
use radrum_store::{Profile, Rebuild, RebuildStep, Searcher, Writer};
use radrum_wire::ItemId;
use std::sync::Arc;
use std::sync::mpsc::Sender;

/// Keys named in one event; more are told as "much".
const TOUCHED_MAX: usize = 64;

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
