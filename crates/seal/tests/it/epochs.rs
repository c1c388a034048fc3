//! Who gets which epoch key, and under which of them one writes.

use crate::facts::{admin, by_roots, content, keys, members, revoke, signed};
use crate::krets::{Counted, Krets, MUNICIPALITY};
use radrum_seal::{DeviceKeys, EpochKey, EpochKeys, Membership, SealError, package};
use radrum_wire::{DeviceId, SignedFact};

#[test]
fn a_new_epoch_leaves_out_the_revoked_and_opens_the_past_for_the_rest() {
    let mut krets = Krets::new(1);
    let (stays, leaves) = (keys(1), keys(2));
    let stays_content = content(&krets, 11, MUNICIPALITY, &stays);
    let leaves_content = content(&krets, 12, MUNICIPALITY, &leaves);
    let mut random = Counted::new(50);
    let region = krets.founded.region;
    let everybody = [&stays_content, &leaves_content];
    let first = (1, &krets.founded.epoch);
    let old = package(region, first, &[], &everybody, &mut random).expect("package");
    let later = EpochKey::generate(&mut random).expect("epoch");
    let parents = [&krets.founded.epoch];
    let new = package(
        region,
        (2, &later),
        &parents,
        &[&stays_content],
        &mut random,
    );
    let new = new.expect("package");
    let facts = [
        signed(&stays_content, &[&krets.keys]),
        signed(&leaves_content, &[&krets.keys]),
        signed(&old, &[&krets.keys]),
        signed(&new, &[&krets.keys]),
        signed(&revoke(&krets, &leaves, vec![]), &[&krets.keys]),
    ];
    let members = members(&krets, &facts);
    let take = |device: u8, keys: &DeviceKeys| {
        let mut epochs = EpochKeys::default();
        for package in [&new, &old] {
            epochs
                .take(package, DeviceId::from_bytes([device; 16]), keys)
                .expect("taken");
        }
        epochs
    };
    let has = take(11, &stays);
    assert!(has.get(later.id()).is_some() && has.get(krets.founded.epoch.id()).is_some());
    assert_eq!(
        members.writing_epoch(&has).map(EpochKey::id),
        Some(later.id())
    );
    let left = take(12, &leaves);
    assert!(left.get(later.id()).is_none());
    assert!(left.get(krets.founded.epoch.id()).is_some());
    // The newest package alone opens the past.
    let mut joiner = EpochKeys::default();
    let device = DeviceId::from_bytes([11; 16]);
    assert_eq!(joiner.take(&new, device, &stays), Ok(true));
    assert_eq!(joiner.take(&new, device, &stays), Ok(false));
    assert!(joiner.get(krets.founded.epoch.id()).is_some());
    krets.epochs = joiner;
}

#[test]
fn nobody_writes_in_an_epoch_that_only_a_revoked_admin_stands_for() {
    let mut krets = Krets::new(1);
    let roots = &krets.founded.roots;
    let thief = keys(1);
    let thief_content = content(&krets, 11, MUNICIPALITY, &thief);
    let trap = EpochKey::from_secret([66; 32]);
    let own = krets.members.grant(krets.grant()).expect("grant").clone();
    let mut random = Counted::new(50);
    let region = krets.founded.region;
    let package = package(region, (9, &trap), &[], &[&own], &mut random).expect("package");
    let facts = [
        by_roots(&admin(&krets, &thief, None), &[&roots[0], &roots[1]]),
        signed(&thief_content, &[&krets.keys]),
        signed(&package, &[&thief]),
    ];
    krets.epochs.insert(trap.clone());
    let before = members(&krets, &facts);
    let writing = |members: &Membership| members.writing_epoch(&krets.epochs).map(EpochKey::id);
    assert_eq!(writing(&before), Some(trap.id()));
    let mut all = facts.to_vec();
    let gone = revoke(&krets, &thief, vec![]);
    all.push(by_roots(&gone, &[&roots[0], &roots[1]]));
    let after = members(&krets, &all);
    assert_eq!(writing(&after), Some(krets.founded.epoch.id()));
}

#[test]
fn a_package_that_brings_another_key_than_it_names_is_refused() {
    let krets = Krets::new(1);
    let own = krets.members.grant(krets.grant()).expect("grant").clone();
    let mut random = Counted::new(50);
    let real = EpochKey::from_secret([1; 32]);
    let region = krets.founded.region;
    let mut false_one = package(region, (2, &real), &[], &[&own], &mut random).expect("package");
    false_one.epoch = EpochKey::from_secret([2; 32]).id();
    let mut epochs = EpochKeys::default();
    let refused = epochs.take(&false_one, own.device, &krets.keys);
    assert_eq!(refused, Err(SealError::Broken));
}

#[test]
fn an_epoch_that_a_revoked_device_has_is_not_written_in_when_there_is_another() {
    let mut krets = Krets::new(1);
    let (stays, leaves) = (keys(1), keys(2));
    let stays_content = content(&krets, 11, MUNICIPALITY, &stays);
    let leaves_content = content(&krets, 12, MUNICIPALITY, &leaves);
    let (clean, dirty) = (
        EpochKey::from_secret([1; 32]),
        EpochKey::from_secret([2; 32]),
    );
    let region = krets.founded.region;
    let mut random = Counted::new(50);
    // An admin who had not heard of the revocation has rotated once more.
    let both = [&stays_content, &leaves_content];
    let two = package(region, (2, &clean), &[], &[&stays_content], &mut random);
    let three = package(region, (3, &dirty), &[], &both, &mut random);
    let facts = [
        signed(&stays_content, &[&krets.keys]),
        signed(&leaves_content, &[&krets.keys]),
        signed(&two.expect("package"), &[&krets.keys]),
        signed(&three.expect("package"), &[&krets.keys]),
        signed(&revoke(&krets, &leaves, vec![]), &[&krets.keys]),
    ];
    krets.epochs.insert(clean.clone());
    krets.epochs.insert(dirty.clone());
    let writing = |facts: &[SignedFact]| {
        let members = members(&krets, facts);
        members.writing_epoch(&krets.epochs).map(EpochKey::id)
    };
    assert_eq!(writing(&facts), Some(clean.id()));
    assert_eq!(writing(&facts[..4]), Some(dirty.id()));
}
