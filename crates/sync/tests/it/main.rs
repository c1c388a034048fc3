//! The machines against offices and a relay in memory.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests, also their helpers"
)]

mod bundle;
mod drive;
mod hostile;
mod idle;
mod model;
mod office;
mod peer;
mod refusals;
mod roster;
mod rounds;
mod snapshots;
mod unnamed;
mod world;
