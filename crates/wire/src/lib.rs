//! Bytes that leave the device, described byte by byte in FORMAT.md.
//!
//! In: ids, counters, keys and changes as opaque bytes. Out: entry bodies, envelopes, frames,
//! bundle files, letters, facts and what is said to a relay and on
//! the local network. Invariants: every length that is
//! read has a limit in [`limits`]; decoding never panics and never allocates from an unchecked
//! length; a value has one encoding, and bytes that decode encode to the same bytes; what is
//! of an unknown version or kind keeps its bytes.
//!
//! Deliberately not here: encryption, signatures and their keys (`seal`), what a change means
//! (`domain`), SQL, IO, clocks and randomness. Ids and nonces are made by the caller, who owns
//! the randomness. BLAKE3 is here because hashes are names: of entries, facts and heads.

mod anonymous;
mod body;
mod bundle;
mod envelope;
mod erase;
mod error;
mod fact;
mod frame;
mod heads;
mod heartbeat;
mod id;
mod inner;
mod invite;
mod kind;
pub mod lan;
mod letter;
pub mod limits;
mod mail;
mod record;
pub mod relay;
mod roster;
mod snapshot;

pub use anonymous::{AnonymousBody, AnonymousPost, AnonymousToken, Blinded};
pub use body::{Body, BodyError, ItemChange};
pub use bundle::{BUNDLE_MAGIC, Bundle, BundleWriter};
pub use envelope::{Envelope, Family, Header, Link, Place, Stub, padded_length};
pub use erase::{Dropped, Erase, EraseReceipt, EraseTarget, Ground};
pub use error::WireError;
pub use fact::{
    AdminGrant, Confirm, DeviceGrant, EpochPackage, Eraser, FactContent, FactSignature, Facts,
    FirstAdmin, Genesis, LogOpen, Municipality, MunicipalityChange, Parent, Revoke, RevokeMode,
    RootChange, SignedFact, TokenIssuer, Wrap,
};
pub use frame::{FRAME_LENGTH_BYTES, Frames, write_frame};
pub use heads::{Difference, Head, Heads, Range, Ranges};
pub use heartbeat::Heartbeat;
pub use id::{
    AuthKey, ChangeHash, DeviceId, Digest, EntryHash, EpochId, FactHash, Generation, IdError,
    ItemId, LanName, LanTag, LogId, Nonce, RegionId, Salt, Seq, SignKey, Signature, WrapKey,
};
pub use inner::{
    Inner, Packing, Signer, entry_signing_bytes, plaintext_length, read_plaintext, write_plaintext,
};
pub use invite::{Invitation, JoinRequest, SealedRequest, SealedWelcome, Welcome, letter_digest};
pub use kind::{FactKind, Kind};
pub use letter::Letter;
pub use mail::{Hint, Hints, MailOrder, MailWish};
pub use record::Record;
pub use roster::{Roster, RosterLink};
pub use snapshot::{SnapshotHead, SnapshotItem, SnapshotPart};
