//! What a shell holds: a profile that is closed, waits for the user, or is open.

mod founding;
mod restore;
mod trouble;

pub(crate) use trouble::session_info;

use crate::api::{StartState, Trouble};
use crate::backup::Quiet;
use crate::example::Size;
use crate::profile::{Folder, ProfileError, ProfileFolder, folder_kind, standard_folder};
use crate::secret::{KeyFile, PassphraseFile, SecretError, SecretStore};
use crate::{Code, Error, Events, Session, Tickets, World, road};
use founding::{new_key, new_profile};
use radrum_store::{DbKey, Fault, Opening};
use radrum_sync::Opener;
use radrum_wire::RegionId;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use trouble::{ready, told, trouble_of, trouble_of_secret};

/// What a shell starts with.
#[derive(Clone)]
pub struct Setup {
    /// Where the profile lies.
    pub folder: PathBuf,
    /// Time and randomness.
    pub world: World,
    /// The key store of this computer.
    pub secrets: Arc<dyn SecretStore>,
    /// The Exempelkrets in this size instead of a krets of one's own.
    pub example: Option<Size>,
    /// A fault that a test plants.
    pub planted: Option<Fault>,
    /// Opens roads to relays; without one the profile stays with sticks.
    pub opener: Option<Arc<dyn Opener>>,
}

/// A profile and its state. Every command of every window goes through one.
pub struct Host {
    setup: Mutex<Setup>,
    state: Mutex<State>,
    events: Events,
    tickets: Tickets,
}

enum State {
    Closed,
    Waiting(ProfileFolder),
    Open(Opened),
}

/// An open profile. In order: trials of backups end, then the writer, then the folder is free.
struct Opened {
    #[expect(dead_code, reason = "held as long as the profile is open")]
    quiet: Quiet,
    session: Arc<Session>,
    #[expect(dead_code, reason = "held for its lock")]
    folder: ProfileFolder,
}

impl Opened {
    fn new(session: &Arc<Session>, folder: ProfileFolder) -> Self {
        Self {
            quiet: Quiet::keep(session),
            session: Arc::clone(session),
            folder,
        }
    }
}

impl Host {
    /// A host that has not opened anything yet.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        Self {
            setup: Mutex::new(setup),
            state: Mutex::new(State::Closed),
            events: Events::default(),
            tickets: Tickets::default(),
        }
    }

    /// What happens in the profile, from now on.
    #[must_use]
    pub const fn events(&self) -> &Events {
        &self.events
    }

    /// Tickets for files that the user chose.
    #[must_use]
    pub const fn tickets(&self) -> &Tickets {
        &self.tickets
    }

    /// Time and randomness.
    #[must_use]
    pub fn world(&self) -> World {
        self.setup().world
    }

    /// The open profile.
    ///
    /// # Errors
    /// [`Code::NotReady`].
    pub fn session(&self) -> Result<Arc<Session>, Error> {
        match &*self.state() {
            State::Open(open) => Ok(Arc::clone(&open.session)),
            _ => Err(Error::new(Code::NotReady, "profile is not open")),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn setup(&self) -> Setup {
        self.setup
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Opens the profile, or says what the user must do first. May be called again at any
    /// time; an open profile stays as it is.
    pub fn start(&self) -> StartState {
        let mut state = self.state();
        if let State::Open(open) = &*state {
            return ready(&open.session);
        }
        let setup = self.setup();
        let folder = match std::mem::replace(&mut *state, State::Closed) {
            State::Waiting(folder) => Ok(folder),
            _ => open_folder(&setup),
        };
        let folder = match folder {
            Ok(folder) => folder,
            Err(trouble) => return told(&setup, trouble),
        };
        match self.key(&setup, &folder) {
            Ok(key) => self.open(&setup, folder, key, &mut state),
            Err(next) => {
                *state = State::Waiting(folder);
                *next
            }
        }
    }

    /// The key, or what is asked of the user instead.
    fn key(&self, setup: &Setup, folder: &ProfileFolder) -> Result<DbKey, Box<StartState>> {
        let fresh = !folder.database().exists();
        if setup.example.is_some() {
            let file = KeyFile::new(folder.path());
            return match (file.get(""), fresh) {
                (Ok(Some(key)), _) => Ok(key),
                (Ok(None), true) => {
                    new_key(setup, folder, &file).map_err(|t| Box::new(told(setup, t)))
                }
                (Ok(None), false) => Err(Box::new(told(setup, Trouble::KeyMissing))),
                (Err(error), _) => Err(Box::new(told(setup, trouble_of_secret(&error)))),
            };
        }
        if PassphraseFile::new(folder.path()).exists() && !fresh {
            return Err(Box::new(StartState::Passphrase));
        }
        let kept = setup.secrets.get(&folder.secret_name());
        match (kept, fresh) {
            (Err(SecretError::Unavailable(_)), true) => Err(Box::new(StartState::FirstRun {
                needs_passphrase: true,
            })),
            (Ok(_), true) => Err(Box::new(StartState::FirstRun {
                needs_passphrase: false,
            })),
            (Ok(Some(key)), false) => Ok(key),
            (Ok(None), false) => Err(Box::new(told(setup, Trouble::KeyMissing))),
            (Err(error), _) => Err(Box::new(told(setup, trouble_of_secret(&error)))),
        }
    }

    fn open(
        &self,
        setup: &Setup,
        folder: ProfileFolder,
        key: DbKey,
        state: &mut State,
    ) -> StartState {
        let founded = setup.example.is_some();
        let trouble = match folder.is_key(&key) {
            Some(false) => Some(Trouble::WrongKey),
            // SQLite would take an empty file for a new database.
            _ if !founded && folder.is_database_empty() => Some(Trouble::Damaged),
            _ => None,
        };
        if let Some(trouble) = trouble {
            *state = State::Waiting(folder);
            return told(setup, trouble);
        }
        let opening = Opening {
            path: folder.database(),
            key,
            planted: setup.planted,
        };
        let world = setup.world.clone();
        let opened = Session::open(opening, world.clone(), self.events.clone(), || {
            if founded {
                new_profile(&world, RegionId::EXAMPLE, "Exempelkrets")
            } else {
                Err(Error::new(Code::Damaged, "database without a profile"))
            }
        });
        let opened = opened.and_then(|session| {
            if let Some(size) = setup.example {
                crate::example::write(&session, size)?;
            }
            Ok(session)
        });
        match opened {
            Ok(session) if session.me().is_none() => {
                drop(session);
                self.begin_anew(setup, folder, state)
            }
            Ok(session) => {
                restore::clear_unfinished(&folder);
                let session = Arc::new(session);
                let info = ready(&session);
                self.open_roads(&session);
                *state = State::Open(Opened::new(&session, folder));
                info
            }
            Err(error) => {
                tracing::error!(%error, "profile could not be opened");
                *state = State::Waiting(folder);
                told(setup, trouble_of(&error))
            }
        }
    }

    /// The program ended while it founded a krets: nobody has written anything yet. The
    /// half-made file is put aside and the first run begins again.
    fn begin_anew(&self, setup: &Setup, folder: ProfileFolder, state: &mut State) -> StartState {
        let moved = folder.put_aside(&setup.world.clock.now_ms().to_string());
        let next = match moved {
            Ok(_) => match self.key(setup, &folder) {
                Err(next) => *next,
                Ok(_) => told(setup, Trouble::Unknown),
            },
            Err(error) => {
                tracing::error!(%error, "half-made profile");
                told(setup, Trouble::ReadOnly)
            }
        };
        *state = State::Waiting(folder);
        next
    }

    /// Opens a profile whose key lies under a passphrase.
    ///
    /// # Errors
    /// [`Code::WrongPassphrase`].
    pub(crate) fn unlock(&self, passphrase: &str) -> Result<StartState, Error> {
        let mut state = self.state();
        let State::Waiting(folder) = std::mem::replace(&mut *state, State::Closed) else {
            drop(state);
            return Ok(self.start());
        };
        match PassphraseFile::new(folder.path()).open(passphrase) {
            Ok(key) => Ok(self.open(&self.setup(), folder, key, &mut state)),
            Err(error) => {
                *state = State::Waiting(folder);
                Err(Error::new(Code::WrongPassphrase, error.to_string()))
            }
        }
    }

    /// Opens the roads of a krets anew, with the addresses that are set now.
    pub(crate) fn open_roads(&self, session: &Arc<Session>) {
        session.roads.close();
        if let Some(opener) = self.opener()
            && let Err(error) = road::open(session, opener.as_ref())
        {
            tracing::error!(%error, "roads");
        }
    }

    /// What opens roads.
    pub(crate) fn opener(&self) -> Option<Arc<dyn Opener>> {
        self.setup().opener
    }

    /// Puts a profile that cannot be opened aside, so that a new one can be made. Nothing is
    /// deleted: IT can bring it back.
    pub(crate) fn put_aside(&self) -> Result<StartState, Error> {
        let mut state = self.state();
        let setup = self.setup();
        let State::Waiting(folder) = std::mem::replace(&mut *state, State::Closed) else {
            drop(state);
            return Ok(self.start());
        };
        let stamp = setup.world.clock.now_ms().to_string();
        let moved = folder.put_aside(&stamp);
        *state = State::Waiting(folder);
        drop(state);
        moved.map_err(|error| Error::new(Code::ReadOnly, error.to_string()))?;
        Ok(self.start())
    }

    /// Leaves a folder that is not fit and opens the standard one.
    pub(crate) fn use_standard_folder(&self) -> Result<StartState, Error> {
        let mut state = self.state();
        if matches!(*state, State::Open(..)) {
            drop(state);
            return Ok(self.start());
        }
        *state = State::Closed;
        drop(state);
        let mut setup = self.setup.lock().unwrap_or_else(PoisonError::into_inner);
        let name = if setup.example.is_some() {
            "exempelkrets"
        } else {
            "krets"
        };
        if let Some(folder) = standard_folder(name) {
            setup.folder = folder;
        }
        drop(setup);
        Ok(self.start())
    }

    /// Closes the profile in order: first the roads, then what waits for the last save.
    pub fn close(&self) {
        let closed = std::mem::replace(&mut *self.state(), State::Closed);
        if let State::Open(open) = &closed {
            open.session.roads.close();
        }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.close();
    }
}

fn open_folder(setup: &Setup) -> Result<ProfileFolder, Trouble> {
    match folder_kind(&setup.folder) {
        Folder::Synced => return Err(Trouble::SyncedFolder),
        Folder::Network => return Err(Trouble::NetworkFolder),
        Folder::Local => {}
    }
    ProfileFolder::open(&setup.folder).map_err(|error| {
        tracing::error!(%error, "profile folder");
        match error {
            ProfileError::AlreadyOpen => Trouble::AlreadyOpen,
            ProfileError::NotWritable(_) => Trouble::ReadOnly,
            ProfileError::Full => Trouble::DiskFull,
        }
    })
}
