//! The limit: the same texts in one plain FTS5 table of a SQLCipher file, with nothing of ours.

use super::place::Place;
use super::samples::ms_since;
use super::store::Store;
use super::texts::texts;
use anyhow::Result;
use radrum_store::DbKey;
use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};
use std::time::Instant;
use tempfile::TempDir;

/// The table. å, ä, ö are letters of their own, as they are for us.
pub const TABLE: &str =
    "CREATE VIRTUAL TABLE text USING fts5(title, body, tokenize=\"unicode61 remove_diacritics 0\")";

/// Ranked, the best twenty, with snippets.
const QUERY: &str = "SELECT rowid, title, snippet(text, 1, '[', ']', '…', 12) FROM text
    WHERE text MATCH ? ORDER BY rank LIMIT 20";

/// How the words of a query belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// All of them: what FTS5 does with words side by side.
    And,
    /// Any of them: what a search that forgives must look at.
    Or,
}

/// The file.
pub struct Raw {
    _folder: TempDir,
    path: PathBuf,
    /// How long all texts took to write, in ms.
    pub build_ms: f64,
    /// Its bytes then.
    pub bytes: u64,
    /// Bytes of the texts.
    pub text_bytes: u64,
}

impl Raw {
    /// Writes what the store's items give to search, in one transaction.
    ///
    /// # Errors
    /// When the store cannot be read or the file cannot be written.
    pub fn build(place: &Place, store: &Store) -> Result<Self> {
        Self::of(place, &texts(store)?)
    }

    /// Writes these texts, in one transaction.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn of(place: &Place, texts: &[(String, String)]) -> Result<Self> {
        let folder = place.scratch()?;
        let path = folder.path().join("raw.db");
        let mut connection = create(&path)?;
        connection.execute_batch(TABLE)?;
        let began = Instant::now();
        let tx = connection.transaction()?;
        {
            let mut insert = tx.prepare("INSERT INTO text (title, body) VALUES (?, ?)")?;
            for (title, body) in texts {
                insert.execute(params![title, body])?;
            }
        }
        tx.commit()?;
        checkpoint(&connection)?;
        let build_ms = ms_since(began);
        let bytes = std::fs::metadata(&path)?.len();
        // One segment, as our own index has after it was made.
        connection.execute("INSERT INTO text (text) VALUES ('optimize')", ())?;
        checkpoint(&connection)?;
        let text_bytes = texts.iter().map(|(t, b)| (t.len() + b.len()) as u64).sum();
        Ok(Self {
            _folder: folder,
            path,
            build_ms,
            bytes,
            text_bytes,
        })
    }

    /// Where the file lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Opens it as a reader would.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(&self) -> Result<Connection> {
        connect(&self.path, &key())
    }
}

/// The best twenty titles with snippets, as one text.
///
/// # Errors
/// When the query cannot be run.
pub fn answer(connection: &Connection, text: &str, joined: Joined) -> Result<String> {
    let mut answer = String::new();
    let Some(query) = query(text, joined) else {
        return Ok(answer);
    };
    let mut statement = connection.prepare_cached(QUERY)?;
    let mut rows = statement.query([query])?;
    while let Some(row) = rows.next()? {
        answer.push_str(row.get_ref(1)?.as_str()?);
        answer.push_str(row.get_ref(2)?.as_str()?);
    }
    Ok(answer)
}

/// Each word as a prefix.
fn query(text: &str, joined: Joined) -> Option<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| format!("\"{word}\"*"))
        .collect();
    let by = match joined {
        Joined::And => " ",
        Joined::Or => " OR ",
    };
    (!words.is_empty()).then(|| words.join(by))
}

/// Any key: it costs the same.
fn key() -> DbKey {
    DbKey::new([7; 32])
}

/// A new encrypted file, as durable as ours.
///
/// # Errors
/// When it cannot be made.
pub fn create(path: &Path) -> Result<Connection> {
    let connection = connect(path, &key())?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    Ok(connection)
}

/// Opens an encrypted file with the cache that ours has.
///
/// # Errors
/// When it cannot be read with this key.
pub fn connect(path: &Path, key: &DbKey) -> Result<Connection> {
    let connection = Connection::open(path)?;
    let hex: String = key.expose().iter().map(|b| format!("{b:02x}")).collect();
    connection.pragma_update(None, "cipher_log", "off")?;
    connection.pragma_update(None, "key", format!("x'{hex}'"))?;
    connection.pragma_update(None, "cache_size", -16 * 1024)?;
    connection.query_row("SELECT count(*) FROM sqlite_master", (), |_| Ok(()))?;
    Ok(connection)
}

fn checkpoint(connection: &Connection) -> Result<()> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))?;
    Ok(())
}
