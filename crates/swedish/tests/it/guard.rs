//! The personal-data guard: numbers, traps, the text set, any text.

mod any;
mod numbers;
mod rules;
mod set;
mod traps;

use radrum_swedish::guard::{Byline, Context, Day, Field, Finding, Hit, Level, check};

const TODAY: Day = Day {
    year: 2026,
    month: 11,
    day: 22,
};

const fn in_field(field: Field) -> Context {
    Context {
        field,
        byline: Byline::Named,
        today: TODAY,
    }
}

fn hits(text: &str) -> Vec<Hit> {
    check(text, &in_field(Field::Text))
}

/// What is found, with its level and the words.
fn found(text: &str) -> Vec<(Finding, Level, &str)> {
    hits(text)
        .into_iter()
        .map(|hit| (hit.finding, hit.level, &text[hit.range]))
        .collect()
}

fn highest(text: &str) -> Option<Level> {
    hits(text).into_iter().map(|hit| hit.level).max()
}

/// The text after every rewording.
fn reworded(text: &str) -> String {
    let mut out = text.to_string();
    let parts = hits(text).into_iter().flat_map(|hit| hit.rewording);
    let mut parts: Vec<_> = parts.collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.range.start));
    for part in parts {
        out.replace_range(part.range, &part.text);
    }
    out
}
