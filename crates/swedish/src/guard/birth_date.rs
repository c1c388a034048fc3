//! Dates of birth: in a number whose end is hidden, behind a word for being born, and how days
//! are written.

use super::near::{before, is_masked};
use super::plain::Plain;
use super::{Day, Finding, Found, Level};
use std::ops::Range;

const BIRTH_WORDS: [&str; 6] = ["född", "fött", "födda", "födelsedatum", "födelsetid", "f"];
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
];

impl Day {
    pub(super) fn exists(self) -> bool {
        let is_leap = self.year.is_multiple_of(4)
            && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        let days = match self.month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if is_leap => 29,
            2 => 28,
            _ => 0,
        };
        (1..=days).contains(&self.day)
    }
}

/// `800101-XXXX`, `19800101****`.
pub(super) fn hidden(plain: &Plain, masked: &[Range<usize>], today: Day) -> Vec<Found> {
    let mut found = Vec::new();
    for start in plain.runs().filter(|start| !is_masked(masked, *start)) {
        let end = plain.run_end(start);
        let tail = end + usize::from(matches!(plain.byte(end), b'-' | b' ' | b'+'));
        let rest = plain.lower.as_bytes().get(tail..tail + 4);
        let is_hidden = rest.is_some_and(|rest| rest == b"xxxx" || rest == b"****");
        if is_hidden && day_of(plain, start..end).is_some_and(|day| day <= today) {
            found.push(Found::new(Finding::BirthDate, Level::Ask, start..tail + 4));
        }
    }
    found
}

/// A date right behind `född`, `f.` and the like.
pub(super) fn births(plain: &Plain, today: Day) -> Vec<Found> {
    let mut found = Vec::new();
    for start in plain.runs() {
        let text = before(plain, start, 16).trim_end_matches([' ', '.', ':', ',', '(']);
        let text = text.strip_suffix(" den").unwrap_or(text);
        let word = text.rsplit(|c: char| !c.is_alphabetic()).next();
        if !word.is_some_and(|word| BIRTH_WORDS.contains(&word)) {
            continue;
        }
        let Some((day, end)) = written_day(plain, start) else {
            continue;
        };
        if day <= today {
            found.push(Found::new(Finding::BirthDate, Level::Ask, start..end));
        }
    }
    found
}

/// A date that begins here: `2011-09-03`, `20110903`, `110903`, `3 september 2011`.
pub(super) fn written_day(plain: &Plain, start: usize) -> Option<(Day, usize)> {
    let end = plain.run_end(start);
    match end - start {
        6 | 8 => day_of(plain, start..end).map(|day| (day, end)),
        4 if plain.byte(end) == b'-' && plain.byte(end + 3) == b'-' => {
            let stop = end + 6;
            let digits = [end + 1, end + 2, end + 4, end + 5];
            let is_date = digits.iter().all(|at| plain.is_digit(*at)) && !plain.is_digit(stop);
            let day = Day {
                year: number(plain, start..end)?,
                month: u8::try_from(number(plain, end + 1..end + 3)?).ok()?,
                day: u8::try_from(number(plain, end + 4..stop)?).ok()?,
            };
            (is_date && day.exists()).then_some((day, stop))
        }
        1 | 2 if plain.byte(end) == b' ' => {
            let rest = plain.lower.get(end + 1..)?;
            let month = MONTHS.iter().position(|month| rest.starts_with(month))?;
            let word = rest
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(rest.len());
            let year_at = end + 1 + word + 1;
            let year_end = plain.run_end(year_at);
            let has_year = plain.byte(year_at - 1) == b' ' && year_end == year_at + 4;
            let day = Day {
                year: if has_year {
                    number(plain, year_at..year_end)?
                } else {
                    2000
                },
                month: u8::try_from(month).ok()? + 1,
                day: u8::try_from(number(plain, start..end)?).ok()?,
            };
            let stop = if has_year { year_end } else { year_at - 1 };
            day.exists().then_some((day, stop))
        }
        _ => None,
    }
}

/// Six or eight digits; of six, the latest year is not known and 1900 stands for it.
fn day_of(plain: &Plain, range: Range<usize>) -> Option<Day> {
    let (start, length) = (range.start, range.len());
    let years = match length {
        6 => 2,
        8 => 4,
        _ => return None,
    };
    let year = number(plain, start..start + years)?;
    let century = if length == 6 { 1900 } else { 0 };
    let day = Day {
        year: year + century,
        month: u8::try_from(number(plain, start + years..start + years + 2)?).ok()?,
        day: u8::try_from(number(plain, start + years + 2..range.end)?).ok()?,
    };
    (day.exists() && day.year >= 1840).then_some(day)
}

fn number(plain: &Plain, range: Range<usize>) -> Option<u16> {
    plain.text.get(range)?.parse().ok()
}
