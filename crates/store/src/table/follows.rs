//! Private rows: what is followed, and what has come of it.

use super::items::key;
use crate::{Read, StoreError, Tx};
use radrum_domain::ItemKey;
use rusqlite::params;

/// Something that came and was not looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsRow {
    /// Order of arrival.
    pub n: i64,
    /// The item.
    pub key: ItemKey,
    /// It was not here before.
    pub fresh: bool,
}

impl Read<'_> {
    /// What is followed.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn follows(&self) -> Result<Vec<ItemKey>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT key FROM follows ORDER BY key")?;
        let rows = statement.query_map((), |row| row.get::<_, String>(0))?;
        rows.map(|row| key(&row?)).collect()
    }

    /// What came, the newest first.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn news(&self) -> Result<Vec<NewsRow>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT n, key, fresh FROM news ORDER BY n DESC")?;
        let rows = statement.query_map((), |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?))
        })?;
        rows.map(|row| {
            let (n, name, fresh) = row?;
            Ok(NewsRow {
                n,
                key: key(&name)?,
                fresh,
            })
        })
        .collect()
    }

    /// Whether something came of which the desktop has not told.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn has_unsaid_news(&self) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM news WHERE said = 0)";
        Ok(self
            .db
            .prepare_cached(sql)?
            .query_row((), |row| row.get(0))?)
    }
}

impl Tx<'_> {
    /// Follows something, or ends it.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn follow(&self, of: &ItemKey, follow: bool) -> Result<(), StoreError> {
        let sql = if follow {
            "INSERT OR IGNORE INTO follows (key) VALUES (?)"
        } else {
            "DELETE FROM follows WHERE key = ?"
        };
        self.db.prepare_cached(sql)?.execute([of.to_string()])?;
        Ok(())
    }

    /// Notes that an item came, or came once more.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_news(&self, of: &ItemKey, fresh: bool) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT INTO news (key, fresh, said) VALUES (?1, ?2, 0)
                 ON CONFLICT (key) DO UPDATE SET said = 0,
                     n = (SELECT max(n) + 1 FROM news)",
            )?
            .execute(params![of.to_string(), fresh])?;
        Ok(())
    }

    /// Forgets what was looked at, unless it came once more after `to`.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn drop_news(&self, of: &ItemKey, to: i64) -> Result<(), StoreError> {
        self.db
            .prepare_cached("DELETE FROM news WHERE key = ? AND n <= ?")?
            .execute(params![of.to_string(), to])?;
        Ok(())
    }

    /// The desktop has told that there is something.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn say_news(&self) -> Result<(), StoreError> {
        self.db.execute("UPDATE news SET said = 1", ())?;
        Ok(())
    }
}
