//! Whom a relay lets in: keys without names. The operator's configuration holds the keys of
//! the first link; the rest follows from the roster itself, so that any device can give the
//! newest roster to a relay that was emptied.

use crate::limits::{ROSTER_BYTES_MAX, ROSTER_DEVICES_MAX};
use crate::record::{ascending, within};
use crate::{AuthKey, Record, RegionId, Signature, WireError};
use minicbor::{Decode, Encode};

/// The admins' keys from here on, signed by one of those before.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct RosterLink {
    /// Who may sign rosters and the next link, ascending.
    #[n(0)]
    pub admins: Vec<AuthKey>,
    /// Whose signature it is: one of the admins of the link before.
    #[n(1)]
    pub by: AuthKey,
    /// Over [`RosterLink::signing_bytes`].
    #[n(2)]
    pub signature: Signature,
}

impl RosterLink {
    /// The bytes that a link's signature covers.
    #[must_use]
    pub fn signing_bytes(region: RegionId, number: u32, admins: &[AuthKey]) -> Vec<u8> {
        let mut message = b"radrum roster link v1\0".to_vec();
        message.extend_from_slice(region.as_bytes());
        message.extend_from_slice(&number.to_be_bytes());
        for admin in admins {
            message.extend_from_slice(admin.as_bytes());
        }
        message
    }
}

/// Body of [`crate::Kind::ROSTER`], and what a relay is given.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Roster {
    /// Which krets.
    #[n(0)]
    pub region: RegionId,
    /// A relay keeps the highest.
    #[n(1)]
    pub number: u64,
    /// From the keys in the relay's configuration to today's admins; most often empty.
    #[n(2)]
    pub links: Vec<RosterLink>,
    /// Who may ask for a token, ascending.
    #[n(3)]
    pub devices: Vec<AuthKey>,
    /// Whose signature it is.
    #[n(4)]
    pub by: AuthKey,
    /// Over [`Roster::signing_bytes`].
    #[n(5)]
    pub signature: Signature,
}

impl Roster {
    /// The bytes that the signature covers.
    ///
    /// # Errors
    /// As [`Record::encode_record`].
    pub fn signing_bytes(&self) -> Result<Vec<u8>, WireError> {
        let mut unsigned = self.clone();
        unsigned.signature = Signature::from_bytes([0; 64]);
        let mut message = b"radrum roster v1\0".to_vec();
        message.extend(unsigned.encode_record()?);
        Ok(message)
    }
}

impl Record for Roster {
    const BYTES_MAX: usize = ROSTER_BYTES_MAX;

    fn check(&self) -> Result<(), WireError> {
        within(self.devices.len(), ROSTER_DEVICES_MAX)?;
        within(self.links.len(), 256)?;
        ascending(&self.devices)?;
        for link in &self.links {
            within(link.admins.len(), 64)?;
            ascending(&link.admins)?;
        }
        Ok(())
    }
}
