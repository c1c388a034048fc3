//! The operating system's key store: Secret Service, Credential Manager, Keychain.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use keyring::{Entry, Error};
use radrum_app::{SecretError, SecretStore};
use radrum_store::DbKey;
use std::sync::mpsc::channel;
use std::time::Duration;

const APPLICATION: &str = "Rådrum";

/// A key store that has not answered by then counts as missing: nobody waits for a daemon.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// Asks the key store on a thread of its own, because some wait for ever.
#[derive(Debug, Clone, Copy)]
pub struct KeyringStore;

impl SecretStore for KeyringStore {
    fn get(&self, profile: &str) -> Result<Option<DbKey>, SecretError> {
        let profile = profile.to_string();
        answered(move || {
            // Text, because KWallet keeps nothing else (libraries.md G13).
            match Entry::new(APPLICATION, &profile)?.get_password() {
                Ok(text) => Ok(Some(text)),
                Err(Error::NoEntry) => Ok(None),
                Err(error) => Err(error),
            }
        })?
        .map(|text| {
            let bytes = STANDARD.decode(text).map_err(|_| SecretError::Malformed)?;
            Ok(DbKey::new(
                bytes.try_into().map_err(|_| SecretError::Malformed)?,
            ))
        })
        .transpose()
    }

    fn put(&self, profile: &str, key: &DbKey) -> Result<(), SecretError> {
        let (profile, text) = (profile.to_string(), STANDARD.encode(key.expose()));
        answered(move || Entry::new(APPLICATION, &profile)?.set_password(&text))
    }
}

fn answered<T: Send + 'static>(
    ask: impl FnOnce() -> keyring::Result<T> + Send + 'static,
) -> Result<T, SecretError> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        // Nobody listens any more after the time has passed.
        let _ = sender.send(ask());
    });
    match receiver.recv_timeout(ANSWER_WITHIN) {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(SecretError::Unavailable(kind(&error).to_string())),
        Err(_) => Err(SecretError::Unavailable("no answer within 2 s".to_string())),
    }
}

/// What the log may say: the error's own text can hold data of the entry.
const fn kind(error: &Error) -> &'static str {
    match error {
        Error::NoStorageAccess(_) => "locked or refused",
        Error::NoDefaultStore => "no key store",
        Error::PlatformFailure(_) => "platform failure",
        _ => "other",
    }
}
