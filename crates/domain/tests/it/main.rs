//! Documents through the public API: what two people write at once is never lost.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod document;
mod gate;
mod history;
mod photo;
