//! An open profile: readers, the one writer thread, search, events.

use crate::commit::{Batch, WriteSide};
use crate::krets::{Held, KeysFile};
use crate::labels::Names;
use crate::roads::Roads;
use crate::{Code, Error, Event, Events, World};
use radrum_domain::ItemKey;
use radrum_store::{
    Opening, Profile, Read, Readers, Rebuild, RebuildStep, Searcher, VocabularyState,
};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

type Job = Box<dyn FnOnce(&mut WriteSide) + Send>;

/// Items rebuilt in one transaction: a save waits at most for one of these.
const REBUILD_BATCH: u32 = 200;

/// The words of the index are loaded so long after the start, unless the window asks for them
/// before: the first paint comes first.
const WORDS_AFTER_START: Duration = Duration::from_millis(700);

/// New words are known to spelling and completion this long after the last save.
const WORDS_AFTER_SAVE: Duration = Duration::from_secs(2);

/// An open profile. Dropping it ends the writer after what it was asked before.
pub struct Session {
    pub(crate) world: World,
    pub(crate) readers: Readers,
    pub(crate) searcher: Arc<Searcher>,
    /// Names of labels, as search knows them.
    pub(crate) names: Names,
    /// Is the Exempelkrets.
    pub(crate) example: bool,
    pub(crate) pack: crate::content::KnownPack,
    /// What roads see without waiting for the writer.
    pub(crate) held: Held,
    pub(crate) roads: Roads,
    pub(crate) events: Events,
    profile: RwLock<Profile>,
    jobs: Option<Sender<Job>>,
    writer: Option<JoinHandle<()>>,
    words: Option<JoinHandle<()>>,
    rebuilding: Arc<AtomicBool>,
}

impl Session {
    /// Opens the database and starts the writer.
    ///
    /// # Errors
    /// Any [`StoreError`]; `None` when the database holds no profile yet and `found` gives none.
    pub fn open(
        opening: Opening,
        world: World,
        events: Events,
        found: impl FnOnce() -> Result<Profile, Error>,
    ) -> Result<Self, Error> {
        let keys = KeysFile::beside(&opening.path, &opening.key);
        let (writer, readers) = radrum_store::open(opening)?;
        let profile = match writer.read().profile()? {
            Some(profile) => profile,
            None => found()?,
        };
        let rebuild = writer.read().rebuild_needed()?;
        let searcher = Arc::new(Searcher::default());
        let (saved, saves) = channel();
        let (held, roads) = (Held::default(), Roads::default());
        let told = events.clone();
        let mut side = WriteSide::new(
            writer,
            world.clone(),
            (profile.clone(), keys),
            events,
            Arc::clone(&searcher),
            saved,
            (held.clone(), roads.clone()),
        )?;
        side.create_profile_if_missing(&profile)?;
        side.go_on()?;
        let profile = side.profile().clone();
        let (jobs, queue) = channel::<Job>();
        let rebuilding = Arc::new(AtomicBool::new(rebuild != Rebuild::None));
        let busy = Arc::clone(&rebuilding);
        let writer = spawn("radrum-writer", move || {
            run_writer(side, &queue, rebuild, &busy)
        })?;
        let (reading, known) = (readers.clone(), Arc::clone(&searcher));
        let words = spawn("radrum-words", move || keep_words(&saves, &reading, &known))?;
        Ok(Self {
            example: profile.region == radrum_wire::RegionId::EXAMPLE,
            pack: crate::content::KnownPack::default(),
            held,
            roads,
            events: told,
            world,
            readers,
            searcher,
            names: Names::default(),
            profile: RwLock::new(profile),
            jobs: Some(jobs),
            writer: Some(writer),
            words: Some(words),
            rebuilding,
        })
    }

    /// Size of the database on disk with what waits to be folded into it, bytes.
    pub(crate) fn file_bytes(&self) -> u64 {
        let sizes = ["", "-wal"].iter().map(|tail| {
            let mut name = self.readers.path().as_os_str().to_owned();
            name.push(tail);
            std::fs::metadata(name).map_or(0, |meta| meta.len())
        });
        sizes.sum()
    }

    /// Runs queries that all see the same commit.
    pub(crate) fn read<T>(
        &self,
        queries: impl FnOnce(Read<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.readers.with(queries)
    }

    /// Runs one write transaction and waits until it is durable. `origin` is the window.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        origin: &str,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let origin = origin.to_string();
        self.on_writer(move |side| side.commit(&origin, work))
    }

    /// Runs something on the writer thread and waits for it.
    pub(crate) fn on_writer<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut WriteSide) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (answer, wait): (SyncSender<Result<T, Error>>, Receiver<_>) = sync_channel(1);
        let job: Job = Box::new(move |side| {
            let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(side)));
            let done = done.unwrap_or_else(|_| Err(Error::bug("write panicked")));
            // The caller may have gone; what was committed stays committed.
            let _ = answer.send(done);
        });
        let gone = || Error::new(Code::NotReady, "writer has ended");
        self.jobs
            .as_ref()
            .ok_or_else(gone)?
            .send(job)
            .map_err(|_| gone())?;
        wait.recv().map_err(|_| gone())?
    }

    /// This profile.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.profile
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Reads the profile anew: founding or joining a krets changes it.
    pub(crate) fn reread_profile(&self) -> Result<(), Error> {
        if let Some(profile) = self.read(|read| Ok(read.profile()?))? {
            *self.profile.write().unwrap_or_else(PoisonError::into_inner) = profile;
        }
        Ok(())
    }

    /// The member who uses this computer.
    pub(crate) fn me(&self) -> Option<ItemKey> {
        self.profile
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .me
            .clone()
    }

    pub(crate) fn set_me(&self, me: ItemKey) -> Result<(), Error> {
        let key = me.clone();
        self.on_writer(move |side| side.set_me(&key))?;
        self.profile
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .me = Some(me);
        Ok(())
    }

    /// Whether lists and search are still being rebuilt.
    #[must_use]
    pub fn is_rebuilding(&self) -> bool {
        self.rebuilding.load(Ordering::SeqCst)
    }

    /// Loads what spelling and completion need. Called after the first paint.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn warm_up(&self) -> Result<(), Error> {
        let searcher = Arc::clone(&self.searcher);
        self.read(|read| Ok(searcher.load_vocabulary(&read).map(|_| ())?))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.jobs = None;
        for thread in [self.writer.take(), self.words.take()]
            .into_iter()
            .flatten()
        {
            let _ = thread.join();
        }
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Error> {
    std::thread::Builder::new()
        .name(name.into())
        .spawn(work)
        .map_err(|error| Error::bug(format!("{name}: {error}")))
}

/// Loads the words after the start, and again when saves have brought new ones. Ends when the
/// writer has gone.
fn keep_words(saves: &Receiver<()>, readers: &Readers, known: &Searcher) {
    let load = || {
        let load = |read: Read<'_>| Ok::<_, Error>(known.load_vocabulary(&read)?);
        if let Err(error) = readers.with(load) {
            tracing::error!(%error, "vocabulary");
        }
    };
    let mut wait = WORDS_AFTER_START;
    loop {
        match saves.recv_timeout(wait) {
            Ok(()) => wait = WORDS_AFTER_SAVE,
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                let warm = wait == WORDS_AFTER_START
                    && known.vocabulary_state() != VocabularyState::Missing;
                if !warm {
                    load();
                }
                if saves.recv().is_err() {
                    return;
                }
                wait = WORDS_AFTER_SAVE;
            }
        }
    }
}

/// Saves first; between them a rebuild goes on in small steps.
fn run_writer(mut side: WriteSide, queue: &Receiver<Job>, rebuild: Rebuild, busy: &AtomicBool) {
    let mut step = start_rebuild(&mut side, rebuild);
    while let Some(at) = step {
        match queue.try_recv() {
            Ok(job) => {
                job(&mut side);
                continue;
            }
            Err(std::sync::mpsc::TryRecvError::Disconnected) => return,
            Err(std::sync::mpsc::TryRecvError::Empty) => {}
        }
        match side.rebuild_some(rebuild, at, REBUILD_BATCH) {
            Ok(next) => step = next,
            Err(error) => {
                tracing::error!(code = ?error.code, "rebuild stopped");
                break;
            }
        }
    }
    busy.store(false, Ordering::SeqCst);
    if rebuild != Rebuild::None {
        side.rebuilt();
    }
    while let Ok(job) = queue.recv() {
        job(&mut side);
    }
    side.close();
}

fn start_rebuild(side: &mut WriteSide, rebuild: Rebuild) -> Option<RebuildStep> {
    if rebuild == Rebuild::None {
        return None;
    }
    side.events().tell(&Event::Rebuilding { busy: true });
    match side.begin_rebuild(rebuild) {
        Ok(step) => Some(step),
        Err(error) => {
            tracing::error!(code = ?error.code, "rebuild could not begin");
            None
        }
    }
}
