//! Backups: one file that holds everything but keys and what is private, and trials of it.
//!
//! What is noted of the newest lies in the encrypted database: where it is, a digest of what it
//! holds, and the key of that one file, so that it can be tried without anybody there.

pub(crate) mod age_file;
mod quiet;
mod trial;

pub(crate) use quiet::Quiet;
pub(crate) use trial::{clear, not_writable, try_newest};

use crate::api::{BackupOutcome, LastBackup};
use crate::commit::RESTORED;
use crate::{Code, Error, Session};
use age_file::Key;
use radrum_store::Read;
use serde::{Deserialize, Serialize};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Setting of what is noted of the newest backup.
const NEWEST: &str = "newest_backup";

/// Longest file that is read: 1 GiB. It is opened in memory.
const FILE_BYTES_MAX: u64 = 1 << 30;

/// What is noted of the newest backup.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Newest {
    pub file: PathBuf,
    pub made_at: i64,
    pub bytes: u64,
    pub items: u64,
    /// Hexadecimal, of what it holds.
    digest: String,
    /// Hexadecimal, of this file alone.
    key: String,
    pub tested_at: Option<i64>,
    pub outcome: Option<BackupOutcome>,
}

impl Newest {
    fn key(&self) -> Option<Key> {
        let mut key = Key::default();
        hex::decode_to_slice(self.key.as_bytes(), key.as_mut_slice()).ok()?;
        Some(key)
    }

    /// As the interface is told.
    pub fn told(&self) -> LastBackup {
        LastBackup {
            file: self.file.display().to_string(),
            made_at: self.made_at,
            bytes: self.bytes,
            items: self.items,
            tested_at: self.tested_at,
            outcome: self.outcome,
        }
    }
}

/// What is noted of the newest backup, if one was made.
///
/// # Errors
/// Any error of the store.
pub(crate) fn newest(read: &Read<'_>) -> Result<Option<Newest>, Error> {
    let noted = read.setting(NEWEST)?;
    Ok(noted.and_then(|noted| serde_json::from_str(&noted).ok()))
}

/// Whether this computer was restored, and its krets has not let it in again.
///
/// # Errors
/// Any error of the store.
pub(crate) fn is_restored(read: &Read<'_>) -> Result<bool, Error> {
    let krets = read.setting(RESTORED)?;
    Ok(krets.is_some_and(|krets| !krets.is_empty()))
}

fn note(session: &Session, newest: &Newest) -> Result<(), Error> {
    let noted = serde_json::to_string(newest).map_err(|_| Error::bug("backup note"))?;
    session.write("", move |batch| {
        Ok(batch.private().put_setting(NEWEST, &noted)?)
    })
}

/// Writes a backup. The file appears whole or not at all; it is then read back from where it
/// lies and opened with the passphrase.
///
/// # Errors
/// [`Code::Example`]; [`Code::NotInKrets`] on a computer that was restored and has not been let
/// in again; [`Code::DiskFull`] and [`Code::FileNotWritten`]; any error of the store.
pub(crate) fn write(session: &Session, file: &Path, passphrase: &str) -> Result<Newest, Error> {
    if session.example {
        return Err(Error::new(Code::Example, "the Exempelkrets stays here"));
    }
    // What was written since stands in the clear in a log that nobody knows yet.
    if session.read(|read| is_restored(&read))? {
        return Err(Error::new(Code::NotInKrets, "to be let in again"));
    }
    let backup = session.readers.backup(session.world.clock.now_ms())?;
    let (sealed, key) = age_file::seal(&backup.bytes, passphrase)?;
    crate::export::write_whole(file, &sealed)?;
    let there = age_file::open(&read_file(file)?, passphrase);
    if !there.is_ok_and(|plain| *plain == *backup.bytes) {
        return Err(Error::new(Code::FileNotWritten, "reads back otherwise"));
    }
    let newest = Newest {
        file: file.to_path_buf(),
        made_at: backup.about.made_at,
        bytes: sealed.len() as u64,
        items: backup.about.items,
        digest: hex::encode(backup.about.digest),
        key: hex::encode(key.as_slice()),
        tested_at: None,
        outcome: None,
    };
    note(session, &newest)?;
    Ok(newest)
}

/// Reads a file that may be a backup.
///
/// # Errors
/// [`Code::BadBackup`].
pub(crate) fn read_file(file: &Path) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    // One byte more than allowed tells a longer file without reading it.
    let read = std::fs::File::open(file)
        .and_then(|open| open.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes));
    read.map_err(|error| Error::new(Code::BadBackup, error.kind().to_string()))?;
    if bytes.len() as u64 > FILE_BYTES_MAX {
        return Err(Error::new(Code::BadBackup, "too long"));
    }
    Ok(bytes)
}
