//! Harness of the tests that span crates: an office with its own profile, the golden queries,
//! and the real programs as child processes.

pub mod crowd;
pub mod edits;
pub mod file;
pub mod golden;
pub mod krets;
pub mod line;
pub mod office;
pub mod pages;
pub mod relay;
pub mod road;
pub mod sim;
pub mod smtp;
pub mod web;
pub mod writers;
