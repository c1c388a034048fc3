//! Use cases: one list of commands, the one write transaction, search answers, starter
//! content, export, profiles and keys at rest.
//!
//! In: a command's name and JSON arguments from a host (the shell, the web host, a test).
//! Out: JSON of the types in [`api`], or an [`Error`] with a code that the interface turns
//! into Swedish. Invariants: [`commit`] is the only door into the database; what is
//! acknowledged has been committed and synced; logs carry codes, ids, counts and sizes;
//! time and randomness come from [`World`].
//!
//! Deliberately not here: windows and keyrings (`src-tauri`), HTTP, SQL (`store`), what a
//! document may hold (`domain`).

pub mod api;
mod asking;
mod backup;
pub mod command;
mod commit;
mod content;
mod cores;
mod erasures;
mod error;
mod event;
mod example;
mod export;
mod guard;
mod host;
mod krets;
mod labels;
mod mail;
mod news;
mod notice;
mod people;
mod profile;
mod road;
mod roads;
mod rulings;
mod search;
mod secret;
mod session;
mod since;
mod starter;
mod ticket;
mod world;

pub use command::call;
pub use error::{Code, Error, LOG_DAYS_KEPT, log_panics_by_place};
pub use event::{Event, Events};
pub use example::{Size, generator_hash};
pub use host::{Host, Setup};
pub use profile::{Folder, ProfileFolder, folder_kind, standard_folder};
pub use secret::{KeyFile, MemorySecrets, PassphraseFile, SecretError, SecretStore};
pub use session::Session;
pub use ticket::Tickets;
pub use world::{Clock, Entropy, FixedClock, OsEntropy, SeededEntropy, SystemClock, World};
