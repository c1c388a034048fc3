//! Who holds which area: lead or support of a municipality.

use super::items::{key, stored};
use crate::{Read, StoreError, Tx};
use radrum_domain::{ItemKey, ResponsibilityKind, ResponsibilityRow};
use rusqlite::params;
use serde_json::json;

/// A holding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponsibilityOf {
    /// The holding.
    pub key: ItemKey,
    /// Which area.
    pub area: ItemKey,
    /// Which municipality.
    pub municipality: ItemKey,
    /// Lead or support.
    pub kind: ResponsibilityKind,
    /// First day, or empty.
    pub from: String,
    /// Last day, or empty.
    pub to: String,
    /// Whom to ask for.
    pub member: Option<ItemKey>,
}

impl Read<'_> {
    /// Holdings, of one area or of all.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn responsibilities(
        &self,
        area: Option<&ItemKey>,
    ) -> Result<Vec<ResponsibilityOf>, StoreError> {
        // Of one area: two statements, so that its index is used. Every search asks this.
        let only = if area.is_some() {
            "AND r.area = ?1"
        } else {
            ""
        };
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT i.key, r.area, r.municipality, r.kind, r.from_day, r.to_day, r.member
             FROM responsibility r JOIN items i ON i.n = r.n
             WHERE i.archived = 0 {only}
             ORDER BY r.area, r.kind, r.from_day, r.municipality"
        ))?;
        let area = area.map(ToString::to_string);
        let rows = statement.query_map(rusqlite::params_from_iter(area), |row| {
            let text = |at: usize| row.get::<_, String>(at);
            Ok([
                text(0)?,
                text(1)?,
                text(2)?,
                text(3)?,
                text(4)?,
                text(5)?,
                text(6)?,
            ])
        })?;
        rows.map(|row| {
            let [item, area, municipality, kind, from, to, member] = row?;
            Ok(ResponsibilityOf {
                key: key(&item)?,
                area: key(&area)?,
                municipality: key(&municipality)?,
                kind: word_of(&kind),
                from,
                to,
                member: member.parse().ok(),
            })
        })
        .collect()
    }
}

impl Tx<'_> {
    /// Writes the row of a holding that has none.
    pub(crate) fn put_responsibility(
        &self,
        n: i64,
        row: &ResponsibilityRow,
    ) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT INTO responsibility
                 (n, area, municipality, kind, from_day, to_day, member)
                 VALUES (?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                n,
                row.area.to_string(),
                row.municipality.to_string(),
                stored(&row.kind),
                row.from.clone().unwrap_or_default(),
                row.to.clone().unwrap_or_default(),
                row.member
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            ])?;
        Ok(())
    }
}

fn word_of(text: &str) -> ResponsibilityKind {
    serde_json::from_value(json!(text)).unwrap_or_default()
}
