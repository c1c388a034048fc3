//! The secrets of a device and of a krets. All are wiped when dropped and show nothing when
//! printed.

use crate::random::{Random, draw, draw_secret};
use crate::{SealError, aead, sign, wrap};
use ed25519_dalek::SigningKey;
use radrum_wire::{AuthKey, FactSignature, Nonce, SignKey, Signature, SignedFact, WrapKey};
use std::fmt;
use zeroize::Zeroizing;

const FILE_MAGIC: [u8; 16] = *b"radrum keys v1\0\0";

/// The three keys of one device. They lie in a file of their own beside the database, so no
/// backup of the database holds them.
pub struct DeviceKeys {
    sign: SigningKey,
    wrap: Zeroizing<[u8; 32]>,
    auth: SigningKey,
}

impl fmt::Debug for DeviceKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceKeys").finish_non_exhaustive()
    }
}

impl DeviceKeys {
    /// Length of [`DeviceKeys::to_secret`] in bytes.
    pub const SECRET_BYTES: usize = 96;

    /// Draws the keys of a new device. The three are independent of each other: what a relay
    /// sees of one says nothing about another.
    ///
    /// # Errors
    /// [`SealError::NoRandomness`].
    pub fn generate(random: &mut dyn Random) -> Result<Self, SealError> {
        Ok(Self::from_secret(&*draw_secret::<96>(random)?))
    }

    /// The keys of 96 secret bytes.
    #[must_use]
    pub fn from_secret(secret: &[u8; Self::SECRET_BYTES]) -> Self {
        let part = |start: usize| {
            let mut bytes = Zeroizing::new([0; 32]);
            bytes.copy_from_slice(&secret[start..start + 32]);
            bytes
        };
        Self {
            sign: SigningKey::from_bytes(&part(0)),
            wrap: part(32),
            auth: SigningKey::from_bytes(&part(64)),
        }
    }

    /// The 96 secret bytes.
    #[must_use]
    pub fn to_secret(&self) -> Zeroizing<[u8; Self::SECRET_BYTES]> {
        let mut secret = Zeroizing::new([0; Self::SECRET_BYTES]);
        secret[..32].copy_from_slice(self.sign.as_bytes());
        secret[32..64].copy_from_slice(self.wrap.as_ref());
        secret[64..].copy_from_slice(self.auth.as_bytes());
        secret
    }

    /// The content of the file of keys, sealed under the key of the database.
    ///
    /// # Errors
    /// [`SealError::NoRandomness`].
    pub fn lock(&self, database: &[u8; 32], random: &mut dyn Random) -> Result<Vec<u8>, SealError> {
        let nonce = Nonce::from_bytes(draw(random)?);
        let key = file_key(database);
        let sealed = aead::seal(&key, &nonce, &FILE_MAGIC, self.to_secret().as_ref())?;
        let mut file = FILE_MAGIC.to_vec();
        file.extend_from_slice(nonce.as_bytes());
        file.extend(sealed);
        Ok(file)
    }

    /// Reads the file of keys.
    ///
    /// # Errors
    /// [`SealError::BadKeys`] when the file is damaged or the key is another.
    pub fn unlock(file: &[u8], database: &[u8; 32]) -> Result<Self, SealError> {
        let rest = file.strip_prefix(&FILE_MAGIC).ok_or(SealError::BadKeys)?;
        let (nonce, sealed) = rest
            .split_at_checked(Nonce::BYTES)
            .ok_or(SealError::BadKeys)?;
        let nonce = Nonce::try_from(nonce).map_err(|_| SealError::BadKeys)?;
        let secret = aead::open(&file_key(database), &nonce, &FILE_MAGIC, sealed)
            .map_err(|_| SealError::BadKeys)?;
        let secret: &[u8; Self::SECRET_BYTES] = secret
            .as_slice()
            .try_into()
            .map_err(|_| SealError::BadKeys)?;
        Ok(Self::from_secret(secret))
    }

    /// The public key that entries and facts are verified with.
    #[must_use]
    pub fn sign_key(&self) -> SignKey {
        SignKey::from_bytes(self.sign.verifying_key().to_bytes())
    }

    /// The public key that epoch keys are wrapped to.
    ///
    /// # Errors
    /// [`SealError::BadKeys`], which no drawn key gives.
    pub fn wrap_key(&self) -> Result<WrapKey, SealError> {
        wrap::public(&self.wrap)
    }

    /// The public key that relays know.
    #[must_use]
    pub fn auth_key(&self) -> AuthKey {
        AuthKey::from_bytes(self.auth.verifying_key().to_bytes())
    }

    /// Signs what a road asks for with the relay key. Each such message begins with a text of
    /// its own (`wire::relay::auth_signing_bytes`), so none can be taken for a fact or an entry.
    #[must_use]
    pub fn sign_for_road(&self, message: &[u8]) -> Signature {
        sign::sign(&self.auth, message)
    }

    /// Adds this device's signature to a fact.
    pub fn sign_fact(&self, fact: &mut SignedFact) {
        add_signature(&self.sign, fact);
    }

    pub(crate) const fn sign_secret(&self) -> &SigningKey {
        &self.sign
    }

    pub(crate) const fn auth_secret(&self) -> &SigningKey {
        &self.auth
    }

    pub(crate) fn wrap_secret(&self) -> &[u8; 32] {
        &self.wrap
    }
}

/// One of the three root keys of a krets. It is shown once, at the founding, and then lies on
/// a stick or on paper.
pub struct RootKey(SigningKey);

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RootKey").finish_non_exhaustive()
    }
}

impl RootKey {
    /// Draws a root key.
    ///
    /// # Errors
    /// [`SealError::NoRandomness`].
    pub fn generate(random: &mut dyn Random) -> Result<Self, SealError> {
        Ok(Self::from_secret(&*draw_secret::<32>(random)?))
    }

    /// The key of 32 secret bytes.
    #[must_use]
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The 32 secret bytes.
    #[must_use]
    pub fn to_secret(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The public key that the founding names.
    #[must_use]
    pub fn sign_key(&self) -> SignKey {
        SignKey::from_bytes(self.0.verifying_key().to_bytes())
    }

    /// Adds this root's signature to a fact.
    pub fn sign_fact(&self, fact: &mut SignedFact) {
        add_signature(&self.0, fact);
    }
}

fn add_signature(key: &SigningKey, fact: &mut SignedFact) {
    let by = FactSignature {
        key: SignKey::from_bytes(key.verifying_key().to_bytes()),
        signature: sign::sign(key, &fact.signing_bytes()),
    };
    fact.signatures.retain(|other| other.key != by.key);
    fact.signatures.push(by);
    fact.signatures.sort_unstable();
}

fn file_key(database: &[u8; 32]) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(blake3::derive_key(
        "radrum 2026-11-22 device keys file v1",
        database,
    ))
}
