//! The list of keys that a relay lets in. Every admin's program offers the newest one: the
//! keys that may sign it are handed on link by link, to all admins of the day.

use crate::{DeviceKeys, Membership, SealError, sign};
use radrum_wire::{AuthKey, RegionId, Roster, RosterLink, SignKey, Signature};
use std::collections::BTreeSet;

/// Most keys that a link names.
const LINK_ADMINS_MAX: usize = 64;

/// Makes the roster of today's devices, signed by an admin's relay key. `links` lead from the
/// keys in the relay's configuration to this one; none while the configuration names it.
///
/// # Errors
/// [`SealError::Example`]; [`SealError::Wire`] over [`radrum_wire::limits::ROSTER_DEVICES_MAX`].
pub fn roster(
    members: &Membership,
    number: u64,
    links: Vec<RosterLink>,
    keys: &DeviceKeys,
) -> Result<Roster, SealError> {
    let mut roster = Roster {
        region: members.region(),
        number,
        links,
        devices: devices(members),
        by: keys.auth_key(),
        signature: Signature::from_bytes([0; 64]),
    };
    roster.signature = sign::sign(keys.auth_secret(), &roster.signing_bytes()?);
    Ok(roster)
}

/// Hands the right to sign rosters to other keys. `number` counts the links from 1.
#[must_use]
pub fn roster_link(
    region: RegionId,
    number: u32,
    mut admins: Vec<AuthKey>,
    keys: &DeviceKeys,
) -> RosterLink {
    admins.sort_unstable();
    admins.dedup();
    let message = RosterLink::signing_bytes(region, number, &admins);
    RosterLink {
        admins,
        by: keys.auth_key(),
        signature: sign::sign(keys.auth_secret(), &message),
    }
}

/// The roster that should stand in place of the newest, if there is a difference and this
/// device may sign one: other devices, or other admins.
///
/// When nobody who may sign is an admin any more, a roster without links begins anew. A relay
/// takes it once its operator has named the new key.
///
/// # Errors
/// As [`roster`].
pub fn next_roster(
    members: &Membership,
    newest: Option<&Roster>,
    keys: &DeviceKeys,
) -> Result<Option<Roster>, SealError> {
    let admins = keys_of(members, |key| members.is_any_admin(key));
    let own = keys.auth_key();
    if !admins.contains(&own) {
        return Ok(None);
    }
    let Some(newest) = newest else {
        return Ok(Some(roster(members, 1, Vec::new(), keys)?));
    };
    let number = newest.number + 1;
    let signers: BTreeSet<AuthKey> = match newest.links.last() {
        Some(link) => link.admins.iter().copied().collect(),
        None => BTreeSet::from([newest.by]),
    };
    if signers.is_disjoint(&admins) {
        return Ok(Some(roster(members, number, Vec::new(), keys)?));
    }
    if !signers.contains(&own) || (signers == admins && newest.devices == devices(members)) {
        return Ok(None);
    }
    let mut links = newest.links.clone();
    if signers != admins {
        let at = u32::try_from(links.len() + 1).unwrap_or(u32::MAX);
        // This device's own key goes first: it has to sign the roster itself.
        let mut named = vec![own];
        named.extend(admins.iter().filter(|key| **key != own));
        named.truncate(LINK_ADMINS_MAX);
        links.push(roster_link(members.region(), at, named, keys));
    }
    Ok(Some(roster(members, number, links, keys)?))
}

/// Whether a roster is signed as FORMAT.md section 8 wants it, from the key of somebody who
/// was an admin at some time. Which keys the operator named, only the relay knows.
///
/// # Errors
/// [`SealError::OtherRegion`], [`SealError::WrongSignature`].
pub fn check_roster(members: &Membership, roster: &Roster) -> Result<(), SealError> {
    if roster.region != members.region() {
        return Err(SealError::OtherRegion);
    }
    let mut signers: Vec<AuthKey> = members
        .grants()
        .filter(|(_, grant)| members.was_admin(&grant.sign))
        .map(|(_, grant)| grant.auth)
        .collect();
    let signed = |by: AuthKey, signers: &[AuthKey], message: &[u8], signature: &Signature| {
        let key = SignKey::from_bytes(*by.as_bytes());
        if signers.contains(&by) {
            sign::verify(&key, message, signature)
        } else {
            Err(SealError::WrongSignature)
        }
    };
    for (n, link) in (1..).zip(&roster.links) {
        let message = RosterLink::signing_bytes(roster.region, n, &link.admins);
        signed(link.by, &signers, &message, &link.signature)?;
        signers.clone_from(&link.admins);
    }
    let message = roster.signing_bytes()?;
    signed(roster.by, &signers, &message, &roster.signature)
}

fn devices(members: &Membership) -> Vec<AuthKey> {
    keys_of(members, |_| true).into_iter().collect()
}

fn keys_of(members: &Membership, which: impl Fn(&SignKey) -> bool) -> BTreeSet<AuthKey> {
    let active = members.active().filter(|(_, grant)| which(&grant.sign));
    active.map(|(_, grant)| grant.auth).collect()
}
