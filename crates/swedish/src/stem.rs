//! One form for all inflections of a word.
//!
//! An irregular table, then Snowball's Swedish stemmer, then rules for what Snowball leaves
//! (search-notes section 1: definite neuters, -ning, -an, rett/red, double consonants).

use crate::lexicon::lexicon;
use snowball_stemmers_rs::{Algorithm, Stemmer};
use std::sync::OnceLock;

/// Stem of a folded word. Numerals in letters meet numerals in digits.
pub(crate) fn stem(word: &str) -> String {
    if let Some(digits) = numeral(word) {
        return digits.to_string();
    }
    match lexicon().irregular.get(word) {
        Some(base) => regular(base),
        None => regular(word),
    }
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
    NUMERALS.iter().find(|(letters, _)| *letters == word).map(|(_, digits)| *digits)
}

/// Stem by rule alone, which the irregular table is built on.
pub(crate) fn regular(word: &str) -> String {
    if letters(word) <= 3 {
        return word.to_string();
    }
    let snowball = stemmer().stem(word);
    let cut = rules(&snowball);
    // "hemlig" must not become "hem": a stem of three letters says too little.
    if letters(&cut) <= 3 && letters(word) >= letters(&cut) + 3 { word.to_string() } else { cut }
}

fn rules(snowball: &str) -> String {
    let mut stem = snowball;
    if let Some(head) = stem.strip_suffix("et")
        && letters(head) >= 3
        && !stem.ends_with("het")
    {
        stem = head;
    }
    for suffix in ["ning", "ing"] {
        if let Some(head) = stem.strip_suffix(suffix)
            && letters(head) >= 3
        {
            stem = head;
            break;
        }
    }
    if let Some(head) = stem.strip_suffix("an")
        && letters(head) >= 4
    {
        stem = head;
    }
    let mut out = stem.to_string();
    if out.ends_with("rett") {
        out.truncate(out.len() - 4);
        out.push_str("red");
    }
    single_consonant(&mut out);
    out
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
