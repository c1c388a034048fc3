//! The list of keys that a relay lets in.

use crate::{DeviceKeys, Membership, SealError, sign};
use radrum_wire::{AuthKey, RegionId, Roster, RosterLink, Signature};

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
    let mut devices: Vec<AuthKey> = members.active().map(|(_, grant)| grant.auth).collect();
    devices.sort_unstable();
    devices.dedup();
    let mut roster = Roster {
        region: members.region(),
        number,
        links,
        devices,
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
