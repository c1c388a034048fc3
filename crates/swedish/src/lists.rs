//! The committed lists, as text, and how their lines are read.

use crate::fold;

pub(crate) const THESAURUS: &str = include_str!("../lists/thesaurus.txt");
pub(crate) const LAY: &str = include_str!("../lists/lay.txt");
pub(crate) const PARTS: &str = include_str!("../lists/parts.txt");
pub(crate) const IRREGULAR: &str = include_str!("../lists/irregular.txt");
pub(crate) const STATUTES: &str = include_str!("../lists/statutes.txt");
pub(crate) const STOP: &str = include_str!("../lists/stop.txt");
pub(crate) const WEAK: &str = include_str!("../lists/weak.txt");
pub(crate) const INTENTS: &str = include_str!("../lists/intents.txt");

/// All lists, for [`crate::index_version`].
pub(crate) const ALL: [&str; 8] = [
    THESAURUS, LAY, PARTS, IRREGULAR, STATUTES, STOP, WEAK, INTENTS,
];

/// Lines without comments and empty ones.
pub(crate) fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|line| !line.is_empty())
}

/// The first two words of a line, folded.
pub(crate) fn pair(line: &str) -> Option<(String, String)> {
    let mut words = line.split_whitespace();
    Some((fold(words.next()?), fold(words.next()?)))
}
