//! The trade's language: what must meet, what must not, and that no text breaks the reader.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "tests, also their helpers"
)]

mod any_text;
mod guard;
mod query;
mod statute;
mod word;
