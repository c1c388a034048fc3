//! Epoch packages: as they come, and with parents that are really sealed.

use crate::krets::{KRETS, sealed};
use crate::record::read;
use radrum_seal::{EpochKey, EpochKeys};
use radrum_wire::{EpochId, EpochPackage};
use std::collections::BTreeSet;

pub(crate) fn run(bytes: &[u8]) {
    let Some(package) = read::<EpochPackage>(bytes) else {
        return;
    };
    let _ = take(&package, EpochKeys::default());
    let _ = take(&package, KRETS.epochs.clone());
    let package = with_parents(package);
    let mut epochs = KRETS.epochs.clone();
    let new = package
        .parents
        .iter()
        .any(|parent| parent.epoch != package.epoch);
    assert_eq!(take(&package, epochs.clone()), Ok(new));
    let _ = epochs.take(&package, KRETS.device.device, &KRETS.keys);
    let opened = |epoch: EpochId| epochs.get(epoch).is_some_and(|key| key.id() == epoch);
    assert!(package.parents.iter().all(|parent| opened(parent.epoch)));
}

/// Nothing comes in that the package does not name.
fn take(package: &EpochPackage, mut epochs: EpochKeys) -> Result<bool, radrum_seal::SealError> {
    let mut twin = epochs.clone();
    let before: BTreeSet<EpochId> = epochs.iter().map(EpochKey::id).collect();
    let taken = epochs.take(package, KRETS.device.device, &KRETS.keys);
    let again = twin.take(package, KRETS.device.device, &KRETS.keys);
    assert_eq!(taken, again, "the same twice");
    for key in epochs.iter().filter(|key| !before.contains(&key.id())) {
        let parent = package
            .parents
            .iter()
            .any(|parent| parent.epoch == key.id());
        assert!(key.id() == package.epoch || parent);
    }
    taken
}

/// The epoch of the krets, and each parent with a key of its own behind a right seal.
fn with_parents(mut package: EpochPackage) -> EpochPackage {
    let epoch = KRETS.epoch.id();
    let secret = KRETS.epoch.to_secret();
    let under = blake3::derive_key("radrum 2026-11-22 parent key v1", secret.as_ref());
    package.epoch = epoch;
    for parent in &mut package.parents {
        let mut secret = [0; 32];
        secret.copy_from_slice(&parent.sealed[..32]);
        parent.epoch = EpochKey::from_secret(secret).id();
        let mut aad = b"radrum epoch parent v1\0".to_vec();
        aad.extend(package.region.as_bytes());
        aad.extend(epoch.as_bytes());
        aad.extend(parent.epoch.as_bytes());
        let bytes = sealed(&under, &parent.nonce, &aad, &secret);
        parent.sealed.copy_from_slice(&bytes);
    }
    package
}
