//! The tables of one index. There are two slots: one answers while the other is built.

use super::lines::{ItemTerms, columns, decode, encode, terms, terms_knowing};
use super::words::{self, NewWords};
use crate::{Read, StoreError, Tx};
use radrum_domain::{Index, SearchLine};
use rusqlite::{OptionalExtension, params};

/// Which of the two sets of search tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    Even,
    Odd,
}

impl Slot {
    pub const fn number(self) -> u8 {
        match self {
            Self::Even => 0,
            Self::Odd => 1,
        }
    }

    pub const fn other(self) -> Self {
        match self {
            Self::Even => Self::Odd,
            Self::Odd => Self::Even,
        }
    }

    /// The slot that answers now.
    pub fn current(read: &Read<'_>) -> Result<Self, StoreError> {
        Ok(match read.setting("search_slot")?.as_deref() {
            Some("1") => Self::Odd,
            _ => Self::Even,
        })
    }
}

pub(crate) fn create(tx: &Tx<'_>, slot: Slot) -> Result<(), StoreError> {
    let s = slot.number();
    // The ascii tokenizer keeps å, ä, ö and § as letters; terms come folded. `content=''`
    // stores no text; old terms are given back for the 'delete' command. secure-delete is off
    // because it makes a save 20 times slower; erasure runs `optimize` instead
    // (search-notes section 4).
    tx.db.execute_batch(&format!(
        "CREATE VIRTUAL TABLE core_{s} USING fts5(t, a, k, h, m, b, x, content='',
             detail=column, columnsize=0, tokenize=\"ascii tokenchars ':'\");
         CREATE VIRTUAL TABLE core_{s}_terms USING fts5vocab(core_{s}, instance);
         CREATE VIRTUAL TABLE posts_{s} USING fts5(t, b, content='',
             detail=column, columnsize=0, tokenize=\"ascii tokenchars ':'\");
         CREATE VIRTUAL TABLE questions_{s} USING fts5(t, b, content='',
             detail=column, columnsize=0, tokenize=\"ascii tokenchars ':'\");
         CREATE TABLE core_{s}_lines (n INTEGER PRIMARY KEY, lines TEXT NOT NULL) STRICT;
         CREATE TABLE words_{s} (word TEXT PRIMARY KEY, term TEXT NOT NULL,
             items INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    ))?;
    Ok(())
}

pub(crate) fn drop_slot(tx: &Tx<'_>, slot: Slot) -> Result<(), StoreError> {
    let s = slot.number();
    tx.db.execute_batch(&format!(
        "DROP TABLE IF EXISTS core_{s}_terms; DROP TABLE IF EXISTS core_{s};
         DROP TABLE IF EXISTS posts_{s}; DROP TABLE IF EXISTS questions_{s}; DROP TABLE IF EXISTS core_{s}_lines;
         DROP TABLE IF EXISTS words_{s};"
    ))?;
    Ok(())
}

/// What an item gives to the index: table and lines.
pub(crate) type Indexed<'a> = (Index, &'a [SearchLine]);

/// Replaces what an item gave to the index. `old` is derived from its old value under the
/// same rules; for the core table the stored lines are used instead.
pub(crate) fn replace(
    tx: &Tx<'_>,
    slot: Slot,
    n: i64,
    old: Indexed<'_>,
    new: Indexed<'_>,
) -> Result<(), StoreError> {
    let before = take_out(tx, slot, n, old)?;
    let after = match new.0 {
        Index::None => None,
        index => {
            let terms = terms(new.1);
            put_in(tx, slot, n, index, &terms)?;
            Some(terms)
        }
    };
    words::shift(tx, slot, before.as_ref(), after.as_ref())
}

/// Puts in an item that gave nothing before, and notes its words: the caller counts those of
/// many items together ([`words::count`]).
pub(crate) fn add(
    tx: &Tx<'_>,
    slot: Slot,
    n: i64,
    new: Indexed<'_>,
    words: &mut NewWords,
) -> Result<(), StoreError> {
    if new.0 == Index::None {
        return Ok(());
    }
    let terms = terms_knowing(new.1, &mut words.known);
    put_in(tx, slot, n, new.0, &terms)?;
    for (word, term) in terms.words {
        words.counts.entry(word).or_insert((term, 0)).1 += 1;
    }
    Ok(())
}

fn put_in(
    tx: &Tx<'_>,
    slot: Slot,
    n: i64,
    index: Index,
    terms: &ItemTerms,
) -> Result<(), StoreError> {
    let s = slot.number();
    if index == Index::Core {
        let [t, a, k, h, m, b, x] = terms.columns();
        tx.db
            .prepare_cached(&format!(
                "INSERT INTO core_{s} (rowid, t, a, k, h, m, b, x) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            ))?
            .execute(params![n, t, a, k, h, m, b, x])?;
        tx.db
            .prepare_cached(&format!(
                "INSERT INTO core_{s}_lines (n, lines) VALUES (?, ?)"
            ))?
            .execute(params![n, encode(&terms.lines)])?;
    } else {
        let [t, b] = terms.post_columns();
        let table = posts_table(slot, index);
        tx.db
            .prepare_cached(&format!(
                "INSERT INTO {table} (rowid, t, b) VALUES (?, ?, ?)"
            ))?
            .execute(params![n, t, b])?;
    }
    Ok(())
}

fn take_out(
    tx: &Tx<'_>,
    slot: Slot,
    n: i64,
    old: Indexed<'_>,
) -> Result<Option<ItemTerms>, StoreError> {
    let s = slot.number();
    match old.0 {
        Index::None => Ok(None),
        Index::Core => {
            let Some(stored) = stored_lines(&tx.read(), slot, n)? else {
                return Ok(None);
            };
            let [t, a, k, h, m, b, x] = columns(&decode(&stored));
            tx.db
                .prepare_cached(&format!(
                    "INSERT INTO core_{s} (core_{s}, rowid, t, a, k, h, m, b, x)
                     VALUES ('delete', ?, ?, ?, ?, ?, ?, ?, ?)"
                ))?
                .execute(params![n, t, a, k, h, m, b, x])?;
            tx.db
                .prepare_cached(&format!("DELETE FROM core_{s}_lines WHERE n = ?"))?
                .execute([n])?;
            Ok(Some(terms(old.1)))
        }
        index @ (Index::Posts | Index::Questions) => {
            let terms = terms(old.1);
            let [t, b] = terms.post_columns();
            let table = posts_table(slot, index);
            tx.db
                .prepare_cached(&format!(
                    "INSERT INTO {table} ({table}, rowid, t, b) VALUES ('delete', ?, ?, ?)"
                ))?
                .execute(params![n, t, b])?;
            Ok(Some(terms))
        }
    }
}

/// Questions have a table of their own: a search shows the newest of them and of notes.
pub(crate) fn posts_table(slot: Slot, index: Index) -> String {
    let name = if index == Index::Questions {
        "questions"
    } else {
        "posts"
    };
    format!("{name}_{}", slot.number())
}

pub(crate) fn stored_lines(
    read: &Read<'_>,
    slot: Slot,
    n: i64,
) -> Result<Option<String>, StoreError> {
    let s = slot.number();
    Ok(read
        .db
        .prepare_cached(&format!("SELECT lines FROM core_{s}_lines WHERE n = ?"))?
        .query_row([n], |row| row.get(0))
        .optional()?)
}

impl Tx<'_> {
    /// Merges the search tables into one segment each: at idle time, and at erasure so that no
    /// deleted word stays in the file. Words that no item holds go too.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn optimize_search(&self) -> Result<(), StoreError> {
        let s = Slot::current(&self.read())?.number();
        for table in ["core", "posts", "questions"] {
            let table = format!("{table}_{s}");
            self.db.execute(
                &format!("INSERT INTO {table} ({table}) VALUES ('optimize')"),
                (),
            )?;
        }
        self.db
            .execute(&format!("DELETE FROM words_{s} WHERE items <= 0"), ())?;
        Ok(())
    }
}
