use std::fmt;
use zeroize::Zeroizing;

/// The raw 32-byte key of the database file. Wiped from memory when dropped; never shown.
#[derive(Clone)]
pub struct DbKey(Zeroizing<[u8; 32]>);

impl DbKey {
    /// Wraps key bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes, for sealing them at rest.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// `x'…'`, which SQLCipher takes as the key itself, without a password hash.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(68));
        text.push_str("x'");
        for byte in self.0.iter() {
            for nibble in [byte >> 4, byte & 15] {
                text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
            }
        }
        text.push('\'');
        text
    }

    /// A fingerprint to keep beside the file: it tells a wrong key from a damaged file
    /// (security.md 0.11) and says nothing about the key.
    #[must_use]
    pub fn check(&self, install: &[u8]) -> [u8; 32] {
        *blake3::keyed_hash(&self.0, install).as_bytes()
    }
}

impl fmt::Debug for DbKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DbKey(…)")
    }
}
