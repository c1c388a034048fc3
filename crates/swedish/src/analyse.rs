//! From text to the terms that are indexed, with where in the text each stands.

use crate::compound;
use crate::lex::{Kind, lex};
use crate::lexicon::lexicon;
use crate::lists;
use crate::statute::{covered, references};
use crate::stem::stem;
use std::collections::BTreeMap;
use std::ops::Range;

/// Raised by hand when a rule of this crate changes what a text gives; the lists are hashed.
const RULES: u32 = 3;

/// Identifies rules and lists. An index made under another value is rebuilt.
#[must_use]
pub fn index_version() -> String {
    let mut hash = blake3::Hasher::new();
    hash.update(&RULES.to_le_bytes());
    for list in lists::ALL {
        hash.update(&(list.len() as u64).to_le_bytes());
        hash.update(list.as_bytes());
    }
    hash.finalize().to_hex()[..16].to_string()
}

/// What a text says, in terms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Analysed {
    /// In the order of the text.
    pub found: Vec<Found>,
}

/// One word or statute reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Bytes in the text that was given.
    pub range: Range<usize>,
    /// The folded word; empty for a statute or a number.
    pub word: String,
    /// The stem, the number, or all terms of a statute.
    pub terms: Vec<String>,
    /// Terms of the parts of a compound.
    pub parts: Vec<String>,
}

/// Words that were read before, with stem and parts: texts of one krets say the same words again
/// and again.
#[derive(Debug, Clone, Default)]
pub struct Known(BTreeMap<String, (String, Vec<String>)>);

impl Known {
    fn read(&mut self, word: &str) -> (String, Vec<String>) {
        if let Some(known) = self.0.get(word) {
            return known.clone();
        }
        let read = (stem(word), compound::parts(word));
        self.0.insert(word.to_string(), read.clone());
        read
    }
}

/// Reads a text. Stop words give nothing.
#[must_use]
pub fn analyse(text: &str) -> Analysed {
    analyse_knowing(text, &mut Known::default())
}

/// The same, for many texts one after the other.
#[must_use]
pub fn analyse_knowing(text: &str, known: &mut Known) -> Analysed {
    let tokens = lex(text);
    let statutes = references(&tokens, false);
    let mut found: Vec<Found> = Vec::with_capacity(tokens.len());
    let covered = covered(tokens.len(), &statutes);
    for (token, _) in tokens.iter().zip(covered).filter(|(_, covered)| !covered) {
        match &token.kind {
            Kind::Word(word) if !lexicon().stop.contains(word) => {
                let (stem, parts) = known.read(word);
                found.push(Found {
                    range: token.range.clone(),
                    word: word.clone(),
                    terms: vec![stem],
                    parts,
                });
            }
            // A number that is no section: an age, a count, a telephone number.
            Kind::Number(number) => found.push(Found {
                range: token.range.clone(),
                word: String::new(),
                terms: vec![number.to_string()],
                parts: Vec::new(),
            }),
            _ => {}
        }
    }
    for statute in &statutes {
        let first = &tokens[statute.tokens.start];
        let last = &tokens[statute.tokens.end.max(statute.tokens.start + 1) - 1];
        found.push(Found {
            range: first.range.start..last.range.end,
            word: String::new(),
            terms: statute.terms(),
            parts: Vec::new(),
        });
    }
    found.sort_by_key(|found| (found.range.start, found.range.end));
    Analysed { found }
}
