//! Ways to meet one typed word.

use super::synonym;
use super::{Concept, Expansion, Typed};
use crate::compound;
use crate::lexicon::lexicon;
use crate::stem::{letters, stem};
use crate::vocabulary::Vocabulary;

/// What each way counts for, against 1 for the word itself (search-notes section 1).
mod weight {
    pub const EXACT: f32 = 1.0;
    pub const JOINED: f32 = 1.1;
    pub const UNDOTTED: f32 = 0.85;
    pub const ALL_PARTS: f32 = 0.7;
    pub const COMPLETION: f32 = 0.7;
    pub const COMPLETION_SHORT: f32 = 0.5;
    pub const COMPLETION_OF_A_WORD: f32 = 0.35;
    pub const ONE_SLIP: f32 = 0.65;
    pub const TWO_SLIPS: f32 = 0.45;
    pub const FUZZY_SPLIT: f32 = 0.5;
    pub const BOTH_KNOWN: f32 = 0.65;
    pub const FIRST_KNOWN: f32 = 0.45;
    pub const LAST_KNOWN: f32 = 0.35;
    pub const SUBSTRING: f32 = 0.5;
    pub const SYNONYM: f32 = 0.6;
    pub const DISTANT_SYNONYM: f32 = 0.35;
}

pub(crate) fn word(typed: &Typed, vocabulary: &Vocabulary) -> Vec<Expansion> {
    let mut out = Vec::new();
    let word = typed.word.as_str();
    let own = stem(word);
    let known = vocabulary.items(word) > 0 || vocabulary.has_term(&own);
    one(&mut out, own.clone(), weight::EXACT);
    if word.chars().all(|c| c.is_ascii_digit()) || lexicon().weak.contains(word) {
        return out;
    }
    synonym::of_word(word, weight::SYNONYM, &mut out);
    let parts = compound::parts(word);
    as_parts(&mut out, &parts, 1.0);
    if typed.open {
        complete(&mut out, word, known, vocabulary);
    }
    for spelling in [word, own.as_str()] {
        for (near, term) in vocabulary.undotted(spelling) {
            corrected(&mut out, near, term, weight::UNDOTTED);
        }
        if !known || vocabulary.items(word) == 1 {
            slips(&mut out, spelling, vocabulary);
        }
    }
    if !known && parts.is_empty() {
        loose_split(&mut out, word, vocabulary);
    }
    if !known && out.len() == 1 && letters(word) >= 4 {
        for (_, term) in vocabulary.containing(word) {
            one(&mut out, term.to_string(), weight::SUBSTRING);
        }
    }
    out
}

/// `adoptions utredning` is one word to those who split it: both are met by the joined word.
pub(crate) fn neighbours(
    words: &[Typed],
    content: &[usize],
    concepts: &mut [Concept],
    vocabulary: &Vocabulary,
) {
    for pair in 1..content.len().min(concepts.len()) {
        let (left, right) = (content[pair - 1], content[pair]);
        if right != left + 1 {
            continue;
        }
        let (first, second) = (&words[left].word, &words[right].word);
        for joined in [format!("{first}{second}"), format!("{first}s{second}")] {
            let term = stem(&joined);
            if vocabulary.items(&joined) > 0 || vocabulary.has_term(&term) {
                one(
                    &mut concepts[pair - 1].expansions,
                    term.clone(),
                    weight::JOINED,
                );
                one(&mut concepts[pair].expansions, term, weight::JOINED);
            }
        }
    }
}

fn one(out: &mut Vec<Expansion>, term: String, weight: f32) {
    out.push(Expansion {
        terms: vec![term],
        weight,
    });
}

fn as_parts(out: &mut Vec<Expansion>, parts: &[String], factor: f32) {
    if parts.len() > 1 {
        out.push(Expansion {
            terms: parts.to_vec(),
            weight: weight::ALL_PARTS * factor,
        });
    }
}

fn complete(out: &mut Vec<Expansion>, word: &str, known: bool, vocabulary: &Vocabulary) {
    let weight = match (known, letters(word)) {
        (_, 0 | 1) => return,
        (true, _) => weight::COMPLETION_OF_A_WORD,
        (false, 2 | 3) => weight::COMPLETION_SHORT,
        (false, _) => weight::COMPLETION,
    };
    for (_, term) in vocabulary.completions(word) {
        one(out, term.to_string(), weight);
    }
}

/// A word that the typed one probably is: its term, its parts and its synonyms.
fn corrected(out: &mut Vec<Expansion>, word: &str, term: &str, weight: f32) {
    one(out, term.to_string(), weight);
    as_parts(out, &compound::parts(word), weight);
    synonym::of_word(
        word,
        weight * weight::DISTANT_SYNONYM / weight::SYNONYM,
        out,
    );
}

fn slips(out: &mut Vec<Expansion>, word: &str, vocabulary: &Vocabulary) {
    let max = match letters(word) {
        0..=3 => return,
        4..=6 => 1,
        _ => 2,
    };
    for (near, term, slips) in vocabulary.near(word, max) {
        let weight = if slips == 1 {
            weight::ONE_SLIP
        } else {
            weight::TWO_SLIPS
        };
        corrected(out, near, term, weight);
    }
}

/// A compound that the part list does not know, cut where its halves are words of the index,
/// exactly or nearly.
fn loose_split(out: &mut Vec<Expansion>, word: &str, vocabulary: &Vocabulary) {
    let mut best: Option<(f32, usize, Vec<String>)> = None;
    for (cut, _) in word.char_indices() {
        let (head, tail) = word.split_at(cut);
        if letters(head) < 3 || letters(tail) < 3 {
            continue;
        }
        if let Some((weight, terms)) = halves(head, tail, vocabulary) {
            // Of equal weight, the cut nearest the middle says most.
            let balance = letters(head).min(letters(tail));
            if best
                .as_ref()
                .is_none_or(|(w, b, _)| (weight, balance) > (*w, *b))
            {
                best = Some((weight, balance, terms));
            }
        }
    }
    if let Some((weight, _, terms)) = best {
        for term in &terms {
            synonym::of_stem(term, weight * weight::DISTANT_SYNONYM, out);
        }
        out.push(Expansion { terms, weight });
    }
}

fn halves(head: &str, tail: &str, vocabulary: &Vocabulary) -> Option<(f32, Vec<String>)> {
    let first = known_half(head, vocabulary).or_else(|| {
        head.strip_suffix('s')
            .and_then(|head| known_half(head, vocabulary))
    });
    let last = known_half(tail, vocabulary);
    match (first, last) {
        (Some(first), Some(last)) => Some((weight::BOTH_KNOWN, vec![first, last])),
        (Some(first), None) => match near_half(tail, vocabulary) {
            Some(last) => Some((weight::FUZZY_SPLIT, vec![first, last])),
            None if letters(head) >= 5 => Some((weight::FIRST_KNOWN, vec![first])),
            None => None,
        },
        (None, Some(last)) => match near_half(head.strip_suffix('s').unwrap_or(head), vocabulary) {
            Some(first) => Some((weight::FUZZY_SPLIT, vec![first, last])),
            None if letters(tail) >= 5 => Some((weight::LAST_KNOWN, vec![last])),
            None => None,
        },
        (None, None) => None,
    }
}

fn known_half(half: &str, vocabulary: &Vocabulary) -> Option<String> {
    let term = stem(half);
    (vocabulary.items(half) > 0 || (letters(half) >= 4 && vocabulary.has_term(&term)))
        .then_some(term)
}

/// Half a compound with one slip or without its dots.
fn near_half(half: &str, vocabulary: &Vocabulary) -> Option<String> {
    if let Some((_, term)) = vocabulary.undotted(half).first() {
        return Some((*term).to_string());
    }
    if letters(half) < 4 {
        return None;
    }
    vocabulary
        .near(half, 1)
        .first()
        .map(|(_, term, _)| (*term).to_string())
}
