//! Labels where items carry them. A label that was merged into another stays in its items:
//! whoever reads finds the one that stands, whoever takes that one off takes all of it off.

use crate::Error;
use radrum_domain::{Edit, ItemKey, Kind, Label, Plain};
use radrum_store::{Item, Read};
use radrum_swedish::analyse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// The terms of each word of a name.
pub(crate) type Name = Vec<Vec<String>>;

/// What names of labels come down to. It follows from the name alone, and every letter that is
/// typed asks it of every label.
#[derive(Debug, Default)]
pub(crate) struct Names(Mutex<BTreeMap<String, Arc<Name>>>);

impl Names {
    pub fn of(&self, name: &str) -> Arc<Name> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(terms) = known.get(name) {
            return Arc::clone(terms);
        }
        let words = analyse(name).found.into_iter();
        let terms = Arc::new(words.map(|word| word.terms).collect());
        known.insert(name.to_string(), Arc::clone(&terms));
        terms
    }

    /// Forgets what no label is called any more: a name that was erased is in no memory either.
    pub fn keep(&self, names: &BTreeSet<&str>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|name, _| names.contains(name.as_str()));
    }
}

/// Labels to choose from, by name: those that stand and are not retired.
pub(crate) fn offered(read: &Read<'_>) -> Result<Vec<Item>, Error> {
    let mut offered = Vec::new();
    for item in read.labels()?.0 {
        let meta = read.doc_meta(&item.key)?;
        let retired = meta.is_none_or(|meta| {
            let label: Label = meta.plain.view().unwrap_or_default();
            item.archived || label.retired
        });
        offered.extend((!retired).then_some(item));
    }
    Ok(offered)
}

/// Labels of an item of any kind, as written.
pub(crate) fn labels_of(plain: &Plain) -> Vec<ItemKey> {
    let labels = plain.fields.get("labels").and_then(|set| set.as_array());
    let texts = labels.into_iter().flatten().filter_map(|key| key.as_str());
    texts.filter_map(|key| key.parse().ok()).collect()
}

/// Who takes a label off takes off all that was merged into it: she saw one label.
pub(crate) fn with_merged(
    read: &Read<'_>,
    of: &ItemKey,
    mut edits: Vec<Edit>,
) -> Result<Vec<Edit>, Error> {
    let gone = edits.iter().filter_map(|edit| match edit {
        Edit::Put { key, present, .. } if !present && key.kind() == Kind::Label => Some(key),
        _ => None,
    });
    let gone: Vec<ItemKey> = gone.cloned().collect();
    if gone.is_empty() {
        return Ok(edits);
    }
    let aliases = read.label_aliases()?;
    let carried = read.doc_meta(of)?.map(|meta| labels_of(&meta.plain));
    let mut merged = carried.unwrap_or_default();
    merged.retain(|label| gone.contains(aliases.standing(label)) && !gone.contains(label));
    edits.extend(merged.into_iter().map(|key| Edit::Put {
        set: "labels".into(),
        key,
        present: false,
    }));
    Ok(edits)
}

#[cfg(test)]
mod tests {
    use super::Names;
    use std::collections::BTreeSet;

    #[test]
    fn names_that_no_label_has_any_more_are_forgotten() {
        let names = Names::default();
        names.of("Tvångsvård");
        names.of("Barn som bevittnat våld");
        names.keep(&BTreeSet::from(["Tvångsvård"]));
        let kept = names.0.lock().unwrap();
        assert_eq!(kept.keys().collect::<Vec<_>>(), ["Tvångsvård"]);
    }
}
