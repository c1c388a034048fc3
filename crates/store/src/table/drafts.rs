//! Private rows: what is being typed, and which steps are ticked.

use crate::{Read, StoreError, Tx};
use radrum_wire::ChangeHash;
use rusqlite::params;
use std::collections::BTreeSet;

/// Text that someone is typing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Item, or the name of a form for something new.
    pub key: String,
    /// Field.
    pub field: String,
    /// Window in which it is typed.
    pub window: String,
    /// Heads that the writer sees.
    pub base: Vec<ChangeHash>,
    /// The text so far.
    pub text: String,
    /// UTC ms.
    pub updated_at: i64,
}

impl Read<'_> {
    /// Drafts of an item, newest first; of all items for an empty key.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn drafts(&self, key: &str) -> Result<Vec<Draft>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT key, field, window, base, text, updated_at FROM drafts
             WHERE ?1 = '' OR key = ?1 ORDER BY updated_at DESC, key, field, window",
        )?;
        let rows = statement.query_map([key], |row| {
            Ok(Draft {
                key: row.get(0)?,
                field: row.get(1)?,
                window: row.get(2)?,
                base: super::log::hashes(&row.get::<_, Vec<u8>>(3)?),
                text: row.get(4)?,
                updated_at: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Ticked steps of a card.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn ticks(&self, playbook: &str) -> Result<BTreeSet<String>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT step FROM ticks WHERE playbook = ? ORDER BY step")?;
        let rows = statement.query_map([playbook], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Keeps a draft; an empty text drops it.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        if draft.text.is_empty() {
            return self.drop_draft(&draft.key, &draft.field, &draft.window);
        }
        let base: Vec<u8> = draft
            .base
            .iter()
            .flat_map(|hash| *hash.as_bytes())
            .collect();
        self.db
            .prepare_cached(
                "INSERT INTO drafts (key, field, window, base, text, updated_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT DO UPDATE SET base = ?4, text = ?5, updated_at = ?6",
            )?
            .execute(params![
                draft.key,
                draft.field,
                draft.window,
                base,
                draft.text,
                draft.updated_at
            ])?;
        Ok(())
    }

    /// Drops a draft; an empty field drops all of the window for that item.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn drop_draft(&self, key: &str, field: &str, window: &str) -> Result<(), StoreError> {
        self.db.execute(
            "DELETE FROM drafts WHERE key = ?1 AND window = ?3 AND (?2 = '' OR field = ?2)",
            params![key, field, window],
        )?;
        Ok(())
    }

    /// Ticks a step or takes the tick away.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn tick(
        &self,
        playbook: &str,
        step: &str,
        ticked_at: Option<i64>,
    ) -> Result<(), StoreError> {
        match ticked_at {
            Some(at) => self.db.execute(
                "INSERT INTO ticks (playbook, step, ticked_at) VALUES (?, ?, ?)
                 ON CONFLICT DO NOTHING",
                params![playbook, step, at],
            )?,
            None => self.db.execute(
                "DELETE FROM ticks WHERE playbook = ? AND step = ?",
                params![playbook, step],
            )?,
        };
        Ok(())
    }

    /// Takes all ticks of a card away.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn clear_ticks(&self, playbook: &str) -> Result<(), StoreError> {
        self.db
            .execute("DELETE FROM ticks WHERE playbook = ?", [playbook])?;
        Ok(())
    }
}
