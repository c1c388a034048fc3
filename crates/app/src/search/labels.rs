//! Labels among the answers: by their name, or by that of one that was merged into them.

use super::Answer;
use super::similar::{said_by, says};
use crate::Error;
use crate::api::GroupKind;
use crate::labels::Name;
use radrum_store::Item;
use radrum_swedish::Concept;
use std::collections::{BTreeMap, BTreeSet};

impl Answer<'_> {
    /// A label is found when its whole name was typed, or when all that was typed stands in it.
    pub(super) fn labels(&mut self) -> Result<(), Error> {
        let concepts = &self.query.concepts;
        let said = concepts.iter().flat_map(said_by).collect();
        let (labels, aliases) = self.read.labels()?;
        let mut other_names: BTreeMap<_, Vec<String>> = BTreeMap::new();
        for merged in aliases.merged() {
            let names = other_names.entry(aliases.standing(merged)).or_default();
            names.extend(self.read.title(merged)?);
        }
        let titles = labels.iter().map(|label| &label.title);
        let stand = titles.chain(other_names.values().flatten());
        let stand = stand.map(String::as_str).collect();
        self.session.names.keep(&stand);
        let mut rows = Vec::new();
        for Item { key, title, .. } in &labels {
            let also = other_names.remove(key).unwrap_or_default();
            let mut names = also.iter().chain([title]);
            if names.any(|name| is_meant(&self.session.names.of(name), concepts, &said)) {
                rows.push(self.row(&key.to_string(), title, also.join(", "), "", String::new()));
            }
        }
        self.push(GroupKind::Label, rows, false);
        Ok(())
    }
}

fn is_meant(name: &Name, concepts: &[Concept], said: &BTreeSet<&str>) -> bool {
    let stands = |concept| {
        let mut terms = said_by(concept);
        terms.any(|said| name.iter().flatten().any(|term| term == said))
    };
    says(name, said) || concepts.iter().all(stands)
}
