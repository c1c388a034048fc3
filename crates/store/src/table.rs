//! One file for each durable or derived table, reads and writes beside each other.

pub(crate) mod anonymous;
pub(crate) mod aside;
pub(crate) mod docs;
pub(crate) mod drafts;
pub(crate) mod entries;
pub(crate) mod erased;
pub(crate) mod experience;
pub(crate) mod follows;
pub(crate) mod items;
pub(crate) mod kept;
pub(crate) mod krets;
pub(crate) mod labels;
pub(crate) mod log;
pub(crate) mod mail;
pub(crate) mod merges;
pub(crate) mod profile;
pub(crate) mod questions;
pub(crate) mod responsibility;
pub(crate) mod restored;
pub(crate) mod roads;
pub(crate) mod settings;
pub(crate) mod since;
pub(crate) mod snapshot;
pub(crate) mod stubs;
