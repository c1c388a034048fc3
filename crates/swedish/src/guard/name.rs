//! Names: near a word for somebody's role, first name with surname, initials near a role.

use super::plain::Plain;
use super::tokens::Tokens;
use super::{Finding, Found, Level, Taken, words};
use std::ops::Range;

/// A name stands within so many words of the role.
const REACH: usize = 3;

pub(super) fn find(plain: &Plain, tokens: &Tokens<'_>, found: &mut Vec<Found>) {
    let mut names: Vec<Found> = Vec::new();
    for at in 0..tokens.list.len() {
        let word = tokens.lower(at);
        if words::is("role", word) || words::is("called", word) {
            let near = behind(tokens, at).or_else(|| ahead(tokens, at));
            names.extend(near.map(|range| Found::new(Finding::Name, Level::Ask, range)));
            initials(plain, tokens, at, &mut names);
        }
    }
    for at in 0..tokens.list.len() {
        if let Some(range) = full(tokens, at) {
            names.push(Found::new(Finding::Name, Level::Tip, range));
        }
    }
    // The same name is told once and with its highest level.
    names.sort_by_key(|name| (name.range.start, std::cmp::Reverse(name.level)));
    let taken = Taken::by(found);
    let mut free = 0;
    for name in names {
        if name.range.start >= free && !taken.meets(&name.range) {
            free = name.range.end;
            found.push(name);
        }
    }
}

/// Behind the role: a known name within three words, or any unknown one right behind it.
fn behind(tokens: &Tokens<'_>, role: usize) -> Option<Range<usize>> {
    let is_called = words::is("called", tokens.lower(role));
    for at in role + 1..=role + REACH {
        let gap = tokens.gap(at - 1);
        let token = tokens.list.get(at)?;
        if gap.contains(['.', '\n', '!', '?', ';', ':']) {
            return None;
        }
        if !token.is_capital || token.is_first {
            continue;
        }
        let word = tokens.lower(at);
        if word.chars().count() == 1 {
            return None;
        }
        let is_next = at == role + 1 && (gap == " " || gap == ", ");
        let is_known = words::is_given(word) && !is_public(word);
        let after_place_word = words::is("preposition", tokens.previous(at));
        let is_unknown = (is_next || is_called) && !after_place_word && !is_public(word);
        if !token.is_shouted && (is_known || is_unknown) {
            return Some(whole(tokens, at));
        }
    }
    None
}

/// Before the role only known names count: "Linnéas pappa", "Ahmed och hans mamma".
fn ahead(tokens: &Tokens<'_>, role: usize) -> Option<Range<usize>> {
    for back in 1..=REACH {
        let at = role.checked_sub(back)?;
        if tokens.gap(at).contains(['.', '\n', '!', '?', ';', ':']) {
            return None;
        }
        let (token, word) = (tokens.list.get(at)?, tokens.lower(at));
        let is_word_too = token.is_first && is_ambiguous(word);
        if token.is_capital && !token.is_shouted && words::is_given(word) && !is_word_too {
            return (!is_public(word)).then(|| whole(tokens, at));
        }
    }
    None
}

/// First name and surname, both of the lists.
fn full(tokens: &Tokens<'_>, at: usize) -> Option<Range<usize>> {
    let (given, last) = (tokens.list.get(at)?, tokens.list.get(at + 1)?);
    let word = tokens.lower(at);
    let both = given.is_capital && last.is_capital && !given.is_shouted && !last.is_shouted;
    let is_name = both
        && tokens.gap(at) == " "
        && words::is_given(word)
        && words::is_surname(tokens.lower(at + 1))
        && !is_public(tokens.lower(at + 1))
        && !(given.is_first && is_ambiguous(word));
    is_name.then(|| whole(tokens, at))
}

/// The name with the capitalised words that follow it.
fn whole(tokens: &Tokens<'_>, at: usize) -> Range<usize> {
    const WORDS_MAX: usize = 3;
    let mut last = at;
    while last + 1 < at + WORDS_MAX && tokens.gap(last) == " " {
        let goes_on = tokens.list.get(last + 1).is_some_and(|next| {
            next.is_capital && !next.is_shouted && !is_public(tokens.lower(last + 1))
        });
        if !goes_on {
            break;
        }
        last += 1;
    }
    tokens.list[at].range.start..tokens.list[last].range.end
}

/// `A.B.` within three words behind the role.
fn initials(plain: &Plain, tokens: &Tokens<'_>, role: usize, names: &mut Vec<Found>) {
    for at in role + 1..=role + REACH {
        let (Some(one), Some(two)) = (tokens.list.get(at), tokens.list.get(at + 1)) else {
            return;
        };
        let is_letter = |range: &Range<usize>| plain.text[range.clone()].chars().count() == 1;
        let both =
            one.is_capital && two.is_capital && is_letter(&one.range) && is_letter(&two.range);
        if both && matches!(tokens.gap(at), "." | ". ") && plain.byte(two.range.end) == b'.' {
            let range = one.range.start..two.range.end + 1;
            names.push(Found::new(Finding::Initials, Level::Tip, range));
            return;
        }
    }
}

fn is_ambiguous(word: &str) -> bool {
    words::is("ambiguous", word)
        || word
            .strip_suffix('s')
            .is_some_and(|bare| words::is("ambiguous", bare))
}

fn is_public(word: &str) -> bool {
    let bare = word.strip_suffix('s').unwrap_or(word);
    [word, bare]
        .iter()
        .any(|word| words::is("public", word) || words::is("place", word))
        || words::ends("public_end", bare)
        || words::ends("public_end", word)
}
