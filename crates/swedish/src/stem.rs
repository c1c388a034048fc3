//! One form for all inflections of a word: an irregular table, Snowball's Swedish stemmer, and
//! rules for what Snowball leaves apart (definite neuters, -ning, -an, double consonants).

use crate::fold;
use crate::lists::{IRREGULAR, lines, pair};
use snowball_stemmers_rs::{Algorithm, Stemmer};
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

/// Stem of a folded word. Numerals in letters meet numerals in digits.
pub(crate) fn stem(word: &str) -> String {
    if let Some(digits) = numeral(word) {
        return digits.to_string();
    }
    match irregular().bases.get(word) {
        Some(base) => regular(base),
        None => regular(word),
    }
}

#[derive(Default)]
struct Irregular {
    /// Folded surface form to folded base form.
    bases: HashMap<String, String>,
    /// Stems that are cut no further ("vårdnad" is not "vård").
    kept: BTreeSet<String>,
}

fn irregular() -> &'static Irregular {
    static IRREGULARS: OnceLock<Irregular> = OnceLock::new();
    IRREGULARS.get_or_init(|| {
        let mut read = Irregular::default();
        for line in lines(IRREGULAR) {
            match line.strip_prefix("keep ") {
                Some(stem) => read.kept.extend([fold(stem)]),
                None => read.bases.extend(pair(line)),
            }
        }
        read
    })
}

fn numeral(word: &str) -> Option<&'static str> {
    const NUMERALS: [(&str, &str); 17] = [
        ("två", "2"),
        ("tre", "3"),
        ("fyra", "4"),
        ("fem", "5"),
        ("sex", "6"),
        ("sju", "7"),
        ("åtta", "8"),
        ("nio", "9"),
        ("tio", "10"),
        ("elva", "11"),
        ("tolv", "12"),
        ("fjorton", "14"),
        ("femton", "15"),
        ("sexton", "16"),
        ("arton", "18"),
        ("tjugo", "20"),
        ("tjugoett", "21"),
    ];
    NUMERALS
        .iter()
        .find(|(letters, _)| *letters == word)
        .map(|(_, digits)| *digits)
}

/// Stem by rule alone, which the irregular table is built on.
///
/// Snowball cuts one ending and stops, so that `ansvar` and `ansvaret` or `separat` and
/// `separata` part ways. Here endings are cut until nothing more comes off; then all forms of
/// a word meet in its shortest one.
pub(crate) fn regular(word: &str) -> String {
    if letters(word) <= 3 {
        return word.to_string();
    }
    let mut stem = word.to_string();
    for _ in 0..PASSES_MAX {
        if irregular().kept.contains(&stem) {
            return stem;
        }
        let shorter = pass(&stem);
        if shorter == stem {
            break;
        }
        stem = shorter;
    }
    // "hemlig" must not become "hem".
    if letters(&stem) <= 3
        && let Some(at) = word.find("lig")
    {
        return word[..at + 3].to_string();
    }
    level(&mut stem);
    stem
}

/// No Swedish word carries more endings than this.
const PASSES_MAX: usize = 5;

fn pass(word: &str) -> String {
    let genitive = if word.ends_with("ets") {
        &word[..word.len() - 1]
    } else {
        word
    };
    let keeps = genitive.ends_with("het") || (genitive.ends_with("andet") && letters(genitive) > 6);
    let neuter = cut(genitive, "et", 3)
        .filter(|_| !keeps)
        .unwrap_or(genitive);
    let once = stemmer().stem(neuter);
    let noun = cut(&once, "ning", 3)
        .or_else(|| cut(&once, "ing", 3))
        .unwrap_or(&once);
    let noun = cut(noun, "an", 4).unwrap_or(noun);
    let adjective = ["lt", "rt", "mt"]
        .iter()
        .any(|ending| noun.ends_with(ending));
    let noun = if adjective {
        cut(noun, "t", 4).unwrap_or(noun)
    } else {
        noun
    };
    noun.to_string()
}

fn cut<'a>(word: &'a str, ending: &str, least: usize) -> Option<&'a str> {
    word.strip_suffix(ending)
        .filter(|head| letters(head) >= least)
}

/// utrett = utreda, anteckna = anteckning, byrån = byrå, hemm = hem.
fn level(stem: &mut String) {
    if stem.ends_with("rett") {
        stem.truncate(stem.len() - 4);
        stem.push_str("red");
    }
    let length = letters(stem);
    let drops_last = |endings: &[&str]| endings.iter().any(|ending| stem.ends_with(ending));
    if (length >= 4 && drops_last(&["kn", "dn", "pn", "mn"]))
        || (length >= 5 && drops_last(&["ån", "ön", "un", "yn"]))
        || (length >= 6 && drops_last(&["in"]))
    {
        stem.pop();
    }
    single_consonant(stem);
}

fn single_consonant(stem: &mut String) {
    let mut last = stem.chars().rev();
    if let (Some(a), Some(b)) = (last.next(), last.next())
        && a == b
        && !is_vowel(a)
        && a.is_alphabetic()
    {
        stem.pop();
    }
}

pub(crate) const fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'å' | 'ä' | 'ö')
}

pub(crate) fn letters(word: &str) -> usize {
    word.chars().count()
}

fn stemmer() -> &'static Stemmer {
    static STEMMER: OnceLock<Stemmer> = OnceLock::new();
    STEMMER.get_or_init(|| Stemmer::create(Algorithm::Swedish))
}
