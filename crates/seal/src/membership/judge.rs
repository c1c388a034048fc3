//! Whose signature counts, and whether it came in time.

use super::evaluate::Reading;
use super::evidence::Vouched;
use radrum_wire::{Head, ItemId, SignKey};
use std::collections::BTreeSet;

/// What becomes of a fact that one admin may sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Stands,
    Suspended,
    Nothing,
}

impl Reading<'_> {
    pub(super) fn judge<F>(
        &self,
        fact: &Vouched<'_, F>,
        entitled: &dyn Fn(&SignKey) -> bool,
    ) -> Verdict {
        if self.two_roots(fact.by) {
            return Verdict::Stands;
        }
        let signers: Vec<&SignKey> = fact.by.iter().filter(|by| entitled(by)).collect();
        if signers.is_empty() {
            return Verdict::Nothing;
        }
        let in_time = signers.iter().any(|by| self.in_time(by, fact.places));
        let confirmations = self.confirmations.get(&fact.hash);
        let confirmed = confirmations.into_iter().flatten().any(|(by, places)| {
            let other = |by: &&SignKey| !fact.by.contains(by) && entitled(by);
            let in_time = by.iter().filter(other).any(|by| self.in_time(by, places));
            self.two_roots(by) || in_time
        });
        if in_time || confirmed {
            Verdict::Stands
        } else {
            Verdict::Suspended
        }
    }

    /// Whether what a key signed alone was carried before the key ended, as far as is known.
    pub(super) fn in_time(&self, key: &SignKey, places: &BTreeSet<Head>) -> bool {
        let Some(cut) = self.says.ended.get(key) else {
            return true;
        };
        let accepted = |place: &Head| {
            cut.get(&place.log).is_some_and(|last| {
                place == last || (place.seq < last.seq && (self.leads)(place, last))
            })
        };
        places.is_empty() || places.iter().any(accepted)
    }

    /// Whether a key is of an admin who might have signed for a municipality at some time.
    pub(super) fn might_sign(&self, key: &SignKey, municipality: ItemId) -> bool {
        self.says.might_sign(key, municipality)
    }

    pub(super) fn two_roots(&self, by: &BTreeSet<SignKey>) -> bool {
        self.says.all_roots().any(|roots| two_of(roots, by))
    }

    pub(super) fn is_root(&self, key: &SignKey) -> bool {
        self.says.all_roots().any(|roots| roots.contains(key))
    }
}

pub(super) fn two_of(roots: &[SignKey; 3], by: &BTreeSet<SignKey>) -> bool {
    roots.iter().filter(|root| by.contains(*root)).count() >= 2
}
