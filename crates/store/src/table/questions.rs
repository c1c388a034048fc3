//! What lists know of questions beyond the row that every item has.

use super::items::{COLUMNS, Item, STANDS, item, item_row, key, stored};
use crate::{Read, StoreError, Tx};
use radrum_domain::{ANSWERS, ItemKey, Kind, Parked, QuestionForm, QuestionRow};
use rusqlite::params;

/// Which questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked<'a> {
    /// Of everybody, and whoever asked is not done.
    Open,
    /// Of these, what nobody has answered.
    Unanswered,
    /// Of these, what comes from elsewhere and this municipality has not answered.
    WaitsFor(&'a ItemKey),
    /// Of everybody, and whoever asked has what she needs.
    Clear,
    /// Kept for a meeting, however they stand.
    Parked,
    /// One colleague is asked to think along.
    SecondEyes,
}

impl Asked<'_> {
    const fn condition(self) -> &'static str {
        match self {
            Self::Open | Self::Unanswered | Self::WaitsFor(_) => {
                "q.clear = 0 AND q.form != 'second_eyes'"
            }
            Self::Clear => "q.clear = 1 AND q.form != 'second_eyes'",
            Self::Parked => "q.parked != ''",
            Self::SecondEyes => "q.form = 'second_eyes'",
        }
    }

    /// What must not be there: any answer, or one of `given.us`, whose own question waits for
    /// itself neither.
    const fn lacking(self) -> &'static str {
        match self {
            Self::Unanswered | Self::WaitsFor(_) => {
                "AND (given.us = '' OR items.owner != given.us) AND NOT EXISTS (
                 SELECT 1 FROM links l JOIN items a ON a.n = l.n AND a.archived = 0
                 WHERE l.target = items.key AND l.relation = given.answers
                   AND (given.us = '' OR a.owner = given.us))"
            }
            _ => "",
        }
    }

    /// The municipality that is asked about; empty is any.
    fn us(self) -> String {
        match self {
            Self::WaitsFor(us) => us.to_string(),
            _ => String::new(),
        }
    }
}

impl Read<'_> {
    /// Questions, the newest here first; at most so many.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn questions(&self, which: Asked<'_>, limit: u32) -> Result<Vec<Item>, StoreError> {
        let mut statement = self.db.prepare_cached(&format!(
            "WITH given (us, answers) AS (VALUES (?, ?))
             SELECT {COLUMNS} FROM given JOIN questions q JOIN items ON items.n = q.n
             WHERE {} AND items.archived = 0 AND {STANDS} {}
             ORDER BY q.n DESC LIMIT ?",
            which.condition(),
            which.lacking()
        ))?;
        let rows = statement.query_map(params![which.us(), ANSWERS, limit], item_row)?;
        rows.map(|row| item(row?)).collect()
    }

    /// Questions that were erased while answers to them stand.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn erased_questions(&self) -> Result<Vec<ItemKey>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT DISTINCT l.target FROM erased_items e
             JOIN links l ON l.target = ?1 || ':' || lower(hex(e.item)) AND l.relation = ?2
             JOIN items a ON a.n = l.n AND a.archived = 0
             WHERE NOT EXISTS (SELECT 1 FROM items WHERE key = l.target)
             ORDER BY l.target",
        )?;
        let rows = statement.query_map([Kind::Question.name(), ANSWERS], |row| {
            row.get::<_, String>(0)
        })?;
        rows.map(|row| key(&row?)).collect()
    }
}

impl Tx<'_> {
    /// Writes the row of a question that has none.
    pub(crate) fn put_question(&self, n: i64, row: &QuestionRow) -> Result<(), StoreError> {
        let parked = match row.parked {
            Parked::Unknown => String::new(),
            known => stored(&known),
        };
        let form = match row.form {
            QuestionForm::Unknown => stored(&QuestionForm::Question),
            known => stored(&known),
        };
        let asked = row.asked.as_ref().map(ToString::to_string);
        self.db
            .prepare_cached(
                "INSERT INTO questions (n, form, clear, parked, asked) VALUES (?, ?, ?, ?, ?)",
            )?
            .execute(params![
                n,
                form,
                row.clear,
                parked,
                asked.unwrap_or_default()
            ])?;
        Ok(())
    }
}
