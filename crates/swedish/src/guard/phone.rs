//! Telephones: mobiles and landlines; lines that everyone may call are no hits.

use super::near::is_masked;
use super::plain::Plain;
use super::{Finding, Found, Level};
use std::ops::Range;

/// Most digits of a national number, the zero not counted.
const NATIONAL_MAX: usize = 10;

pub(super) fn find(plain: &Plain, masked: &[Range<usize>]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut free = 0;
    for run in plain.runs() {
        if run < free || is_masked(masked, run) {
            continue;
        }
        if let Some((level, range)) = read(plain, run) {
            free = range.end;
            found.push(Found::new(Finding::Phone, level, range));
        }
    }
    found
}

/// A national number: its digits, and where groups of them begin.
struct National {
    digits: Vec<u8>,
    /// How many digits stood before each gap.
    gaps: Vec<(usize, u8)>,
    /// Where each digit ends.
    ends: Vec<usize>,
}

fn read(plain: &Plain, run: usize) -> Option<(Level, Range<usize>)> {
    let rest = &plain.text[run..];
    let (start, prefix) = if plain.before(run) == b'+' && rest.starts_with("46") {
        (run - 1, 2)
    } else if rest.starts_with("0046") {
        (run, 4)
    } else if rest.starts_with('0') {
        (run, 1)
    } else {
        return None;
    };
    let is_joined = matches!(plain.before(start), b'-' | b':' | b'/' | b'.')
        && start >= 2
        && plain.is_digit(start - 2);
    if is_joined {
        return None;
    }
    let mut at = run + prefix;
    if prefix > 1 {
        at += usize::from(plain.byte(at) == b' ');
        if plain.text[at..].starts_with("(0)") {
            at += 3;
        }
        at += usize::from(plain.byte(at) == b' ');
    }
    let national = National::read(plain, at);
    let is_mobile = matches!(national.digits.get(..2), Some([7, 0 | 2 | 3 | 6 | 9]));
    if is_mobile {
        let end = *national.ends.get(8)?;
        return (!plain.is_digit(end)).then_some((Level::Ask, start..end));
    }
    let (level, end) = national.landline(prefix > 1)?;
    (!plain.is_digit(end)).then_some((level, start..end))
}

impl National {
    fn read(plain: &Plain, start: usize) -> Self {
        let mut national = Self {
            digits: Vec::new(),
            gaps: Vec::new(),
            ends: Vec::new(),
        };
        let mut at = start;
        while national.digits.len() <= NATIONAL_MAX {
            let gap = plain.byte(at);
            let is_gap = matches!(gap, b' ' | b'-' | b'/') && plain.is_digit(at + 1);
            if is_gap && at > start {
                national.gaps.push((national.digits.len(), gap));
                at += 1;
            }
            if !plain.is_digit(at) {
                break;
            }
            national.digits.push(plain.byte(at) - b'0');
            at += 1;
            national.ends.push(at);
        }
        national
    }

    /// Area code, a gap and five to eight digits. A space alone is enough only where the groups
    /// are those of a telephone.
    fn landline(&self, is_foreign: bool) -> Option<(Level, usize)> {
        let (area, gap) = *self.gaps.first()?;
        let count = self.digits.len();
        let rest = count.checked_sub(area)?;
        if !(1..=3).contains(&area) || !(5..=8).contains(&rest) || count > 9 {
            return None;
        }
        let starts = self.gaps.iter().map(|(at, _)| *at).chain([count]);
        let groups = starts.scan(0, |last, at| Some(at - std::mem::replace(last, at)));
        let is_grouped = groups.skip(1).all(|group| matches!(group, 2 | 3)) && count >= 8;
        if gap == b' ' && !(is_grouped || is_foreign) {
            return None;
        }
        let end = *self.ends.last()?;
        match self.digits.get(..area)? {
            [2, 0] | [2, 0, 0] | [7, 7, _] | [9, 0, 0 | 9] => None,
            [1, 0] => Some((Level::Tip, end)),
            [0, ..] => None,
            _ => Some((Level::Ask, end)),
        }
    }
}
