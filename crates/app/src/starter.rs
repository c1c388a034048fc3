//! Starter content in an open profile: written once at founding, and newer packs read in.

mod found;
mod pack_file;

pub(crate) use found::{Founder, slug_of};
