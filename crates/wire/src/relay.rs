//! What is said between a client and a relay, apart from envelopes: JSON bodies, paths and
//! codes. FORMAT.md describes each request.

mod path;

pub use path::{Path, PathError};

use crate::{AuthKey, Digest, RegionId, Signature};
use serde::{Deserialize, Serialize};

/// Content type of frames.
pub const FRAMES_TYPE: &str = "application/vnd.radrum.frames";

/// Content type of records ([`crate::Heads`], [`crate::Ranges`], [`crate::Roster`]).
pub const RECORD_TYPE: &str = "application/vnd.radrum.record";

/// Header of an answer with frames: the cursor after the last of them, in decimal.
pub const CURSOR_HEADER: &str = "radrum-cursor";

/// Header of an answer with frames: `1` when there is more after the cursor.
pub const MORE_HEADER: &str = "radrum-more";

/// Random bytes of a relay's answer, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChallengeRequest {
    /// Which krets.
    pub region: RegionId,
    /// Who asks.
    pub key: AuthKey,
}

/// Answer to [`ChallengeRequest`]; also to a key that the relay does not know, so that
/// nobody learns who is on a roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// The relay's own id: a signature is of no use to another relay.
    pub relay: Digest,
    /// Random, used once.
    pub challenge: Digest,
}

/// Asks for a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenRequest {
    /// Which krets.
    pub region: RegionId,
    /// Who asks.
    pub key: AuthKey,
    /// As it was received.
    pub challenge: Digest,
    /// By `key` over [`auth_signing_bytes`].
    pub signature: Signature,
}

/// A token, sent as `Authorization: Bearer …`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Opaque.
    pub token: String,
    /// How long it lasts, in seconds. The client counts on its own monotonic clock.
    pub lifetime_s: u64,
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the token.
        f.debug_struct("Token")
            .field("lifetime_s", &self.lifetime_s)
            .finish_non_exhaustive()
    }
}

/// The bytes that the signature of a [`TokenRequest`] covers.
#[must_use]
pub fn auth_signing_bytes(
    relay: Digest,
    region: RegionId,
    key: AuthKey,
    challenge: Digest,
) -> Vec<u8> {
    let mut message = b"radrum relay auth v1\0".to_vec();
    message.extend_from_slice(relay.as_bytes());
    message.extend_from_slice(region.as_bytes());
    message.extend_from_slice(key.as_bytes());
    message.extend_from_slice(challenge.as_bytes());
    message
}

/// What a relay holds of a krets: the first question of each round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelayState {
    /// Counts every stored envelope of the krets, from 1, in the order of their commits.
    pub cursor: u64,
    /// Drawn when the relay's store was made. Another one means: the cursor starts again, and
    /// what the relay lacks is sent to it.
    pub store: Digest,
    /// [`crate::Heads::digest`] of all logs, each up to its first gap.
    pub digest: Digest,
    /// Number of the roster, or zero.
    pub roster: u64,
}

/// Answer to a push.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pushed {
    /// Stored now, and on disk.
    pub stored: u32,
    /// Known before, or erased: not stored again.
    pub known: u32,
    /// Cursor after the push.
    pub cursor: u64,
}

/// Answer to a wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Woken {
    /// The newest cursor; equal to the one asked with when nothing came in time.
    pub cursor: u64,
}

/// Body of every answer that is no success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why.
    pub code: RefusalCode,
    /// For people who read logs: never content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// Why a relay refuses. The HTTP status is for proxies; a client goes by the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// 400: not the form of this document. Sending it again does not help.
    Malformed,
    /// 401: no token, or it has run out. Ask for a new challenge.
    Unauthorized,
    /// 403: the key is not on the roster, or no longer.
    NotOnRoster,
    /// 403: the Exempelkrets.
    Example,
    /// 404: the relay does not serve this krets: a wrong address, most likely.
    UnknownRegion,
    /// 404: no such slot, snapshot, letter or path.
    NotFound,
    /// 409: a roster with this or a higher number is there: fetch it and try again.
    RosterBehind,
    /// 413: over a limit of this document.
    TooLarge,
    /// 429: too many requests. Wait for `Retry-After`.
    TooManyRequests,
    /// 429: the day's quota of new entries is used up. Wait for `Retry-After`.
    QuotaExceeded,
    /// 507: the krets has filled its space on the relay.
    RegionFull,
    /// 503: stopping or starting, or the database is away. Wait for `Retry-After`.
    Unavailable,
    /// A code of a newer relay.
    #[serde(other)]
    Unknown,
}

impl RefusalCode {
    /// The HTTP status it goes with.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed | Self::Unknown => 400,
            Self::Unauthorized => 401,
            Self::NotOnRoster | Self::Example => 403,
            Self::UnknownRegion | Self::NotFound => 404,
            Self::RosterBehind => 409,
            Self::TooLarge => 413,
            Self::TooManyRequests | Self::QuotaExceeded => 429,
            Self::Unavailable => 503,
            Self::RegionFull => 507,
        }
    }

    /// Whether the answer carries `Retry-After` in seconds, and the same request may succeed
    /// after that.
    #[must_use]
    pub const fn is_temporary(self) -> bool {
        matches!(
            self,
            Self::TooManyRequests | Self::QuotaExceeded | Self::Unavailable
        )
    }
}

#[cfg(test)]
mod tests;
