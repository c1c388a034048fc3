//! What was written and what was acknowledged, kept outside the program, and what must
//! therefore be seen at rest.

use std::collections::{BTreeMap, BTreeSet};

/// Name of a change or an entry.
pub type Hash = [u8; 32];

/// What an edit did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Wrote this title, or chose it among several.
    Title(String),
    /// Put the item out of sight, or back.
    Archived(bool),
    /// Anything else.
    Other,
}

/// One save.
#[derive(Debug, Clone)]
pub struct Written {
    /// Which item.
    pub key: String,
    /// What was done.
    pub deed: Deed,
    /// Where.
    pub office: usize,
    /// The entry that carries it.
    pub entry: Hash,
    /// What its writer had on the screen.
    pub saw: BTreeSet<Hash>,
    /// The writer was told that it is saved.
    pub acknowledged: bool,
    /// Its writer's disk was replaced by one that does not have it.
    pub lost_with_disk: bool,
    /// And nobody else who is asked had it.
    pub excused: bool,
}

/// All saves by their change.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Saves.
    pub written: BTreeMap<Hash, Written>,
    /// Items that somebody erased, all or what they said before: nothing is expected of them.
    pub erased: BTreeSet<String>,
    /// First titles of the items that were there before.
    pub first: BTreeMap<String, String>,
}

/// An item as an office shows it.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// The title and the voices beside it.
    pub titles: BTreeSet<String>,
    /// Out of sight.
    pub archived: bool,
    /// And it says that somebody edited meanwhile.
    pub edited_while_archived: bool,
}

impl Ledger {
    /// Keys of all items, in order.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        let made = self.written.values().map(|written| &written.key);
        let keys: BTreeSet<&String> = made.chain(self.first.keys()).collect();
        keys.into_iter().cloned().collect()
    }

    /// Compares what is shown of an item with what was written. `held` are the changes that
    /// are there at rest.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn judge(&self, key: &str, shown: &Shown, held: &BTreeSet<Hash>) -> Result<(), String> {
        let of = self.written.iter().filter(|(_, one)| one.key == key);
        let there: Vec<(&Hash, &Written)> = of.filter(|(hash, _)| held.contains(*hash)).collect();
        let stands = |hash: &Hash, is: fn(&Deed) -> bool| {
            let mut later = there.iter().filter(|(_, other)| is(&other.deed));
            !later.any(|(_, other)| other.saw.contains(hash))
        };
        let is_title = |deed: &Deed| matches!(deed, Deed::Title(_));
        let mut expected: BTreeSet<String> = BTreeSet::new();
        for (hash, one) in &there {
            if let Deed::Title(title) = &one.deed
                && stands(hash, is_title)
            {
                expected.insert(title.clone());
            }
        }
        if expected.is_empty() {
            expected.extend(self.first.get(key).cloned());
        }
        if expected != shown.titles {
            return Err(format!(
                "{key} shows {:?} where {expected:?} was written",
                shown.titles
            ));
        }
        if !shown.archived || shown.edited_while_archived {
            return Ok(());
        }
        let is_archiving = |deed: &Deed| matches!(deed, Deed::Archived(_));
        let standing = |(hash, one): &&(&Hash, &Written)| {
            one.deed == Deed::Archived(true) && stands(hash, is_archiving)
        };
        let archivings: Vec<_> = there.iter().filter(standing).collect();
        for (hash, one) in &there {
            let met = |(by, archiving): &&&(&Hash, &Written)| {
                by == hash || archiving.saw.contains(*hash) || one.saw.contains(*by)
            };
            if !archivings.iter().any(|archiving| met(&archiving)) {
                return Err(format!(
                    "{key} was archived beside an edit and does not say so"
                ));
            }
        }
        Ok(())
    }
}
