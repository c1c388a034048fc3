//! Whom a krets lets in: the chain from the operator's keys to a roster (FORMAT.md 8).

use crate::signature::is_by;
use radrum_wire::{AuthKey, Record as _, RegionId, Roster, RosterLink, WireError};
use std::collections::BTreeSet;

/// What a relay goes by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowed {
    /// Of the roster, or zero.
    pub number: u64,
    /// Who may ask for a token.
    pub devices: BTreeSet<AuthKey>,
    /// From the operator's keys to today's.
    links: Vec<RosterLink>,
}

/// Why a roster is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RosterError {
    /// Not the form of a roster, or of another krets.
    #[error("not a roster of this krets")]
    Form,
    /// Over the limit.
    #[error("too large")]
    TooLarge,
    /// A link or the roster itself is not signed by a key that may.
    #[error("signed by nobody who may")]
    Signature,
    /// One with this or a higher number is there, or one with other links.
    #[error("behind")]
    Behind,
}

impl From<WireError> for RosterError {
    fn from(error: WireError) -> Self {
        match error {
            WireError::TooLarge => Self::TooLarge,
            _ => Self::Form,
        }
    }
}

impl Allowed {
    /// Reads a roster and checks who signed it. `keys` are the operator's.
    ///
    /// # Errors
    /// All but [`RosterError::Behind`].
    pub fn read(record: &[u8], region: RegionId, keys: &[AuthKey]) -> Result<Self, RosterError> {
        let roster = Roster::decode_record(record)?;
        // Zero means that there is none, and SQL holds no more than i64::MAX.
        let number = 1..=i64::MAX.unsigned_abs();
        if roster.region != region || !number.contains(&roster.number) {
            return Err(RosterError::Form);
        }
        let mut may_sign = keys;
        for (n, link) in (1..).zip(&roster.links) {
            let message = RosterLink::signing_bytes(region, n, &link.admins);
            signed(may_sign, link.by, &message, link.signature)?;
            may_sign = &link.admins;
        }
        let message = roster.signing_bytes()?;
        signed(may_sign, roster.by, &message, roster.signature)?;
        Ok(Self {
            number: roster.number,
            devices: roster.devices.into_iter().collect(),
            links: roster.links,
        })
    }

    /// Whether this one may stand in place of another.
    ///
    /// Its links must continue those that are there. Otherwise an admin whom a later link left
    /// out could sign a roster with a high number from the keys in the configuration, and take
    /// the krets over.
    ///
    /// # Errors
    /// [`RosterError::Behind`].
    pub fn follows(&self, before: &Self) -> Result<(), RosterError> {
        if self.number > before.number && self.links.starts_with(&before.links) {
            Ok(())
        } else {
            Err(RosterError::Behind)
        }
    }
}

fn signed(
    may_sign: &[AuthKey],
    by: AuthKey,
    message: &[u8],
    signature: radrum_wire::Signature,
) -> Result<(), RosterError> {
    if may_sign.contains(&by) && is_by(by, message, signature) {
        Ok(())
    } else {
        Err(RosterError::Signature)
    }
}
