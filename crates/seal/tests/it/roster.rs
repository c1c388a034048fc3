//! What a relay is told about devices.

use crate::krets::{AUTHOR, Counted, Krets, MUNICIPALITY};
use ed25519_dalek::{Signature, VerifyingKey};
use radrum_seal::{DeviceKeys, roster, roster_link};
use radrum_wire::{AuthKey, Record as _, RosterLink};

fn verifies(key: AuthKey, message: &[u8], signature: radrum_wire::Signature) -> bool {
    let key = VerifyingKey::from_bytes(key.as_bytes()).expect("key");
    let signature = Signature::from_bytes(signature.as_bytes());
    key.verify_strict(message, &signature).is_ok()
}

#[test]
fn a_roster_is_signed_by_a_relay_key_and_names_relay_keys_only() {
    let krets = Krets::new(1);
    let roster = roster(&krets.members, 7, vec![], &krets.keys).expect("roster");
    assert_eq!(roster.by, krets.keys.auth_key());
    assert_eq!(roster.devices, [krets.keys.auth_key()]);
    let message = roster.signing_bytes().expect("bytes");
    assert!(verifies(roster.by, &message, roster.signature));
    let mut other = roster.clone();
    other.number = 8;
    let message = other.signing_bytes().expect("bytes");
    assert!(!verifies(roster.by, &message, roster.signature));

    let bytes = roster.encode_record().expect("roster");
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    assert!(!holds(krets.keys.sign_key().as_bytes()));
    assert!(!holds(krets.keys.wrap_key().expect("key").as_bytes()));
    assert!(!holds(krets.log.as_bytes()));
    assert!(!holds(krets.grant().as_bytes()));
    assert!(!holds(AUTHOR.as_bytes()) && !holds(MUNICIPALITY.as_bytes()));
}

#[test]
fn the_right_to_sign_rosters_is_handed_on_link_by_link() {
    let krets = Krets::new(1);
    let next = DeviceKeys::generate(&mut Counted::new(5)).expect("keys");
    let region = krets.founded.region;
    let link = roster_link(region, 1, vec![next.auth_key()], &krets.keys);
    let message = RosterLink::signing_bytes(region, 1, &link.admins);
    assert!(verifies(krets.keys.auth_key(), &message, link.signature));
    let later = RosterLink::signing_bytes(region, 2, &link.admins);
    assert!(!verifies(krets.keys.auth_key(), &later, link.signature));
}
