//! Keys, seals and who belongs.
//!
//! In: drafts of entries, envelopes from outside, signed facts, letters. Out: sealed
//! envelopes, verified entries, and what the facts say about members. Invariants: nothing of
//! the Exempelkrets is sealed or opened; the whole outer header is associated data and is
//! signed; nonces are drawn here and nowhere else; the body of an entry can be read only after
//! its signature, its grant and its cutoff have been checked; membership is a function of the
//! set of facts; secrets are wiped when dropped and never printed.
//!
//! Deliberately not here: the encoding of anything (`wire`), storage of keys and entries
//! (`store`, `app`), the order in which devices talk (`sync`), and any clock or source of
//! randomness. There is no forward secrecy for history: newcomers must be able to read a
//! knowledge base, so the newest epoch key opens the earlier ones.

mod aead;
mod anonymous;
mod code;
mod entry;
mod epoch;
mod erase;
mod error;
mod found;
mod join;
mod keys;
mod mail;
mod membership;
mod open;
mod random;
mod roster;
mod rotate;
mod sign;
mod wrap;

pub use anonymous::{
    Blinding, OnceKey, anonymous_place, blind, has_stepped_forward, seal_anonymous, spend,
    step_forward, unblind,
};
pub use code::{SixDigits, answer};
pub use entry::{Chain, Device, Draft, Sealed, seal_part};
pub use epoch::{EpochKey, EpochKeys, package};
pub use error::{SealError, Verdict};
pub use found::{Founded, Founding, found};
pub use join::{
    Approved, Asking, Inviting, Joined, accept, approve, ask, invite, read_request, seal_request,
};
pub use keys::{DeviceKeys, RootKey};
pub use mail::{hint, order_mail};
pub use membership::{Evidence, Leads, Membership, Suspended, Would};
pub use open::{Author, Entry, Unsealed, anonymous_log, unseal};
pub use random::Random;
pub use roster::{check_roster, next_roster, roster, roster_link};
pub use rotate::{hand_on, rotate};
