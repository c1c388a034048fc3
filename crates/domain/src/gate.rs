//! The one way in which changes that others made enter a document.
//!
//! In: raw automerge change chunks, each with the log whose entry carried it. Out: one
//! [`Verdict`] for each, and a document that holds what was accepted. Four steps, each with
//! the same verdict on every device, whatever arrived before (house rule 7):
//!
//! 1. *bytes* ([`chunk`], [`columns`], [`runs`]): our own reader of an uncompressed change
//!    chunk; it counts operations from run lengths before anything is expanded;
//! 2. *graph* ([`graph`]): what it stands on, its numbers and its actor;
//! 3. *meaning* ([`meaning`]): each operation at exactly the version that its writer saw;
//! 4. *applying* (`document::ingest`): on a clone, panics caught, and the change that the
//!    library gives back must be the bytes that came in.
//!
//! Steps 1 to 3 do not meet automerge. The format is "Automerge Binary Format",
//! <https://automerge.org/automerge-binary-format-spec/>; the attacks are automerge-notes 5.
//!
//! Deliberately not here: signatures and grants (`seal`), which entries of a log are held or
//! cut off (`sync`), the all-or-nothing rule of an entry over several items (`app`).

mod chunk;
mod columns;
mod graph;
mod input;
mod meaning;
mod runs;

pub(crate) use chunk::Chunk;
pub(crate) use graph::Graph;

use crate::genesis;
use crate::key::Kind;
use radrum_wire::{ChangeHash, LogId};
use std::collections::BTreeMap;

/// Most operations of one document, the deleted ones counted, before it is set aside
/// (automerge-notes 5: 110 ms and 124 MB at this size).
pub const DOCUMENT_OPS_MAX: u64 = 200_000;

/// Most other actors that one change may name. The notes say 256, but rewriting a note that
/// was typed in over 256 sittings names them all; every one must be used and known, so a
/// larger number costs its bytes and nothing else.
pub const ACTORS_MAX: u64 = 4_096;

/// Longest key, in bytes of UTF-8: an item key (`external_contact:` and a slug of 80) fits.
pub const KEY_BYTES_MAX: usize = 128;

/// Deepest object: the root is 0, a list 1, an entry 2.
pub const DEPTH_MAX: u8 = 4;

/// One change of one document, as an entry carried it.
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'a> {
    /// The log whose entry carried it; its actor must begin with this.
    pub log: LogId,
    /// `Change::raw_bytes()`.
    pub bytes: &'a [u8],
}

/// What the gate says of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is in the document now.
    Accept,
    /// It was in the document already. Nothing to do.
    Known,
    /// It stands on changes that are not in the document, named here in order. The caller
    /// keeps it and offers it again when one of them has come.
    Pending(Vec<ChangeHash>),
    /// No device takes it, ever. It stays in the log and is forwarded.
    Refuse(Refusal),
    /// This device does not take it now. Says nothing about other devices.
    Postpone(Delay),
}

/// Why a change is refused everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Refusal {
    /// Over the size of an entry body.
    #[error("too_large")]
    TooLarge,
    /// Not an automerge chunk, cut off, or followed by other bytes.
    #[error("not_a_chunk")]
    NotAChunk,
    /// A chunk of another type: a document, a compressed change, a bundle.
    #[error("not_a_change")]
    NotAChange,
    /// The checksum is not that of the content.
    #[error("checksum")]
    Checksum,
    /// Not the encoding.
    #[error("malformed")]
    Malformed,
    /// The encoding, but not the one form that automerge itself writes.
    #[error("not_canonical")]
    NotCanonical,
    /// A column that this format version does not have, a compressed one, or one out of order.
    #[error("column")]
    Column,
    /// Over [`radrum_wire::limits::CHANGE_OPS_MAX`] operations, or as many predecessors.
    #[error("too_many_ops")]
    TooManyOps,
    /// No operation.
    #[error("no_ops")]
    NoOps,
    /// Over [`radrum_wire::limits::DEPS_MAX`] dependencies.
    #[error("too_many_deps")]
    TooManyDeps,
    /// Stands on nothing, not even a genesis.
    #[error("no_deps")]
    NoDeps,
    /// Over [`ACTORS_MAX`] actors, or one that is named and not used.
    #[error("actors")]
    Actors,
    /// Carries a message. What is said stands in the document.
    #[error("message")]
    Message,
    /// Carries a time. The entry says when; extreme times damage a saved document.
    #[error("time")]
    Time,
    /// Bytes after the last column.
    #[error("extra_bytes")]
    ExtraBytes,
    /// A key that is empty or over [`KEY_BYTES_MAX`].
    #[error("key")]
    Key,
    /// A value of a type that no program of ours writes (counters, unknown types).
    #[error("value")]
    Value,
    /// An operation that no program of ours makes (tables, increments, marks).
    #[error("action")]
    Action,
    /// By the zero actor, and not a committed change.
    #[error("zero_actor")]
    ZeroActor,
    /// The actor does not belong to the log.
    #[error("foreign_actor")]
    ForeignActor,
    /// The log used this actor and number before, for another change.
    #[error("reused_seq")]
    ReusedSeq,
    /// Not the number after the actor's last change below it.
    #[error("seq")]
    Seq,
    /// Not the operation after the highest below it.
    #[error("start_op")]
    StartOp,
    /// Names an object that is not there at its dependencies.
    #[error("unknown_object")]
    UnknownObject,
    /// Names an element that is not there at its dependencies.
    #[error("unknown_element")]
    UnknownElement,
    /// Replaces an operation that is not there at its dependencies, or stands elsewhere.
    #[error("unknown_pred")]
    UnknownPred,
    /// Makes an object deeper than [`DEPTH_MAX`].
    #[error("too_deep")]
    TooDeep,
    /// Writes what cannot stand at this place: over a container, into a list, as a letter.
    #[error("shape")]
    Shape,
    /// Automerge gives back another change than the one that was applied.
    #[error("altered")]
    Altered,
}

/// Why a change waits on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Delay {
    /// The document would grow over [`DOCUMENT_OPS_MAX`].
    #[error("document_full")]
    DocumentFull,
    /// Automerge panicked. The document is as it was.
    #[error("crashed")]
    Crashed,
    /// Automerge gave an error after all our checks. The document is as it was.
    #[error("not_applied")]
    NotApplied,
}

/// Which change of a document was the first in its log to use an actor and number.
///
/// Kept for changes that are *not* in the document: pending, postponed or refused after the
/// bytes were read. Without it a log that uses one number twice would split replicas: where
/// the first change waits for its dependencies the second would be accepted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claims(BTreeMap<(Vec<u8>, u64), ChangeHash>);

impl Claims {
    /// Notes a claim, in the order of the log: the first one stands. Gives who holds it.
    pub fn note(&mut self, actor: &[u8], seq: u64, hash: ChangeHash) -> ChangeHash {
        *self.0.entry((actor.to_vec(), seq)).or_insert(hash)
    }
}

/// The kind of the document that a change begins, from the genesis that it stands on.
///
/// None for a change that stands on other changes, or whose bytes are refused.
#[must_use]
pub fn begins(bytes: &[u8]) -> Option<Kind> {
    let chunk = Chunk::read(bytes).ok()?;
    chunk.deps.iter().find_map(genesis::kind_of)
}

/// What a change stands on; nothing for bytes that are refused.
#[must_use]
pub fn stands_on(bytes: &[u8]) -> Vec<ChangeHash> {
    Chunk::read(bytes).map_or_else(|_| Vec::new(), |chunk| chunk.deps)
}
