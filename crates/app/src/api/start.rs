use super::Named;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the window shows first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum StartState {
    /// The profile is open.
    Ready {
        /// Its head.
        session: SessionInfo,
    },
    /// There is no profile yet.
    FirstRun {
        /// This computer has no key store: a passphrase is needed.
        needs_passphrase: bool,
    },
    /// The key lies under a passphrase.
    Passphrase,
    /// The profile cannot be opened; the file is as it was.
    Trouble {
        /// Which trouble.
        trouble: Trouble,
        /// The folder, for the user and IT.
        folder: String,
    },
}

/// Why a profile cannot be opened. Each has its own dialog with a way on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// The key that was found is not this database's.
    WrongKey,
    /// The key store answers and holds no key for this database.
    KeyMissing,
    /// There is no key store on this computer now.
    KeyStoreMissing,
    /// The key is right and the file cannot be read.
    Damaged,
    /// No space left.
    DiskFull,
    /// The folder may not be written.
    ReadOnly,
    /// The folder is copied by a sync program.
    SyncedFolder,
    /// The folder is on another machine.
    NetworkFolder,
    /// Another run has it open.
    AlreadyOpen,
    /// It was written by a newer program.
    NewerProgram,
    /// Anything else; the log says more.
    Unknown,
}

/// The head of an open profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SessionInfo {
    /// Name of the krets.
    pub region: String,
    /// Is the Exempelkrets.
    pub example: bool,
    /// The member who uses this computer.
    pub me: Option<Named>,
    /// Her municipality.
    pub municipality: Option<Named>,
    /// That is FoU: it has no way of its own beside those of the municipalities.
    pub fou: bool,
    /// Today in Sweden, `YYYY-MM-DD`.
    pub today: String,
    /// Program version.
    pub version: String,
    /// Lists and search are still filling up.
    pub rebuilding: bool,
}

/// The first run: a krets, a municipality and who I am.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Found {
    /// Name of the krets.
    pub region: String,
    /// Name of the own municipality.
    pub municipality: String,
    /// Own name.
    pub name: String,
    /// Own role.
    pub role: Option<String>,
    /// Where there is no key store.
    pub passphrase: Option<String>,
}
