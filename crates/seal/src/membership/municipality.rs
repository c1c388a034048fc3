//! Municipalities that join, leave, merge and share offices.

use radrum_wire::{ItemId, Municipality, MunicipalityChange};
use std::collections::{BTreeMap, BTreeSet};

/// What two roots have said about municipalities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Municipalities {
    /// How each is now.
    now: BTreeMap<ItemId, Municipality>,
    /// Pairs that have ever been one or shared an office, both ways round.
    tied: BTreeSet<(ItemId, ItemId)>,
}

impl Municipalities {
    /// Reads facts that two roots signed, ascending by hash.
    pub(super) fn of(facts: impl Iterator<Item = Municipality>) -> Self {
        let mut all = Self::default();
        for fact in facts {
            if let Some(other) = fact.other {
                all.tied.insert((fact.municipality, other));
                all.tied.insert((other, fact.municipality));
            }
            let known = all.now.get(&fact.municipality);
            // Of one number the lowest hash holds: it came first.
            if known.is_none_or(|known| known.number < fact.number) {
                all.now.insert(fact.municipality, fact);
            }
        }
        all
    }

    /// Number of the newest fact about a municipality; 0 without any.
    pub(super) fn number(&self, municipality: ItemId) -> u32 {
        self.now.get(&municipality).map_or(0, |fact| fact.number)
    }

    /// As what a municipality goes on today: itself, or what it merged into.
    pub(super) fn today(&self, municipality: ItemId) -> ItemId {
        let mut seen = BTreeSet::from([municipality]);
        let mut at = municipality;
        while let Some(fact) = self.now.get(&at)
            && fact.change == MunicipalityChange::MergesInto
            && let Some(into) = fact.other
        {
            if !seen.insert(into) {
                // Merged into each other: every one of them leads to the same.
                return seen.first().copied().unwrap_or(at);
            }
            at = into;
        }
        at
    }

    /// Whether it has left, by itself or as what it merged into.
    pub(super) fn has_left(&self, municipality: ItemId) -> bool {
        let now = self.now.get(&self.today(municipality));
        now.is_some_and(|fact| fact.change == MunicipalityChange::Leaves)
    }

    /// Those whose admins might sign for it: itself, and whatever it was ever tied to.
    pub(super) fn tied_to(&self, municipality: ItemId) -> BTreeSet<ItemId> {
        let mut found = BTreeSet::from([municipality]);
        let mut open = vec![municipality];
        while let Some(at) = open.pop() {
            for (_, other) in self.tied.iter().filter(|(one, _)| *one == at) {
                if found.insert(*other) {
                    open.push(*other);
                }
            }
        }
        found
    }

    /// Those that share an office with it today.
    pub(super) fn share_office(&self, municipality: ItemId) -> BTreeSet<ItemId> {
        let shares = |fact: &&Municipality| fact.change == MunicipalityChange::SharesOffice;
        let facts = self.now.values().filter(shares);
        let pairs = facts.filter_map(|fact| Some((fact.municipality, fact.other?)));
        let other = |(one, two): (ItemId, ItemId)| {
            if one == municipality {
                Some(two)
            } else {
                (two == municipality).then_some(one)
            }
        };
        pairs.filter_map(other).collect()
    }
}
