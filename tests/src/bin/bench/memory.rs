//! What the processes hold: the web host without a browser, and the window with its engine.

use super::Bench;
use super::figure::{Figure, Unit};
use super::process::{held, tree};
use super::web::Web;
use super::window::{Screen, Shown};
use anyhow::Result;
use radrum_tests::golden;
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;

/// Until what a start begins has been done; the words of the index are loaded after 0.7 s.
const SETTLES_IN: Duration = Duration::from_secs(5);

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
    let most = if bench.has_goals() {
        HOST_GOAL
    } else {
        HOST_MAX
    };
    Ok(vec![
        Figure::new(name, "RSS", Unit::Megabytes, megabytes(held.rss)).at_most(most),
        Figure::new(name, "PSS", Unit::Megabytes, megabytes(held.pss)),
    ])
}

fn window(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let screen = Screen::start()?;
    let empty = by_name(Shown::empty(bench, &screen)?)?;
    let ours = by_name(Shown::radrum(bench, &screen)?)?;
    let sum = |of: &BTreeMap<String, f64>| of.values().sum::<f64>();
    let name = "window, all processes";
    let mut figures = vec![
        Figure::new(name, "PSS", Unit::Megabytes, sum(&ours))
            .at_most_over(WINDOW_OVER)
            .beside("empty Tauri window", sum(&empty)),
    ];
    for (process, pss) in &ours {
        let figure = Figure::new(format!("of it: {process}"), "PSS", Unit::Megabytes, *pss);
        // The two programs have names of their own; the engine's processes have one.
        let other = if process == "radrum" {
            "empty"
        } else {
            process
        };
        figures.push(match empty.get(other) {
            Some(pss) => figure.beside("empty Tauri window", *pss),
            None => figure,
        });
    }
    Ok(figures)
}

/// PSS of the processes of a window that has settled.
fn by_name(shown: Shown) -> Result<BTreeMap<String, f64>> {
    std::thread::sleep(SETTLES_IN);
    let mut sums = BTreeMap::new();
    for (pid, name) in tree(shown.pid())? {
        *sums.entry(name).or_default() += megabytes(held(pid)?.pss);
    }
    drop(shown);
    Ok(sums)
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
