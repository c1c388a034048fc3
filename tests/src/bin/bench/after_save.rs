//! Searching right after a save: what is kept in memory between questions is stale then.

use super::Bench;
use super::figure::Figure;
use super::samples::Samples;
use super::search::P95_MAX;
use anyhow::Result;
use serde_json::json;

/// Saves, each with a search behind it.
const SAVES: usize = 60;

pub(super) fn measure(bench: &Bench<'_>, golden: &[String]) -> Result<Vec<Figure>> {
    let copied = bench.store.copy(bench.place)?;
    let office = copied.store.open()?;
    office.call("warm_up", json!({}))?;
    for text in golden {
        office.call("search", json!({ "text": text }))?;
    }
    let mut samples = Samples::default();
    let every = (golden.len() / SAVES).max(1);
    for (at, text) in golden.iter().step_by(every).take(SAVES).enumerate() {
        let edits = json!([
            { "edit": "set", "field": "title", "value": format!("Anteckning nummer {at}") },
            { "edit": "write", "field": "body", "text": "Vi ringde grannkommunen." },
        ]);
        office.call(
            "create_item",
            json!({ "kind": "note", "edits": edits, "window": "bench" }),
        )?;
        samples.time(|| office.call("search", json!({ "text": text })))?;
    }
    let name = "golden, each right after a new note";
    Ok(vec![
        samples.figure(name, "p50", 0.5),
        samples.figure(name, "p95", 0.95).at_most(P95_MAX),
    ])
}
