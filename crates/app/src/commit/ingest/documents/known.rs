//! What is known of an item before changes are tried on it.

use super::super::super::own::NOBODY;
use super::{Documents, Open};
use crate::Error;
use radrum_domain::{Claims, Document, ItemKey, begins};
use radrum_store::{Claimed, DocMeta, Tx};
use radrum_wire::{Generation, ItemChange, ItemId};

/// What is known of an item: its document, or what the store has of it. Opening that is
/// computing, and needs no store.
pub(super) enum Known {
    Open(Box<Open>),
    Stored(Box<Stored>),
}

pub(super) struct Stored {
    generation: Generation,
    claims: Claims,
    provisional: Option<Claimed>,
    old: Option<DocMeta>,
    /// Empty when nothing but a snapshot said what is shown.
    saved: Vec<u8>,
}

impl Documents {
    /// What is known of an item before changes are tried on it.
    pub(super) fn read(&self, tx: &Tx<'_>, item: ItemId) -> Result<Known, Error> {
        if let Some(open) = self.open.get(&item) {
            return Ok(Known::Open(Box::new(open.clone())));
        }
        let read = tx.read();
        let generation = read.standing(item)?;
        let mut claims = Claims::default();
        for (actor, seq, hash) in read.claims(item, generation)? {
            claims.note(&actor, seq, hash);
        }
        let provisional = read.provisional(item)?;
        let stored = match read.key_of(item)? {
            Some(key) => read.doc(&key)?,
            None => None,
        };
        let (old, saved) = stored.map_or((None, Vec::new()), |of| (Some(of.meta), of.saved));
        Ok(Known::Stored(Box::new(Stored {
            generation,
            claims,
            provisional,
            old,
            saved,
        })))
    }
}

impl Known {
    /// The document to try on; none if nothing says yet of which kind it is.
    pub fn open(self, changes: &[(usize, &ItemChange)]) -> Result<Option<Open>, Error> {
        match self {
            Self::Open(open) => Ok(Some(*open)),
            Self::Stored(stored) => stored.open(changes),
        }
    }
}

impl Stored {
    fn open(self, changes: &[(usize, &ItemChange)]) -> Result<Option<Open>, Error> {
        let doc = match &self.old {
            Some(old) if !self.saved.is_empty() => Document::load(old.key.kind(), &self.saved)?,
            _ => {
                let mut kinds = changes.iter().map(|(_, change)| begins(&change.change));
                let Some(kind) = kinds.find_map(|kind| kind) else {
                    return Ok(None);
                };
                Document::begin(kind)?
            }
        };
        let author = |by: &str| by.parse().map_or(NOBODY, |key: ItemKey| key.id());
        let (first, latest) = match (&self.provisional, &self.old) {
            (Some(claimed), Some(_)) => (claimed.created, claimed.updated),
            (None, Some(old)) => (
                (old.created_at, author(&old.created_by)),
                (old.updated_at, author(&old.updated_by)),
            ),
            (_, None) => ((i64::MAX, NOBODY), (i64::MIN, NOBODY)),
        };
        Ok(Some(Open {
            doc,
            generation: self.generation,
            old: self.old,
            claims: self.claims,
            latest,
            first,
            beside: Vec::new(),
            written: false,
            provisional: self.provisional.is_some(),
        }))
    }
}
