//! Where the database key lies when the program is not running.

mod passphrase;

pub use passphrase::PassphraseFile;

use radrum_store::DbKey;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Why a key cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// There is no place to keep keys on this computer now: no Secret Service, or locked.
    #[error("no key store: {0}")]
    Unavailable(String),
    /// The place answers, and what it holds is no key.
    #[error("stored key is malformed")]
    Malformed,
    /// The passphrase does not open it.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// The file cannot be read or written.
    #[error("key file: {0}")]
    Io(#[from] std::io::Error),
}

/// Keeps one database key for each profile. Implementations: the keyring of the operating
/// system (shell), a passphrase file, a plain file for the Exempelkrets, memory for tests.
pub trait SecretStore: Send + Sync {
    /// The key of a profile, or nothing if none was ever put.
    ///
    /// # Errors
    /// [`SecretError::Unavailable`] when there is no store to ask; within two seconds.
    fn get(&self, profile: &str) -> Result<Option<DbKey>, SecretError>;

    /// Keeps the key of a profile.
    ///
    /// # Errors
    /// Any [`SecretError`]; nothing is kept then.
    fn put(&self, profile: &str, key: &DbKey) -> Result<(), SecretError>;
}

/// A plain key file beside the database: for the Exempelkrets only, whose people are invented.
#[derive(Debug, Clone)]
pub struct KeyFile {
    path: PathBuf,
}

impl KeyFile {
    /// The key file of a profile folder.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self {
            path: folder.join("example.key"),
        }
    }
}

impl SecretStore for KeyFile {
    fn get(&self, _profile: &str) -> Result<Option<DbKey>, SecretError> {
        match std::fs::read(&self.path) {
            Ok(bytes) => {
                let bytes = bytes.try_into().map_err(|_| SecretError::Malformed)?;
                Ok(Some(DbKey::new(bytes)))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn put(&self, _profile: &str, key: &DbKey) -> Result<(), SecretError> {
        write_new(&self.path, key.expose())?;
        Ok(())
    }
}

/// Writes a file that must not be there yet, durably.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Keys in memory, for tests. Can be told to answer like a computer without a key store.
#[derive(Debug, Default)]
pub struct MemorySecrets {
    keys: Mutex<Vec<(String, DbKey)>>,
    unavailable: std::sync::atomic::AtomicBool,
}

impl MemorySecrets {
    /// A computer without a key store.
    #[must_use]
    pub fn unavailable() -> Self {
        let secrets = Self::default();
        secrets.set_unavailable(true);
        secrets
    }

    /// Answers like a computer without a key store from now on, or no longer.
    pub fn set_unavailable(&self, unavailable: bool) {
        self.unavailable
            .store(unavailable, std::sync::atomic::Ordering::SeqCst);
    }

    /// Replaces the key of a profile, as a restored keyring would.
    pub fn replace(&self, profile: &str, key: Option<DbKey>) {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        keys.retain(|(name, _)| name != profile);
        keys.extend(key.map(|key| (profile.to_string(), key)));
    }

    fn check(&self) -> Result<(), SecretError> {
        if self.unavailable.load(std::sync::atomic::Ordering::SeqCst) {
            return Err(SecretError::Unavailable("test".into()));
        }
        Ok(())
    }
}

impl SecretStore for MemorySecrets {
    fn get(&self, profile: &str) -> Result<Option<DbKey>, SecretError> {
        self.check()?;
        let keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(keys
            .iter()
            .find(|(name, _)| name == profile)
            .map(|(_, key)| key.clone()))
    }

    fn put(&self, profile: &str, key: &DbKey) -> Result<(), SecretError> {
        self.check()?;
        self.replace(profile, Some(key.clone()));
        Ok(())
    }
}
