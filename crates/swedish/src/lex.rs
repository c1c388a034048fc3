//! Cuts running text into words, numbers and the few marks that statute references use.

use std::ops::Range;

/// One piece of text. Byte ranges point into the text that was given, so that a match can
/// be marked in what the user reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub range: Range<usize>,
    pub kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, folded.
    Word(String),
    Number(u32),
    Colon,
    Section,
    Dash,
    Other,
}

/// Longest text that is cut; the rest of a longer one is not searchable.
const TEXT_BYTES_MAX: usize = 1 << 20;

/// Longest run of letters that counts as a word.
const WORD_BYTES_MAX: usize = 120;

pub(crate) fn lex(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if start > TEXT_BYTES_MAX {
            break;
        }
        let mut end = start + c.len_utf8();
        let class = class_of(c);
        if matches!(class, Class::Letter | Class::Digit) {
            while let Some(&(at, next)) = rest.peek() {
                if class_of(next) != class && !is_joining(next) {
                    break;
                }
                end = at + next.len_utf8();
                rest.next();
            }
        }
        if let Some(kind) = kind_of(class, c, &text[start..end]) {
            tokens.push(Token {
                range: start..end,
                kind,
            });
        }
    }
    tokens
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Class {
    Letter,
    Digit,
    Space,
    Mark,
}

fn class_of(c: char) -> Class {
    if c.is_alphabetic() {
        Class::Letter
    } else if c.is_ascii_digit() {
        Class::Digit
    } else if c.is_whitespace() {
        Class::Space
    } else {
        Class::Mark
    }
}

/// Combining marks and invisible characters belong to the word they stand in.
const fn is_joining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}')
}

fn kind_of(class: Class, c: char, piece: &str) -> Option<Kind> {
    match class {
        Class::Letter if piece.len() <= WORD_BYTES_MAX => {
            // A combining mark that stands alone folds to nothing.
            let word = crate::fold(piece);
            (!word.is_empty()).then_some(Kind::Word(word))
        }
        Class::Digit => {
            let digits: String = piece.chars().filter(char::is_ascii_digit).collect();
            // Longer runs are telephone numbers and the like, kept as words.
            Some(if digits.len() <= 6 {
                digits.parse().map_or(Kind::Other, Kind::Number)
            } else {
                Kind::Word(digits)
            })
        }
        Class::Letter => Some(Kind::Other),
        Class::Space => None,
        Class::Mark => Some(match c {
            ':' => Kind::Colon,
            '§' => Kind::Section,
            '-' | '–' | '—' | '‑' => Kind::Dash,
            _ => Kind::Other,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, lex};

    fn kinds(text: &str) -> Vec<Kind> {
        lex(text).into_iter().map(|token| token.kind).collect()
    }

    #[test]
    fn words_numbers_and_marks_part_without_spaces() {
        assert_eq!(
            kinds("lvu13§"),
            [Kind::Word("lvu".into()), Kind::Number(13), Kind::Section]
        );
        assert_eq!(
            kinds("13–19"),
            [Kind::Number(13), Kind::Dash, Kind::Number(19)]
        );
    }

    #[test]
    fn a_mark_that_stands_on_no_letter_is_no_word() {
        assert_eq!(kinds("\u{363} "), Vec::new());
    }

    #[test]
    fn ranges_point_into_the_given_text() {
        let text = "Är ÅTGÄRD";
        let words: Vec<&str> = lex(text).into_iter().map(|t| &text[t.range]).collect();
        assert_eq!(words, ["Är", "ÅTGÄRD"]);
    }
}
