//! Case numbers (dnr). A client's is Stopp; one of an agreement, a gallringsbeslut or in the field
//! for a decision is right where it stands (product.md section 1).

use super::near::{before, behind};
use super::plain::Plain;
use super::tokens::Tokens;
use super::{Field, Finding, Found, Level, words};
use std::ops::Range;

/// A word so near, in bytes and in the same sentence, says whose number it is.
const AGREEMENT_BEFORE: usize = 120;
const AGREEMENT_BEHIND: usize = 24;
const AUTHORITY_BEFORE: usize = 24;

/// Words that a number follows in any form, and words that only a year and a number follow.
const ANY: [&str; 7] = [
    "dnr",
    "diarienr",
    "diarienummer",
    "diarienumret",
    "ärendenr",
    "ärendenummer",
    "ärendenumret",
];
const YEARS: [&str; 4] = ["ärende", "akt", "aktnr", "aktnummer"];

pub(super) fn find(plain: &Plain, tokens: &Tokens<'_>, field: Field, found: &mut Vec<Found>) {
    if field == Field::Reference {
        return;
    }
    let mut free = 0;
    for (at, token) in tokens.list.iter().enumerate() {
        if token.range.start < free {
            continue;
        }
        let word = tokens.lower(at);
        let range = if ANY.contains(&word) {
            named(plain, token.range.clone(), Form::Any)
        } else if YEARS.contains(&word) {
            named(plain, token.range.clone(), Form::Year)
        } else if token.is_shouted {
            of_a_board(plain, word, token.range.clone())
        } else {
            None
        };
        if let Some(range) = range {
            free = range.end;
            found.push(Found::new(Finding::CaseNumber, level(plain, &range), range));
        }
    }
}

fn level(plain: &Plain, range: &Range<usize>) -> Level {
    let sentence = before(plain, range.start, AGREEMENT_BEFORE);
    let sentence = sentence.rsplit(['\n', '?', '!']).next().unwrap_or_default();
    let agreed = sentence.rsplit(". ").next().unwrap_or_default();
    let agreed = words::within("agreement", agreed)
        || words::within("agreement", behind(plain, range.end, AGREEMENT_BEHIND));
    let near = before(plain, range.start, AUTHORITY_BEFORE);
    let mut near = near.split(|c: char| !c.is_alphabetic());
    if agreed {
        Level::Tip
    } else if near.any(|word| words::is("authority", word)) {
        Level::Ask
    } else {
        Level::Stop
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Anything with four digits.
    Any,
    /// A year, a sign and a number.
    Year,
}

/// The number behind a word that announces one.
fn named(plain: &Plain, word: Range<usize>, form: Form) -> Option<Range<usize>> {
    const PREFIX_MAX: usize = 6;
    let mut at = word.end;
    while matches!(plain.byte(at), b' ' | b'.' | b':') && at < word.end + 3 {
        at += 1;
    }
    let letters = plain
        .text
        .get(at..)?
        .chars()
        .take_while(|c| c.is_alphabetic());
    let prefix: usize = letters.map(char::len_utf8).sum();
    if prefix > 0 && prefix <= PREFIX_MAX {
        at += prefix;
        at += usize::from(matches!(plain.byte(at), b' ' | b'-' | b':'));
    }
    if form == Form::Year {
        return year_and_number(plain, at).map(|end| word.start..end);
    }
    let number = plain.bytes().get(at..)?;
    let body = number.iter().take_while(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b':')
    });
    let mut end = at + body.count();
    while end > at && !plain.before(end).is_ascii_alphanumeric() {
        end -= 1;
    }
    let digits = plain.bytes()[at..end]
        .iter()
        .filter(|byte| byte.is_ascii_digit());
    (digits.count() >= 4).then_some(word.start..end)
}

/// `SN 2024/0123`: a board, a year and a number. A date, a month and a school year are none.
fn of_a_board(plain: &Plain, word: &str, token: Range<usize>) -> Option<Range<usize>> {
    if token.len() > 6 || words::is("publication", word) {
        return None;
    }
    let year = token.end + usize::from(matches!(plain.byte(token.end), b' ' | b'-'));
    year_and_number(plain, year).map(|end| token.start..end)
}

fn year_and_number(plain: &Plain, year: usize) -> Option<usize> {
    let sign = year + 4;
    let number = sign + 1;
    let is_year = plain.run_end(year) == sign
        && (plain.text[year..].starts_with("19") || plain.text[year..].starts_with("20"));
    let end = plain.run_end(number);
    let goes_on = matches!(plain.byte(end), b'-' | b'/') && plain.is_digit(end + 1);
    if !is_year || goes_on || end == number || end - number > 6 {
        return None;
    }
    let value: u32 = plain.text[number..end].parse().ok()?;
    let next_year: u32 = plain.text[year + 2..sign].parse::<u32>().ok()? + 1;
    match plain.byte(sign) {
        b'/' if end - number == 2 && value == next_year => None,
        b'-' if end - number <= 2 && value <= 53 => None,
        b'/' | b'-' => Some(end),
        _ => None,
    }
}
