//! Which item stands for one that turned out to be another (`merged_into`). Nothing is rewritten
//! when two are merged: whoever reads follows the name, and a merge can be taken back.

use crate::key::ItemKey;
use std::collections::BTreeMap;

/// What was merged into what. A function of the whole, so that offices which have the same merges
/// find the same item, in whatever order the merges came. Made once in time with the merges: a
/// peer may chain as many as it likes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aliases {
    standing: BTreeMap<ItemKey, ItemKey>,
    /// What each of these stands for beside itself, in order.
    others: BTreeMap<ItemKey, Vec<ItemKey>>,
}

impl FromIterator<(ItemKey, ItemKey)> for Aliases {
    fn from_iter<T: IntoIterator<Item = (ItemKey, ItemKey)>>(merges: T) -> Self {
        let into: BTreeMap<ItemKey, ItemKey> = merges.into_iter().collect();
        let mut standing: BTreeMap<ItemKey, ItemKey> = BTreeMap::new();
        for key in into.keys() {
            let mut way: BTreeMap<&ItemKey, usize> = BTreeMap::new();
            let mut at = key;
            let end = loop {
                if let Some(known) = standing.get(at) {
                    break known.clone();
                }
                if let Some(begin) = way.get(at) {
                    let ring = way.iter().filter(|(_, step)| *step >= begin);
                    break ring.map(|(of, _)| *of).min().unwrap_or(at).clone();
                }
                way.insert(at, way.len());
                match into.get(at) {
                    Some(next) => at = next,
                    None => break at.clone(),
                }
            };
            let merged = way.into_keys().filter(|of| into.contains_key(*of));
            standing.extend(merged.map(|of| (of.clone(), end.clone())));
        }
        let mut others: BTreeMap<ItemKey, Vec<ItemKey>> = BTreeMap::new();
        for (of, into) in standing.iter().filter(|(of, into)| of != into) {
            others.entry(into.clone()).or_default().push(of.clone());
        }
        Self { standing, others }
    }
}

impl Aliases {
    /// The item that stands for this one: at the end of the chain, or of a ring, which two make
    /// who merge at once in opposite directions, the one with the least key.
    #[must_use]
    pub fn standing<'a>(&'a self, key: &'a ItemKey) -> &'a ItemKey {
        self.standing.get(key).unwrap_or(key)
    }

    /// All that this item stands for, itself first.
    #[must_use]
    pub fn all_of(&self, standing: &ItemKey) -> Vec<ItemKey> {
        let others = self.others.get(standing).into_iter().flatten();
        std::iter::once(standing).chain(others).cloned().collect()
    }

    /// All that was merged into something.
    pub fn merged(&self) -> impl Iterator<Item = &ItemKey> {
        self.standing.keys()
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
    fn a_chain_of_a_hundred_thousand_merges_is_followed_at_once() {
        let key = |n: u32| label(&format!("l{n:06}"));
        let last = 100_000;
        let aliases: Aliases = (0..last).map(|n| (key(n), key(n + 1))).collect();
        for n in [0, 1, last / 2, last] {
            assert_eq!(aliases.standing(&key(n)), &key(last));
        }
        assert_eq!(aliases.all_of(&key(last)).len(), last as usize + 1);
    }

    #[test]
    fn an_item_with_a_label_and_what_it_was_merged_into_has_it_once() {
        let aliases = merged(&[("a", "c")]);
        let mut keys = vec![label("b"), label("a"), label("c")];
        aliases.settle(&mut keys);
        assert_eq!(keys, [label("b"), label("c")]);
    }
}
