//! Backups of this computer, and a first start from one.

use super::Nothing;
use super::start::check_passphrase;
use crate::api::{BackupState, BackupToFile, Restore, StartState};
use crate::backup::{age_file, is_restored, newest, read_file, try_newest, write};
use crate::{Error, Host, Session};

pub(super) fn backup_state(session: &Session, _: Nothing) -> Result<BackupState, Error> {
    session.read(|read| {
        Ok(BackupState {
            last: newest(&read)?.map(|newest| newest.told()),
            rejoin: is_restored(&read)?,
        })
    })
}

pub(super) fn write_backup(host: &Host, args: BackupToFile) -> Result<BackupState, Error> {
    let session = host.session()?;
    check_passphrase(Some(&args.passphrase))?;
    let file = host.tickets().take(&args.ticket)?;
    write(&session, &file, &args.passphrase)?;
    backup_state(&session, Nothing {})
}

pub(super) fn test_backup(session: &Session, _: Nothing) -> Result<BackupState, Error> {
    try_newest(session)?;
    backup_state(session, Nothing {})
}

/// The ticket stays good when the passphrase was wrong: the file was right.
pub(super) fn restore(host: &Host, args: Restore) -> Result<StartState, Error> {
    check_passphrase(args.new_passphrase.as_ref())?;
    let file = host.tickets().look(&args.ticket)?;
    let plain = age_file::open(&read_file(&file)?, &args.passphrase)?;
    let state = host.restore(&plain, args.new_passphrase.as_deref())?;
    host.tickets().take(&args.ticket)?;
    Ok(state)
}
