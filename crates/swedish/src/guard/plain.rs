//! The text as the rules read it: NFKC, ASCII digits, one hyphen, one space, nothing invisible,
//! and for each byte the place that it came from.

use icu_normalizer::{ComposingNormalizer, ComposingNormalizerBorrowed};
use std::ops::Range;

/// A text with its way back.
pub(super) struct Plain {
    /// What the rules read.
    pub text: String,
    /// The same in small letters, byte by byte in the same place.
    pub lower: String,
    from: Vec<usize>,
    to: Vec<usize>,
}

/// First digits of ten that NFKC leaves in their own script.
const ZEROS: [char; 12] = [
    '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}',
    '\u{c66}', '\u{d66}', '\u{e50}', '\u{ed0}',
];

impl Plain {
    pub fn of(original: &str) -> Self {
        let mut plain = Self {
            text: String::with_capacity(original.len()),
            lower: String::with_capacity(original.len()),
            from: Vec::with_capacity(original.len()),
            to: Vec::with_capacity(original.len()),
        };
        let nfkc = ComposingNormalizer::new_nfkc();
        let mut chars = original.char_indices().peekable();
        let mut segment = String::new();
        while let Some((at, c)) = chars.next() {
            let mut end = at + c.len_utf8();
            let is_alone = chars.peek().is_none_or(|(_, next)| !is_mark(*next));
            if is_alone && (c.is_ascii() || matches!(c, 'À'..='ÿ')) {
                plain.push(c, at..end);
                continue;
            }
            if is_invisible(c) {
                continue;
            }
            segment.clear();
            segment.push(c);
            // A letter and what stands on it, also with something invisible between.
            while let Some((mark_at, mark)) =
                chars.next_if(|(_, next)| is_mark(*next) || is_invisible(*next))
            {
                if !is_invisible(mark) {
                    segment.push(mark);
                    end = mark_at + mark.len_utf8();
                }
            }
            plain.push_segment(&segment, at..end, &nfkc);
        }
        plain
    }

    fn push_segment(
        &mut self,
        segment: &str,
        from: Range<usize>,
        nfkc: &ComposingNormalizerBorrowed<'_>,
    ) {
        for c in nfkc.normalize(segment).chars() {
            if !is_invisible(c) {
                self.push(c, from.clone());
            }
        }
    }

    fn push(&mut self, c: char, from: Range<usize>) {
        let c = match c {
            '\r' => return,
            '\t' | '\u{2028}' | '\u{2029}' => ' ',
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            c if c.is_whitespace() && c != '\n' => ' ',
            c => digit(c).unwrap_or(c),
        };
        self.text.push(c);
        let mut small = c.to_lowercase();
        match (small.next(), small.next()) {
            (Some(one), None) if one.len_utf8() == c.len_utf8() => self.lower.push(one),
            _ => self.lower.push(c),
        }
        for _ in 0..c.len_utf8() {
            self.from.push(from.start);
            self.to.push(from.end);
        }
    }

    pub fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// The byte there; a zero outside.
    pub fn byte(&self, at: usize) -> u8 {
        self.bytes().get(at).copied().unwrap_or_default()
    }

    pub fn is_digit(&self, at: usize) -> bool {
        self.byte(at).is_ascii_digit()
    }

    /// The byte before; a zero at the beginning.
    pub fn before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(0, |at| self.byte(at))
    }

    /// Starts of runs of digits, in order.
    pub fn runs(&self) -> impl Iterator<Item = usize> {
        (0..self.text.len()).filter(|&at| self.is_digit(at) && !self.before(at).is_ascii_digit())
    }

    /// Where the run of digits ends that begins here.
    pub fn run_end(&self, at: usize) -> usize {
        let more = self.bytes().iter().skip(at);
        at + more.take_while(|byte| byte.is_ascii_digit()).count()
    }

    /// The same place in the original.
    pub fn original(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.from.get(range.start).copied().unwrap_or_default();
        let last = range.end.checked_sub(1);
        let end = last.and_then(|at| self.to.get(at)).copied();
        start..end.unwrap_or(start).max(start)
    }
}

fn digit(c: char) -> Option<char> {
    let zero = ZEROS
        .iter()
        .find(|zero| (**zero..=char::from_u32(**zero as u32 + 9).unwrap_or(**zero)).contains(&c))?;
    char::from_digit(c as u32 - *zero as u32, 10)
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}
