//! What stands just before or behind a place, in small letters.

use super::plain::Plain;
use std::ops::Range;

/// At most so many bytes before, on a border of characters and within the line.
pub(super) fn before(plain: &Plain, at: usize, reach: usize) -> &str {
    let mut start = at.saturating_sub(reach);
    while !plain.lower.is_char_boundary(start) {
        start += 1;
    }
    plain.lower.get(start..at).unwrap_or_default()
}

/// At most so many bytes behind.
pub(super) fn behind(plain: &Plain, at: usize, reach: usize) -> &str {
    let mut end = (at + reach).min(plain.lower.len());
    while !plain.lower.is_char_boundary(end) {
        end -= 1;
    }
    plain.lower.get(at..end).unwrap_or_default()
}

/// Whether a whole word stands in a short text.
pub(super) fn has_word(text: &str, words: &[&str]) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '-')
        .any(|word| words.contains(&word))
}

/// Whether any of these letters stand in a short text, also inside a word.
pub(super) fn has(text: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| text.contains(part))
}

/// Whether any place of the range is masked.
pub(super) fn is_masked(masked: &[Range<usize>], at: usize) -> bool {
    let behind = masked.partition_point(|range| range.end <= at);
    masked.get(behind).is_some_and(|range| range.start <= at)
}
