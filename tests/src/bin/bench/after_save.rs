//! Searching right after a save: what is kept in memory between questions is stale then.

use super::Bench;
use super::figure::Figure;
use super::samples::Samples;
use super::search::P95_MAX;
use anyhow::Result;
use radrum_tests::office::Office;
use serde_json::{Value, json};

/// Saves of each kind, each with a search behind it.
const SAVES: usize = 60;

/// What is saved before a search.
#[derive(Clone, Copy)]
struct Saved {
    kind: &'static str,
    name: &'static str,
    /// Where its words stand.
    field: &'static str,
    form: Option<&'static str>,
    /// The day from which it holds.
    from: Option<&'static str>,
    /// The field that names the question above it.
    under: Option<&'static str>,
}

impl Saved {
    const fn plain(kind: &'static str, name: &'static str) -> Self {
        Self {
            kind,
            name,
            field: "title",
            form: None,
            from: None,
            under: None,
        }
    }
}

const SAVED: [Saved; 5] = [
    Saved::plain("note", "a new note"),
    Saved::plain("label", "a new label"),
    Saved {
        from: Some("2026-11-01"),
        ..Saved::plain("bulletin", "a new bulletin")
    },
    Saved {
        form: Some("question"),
        field: "text",
        ..Saved::plain("question", "a new question")
    },
    Saved {
        form: Some("answer"),
        field: "text",
        under: Some("question"),
        ..Saved::plain("answer", "a new answer")
    },
];

pub(super) fn measure(bench: &Bench<'_>, golden: &[String]) -> Result<Vec<Figure>> {
    let copied = bench.store.copy(bench.place)?;
    let office = copied.store.open()?;
    office.call("warm_up", json!({}))?;
    for text in golden {
        office.call("search", json!({ "text": text }))?;
    }
    let mut figures = Vec::new();
    for saved in SAVED {
        let samples = searches(&office, saved, golden)?;
        let name = format!("golden, each right after {}", saved.name);
        figures.push(samples.figure(name.clone(), "p50", 0.5));
        figures.push(samples.figure(name, "p95", 0.95).at_most(P95_MAX));
    }
    Ok(figures)
}

/// The key of a question that answers are given to.
fn asked(office: &Office) -> Result<Value> {
    let edits = json!([set("text", "Hur gör ni?"), set("form", "question")]);
    let args = json!({ "kind": "question", "edits": edits, "window": "bench" });
    Ok(office.call("create_item", args)?["key"].clone())
}

fn searches(office: &Office, saved: Saved, golden: &[String]) -> Result<Samples> {
    let mut samples = Samples::default();
    let every = (golden.len() / SAVES).max(1);
    let mut under: Vec<Value> = saved.from.map(|day| set("from", day)).into_iter().collect();
    if let Some(field) = saved.under {
        under.push(json!({ "edit": "set", "field": field, "value": asked(office)? }));
    }
    for (at, text) in golden.iter().step_by(every).take(SAVES).enumerate() {
        let mut edits = under.clone();
        edits.push(set(saved.field, &format!("Nyskrivet nummer {at}")));
        edits.extend(saved.form.map(|form| set("form", form)));
        let args = json!({ "kind": saved.kind, "edits": edits, "window": "bench" });
        office.call("create_item", args)?;
        samples.time(|| office.call("search", json!({ "text": text })))?;
    }
    Ok(samples)
}

fn set(field: &str, value: &str) -> Value {
    json!({ "edit": "set", "field": field, "value": value })
}
