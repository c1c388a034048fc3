//! Distinct surface words with their term and how many items hold them: what completion,
//! spelling and undotted lookup are loaded from.

use super::lines::ItemTerms;
use super::table::Slot;
use crate::{Read, StoreError, Tx};
use radrum_swedish::{Known, VocabularyWord};
use rusqlite::params;

/// Words of many new items.
#[derive(Debug, Default)]
pub(crate) struct NewWords {
    /// How they are read.
    pub known: Known,
    /// With their term and how many items hold them.
    pub counts: std::collections::BTreeMap<String, (String, i64)>,
}

/// Counts the words of many new items up, each once.
pub(crate) fn count(tx: &Tx<'_>, slot: Slot, words: &NewWords) -> Result<(), StoreError> {
    let s = slot.number();
    let mut add = tx.db.prepare_cached(&format!(
        "INSERT INTO words_{s} (word, term, items) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET items = items + ?3"
    ))?;
    for (word, (term, items)) in &words.counts {
        add.execute(params![word, term, items])?;
    }
    Ok(())
}

/// Counts an item's new words up and its old words down.
pub(crate) fn shift(
    tx: &Tx<'_>,
    slot: Slot,
    old: Option<&ItemTerms>,
    new: Option<&ItemTerms>,
) -> Result<(), StoreError> {
    let s = slot.number();
    let empty = std::collections::BTreeMap::new();
    let old = old.map_or(&empty, |terms| &terms.words);
    let new = new.map_or(&empty, |terms| &terms.words);
    for (word, term) in new.iter().filter(|(word, _)| !old.contains_key(*word)) {
        tx.db
            .prepare_cached(&format!(
                "INSERT INTO words_{s} (word, term, items) VALUES (?, ?, 1)
                 ON CONFLICT DO UPDATE SET items = items + 1"
            ))?
            .execute(params![word, term])?;
    }
    for word in old.keys().filter(|word| !new.contains_key(*word)) {
        tx.db
            .prepare_cached(&format!(
                "UPDATE words_{s} SET items = items - 1 WHERE word = ?"
            ))?
            .execute([word])?;
        // A word that no item holds any more must not stay in the file.
        tx.db
            .prepare_cached(&format!(
                "DELETE FROM words_{s} WHERE word = ? AND items <= 0"
            ))?
            .execute([word])?;
    }
    Ok(())
}

pub(crate) fn all(read: &Read<'_>, slot: Slot) -> Result<Vec<VocabularyWord>, StoreError> {
    let s = slot.number();
    let mut statement = read.db.prepare(&format!(
        "SELECT word, term, items FROM words_{s} ORDER BY word"
    ))?;
    let rows = statement.query_map((), |row| {
        Ok(VocabularyWord {
            word: row.get(0)?,
            term: row.get(1)?,
            items: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
