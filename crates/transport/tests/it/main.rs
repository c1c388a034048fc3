//! Roads against a real relay, in a process of its own, against each other, and against programs
//! that are none of both.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    dead_code,
    reason = "tests, also their helpers"
)]

mod desk;
mod exchange;
mod file;
mod hostile;
mod lan;
#[path = "../../../sync/tests/it/office.rs"]
mod office;
mod outside;
mod relay;
