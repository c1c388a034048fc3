//! The seal against forgers, and the life of a small krets.

#![allow(
    clippy::expect_used,
    reason = "functions that tests share are tests too; clippy allows it inside #[test] only"
)]

mod epochs;
mod erase;
mod facts;
mod forger;
mod forgery;
mod join;
mod krets;
mod log;
mod membership;
mod roster;
mod sets;
mod standing;
mod vectors;
