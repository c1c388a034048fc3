//! The only error that crosses to the interface: a code and what the sentence needs.

use radrum_domain::{DocumentError, Rejected};
use radrum_store::StoreError;
use serde::Serialize;
use serde_json::{Value, json};
use ts_rs::TS;

/// What the interface can act on. It turns the code into a Swedish sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The command does not exist or its arguments do not fit; a bug of the interface.
    BadArguments,
    /// It cannot be an address of mail.
    BadMailAddress,
    /// No such item.
    NotFound,
    /// A field breaks its rule; `path` and `reason` say which.
    Rejected,
    /// The text tells who a client is, or could; `hits` says where. Nothing was written.
    PersonalData,
    /// The edit stands on a version that this profile does not have.
    UnknownVersion,
    /// No space left. Nothing was written; what was typed is still in the window.
    DiskFull,
    /// Folder or file may not be written.
    ReadOnly,
    /// The database is damaged.
    Damaged,
    /// Another process holds the database.
    Busy,
    /// The database was written by a newer program.
    NewerProgram,
    /// The passphrase does not open the key.
    WrongPassphrase,
    /// The passphrase is too short.
    WeakPassphrase,
    /// The key store took no key.
    KeyNotKept,
    /// The profile is not open.
    NotReady,
    /// A text is too large for one save.
    TooLarge,
    /// The file ticket is used up or unknown.
    BadTicket,
    /// A file could not be written where the user wanted it.
    FileNotWritten,
    /// The file is no starter pack.
    BadPack,
    /// The Exempelkrets is never sealed, sent or read in.
    Example,
    /// This computer is in a krets already, or the one that asks is.
    AlreadyInKrets,
    /// There is no krets yet.
    NotInKrets,
    /// Only an admin of that municipality may do it.
    NotAdmin,
    /// No invitation, request or welcome that fits here.
    BadLetter,
    /// The two people do not have the same check code.
    WrongCheckCode,
    /// The invitation has been used up.
    LetterUsedUp,
    /// Nobody would be left who acts for the municipality.
    LastAdmin,
    /// Nobody takes herself out: another admin does.
    OwnComputer,
    /// One root key alone: two are needed, always.
    LastRoot,
    /// Not root keys of this krets, or the same one twice.
    WrongRootKeys,
    /// The keys of this device are missing or damaged.
    KeysMissing,
    /// The file is no bundle, or it is damaged.
    BadBundle,
    /// The file belongs to another krets.
    OtherKrets,
    /// The file is no backup, or it is damaged.
    BadBackup,
    /// This computer was restored from a backup of another krets.
    RestoredFromOther,
    /// Not the address of a relay.
    BadAddress,
    /// The item is shown from a snapshot; its changes are still being fetched.
    NotYetHere,
    /// It is somebody else's to erase.
    MayNotErase,
    /// Nobody can write without a name here now.
    NotAnonymous,
    /// A fault of the program. Nothing was lost.
    Bug,
}

/// Days for which a shell keeps the files of its log.
pub const LOG_DAYS_KEPT: usize = 14;

/// Logs where a panic was, and never its text, which may hold what somebody typed.
pub fn log_panics_by_place() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}

/// An error with its code.
#[derive(Debug, Serialize, thiserror::Error)]
#[error("{code:?}: {detail}")]
pub struct Error {
    /// What the interface acts on.
    pub code: Code,
    /// What the sentence needs: a field, a limit. Never content.
    pub args: Value,
    /// For the log: codes, ids, counts and sizes.
    #[serde(skip)]
    pub detail: String,
}

impl Error {
    /// An error whose sentence needs nothing more.
    #[must_use]
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            args: json!({}),
            detail: detail.into(),
        }
    }

    pub(crate) fn bug(detail: impl Into<String>) -> Self {
        Self::new(Code::Bug, detail)
    }

    pub(crate) fn not_found(key: impl std::fmt::Display) -> Self {
        Self::new(Code::NotFound, key.to_string())
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::NotReadable | StoreError::Damaged => Code::Damaged,
            StoreError::Full => Code::DiskFull,
            StoreError::ReadOnly => Code::ReadOnly,
            StoreError::Busy => Code::Busy,
            StoreError::Newer { .. } => Code::NewerProgram,
            StoreError::Malformed(_) | StoreError::Sqlite(_) | StoreError::Migration(_) => {
                Code::Bug
            }
        };
        Self::new(code, error.to_string())
    }
}

impl From<DocumentError> for Error {
    fn from(error: DocumentError) -> Self {
        match error {
            DocumentError::Rejected(rejected) => rejected.into(),
            DocumentError::UnknownHeads => Self::new(Code::UnknownVersion, error.to_string()),
            DocumentError::Damaged => Self::new(Code::Damaged, error.to_string()),
            DocumentError::Automerge(_) => Self::bug(error.to_string()),
        }
    }
}

impl From<Rejected> for Error {
    fn from(rejected: Rejected) -> Self {
        let args = serde_json::to_value(&rejected).unwrap_or_default();
        Self {
            code: Code::Rejected,
            args,
            detail: rejected.to_string(),
        }
    }
}

impl From<getrandom::Error> for Error {
    fn from(error: getrandom::Error) -> Self {
        Self::bug(format!("randomness: {error}"))
    }
}
