//! What the processes hold: the web host without a browser, and the window with its engine.

use super::Bench;
use super::figure::{Figure, Unit};
use super::process::{held, tree};
use super::samples::Samples;
use super::screen::Screen;
use super::shown::Shown;
use super::web::Web;
use super::window::ANSWERING;
use anyhow::Result;
use radrum_tests::golden;
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;

/// Until what a start begins has been done; the words of the index are loaded after 0.7 s.
const SETTLES_IN: Duration = Duration::from_secs(5);

/// Windows of each kind.
const ROUNDS: usize = 3;

/// Searches between the two looks at the web host.
const SEARCHES: usize = 200;

/// Product.md section 5, in MB.
const HOST_MAX: f64 = 150.0;

/// Goal 9 of performance.md: 60 MiB at R = 10,000, in MB.
const HOST_GOAL: f64 = 62.9;

/// Over an empty window, in MB.
const WINDOW_OVER: f64 = 100.0;

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let mut figures = host(bench)?;
    figures.extend(window(bench)?);
    Ok(figures)
}

fn host(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let web = Web::start(bench)?;
    std::thread::sleep(SETTLES_IN);
    let mut figures = look(bench, &web, "web host idle after start")?;
    let queries = golden::queries();
    for golden in queries.iter().cycle().take(SEARCHES) {
        web.call("search", &json!({ "text": golden.query }))?;
    }
    let name = format!("web host after {SEARCHES} searches");
    figures.extend(look(bench, &web, &name)?);
    Ok(figures)
}

fn look(bench: &Bench<'_>, web: &Web, name: &str) -> Result<Vec<Figure>> {
    let held = held(web.pid())?;
    let rss = Figure::new(name, "RSS", Unit::Megabytes, megabytes(held.rss)).at_most(HOST_MAX);
    Ok(vec![
        if bench.has_goals() {
            rss.at_most(HOST_GOAL)
        } else {
            rss
        },
        Figure::new(name, "PSS", Unit::Megabytes, megabytes(held.pss)),
    ])
}

fn window(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let screen = Screen::start()?;
    let [mut empty, mut idle, mut answering]: [Sums; 3] = Default::default();
    for _ in 0..ROUNDS {
        empty.add(Shown::empty(bench, &screen)?)?;
        idle.add(Shown::radrum(bench, &screen, &[])?)?;
        answering.add(Shown::radrum(bench, &screen, &ANSWERING)?)?;
    }
    let mut figures = Vec::new();
    for (name, sums) in [
        ("window idle, all processes", &idle),
        ("window with an answer, all processes", &answering),
    ] {
        let figure = Figure::new(name, "PSS", Unit::Megabytes, sums.all.median())
            .of(ROUNDS)
            .at_most_over(WINDOW_OVER);
        figures.push(figure.beside("empty Tauri window", empty.all.median()));
    }
    for (process, pss) in &answering.by_name {
        let name = format!("of it: {process}");
        let figure = Figure::new(name, "PSS", Unit::Megabytes, pss.median()).of(ROUNDS);
        // The two programs have names of their own; the engine's processes have one.
        let other = if process == "radrum" {
            "empty"
        } else {
            process
        };
        figures.push(match empty.by_name.get(other) {
            Some(pss) => figure.beside("empty Tauri window", pss.median()),
            None => figure,
        });
    }
    Ok(figures)
}

/// PSS of the processes of windows of one kind, in MB.
#[derive(Default)]
struct Sums {
    all: Samples,
    by_name: BTreeMap<String, Samples>,
}

impl Sums {
    /// Looks at a window when it has settled, and ends it.
    fn add(&mut self, shown: Shown) -> Result<()> {
        std::thread::sleep(SETTLES_IN);
        let mut sums: BTreeMap<String, f64> = BTreeMap::new();
        for (pid, name) in tree(shown.pid())? {
            *sums.entry(name).or_default() += megabytes(held(pid)?.pss);
        }
        drop(shown);
        self.all.push(sums.values().sum());
        for (name, pss) in sums {
            self.by_name.entry(name).or_default().push(pss);
        }
        Ok(())
    }
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
