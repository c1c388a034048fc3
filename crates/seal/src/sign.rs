//! Ed25519 (RFC 8032), verified strictly: small-order keys and malleable signatures are
//! refused, so that every device comes to the same verdict.

use crate::SealError;
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use radrum_wire::{SignKey, Signature};

pub(crate) fn sign(key: &SigningKey, message: &[u8]) -> Signature {
    Signature::from_bytes(key.sign(message).to_bytes())
}

pub(crate) fn verify(
    key: &SignKey,
    message: &[u8],
    signature: &Signature,
) -> Result<(), SealError> {
    let wrong = SealError::WrongSignature;
    let key = VerifyingKey::from_bytes(key.as_bytes()).map_err(|_| wrong)?;
    let signature = ed25519_dalek::Signature::from_bytes(signature.as_bytes());
    key.verify_strict(message, &signature).map_err(|_| wrong)
}

#[cfg(test)]
mod tests {
    use super::{sign, verify};
    use crate::SealError;
    use ed25519_dalek::SigningKey;
    use radrum_wire::{SignKey, Signature};

    fn bytes<const N: usize>(text: &str) -> [u8; N] {
        std::array::from_fn(|n| u8::from_str_radix(&text[2 * n..2 * n + 2], 16).expect("hex"))
    }

    /// RFC 8032, 7.1, test 2.
    #[test]
    fn the_example_of_the_rfc_comes_out() {
        let secret = SigningKey::from_bytes(&bytes(
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        ));
        let signature = Signature::from_bytes(bytes(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ));
        let public = SignKey::from_bytes(secret.verifying_key().to_bytes());
        assert_eq!(sign(&secret, &[0x72]), signature);
        assert_eq!(verify(&public, &[0x72], &signature), Ok(()));
        let wrong = Err(SealError::WrongSignature);
        assert_eq!(verify(&public, &[0x73], &signature), wrong);
    }

    #[test]
    fn keys_of_small_order_sign_nothing() {
        // The neutral element: with it a signature of zeros would fit every message.
        let mut one = [0; 32];
        one[0] = 1;
        let mut signature = [0; 64];
        signature[0] = 1;
        let verdict = verify(
            &SignKey::from_bytes(one),
            b"anything",
            &Signature::from_bytes(signature),
        );
        assert_eq!(verdict, Err(SealError::WrongSignature));
    }
}
