//! What colleagues have met or learnt: their lines about areas.

use super::items::{key, stored};
use crate::{Read, StoreError, Tx};
use radrum_domain::{ExperienceLevel, ExperienceRow, ItemKey};
use rusqlite::params;
use serde_json::json;

/// A colleague's line about an area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExperienceOf {
    /// Row of the member.
    pub n: i64,
    /// The member.
    pub member: ItemKey,
    /// Of what.
    pub area: ItemKey,
    /// How well.
    pub level: ExperienceLevel,
    /// Last year of it.
    pub year: Option<u32>,
}

impl Read<'_> {
    /// Everybody's lines about an area, those who are out of sight left out.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn experience_of(&self, area: &ItemKey) -> Result<Vec<ExperienceOf>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT e.n, i.key, e.area, e.level, e.year FROM experience e
             JOIN items i ON i.n = e.n
             WHERE e.area = ? AND i.archived = 0 AND i.merged_into = ''
             ORDER BY i.sort_key, e.entry",
        )?;
        let rows = statement.query_map([area.to_string()], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, String>(3)?,
                row.get::<_, Option<u32>>(4)?,
            ))
        })?;
        rows.map(|row| {
            let (n, member, area, level, year) = row?;
            Ok(ExperienceOf {
                n,
                member: key(&member)?,
                area: key(&area)?,
                level: word(&level),
                year,
            })
        })
        .collect()
    }

    /// How many different colleagues have met or learnt each area.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn experienced_by_area(&self) -> Result<Vec<(ItemKey, u32)>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT e.area, count(DISTINCT e.n) FROM experience e JOIN items i ON i.n = e.n
             WHERE i.archived = 0 AND i.merged_into = '' AND e.level != 'interested'
             GROUP BY e.area",
        )?;
        let rows = statement.query_map((), |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?))
        })?;
        rows.map(|row| {
            let (area, count) = row?;
            Ok((key(&area)?, count))
        })
        .collect()
    }
}

impl Tx<'_> {
    /// Writes a line of a colleague.
    pub(crate) fn put_experience(&self, n: i64, row: &ExperienceRow) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT OR IGNORE INTO experience (n, entry, area, level, year)
                 VALUES (?, ?, ?, ?, ?)",
            )?
            .execute(params![
                n,
                row.entry,
                row.area.to_string(),
                stored(&row.level),
                row.year
            ])?;
        Ok(())
    }
}

fn word(text: &str) -> ExperienceLevel {
    serde_json::from_value(json!(text)).unwrap_or_default()
}
