//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03). Nonces are random: 24 bytes make a repeat
//! as good as impossible, and a restored disk has no counter to roll back.

use crate::SealError;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305};
use radrum_wire::Nonce;
use zeroize::Zeroizing;

pub(crate) fn seal(
    key: &[u8; 32],
    nonce: &Nonce,
    aad: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, SealError> {
    XChaCha20Poly1305::new(key.into())
        .encrypt(nonce.as_bytes().into(), Payload { msg: plain, aad })
        .map_err(|_| SealError::TooLarge)
}

pub(crate) fn open(
    key: &[u8; 32],
    nonce: &Nonce,
    aad: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    XChaCha20Poly1305::new(key.into())
        .decrypt(nonce.as_bytes().into(), Payload { msg: sealed, aad })
        .map(Zeroizing::new)
        .map_err(|_| SealError::Broken)
}

#[cfg(test)]
mod tests {
    use super::{open, seal};
    use radrum_wire::Nonce;

    /// draft-irtf-cfrg-xchacha-03, A.3.1.
    #[test]
    fn the_example_of_the_draft_comes_out() {
        let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip \
for the future, sunscreen would be it.";
        let aad = [
            0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7,
        ];
        let key: [u8; 32] = std::array::from_fn(|n| 0x80 + u8::try_from(n).unwrap());
        let nonce = Nonce::from_bytes(std::array::from_fn(|n| 0x40 + u8::try_from(n).unwrap()));
        let sealed = seal(&key, &nonce, &aad, plain).expect("sealed");
        assert_eq!(
            sealed[..8],
            [0xbd, 0x6d, 0x17, 0x9d, 0x3e, 0x83, 0xd4, 0x3b]
        );
        let tag = [
            0xc0, 0x87, 0x59, 0x24, 0xc1, 0xc7, 0x98, 0x79, 0x47, 0xde, 0xaf, 0xd8, 0x78, 0x0a,
            0xcf, 0x49,
        ];
        assert_eq!(sealed[plain.len()..], tag);
        assert_eq!(
            open(&key, &nonce, &aad, &sealed).expect("opened")[..],
            plain[..]
        );
    }
}
