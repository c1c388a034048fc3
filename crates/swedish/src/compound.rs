//! Splits a compound over the committed part list. Only words that the list can split are
//! split, so that no accidental "part" is ever indexed.

use crate::lexicon::lexicon;
use crate::stem::{letters, stem};
use std::collections::HashSet;
use std::sync::OnceLock;

/// Most parts of one compound (barn-avårds-utrednings-sekreterare).
const PARTS_MAX: usize = 4;

struct Forms {
    /// Spellings of a part before another part, linking sound included.
    heads: HashSet<String>,
    /// Stems of a part that stands last.
    tails: HashSet<String>,
}

/// Terms that a compound also stands for: the stem of each part, and of each group of parts
/// from the left or the right (`familjehem` in `familjehemsplacering`).
pub(crate) fn parts(word: &str) -> Vec<String> {
    let pieces = split(word);
    let mut terms: Vec<String> = Vec::new();
    for piece in &pieces {
        push_new(&mut terms, stem(unlinked(piece)));
        // A part of the list can itself be a compound of the list.
        for inner in split(unlinked(piece)) {
            push_new(&mut terms, stem(unlinked(&inner)));
        }
    }
    for cut in 1..pieces.len().saturating_sub(1) {
        push_new(&mut terms, stem(unlinked(&pieces[..=cut].concat())));
        push_new(&mut terms, stem(&pieces[cut..].concat()));
    }
    let whole = stem(word);
    terms.retain(|term| *term != whole);
    terms
}

fn push_new(terms: &mut Vec<String>, term: String) {
    if !terms.contains(&term) {
        terms.push(term);
    }
}

/// The best division into at least two parts, or nothing.
pub(crate) fn split(word: &str) -> Vec<String> {
    let cuts: Vec<usize> = word
        .char_indices()
        .map(|(at, _)| at)
        .chain([word.len()])
        .collect();
    if cuts.len() < 6 {
        return Vec::new();
    }
    // best[i]: score and cut before, for the text up to cuts[i] made of heads only.
    let mut best: Vec<Option<(usize, usize, usize)>> = vec![None; cuts.len()];
    best[0] = Some((0, 0, 0));
    let mut whole: Option<(usize, usize)> = None;
    for end in 2..cuts.len() {
        for start in 0..end - 1 {
            let Some((score, count, _)) = best[start] else {
                continue;
            };
            if count == PARTS_MAX || (start == 0 && end == cuts.len() - 1) {
                continue;
            }
            let piece = &word[cuts[start]..cuts[end]];
            let gain = score + (end - start) * (end - start);
            if end == cuts.len() - 1 && start > 0 && is_tail(piece) {
                if whole.is_none_or(|(known, _)| gain > known) {
                    whole = Some((gain, start));
                }
            } else if end < cuts.len() - 1
                && forms().heads.contains(piece)
                && best[end].is_none_or(|(known, _, _)| gain > known)
            {
                best[end] = Some((gain, count + 1, start));
            }
        }
    }
    whole.map_or_else(Vec::new, |(_, tail)| pieces(word, &cuts, &best, tail))
}

fn pieces(
    word: &str,
    cuts: &[usize],
    best: &[Option<(usize, usize, usize)>],
    tail: usize,
) -> Vec<String> {
    let mut pieces = vec![word[cuts[tail]..].to_string()];
    let mut end = tail;
    while end > 0 {
        let Some((_, _, start)) = best[end] else {
            return Vec::new();
        };
        pieces.push(word[cuts[start]..cuts[end]].to_string());
        end = start;
    }
    pieces.reverse();
    pieces
}

fn is_tail(piece: &str) -> bool {
    letters(piece) >= 3 && forms().tails.contains(&stem(piece))
}

/// A part without the sound that links it to the next, if what remains is a part.
fn unlinked(piece: &str) -> &str {
    let parts = &lexicon().parts;
    if parts.contains(piece) {
        return piece;
    }
    for link in ["es", "s", "e", "a", "o", "u"] {
        if let Some(head) = piece.strip_suffix(link)
            && parts.contains(head)
        {
            return head;
        }
    }
    piece
}

fn forms() -> &'static Forms {
    static FORMS: OnceLock<Forms> = OnceLock::new();
    FORMS.get_or_init(|| {
        let mut heads = HashSet::new();
        let mut tails = HashSet::new();
        for part in &lexicon().parts {
            tails.insert(stem(part));
            for base in [Some(part.as_str()), part.strip_suffix(['a', 'e'])]
                .into_iter()
                .flatten()
            {
                if letters(base) >= 2 {
                    heads.extend(
                        ["", "s", "e", "a", "o", "u", "es"].map(|link| format!("{base}{link}")),
                    );
                }
            }
        }
        Forms { heads, tails }
    })
}
