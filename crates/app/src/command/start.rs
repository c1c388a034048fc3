//! Opening a profile, the first run, and who uses this computer.

use super::{Acknowledged, Nothing};
use crate::api::{Found, SessionInfo, StartState};
use crate::{Code, Error, Host, Session};
use radrum_domain::{ItemKey, Kind};
use serde::Deserialize;
use ts_rs::TS;

/// Fewest characters of a passphrase: three ordinary words.
pub(crate) const PASSPHRASE_MIN: usize = 12;

/// Opens the profile, or says why not.
pub(super) fn start(host: &Host, _: Nothing) -> Result<StartState, Error> {
    Ok(host.start())
}

/// A passphrase.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Unlock {
    passphrase: String,
}

pub(super) fn unlock(host: &Host, args: Unlock) -> Result<StartState, Error> {
    host.unlock(&args.passphrase)
}

pub(super) fn found(host: &Host, args: Found) -> Result<StartState, Error> {
    for (field, text) in [
        ("region", &args.region),
        ("municipality", &args.municipality),
        ("name", &args.name),
    ] {
        if text.trim().is_empty() {
            let reason = radrum_domain::Reason::Required;
            return Err(radrum_domain::Rejected {
                path: field.into(),
                reason,
            }
            .into());
        }
    }
    check_passphrase(args.passphrase.as_ref())?;
    host.found(&args)
}

/// Refuses a passphrase that is too short.
///
/// # Errors
/// [`Code::WeakPassphrase`].
pub(super) fn check_passphrase(passphrase: Option<&String>) -> Result<(), Error> {
    if passphrase.is_some_and(|p| p.chars().count() < PASSPHRASE_MIN) {
        let mut error = Error::new(Code::WeakPassphrase, "passphrase");
        error.args = serde_json::json!({ "min": PASSPHRASE_MIN });
        return Err(error);
    }
    Ok(())
}

pub(super) fn put_aside(host: &Host, _: Nothing) -> Result<StartState, Error> {
    host.put_aside()
}

pub(super) fn use_standard_folder(host: &Host, _: Nothing) -> Result<StartState, Error> {
    host.use_standard_folder()
}

pub(super) fn choose_me(session: &Session, args: super::page::Key) -> Result<SessionInfo, Error> {
    let me: ItemKey = args.key()?;
    let known = me.kind() == Kind::Member && session.read(|read| Ok(read.title(&me)?))?.is_some();
    if !known {
        return Err(Error::not_found(&me));
    }
    session.set_me(me)?;
    crate::host::session_info(session)
}

pub(super) fn warm_up(session: &Session, _: Nothing) -> Result<Acknowledged, Error> {
    session.warm_up()?;
    Ok(Acknowledged {})
}
