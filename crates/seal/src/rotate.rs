//! New epochs: when somebody leaves, on suspicion, and each quarter.

use crate::random::Random;
use crate::{DeviceKeys, EpochKey, EpochKeys, Membership, SealError, package};
use radrum_wire::limits::PARENTS_MAX;
use radrum_wire::{DeviceGrant, DeviceId, SignedFact};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Draws a new epoch and hands its key to every device that belongs, but for those that rest.
/// The caller stores the key in the transaction that says the fact.
///
/// # Errors
/// [`SealError::NotAdmin`], [`SealError::NoRandomness`]; [`SealError::Wire`] for more devices
/// than [`radrum_wire::limits::WRAPS_MAX`].
pub fn rotate(
    members: &Membership,
    epochs: &EpochKeys,
    resting: &BTreeSet<DeviceId>,
    keys: &DeviceKeys,
    random: &mut dyn Random,
) -> Result<(EpochKey, SignedFact), SealError> {
    if !members.is_any_admin(&keys.sign_key()) {
        return Err(SealError::NotAdmin);
    }
    let key = EpochKey::generate(random)?;
    let known = epochs.iter().filter_map(|key| members.generation(key.id()));
    let generation = known.max().unwrap_or(0).saturating_add(1);
    let active = members.active().map(|(_, grant)| grant);
    let awake: Vec<&DeviceGrant> = active
        .filter(|grant| !resting.contains(&grant.device))
        .collect();
    let parents = parents(members, epochs, None);
    let made = package(
        members.region(),
        (generation, &key),
        &parents,
        &awake,
        random,
    )?;
    let mut fact = SignedFact::new(&made)?;
    keys.sign_fact(&mut fact);
    Ok((key, fact))
}

/// Hands the epoch that is written in to one device: a new one, or one that rested.
///
/// # Errors
/// [`SealError::NotAdmin`]; [`SealError::NoEpoch`] without a key to hand on;
/// [`SealError::NoRandomness`].
pub fn hand_on(
    members: &Membership,
    epochs: &EpochKeys,
    grant: &DeviceGrant,
    keys: &DeviceKeys,
    random: &mut dyn Random,
) -> Result<SignedFact, SealError> {
    if !members.is_admin(&keys.sign_key(), grant.municipality) {
        return Err(SealError::NotAdmin);
    }
    let newest = members.writing_epoch(epochs).ok_or(SealError::NoEpoch)?;
    let generation = members.generation(newest.id()).ok_or(SealError::NoEpoch)?;
    let parents = parents(members, epochs, Some(newest));
    let made = package(
        members.region(),
        (generation, newest),
        &parents,
        &[grant],
        random,
    )?;
    let mut fact = SignedFact::new(&made)?;
    keys.sign_fact(&mut fact);
    Ok(fact)
}

/// The latest earlier epochs; beyond the limit, their own packages lead on.
fn parents<'k>(
    members: &Membership,
    epochs: &'k EpochKeys,
    newest: Option<&EpochKey>,
) -> Vec<&'k EpochKey> {
    let newest = newest.map(EpochKey::id);
    let mut earlier: Vec<&EpochKey> = epochs
        .iter()
        .filter(|key| Some(key.id()) != newest)
        .collect();
    earlier.sort_by_key(|key| (Reverse(members.generation(key.id())), key.id()));
    earlier.truncate(PARENTS_MAX);
    earlier
}
