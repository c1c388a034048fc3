//! The client's only SQL: one SQLCipher file with the log, the documents, what is derived
//! from them, and private rows.
//!
//! In: changes and projections to keep. Out: rows, plain values and ranked search hits.
//! Invariants: one writer, a few read-only connections; a write is durable when its
//! transaction has committed (WAL, synchronous=FULL); a file that cannot be opened is never
//! replaced; projections follow from `docs.value` alone; old search terms are taken out
//! exactly as they were put in.
//!
//! Deliberately not here: who may write and when (`app::commit` is the one door), automerge
//! documents (`domain`), keys at rest (`app::secret`).

mod backup;
mod error;
mod fault;
mod key;
mod migrate;
mod open;
mod projection;
mod read;
mod search;
mod table;
mod write;

pub use backup::{About, Backup, erased_in, restore};
pub use error::StoreError;
pub use fault::Fault;
pub use key::DbKey;
pub use open::{Opening, Readers, Writer, open};
pub use projection::{ORDER, Rebuild, RebuildStep, Showing, reading};
pub use read::Read;
pub use search::{
    AreaHit, Hit, Hits, Line, PostHits, SearchOptions, Searcher, VocabularyState, highlight,
};
pub use table::anonymous::{SignedToken, TokenRow, UnnamedAct, UnnamedPost};
pub use table::aside::PlacedRow;
pub use table::docs::{Doc, DocMeta};
pub use table::drafts::Draft;
pub use table::entries::{DEPENDENCIES, EntryRow, Untaken};
pub use table::erased::{ClearRow, ErasureRow, ErasureState, LATER_GENERATION, Taken};
pub use table::experience::ExperienceOf;
pub use table::follows::NewsRow;
pub use table::items::{Item, ItemFilter};
pub use table::kept::Kept;
pub use table::krets::{KretsRow, LetterRole, LetterRow};
pub use table::log::{ChangeRow, LogRow, Written};
pub use table::merges::Merge;
pub use table::profile::Profile;
pub use table::questions::Asked;
pub use table::responsibility::ResponsibilityOf;
pub use table::roads::{LogEnd, RoadRow};
pub use table::since::SinceRow;
pub use table::snapshot::{Claimed, SnapshotRow, SnapshotState};
pub use table::stubs::{StubRow, Unsaid};
pub use write::Tx;
