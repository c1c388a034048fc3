//! Bytes that leave the device, or will once sync exists.
//!
//! In: ids, counters and changes as opaque bytes. Out: one encoded entry body per log row.
//! Invariants: every length that is read has a limit in [`limits`]; decoding never panics
//! and never allocates from an unchecked length; the same body encodes to the same bytes.
//!
//! Deliberately not here: keys and sealing (`seal`), what a change means (`domain`), SQL,
//! clocks and randomness. Ids are made by the caller, who owns the randomness.

mod body;
mod id;
pub mod limits;

pub use body::{Body, BodyError, ItemChange};
pub use id::{ChangeHash, DeviceId, Generation, IdError, ItemId, LogId, RegionId, Seq};
