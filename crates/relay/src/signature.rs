//! The only cryptography of a relay: is this signature right?

use ed25519_dalek::VerifyingKey;
use radrum_wire::{AuthKey, Signature};

/// Whether a key signed a message; strictly (no small-order keys, no second encoding).
#[must_use]
pub fn is_by(key: AuthKey, message: &[u8], signature: Signature) -> bool {
    let signature = ed25519_dalek::Signature::from_bytes(signature.as_bytes());
    VerifyingKey::from_bytes(key.as_bytes())
        .is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
}
