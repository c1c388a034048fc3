//! The grow-only set that a krets follows from: facts, right signatures under them, and the
//! entries that carried them.

use crate::sign;
use radrum_wire::{FactContent, FactHash, FactKind, Head, SignKey, SignedFact};
use std::collections::{BTreeMap, BTreeSet};

/// Facts with every right signature and every place that is known of each. Two sets joined in
/// either order are one set, and joining again changes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence(BTreeMap<FactHash, Known>);

/// What is known of one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    kind: FactKind,
    content: Vec<u8>,
    by: BTreeSet<SignKey>,
    places: BTreeSet<Head>,
}

impl Evidence {
    /// Adds a fact. Wrong signatures under it do not count; known ones are not checked again.
    pub fn add(&mut self, fact: &SignedFact) {
        let hash = fact.hash();
        let known = self.0.entry(hash).or_insert_with(|| Known {
            kind: fact.kind,
            content: fact.content.clone(),
            by: BTreeSet::new(),
            places: BTreeSet::new(),
        });
        let message = fact.signing_bytes();
        for by in &fact.signatures {
            if !known.by.contains(&by.key) && sign::verify(&by.key, &message, &by.signature).is_ok()
            {
                known.by.insert(by.key);
            }
        }
    }

    /// Says that an entry carried a fact. Of a fact that is not there nothing is noted.
    pub fn carried(&mut self, fact: FactHash, entry: Head) {
        if let Some(known) = self.0.get_mut(&fact) {
            known.places.insert(entry);
        }
    }

    /// Whether a key has signed a fact.
    #[must_use]
    pub fn is_signed(&self, fact: FactHash, key: SignKey) -> bool {
        self.0
            .get(&fact)
            .is_some_and(|known| known.by.contains(&key))
    }

    /// Adds all that another set knows.
    pub fn join(&mut self, other: &Self) {
        for (hash, known) in &other.0 {
            match self.0.get_mut(hash) {
                Some(mine) => {
                    mine.by.extend(&known.by);
                    mine.places.extend(&known.places);
                }
                None => {
                    self.0.insert(*hash, known.clone());
                }
            }
        }
    }

    /// All facts of one kind that can be read, ascending by hash.
    pub(super) fn of<F: FactContent>(&self) -> impl Iterator<Item = Vouched<'_, F>> {
        let kind = self.0.iter().filter(|(_, known)| known.kind == F::KIND);
        kind.filter_map(|(hash, known)| {
            Some(Vouched {
                hash: *hash,
                fact: F::decode_record(&known.content).ok()?,
                by: &known.by,
                places: &known.places,
            })
        })
    }
}

impl<'a> FromIterator<&'a SignedFact> for Evidence {
    fn from_iter<I: IntoIterator<Item = &'a SignedFact>>(facts: I) -> Self {
        let mut evidence = Self::default();
        facts.into_iter().for_each(|fact| evidence.add(fact));
        evidence
    }
}

/// A fact of one kind with everyone whose signature under it is right.
pub(super) struct Vouched<'e, F> {
    pub hash: FactHash,
    pub fact: F,
    pub by: &'e BTreeSet<SignKey>,
    pub places: &'e BTreeSet<Head>,
}
