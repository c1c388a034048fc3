//! Things that are harmless alone and point out somebody together: the real risk in a small
//! municipality (need N17).

use super::birth_date::written_day;
use super::plain::Plain;
use super::tokens::Tokens;
use super::{Day, Finding, Found, Level, words};
use std::collections::BTreeSet;
use std::ops::Range;

/// So many kinds of them, so near each other in bytes and within one paragraph, are asked about.
const KINDS_MIN: usize = 3;
const REACH: usize = 240;
/// An age is told as a span of so many years.
const SPAN: u32 = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Age,
    Kin,
    Place,
    Origin,
    Diagnosis,
    Occupation,
    Event,
}

struct Clue {
    kind: Kind,
    range: Range<usize>,
    less: Option<(Range<usize>, String)>,
}

pub(super) fn find(plain: &Plain, tokens: &Tokens<'_>, today: Day, found: &mut Vec<Found>) {
    let mut clues = ages(plain);
    clues.extend(events(plain, today));
    clues.extend((0..tokens.list.len()).filter_map(|at| of_a_word(plain, tokens, at)));
    clues.sort_by_key(|clue| clue.range.start);
    let mut first = 0;
    while first < clues.len() {
        let near = together(plain, &clues[first..]);
        let kinds: BTreeSet<Kind> = near.iter().map(|clue| clue.kind).collect();
        if kinds.len() < KINDS_MIN || kinds.iter().all(|kind| is_of_anybody(*kind)) {
            first += 1;
            continue;
        }
        let start = near[0].range.start;
        let end = near[near.len() - 1].range.end;
        let mut hit = Found::new(Finding::Combination, Level::Ask, start..end);
        hit.rewording = near.iter().filter_map(|clue| clue.less.clone()).collect();
        found.push(hit);
        first += near.len();
    }
}

/// A relative, a place and a day are in nearly every note; with nothing else they say little.
const fn is_of_anybody(kind: Kind) -> bool {
    matches!(kind, Kind::Kin | Kind::Place | Kind::Event)
}

/// The clues that stand near the first, in its paragraph.
fn together<'a>(plain: &Plain, clues: &'a [Clue]) -> &'a [Clue] {
    let start = clues[0].range.start;
    let line = plain.bytes()[start..].iter().take(REACH);
    let end = start + line.take_while(|byte| **byte != b'\n').count();
    let count = clues
        .iter()
        .take_while(|clue| clue.range.end <= end)
        .count();
    &clues[..count.max(1)]
}

/// `14 år`, `14-årig`, `14-åring`; not "under 15 år" and not "i 12 år".
fn ages(plain: &Plain) -> Vec<Clue> {
    let mut clues = Vec::new();
    for start in plain.runs() {
        let end = plain.run_end(start);
        let rest = plain.lower.get(end..).unwrap_or_default();
        let is_word = rest.starts_with("-årig") || rest.starts_with("-åring");
        let is_years = [" år ", " år,", " år.", " år)", " år\n"]
            .iter()
            .any(|form| rest.starts_with(form))
            || rest == " år";
        let is_range = plain.before(start) == b'-' || end - start > 2;
        if is_range || !(is_word || is_years) {
            continue;
        }
        let before = super::near::before(plain, start, 14).trim_end();
        let word = before.rsplit(' ').next().unwrap_or_default();
        if is_years && words::is("not_age", word) {
            continue;
        }
        let Ok(age) = plain.text[start..end].parse::<u32>() else {
            continue;
        };
        let low = age / SPAN * SPAN;
        let letters = rest[1..]
            .find(|c: char| !c.is_alphabetic())
            .map_or(rest.len(), |at| at + 1);
        clues.push(Clue {
            kind: Kind::Age,
            range: start..end + letters,
            less: Some((start..end, format!("{low}\u{2013}{}", low + SPAN - 1))),
        });
    }
    clues
}

fn events(plain: &Plain, today: Day) -> Vec<Clue> {
    let days = plain.runs().filter_map(|start| {
        let (day, end) = written_day(plain, start)?;
        let is_past = day <= today && plain.before(start) != b'-';
        is_past.then_some(Clue {
            kind: Kind::Event,
            range: start..end,
            less: None,
        })
    });
    days.collect()
}

fn of_a_word(plain: &Plain, tokens: &Tokens<'_>, at: usize) -> Option<Clue> {
    let token = tokens.list.get(at)?;
    let word = tokens.lower(at);
    let bare = word.strip_suffix('s').unwrap_or(word);
    let is = |group: &str| words::is(group, word) || words::is(group, bare);
    let kind = if is("kin") {
        Kind::Kin
    } else if is("origin") {
        Kind::Origin
    } else if is("diagnosis") && (token.is_capital || word.len() > 3) {
        Kind::Diagnosis
    } else if is("occupation") {
        Kind::Occupation
    } else if is_place(tokens, at) {
        Kind::Place
    } else {
        return None;
    };
    let less = (kind == Kind::Place).then(|| place_said_less(plain, tokens, at));
    Some(Clue {
        kind,
        range: token.range.clone(),
        less,
    })
}

fn is_place(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(token) = tokens.list.get(at).filter(|token| token.is_capital) else {
        return false;
    };
    let word = tokens.lower(at);
    let bare = word.strip_suffix('s').unwrap_or(word);
    let is_school = word.ends_with("skolan") && word.len() > "skolan".len() + 2;
    let behind = words::is("preposition", tokens.previous(at)) && !token.is_shouted;
    words::is("place", word)
        || words::is("place", bare)
        || is_school
        || (behind && words::ends("place_end", word))
}

/// "i Sorsele" becomes "på orten", a school "en skola".
fn place_said_less(plain: &Plain, tokens: &Tokens<'_>, at: usize) -> (Range<usize>, String) {
    let Range { start, mut end } = tokens.list[at].range;
    let followed = tokens.lower(at + 1) == "skola" && tokens.gap(at) == " ";
    if followed || tokens.lower(at).ends_with("skolan") {
        if followed {
            end = tokens.list[at + 1].range.end;
        }
        return (start..end, "en skola".into());
    }
    if tokens.previous(at) == "i" && start >= 2 {
        return (
            start - 2..end,
            if plain.before(start - 1) == b'I' {
                "På orten"
            } else {
                "på orten"
            }
            .into(),
        );
    }
    (start..end, "orten".into())
}
