//! Measures the guard on 10,000 words of the text set; the goal is less than 20 ms:
//! `cargo run --release -p radrum-swedish --example guard_time`.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a tool, not the library"
)]

use radrum_swedish::guard::{Byline, Context, Day, Field, check};
use std::hint::black_box;
use std::time::Instant;

const SENTENCES: &str = include_str!("../../../tests/fixtures/guard/sentences.txt");
const WORDS: usize = 10_000;
const ROUNDS: usize = 101;

fn main() {
    let context = Context {
        field: Field::Text,
        byline: Byline::Named,
        today: Day {
            year: 2026,
            month: 11,
            day: 22,
        },
    };
    let sentences = SENTENCES
        .lines()
        .filter_map(|line| line.rsplit('\t').next());
    let plain: String = sentences
        .map(|sentence| sentence.replace(['{', '}', '|'], " "))
        .collect::<Vec<_>>()
        .join("\n");
    let words: Vec<&str> = plain.split_whitespace().cycle().take(WORDS).collect();
    let text = words.join(" ");
    let hits = check(&text, &context).len();
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            black_box(check(black_box(&text), &context));
            began.elapsed().as_secs_f64() * 1_000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!(
        "{WORDS} words, {} bytes, {hits} hits: median {:.1} ms, slowest of {ROUNDS} {:.1} ms",
        text.len(),
        times[ROUNDS / 2],
        times[ROUNDS - 1],
    );
}
