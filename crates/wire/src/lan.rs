//! What two devices say to each other on the local network (FORMAT.md section 10): how they
//! find each other, how each proves that it is of the krets, and the messages of a round.

mod message;

pub use message::Message;

use crate::{AuthKey, Digest, LanName, LanTag, RegionId, Signature, WireError};

/// Type of the announcement (RFC 6763), without the domain. It names the program and no more.
pub const SERVICE: &str = "_radrum._tcp";

/// Key of the announcement's only TXT field: [`tag`] in hexadecimal.
pub const TAG_KEY: &str = "t";

/// The protocol that both ends name in TLS (RFC 7301). A newer one gets another name.
pub const PROTOCOL: &[u8] = b"radrum-lan/1";

/// Label under which TLS gives both ends 32 bytes that no other line has (RFC 9266, with an
/// empty context): the *channel*.
pub const CHANNEL_LABEL: &[u8] = b"EXPORTER-Channel-Binding";

/// Bytes before each message: its length.
pub const MESSAGE_LENGTH_BYTES: usize = 4;

/// Which end of a line somebody is. What one end proves cannot be said back to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The end that connected.
    Caller,
    /// The end that listened.
    Called,
}

impl Side {
    const fn byte(self) -> u8 {
        match self {
            Self::Caller => 0,
            Self::Called => 1,
        }
    }

    /// The end that faces this one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Caller => Self::Called,
            Self::Called => Self::Caller,
        }
    }
}

/// What an announcement carries: members know their own krets by it, others see a number that
/// is another one at each start.
#[must_use]
pub fn tag(region: RegionId, instance: LanName) -> LanTag {
    let mut hash = blake3::Hasher::new_derive_key("radrum 2026-11-22 lan tag v1");
    hash.update(region.as_bytes());
    hash.update(instance.as_bytes());
    let mut tag = [0; 16];
    hash.finalize_xof().fill(&mut tag);
    LanTag::from_bytes(tag)
}

/// First on a line: shows that this end knows the krets' id, before either shows a key.
#[must_use]
pub fn knock(side: Side, region: RegionId, channel: Digest) -> Digest {
    let mut hash = blake3::Hasher::new_derive_key("radrum 2026-11-22 lan knock v1");
    hash.update(&[side.byte()]);
    hash.update(region.as_bytes());
    hash.update(channel.as_bytes());
    Digest::from_bytes(*hash.finalize().as_bytes())
}

/// Second on a line: which device this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// The device's relay key.
    pub key: AuthKey,
    /// By `key` over [`proof_signing_bytes`].
    pub signature: Signature,
}

impl Proof {
    /// Length in bytes.
    pub const BYTES: usize = AuthKey::BYTES + Signature::BYTES;

    /// The bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        [&self.key.as_bytes()[..], &self.signature.as_bytes()[..]].concat()
    }

    /// Reads a proof. The signature is not checked here.
    ///
    /// # Errors
    /// [`WireError::Malformed`] for any other length.
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        let wrong = WireError::Malformed;
        let (key, signature) = bytes.split_at_checked(AuthKey::BYTES).ok_or(wrong)?;
        Ok(Self {
            key: AuthKey::try_from(key).map_err(|_| wrong)?,
            signature: Signature::try_from(signature).map_err(|_| wrong)?,
        })
    }
}

/// The bytes that the signature of a [`Proof`] covers.
#[must_use]
pub fn proof_signing_bytes(side: Side, region: RegionId, key: AuthKey, channel: Digest) -> Vec<u8> {
    let mut message = b"radrum lan proof v1\0".to_vec();
    message.push(side.byte());
    message.extend_from_slice(region.as_bytes());
    message.extend_from_slice(key.as_bytes());
    message.extend_from_slice(channel.as_bytes());
    message
}

#[cfg(test)]
mod tests;
