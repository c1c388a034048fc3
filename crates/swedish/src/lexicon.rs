//! The committed lists of `lists/`, read once. A malformed line is left out here and found by
//! a test, so that a typing error in a list never stops the program.

use crate::fold;
use crate::lists::{INTENTS, LAY, PARTS, STATUTES, STOP, THESAURUS, WEAK, lines};
use crate::stem::stem;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

#[derive(Default)]
pub(crate) struct Lexicon {
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
    for line in lines(THESAURUS).chain(lines(LAY)) {
        let links = synonyms(line);
        for (from, to) in links {
            let key = stemmed_phrase(&from);
            let targets = lexicon.thesaurus.entry(key).or_default();
            if !targets.contains(&to) {
                targets.push(to);
            }
        }
    }
    for (part, phrases) in lines(INTENTS).filter_map(|line| line.split_once(':')) {
        for phrase in phrases.split(',') {
            let phrase = stemmed_phrase(&fold(phrase.trim()));
            lexicon.intents.push((part.trim().to_string(), phrase));
        }
    }
    lexicon
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
fn stemmed_phrase(phrase: &str) -> String {
    let stems: Vec<String> = phrase
        .split(|c: char| !c.is_alphanumeric() && c != '§')
        .filter(|word| !word.is_empty())
        .map(stem)
        .collect();
    stems.join(" ")
}

/// `sol` and `20:2` as `sol20:2`; `lvu` and `6` as `lvu§6`.
pub(crate) fn qualified(law: &str, section: &str) -> String {
    if section.contains(':') || section.starts_with('§') || section.starts_with("kap") {
        format!("{law}{section}")
    } else {
        format!("{law}§{section}")
    }
}

/// `old 11:1 -> 14:2 | utredning`, `topic SoL 19:1 | orosanmälan`, `law SoL = … = 2025:400`,
/// `oldlaw 2001:453 = gamla sol`.
fn statute_line(lexicon: &mut Lexicon, line: &str) {
    let Some((kind, rest)) = line.split_once(' ') else {
        return;
    };
    let (head, topics) = rest.split_once('|').unwrap_or((rest, ""));
    let topics: Vec<String> = topics
        .split(',')
        .map(|t| fold(t.trim()))
        .filter(|t| !t.is_empty())
        .collect();
    match kind {
        "old" => {
            let Some((old, new)) = head.split_once("->") else {
                return;
            };
            let new = new
                .split(',')
                .map(compact)
                .filter(|n| !n.is_empty())
                .collect();
            lexicon
                .old_sections
                .insert(compact(old), OldSection { new, topics });
        }
        "topic" => {
            let Some((law, section)) = head.trim().split_once(' ') else {
                return;
            };
            let key = qualified(&fold(law), &compact(section));
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
        "oldlaw" => lexicon
            .old_laws
            .extend(head.split('=').map(|name| fold(name.trim()))),
        _ => {}
    }
}

/// `6:15 c` as `6:15c`.
fn compact(section: &str) -> String {
    fold(section)
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '§')
        .collect()
}
