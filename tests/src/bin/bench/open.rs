//! From a closed file to the first answer (performance.md section 6, goal 3).

use super::Bench;
use super::figure::{Figure, Unit};
use super::process::disk_read;
use super::raw::{Joined, answer};
use super::samples::{Samples, ms_since};
use super::web::Web;
use anyhow::{Result, ensure};
use radrum_tests::office::{Office, Start};
use rustix::fs::{Advice, fadvise};
use serde_json::json;
use std::fs::File;
use std::path::Path;
use std::time::Instant;

/// Opens of each kind.
const OPENS: usize = 15;

/// What is asked first; words that plain FTS5 finds too.
const FIRST: &str = "adoption medgivande";

/// Goal 3, in times of the limit.
const GOAL: f64 = 4.0;

const LIMIT: &str = "SQLCipher open, FTS5 query";

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let [mut cold, mut warm, mut raw_cold, mut raw_warm]: [Opens; 4] = Default::default();
    let database = bench.store.database();
    for _ in 0..OPENS {
        forget_pages(&database)?;
        cold.push(&first_answer(bench)?);
        forget_pages(bench.raw()?.path())?;
        raw_cold.push(&first_raw_answer(bench)?);
        warm.push(&first_answer(bench)?);
        raw_warm.push(&first_raw_answer(bench)?);
    }
    let mut figures = Vec::new();
    for (name, ours, raw) in [
        (
            "cold file: start + first search, in process",
            &cold,
            &raw_cold,
        ),
        (
            "warm file: start + first search, in process",
            &warm,
            &raw_warm,
        ),
    ] {
        for (stat, share) in [("median", 0.5), ("max", 1.0)] {
            let figure = ours.whole.figure(name, stat, share);
            let figure = figure.beside(LIMIT, raw.whole.quantile(share));
            let judged = bench.has_goals() && stat == "median" && name.starts_with("cold");
            figures.push(if judged {
                figure.at_most_times(GOAL)
            } else {
                figure
            });
        }
        figures.push(ours.start.figure("of it: start", "median", 0.5));
        figures.push(ours.search.figure("of it: first search", "median", 0.5));
    }
    figures.push(
        Figure::new(
            "of the cold file are read",
            "median",
            Unit::Megabytes,
            cold.read.median(),
        )
        .of(cold.read.len())
        .beside(LIMIT, raw_cold.read.median()),
    );
    figures.extend(program(bench)?);
    Ok(figures)
}

/// One opening; times in ms, what was read from the disk in MB.
struct Opened {
    start: f64,
    search: f64,
    read: f64,
}

#[derive(Default)]
struct Opens {
    whole: Samples,
    start: Samples,
    search: Samples,
    read: Samples,
}

impl Opens {
    fn push(&mut self, opened: &Opened) {
        self.whole.push(opened.start + opened.search);
        self.start.push(opened.start);
        self.search.push(opened.search);
        self.read.push(opened.read);
    }
}

fn first_answer(bench: &Bench<'_>) -> Result<Opened> {
    let office = Office::closed(Start::example(&bench.store.folder, bench.size));
    let read = disk_read()?;
    let began = Instant::now();
    office.call("start", json!({}))?;
    let start = ms_since(began);
    let answer = office.call("search", json!({ "text": FIRST }))?;
    std::hint::black_box(serde_json::to_vec(&answer)?);
    Ok(Opened {
        start,
        search: ms_since(began) - start,
        read: (disk_read()? - read) as f64 / 1e6,
    })
}

fn first_raw_answer(bench: &Bench<'_>) -> Result<Opened> {
    let read = disk_read()?;
    let began = Instant::now();
    let connection = bench.raw()?.open()?;
    let start = ms_since(began);
    let found = answer(&connection, FIRST, Joined::And)?;
    ensure!(!found.is_empty(), "the limit finds nothing for {FIRST}");
    Ok(Opened {
        start,
        search: ms_since(began) - start,
        read: (disk_read()? - read) as f64 / 1e6,
    })
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
        figure(
            "web host, warm: start of the program to its link",
            &listening,
        ),
        figure(
            "web host, warm: start of the program to the first answer",
            &answered,
        ),
    ])
}
