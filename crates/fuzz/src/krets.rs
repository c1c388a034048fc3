//! The krets of the committed vectors (`crates/wire/vectors`), with all its keys.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305};
use ed25519_dalek::{Signer as _, SigningKey};
use radrum_seal::{DeviceKeys, EpochKey, EpochKeys, Membership, RootKey};
use radrum_wire::{
    DeviceGrant, Facts, Invitation, Letter as _, Nonce, Record as _, RegionId, Signature,
    SignedFact,
};
use std::collections::BTreeMap;
use std::sync::LazyLock;

const VECTORS: &str = include_str!("../../wire/vectors/v1.txt");

/// A krets with one device, its founder.
pub(crate) struct Krets {
    pub region: RegionId,
    pub keys: DeviceKeys,
    sign: SigningKey,
    roots: Vec<RootKey>,
    pub epoch: EpochKey,
    pub epochs: EpochKeys,
    pub members: Membership,
    pub device: DeviceGrant,
    pub invitation: Invitation,
    /// A record, signed by the device.
    pub roster: Vec<u8>,
}

pub(crate) static KRETS: LazyLock<Krets> = LazyLock::new(Krets::read);

impl Krets {
    fn read() -> Self {
        let vectors = vectors();
        let region = RegionId::from_bytes(array(&vectors["region"]));
        let secret: [u8; 96] = array(&vectors["device_secret"]);
        let facts = Facts::decode_record(&vectors["facts"]).expect("facts");
        let epoch = EpochKey::from_secret(array(&vectors["epoch_secret"]));
        let mut epochs = EpochKeys::default();
        epochs.insert(epoch.clone());
        let root = |n| RootKey::from_secret(&array(&vectors[&format!("root_secret_{n}")]));
        Self {
            region,
            keys: DeviceKeys::from_secret(&secret),
            sign: SigningKey::from_bytes(&array(&secret[..32])),
            roots: (0..3).map(root).collect(),
            epoch,
            epochs,
            members: Membership::of(region, &facts.0).expect("members"),
            device: facts.0[1].read().expect("grant"),
            invitation: Invitation::from_file(&vectors["invitation_file"]).expect("invitation"),
            roster: vectors["roster"].clone(),
        }
    }

    /// A signature of the device.
    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature::from_bytes(self.sign.sign(message).to_bytes())
    }

    /// Makes every signature right whose key is at hand.
    pub fn sign_again(&self, fact: &mut SignedFact) {
        let by: Vec<_> = fact.signatures.iter().map(|by| by.key).collect();
        if by.contains(&self.keys.sign_key()) {
            self.keys.sign_fact(fact);
        }
        for root in self.roots.iter().filter(|key| by.contains(&key.sign_key())) {
            root.sign_fact(fact);
        }
    }
}

/// XChaCha20-Poly1305, as FORMAT.md 1 says.
pub(crate) fn sealed(key: &[u8; 32], nonce: &Nonce, aad: &[u8], plain: &[u8]) -> Vec<u8> {
    XChaCha20Poly1305::new(key.into())
        .encrypt(nonce.as_bytes().into(), Payload { msg: plain, aad })
        .expect("short enough")
}

fn vectors() -> BTreeMap<String, Vec<u8>> {
    let lines = VECTORS.lines().filter_map(|line| line.split_once(" = "));
    lines
        .map(|(name, value)| (name.to_string(), hex::decode(value).expect("hex")))
        .collect()
}

fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.try_into().expect("length")
}
