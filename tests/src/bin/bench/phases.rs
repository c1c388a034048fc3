//! Where the time of a search goes: reading the question, ranking cards and people, finding
//! notes, and the rest (people of the areas, rows, where-lines, highlights, JSON).

use super::Bench;
use super::figure::Figure;
use super::samples::{Samples, ms_since};
use anyhow::Result;
use radrum_store::{Opening, SearchOptions, Searcher, StoreError};
use std::time::Instant;

/// As `radrum-app` asks.
const POSTS: SearchOptions = SearchOptions { posts_max: 12 };

const NAMES: [&str; 4] = [
    "of it: reading the question",
    "of it: ranking cards and people",
    "of it: finding notes",
    "of it: rows, where, highlights, JSON",
];

/// `whole` is the quickest answer to each question; what no phase explains is the rest.
pub(super) fn measure(bench: &Bench<'_>, texts: &[String], whole: &[f64]) -> Result<Vec<Figure>> {
    let opening = Opening {
        path: bench.store.database(),
        key: bench.store.key()?,
        planted: None,
    };
    let (_writer, readers) = radrum_store::open(opening)?;
    let searcher = Searcher::default();
    let mut phases: [Samples; 4] = Default::default();
    readers.with(|read| -> Result<(), StoreError> {
        searcher.load_vocabulary(&read)?;
        for text in texts {
            // Once to warm, once to measure.
            let query = searcher.parse(text);
            searcher.core(&read, &query)?;
            searcher.posts(&read, &query, POSTS)?;
        }
        for (text, whole) in texts.iter().zip(whole) {
            let [parse, core, posts, rest] = &mut phases;
            let began = Instant::now();
            let query = parse.time(|| searcher.parse(text));
            core.time(|| searcher.core(&read, &query))?;
            posts.time(|| searcher.posts(&read, &query, POSTS))?;
            rest.push((whole - ms_since(began)).max(0.0));
        }
        Ok(())
    })?;
    let mut figures = Vec::new();
    for (name, samples) in NAMES.into_iter().zip(&phases) {
        for (stat, share) in [("p50", 0.5), ("p95", 0.95)] {
            figures.push(samples.figure(name, stat, share));
        }
    }
    Ok(figures)
}
