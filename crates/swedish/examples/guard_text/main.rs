//! Makes the text set of the personal-data guard, with the sentences by hand first:
//! `cargo run -p radrum-swedish --example guard_text > tests/fixtures/guard/sentences.txt`.
//!
//! The same files give the same sentences. What the slots mean stands in the fixture's README.

#![allow(clippy::print_stdout, reason = "a tool, not the library")]

mod dice;
mod number;

use dice::Dice;
use std::collections::{BTreeMap, BTreeSet};

/// Sentences in all.
const WANTED: usize = 2_000;

const HAND: &str = include_str!("../../../../tests/fixtures/guard/by-hand.txt");
const TEMPLATES: &str = include_str!("../../../../tests/fixtures/guard/templates.txt");
const WORDS: &str = include_str!("../../../../tests/fixtures/guard/words.txt");

type Words = BTreeMap<&'static str, Vec<&'static str>>;

fn main() {
    let words = words();
    let mut dice = Dice::new(20_261_122);
    let mut seen = BTreeSet::new();
    for line in lines(HAND) {
        let line = filled(line, &words, &mut dice);
        seen.insert(line.clone());
        println!("hand\t{line}");
    }
    'all: loop {
        for template in lines(TEMPLATES) {
            let line = filled(template, &words, &mut dice);
            if !seen.insert(line.clone()) {
                continue;
            }
            println!("made\t{line}");
            if seen.len() == WANTED {
                break 'all;
            }
        }
    }
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn words() -> Words {
    let mut words = Words::new();
    for line in lines(WORDS) {
        if let Some((name, list)) = line.split_once(": ") {
            words.insert(name, list.split(" | ").collect());
        }
    }
    words
}

/// `field\tsentence` with every slot filled. A sentence begins with a capital letter if its
/// first slot is a word.
fn filled(line: &str, words: &Words, dice: &mut Dice) -> String {
    let (field, sentence) = match line.strip_prefix('@') {
        Some(rest) => rest.split_once(' ').unwrap_or((rest, "")),
        None => ("text", line),
    };
    let mut out = String::new();
    let mut rest = sentence;
    while let Some((before, slot)) = rest.split_once('<') {
        let Some((name, after)) = slot.split_once('>') else {
            break;
        };
        out.push_str(before);
        let value = match words.get(name) {
            Some(list) => (*dice.one(list)).to_string(),
            None => number::slot(name, dice),
        };
        if out.is_empty() {
            let mut letters = value.chars();
            out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            out.push_str(letters.as_str());
        } else {
            out.push_str(&value);
        }
        rest = after;
    }
    out.push_str(rest);
    format!("{field}\t{out}")
}
