//! What has the form of a number and says nothing of a person: law numbers, IBAN, ISBN,
//! identifiers. Digit groups that are only joined by spaces are never masked.

use super::plain::Plain;
use std::ops::Range;

/// Masked places, in order.
pub(super) fn masked(plain: &Plain) -> Vec<Range<usize>> {
    let mut masked = Vec::new();
    laws(plain, &mut masked);
    ibans(plain, &mut masked);
    isbns(plain, &mut masked);
    identifiers(plain, &mut masked);
    masked.sort_by_key(|range| (range.end, range.start));
    masked
}

/// `2025:400`, and `2000/01:80` of a bill.
fn laws(plain: &Plain, masked: &mut Vec<Range<usize>>) {
    for start in plain.runs() {
        let mut end = plain.run_end(start);
        let is_year = end - start == 4 && matches!(plain.byte(start), b'1' | b'2');
        if !is_year {
            continue;
        }
        if plain.byte(end) == b'/' && plain.run_end(end + 1) == end + 3 {
            end += 3;
        }
        let number = plain.run_end(end + 1);
        if plain.byte(end) == b':' && (2..=5).contains(&(number - end)) {
            masked.push(start..number);
        }
    }
}

/// `SE` and 22 digits in groups.
fn ibans(plain: &Plain, masked: &mut Vec<Range<usize>>) {
    const DIGITS: usize = 22;
    for (start, _) in plain.text.match_indices("SE") {
        let mut seen = 0;
        let mut at = start + 2;
        while seen < DIGITS && (plain.is_digit(at) || (seen > 0 && plain.byte(at) == b' ')) {
            seen += usize::from(plain.is_digit(at));
            at += 1;
        }
        if seen == DIGITS {
            masked.push(start..at);
        }
    }
}

/// `ISBN` and up to thirteen digits with hyphens.
fn isbns(plain: &Plain, masked: &mut Vec<Range<usize>>) {
    const DIGITS: usize = 13;
    for (start, word) in plain.lower.match_indices("isbn") {
        let mut at = start + word.len();
        while matches!(plain.byte(at), b' ' | b':') {
            at += 1;
        }
        let mut seen = 0;
        while seen < DIGITS && (plain.is_digit(at) || (seen > 0 && plain.byte(at) == b'-')) {
            seen += usize::from(plain.is_digit(at));
            at += 1;
        }
        masked.push(start..at);
    }
}

/// UUID, and hexadecimal runs of at least 24 in which letters and digits alternate.
fn identifiers(plain: &Plain, masked: &mut Vec<Range<usize>>) {
    const HEX_MIN: usize = 24;
    const TURNS_MIN: usize = 4;
    let bytes = plain.bytes();
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes[at..]
            .iter()
            .take_while(|byte| byte.is_ascii_hexdigit() || **byte == b'-');
        let length = run.count();
        let part = &bytes[at..at + length];
        let turns = part
            .windows(2)
            .filter(|two| two[0].is_ascii_digit() != two[1].is_ascii_digit())
            .filter(|two| !two.contains(&b'-'))
            .count();
        let hex = part.iter().filter(|byte| **byte != b'-').count();
        if is_uuid(part) || (hex >= HEX_MIN && turns >= TURNS_MIN) {
            masked.push(at..at + length);
        }
        at += length.max(1);
    }
}

fn is_uuid(part: &[u8]) -> bool {
    const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];
    let lengths = part.split(|byte| *byte == b'-').map(<[u8]>::len);
    lengths.eq(GROUPS) && part.iter().any(u8::is_ascii_alphabetic)
}
