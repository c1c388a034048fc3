//! The search index and its ranking (search-notes section 1).
//!
//! FTS5 is fed computed terms, never running text: sorted, space separated, each term of an
//! item once, in the column that says most. Postings are read through `fts5vocab` and ranked
//! here; bm25 is not used.

mod catalogue;
mod highlight;
mod lines;
mod posts;
mod rank;
mod searcher;
mod table;
mod words;

pub use highlight::highlight;
pub use posts::PostHits;
pub use rank::{AreaHit, Hit, Hits, Line};
pub use searcher::{SearchOptions, Searcher, VocabularyState};
pub(crate) use table::{Slot, add, create, drop_slot, replace};
pub(crate) use words::{NewWords, count};
