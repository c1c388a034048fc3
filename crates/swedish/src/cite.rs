//! Which rules a text cites, so that every spelling of one rule is the same: `SoL 11:1`,
//! `11 kap. 1 § SoL` and `11 kap 1§ socialtjänstlagen`. A section of no law, or of one that is
//! not named in a way that can be read, is no rule: it could be any law's.

use crate::fold;
use crate::lex::{Kind, Token, lex};
use crate::lexicon::lexicon;
use crate::statute::{Reference, references};
use std::collections::BTreeSet;

/// A law, and where in it: `11:1`, `§13`, `kap27`; empty for the whole law.
type Rule = (String, String);

/// The rules that a text cites.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Citations(BTreeSet<Rule>);

impl Citations {
    /// Reads references that stand parted by semicolons; a law that was named governs what
    /// follows it until another is.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut rules = BTreeSet::new();
        let mut law = None;
        for part in text.split(';') {
            read_part(part, &mut law, &mut rules);
        }
        Self(rules)
    }

    /// Whether no rule could be read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether they cite a rule of the other's. A law or a chapter holds its sections, and a
    /// section is never its neighbour: 11:1 is neither 11:10 nor 11:1 a.
    #[must_use]
    pub fn meet(&self, other: &Self) -> bool {
        let holds = |(law, place): &Rule, (of, within): &Rule| {
            law == of
                && (place.is_empty()
                    || place == within
                    || place
                        .strip_prefix("kap")
                        .is_some_and(|chapter| within.starts_with(&format!("{chapter}:"))))
        };
        let mut own = self.0.iter();
        own.any(|one| other.0.iter().any(|two| holds(one, two) || holds(two, one)))
    }
}

fn read_part(part: &str, law: &mut Option<String>, rules: &mut BTreeSet<Rule>) {
    let tokens = lex(&with_codes(part));
    let found = references(&tokens, true);
    let series = series(&tokens);
    let code = |law: &str| match &series {
        // "HSLF-FS 2022:39" is not the law with that number.
        Some(series) if is_number(law) => format!("{series} {law}"),
        _ => law.to_string(),
    };
    let mut laws = laws(&tokens, &found);
    if let (1, Some(only)) = (laws.len(), laws.first()) {
        *law = Some(only.clone());
    } else if laws.len() > 1 {
        *law = None;
    }
    for of in found.iter().filter(|of| !is_law(of)) {
        // What stands alone in one part with one law is of that law, wherever it is named.
        let Some(known) = of.law.clone().or_else(|| law.clone()) else {
            continue;
        };
        laws.remove(&known);
        rules.insert((code(&known), of.bare.clone()));
    }
    rules.extend(laws.iter().map(|law| (code(law), String::new())));
}

/// Names of several words become the code that the reader of references knows.
fn with_codes(text: &str) -> String {
    let mut folded = fold(text);
    let lexicon = lexicon();
    // "gamla SoL" holds "SoL", and "nya socialtjänstlagen" another name.
    let old = lexicon.old_laws.iter().map(|name| (name, OLD_LAW));
    let new = lexicon
        .laws
        .iter()
        .map(|(name, code)| (name, code.as_str()));
    let mut names: Vec<_> = old.chain(new).filter(|(name, _)| !is_word(name)).collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    for (name, code) in names {
        if !is_number(name) {
            folded = folded.replace(name.as_str(), code);
        }
    }
    folded
}

/// The number of the law that was repealed.
const OLD_LAW: &str = "2001:453";

/// All laws that are named, as codes.
fn laws(tokens: &[Token], found: &[Reference]) -> BTreeSet<String> {
    let words = tokens.iter().filter_map(|token| match &token.kind {
        Kind::Word(word) => lexicon().laws.get(word).cloned().or_else(|| unlisted(word)),
        _ => None,
    });
    let numbers = found.iter().filter(|of| is_law(of)).map(|of| {
        let known = lexicon().laws.get(&of.bare);
        known.unwrap_or(&of.bare).clone()
    });
    words.chain(numbers).collect()
}

/// A law that no list has is known by its name: "alkohollagen", "alkohollag".
fn unlisted(word: &str) -> Option<String> {
    let endings = ["lag", "balk", "förordning"];
    let stem = word.strip_suffix("en").unwrap_or(word);
    let is_law = |ending| stem.len() > str::len(ending) && stem.ends_with(ending);
    endings.into_iter().any(is_law).then(|| stem.to_string())
}

/// The series of a number that is no law's: `sosfs`, the `fs` of `HSLF-FS`.
fn series(tokens: &[Token]) -> Option<String> {
    tokens.iter().find_map(|token| match &token.kind {
        Kind::Word(word) if word.ends_with("fs") && word != "sfs" => Some(word.clone()),
        _ => None,
    })
}

/// Whether a reference is the number of a law, and no place in one.
fn is_law(of: &Reference) -> bool {
    of.law.is_none() && is_number(&of.bare)
}

/// `2025:400`; a chapter has two digits at most.
fn is_number(text: &str) -> bool {
    let year = text.split_once(':').map(|(year, _)| year);
    year.is_some_and(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))
}

fn is_word(name: &str) -> bool {
    name.chars().all(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::Citations;

    fn meet(one: &str, two: &str) -> bool {
        let (one, two) = (Citations::read(one), Citations::read(two));
        assert_eq!(one.meet(&two), two.meet(&one));
        one.meet(&two)
    }

    #[test]
    fn every_spelling_of_one_rule_is_the_same() {
        for (one, spellings) in [
            (
                "SoL 11:1",
                &[
                    "11 kap. 1 § SoL",
                    "11 kap 1§ socialtjänstlagen",
                    "SoL 11 kap. 1 §",
                    "socialtjänstlagen (2025:400) 11 kap. 1 §",
                    "11 kap. 1 § första stycket SoL",
                    "nya socialtjänstlagen 11:1",
                    "SoL 13:10; 11:1",
                    "SFS 2025:400 11 kap. 1 §",
                ][..],
            ),
            ("LVU 13 c §", &["13 c § LVU", "13c § lagen om vård av unga"]),
            ("LVM 15 §", &["LVM 13–19 §§", "15 § LVM", "LVM 15"]),
            ("FB 6:2 a", &["6 kap. 2 a § föräldrabalken"]),
            (
                "2024:79 4:1",
                &["4 kap. 1 § lagen om placering av barn i skyddat boende"],
            ),
            ("alkohollagen 3:5", &["3 kap. 5 § alkohollagen"]),
            ("gamla SoL 11:1", &["2001:453 11 kap. 1 §"]),
        ] {
            for two in spellings {
                assert!(meet(one, two), "{one} is {two}");
            }
        }
    }

    #[test]
    fn another_section_another_law_and_another_series_is_another_rule() {
        for (one, two) in [
            ("SoL 11:1", "11 kap. 10 § SoL"),
            ("SoL 11:1", "SoL 11:1 a"),
            ("SoL 11:1", "SoL 1:1"),
            ("SoL 11:1", "gamla SoL 11:1"),
            ("SoL 11:1", "SoF 11:1"),
            ("LVU 6 §", "LVM 6 §"),
            ("LVU 1 §", "LVU 11 §"),
            ("SFS 2022:39", "HSLF-FS 2022:39"),
            ("SoL 1 kap.", "SoL 11:1"),
            ("SoL 13:5; 13:6", "SoL 13:13"),
        ] {
            assert!(!meet(one, two), "{one} is not {two}");
        }
    }

    #[test]
    fn a_law_and_a_chapter_hold_their_sections() {
        assert!(meet("SFS 2025:400", "SoL 11:1"));
        assert!(meet("SoL 11 kap.", "SoL 11:1"));
        assert!(meet("SoL 13:5; 2021:530", "informationssamtalslagen 3 §"));
        assert!(!meet("SoL 13:5; 2021:530", "SoL 13:6"));
    }

    #[test]
    fn a_section_of_no_law_is_no_rule() {
        for text in ["", "11 kap. 1 §", "§ 6", "hej"] {
            assert!(Citations::read(text).is_empty(), "{text}");
        }
    }
}
