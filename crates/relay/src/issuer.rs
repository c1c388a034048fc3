//! Signing tokens without seeing them (RFC 9474), and knowing them again.
//!
//! The relay signs for whoever shows a relay key, and takes a post from whoever shows a token
//! that it signed. What it signed is blinded, so nothing that it holds ties the two.

use blind_rsa_signatures::{Deterministic, KeyPair, PSS, PublicKey, SecretKey, Sha384, Signature};
use radrum_wire::limits::TOKEN_BYTES;
use radrum_wire::{AnonymousToken, Blinded, RegionId};

/// Seconds of a week, by which tokens are handed out.
pub const WEEK_S: u64 = 7 * 24 * 60 * 60;

/// The key that signs the tokens of one krets.
pub struct Issuer {
    secret: SecretKey<Sha384, PSS, Deterministic>,
    public: PublicKey<Sha384, PSS, Deterministic>,
    der: Vec<u8>,
}

/// The key cannot be drawn or read, or a blinded message is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no blind signature")]
pub struct NoSignature;

impl Issuer {
    /// Draws an RSA-2048 key, in PKCS #8. Takes a second or so.
    ///
    /// # Errors
    /// [`NoSignature`].
    pub fn generate() -> Result<Vec<u8>, NoSignature> {
        let bits = TOKEN_BYTES * 8;
        let pair = KeyPair::<Sha384, PSS, Deterministic>::generate(
            &mut blind_rsa_signatures::DefaultRng,
            bits,
        );
        pair.and_then(|pair| pair.sk.to_der())
            .map_err(|_| NoSignature)
    }

    /// Reads what [`Issuer::generate`] gave.
    ///
    /// # Errors
    /// [`NoSignature`].
    pub fn read(secret: &[u8]) -> Result<Self, NoSignature> {
        let secret = SecretKey::from_der(secret).map_err(|_| NoSignature)?;
        let public = secret.public_key().map_err(|_| NoSignature)?;
        let der = public.to_der().map_err(|_| NoSignature)?;
        Ok(Self {
            secret,
            public,
            der,
        })
    }

    /// The public key, as the DER of a SubjectPublicKeyInfo.
    #[must_use]
    pub fn public_der(&self) -> &[u8] {
        &self.der
    }

    /// Signs what it cannot see.
    ///
    /// # Errors
    /// [`NoSignature`] when one is no number below the modulus.
    pub fn sign(&self, blinded: &Blinded) -> Result<Blinded, NoSignature> {
        let signed = blinded.0.iter().map(|one| {
            let signed = self.secret.blind_sign(one.as_slice());
            signed.map(|signed| signed.0.into())
        });
        let all: Result<_, _> = signed.collect();
        all.map(Blinded).map_err(|_| NoSignature)
    }

    /// Whether it signed a token.
    #[must_use]
    pub fn has_signed(&self, region: RegionId, token: &AnonymousToken) -> bool {
        let message = AnonymousToken::issued_bytes(region, token.key);
        let signature = Signature(token.issued.clone());
        self.public.verify(&signature, None, message).is_ok()
    }
}
