//! A forger who is a member: he has the epoch key and can encrypt what he likes. Written after
//! FORMAT.md and not with the functions that are tested.

use crate::krets::Krets;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305};
use ed25519_dalek::Signer as _;
use radrum_seal::{EpochKey, SealError, unseal};
use radrum_wire::limits::HEADER_BYTES;
use radrum_wire::{
    Envelope, Family, Header, Inner, Record as _, Signature, entry_signing_bytes, plaintext_length,
    read_plaintext, write_plaintext,
};

/// Opens and verifies as a device of the krets. Checking the signature ahead changes nothing.
pub fn open(krets: &Krets, bytes: &[u8]) -> Result<radrum_seal::Entry, SealError> {
    let envelope = Envelope::decode(bytes)?;
    let unsealed = || unseal(&envelope, krets.founded.region, &krets.epochs);
    let (at_once, mut ahead) = (unsealed()?, unsealed()?);
    ahead.check_ahead(&krets.members);
    let entry = at_once.verify(&krets.members);
    assert_eq!(ahead.verify(&krets.members), entry);
    entry
}

/// An envelope taken apart by a member, after FORMAT.md and not after the code.
pub struct Parts {
    pub header: Header,
    pub inner: Inner,
    pub signature: Signature,
}

pub fn cipher(epoch: &EpochKey, context: &str) -> XChaCha20Poly1305 {
    let key = blake3::derive_key(context, epoch.to_secret().as_ref());
    XChaCha20Poly1305::new(&key.into())
}

pub const ENTRY_KEY: &str = "radrum 2026-11-22 entry key v1";

pub fn apart(krets: &Krets, bytes: &[u8]) -> Parts {
    let (header, sealed) = Envelope::decode(bytes)
        .expect("decoded")
        .open_parts()
        .expect("v1");
    let aad = &bytes[..HEADER_BYTES];
    let plain = cipher(&krets.founded.epoch, ENTRY_KEY)
        .decrypt(header.nonce.as_bytes().into(), Payload { msg: sealed, aad })
        .expect("decrypted");
    let (inner, signature) = read_plaintext(&plain).expect("plain");
    Parts {
        header,
        inner: Inner::decode_record(inner).expect("inner"),
        signature,
    }
}

pub fn encrypt(krets: &Krets, header: &Header, plain: &[u8]) -> Vec<u8> {
    let aad = header.encode();
    let context = match header.place.family() {
        Family::Anonymous => "radrum 2026-11-22 anonymous key v1",
        _ => ENTRY_KEY,
    };
    let sealed = cipher(&krets.founded.epoch, context)
        .encrypt(
            header.nonce.as_bytes().into(),
            Payload {
                msg: plain,
                aad: &aad,
            },
        )
        .expect("encrypted");
    header.envelope(&sealed)
}

pub fn together(krets: &Krets, parts: &Parts) -> Vec<u8> {
    let inner = parts.inner.encode_record().expect("inner");
    let plain = write_plaintext(&inner, &parts.signature).expect("plain");
    encrypt(krets, &parts.header, &plain)
}

/// Signs as the device itself would, whatever the parts say.
pub fn signed(krets: &Krets, mut parts: Parts) -> Vec<u8> {
    let secret = krets.keys.to_secret();
    let key = ed25519_dalek::SigningKey::from_bytes(secret[..32].try_into().expect("32 bytes"));
    let inner = parts.inner.encode_record().expect("inner");
    let padded = plaintext_length(inner.len()).expect("length");
    let message = entry_signing_bytes(&parts.header.encode(), &inner, padded);
    parts.signature = Signature::from_bytes(key.sign(&message).to_bytes());
    together(krets, &parts)
}
