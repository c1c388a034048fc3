//! Which item stands for one that turned out to be another (`merged_into`). Nothing is rewritten
//! when two are merged: whoever reads follows the name, and a merge can be taken back.

use crate::key::ItemKey;
use std::collections::BTreeMap;

/// What was merged into what. A function of the whole, so that offices which have the same merges
/// find the same item, in whatever order the merges came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aliases(BTreeMap<ItemKey, ItemKey>);

impl FromIterator<(ItemKey, ItemKey)> for Aliases {
    fn from_iter<T: IntoIterator<Item = (ItemKey, ItemKey)>>(merges: T) -> Self {
        Self(merges.into_iter().collect())
    }
}

impl Aliases {
    /// The item that stands for this one: at the end of the chain, or of a ring, which two make
    /// who merge at once in opposite directions, the one with the least key.
    #[must_use]
    pub fn standing<'a>(&'a self, key: &'a ItemKey) -> &'a ItemKey {
        let mut way = vec![key];
        let mut at = key;
        while let Some(next) = self.0.get(at) {
            if let Some(begin) = way.iter().position(|seen| *seen == next) {
                return way[begin..].iter().copied().min().unwrap_or(next);
            }
            way.push(next);
            at = next;
        }
        at
    }

    /// All that this item stands for, itself first.
    #[must_use]
    pub fn all_of(&self, standing: &ItemKey) -> Vec<ItemKey> {
        let others = self.0.keys().filter(|key| *key != standing);
        let merged = others.filter(|key| self.standing(key) == standing);
        std::iter::once(standing).chain(merged).cloned().collect()
    }

    /// All that was merged into something.
    pub fn merged(&self) -> impl Iterator<Item = &ItemKey> {
        self.0.keys()
    }

    /// Puts in place of each key the one that stands for it, each once, in the same order.
    pub fn settle(&self, keys: &mut Vec<ItemKey>) {
        let mut settled: Vec<ItemKey> = Vec::with_capacity(keys.len());
        for key in keys.iter() {
            let standing = self.standing(key);
            if !settled.contains(standing) {
                settled.push(standing.clone());
            }
        }
        *keys = settled;
    }
}

#[cfg(test)]
mod tests {
    use super::Aliases;
    use crate::key::{ItemKey, Kind};

    fn label(slug: &str) -> ItemKey {
        ItemKey::slug(Kind::Label, slug).expect("a slug")
    }

    fn merged(pairs: &[(&str, &str)]) -> Aliases {
        let pairs = pairs.iter().map(|(of, into)| (label(of), label(into)));
        pairs.collect()
    }

    #[test]
    fn a_chain_of_merges_is_followed_to_its_end() {
        let aliases = merged(&[("a", "b"), ("b", "c")]);
        for of in ["a", "b", "c"] {
            assert_eq!(aliases.standing(&label(of)), &label("c"), "{of}");
        }
        assert_eq!(
            aliases.all_of(&label("c")),
            [label("c"), label("a"), label("b")]
        );
        assert_eq!(aliases.all_of(&label("a")), [label("a")]);
    }

    #[test]
    fn a_ring_of_merges_has_one_standing_label_whoever_asks() {
        let aliases = merged(&[("d", "c"), ("c", "b"), ("b", "c"), ("e", "e")]);
        for of in ["b", "c", "d"] {
            assert_eq!(aliases.standing(&label(of)), &label("b"), "{of}");
        }
        assert_eq!(aliases.standing(&label("e")), &label("e"));
        assert_eq!(
            aliases.all_of(&label("b")),
            [label("b"), label("c"), label("d")]
        );
    }

    #[test]
    fn an_item_with_a_label_and_what_it_was_merged_into_has_it_once() {
        let aliases = merged(&[("a", "c")]);
        let mut keys = vec![label("b"), label("a"), label("c")];
        aliases.settle(&mut keys);
        assert_eq!(keys, [label("b"), label("c")]);
    }
}
