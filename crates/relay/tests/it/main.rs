//! The relay as clients, operators and strangers meet it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod anonymous;
mod chains;
mod cluster;
mod conformance;
mod device;
mod fsync;
mod hostile;
mod kill;
mod mail;
mod malformed;
mod paths;
mod process;
mod quotas;
mod refusals;
mod rosters;
mod running;
mod several;
