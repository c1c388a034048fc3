//! What the thesaurus adds to a word or to several words together.

use super::{Concept, Expansion, Typed};
use crate::compound;
use crate::lexicon::lexicon;
use crate::stem::stem;

/// Longest phrase of the thesaurus, in words.
const PHRASE_WORDS_MAX: usize = 5;

/// A phrase target counts less than a one-word target: each of its words is common.
const PHRASE_FACTOR: f32 = 0.5 / 0.6;

/// What a phrase of the query counts for.
const PHRASE_WEIGHT: f32 = 0.7;

/// Synonyms reached through one part of a compound.
const PART_WEIGHT: f32 = 0.35;

pub(super) fn of_word(word: &str, weight: f32, out: &mut Vec<Expansion>) {
    let own = stem(word);
    of_stem(&own, weight, out);
    for part in compound::parts(word) {
        of_stem(&part, weight.min(PART_WEIGHT), out);
    }
}

pub(super) fn of_stem(stem: &str, weight: f32, out: &mut Vec<Expansion>) {
    for to in lexicon().thesaurus.get(stem).into_iter().flatten() {
        target(to, weight, out);
    }
}

/// Adds one target of the thesaurus, a word or a phrase.
pub(super) fn target(to: &str, weight: f32, out: &mut Vec<Expansion>) {
    let words: Vec<&str> = to
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !lexicon().stop.contains(*word))
        .collect();
    let terms: Vec<String> = words.iter().map(|word| stem(word)).collect();
    let weight = if terms.len() > 1 {
        weight * PHRASE_FACTOR
    } else {
        weight
    };
    if let ([word], true) = (words.as_slice(), terms.len() == 1) {
        let parts = compound::parts(word);
        if parts.len() > 1 {
            out.push(Expansion {
                terms: parts,
                weight: weight * 0.6,
            });
        }
    }
    out.push(Expansion { terms, weight });
}

/// Phrases of several typed words ("hämta hem barnet"), stop words in or out.
pub(super) fn phrases(words: &[Typed], content: &[usize], concepts: &mut [Concept]) {
    let all: Vec<usize> = (0..words.len()).collect();
    for sequence in [all.as_slice(), content] {
        let stems: Vec<String> = sequence.iter().map(|&at| stem(&words[at].word)).collect();
        for length in 2..=PHRASE_WORDS_MAX.min(sequence.len()) {
            for (start, window) in stems.windows(length).enumerate() {
                let Some(targets) = lexicon().thesaurus.get(&window.join(" ")) else {
                    continue;
                };
                for &at in &sequence[start..start + length] {
                    let Some(position) = content.iter().position(|&c| c == at) else {
                        continue;
                    };
                    let Some(concept) = concepts.get_mut(position) else {
                        continue;
                    };
                    for to in targets {
                        target(to, PHRASE_WEIGHT, &mut concept.expansions);
                    }
                }
            }
        }
    }
}
