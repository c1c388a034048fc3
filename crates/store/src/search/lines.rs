//! The search lines of an item as terms, and the column of each term.

use radrum_domain::{SearchLine, Weight};
use radrum_swedish::{Known, analyse_knowing};
use std::collections::{BTreeMap, BTreeSet};

/// Columns of the core table, best first, and what each counts for.
pub(crate) const COLUMNS: [(&str, f32); 7] = [
    ("t", 5.0),
    ("a", 3.0),
    ("k", 2.2),
    ("h", 2.0),
    ("m", 1.5),
    ("b", 1.0),
    ("x", 0.7),
];

/// Terms of one line; parts of compounds apart, because they say less in a title.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LineTerms {
    pub weight: Weight,
    /// Word of the heading it stands under.
    pub part: String,
    pub whole: Vec<String>,
    pub parts: Vec<String>,
}

/// The terms of all lines and the distinct words in them.
pub(crate) struct ItemTerms {
    pub lines: Vec<LineTerms>,
    /// Folded word to the term that it is indexed under.
    pub words: BTreeMap<String, String>,
}

pub(crate) fn terms(lines: &[SearchLine]) -> ItemTerms {
    terms_knowing(lines, &mut Known::default())
}

/// The same, for many items one after the other.
pub(crate) fn terms_knowing(lines: &[SearchLine], known: &mut Known) -> ItemTerms {
    let mut out = ItemTerms {
        lines: Vec::with_capacity(lines.len()),
        words: BTreeMap::new(),
    };
    for line in lines {
        let mut terms = LineTerms {
            weight: line.weight,
            part: line.part.clone(),
            ..LineTerms::default()
        };
        for text in [&line.text, &line.more] {
            for found in analyse_knowing(text, known).found {
                if let (false, Some(term)) = (found.word.is_empty(), found.terms.first()) {
                    out.words.insert(found.word, term.clone());
                }
                terms.whole.extend(found.terms);
                terms.parts.extend(found.parts);
            }
        }
        out.lines.push(terms);
    }
    out
}

impl ItemTerms {
    /// One text for each column of the core table: each term once, in its best column.
    pub fn columns(&self) -> [String; 7] {
        columns(&self.lines)
    }

    /// Title and rest, for the posts table.
    pub fn post_columns(&self) -> [String; 2] {
        let mut title = BTreeSet::new();
        let mut body = BTreeSet::new();
        for line in &self.lines {
            let into = if line.weight == Weight::Title {
                &mut title
            } else {
                &mut body
            };
            into.extend(line.whole.iter().chain(&line.parts).map(String::as_str));
        }
        body.retain(|term| !title.contains(term));
        [joined(&title), joined(&body)]
    }
}

pub(crate) fn columns(lines: &[LineTerms]) -> [String; 7] {
    let mut said: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for line in lines {
        let (whole, part) = match line.weight {
            Weight::Title => (0, 1),
            Weight::Area => (1, 1),
            Weight::Lead => (3, 3),
            Weight::Body => (5, 5),
            Weight::Minor => (6, 6),
        };
        for (terms, column) in [(&line.whole, whole), (&line.parts, part)] {
            for term in terms {
                let entry = said.entry(term).or_insert((column, 0));
                entry.0 = entry.0.min(column);
                entry.1 += 1;
            }
        }
    }
    let mut columns: [BTreeSet<&str>; 7] = Default::default();
    for (term, (column, times)) in said {
        // Said often says what the item is about; this stands in for term frequency.
        let often = match times {
            4.. => 2,
            2 | 3 => 4,
            _ => 6,
        };
        if let Some(terms) = columns.get_mut(column.min(often)) {
            terms.insert(term);
        }
    }
    columns.map(|terms| joined(&terms))
}

fn joined(terms: &BTreeSet<&str>) -> String {
    terms.iter().copied().collect::<Vec<_>>().join(" ")
}

/// Lines as one text to store: weight letter and heading, then terms; parts carry a `+`.
pub(crate) fn encode(lines: &[LineTerms]) -> String {
    let mut out = String::new();
    for line in lines {
        out.push(match line.weight {
            Weight::Title => 'T',
            Weight::Area => 'A',
            Weight::Lead => 'L',
            Weight::Body => 'B',
            Weight::Minor => 'M',
        });
        out.push_str(&line.part);
        for term in &line.whole {
            out.push(' ');
            out.push_str(term);
        }
        for part in &line.parts {
            out.push_str(" +");
            out.push_str(part);
        }
        out.push('\n');
    }
    out
}

pub(crate) fn decode(stored: &str) -> Vec<LineTerms> {
    stored
        .lines()
        .map(|line| {
            let mut terms = line.split(' ');
            let head = terms.next().unwrap_or_default();
            let weight = match head.get(..1) {
                Some("T") => Weight::Title,
                Some("A") => Weight::Area,
                Some("L") => Weight::Lead,
                Some("M") => Weight::Minor,
                _ => Weight::Body,
            };
            let part = head.get(1..).unwrap_or_default().to_string();
            let mut out = LineTerms {
                weight,
                part,
                ..LineTerms::default()
            };
            for term in terms {
                match term.strip_prefix('+') {
                    Some(part) => out.parts.push(part.to_string()),
                    None => out.whole.push(term.to_string()),
                }
            }
            out
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{columns, decode, encode, terms};
    use radrum_domain::{SearchLine, Weight};

    fn line(weight: Weight, text: &str) -> SearchLine {
        SearchLine {
            weight,
            text: text.into(),
            ..SearchLine::default()
        }
    }

    #[test]
    fn each_term_stands_once_in_the_column_that_says_most() {
        let terms = terms(&[
            line(Weight::Title, "Medling"),
            line(Weight::Body, "Medling är frivillig. Medlaren är opartisk."),
            line(Weight::Minor, "Brottsofferjouren"),
        ]);
        let columns = columns(&terms.lines);
        assert!(
            columns[0].split(' ').any(|term| term == "medl"),
            "{columns:?}"
        );
        let all: Vec<&str> = columns.iter().flat_map(|c| c.split(' ')).collect();
        assert_eq!(all.iter().filter(|term| **term == "medl").count(), 1);
    }

    #[test]
    fn stored_lines_read_back_so_that_old_terms_can_be_taken_out() {
        let terms = terms(&[
            line(Weight::Title, "Jäv"),
            line(Weight::Body, "LVM 13 § jourhem"),
        ]);
        assert_eq!(decode(&encode(&terms.lines)), terms.lines);
    }
}
