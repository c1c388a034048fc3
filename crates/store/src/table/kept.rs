//! How much of what is kept here: numbers for the page that says what is stored.

use crate::{Read, StoreError};

/// How much is kept, by kind. No content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// Name of each kind with how many items there are, archived ones counted; by name.
    pub kinds: Vec<(String, u32)>,
    /// The smallest claim of when an item was made, and the greatest of when one was changed,
    /// UTC ms; none without items.
    pub span: Option<(i64, i64)>,
    /// Items and forms in which somebody has typed and not saved.
    pub drafts: u32,
    /// Ticked steps.
    pub ticks: u32,
    /// Sealed entries that are held, of all logs; zero before a krets.
    pub entries: u64,
    /// Entries of which only the stub is left: what was erased.
    pub stubs: u64,
    /// When the profile was made, UTC ms.
    pub since: i64,
}

impl Read<'_> {
    /// How much is kept.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn kept(&self) -> Result<Kept, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT kind, count(*) FROM docs GROUP BY kind ORDER BY kind")?;
        let kinds = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?;
        let kinds = kinds.collect::<Result<_, _>>()?;
        Ok(self.db.query_row(
            "SELECT (SELECT min(created_at) FROM docs), (SELECT max(updated_at) FROM docs),
                    (SELECT count(DISTINCT key) FROM drafts), (SELECT count(*) FROM ticks),
                    (SELECT count(*) FROM entries), (SELECT count(*) FROM stubs),
                    (SELECT created_at FROM profile)",
            (),
            |row| {
                let (first, last): (Option<i64>, Option<i64>) = (row.get(0)?, row.get(1)?);
                Ok(Kept {
                    kinds,
                    span: first.zip(last),
                    drafts: row.get(2)?,
                    ticks: row.get(3)?,
                    entries: row.get(4)?,
                    stubs: row.get(5)?,
                    since: row.get(6)?,
                })
            },
        )?)
    }
}
