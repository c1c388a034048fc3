//! What was merged into another, and which labels stand.

use super::items::key;
use crate::{Item, ItemFilter, Read, StoreError};
use radrum_domain::{Aliases, Kind};

impl Read<'_> {
    /// What labels were merged into.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn label_aliases(&self) -> Result<Aliases, StoreError> {
        self.aliases(Kind::Label)
    }

    /// What items of a kind were merged into. One that was erased stands for nothing: what was
    /// merged into it stands by itself again.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn aliases(&self, kind: Kind) -> Result<Aliases, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT i.key, i.merged_into FROM items i CROSS JOIN items t ON t.key = i.merged_into
             WHERE i.merged_into != '' AND +i.kind = ?1 AND t.kind = ?1",
        )?;
        let rows = statement.query_map([kind.name()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        rows.map(|row| {
            let (of, into) = row?;
            Ok((key(&of)?, key(&into)?))
        })
        .collect()
    }

    /// Labels that stand, by name, and what stands under which other name. One that was put away
    /// is among them: items may carry it.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn labels(&self) -> Result<(Vec<Item>, Aliases), StoreError> {
        let filter = ItemFilter {
            kind: Some(Kind::Label),
            with_archived: true,
            ..ItemFilter::default()
        };
        let aliases = self.label_aliases()?;
        let mut labels = self.items(&filter)?;
        labels.retain(|item| aliases.standing(&item.key) == &item.key);
        Ok((labels, aliases))
    }
}
