//! A trial of the newest backup: a whole profile is made of it beside the real one, compared
//! with what the backup was made of, and taken away again. The file itself is never touched.

use super::{Newest, age_file, newest, note, read_file};
use crate::api::BackupOutcome;
use crate::commit::make;
use crate::{Code, Error, Session, World};
use radrum_store::{DbKey, Opening};
use std::path::Path;

/// Folder of a trial, in the folder of the profile. What lies in it is a copy of a copy.
const SCRATCH: &str = "provning";

/// A week between trials, ms.
const WEEK_MS: i64 = 7 * 24 * 3_600_000;

impl Newest {
    /// Whether it is to be tried now: a week after the last time, or when the clock says that
    /// this was in the future. A file that was away is tried when it is back.
    pub fn is_due(&self, now: i64) -> bool {
        match (self.tested_at, self.outcome) {
            (Some(_), Some(BackupOutcome::Missing)) if self.file.exists() => true,
            (Some(at), _) => now - at >= WEEK_MS || at > now,
            (None, _) => true,
        }
    }
}

/// Tries the newest backup, and notes what came of it and when. None if there is none.
///
/// # Errors
/// Any error of the store; what is wrong with the file is the outcome.
pub(crate) fn try_newest(session: &Session) -> Result<Option<Newest>, Error> {
    let Some(mut of) = session.read(|read| newest(&read))? else {
        return Ok(None);
    };
    let database = session.readers.path();
    let folder = database.parent().unwrap_or(database);
    let outcome = match try_it(&of, &folder.join(SCRATCH), &session.world) {
        Ok(true) => BackupOutcome::Sound,
        Ok(false) => BackupOutcome::Damaged,
        Err(error) => {
            tracing::warn!(%error, "trial of the backup");
            match error.code {
                _ if !of.file.exists() => BackupOutcome::Missing,
                Code::DiskFull | Code::ReadOnly => BackupOutcome::NoRoom,
                _ => BackupOutcome::Damaged,
            }
        }
    };
    of.outcome = Some(outcome);
    of.tested_at = Some(session.world.clock.now_ms());
    // Another backup may have been written meanwhile.
    let now = session.read(|read| newest(&read))?;
    if now.is_some_and(|now| now.key == of.key) {
        note(session, &of)?;
    }
    Ok(Some(of))
}

fn try_it(of: &Newest, scratch: &Path, world: &World) -> Result<bool, Error> {
    let key = of.key().ok_or_else(|| Error::bug("key of the backup"))?;
    let plain = age_file::open_kept(&read_file(&of.file)?, &key)?;
    clear(scratch)?;
    std::fs::create_dir(scratch).map_err(not_writable)?;
    let opening = Opening {
        path: scratch.join("radrum.db"),
        key: DbKey::new(world.random()?),
        planted: None,
    };
    let made = make(&plain, &opening, world, &[]);
    clear(scratch)?;
    Ok(hex::encode(made?.digest) == of.digest)
}

/// Takes away what a trial or an unfinished restoring left. The backup is where it was.
///
/// # Errors
/// [`Code::DiskFull`] and [`Code::ReadOnly`].
pub(crate) fn clear(scratch: &Path) -> Result<(), Error> {
    if scratch.exists() {
        std::fs::remove_dir_all(scratch).map_err(not_writable)?;
    }
    Ok(())
}

pub(crate) fn not_writable(error: std::io::Error) -> Error {
    let code = match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Code::DiskFull,
        _ => Code::ReadOnly,
    };
    Error::new(code, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::{Newest, WEEK_MS};
    use crate::api::BackupOutcome;

    #[test]
    fn a_backup_is_tried_once_and_then_every_week_and_when_it_is_back() {
        let here = tempfile::NamedTempFile::new().expect("file");
        let mut of = Newest {
            file: here.path().to_path_buf(),
            made_at: 0,
            bytes: 0,
            items: 0,
            digest: String::new(),
            key: String::new(),
            tested_at: None,
            outcome: None,
        };
        assert!(of.is_due(5));
        (of.tested_at, of.outcome) = (Some(5), Some(BackupOutcome::Sound));
        assert!(!of.is_due(5) && !of.is_due(4 + WEEK_MS));
        assert!(of.is_due(5 + WEEK_MS));
        assert!(of.is_due(4), "the clock was set back");
        of.outcome = Some(BackupOutcome::Missing);
        assert!(of.is_due(6), "it is back");
        of.file.set_extension("borta");
        assert!(!of.is_due(6));
    }
}
