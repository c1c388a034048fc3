//! What a start tells: the head of an open profile, or the word for what stands in the way.

use super::Setup;
use crate::api::{SessionInfo, StartState, Trouble};
use crate::secret::SecretError;
use crate::{Code, Error, Session};

pub(super) fn ready(session: &Session) -> StartState {
    match session_info(session) {
        Ok(session) => StartState::Ready { session },
        Err(error) => {
            tracing::error!(%error, "session");
            StartState::Trouble {
                trouble: trouble_of(&error),
                folder: String::new(),
            }
        }
    }
}

/// The head of an open profile.
pub(crate) fn session_info(session: &Session) -> Result<SessionInfo, Error> {
    let profile = session.profile();
    session.read(|read| {
        let reader = session.reader(&read)?;
        let mut people = session.people(read);
        Ok(SessionInfo {
            region: profile.region_name.clone(),
            example: session.example,
            me: people.named_optional(reader.me.as_ref())?,
            municipality: people.named_optional(reader.municipality.as_ref())?,
            fou: match &reader.municipality {
                Some(organisation) => people.is_fou(organisation)?,
                None => false,
            },
            today: session.world.today().to_string(),
            version: env!("CARGO_PKG_VERSION").to_string(),
            rebuilding: session.is_rebuilding(),
        })
    })
}

pub(super) fn told(setup: &Setup, trouble: Trouble) -> StartState {
    let folder = setup.folder.display().to_string();
    StartState::Trouble { trouble, folder }
}

pub(super) fn trouble_of(error: &Error) -> Trouble {
    match error.code {
        Code::Damaged => Trouble::Damaged,
        Code::DiskFull => Trouble::DiskFull,
        Code::ReadOnly => Trouble::ReadOnly,
        Code::Busy => Trouble::AlreadyOpen,
        Code::NewerProgram => Trouble::NewerProgram,
        _ => Trouble::Unknown,
    }
}

pub(super) fn trouble_of_secret(error: &SecretError) -> Trouble {
    tracing::error!(%error, "key store");
    match error {
        SecretError::Unavailable(_) => Trouble::KeyStoreMissing,
        SecretError::Malformed | SecretError::WrongPassphrase => Trouble::WrongKey,
        SecretError::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => {
            Trouble::DiskFull
        }
        SecretError::Io(_) => Trouble::ReadOnly,
    }
}

pub(super) fn secret_error(error: &SecretError) -> Error {
    let code = match trouble_of_secret(error) {
        Trouble::DiskFull => Code::DiskFull,
        Trouble::ReadOnly => Code::ReadOnly,
        _ => Code::KeyNotKept,
    };
    Error::new(code, error.to_string())
}
