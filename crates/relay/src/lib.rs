//! A relay keeps sealed envelopes of a krets and hands them to its devices. It cannot read them.
//!
//! In: requests of FORMAT.md 8. Out: the same bytes that came in, in the order of their commits.
//! Invariants: what is confirmed is on disk; nothing is changed, dropped or ordered by content;
//! sizes are checked before anything is read; no file and no log line says which device brought
//! what. Neither `seal` nor `domain` nor any cipher of ours is linked: "cannot read" is a fact
//! of the linker.
//!
//! Deliberately not here: keys of epochs, membership (only the roster's relay keys) and who
//! wrote what: posts without a name come without one.

mod auth;
pub mod config;
mod http;
mod issuer;
mod mail;
mod metrics;
mod quota;
mod refusal;
mod relay;
mod roster;
mod server;
mod signature;
pub mod store;

pub use server::{Desk, Server, StartError, open};
