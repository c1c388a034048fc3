//! Derived tables made anew, as after an update with another layout or other search rules.

use super::Bench;
use super::figure::{Figure, Unit};
use super::samples::ms_since;
use anyhow::{Context as _, Result, bail};
use radrum_app::Event;
use radrum_tests::office::{Office, Start};
use serde_json::json;
use std::time::{Duration, Instant};

/// It must be done by then.
const DONE_WITHIN: Duration = Duration::from_secs(60 * 60);

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let raw = bench.raw()?;
    let limit = raw.build_ms / 1_000.0;
    let mut figures = Vec::new();
    for (what, setting) in [
        ("everything", "projection_schema"),
        ("search only", "index_version"),
    ] {
        let seconds = rebuild(bench, setting)?;
        let figure = Figure::new(what, "once", Unit::Seconds, seconds)
            .beside("FTS5 bulk insert, one transaction", limit);
        figures.push(figure);
    }
    Ok(figures)
}

/// From the start until the interface is told that all is there.
fn rebuild(bench: &Bench<'_>, setting: &str) -> Result<f64> {
    let copied = bench.store.copy(bench.place)?;
    copied.store.forget(setting)?;
    let office = Office::closed(Start::example(&copied.store.folder, bench.size));
    let events = office.host.events().listen();
    let began = Instant::now();
    let state = office.call("start", json!({}))?;
    if state["session"]["rebuilding"] != json!(true) {
        bail!("{setting}: nothing is rebuilt: {state}");
    }
    loop {
        let left = DONE_WITHIN.saturating_sub(began.elapsed());
        let event = events.recv_timeout(left).context("rebuild in time")?;
        if event == (Event::Rebuilding { busy: false }) {
            return Ok(ms_since(began) / 1_000.0);
        }
    }
}
