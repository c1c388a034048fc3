//! How the next device comes in. Four steps, over any road:
//!
//! 1. an admin makes an [`Invitation`];
//! 2. the new device answers with a request;
//! 3. the two people compare a check code ([`crate::answer`]);
//! 4. the admin approves, and the welcome holds facts and the epoch key for that device alone.

use crate::code::{SixDigits, answer};
use crate::random::{Random, draw};
use crate::{DeviceKeys, EpochKeys, Membership, SealError, aead, hand_on, sign, wrap};
use radrum_wire::{
    DeviceGrant, DeviceId, FactHash, FactKind, Facts, Invitation, ItemId, JoinRequest, LogId,
    Nonce, Record as _, RegionId, Salt, SealedRequest, SealedWelcome, SignKey, Signature,
    SignedFact, Welcome, letter_digest,
};
use zeroize::Zeroizing;

/// What an admin says when inviting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inviting {
    /// What the inviter is called.
    pub inviter: String,
    /// Municipality that the colleague is asked to join.
    pub municipality: ItemId,
    /// Addresses of relays, best first.
    pub relays: Vec<String>,
    /// Claimed time, UTC ms.
    pub made_at: i64,
    /// What that municipality is called.
    pub place: String,
    /// Until when a guest is invited, UTC ms.
    pub guest_until: Option<i64>,
    /// The member whose next computer it is.
    pub member: Option<ItemId>,
}

/// What the new device says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// The installation.
    pub device: DeviceId,
    /// Its log. Rows that stand in it are sealed in order afterwards.
    pub log: LogId,
    /// What the person is called.
    pub name: String,
    /// Members who have written on this device.
    pub members: Vec<ItemId>,
}

/// A request that an admin has approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// For the new device.
    pub welcome: SealedWelcome,
    /// The new grant and a package for it: the admin's next entry of kind FACTS.
    pub facts: Facts,
}

/// A krets that was joined. The caller stores it in one transaction and then seals the log.
#[derive(Debug)]
pub struct Joined {
    /// Its id, which the profile takes over.
    pub region: RegionId,
    /// What the facts say.
    pub members: Membership,
    /// The facts, to be stored until they come again as entries.
    pub facts: Facts,
    /// This device's grant.
    pub grant: FactHash,
    /// All epoch keys.
    pub epochs: EpochKeys,
    /// Addresses of relays, best first.
    pub relays: Vec<String>,
}

/// Invites somebody.
///
/// # Errors
/// [`SealError::NotAdmin`] when this device may not grant devices of that municipality;
/// [`SealError::NoRandomness`].
pub fn invite(
    inviting: Inviting,
    members: &Membership,
    keys: &DeviceKeys,
    random: &mut dyn Random,
) -> Result<Invitation, SealError> {
    if !members.is_admin(&keys.sign_key(), inviting.municipality) {
        return Err(SealError::NotAdmin);
    }
    Ok(Invitation {
        region: members.region(),
        genesis: members.genesis(),
        krets: members.name().to_string(),
        inviter: inviting.inviter,
        key: keys.sign_key(),
        secret: Salt::from_bytes(draw(random)?),
        relays: inviting.relays,
        municipality: inviting.municipality,
        made_at: inviting.made_at,
        place: inviting.place,
        guest_until: inviting.guest_until,
        member: inviting.member,
    })
}

/// Asks to join. The request is kept beside the invitation until the welcome comes.
///
/// # Errors
/// [`SealError::Example`], [`SealError::NoRandomness`], [`SealError::Wire`] for fields over
/// their limits.
pub fn ask(
    invitation: &Invitation,
    asking: Asking,
    keys: &DeviceKeys,
    random: &mut dyn Random,
) -> Result<(JoinRequest, SealedRequest), SealError> {
    if invitation.region == RegionId::EXAMPLE {
        return Err(SealError::Example);
    }
    let mut members = asking.members;
    members.sort_unstable();
    members.dedup();
    let mut request = JoinRequest {
        invitation: letter_digest(invitation)?,
        device: asking.device,
        log: asking.log,
        sign: keys.sign_key(),
        wrap: keys.wrap_key()?,
        auth: keys.auth_key(),
        name: asking.name,
        members,
        salt: Salt::from_bytes(draw(random)?),
        signature: Signature::from_bytes([0; 64]),
    };
    request.signature = sign::sign(keys.sign_secret(), &request.signing_bytes()?);
    let sealed = seal_request(invitation, &request, random)?;
    Ok((request, sealed))
}

/// Seals a request that was made, also again for whoever lost the letter.
///
/// # Errors
/// [`SealError::NoRandomness`], [`SealError::Wire`].
pub fn seal_request(
    invitation: &Invitation,
    request: &JoinRequest,
    random: &mut dyn Random,
) -> Result<SealedRequest, SealError> {
    let nonce = Nonce::from_bytes(draw(random)?);
    let id = invitation.id();
    let plain = request.encode_record()?;
    let sealed = aead::seal(&request_key(invitation), &nonce, id.as_bytes(), &plain)?;
    Ok(SealedRequest {
        invitation: id,
        nonce,
        sealed,
    })
}

/// Reads a request as the inviter. Nothing is believed of it before the check code.
///
/// # Errors
/// [`SealError::OtherLetter`] for another invitation's, [`SealError::Broken`],
/// [`SealError::WrongSignature`].
pub fn read_request(
    invitation: &Invitation,
    sealed: &SealedRequest,
) -> Result<JoinRequest, SealError> {
    let id = invitation.id();
    if sealed.invitation != id {
        return Err(SealError::OtherLetter);
    }
    let key = request_key(invitation);
    let plain = aead::open(&key, &sealed.nonce, id.as_bytes(), &sealed.sealed)?;
    let request = JoinRequest::decode_record(&plain)?;
    if request.invitation != letter_digest(invitation)? {
        return Err(SealError::OtherLetter);
    }
    sign::verify(&request.sign, &request.signing_bytes()?, &request.signature)?;
    Ok(request)
}

/// Takes the new device in, once the answer that the colleague read out is the one computed
/// here. The invitation is used up by that, and by a third wrong answer.
///
/// `facts` are all facts that the admin holds; `epochs` all epoch keys. The package wraps the
/// writing epoch's key for the new device and opens all others.
///
/// # Errors
/// [`SealError::WrongCode`], [`SealError::AlreadyGranted`], [`SealError::NotAdmin`],
/// [`SealError::NoEpoch`] without a key to hand on, [`SealError::NoRandomness`].
pub fn approve(
    (invitation, request): (&Invitation, &JoinRequest),
    (question, spoken): (SixDigits, SixDigits),
    (members, facts): (&Membership, &Facts),
    epochs: &EpochKeys,
    keys: &DeviceKeys,
    random: &mut dyn Random,
) -> Result<Approved, SealError> {
    if answer(question, invitation, request)? != spoken {
        return Err(SealError::WrongCode);
    }
    if !members.is_admin(&keys.sign_key(), invitation.municipality) {
        return Err(SealError::NotAdmin);
    }
    check_new(members, request)?;
    check_member(members, invitation, request)?;
    let content = DeviceGrant {
        region: members.region(),
        device: request.device,
        log: request.log,
        municipality: invitation.municipality,
        members: request.members.clone(),
        sign: request.sign,
        wrap: request.wrap,
        auth: request.auth,
        guest_until: invitation.guest_until,
    };
    let mut grant = SignedFact::new(&content)?;
    keys.sign_fact(&mut grant);
    let wrapped = hand_on(members, epochs, &content, keys, random)?;
    let new = Facts(vec![grant, wrapped]);
    let mut welcome = Welcome {
        invitation: letter_digest(invitation)?,
        request: letter_digest(request)?,
        facts: known_and(facts, &keys.sign_key(), &new),
        grant: new.0[0].hash(),
        relays: invitation.relays.clone(),
        signature: Signature::from_bytes([0; 64]),
    };
    welcome.signature = sign::sign(keys.sign_secret(), &welcome.signing_bytes()?);
    let info = welcome_info(invitation);
    let plain = Zeroizing::new(welcome.encode_record()?);
    let (encapsulated, sealed) = wrap::seal(&request.wrap, &info, &plain, random)?;
    Ok(Approved {
        welcome: SealedWelcome {
            invitation: invitation.id(),
            encapsulated,
            sealed,
        },
        facts: new,
    })
}

/// Joins: opens the welcome and believes only what the invitation pins. Call it after the
/// colleague has said that the code was right.
///
/// # Errors
/// [`SealError::OtherLetter`], [`SealError::Broken`], [`SealError::WrongSignature`],
/// [`SealError::NoGenesis`] when the facts are those of another krets,
/// [`SealError::UnknownGrant`] and [`SealError::NoEpoch`] when they hold nothing for
/// this device.
pub fn accept(
    (invitation, request): (&Invitation, &JoinRequest),
    sealed: &SealedWelcome,
    keys: &DeviceKeys,
) -> Result<Joined, SealError> {
    if sealed.invitation != invitation.id() {
        return Err(SealError::OtherLetter);
    }
    let info = welcome_info(invitation);
    let plain = wrap::open(
        keys.wrap_secret(),
        &sealed.encapsulated,
        &info,
        &sealed.sealed,
    )?;
    let welcome = Welcome::decode_record(&plain)?;
    let ours = (letter_digest(invitation)?, letter_digest(request)?);
    if (welcome.invitation, welcome.request) != ours {
        return Err(SealError::OtherLetter);
    }
    let message = welcome.signing_bytes()?;
    sign::verify(&invitation.key, &message, &welcome.signature)?;
    let members = Membership::of(invitation.region, &welcome.facts.0)?;
    if members.genesis() != invitation.genesis {
        return Err(SealError::NoGenesis);
    }
    let unknown = SealError::UnknownGrant(welcome.grant);
    let grant = members.grant(welcome.grant).ok_or(unknown)?;
    if (grant.sign, grant.wrap, grant.log) != (keys.sign_key(), keys.wrap_key()?, request.log) {
        return Err(unknown);
    }
    let mut epochs = EpochKeys::default();
    while take_all(&mut epochs, &members, request.device, keys)? {}
    if members.writing_epoch(&epochs).is_none() {
        return Err(SealError::UnknownEpoch(radrum_wire::EpochId::from_bytes(
            [0; 32],
        )));
    }
    Ok(Joined {
        region: members.region(),
        members,
        facts: welcome.facts,
        grant: welcome.grant,
        epochs,
        relays: welcome.relays,
    })
}

fn take_all(
    epochs: &mut EpochKeys,
    members: &Membership,
    device: DeviceId,
    keys: &DeviceKeys,
) -> Result<bool, SealError> {
    let mut new = false;
    for package in members.packages() {
        new |= epochs.take(package, device, keys)?;
    }
    Ok(new)
}

/// A log, a device or a key that somebody of the krets has already would let two write in one
/// place.
fn check_new(members: &Membership, request: &JoinRequest) -> Result<(), SealError> {
    let taken = members.grants().any(|(_, grant)| {
        grant.log == request.log
            || grant.device == request.device
            || grant.sign == request.sign
            || grant.wrap == request.wrap
            || grant.auth == request.auth
    });
    if taken || members.is_revoked(&request.sign) {
        Err(SealError::AlreadyGranted)
    } else {
        Ok(())
    }
}

/// Nobody comes in as somebody else: a member who writes on another computer is asked for by the
/// invitation, and nobody but her then.
fn check_member(
    members: &Membership,
    invitation: &Invitation,
    request: &JoinRequest,
) -> Result<(), SealError> {
    let fits = match invitation.member {
        Some(member) => request.members == [member],
        None => {
            let known = |id: &ItemId| members.grants().any(|(_, of)| of.members.contains(id));
            !request.members.iter().any(known)
        }
    };
    if fits {
        Ok(())
    } else {
        Err(SealError::AlreadyGranted)
    }
}

/// What the new device needs to believe its own grant: where the inviter's right comes from.
/// The grants of all others come with the logs, so a welcome stays small in a large krets.
fn known_and(facts: &Facts, inviter: &SignKey, new: &Facts) -> Facts {
    let needed = |fact: &&SignedFact| match fact.kind {
        FactKind::GENESIS | FactKind::ROOT_CHANGE | FactKind::ADMIN_GRANT => true,
        FactKind::DEVICE_GRANT => fact
            .read::<DeviceGrant>()
            .is_ok_and(|grant| grant.sign == *inviter),
        _ => false,
    };
    let known = facts.0.iter().filter(needed);
    Facts(known.chain(&new.0).cloned().collect())
}

fn request_key(invitation: &Invitation) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(blake3::derive_key(
        "radrum 2026-11-22 join request key v1",
        invitation.secret.as_bytes(),
    ))
}

fn welcome_info(invitation: &Invitation) -> Vec<u8> {
    let mut info = b"radrum welcome v1\0".to_vec();
    info.extend_from_slice(invitation.region.as_bytes());
    info.extend_from_slice(invitation.id().as_bytes());
    info
}

#[cfg(test)]
mod tests;
