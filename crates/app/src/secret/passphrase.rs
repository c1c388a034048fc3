//! The key sealed under a passphrase, for computers without a key store.
//!
//! File: 1 version byte, 16 salt, 24 nonce, sealed key (32 + 16 tag). Argon2id with 64 MiB,
//! 3 passes, 1 lane (RFC 9106, second recommendation with less memory for 4 GB laptops);
//! XChaCha20-Poly1305 with the version and salt as associated data.

use super::{SecretError, write_new};
use crate::World;
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use radrum_store::DbKey;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const SALT: usize = 16;
const NONCE: usize = 24;
const FILE_BYTES: usize = 1 + SALT + NONCE + 32 + 16;
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

/// A passphrase file of a profile folder.
#[derive(Debug, Clone)]
pub struct PassphraseFile {
    path: PathBuf,
}

impl PassphraseFile {
    /// The file of a profile folder.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self {
            path: folder.join("passphrase.key"),
        }
    }

    /// Whether the profile is opened with a passphrase.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.path.exists()
    }

    /// Seals a key under a passphrase.
    ///
    /// # Errors
    /// [`SecretError::Io`] when the file cannot be written or is there already.
    pub fn seal(&self, world: &World, passphrase: &str, key: &DbKey) -> Result<(), SecretError> {
        let fail = |_| SecretError::Unavailable("randomness".into());
        let salt: [u8; SALT] = world.random().map_err(fail)?;
        let nonce: [u8; NONCE] = world.random().map_err(fail)?;
        let mut file = vec![VERSION];
        file.extend_from_slice(&salt);
        let payload = Payload {
            msg: key.expose(),
            aad: &file,
        };
        let sealed = cipher(passphrase, &salt)?
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| SecretError::Malformed)?;
        file.extend_from_slice(&nonce);
        file.extend_from_slice(&sealed);
        write_new(&self.path, &file)?;
        Ok(())
    }

    /// Opens the key.
    ///
    /// # Errors
    /// [`SecretError::WrongPassphrase`], or [`SecretError::Malformed`] for a damaged file.
    pub fn open(&self, passphrase: &str) -> Result<DbKey, SecretError> {
        let file = std::fs::read(&self.path)?;
        if file.len() != FILE_BYTES || file.first() != Some(&VERSION) {
            return Err(SecretError::Malformed);
        }
        let (head, rest) = file.split_at(1 + SALT);
        let (nonce, sealed) = rest.split_at(NONCE);
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| SecretError::Malformed)?;
        let opened = cipher(passphrase, &head[1..])?
            .decrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: sealed,
                    aad: head,
                },
            )
            .map_err(|_| SecretError::WrongPassphrase)?;
        let opened = Zeroizing::new(opened);
        let bytes = opened
            .as_slice()
            .try_into()
            .map_err(|_| SecretError::Malformed)?;
        Ok(DbKey::new(bytes))
    }
}

fn cipher(passphrase: &str, salt: &[u8]) -> Result<XChaCha20Poly1305, SecretError> {
    let params =
        Params::new(MEMORY_KIB, PASSES, 1, Some(32)).map_err(|_| SecretError::Malformed)?;
    let mut key = Zeroizing::new([0_u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, key.as_mut_slice())
        .map_err(|_| SecretError::Malformed)?;
    XChaCha20Poly1305::new_from_slice(key.as_slice()).map_err(|_| SecretError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::PassphraseFile;
    use crate::{SecretError, World};
    use radrum_store::DbKey;

    #[test]
    fn the_right_passphrase_opens_and_a_wrong_one_or_a_flipped_bit_does_not() {
        let folder = tempfile::tempdir().expect("folder");
        let file = PassphraseFile::new(folder.path());
        let key = DbKey::new([9; 32]);
        file.seal(&World::real(), "sommar i Åsele", &key)
            .expect("seal");
        assert_eq!(
            file.open("sommar i Åsele").expect("open").expose(),
            key.expose()
        );
        assert!(matches!(
            file.open("sommar i Asele"),
            Err(SecretError::WrongPassphrase)
        ));
        assert!(
            file.seal(&World::real(), "annan", &key).is_err(),
            "never replaced"
        );

        let path = folder.path().join("passphrase.key");
        let mut bytes = std::fs::read(&path).expect("read");
        bytes[60] ^= 1;
        std::fs::write(&path, bytes).expect("write");
        assert!(matches!(
            file.open("sommar i Åsele"),
            Err(SecretError::WrongPassphrase)
        ));
    }
}
