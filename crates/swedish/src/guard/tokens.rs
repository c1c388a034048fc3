//! Words with what the rules for names must know of each.

use super::plain::Plain;
use std::ops::Range;

/// One word; a hyphen between letters belongs to it.
pub(super) struct Token {
    pub range: Range<usize>,
    /// Begins with a capital letter.
    pub is_capital: bool,
    /// All letters are capital, and there are at least two.
    pub is_shouted: bool,
    /// First in a sentence or a line.
    pub is_first: bool,
}

/// The words of a text.
pub(super) struct Tokens<'a> {
    pub list: Vec<Token>,
    plain: &'a Plain,
}

impl<'a> Tokens<'a> {
    pub fn of(plain: &'a Plain) -> Self {
        let mut list = Vec::new();
        let mut is_first = true;
        let mut chars = plain.text.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            if !c.is_alphabetic() {
                match c {
                    '.' | '!' | '?' | '\n' | '•' | ':' | '*' | '#' | '"' | '”' => {
                        is_first = true
                    }
                    c if c.is_numeric() => is_first = false,
                    _ => {}
                }
                continue;
            }
            let is_capital = c.is_uppercase();
            let mut end = start + c.len_utf8();
            let (mut letters, mut capitals) = (1, usize::from(is_capital));
            while let Some(&(at, next)) = chars.peek() {
                let joins = next == '-' && plain.text[at + 1..].starts_with(char::is_alphabetic);
                if !next.is_alphabetic() && !joins {
                    break;
                }
                letters += usize::from(!joins);
                capitals += usize::from(next.is_uppercase());
                end = at + next.len_utf8();
                chars.next();
            }
            list.push(Token {
                range: start..end,
                is_capital,
                is_shouted: letters > 1 && capitals == letters,
                is_first,
            });
            is_first = false;
        }
        Self { list, plain }
    }

    /// In small letters; empty outside.
    pub fn lower(&self, at: usize) -> &'a str {
        let range = self.list.get(at).map(|token| token.range.clone());
        range
            .and_then(|range| self.plain.lower.get(range))
            .unwrap_or_default()
    }

    /// What stands between a word and the next one.
    pub fn gap(&self, at: usize) -> &'a str {
        let ends = self.list.get(at).zip(self.list.get(at + 1));
        ends.and_then(|(one, next)| self.plain.text.get(one.range.end..next.range.start))
            .unwrap_or("\n")
    }

    /// The word just before, across nothing but one space.
    pub fn previous(&self, at: usize) -> &'a str {
        match at.checked_sub(1) {
            Some(before) if self.gap(before) == " " => self.lower(before),
            _ => "",
        }
    }
}
