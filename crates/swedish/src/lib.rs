//! Pure Swedish text: folding, stems, compounds, statute references, thesaurus, spelling,
//! query parsing, sort keys and the personal-data guard.
//!
//! In: text, and for a query the words that the index holds ([`Vocabulary`]). Out: terms to
//! index ([`analyse`]) and weighted concepts to look for ([`Query`]); what
//! in a text tells who somebody is ([`guard`]).
//! Invariants: no clock, randomness or IO; the same text and lists give the same terms, and
//! [`index_version`] changes whenever they could differ. The committed lists in `lists/` are
//! content and reviewed like cards.
//!
//! Deliberately not here: the index and its ranking (`store`), what a card is (`domain`).

mod analyse;
mod cite;
mod compound;
mod fold;
pub mod guard;
mod lex;
mod lexicon;
mod lists;
mod query;
mod sort;
mod spell;
mod statute;
mod stem;
mod vocabulary;

pub use analyse::{Analysed, Found, Known, analyse, analyse_knowing, index_version};
pub use cite::Citations;
pub use fold::{fold, undot};
pub use query::{Concept, Expansion, Query};
pub use sort::sort_key;
pub use vocabulary::{Vocabulary, VocabularyWord};
