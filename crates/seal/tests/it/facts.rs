//! Facts of a test krets, signed by whom one likes.

use crate::krets::{Counted, Krets};
use radrum_seal::{DeviceKeys, Membership, RootKey};
use radrum_wire::{
    AdminGrant, DeviceGrant, DeviceId, FactContent, Head, ItemId, LogId, Revoke, RevokeMode,
    SignedFact,
};

pub fn content(krets: &Krets, n: u8, municipality: ItemId, keys: &DeviceKeys) -> DeviceGrant {
    DeviceGrant {
        region: krets.founded.region,
        device: DeviceId::from_bytes([n; 16]),
        log: LogId::from_bytes([n; 16]),
        municipality,
        members: vec![],
        sign: keys.sign_key(),
        wrap: keys.wrap_key().expect("key"),
        auth: keys.auth_key(),
        guest_until: None,
    }
}

pub fn keys(n: u8) -> DeviceKeys {
    DeviceKeys::generate(&mut Counted::new(100 + n)).expect("keys")
}

pub fn signed<F: FactContent>(fact: &F, by: &[&DeviceKeys]) -> SignedFact {
    let mut signed = SignedFact::new(fact).expect("fact");
    by.iter().for_each(|keys| keys.sign_fact(&mut signed));
    signed
}

pub fn by_roots<F: FactContent>(fact: &F, by: &[&RootKey]) -> SignedFact {
    let mut signed = SignedFact::new(fact).expect("fact");
    by.iter().for_each(|root| root.sign_fact(&mut signed));
    signed
}

pub fn revoke(krets: &Krets, keys: &DeviceKeys, accepted: Vec<Head>) -> Revoke {
    Revoke {
        region: krets.founded.region,
        key: keys.sign_key(),
        mode: RevokeMode::Lost,
        accepted,
    }
}

pub fn members(krets: &Krets, facts: &[SignedFact]) -> Membership {
    let all = krets.founded.facts.0.iter().chain(facts);
    Membership::of(krets.founded.region, all).expect("members")
}

pub fn admin(krets: &Krets, keys: &DeviceKeys, municipality: Option<ItemId>) -> AdminGrant {
    AdminGrant {
        region: krets.founded.region,
        key: keys.sign_key(),
        municipality,
    }
}
