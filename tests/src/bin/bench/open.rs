//! From a closed file to the first answer (performance.md section 6, goal 3).

use super::Bench;
use super::figure::Figure;
use super::raw::{Joined, answer};
use super::samples::{Samples, ms_since};
use super::web::Web;
use anyhow::Result;
use radrum_tests::office::{Office, Start};
use rustix::fs::{Advice, fadvise};
use serde_json::json;
use std::fs::File;
use std::path::Path;
use std::time::Instant;

/// Opens of each kind.
const OPENS: usize = 9;

/// What is asked first.
const FIRST: &str = "adoptionsutredning medgivande";

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let [mut cold, mut warm, mut raw_cold, mut raw_warm]: [Samples; 4] = Default::default();
    let database = bench.store.database();
    for _ in 0..OPENS {
        forget_pages(&database)?;
        cold.push(first_answer(bench)?);
        forget_pages(bench.raw()?.path())?;
        raw_cold.push(first_raw_answer(bench)?);
        warm.push(first_answer(bench)?);
        raw_warm.push(first_raw_answer(bench)?);
    }
    let mut figures = Vec::new();
    let name = "cold, in process: start, first search";
    for (stat, share) in [("median", 0.5), ("max", 1.0)] {
        let figure = cold
            .figure(name, stat, share)
            .beside("SQLCipher open, FTS5 query", raw_cold.quantile(share));
        figures.push(if bench.has_goals() && stat == "median" {
            figure.at_most_times(4.0)
        } else {
            figure
        });
    }
    let name = "warm, in process: start, first search";
    figures.push(
        warm.figure(name, "median", 0.5)
            .beside("SQLCipher open, FTS5 query", raw_warm.median()),
    );
    figures.extend(program(bench)?);
    Ok(figures)
}

fn first_answer(bench: &Bench<'_>) -> Result<f64> {
    let office = Office::closed(Start::example(&bench.store.folder, bench.size));
    let began = Instant::now();
    office.call("start", json!({}))?;
    let answer = office.call("search", json!({ "text": FIRST }))?;
    std::hint::black_box(serde_json::to_vec(&answer)?);
    Ok(ms_since(began))
}

fn first_raw_answer(bench: &Bench<'_>) -> Result<f64> {
    let began = Instant::now();
    let connection = bench.raw()?.open()?;
    std::hint::black_box(answer(&connection, FIRST, Joined::And)?);
    Ok(ms_since(began))
}

/// Takes a file out of the system's page cache.
fn forget_pages(path: &Path) -> Result<()> {
    let file = File::open(path)?;
    file.sync_all()?;
    Ok(fadvise(&file, 0, None, Advice::DontNeed)?)
}

/// The part of the program's start that is ours: the web host, without any browser.
fn program(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let [mut listening, mut answered]: [Samples; 2] = Default::default();
    for _ in 0..OPENS {
        let began = Instant::now();
        let web = Web::start(bench)?;
        listening.push(web.started_ms);
        web.call("search", &json!({ "text": FIRST }))?;
        answered.push(ms_since(began));
    }
    let figure = |what: &str, samples: &Samples| samples.figure(what, "median", 0.5);
    Ok(vec![
        figure("web host: start of the program to its link", &listening),
        figure(
            "web host: start of the program to the first answer",
            &answered,
        ),
    ])
}
