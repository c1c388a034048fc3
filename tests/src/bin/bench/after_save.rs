//! Searching right after a save: what is kept in memory between questions is stale then.

use super::Bench;
use super::figure::Figure;
use super::samples::Samples;
use super::search::P95_MAX;
use anyhow::Result;
use radrum_tests::office::Office;
use serde_json::json;

/// Saves of each kind, each with a search behind it.
const SAVES: usize = 60;

pub(super) fn measure(bench: &Bench<'_>, golden: &[String]) -> Result<Vec<Figure>> {
    let copied = bench.store.copy(bench.place)?;
    let office = copied.store.open()?;
    office.call("warm_up", json!({}))?;
    for text in golden {
        office.call("search", json!({ "text": text }))?;
    }
    let mut figures = Vec::new();
    for (kind, name) in [
        ("note", "golden, each right after a new note"),
        ("label", "golden, each right after a new label"),
    ] {
        let samples = searches(&office, kind, golden)?;
        figures.push(samples.figure(name, "p50", 0.5));
        figures.push(samples.figure(name, "p95", 0.95).at_most(P95_MAX));
    }
    Ok(figures)
}

fn searches(office: &Office, kind: &str, golden: &[String]) -> Result<Samples> {
    let mut samples = Samples::default();
    let every = (golden.len() / SAVES).max(1);
    for (at, text) in golden.iter().step_by(every).take(SAVES).enumerate() {
        let title = format!("Nyskrivet nummer {at}");
        let edits = json!([{ "edit": "set", "field": "title", "value": title }]);
        let args = json!({ "kind": kind, "edits": edits, "window": "bench" });
        office.call("create_item", args)?;
        samples.time(|| office.call("search", json!({ "text": text })))?;
    }
    Ok(samples)
}
