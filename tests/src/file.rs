//! The database file itself, opened beside the program: to look at what it wrote, and to
//! change it as no program should.

use anyhow::{Context as _, Result, bail};
use radrum_domain::{Document, Heads, ItemKey};
use radrum_store::{DbKey, Opening, Read};
use radrum_wire::{Body, ItemId, Seq};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Tables that follow from plain values.
const DERIVED: [&str; 6] = [
    "items",
    "item_labels",
    "links",
    "experience",
    "responsibility",
    "questions",
];

/// The key of an Exempelkrets, which lies beside it.
///
/// # Errors
/// When it is not there.
pub fn example_key(folder: &Path) -> Result<DbKey> {
    let bytes = std::fs::read(folder.join("example.key"))?;
    Ok(DbKey::new(bytes.as_slice().try_into()?))
}

/// A plain connection. The program must not have the profile open.
///
/// # Errors
/// Any error of SQLite.
pub fn connect(folder: &Path, key: &DbKey) -> Result<Connection> {
    let connection = Connection::open(folder.join("radrum.db"))?;
    let key = format!("x'{}'", hex::encode(key.expose()));
    connection.pragma_update(None, "key", key)?;
    Ok(connection)
}

/// All rows of the derived tables as text, in order.
///
/// # Errors
/// Any error of SQLite.
pub fn derived(connection: &Connection) -> Result<String> {
    let mut out = String::new();
    for table in DERIVED {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table}"))?;
        let columns = statement.column_count();
        let mut rows = statement.query(())?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let mut line = String::new();
            for column in 0..columns {
                match row.get_ref(column)? {
                    ValueRef::Text(text) => write!(line, "{}|", String::from_utf8_lossy(text))?,
                    other => write!(line, "{other:?}|")?,
                }
            }
            lines.push(line);
        }
        lines.sort_unstable();
        writeln!(out, "{table}\n{}", lines.join("\n"))?;
    }
    Ok(out)
}

/// Proves that everything follows from the log: each document is made anew from the changes of
/// the log's entries, in order, and must give the heads and the value that the program keeps.
/// Gives how many documents were proved.
///
/// # Errors
/// When one does not.
pub fn prove_documents(folder: &Path, key: &DbKey) -> Result<usize> {
    let opening = Opening {
        path: folder.join("radrum.db"),
        key: key.clone(),
        planted: None,
    };
    let (_writer, readers) = radrum_store::open(opening)?;
    readers
        .with(|read| -> Result<usize, Fallen> {
            prove(&read).map_err(|error| Fallen(format!("{error:#}")))
        })
        .map_err(|fallen| anyhow::anyhow!(fallen.0))
}

struct Fallen(String);

impl From<radrum_store::StoreError> for Fallen {
    fn from(error: radrum_store::StoreError) -> Self {
        Self(error.to_string())
    }
}

fn prove(read: &Read<'_>) -> Result<usize> {
    let profile = read.profile()?.context("profile")?;
    let mut changes: BTreeMap<ItemId, Vec<Vec<u8>>> = BTreeMap::new();
    let mut at = Seq(0);
    loop {
        let rows = read.log_after(profile.log, at, 500)?;
        let Some(last) = rows.last() else { break };
        for (n, row) in rows.iter().enumerate() {
            if row.seq.0 != at.0 + 1 + n as u64 {
                bail!("a hole in the log before {}", row.seq.0);
            }
            let standing = |change: &radrum_wire::ItemChange| {
                read.standing(change.item)
                    .is_ok_and(|of| of == change.generation)
            };
            if row.kind != radrum_wire::Kind::CHANGES {
                continue;
            }
            for change in Body::decode(&row.body)?
                .changes
                .into_iter()
                .filter(standing)
            {
                changes.entry(change.item).or_default().push(change.change);
            }
        }
        at = last.seq;
    }
    let (mut n, mut proved) = (0, 0);
    loop {
        let docs = read.docs_after(n, None, 500)?;
        let Some(last) = docs.last() else { break };
        n = last.n;
        for meta in &docs {
            let key: &ItemKey = &meta.key;
            let mut document = Document::begin(key.kind())?;
            document.replay(changes.remove(&key.id()).unwrap_or_default().as_slice())?;
            if document.heads() != meta.heads {
                bail!("{key}: other heads than the log gives");
            }
            let noted = read.heads_of_changes(key.id(), meta.generation)?;
            if Heads::new(noted) != meta.heads {
                bail!("{key}: other heads than the table of changes gives");
            }
            if document.plain() != meta.plain {
                bail!("{key}: another value than the log gives");
            }
            proved += 1;
        }
    }
    match changes.keys().next() {
        Some(item) => bail!("changes of {item} without a document"),
        None => Ok(proved),
    }
}
