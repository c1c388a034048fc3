//! The distinct words that an index holds, packed for completion, spelling, undotted and
//! substring lookup. 100,000 words take a few megabytes; it is loaded after the first paint.

use crate::fold::{undot, undot_letter};
use crate::spell::{distance, letter_mask, undot_mask};
use std::cmp::Reverse;

/// One distinct folded word of the indexed texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VocabularyWord {
    /// As folded from the text.
    pub word: String,
    /// The term that it is indexed under.
    pub term: String,
    /// In how many items it stands, about.
    pub items: u32,
}

/// All words of an index. Empty until loaded, which costs spelling and completion only.
#[derive(Debug, Default)]
pub struct Vocabulary {
    text: String,
    terms: String,
    entries: Vec<Entry>,
    /// Entries that contain å, ä or ö, ordered by their spelling without dots.
    dotted: Vec<u32>,
    /// Hashes of all terms, ordered.
    term_hashes: Vec<u64>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    word: (u32, u32),
    term: (u32, u32),
    items: u32,
    mask: u32,
    letters: u8,
}

/// Most candidates that a lookup gives, most common first.
const CANDIDATES_MAX: usize = 32;

impl Vocabulary {
    /// Packs words, in any order.
    #[must_use]
    pub fn new(words: impl IntoIterator<Item = VocabularyWord>) -> Self {
        let mut words: Vec<VocabularyWord> = words.into_iter().collect();
        // Terms are looked up like words, so that a slip in an inflection that nobody wrote
        // yet is still near something.
        let mut terms: Vec<VocabularyWord> = words
            .iter()
            .map(|word| VocabularyWord {
                word: word.term.clone(),
                ..word.clone()
            })
            .collect();
        words.append(&mut terms);
        words.sort_by(|a, b| (&a.word, b.items).cmp(&(&b.word, a.items)));
        words.dedup_by(|a, b| a.word == b.word);
        let mut packed = Self::default();
        for word in &words {
            let entry = Entry {
                word: push(&mut packed.text, &word.word),
                term: push(&mut packed.terms, &word.term),
                items: word.items,
                mask: letter_mask(&word.word),
                letters: u8::try_from(word.word.chars().count()).unwrap_or(u8::MAX),
            };
            packed.entries.push(entry);
        }
        packed.dotted = (0..packed.entries.len())
            .filter(|&at| !packed.word(at).is_ascii())
            .filter_map(|at| u32::try_from(at).ok())
            .collect();
        let mut dotted = std::mem::take(&mut packed.dotted);
        dotted.sort_by_cached_key(|&at| undot(packed.word(at as usize)));
        packed.dotted = dotted;
        packed.term_hashes = words.iter().map(|word| hash(&word.term)).collect();
        packed.term_hashes.sort_unstable();
        packed.term_hashes.dedup();
        packed
    }

    /// How many distinct words it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds none, as before loading.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn word(&self, at: usize) -> &str {
        slice(&self.text, self.entries[at].word)
    }

    fn term(&self, at: usize) -> &str {
        slice(&self.terms, self.entries[at].term)
    }

    fn position(&self, word: &str) -> Result<usize, usize> {
        self.entries
            .binary_search_by(|entry| slice(&self.text, entry.word).cmp(word))
    }

    /// In how many items the word stands.
    pub(crate) fn items(&self, word: &str) -> u32 {
        self.position(word).map_or(0, |at| self.entries[at].items)
    }

    pub(crate) fn has_term(&self, term: &str) -> bool {
        self.term_hashes.binary_search(&hash(term)).is_ok()
    }

    /// Words that begin so, the word itself left out.
    pub(crate) fn completions(&self, prefix: &str) -> Vec<(&str, &str)> {
        let from = self.position(prefix).unwrap_or_else(|at| at);
        let at: Vec<usize> = (from..self.entries.len())
            .take_while(|&at| self.word(at).starts_with(prefix))
            .filter(|&at| self.word(at) != prefix)
            .collect();
        self.most_common(at)
    }

    /// Words with å, ä or ö that look like `word` without them.
    pub(crate) fn undotted(&self, word: &str) -> Vec<(&str, &str)> {
        let wanted = undot(word);
        let from = self
            .dotted
            .partition_point(|&at| undot(self.word(at as usize)).as_str() < wanted.as_str());
        let at: Vec<usize> = self.dotted[from..]
            .iter()
            .map(|&at| at as usize)
            .take_while(|&at| undot(self.word(at)) == wanted)
            .filter(|&at| self.word(at) != word)
            .collect();
        self.most_common(at)
    }

    /// Words within `max` slips, with their distance, nearest first. Dots that are left out
    /// altogether are one slip, however many they are.
    pub(crate) fn near(&self, word: &str, max: usize) -> Vec<(&str, &str, usize)> {
        let typed: Vec<char> = word.chars().collect();
        let mask = letter_mask(word);
        let undotted = undot(word) == word;
        let mut near = Vec::new();
        let mut letters = Vec::new();
        for (at, entry) in self.entries.iter().enumerate() {
            let theirs = if undotted {
                undot_mask(entry.mask)
            } else {
                entry.mask
            };
            let differing = (theirs ^ mask).count_ones() as usize;
            if usize::from(entry.letters).abs_diff(typed.len()) > max || differing > 2 * max {
                continue;
            }
            letters.clear();
            letters.extend(self.word(at).chars());
            let slips = distance(&typed, &letters, max).or_else(|| {
                let left = max.checked_sub(1).filter(|_| undotted)?;
                letters.iter_mut().for_each(|c| *c = undot_letter(*c));
                distance(&typed, &letters, left).map(|slips| slips + 1)
            });
            if let Some(slips) = slips.filter(|&slips| slips > 0) {
                near.push((slips, Reverse(entry.items), at));
            }
        }
        near.sort_unstable();
        near.truncate(CANDIDATES_MAX);
        near.into_iter()
            .map(|(slips, _, at)| (self.word(at), self.term(at), slips))
            .collect()
    }

    /// Words that hold `piece` anywhere: the last resort before an empty answer.
    pub(crate) fn containing(&self, piece: &str) -> Vec<(&str, &str)> {
        let at = (0..self.entries.len())
            .filter(|&at| self.word(at).contains(piece))
            .collect();
        self.most_common(at)
    }

    fn most_common(&self, mut at: Vec<usize>) -> Vec<(&str, &str)> {
        at.sort_by_key(|&at| (Reverse(self.entries[at].items), at));
        at.truncate(CANDIDATES_MAX);
        at.into_iter()
            .map(|at| (self.word(at), self.term(at)))
            .collect()
    }
}

fn push(arena: &mut String, text: &str) -> (u32, u32) {
    let start = u32::try_from(arena.len()).unwrap_or(u32::MAX);
    arena.push_str(text);
    (start, u32::try_from(arena.len()).unwrap_or(u32::MAX))
}

fn slice(arena: &str, (start, end): (u32, u32)) -> &str {
    arena.get(start as usize..end as usize).unwrap_or_default()
}

fn hash(term: &str) -> u64 {
    let hash = blake3::hash(term.as_bytes());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_le_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Vocabulary, VocabularyWord};

    fn vocabulary() -> Vocabulary {
        let word = |word: &str, term: &str, items| VocabularyWord {
            word: word.into(),
            term: term.into(),
            items,
        };
        Vocabulary::new([
            word("utreseförbud", "utreseförbud", 3),
            word("utredning", "utred", 40),
            word("utredningen", "utred", 20),
            word("medling", "medl", 5),
            word("jäv", "jäv", 4),
        ])
    }

    #[test]
    fn a_prefix_completes_to_the_most_common_words_first() {
        let words = vocabulary();
        let completions: Vec<&str> = words.completions("utre").iter().map(|(w, _)| *w).collect();
        assert_eq!(
            completions,
            ["utred", "utredning", "utredningen", "utreseförbud"]
        );
    }

    #[test]
    fn a_word_typed_without_dots_is_found() {
        let words = vocabulary();
        assert_eq!(
            words.undotted("utreseforbud"),
            [("utreseförbud", "utreseförbud")]
        );
        assert_eq!(words.undotted("jav"), [("jäv", "jäv")]);
        assert!(words.undotted("medling").is_empty());
    }

    #[test]
    fn a_word_typed_without_dots_and_with_a_slip_is_found() {
        let word = |word: &str| VocabularyWord {
            word: word.into(),
            term: word.into(),
            items: 1,
        };
        let words = Vocabulary::new([word("försäkringskassan"), word("forskning")]);
        let near = |typed| words.near(typed, 2).first().map(|found| (found.0, found.2));
        assert_eq!(near("forsakringskasan"), Some(("försäkringskassan", 2)));
        // With some of its dots it is what was meant but for the others.
        assert_eq!(near("försakringskasan"), Some(("försäkringskassan", 2)));
        assert_eq!(near("forsakringskasa"), None);
    }

    #[test]
    fn a_slip_finds_its_neighbour_and_a_part_its_whole() {
        let words = vocabulary();
        assert_eq!(words.near("medlnig", 1), [("medling", "medl", 1)]);
        assert_eq!(
            words.containing("förbud"),
            [("utreseförbud", "utreseförbud")]
        );
    }
}
