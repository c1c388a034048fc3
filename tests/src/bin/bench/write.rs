//! From the call to the acknowledged save: change, document, projection, search and log in
//! one synced transaction.

use super::Bench;
use super::figure::Figure;
use super::raw::{self, create};
use super::samples::Samples;
use anyhow::{Context as _, Result};
use radrum_tests::office::Office;
use rusqlite::params;
use serde_json::{Value, json};
use std::fs::File;
use std::io::Write as _;

/// Measured writes of each kind, after the first ones.
const WRITES: usize = 500;

/// Writes before measuring begins.
const FIRST: usize = 20;

/// What a save of one line comes to in the log.
const SMALL: usize = 300;

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let copied = bench.store.copy(bench.place)?;
    let office = copied.store.open()?;
    office.call("warm_up", json!({}))?;
    let card = edit_cards(&office)?;
    let note = add_notes(&office)?;
    let draft = save_drafts(&office)?;
    drop(office);
    let limits = Limits::measure(bench)?;
    let mut figures = Vec::new();
    let goals = bench.has_goals();
    figures.extend(limits.beside("edit_item, a step of a card", &card, goals));
    figures.extend(limits.beside("create_item, a note", &note, goals));
    figures.extend(limits.beside("save_draft", &draft, false));
    Ok(figures)
}

fn edit_cards(office: &Office) -> Result<Samples> {
    let cards = office.call("playbooks", json!({}))?;
    let cards = cards.as_array().context("cards")?;
    let mut samples = Samples::default();
    for (at, card) in cards.iter().cycle().take(FIRST + WRITES).enumerate() {
        let page = office.call("playbook", json!({ "key": card["key"] }))?;
        let step = page["card"]["steps"].as_array().and_then(|s| s.first());
        let Some(step) = step else { continue };
        let text = format!("{} {at}", step["text"].as_str().unwrap_or_default());
        let edit = json!({ "edit": "set_in", "list": "steps", "id": step["id"],
                           "field": "text", "value": text });
        let args = json!({ "key": card["key"], "heads": page["head"]["heads"],
                           "edits": [edit], "window": "bench" });
        timed(office, "edit_item", args, at, &mut samples)?;
    }
    Ok(samples)
}

fn add_notes(office: &Office) -> Result<Samples> {
    let mut samples = Samples::default();
    for at in 0..FIRST + WRITES {
        let body = "Vi ringde överförmyndaren i grannkommunen och fick hjälp samma dag. \
                    Blanketten ligger hos handläggaren.";
        let edits = json!([
            { "edit": "set", "field": "title", "value": format!("Anteckning nummer {at}") },
            { "edit": "write", "field": "body", "text": body },
        ]);
        let args = json!({ "kind": "note", "edits": edits, "window": "bench" });
        timed(office, "create_item", args, at, &mut samples)?;
    }
    Ok(samples)
}

fn save_drafts(office: &Office) -> Result<Samples> {
    let cards = office.call("playbooks", json!({}))?;
    let mut samples = Samples::default();
    for at in 0..FIRST + WRITES {
        let args = json!({ "key": cards[0]["key"], "field": "title", "heads": [],
                           "text": format!("Utkast {at}"), "window": "bench" });
        timed(office, "save_draft", args, at, &mut samples)?;
    }
    Ok(samples)
}

fn timed(
    office: &Office,
    command: &str,
    args: Value,
    at: usize,
    samples: &mut Samples,
) -> Result<()> {
    let mut unmeasured = Samples::default();
    let into = if at < FIRST { &mut unmeasured } else { samples };
    into.time(|| -> Result<()> {
        let answer = office.call(command, args)?;
        std::hint::black_box(serde_json::to_vec(&answer)?);
        Ok(())
    })
}

/// What the disk and SQLite need for the least that could be written.
struct Limits {
    indexed: Samples,
    row: Samples,
    append: Samples,
}

impl Limits {
    fn measure(bench: &Bench<'_>) -> Result<Self> {
        let folder = bench.place.scratch()?;
        let connection = create(&folder.path().join("rows.db"))?;
        connection.execute_batch("CREATE TABLE rows (n INTEGER PRIMARY KEY, text TEXT) STRICT")?;
        connection.execute_batch(raw::TABLE)?;
        let text = "Vi ringde och fick hjälp. ".repeat(SMALL / 26);
        let mut limits = Self {
            indexed: Samples::default(),
            row: Samples::default(),
            append: Samples::default(),
        };
        for _ in 0..WRITES {
            limits.row.time(|| {
                connection
                    .prepare_cached("INSERT INTO rows (text) VALUES (?)")?
                    .execute([&text])
            })?;
        }
        for n in 0..WRITES {
            limits.indexed.time(|| -> rusqlite::Result<()> {
                let tx = connection.unchecked_transaction()?;
                tx.prepare_cached("INSERT INTO rows (text) VALUES (?)")?
                    .execute([&text])?;
                tx.prepare_cached("INSERT INTO text (title, body) VALUES (?, ?)")?
                    .execute(params![format!("Rad {n}"), text])?;
                tx.commit()
            })?;
        }
        let mut file = File::create(folder.path().join("append"))?;
        for _ in 0..WRITES {
            limits.append.time(|| -> std::io::Result<()> {
                file.write_all(text.as_bytes())?;
                file.sync_all()
            })?;
        }
        Ok(limits)
    }

    /// Goal 8 of performance.md counts in rows with full text.
    fn beside(&self, what: &str, samples: &Samples, goals: bool) -> Vec<Figure> {
        let stats = [("p50", 0.5, 4.0), ("p99", 0.99, 3.0)];
        stats
            .into_iter()
            .map(|(stat, share, times)| {
                let figure = samples
                    .figure(what, stat, share)
                    .beside("row + FTS5, WAL, FULL", self.indexed.quantile(share))
                    .beside("one small row, WAL, FULL", self.row.quantile(share))
                    .beside("append + fsync", self.append.quantile(share));
                if goals {
                    figure.at_most_times(times)
                } else {
                    figure
                }
            })
            .collect()
    }
}
