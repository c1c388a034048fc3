//! Fuzz targets: one function of bytes for each reader of what others made.
//!
//! In: any bytes. Out: nothing; a target falls when a reader panics, answers otherwise the
//! second time, takes bytes that are not the one encoding of what it read, or passes a limit.
//! What a digest, a seal or a signature protects is given a right one first, by the keys of the
//! committed vectors, so that the readers behind it are met too.
//!
//! The ordinary tests of this crate replay `corpus/` and mutations of it; `cargo xtask fuzz`
//! runs the same functions under libFuzzer. Deliberately not here: blobs and pasted HTML, which
//! have no reader yet.

#![allow(
    clippy::expect_used,
    reason = "falling is how a target tells; no program links this crate"
)]

mod backup;
mod bundle;
mod envelope;
mod facts;
mod gate;
mod inner;
mod invite;
mod krets;
mod markdown;
mod package;
mod personnummer;
mod query;
mod record;
mod relay;
mod request;

/// One reader.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Also the name of its folder in `corpus/`.
    pub name: &'static str,
    /// Falls when the reader does what it must not.
    pub run: fn(&[u8]),
}

/// All targets.
pub const TARGETS: &[Target] = &[
    target("envelope_parse", envelope::run),
    target("inner_cbor", inner::run),
    target("bundle_reader", bundle::run),
    target("automerge_gate", gate::run),
    target("membership_facts", facts::run),
    target("key_package", package::run),
    target("invite", invite::run),
    target("relay_http_body", relay::run),
    target("relay_request", request::run),
    target("markdown_to_nodes", markdown::run),
    target("personnummer", personnummer::run),
    target("search_query", query::run),
    target("backup_restore", backup::run),
];

const fn target(name: &'static str, run: fn(&[u8])) -> Target {
    Target { name, run }
}
