//! Statute references in every spelling that is met: `20:2`, `20 kap. 2 §`, `SoL 20:2`,
//! `LVM 13–19 §§`, `lvu13§`, `6 § lvu`, `paragraf 6`, `2024:79`.
//!
//! Each gives a bare term (`20:2`, `§13`) and, when a law is named nearby, a qualified one
//! (`sol20:2`, `lvm§13`). Letters give both (`6:15c` and `6:15`).

use crate::lex::{Kind, Token};
use crate::lexicon::{lexicon, qualified};
use std::ops::Range;

/// One section that the text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    /// Tokens that it was read from.
    pub tokens: Range<usize>,
    /// `20:2`, `§13`, `6:15c`, `kap27` or an SFS number.
    pub bare: String,
    /// Without its letter, when it has one.
    pub parent: Option<String>,
    /// Code of the law, when one is named within [`LAW_DISTANCE`] tokens.
    pub law: Option<String>,
}

/// How many tokens a law's name governs what follows it.
const LAW_DISTANCE: usize = 12;

/// Longest range of sections that is expanded.
const RANGE_MAX: u32 = 40;

impl Reference {
    /// All terms to index.
    pub fn terms(&self) -> Vec<String> {
        let mut terms = vec![self.bare.clone()];
        terms.extend(self.parent.clone());
        if let Some(law) = &self.law {
            terms.extend(self.parent.iter().map(|parent| qualified(law, parent)));
            terms.push(qualified(law, &self.bare));
        }
        terms
    }
}

/// Reads all references. `query` also takes `lvm 13`, a law and a number without a mark.
pub(crate) fn references(tokens: &[Token], query: bool) -> Vec<Reference> {
    let mut reader = Reader {
        tokens,
        at: 0,
        unmarked: 0,
        law: None,
        found: Vec::new(),
        query,
    };
    while reader.at < tokens.len() {
        reader.step();
    }
    reader.found
}

/// Which of so many tokens belong to a reference. References come in the order of their first
/// token; in one step for each, since a text may hold thousands of both.
pub(crate) fn covered(tokens: usize, references: &[Reference]) -> Vec<bool> {
    let mut covered = vec![false; tokens];
    let mut done = 0;
    for reference in references {
        let start = reference.tokens.start.max(done);
        let end = reference.tokens.end.min(tokens);
        if let Some(new) = covered.get_mut(start..end) {
            new.fill(true);
            done = end;
        }
    }
    covered
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    /// Where a list ends that has no mark behind it: none that begins inside has one either, and
    /// a long one is looked through once.
    unmarked: usize,
    law: Option<(String, usize)>,
    found: Vec<Reference>,
    query: bool,
}

impl Reader<'_> {
    fn kind(&self, at: usize) -> Option<&Kind> {
        self.tokens.get(at).map(|token| &token.kind)
    }

    fn number(&self, at: usize) -> Option<u32> {
        match self.kind(at) {
            Some(Kind::Number(n)) => Some(*n),
            _ => None,
        }
    }

    fn word(&self, at: usize) -> Option<&str> {
        match self.kind(at) {
            Some(Kind::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn step(&mut self) {
        let law_here = self.word(self.at).and_then(law_of);
        if let Some(law) = law_here {
            self.law = Some((law, self.at));
            self.at += 1;
            if !self.sections(self.query) {
                self.skip_colon_after_law();
            }
        } else if self.word(self.at).is_some_and(is_chapter_word) && self.chapter_first() {
            // Read.
        } else if matches!(self.kind(self.at), Some(Kind::Section))
            || self.word(self.at).is_some_and(is_paragraph_word)
        {
            self.at += 1;
            self.sections(true);
        } else if self.number(self.at).is_none() || !self.sections(false) {
            self.at += 1;
        }
    }

    /// `SoL: 20:2` is written too.
    fn skip_colon_after_law(&mut self) {
        if matches!(self.kind(self.at), Some(Kind::Colon)) {
            self.at += 1;
        }
    }

    /// Reads what starts at a number. `open`: sections need no mark behind them.
    fn sections(&mut self, open: bool) -> bool {
        self.sfs() || self.chapter_colon() || self.chapter_words() || self.paragraphs(open)
    }

    /// `2024:79`, which also names the law for what follows.
    fn sfs(&mut self) -> bool {
        let (Some(year), Some(Kind::Colon), Some(number)) = (
            self.number(self.at),
            self.kind(self.at + 1),
            self.number(self.at + 2),
        ) else {
            return false;
        };
        if !(1600..=2100).contains(&year) {
            return false;
        }
        let sfs = format!("{year}:{number}");
        let start = self.at;
        self.at += 3;
        let code = lexicon()
            .laws
            .get(&sfs)
            .cloned()
            .unwrap_or_else(|| sfs.clone());
        self.law = Some((code, start));
        self.found.push(Reference {
            tokens: start..self.at,
            bare: sfs,
            parent: None,
            law: None,
        });
        self.sections(self.query);
        true
    }

    /// `20:2`, `6:15 c`, `13:5–6`.
    fn chapter_colon(&mut self) -> bool {
        let (Some(chapter), Some(Kind::Colon), Some(_)) = (
            self.number(self.at),
            self.kind(self.at + 1),
            self.number(self.at + 2),
        ) else {
            return false;
        };
        if self.is_time() {
            self.at += 3;
            return true;
        }
        let start = self.at;
        self.at += 2;
        self.section_list(start, Some(&chapter.to_string()));
        true
    }

    /// `20 kap. 2 §`, `27 kap`, `2 a kap. 10 §`.
    fn chapter_words(&mut self) -> bool {
        let Some(number) = self.number(self.at) else {
            return false;
        };
        let letter = self.letter(self.at + 1);
        let word_at = self.at + 1 + usize::from(letter.is_some());
        if !self.word(word_at).is_some_and(is_chapter_word) {
            return false;
        }
        let chapter = letter.map_or_else(|| number.to_string(), |l| format!("{number}{l}"));
        let start = self.at;
        self.at = word_at + 1;
        if matches!(self.kind(self.at), Some(Kind::Other)) {
            self.at += 1;
        }
        if self.number(self.at).is_some() {
            self.section_list(start, Some(&chapter));
        } else {
            self.push(start, format!("kap{chapter}"), None);
        }
        true
    }

    /// `kap. 20 § 2`, `kapitel 20 paragraf 2`, `kap 20`.
    fn chapter_first(&mut self) -> bool {
        let start = self.at;
        let mut at = start + 1;
        if matches!(self.kind(at), Some(Kind::Other)) {
            at += 1;
        }
        let Some(chapter) = self.number(at) else {
            return false;
        };
        at += 1;
        if matches!(self.kind(at), Some(Kind::Section | Kind::Colon))
            || self.word(at).is_some_and(is_paragraph_word)
        {
            at += 1;
        }
        self.at = at;
        if self.number(at).is_some() {
            self.section_list(start, Some(&chapter.to_string()));
        } else {
            self.push(start, format!("kap{chapter}"), None);
        }
        true
    }

    /// `kl. 13:30` is a time. What stands behind `KL` as a law has a chapter word or a mark.
    fn is_time(&self) -> bool {
        let before = |steps: usize| self.at.checked_sub(steps);
        let dot = before(1).is_some_and(|at| matches!(self.kind(at), Some(Kind::Other)));
        before(if dot { 2 } else { 1 })
            .and_then(|at| self.word(at))
            .is_some_and(|word| matches!(word, "kl" | "klockan"))
    }

    /// `13 §`, `18 a §`, `13–19 §§`, `9, 13 och 15 §§`; with `open` also plain `13`.
    fn paragraphs(&mut self, open: bool) -> bool {
        if self.number(self.at).is_none() || (!open && self.at < self.unmarked) {
            return false;
        }
        let end = self.list_end(self.at);
        let marked = matches!(self.kind(end), Some(Kind::Section))
            || self.word(end).is_some_and(is_paragraph_word);
        if !marked && !open {
            self.unmarked = end;
            return false;
        }
        let start = self.at;
        self.section_list(start, None);
        true
    }

    /// Where a list of numbers with letters, dashes and commas ends.
    fn list_end(&self, start: usize) -> usize {
        let mut at = start;
        while self.number(at).is_some() {
            at += 1;
            if self.letter(at).is_some() {
                at += 1;
            }
            let joins = match self.kind(at) {
                Some(Kind::Dash | Kind::Other) => true,
                Some(Kind::Word(word)) => word == "och" || word == "samt",
                _ => false,
            };
            if !joins || self.number(at + 1).is_none() || self.begins_chapter(at + 1) {
                break;
            }
            at += 1;
        }
        at
    }

    /// `13:6`, `13 kap.`: a reference of its own in a list of them, no section of the one before.
    fn begins_chapter(&self, at: usize) -> bool {
        let colon = matches!(self.kind(at + 1), Some(Kind::Colon)) && self.number(at + 2).is_some();
        let letter = usize::from(self.letter(at + 1).is_some());
        colon || self.word(at + 1 + letter).is_some_and(is_chapter_word)
    }

    fn letter(&self, at: usize) -> Option<char> {
        let word = self.word(at)?;
        let mut chars = word.chars();
        let letter = chars.next().filter(char::is_ascii_lowercase)?;
        (chars.next().is_none() && letter <= 'k').then_some(letter)
    }

    /// Pushes each section of a list that starts here, then takes the marks behind it.
    fn section_list(&mut self, start: usize, chapter: Option<&str>) {
        let first_found = self.found.len();
        let end = self.list_end(self.at);
        let mut range_from = None;
        while self.at < end {
            match self.number(self.at) {
                Some(number) => {
                    self.at += 1;
                    let letter = self.letter(self.at).filter(|_| self.at < end);
                    self.at += usize::from(letter.is_some());
                    let from = range_from.take().unwrap_or(number);
                    if from < number && number - from <= RANGE_MAX {
                        (from..number).for_each(|n| self.section(start, chapter, n, None));
                    }
                    self.section(start, chapter, number, letter);
                    if matches!(self.kind(self.at), Some(Kind::Dash)) {
                        range_from = Some(number + 1);
                    }
                }
                None => self.at += 1,
            }
        }
        while matches!(self.kind(self.at), Some(Kind::Section)) {
            self.at += 1;
        }
        self.law_behind(first_found);
    }

    /// `13 § LVM`, `13 § i LVM`; it rules over a law that stands before.
    fn law_behind(&mut self, first_found: usize) {
        let at = self.at + usize::from(self.word(self.at) == Some("i"));
        if let Some(law) = self.word(at).and_then(law_of) {
            for reference in &mut self.found[first_found..] {
                reference.law = Some(law.clone());
            }
        }
    }

    fn section(&mut self, start: usize, chapter: Option<&str>, number: u32, letter: Option<char>) {
        let plain = match chapter {
            Some(chapter) => format!("{chapter}:{number}"),
            None => format!("§{number}"),
        };
        match letter {
            Some(letter) => self.push(start, format!("{plain}{letter}"), Some(plain)),
            None => self.push(start, plain, None),
        }
    }

    fn push(&mut self, start: usize, bare: String, parent: Option<String>) {
        let law = match &self.law {
            Some((law, at)) if start.saturating_sub(*at) <= LAW_DISTANCE => Some(law.clone()),
            _ => None,
        };
        self.found.push(Reference {
            tokens: start..self.at,
            bare,
            parent,
            law,
        });
    }
}

fn law_of(word: &str) -> Option<String> {
    lexicon().laws.get(word).cloned()
}

fn is_chapter_word(word: &str) -> bool {
    matches!(word, "kap" | "kapitel" | "kapitlet")
}

fn is_paragraph_word(word: &str) -> bool {
    matches!(
        word,
        "paragraf" | "paragrafen" | "par" | "paragrafer" | "paragraferna"
    )
}
