//! How the next device comes in: an invitation, a request, an answer. Each is a file or a
//! text to paste ([`crate::Letter`]); they travel by relay, stick or mail alike.

use crate::limits::{INVITE_BYTES_MAX, MEMBERS_MAX, NAME_BYTES_MAX};
use crate::record::{ascending, within};
use crate::{
    AuthKey, DeviceId, Digest, FactHash, Facts, ItemId, LogId, Nonce, Record, RegionId, Salt,
    SignKey, Signature, WireError, WrapKey,
};
use minicbor::{Decode, Encode};

/// From an admin to a colleague. Whoever has it can ask to join, no more: an admin says yes
/// after the check code has been compared.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Invitation {
    /// Which krets.
    #[n(0)]
    pub region: RegionId,
    /// The whole hash of its founding.
    #[n(1)]
    pub genesis: FactHash,
    /// What the krets is called: shown before anything is asked.
    #[n(2)]
    pub krets: String,
    /// What the inviter is called.
    #[n(3)]
    pub inviter: String,
    /// The inviter's signing key: the answer must be signed by it.
    #[n(4)]
    pub key: SignKey,
    /// Random. Seals the request and names the letter box on the relay.
    #[n(5)]
    pub secret: Salt,
    /// Addresses of relays, best first; none in a krets that uses sticks only.
    #[n(6)]
    pub relays: Vec<String>,
    /// Municipality that the colleague is asked to join, item id.
    #[n(7)]
    pub municipality: ItemId,
    /// Claimed time, UTC ms: the admin is shown how old it is.
    #[n(8)]
    pub made_at: i64,
    /// What that municipality is called: the colleague's computer shows it before it has
    /// fetched anything.
    #[n(9)]
    pub place: String,
    /// Until when a guest is invited, UTC ms: shown to both, and to admins afterwards.
    #[n(10)]
    pub guest_until: Option<i64>,
    /// The member whose next computer this is; none for somebody new.
    #[n(11)]
    pub member: Option<ItemId>,
}

impl std::fmt::Debug for Invitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the secret.
        f.debug_struct("Invitation")
            .field("region", &self.region)
            .finish_non_exhaustive()
    }
}

impl Invitation {
    /// Names the invitation without telling its secret, and the letter box on the relay.
    #[must_use]
    pub fn id(&self) -> Salt {
        let hash = blake3::derive_key("radrum 2026-11-22 invitation id v1", self.secret.as_bytes());
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        Salt::from_bytes(id)
    }
}

impl Record for Invitation {
    const BYTES_MAX: usize = 4 * 1024;

    fn check(&self) -> Result<(), WireError> {
        within(self.relays.len(), 4)?;
        let names = [&self.krets, &self.inviter, &self.place];
        for name in names.into_iter().chain(&self.relays) {
            within(name.len(), NAME_BYTES_MAX)?;
        }
        Ok(())
    }
}

/// Who asks to join, in the clear only for whoever has the invitation.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct JoinRequest {
    /// Digest of the whole invitation that was used.
    #[n(0)]
    pub invitation: Digest,
    /// The installation.
    #[n(1)]
    pub device: DeviceId,
    /// Its log.
    #[n(2)]
    pub log: LogId,
    /// Signs entries.
    #[n(3)]
    pub sign: SignKey,
    /// Receives epoch keys.
    #[n(4)]
    pub wrap: WrapKey,
    /// Shown to relays.
    #[n(5)]
    pub auth: AuthKey,
    /// What the person is called.
    #[n(6)]
    pub name: String,
    /// Members who have written in the log, ascending.
    #[n(7)]
    pub members: Vec<ItemId>,
    /// Random.
    #[n(8)]
    pub salt: Salt,
    /// By `sign`, over everything else: the key is really there.
    #[n(9)]
    pub signature: Signature,
}

impl JoinRequest {
    /// The bytes that the signature covers.
    ///
    /// # Errors
    /// As [`Record::encode_record`].
    pub fn signing_bytes(&self) -> Result<Vec<u8>, WireError> {
        let mut unsigned = self.clone();
        unsigned.signature = Signature::from_bytes([0; 64]);
        let mut message = b"radrum join request v1\0".to_vec();
        message.extend(unsigned.encode_record()?);
        Ok(message)
    }
}

impl Record for JoinRequest {
    const BYTES_MAX: usize = 4 * 1024;

    fn check(&self) -> Result<(), WireError> {
        within(self.name.len(), NAME_BYTES_MAX)?;
        within(self.members.len(), MEMBERS_MAX)?;
        ascending(&self.members)
    }
}

/// A join request, sealed with the invitation's secret.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct SealedRequest {
    /// Which invitation.
    #[n(0)]
    pub invitation: Salt,
    /// Random.
    #[n(1)]
    pub nonce: Nonce,
    /// One [`JoinRequest`] with its tag.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub sealed: Vec<u8>,
}

impl Record for SealedRequest {
    const BYTES_MAX: usize = 5 * 1024;

    fn check(&self) -> Result<(), WireError> {
        within(self.sealed.len(), Self::BYTES_MAX)
    }
}

/// What a new device needs to begin.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Welcome {
    /// Digest of the invitation.
    #[n(0)]
    pub invitation: Digest,
    /// Digest of the request.
    #[n(1)]
    pub request: Digest,
    /// Founding, the inviter's standing, the new grant and a package with the epoch key.
    #[n(2)]
    pub facts: Facts,
    /// The grant of the new device among them.
    #[n(3)]
    pub grant: FactHash,
    /// Addresses of relays, best first.
    #[n(4)]
    pub relays: Vec<String>,
    /// By the inviter's key, over everything else.
    #[n(5)]
    pub signature: Signature,
}

impl Welcome {
    /// The bytes that the signature covers.
    ///
    /// # Errors
    /// As [`Record::encode_record`].
    pub fn signing_bytes(&self) -> Result<Vec<u8>, WireError> {
        let mut unsigned = self.clone();
        unsigned.signature = Signature::from_bytes([0; 64]);
        let mut message = b"radrum welcome v1\0".to_vec();
        message.extend(unsigned.encode_record()?);
        Ok(message)
    }
}

impl Record for Welcome {
    const BYTES_MAX: usize = INVITE_BYTES_MAX - 1_024;

    fn check(&self) -> Result<(), WireError> {
        within(self.relays.len(), 4)?;
        for relay in &self.relays {
            within(relay.len(), NAME_BYTES_MAX)?;
        }
        self.facts.check()
    }
}

/// A welcome, sealed by HPKE to the key in the request.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct SealedWelcome {
    /// Which invitation.
    #[n(0)]
    pub invitation: Salt,
    /// The encapsulated key.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub encapsulated: [u8; 32],
    /// One [`Welcome`] with its tag.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub sealed: Vec<u8>,
}

impl Record for SealedWelcome {
    const BYTES_MAX: usize = INVITE_BYTES_MAX;

    fn check(&self) -> Result<(), WireError> {
        within(self.sealed.len(), Self::BYTES_MAX)
    }
}

/// Digest of an invitation or a request, as the check code and the answer name it.
///
/// # Errors
/// As [`Record::encode_record`].
pub fn letter_digest<R: Record>(record: &R) -> Result<Digest, WireError> {
    let bytes = record.encode_record()?;
    Ok(Digest::from_bytes(blake3::derive_key(
        "radrum 2026-11-22 letter digest v1",
        &bytes,
    )))
}
