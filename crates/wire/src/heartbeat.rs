//! A device says, signed, what it holds. From these a window tells how many offices have an
//! item, and a device learns that a relay is behind.

use crate::limits::{HEARTBEAT_HEADS_MAX, NAME_BYTES_MAX};
use crate::record::{ascending, within};
use crate::{Digest, Head, Record, WireError};
use minicbor::{Decode, Encode};

/// Body of [`crate::Kind::HEARTBEAT`]. It stands in the device's slot and replaces the one
/// before; its counter is the position in the envelope.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Heartbeat {
    /// Digest of all heads that the device holds ([`crate::Heads::digest`]).
    #[n(0)]
    pub digest: Digest,
    /// Heads that changed since the heartbeats before, ascending, the newest of them; at most
    /// [`HEARTBEAT_HEADS_MAX`]. Anonymous logs only after they came back from a relay.
    #[n(1)]
    pub heads: Vec<Head>,
    /// How many erasures the device has completed.
    #[n(2)]
    pub erased: u64,
    /// Version of the program.
    #[n(3)]
    pub program: String,
}

impl Record for Heartbeat {
    // 4 KiB of plaintext less the inside of the entry around it.
    const BYTES_MAX: usize = 4 * 1024 - 256;

    fn check(&self) -> Result<(), WireError> {
        within(self.heads.len(), HEARTBEAT_HEADS_MAX)?;
        within(self.program.len(), NAME_BYTES_MAX)?;
        ascending(&self.heads)
    }
}
