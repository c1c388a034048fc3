//! Bytes on disk.

use super::Bench;
use super::figure::{Figure, Unit};
use super::raw::connect;
use anyhow::Result;
use std::collections::BTreeMap;

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let raw = bench.raw()?;
    let wal = bench.store.folder.join("radrum.db-wal");
    let wal = std::fs::metadata(wal).map_or(0, |wal| wal.len());
    // Free pages are left from a rebuild for other search rules.
    let file = std::fs::metadata(bench.store.database())?.len();
    let bytes = file - free_bytes(bench, file)? + wal;
    let figure = Figure::new(
        "database with its WAL",
        "bytes",
        Unit::Megabytes,
        megabytes(bytes),
    )
    .beside("FTS5 file of the same texts", megabytes(raw.bytes))
    .beside("the texts alone", megabytes(raw.text_bytes));
    let mut figures = vec![if bench.has_goals() {
        figure.at_most_times(1.4)
    } else {
        figure
    }];
    for (name, bytes) in tables(bench)? {
        let name = format!("of it: {name}");
        figures.push(Figure::new(
            name,
            "bytes",
            Unit::Megabytes,
            megabytes(bytes),
        ));
    }
    Ok(figures)
}

/// SQLCipher answers for the page size in its own way, so it is the file over its pages.
fn free_bytes(bench: &Bench<'_>, file: u64) -> Result<u64> {
    let connection = connect(&bench.store.database(), &bench.store.key()?)?;
    let pragma = |name: &str| -> Result<u64> {
        let value: i64 = connection.query_row(name, (), |row| row.get(0))?;
        Ok(value.unsigned_abs())
    };
    let pages = pragma("PRAGMA page_count")?.max(1);
    Ok(pragma("PRAGMA freelist_count")? * (file / pages))
}

/// Bytes of the pages of each group of tables, with their indexes.
fn tables(bench: &Bench<'_>) -> Result<BTreeMap<&'static str, u64>> {
    let connection = connect(&bench.store.database(), &bench.store.key()?)?;
    // An index of a table counts with it.
    let mut statement = connection.prepare(
        "SELECT coalesce(s.tbl_name, d.name), sum(d.pgsize) FROM dbstat d
         LEFT JOIN sqlite_schema s ON s.name = d.name GROUP BY 1",
    )?;
    let mut rows = statement.query(())?;
    let mut groups = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (table, bytes): (String, i64) = (row.get(0)?, row.get(1)?);
        *groups.entry(group(&table)).or_default() += bytes.unsigned_abs();
    }
    Ok(groups)
}

fn group(table: &str) -> &'static str {
    let search = ["core_", "posts_", "questions_", "words_"];
    match table {
        "docs" => "documents with their values",
        "log" | "logs" => "the log",
        "changes" => "changes",
        "items" | "item_labels" | "links" | "experience" | "responsibility" | "questions" => {
            "rows of lists"
        }
        _ if search.iter().any(|begins| table.starts_with(begins)) => "search",
        _ => "the rest",
    }
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
