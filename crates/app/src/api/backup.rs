//! What the commands about backups take and give.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a backup goes, and what opens it.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BackupToFile {
    /// A ticket for the file.
    pub ticket: String,
    /// At least twelve characters. Kept nowhere.
    pub passphrase: String,
}

/// What came of a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BackupOutcome {
    /// A profile was made of it, and it holds what the backup was made of.
    Sound,
    /// The file is not where it was put.
    Missing,
    /// It is damaged, or it is another file.
    Damaged,
    /// There was no room to try it here.
    NoRoom,
}

/// The newest backup of this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LastBackup {
    /// Where it was put, for the user and IT.
    pub file: String,
    /// When, UTC ms.
    #[ts(type = "number")]
    pub made_at: i64,
    /// Length of the file.
    #[ts(type = "number")]
    pub bytes: u64,
    /// How many items it holds.
    #[ts(type = "number")]
    pub items: u64,
    /// When it was tried, UTC ms.
    #[ts(type = "number | null")]
    pub tested_at: Option<i64>,
    /// What came of it.
    pub outcome: Option<BackupOutcome>,
}

/// Backups of this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BackupState {
    /// The newest; none was made yet.
    pub last: Option<LastBackup>,
    /// It was restored, and its krets has not let it in again yet.
    pub rejoin: bool,
}

/// A first start from a backup.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Restore {
    /// A ticket for the file.
    pub ticket: String,
    /// What opens it.
    pub passphrase: String,
    /// Where there is no key store: what opens the profile from now on.
    pub new_passphrase: Option<String>,
}
