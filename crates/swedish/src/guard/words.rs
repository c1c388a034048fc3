//! The committed words of the guard, in groups.

use crate::lists::lines;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const WORDS: &str = include_str!("../../lists/guard/words.txt");
const GIVEN: &str = include_str!("../../lists/guard/given-names.txt");
const SURNAMES: &str = include_str!("../../lists/guard/surnames.txt");

/// Beside these every hit weighs more.
pub(super) const PROTECTED: [&str; 4] = [
    "skyddad identitet",
    "skyddade personuppgifter",
    "sekretessmarkering",
    "kvarskrivning",
];

type Set = HashSet<String>;

static GROUPS: LazyLock<HashMap<&'static str, Set>> = LazyLock::new(|| {
    let mut groups: HashMap<&'static str, Set> = HashMap::new();
    for (name, words) in lines(WORDS).filter_map(|line| line.split_once(':')) {
        let group = groups.entry(name).or_default();
        group.extend(words.split_whitespace().map(str::to_string));
    }
    groups
});

static GIVEN_NAMES: LazyLock<Set> = LazyLock::new(|| lines(GIVEN).map(str::to_lowercase).collect());
static LAST_NAMES: LazyLock<Set> =
    LazyLock::new(|| lines(SURNAMES).map(str::to_lowercase).collect());

/// Whether a word, in small letters, stands in a group of `words.txt`.
pub(super) fn is(group: &str, word: &str) -> bool {
    GROUPS.get(group).is_some_and(|words| words.contains(word))
}

/// Whether a word ends as one of a group, with at least two letters before.
pub(super) fn ends(group: &str, word: &str) -> bool {
    GROUPS.get(group).is_some_and(|ends| {
        ends.iter()
            .any(|end| word.len() > end.len() + 1 && word.ends_with(end.as_str()))
    })
}

/// Whether any word of a group stands in a short text, also inside a longer word.
pub(super) fn within(group: &str, text: &str) -> bool {
    GROUPS
        .get(group)
        .is_some_and(|words| words.iter().any(|word| text.contains(word.as_str())))
}

/// The name itself, or its genitive.
pub(super) fn is_given(word: &str) -> bool {
    has_name(&GIVEN_NAMES, word)
}

/// Of the list, or with an end that only surnames have.
pub(super) fn is_surname(word: &str) -> bool {
    has_name(&LAST_NAMES, word) || ends("surname_end", word.strip_suffix('s').unwrap_or(word))
}

fn has_name(names: &Set, word: &str) -> bool {
    let bare = word.strip_suffix('s').unwrap_or(word);
    names.contains(word) || names.contains(bare)
}
