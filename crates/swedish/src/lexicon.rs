//! The committed lists of `lists/`, read once. A malformed line is left out here and found by
//! a test, so that a typing error in a list never stops the program.

use crate::fold;
use crate::stem::regular;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

const THESAURUS: &str = include_str!("../lists/thesaurus.txt");
const LAY: &str = include_str!("../lists/lay.txt");
const PARTS: &str = include_str!("../lists/parts.txt");
const IRREGULAR: &str = include_str!("../lists/irregular.txt");
const STATUTES: &str = include_str!("../lists/statutes.txt");
const STOP: &str = include_str!("../lists/stop.txt");
const WEAK: &str = include_str!("../lists/weak.txt");
const INTENTS: &str = include_str!("../lists/intents.txt");

/// All lists in one text, for [`crate::index_version`].
pub(crate) const ALL_LISTS: [&str; 8] =
    [THESAURUS, LAY, PARTS, IRREGULAR, STATUTES, STOP, WEAK, INTENTS];

#[derive(Default)]
pub(crate) struct Lexicon {
    /// Folded surface form to folded base form.
    pub irregular: HashMap<String, String>,
    /// Folded compound parts.
    pub parts: BTreeSet<String>,
    pub stop: BTreeSet<String>,
    /// Words that only say that a person is looked for ("vem", "kollega").
    pub person: BTreeSet<String>,
    /// Words that say little about what a question is about.
    pub weak: BTreeSet<String>,
    /// Part of a card and a stemmed phrase that asks for it.
    pub intents: Vec<(String, String)>,
    /// Stemmed phrase to phrases that it also finds.
    pub thesaurus: HashMap<String, Vec<String>>,
    /// Section of the 2001 act to its new places and topics.
    pub old_sections: HashMap<String, OldSection>,
    /// Qualified statute term ("sol19:1") to topics.
    pub topics: HashMap<String, Vec<String>>,
    /// Folded name of a law to its code ("socialtjänstlagen" to "sol").
    pub laws: BTreeMap<String, String>,
    /// Names of the 2001 act.
    pub old_laws: BTreeSet<String>,
}

#[derive(Default, Clone)]
pub(crate) struct OldSection {
    pub new: Vec<String>,
    pub topics: Vec<String>,
}

pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(read)
}

fn read() -> Lexicon {
    let mut lexicon = Lexicon {
        irregular: lines(IRREGULAR).filter(|l| !l.starts_with("keep ")).filter_map(pair).collect(),
        parts: lines(PARTS).map(fold).collect(),
        weak: lines(WEAK).map(fold).collect(),
        ..Lexicon::default()
    };
    for line in lines(STOP).map(fold) {
        match line.strip_prefix("person ") {
            Some(word) => lexicon.person.insert(word.trim().to_string()),
            None => lexicon.stop.insert(line),
        };
    }
    for line in lines(STATUTES) {
        statute_line(&mut lexicon, line);
    }
    // The thesaurus is keyed by stems, and stems need the irregular table: it is passed along
    // because the lexicon itself is not there yet.
    for line in lines(THESAURUS).chain(lines(LAY)) {
        let links = synonyms(line);
        for (from, to) in links {
            let key = stemmed_phrase(&from, &lexicon.irregular);
            let targets = lexicon.thesaurus.entry(key).or_default();
            if !targets.contains(&to) {
                targets.push(to);
            }
        }
    }
    for (part, phrases) in lines(INTENTS).filter_map(|line| line.split_once(':')) {
        for phrase in phrases.split(',') {
            let phrase = stemmed_phrase(&fold(phrase.trim()), &lexicon.irregular);
            lexicon.intents.push((part.trim().to_string(), phrase));
        }
    }
    lexicon
}

fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|line| !line.is_empty())
}

/// Stems that are cut no further. On its own, because the thesaurus is stemmed while the rest
/// of the lexicon is read.
pub(crate) fn kept() -> &'static BTreeSet<String> {
    static KEPT: OnceLock<BTreeSet<String>> = OnceLock::new();
    KEPT.get_or_init(|| {
        lines(IRREGULAR).filter_map(|line| line.strip_prefix("keep ")).map(fold).collect()
    })
}

fn pair(line: &str) -> Option<(String, String)> {
    let mut words = line.split_whitespace();
    Some((fold(words.next()?), fold(words.next()?)))
}

/// `a = b = c` finds each other, `a -> b, c` only forwards.
fn synonyms(line: &str) -> Vec<(String, String)> {
    let mut links = Vec::new();
    if let Some((from, to)) = line.split_once("->") {
        for source in from.split('=') {
            for target in to.split(',') {
                links.push((fold(source.trim()), fold(target.trim())));
            }
        }
    } else {
        let sides: Vec<String> = line.split('=').map(|side| fold(side.trim())).collect();
        for from in &sides {
            for to in sides.iter().filter(|to| *to != from) {
                links.push((from.clone(), to.clone()));
            }
        }
    }
    links.retain(|(from, to)| !from.is_empty() && !to.is_empty());
    links
}

/// Words of a phrase, stemmed and joined by one space: the key of the thesaurus.
pub(crate) fn stemmed_phrase(phrase: &str, irregular: &HashMap<String, String>) -> String {
    let stems: Vec<String> = phrase
        .split(|c: char| !c.is_alphanumeric() && c != '§')
        .filter(|word| !word.is_empty())
        .map(|word| irregular.get(word).map_or_else(|| regular(word), |base| regular(base)))
        .collect();
    stems.join(" ")
}

/// `old 11:1 -> 14:2 | utredning`, `topic SoL 19:1 | orosanmälan`, `law SoL = … = 2025:400`,
/// `oldlaw 2001:453 = gamla sol`.
fn statute_line(lexicon: &mut Lexicon, line: &str) {
    let Some((kind, rest)) = line.split_once(' ') else { return };
    let (head, topics) = rest.split_once('|').unwrap_or((rest, ""));
    let topics: Vec<String> =
        topics.split(',').map(|t| fold(t.trim())).filter(|t| !t.is_empty()).collect();
    match kind {
        "old" => {
            let Some((old, new)) = head.split_once("->") else { return };
            let new = new.split(',').map(compact).filter(|n| !n.is_empty()).collect();
            lexicon.old_sections.insert(compact(old), OldSection { new, topics });
        }
        "topic" => {
            let Some((law, section)) = head.trim().split_once(' ') else { return };
            let key = crate::statute::qualified(&fold(law), &compact(section));
            lexicon.topics.entry(key).or_default().extend(topics);
        }
        "law" => {
            let mut names = head.split('=').map(|name| fold(name.trim()));
            let Some(code) = names.next() else { return };
            lexicon.laws.insert(code.clone(), code.clone());
            for name in names {
                lexicon.laws.insert(name, code.clone());
            }
        }
        "oldlaw" => lexicon.old_laws.extend(head.split('=').map(|name| fold(name.trim()))),
        _ => {}
    }
}

/// `6:15 c` as `6:15c`.
fn compact(section: &str) -> String {
    fold(section).chars().filter(|c| !c.is_whitespace() && *c != '§').collect()
}
