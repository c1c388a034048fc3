//! Labels among the answers: by their name, or by that of one that was merged into them.

use super::Answer;
use super::similar::{said_by, says};
use crate::Error;
use crate::api::GroupKind;
use radrum_swedish::analyse;
use std::collections::BTreeMap;

impl Answer<'_> {
    /// A label is found when its whole name was typed, or when all that was typed stands in it.
    pub(super) fn labels(&mut self) -> Result<(), Error> {
        let concepts = &self.query.concepts;
        let said = concepts.iter().flat_map(said_by).collect();
        let is_within = |title: &str| {
            let words = analyse(title).found;
            let terms = || words.iter().flat_map(|word| &word.terms);
            let stands = |concept| said_by(concept).any(|said| terms().any(|term| term == said));
            concepts.iter().all(stands)
        };
        let (labels, aliases) = self.read.labels()?;
        let mut other_names: BTreeMap<_, Vec<String>> = BTreeMap::new();
        for merged in aliases.merged() {
            let names = other_names.entry(aliases.standing(merged)).or_default();
            names.extend(self.read.title(merged)?);
        }
        let mut rows = Vec::new();
        for (item, _) in &labels {
            let also = other_names.remove(&item.key).unwrap_or_default();
            let mut names = also.iter().chain([&item.title]);
            if names.any(|name| says(name, &said) || is_within(name)) {
                rows.push(self.row(
                    &item.key.to_string(),
                    &item.title,
                    also.join(", "),
                    "",
                    String::new(),
                ));
            }
        }
        self.push(GroupKind::Label, rows, false);
        Ok(())
    }
}
