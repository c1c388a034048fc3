//! HPKE (RFC 9180), base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305.
//! Who sent something is told by the signature around it.

use crate::SealError;
use crate::random::{Random, Stretched};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, Kem, OpModeR, OpModeS, Serializable as _};
use radrum_wire::WrapKey;
use zeroize::Zeroizing;

type Suite = X25519HkdfSha256;

pub(crate) fn public(secret: &[u8; 32]) -> Result<WrapKey, SealError> {
    let secret = <Suite as Kem>::PrivateKey::from_bytes(secret).map_err(|_| SealError::BadKeys)?;
    let public = Suite::sk_to_pk(&secret).to_bytes();
    WrapKey::try_from(public.as_slice()).map_err(|_| SealError::BadKeys)
}

/// The encapsulated key and the sealed bytes.
pub(crate) fn seal(
    to: &WrapKey,
    info: &[u8],
    plain: &[u8],
    random: &mut dyn Random,
) -> Result<([u8; 32], Vec<u8>), SealError> {
    let to =
        <Suite as Kem>::PublicKey::from_bytes(to.as_bytes()).map_err(|_| SealError::BadKeys)?;
    let mut random = Stretched::new(random)?;
    let (encapsulated, sealed) = hpke::single_shot_seal_with_rng::<
        ChaCha20Poly1305,
        HkdfSha256,
        Suite,
    >(&OpModeS::Base, &to, info, plain, &[], &mut random)
    .map_err(|_| SealError::BadKeys)?;
    let encapsulated = encapsulated.to_bytes();
    let encapsulated = encapsulated
        .as_slice()
        .try_into()
        .map_err(|_| SealError::BadKeys)?;
    Ok((encapsulated, sealed))
}

pub(crate) fn open(
    secret: &[u8; 32],
    encapsulated: &[u8; 32],
    info: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let secret = <Suite as Kem>::PrivateKey::from_bytes(secret).map_err(|_| SealError::BadKeys)?;
    let encapsulated =
        <Suite as Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| SealError::Broken)?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Suite>(
        &OpModeR::Base,
        &secret,
        &encapsulated,
        info,
        sealed,
        &[],
    )
    .map(Zeroizing::new)
    .map_err(|_| SealError::Broken)
}

#[cfg(test)]
mod tests {
    use super::Suite;
    use hpke::aead::ChaCha20Poly1305;
    use hpke::kdf::HkdfSha256;
    use hpke::{Deserializable as _, Kem, OpModeR};

    fn bytes(text: &str) -> Vec<u8> {
        let pair = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).expect("hex");
        (0..text.len()).step_by(2).map(pair).collect()
    }

    /// RFC 9180, A.2.1, sequence number 0.
    #[test]
    fn the_example_of_the_rfc_opens() {
        let secret = bytes("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb");
        let encapsulated =
            bytes("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a");
        let sealed = bytes(
            "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db\
21993c62ce81883d2dd1b51a28",
        );
        let opened = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Suite>(
            &OpModeR::Base,
            &<Suite as Kem>::PrivateKey::from_bytes(&secret).expect("secret"),
            &<Suite as Kem>::EncappedKey::from_bytes(&encapsulated).expect("key"),
            b"Ode on a Grecian Urn",
            &sealed,
            b"Count-0",
        );
        let plain = b"Beauty is truth, truth beauty".to_vec();
        assert_eq!(opened.expect("opened"), plain);
    }
}
