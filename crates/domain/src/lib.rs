//! Item kinds: their automerge documents, typed edits, one read view each, pure projection.
//!
//! In: saved documents and edits that someone made on known heads. Out: changes to log, the
//! plain value to keep beside the document, and rows and search lines derived from it.
//! Invariants: no clock, randomness or IO (actors and ids are arguments); automerge is met in
//! [`Document`] only; no list element is ever deleted or moved; concurrent values are kept as
//! voices; an edit that changes nothing makes no change.
//!
//! Deliberately not here: SQL (`store`), who may do what and what time it is (`app`), keys.
//!
//! A new kind is a file in `kind/`, its name in `key.rs` and `kind.rs`, and its genesis bytes
//! (`cargo run -p radrum-domain --example genesis -- <kind>`).

mod alias;
mod calendar;
mod choice;
mod deadline;
mod document;
mod edit;
mod gate;
mod genesis;
mod history;
mod key;
mod kind;
pub mod markdown;
mod photo;
mod plain;
mod position;
mod project;
mod restate;
mod schema;

pub use alias::Aliases;
pub use calendar::{DayRemark, remark};
pub use choice::*;
pub use deadline::{Due, Length, due};
pub use document::{
    Actor, Actors, Document, DocumentError, Heads, Judged, Made, REISSUE_BYTES, Reissued, hash_of,
};
pub use edit::{Edit, Reason, Rejected, Scalar, check_new};
pub use gate::{
    ACTORS_MAX, Claims, DEPTH_MAX, DOCUMENT_OPS_MAX, Delay, Incoming, KEY_BYTES_MAX, Refusal,
    Verdict, begins, stands_on,
};
pub use genesis::beginnings;
pub use history::{HistoryAction, HistoryLine, HistoryStep};
pub use key::{ItemKey, KINDS, KeyError, Kind, POSTS, TWINS};
pub use kind::*;
pub use photo::{PHOTO_BYTES_MAX, PHOTO_DOTS};
pub use plain::{Common, Plain, Voice, Voices};
pub use project::{
    ExperienceRow, Index, Link, Projection, QuestionRow, ResponsibilityRow, SearchLine, Weight,
    heading,
};
pub use restate::restate;
pub use schema::{Field, List, Schema, Set, Type};
