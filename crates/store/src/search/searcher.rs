//! What search keeps in memory between queries: the vocabulary and which item is what.

use super::posts::{self, PostHits};
use super::rank::{self, Hits};
use super::table::Slot;
use super::words;
use crate::{Read, StoreError};
use radrum_domain::{KINDS, Kind, POSTS};
use radrum_swedish::{Query, Vocabulary};
use std::collections::HashMap;
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

/// Kind and parent of each item of the core table.
#[derive(Debug, Default, Clone)]
pub(crate) struct Catalogue {
    items: HashMap<u32, (Kind, Option<u32>)>,
    children: HashMap<u32, Vec<u32>>,
}

impl Catalogue {
    pub fn len(&self) -> usize {
        self.items.len()
    }

    pub fn kind(&self, n: u32) -> Option<Kind> {
        self.items.get(&n).map(|item| item.0)
    }

    pub fn parent(&self, n: u32) -> Option<u32> {
        self.items.get(&n).and_then(|item| item.1)
    }

    pub fn children(&self, n: i64) -> impl Iterator<Item = u32> + '_ {
        let n = u32::try_from(n).unwrap_or(0);
        self.children.get(&n).into_iter().flatten().copied()
    }

    /// Kind by kind, from the index alone: most rows are posts, and passing over them took
    /// longer than the search that waits for this.
    fn load(read: &Read<'_>) -> Result<Self, StoreError> {
        let mut catalogue = Self::default();
        let mut of_kind = read
            .db
            .prepare_cached("SELECT n FROM items WHERE kind = ? AND archived = 0")?;
        for kind in KINDS.into_iter().filter(|kind| !POSTS.contains(kind)) {
            let mut rows = of_kind.query([kind.name()])?;
            while let Some(row) = rows.next()? {
                catalogue.items.insert(row.get(0)?, (kind, None));
            }
        }
        let mut with_parent = read.db.prepare_cached(
            "SELECT i.n, p.n FROM items i JOIN items p ON p.key = i.parent
             WHERE i.kind = ? AND i.parent != '' AND i.archived = 0",
        )?;
        for kind in [Kind::Variant, Kind::Deviation, Kind::Ruling] {
            let mut rows = with_parent.query([kind.name()])?;
            while let Some(row) = rows.next()? {
                let (n, parent): (u32, u32) = (row.get(0)?, row.get(1)?);
                if let Some(item) = catalogue.items.get_mut(&n) {
                    item.1 = Some(parent);
                    catalogue.children.entry(parent).or_default().push(n);
                }
            }
        }
        Ok(catalogue)
    }
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

    fn catalogue(&self, read: &Read<'_>) -> Result<Arc<Catalogue>, StoreError> {
        let known = self
            .catalogue
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(catalogue) = known {
            return Ok(catalogue);
        }
        let loaded = Arc::new(Catalogue::load(read)?);
        let mut catalogue = self
            .catalogue
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *catalogue = Some(Arc::clone(&loaded));
        Ok(loaded)
    }

    /// Forgets which item is what; called after items came, went or were moved.
    pub fn items_changed(&self) {
        *self
            .catalogue
            .write()
            .unwrap_or_else(PoisonError::into_inner) = None;
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
