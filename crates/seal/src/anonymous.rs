//! Posts without a name: tokens that a relay signs without seeing them, and entries under a key
//! that was drawn for one thread.

use crate::entry::{Sealed, seal_packed};
use crate::random::{Random, Stretched, draw_secret};
use crate::{Draft, EpochKey, Membership, SealError, anonymous_log, sign};
use blind_rsa_signatures::{
    BlindMessage, BlindSignature, BlindingResult, Deterministic, PSS, PublicKey, Secret, Sha384,
};
use ed25519_dalek::SigningKey;
use radrum_wire::limits::{ANONYMOUS_PADDED_BYTES_MIN, TOKEN_BYTES};
use radrum_wire::{
    AnonymousBody, AnonymousToken, EntryHash, Family, Head, ItemId, Kind, LogId, Packing, Place,
    Record as _, RegionId, Seq, SignKey, Signature, Signer, plaintext_length,
};
use std::fmt;
use zeroize::Zeroizing;

type Issuer = PublicKey<Sha384, PSS, Deterministic>;

/// A key that was drawn for one token or one thread.
#[derive(Clone)]
pub struct OnceKey(SigningKey);

impl fmt::Debug for OnceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnceKey").finish_non_exhaustive()
    }
}

impl OnceKey {
    /// Draws a key. Nothing of the device is in it.
    ///
    /// # Errors
    /// [`SealError::NoRandomness`].
    pub fn generate(random: &mut dyn Random) -> Result<Self, SealError> {
        Ok(Self::from_secret(&*draw_secret::<32>(random)?))
    }

    /// The key of 32 secret bytes.
    #[must_use]
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The 32 secret bytes.
    #[must_use]
    pub fn to_secret(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The public key.
    #[must_use]
    pub fn sign_key(&self) -> SignKey {
        SignKey::from_bytes(self.0.verifying_key().to_bytes())
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Signature {
        sign::sign(&self.0, message)
    }

    /// The log of the thread whose key it is.
    #[must_use]
    pub fn log(&self) -> LogId {
        anonymous_log(&self.sign_key())
    }
}

/// A blinded message and what undoes the blinding. The second is told to nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blinding {
    /// For the relay, [`TOKEN_BYTES`] long.
    pub message: Vec<u8>,
    /// Kept until the answer comes.
    pub secret: Vec<u8>,
}

/// Blinds a token's key for an issuer.
///
/// # Errors
/// [`SealError::BadKeys`] when the issuer's key is none of RSA-2048, and
/// [`SealError::NoRandomness`].
pub fn blind(
    issuer: &[u8],
    region: RegionId,
    token: &OnceKey,
    random: &mut dyn Random,
) -> Result<Blinding, SealError> {
    let message = AnonymousToken::issued_bytes(region, token.sign_key());
    let mut random = Stretched::new(random)?;
    let blinded = read_issuer(issuer)?
        .blind(&mut random, message)
        .map_err(|_| SealError::BadKeys)?;
    Ok(Blinding {
        message: blinded.blind_message.0,
        secret: blinded.secret.0,
    })
}

/// Undoes the blinding of the relay's answer; the result is checked.
///
/// # Errors
/// [`SealError::BadKeys`], and [`SealError::WrongSignature`] when the issuer did not sign it.
pub fn unblind(
    issuer: &[u8],
    region: RegionId,
    token: &OnceKey,
    blinding: &Blinding,
    signed: &[u8],
) -> Result<Vec<u8>, SealError> {
    let message = AnonymousToken::issued_bytes(region, token.sign_key());
    let blinding = BlindingResult {
        blind_message: BlindMessage(blinding.message.clone()),
        secret: Secret(blinding.secret.clone()),
        msg_randomizer: None,
    };
    let signed = BlindSignature(signed.to_vec());
    let issued = read_issuer(issuer)?.finalize(&signed, &blinding, message);
    issued
        .map(|issued| issued.0)
        .map_err(|_| SealError::WrongSignature)
}

/// A token that pays for the entry at one place.
#[must_use]
pub fn spend(token: &OnceKey, issued: Vec<u8>, place: &Place) -> AnonymousToken {
    let message = AnonymousToken::spending_bytes(place.region, place.log, place.seq, place.prev);
    AnonymousToken {
        key: token.sign_key(),
        issued,
        spent: token.sign(&message),
    }
}

/// Whether a token pays for the entry at a place: [`SealError::UnknownIssuer`] when none of the
/// issuers that the facts name has signed it, and [`SealError::WrongSignature`] when it pays
/// for another.
///
/// # Errors
/// Those.
pub(crate) fn check_token(
    members: &Membership,
    token: &AnonymousToken,
    place: &Place,
) -> Result<(), SealError> {
    let message = AnonymousToken::spending_bytes(place.region, place.log, place.seq, place.prev);
    sign::verify(&token.key, &message, &token.spent)?;
    let message = AnonymousToken::issued_bytes(place.region, token.key);
    let signature = blind_rsa_signatures::Signature(token.issued.clone());
    let signed = members.token_issuers().any(|issuer| {
        read_issuer(&issuer.key)
            .is_ok_and(|issuer| issuer.verify(&signature, None, &message).is_ok())
    });
    if signed {
        Ok(())
    } else {
        Err(SealError::UnknownIssuer)
    }
}

/// RSA-2048 and nothing else: the size of a token tells nothing.
fn read_issuer(der: &[u8]) -> Result<Issuer, SealError> {
    let issuer = Issuer::from_der(der).map_err(|_| SealError::BadKeys)?;
    if issuer.components().n().len() == TOKEN_BYTES {
        Ok(issuer)
    } else {
        Err(SealError::BadKeys)
    }
}

/// Where the next entry of a thread stands.
#[must_use]
pub fn anonymous_place(region: RegionId, thread: &OnceKey, last: Option<&Head>) -> Place {
    Place {
        tag: Family::Anonymous.tag_v1(),
        region,
        log: thread.log(),
        seq: Seq(last.map_or(1, |head| head.seq.0 + 1)),
        prev: last.map_or(EntryHash::from_bytes([0; 32]), |head| head.hash),
    }
}

/// Seals one entry of a thread: [`Kind::ANONYMOUS`] with changes, or [`Kind::ANONYMOUS_ERASE`]
/// with an erasure. It takes no author, time or grant, so none can be in it.
///
/// # Errors
/// As [`crate::Chain::seal`].
pub fn seal_anonymous(
    place: Place,
    thread: &OnceKey,
    (token, kind, said): (AnonymousToken, Kind, Vec<u8>),
    epoch: &EpochKey,
    random: &mut dyn Random,
) -> Result<Sealed, SealError> {
    let mut body = AnonymousBody {
        token,
        fill: Vec::new(),
        changes: said,
    };
    let signer = Signer::Once(thread.sign_key());
    // Less than what the inner record has beside the body.
    let around = 64;
    let length = body.encode_record()?.len();
    if plaintext_length(length + around)? < ANONYMOUS_PADDED_BYTES_MIN {
        body.fill = vec![0; ANONYMOUS_PADDED_BYTES_MIN / 2 - length];
    }
    let draft = Draft {
        kind,
        schema: 1,
        written_at: 0,
        author: ItemId::from_bytes([0; 16]),
        refs: Vec::new(),
        seen: None,
        body: body.encode_record()?,
    };
    let packed = (Packing::Plain, draft.body.clone());
    seal_packed(place, &draft, (signer, &thread.0), packed, epoch, random)
}

/// The thread's own word that a member wrote an item of it.
#[must_use]
pub fn step_forward(
    thread: &OnceKey,
    region: RegionId,
    item: ItemId,
    member: ItemId,
) -> (SignKey, Signature) {
    let message = stepping_bytes(region, item, member);
    (thread.sign_key(), sign::sign(&thread.0, &message))
}

/// Whether the key of the log that an item was begun in says that a member wrote it.
#[must_use]
pub fn has_stepped_forward(
    (key, signature): (SignKey, Signature),
    region: RegionId,
    item: ItemId,
    member: ItemId,
) -> bool {
    let message = stepping_bytes(region, item, member);
    item.is_of_log(anonymous_log(&key)) && sign::verify(&key, &message, &signature).is_ok()
}

fn stepping_bytes(region: RegionId, item: ItemId, member: ItemId) -> Vec<u8> {
    let mut message = b"radrum step forward v1\0".to_vec();
    message.extend_from_slice(region.as_bytes());
    message.extend_from_slice(item.as_bytes());
    message.extend_from_slice(member.as_bytes());
    message
}

#[cfg(test)]
mod tests;
