//! What search keeps in memory between queries: the vocabulary and which item is what.

use super::catalogue::Catalogue;
use super::posts::{self, PostHits};
use super::rank::{self, Hits};
use super::table::Slot;
use super::words;
use crate::{Read, StoreError};
use radrum_swedish::{Query, Vocabulary};
use std::sync::{Arc, PoisonError, RwLock};

/// Shortest text, in letters, that posts are searched for.
const POST_LETTERS_MIN: usize = 4;

/// How a search is made.
#[derive(Debug, Clone, Copy)]
pub struct SearchOptions {
    /// Most posts to return.
    pub posts_max: usize,
}

/// Whether spelling and completion are ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VocabularyState {
    /// Not yet: what is found is right, but slips are not corrected.
    Missing,
    /// Ready.
    Loaded {
        /// Distinct words.
        words: usize,
    },
}

/// Answers queries. Shared by all readers.
#[derive(Debug, Default)]
pub struct Searcher {
    vocabulary: RwLock<Option<Arc<Vocabulary>>>,
    catalogue: RwLock<Option<Arc<Catalogue>>>,
}

impl Searcher {
    /// Reads what someone typed.
    #[must_use]
    pub fn parse(&self, text: &str) -> Query {
        let vocabulary = self
            .vocabulary
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        Query::parse(text, &vocabulary.unwrap_or_default())
    }

    /// Ranks people, cards, contacts and resources.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn core(&self, read: &Read<'_>, query: &Query) -> Result<Hits, StoreError> {
        let catalogue = self.catalogue(read)?;
        rank::rank(read, Slot::current(read)?, query, &catalogue)
    }

    /// Finds posts, from the fourth letter on.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn posts(
        &self,
        read: &Read<'_>,
        query: &Query,
        options: SearchOptions,
    ) -> Result<PostHits, StoreError> {
        if letters(query) < POST_LETTERS_MIN {
            return Ok(PostHits::default());
        }
        posts::find(read, Slot::current(read)?, query, options.posts_max)
    }

    /// Finds questions, by their own words and those of their answers, from the fourth letter on.
    /// Rows may be answers. `similar` is for a question that is being written.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn questions(
        &self,
        read: &Read<'_>,
        query: &Query,
        options: SearchOptions,
        similar: bool,
    ) -> Result<PostHits, StoreError> {
        if letters(query) < POST_LETTERS_MIN {
            return Ok(PostHits::default());
        }
        let slot = Slot::current(read)?;
        posts::find_questions(read, slot, query, options.posts_max, similar)
    }

    /// As the reader's own transaction sees the items: what another one read is checked, not
    /// believed.
    pub(super) fn catalogue(&self, read: &Read<'_>) -> Result<Arc<Catalogue>, StoreError> {
        let known = self
            .catalogue
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let newer = match known {
            Some(known) if known.is_of(read)? => match known.grown(read)? {
                None => return Ok(known),
                Some(grown) => grown,
            },
            _ => Catalogue::load(read)?,
        };
        let newer = Arc::new(newer);
        *self
            .catalogue
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&newer));
        Ok(newer)
    }

    /// Loads the words of the index, after the first paint and again after new words.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn load_vocabulary(&self, read: &Read<'_>) -> Result<VocabularyState, StoreError> {
        let vocabulary = Vocabulary::new(words::all(read, Slot::current(read)?)?);
        let state = VocabularyState::Loaded {
            words: vocabulary.len(),
        };
        let mut known = self
            .vocabulary
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *known = Some(Arc::new(vocabulary));
        Ok(state)
    }

    /// Whether spelling and completion are ready.
    #[must_use]
    pub fn vocabulary_state(&self) -> VocabularyState {
        match &*self
            .vocabulary
            .read()
            .unwrap_or_else(PoisonError::into_inner)
        {
            None => VocabularyState::Missing,
            Some(vocabulary) => VocabularyState::Loaded {
                words: vocabulary.len(),
            },
        }
    }
}

fn letters(query: &Query) -> usize {
    query.concepts.iter().map(|c| c.text.chars().count()).sum()
}
