//! One file that a passphrase opens, here and with the standard tool `age -d`
//! (age-encryption.org/v1, a scrypt recipient alone).
//!
//! The key of a file is given back when it is sealed: with it the same file is opened to be
//! tried, and no other. The passphrase is kept nowhere.

use crate::{Code, Error};
use age::secrecy::{ExposeSecret, SecretString};
use age::{DecryptError, Decryptor, EncryptError, Encryptor, Identity, Recipient, scrypt};
use age_core::format::{FILE_KEY_BYTES, FileKey, Stanza};
use std::cell::RefCell;
use std::collections::HashSet;
use std::io::{Read, Write};
use zeroize::Zeroizing;

/// Work of stretching a passphrase, 2^18: what the standard tool takes, 256 MiB and about a
/// second.
const WORK: u8 = 18;

/// Most work that is done for a file that came from elsewhere: 1 GiB.
const WORK_MAX: u8 = 20;

/// The key of one file.
pub(crate) type Key = Zeroizing<[u8; FILE_KEY_BYTES]>;

/// Seals bytes under a passphrase. Gives the file and its key.
///
/// # Errors
/// [`Code::Bug`] when the system gives no randomness.
pub(crate) fn seal(plain: &[u8], passphrase: &str) -> Result<(Vec<u8>, Key), Error> {
    let mut stretched = scrypt::Recipient::new(SecretString::from(passphrase.to_string()));
    stretched.set_work_factor(WORK);
    let recipient = Noting {
        stretched,
        key: RefCell::default(),
    };
    let to: &dyn Recipient = &recipient;
    let sealing = Encryptor::with_recipients(std::iter::once(to))
        .map_err(|error| Error::bug(format!("age: {error}")))?;
    let mut file = Vec::with_capacity(plain.len() + plain.len() / 1_000 + 1_024);
    let written = sealing.wrap_output(&mut file).and_then(|mut out| {
        out.write_all(plain)?;
        out.finish().map(|_| ())
    });
    written.map_err(|error| Error::bug(format!("age: {error}")))?;
    let key = recipient.key.into_inner();
    Ok((file, key.ok_or_else(|| Error::bug("age: no file key"))?))
}

/// Opens a file with its passphrase.
///
/// # Errors
/// [`Code::WrongPassphrase`]; [`Code::BadBackup`] for a file that is damaged, cut or not sealed
/// with a passphrase.
pub(crate) fn open(file: &[u8], passphrase: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut identity = scrypt::Identity::new(SecretString::from(passphrase.to_string()));
    identity.set_max_work_factor(WORK_MAX);
    open_with(file, &identity)
}

/// Opens a file with the key that [`seal`] gave.
///
/// # Errors
/// [`Code::BadBackup`] for another file, or one that is damaged or cut.
pub(crate) fn open_kept(file: &[u8], key: &Key) -> Result<Zeroizing<Vec<u8>>, Error> {
    open_with(file, &Kept(key))
}

fn open_with(file: &[u8], identity: &dyn Identity) -> Result<Zeroizing<Vec<u8>>, Error> {
    let bad = |error: DecryptError| {
        let code = match error {
            DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
                Code::WrongPassphrase
            }
            _ => Code::BadBackup,
        };
        Error::new(code, error.to_string())
    };
    let opening = Decryptor::new_buffered(file).map_err(bad)?;
    if !opening.is_scrypt() {
        return Err(Error::new(Code::BadBackup, "no passphrase file"));
    }
    let mut reader = opening.decrypt(std::iter::once(identity)).map_err(bad)?;
    // Room for all of it, so that no copy is left behind by growing.
    let mut plain = Zeroizing::new(Vec::with_capacity(file.len()));
    let read = reader.read_to_end(&mut plain);
    read.map_err(|error| Error::new(Code::BadBackup, error.kind().to_string()))?;
    Ok(plain)
}

/// Seals under the passphrase, and notes the key.
struct Noting {
    stretched: scrypt::Recipient,
    key: RefCell<Option<Key>>,
}

impl Recipient for Noting {
    fn wrap_file_key(&self, key: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        self.key.replace(Some(Zeroizing::new(*key.expose_secret())));
        self.stretched.wrap_file_key(key)
    }
}

/// The key itself. The file proves with it that it is whole.
struct Kept<'a>(&'a Key);

impl Identity for Kept<'_> {
    fn unwrap_stanza(&self, _: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        Some(Ok(FileKey::new(Box::new(**self.0))))
    }
}

#[cfg(test)]
mod tests {
    use super::{open, open_kept, seal};
    use crate::Code;

    #[test]
    fn the_passphrase_and_the_kept_key_open_the_file_and_nothing_else_does() {
        let plain = "Ring före nio. ".repeat(10_000);
        let (file, key) = seal(plain.as_bytes(), "fjäll och älv").expect("seal");
        assert!(file.starts_with(b"age-encryption.org/v1\n-> scrypt "));
        assert_eq!(
            *open(&file, "fjäll och älv").expect("open"),
            plain.as_bytes()
        );
        assert_eq!(*open_kept(&file, &key).expect("kept"), plain.as_bytes());
        let wrong = open(&file, "fjall och alv").expect_err("wrong");
        assert_eq!(wrong.code, Code::WrongPassphrase);
        let (other, _) = seal(plain.as_bytes(), "fjäll och älv").expect("seal");
        let wrong = open_kept(&other, &key).expect_err("another file");
        assert_eq!(wrong.code, Code::BadBackup);
        for at in [30, file.len() / 2, file.len() - 1] {
            let mut bad = file.clone();
            bad[at] ^= 1;
            assert!(open_kept(&bad, &key).is_err(), "byte {at}");
            assert!(open_kept(&file[..at], &key).is_err(), "cut at {at}");
        }
    }
}
