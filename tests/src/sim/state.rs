//! What lies in a file, independent of the order in which it arrived there.

use super::ledger::Hash;
use anyhow::{Context as _, Result, bail};
use radrum_wire::ChangeHash;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// What lies in an office's file at rest, by item and independent of the order of arrival.
#[derive(Debug, PartialEq, Eq)]
pub struct State {
    /// Entries, and what is not taken into documents.
    pub entries: BTreeMap<Hash, String>,
    /// Log and position of each entry, to tell of it.
    places: BTreeMap<Hash, String>,
    /// Heads, plain value and who wrote, by key.
    pub docs: BTreeMap<String, (Vec<u8>, String, String)>,
    /// Rows of the derived tables with keys instead of numbers.
    pub derived: BTreeMap<&'static str, Vec<String>>,
}

/// An entry that was kept before its epoch came, and is none.
pub const BROKEN: &str = "refused seal_broken";

/// Derived rows without the numbers that depend on the order of arrival.
const DERIVED: [(&str, &str); 6] = [
    (
        "items",
        "SELECT key, kind, title, hex(sort_key), owner, area, parent, review_on, archived,
                merged_into, voices, updated_at FROM items",
    ),
    (
        "item_labels",
        "SELECT i.key, l.label FROM item_labels l JOIN items i USING (n)",
    ),
    (
        "links",
        "SELECT i.key, l.relation, l.target FROM links l JOIN items i USING (n)",
    ),
    (
        "experience",
        "SELECT i.key, e.entry, e.area, e.level, e.year FROM experience e JOIN items i USING (n)",
    ),
    (
        "responsibility",
        "SELECT i.key, r.area, r.municipality, r.kind, r.from_day, r.to_day, r.member
         FROM responsibility r JOIN items i USING (n)",
    ),
    (
        "questions",
        "SELECT i.key, q.form, q.clear, q.parked, q.asked FROM questions q JOIN items i USING (n)",
    ),
];

impl State {
    /// Reads it.
    ///
    /// # Errors
    /// Any error of SQLite.
    pub fn of(look: &Connection) -> Result<Self> {
        let mut entries = BTreeMap::new();
        let sql = "SELECT e.hash, coalesce(u.state || ' ' || u.code, ''),
                          hex(substr(e.log, 1, 4)) || '/' || e.seq
                   FROM entries e LEFT JOIN untaken u USING (n)";
        let mut places = BTreeMap::new();
        let mut statement = look.prepare_cached(sql)?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            entries.insert(row.get(0)?, row.get(1)?);
            places.insert(row.get(0)?, row.get(2)?);
        }
        let mut docs = BTreeMap::new();
        let sql = "SELECT key, heads, value, created_at || ' ' || created_by || ' ' ||
                          updated_at || ' ' || updated_by FROM docs";
        let mut statement = look.prepare_cached(sql)?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            docs.insert(row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?));
        }
        Ok(Self {
            entries,
            places,
            docs,
            derived: derived(look)?,
        })
    }

    /// Leaves out what stands in a log, named by its first bytes, and not in another state.
    pub fn leave_out_of_log(&mut self, log: &str, other: &Self) {
        let places = &self.places;
        let is_new = |hash: &Hash| {
            let of_log = places.get(hash).is_some_and(|place| place.starts_with(log));
            of_log && !other.entries.contains_key(hash)
        };
        self.entries.retain(|hash, _| !is_new(hash));
    }

    /// Leaves out what waits for an entry that only its writer has, in logs that are named by
    /// their first bytes.
    pub fn leave_out_gaps(&mut self, logs: &BTreeSet<String>) {
        let places = &self.places;
        let of = |hash: &Hash| {
            let log = places.get(hash).and_then(|place| place.split('/').next());
            log.is_some_and(|log| logs.contains(log))
        };
        self.entries
            .retain(|hash, state| state != "waits before" || !of(hash));
    }

    /// Says where two differ.
    ///
    /// # Errors
    /// There.
    pub fn compare(&self, other: &Self) -> Result<()> {
        let mut differ = Vec::new();
        for hash in self.entries.keys().chain(other.entries.keys()) {
            let (a, b) = (self.entries.get(hash), other.entries.get(hash));
            let broken = [a, b].contains(&Some(&BROKEN.to_string()));
            if a != b && !(broken && (a.is_none() || b.is_none())) {
                let place = self.places.get(hash).or(other.places.get(hash));
                differ.push(format!("{} is {a:?} and {b:?}", place.context("place")?));
            }
        }
        if !differ.is_empty() {
            differ.sort();
            differ.dedup();
            bail!("entries: {}", differ.join(", "));
        }
        for key in self.docs.keys().chain(other.docs.keys()) {
            let (a, b) = (self.docs.get(key), other.docs.get(key));
            match (a, b) {
                (Some(a), Some(b)) if a == b => {}
                (Some(a), Some(b)) if (&a.0, &a.1) == (&b.0, &b.1) => {
                    bail!("{key} was made and changed: {} and {}", a.2, b.2)
                }
                (Some(a), Some(b)) => bail!("{key} is {} and {}", a.1, b.1),
                _ => bail!("{key} is not in both"),
            }
        }
        for (table, rows) in &self.derived {
            let theirs = other.derived.get(table).context("table")?;
            if let Some((a, b)) = rows.iter().zip(theirs).find(|(a, b)| a != b) {
                bail!("{table}: {a} and {b}");
            }
            if rows.len() != theirs.len() {
                bail!("{table}: {} rows and {}", rows.len(), theirs.len());
            }
        }
        Ok(())
    }
}

/// Rows of the derived tables.
///
/// # Errors
/// Any error of SQLite.
pub fn derived(look: &Connection) -> Result<BTreeMap<&'static str, Vec<String>>> {
    let mut all = BTreeMap::new();
    for (table, sql) in DERIVED {
        let mut statement = look.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query(())?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let value = |column| row.get::<_, rusqlite::types::Value>(column);
            let line: Vec<_> = (0..columns).map(value).collect::<Result<_, _>>()?;
            lines.push(format!("{line:?}"));
        }
        lines.sort_unstable();
        all.insert(table, lines);
    }
    Ok(all)
}

/// All changes that are in documents.
///
/// # Errors
/// Any error of SQLite.
pub fn changes(look: &Connection) -> Result<BTreeSet<Hash>> {
    let mut statement = look.prepare_cached("SELECT hash FROM changes")?;
    let rows = statement.query_map((), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The changes of an item that no other change of it names.
///
/// # Errors
/// Any error of SQLite.
pub fn tips(look: &Connection, item: [u8; 16]) -> Result<Vec<ChangeHash>> {
    let mut statement = look.prepare_cached("SELECT hash, deps FROM changes WHERE item = ?")?;
    let mut rows = statement.query([item])?;
    let mut hashes: BTreeSet<Hash> = BTreeSet::new();
    let mut named: BTreeSet<Hash> = BTreeSet::new();
    while let Some(row) = rows.next()? {
        hashes.insert(row.get(0)?);
        let deps: Vec<u8> = row.get(1)?;
        named.extend(deps.chunks_exact(32).filter_map(|d| Hash::try_from(d).ok()));
    }
    let tips = hashes.difference(&named);
    Ok(tips.map(|hash| ChangeHash::from_bytes(*hash)).collect())
}
