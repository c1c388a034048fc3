//! Derived tables made anew, as after an update with another layout or other search rules.

use super::Bench;
use super::figure::{Figure, Unit};
use anyhow::{Context as _, Result};

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
    let seconds = copied.store.rebuilt()?;
    seconds.with_context(|| format!("{setting}: nothing is rebuilt"))
}
