//! From what someone typed to weighted concepts that the index is asked for.
//!
//! One concept is one thing that was said: a word, or all statute references together. It
//! may be met by several terms with falling weight: the stem itself, parts of a compound, a
//! completion, a corrected slip, a synonym (search-notes section 1).

mod expand;
mod synonym;

use crate::lex::{Kind, Token, lex};
use crate::lexicon::{lexicon, qualified};
use crate::statute::{Reference, covered, references};
use crate::vocabulary::Vocabulary;
use std::collections::BTreeSet;

/// Most expansions of one concept, best first.
const EXPANSIONS_MAX: usize = 40;

/// Most concepts of one query; what is typed beyond is not looked for.
const CONCEPTS_MAX: usize = 16;

/// What someone looks for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// In the order of the text; statutes last.
    pub concepts: Vec<Concept>,
    /// The text asks for a person ("vem kan …", "nån som haft …").
    pub wants_person: bool,
    /// It says nothing else ("vem frågar jag").
    pub only_person: bool,
    /// Parts of a card that the words around ask for ("hur länge" asks for its deadlines).
    pub wants_parts: Vec<String>,
}

/// One thing that was said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Concept {
    /// Folded, as typed.
    pub text: String,
    /// 1, or less for a word that says little about what is asked.
    pub importance: f32,
    /// Best first.
    pub expansions: Vec<Expansion>,
}

/// One way to meet a concept.
#[derive(Debug, Clone, PartialEq)]
pub struct Expansion {
    /// All of them together meet it; some of them in part.
    pub terms: Vec<String>,
    /// 1 is the word itself; a section whose law is named counts 1.2.
    pub weight: f32,
}

/// A word of the query and whether it is still being typed.
pub(crate) struct Typed {
    pub word: String,
    pub open: bool,
}

impl Query {
    /// Reads a query. A last word without a space behind it counts as not yet finished.
    #[must_use]
    pub fn parse(text: &str, vocabulary: &Vocabulary) -> Self {
        let tokens = join_spelled_out(lex(text), vocabulary);
        let statutes = references(&tokens, true);
        let words = words(&tokens, &statutes, !text.ends_with(char::is_whitespace));
        let wants_person = words
            .iter()
            .any(|typed| lexicon().person.contains(&typed.word));
        let content = content(&words, !statutes.is_empty());
        let mut concepts: Vec<Concept> = content
            .iter()
            .take(CONCEPTS_MAX)
            .map(|&at| Concept {
                text: words[at].word.clone(),
                importance: importance(&words[at].word),
                expansions: expand::word(&words[at], vocabulary),
            })
            .collect();
        expand::neighbours(&words, &content, &mut concepts, vocabulary);
        synonym::phrases(&words, &content, &mut concepts);
        if let Some(concept) = statute_concept(&statutes, &tokens) {
            concepts.push(concept);
        }
        for concept in &mut concepts {
            tidy(&mut concept.expansions);
        }
        concepts.retain(|concept| !concept.expansions.is_empty());
        let mut wants_parts = wanted_parts(&words);
        let law_only = content
            .iter()
            .all(|&at| lexicon().laws.contains_key(&words[at].word));
        if !statutes.is_empty() && law_only && wants_parts.is_empty() {
            // A section and nothing else asks what the law says, before what follows from it.
            wants_parts.push("must".to_string());
        }
        let says_more = |typed: &Typed| {
            !lexicon().stop.contains(&typed.word) && !lexicon().person.contains(&typed.word)
        };
        let only_person = wants_person && statutes.is_empty() && !words.iter().any(says_more);
        Self {
            concepts,
            wants_person,
            only_person,
            wants_parts,
        }
    }
}

/// What a word that says little counts for.
const WEAK: f32 = 0.3;

fn importance(word: &str) -> f32 {
    let weak = lexicon().weak.contains(word) || word.chars().all(|c| c.is_ascii_digit());
    if weak { WEAK } else { 1.0 }
}

fn wanted_parts(words: &[Typed]) -> Vec<String> {
    let stems: Vec<String> = words
        .iter()
        .map(|typed| crate::stem::stem(&typed.word))
        .collect();
    let said = format!(" {} ", stems.join(" "));
    let mut parts: Vec<String> = Vec::new();
    for (part, phrase) in &lexicon().intents {
        if said.contains(&format!(" {phrase} ")) && !parts.contains(part) {
            parts.push(part.clone());
        }
    }
    parts
}

/// `l v m` and `L.V.M.` are typed by people who say the letters.
fn join_spelled_out(tokens: Vec<Token>, vocabulary: &Vocabulary) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let spelled = |token: &&Token| single_letter(token).is_some() || token.kind == Kind::Other;
        let run = match single_letter(&tokens[at]) {
            Some(_) => tokens[at..].iter().take_while(spelled).count(),
            None => 0,
        };
        let joined: String = tokens[at..at + run]
            .iter()
            .filter_map(single_letter)
            .collect();
        if joined.chars().count() >= 2
            && (lexicon().laws.contains_key(&joined) || vocabulary.items(&joined) > 0)
        {
            let range = tokens[at].range.start..tokens[at + run - 1].range.end;
            out.push(Token {
                range,
                kind: Kind::Word(joined),
            });
            at += run;
        } else {
            out.extend_from_slice(&tokens[at..at + run.max(1)]);
            at += run.max(1);
        }
    }
    out
}

fn single_letter(token: &Token) -> Option<&str> {
    match &token.kind {
        Kind::Word(word) if word.chars().count() == 1 => Some(word),
        _ => None,
    }
}

/// Words that are not part of a statute reference. Numbers count as words ("12 år").
fn words(tokens: &[Token], statutes: &[Reference], last_open: bool) -> Vec<Typed> {
    let mut words = Vec::new();
    let covered = covered(tokens.len(), statutes);
    for (at, token) in tokens.iter().enumerate() {
        if covered[at] {
            continue;
        }
        let word = match &token.kind {
            Kind::Word(word) => word.clone(),
            Kind::Number(number) => number.to_string(),
            _ => continue,
        };
        words.push(Typed {
            word,
            open: last_open && at + 1 == tokens.len(),
        });
    }
    words
}

/// Positions of the words that carry meaning. `SoL` beside a section does not.
fn content(words: &[Typed], has_statute: bool) -> Vec<usize> {
    let lexicon = lexicon();
    let keep = |with_person: bool| -> Vec<usize> {
        (0..words.len())
            .filter(|&at| {
                let word = &words[at].word;
                !lexicon.stop.contains(word)
                    && (with_person || !lexicon.person.contains(word))
                    && (!has_statute || lexicon.laws.get(word).is_none_or(|law| law != "sol"))
            })
            .collect()
    };
    let without = keep(false);
    if !without.is_empty() || has_statute {
        return without;
    }
    let with = keep(true);
    if with.is_empty() {
        (0..words.len()).collect()
    } else {
        with
    }
}

fn statute_concept(statutes: &[Reference], tokens: &[Token]) -> Option<Concept> {
    let first = statutes.first()?;
    let mut concept = Concept {
        text: first.bare.clone(),
        importance: 1.0,
        expansions: Vec::new(),
    };
    let named_old = tokens.iter().any(|token| match &token.kind {
        Kind::Word(word) => word == "gamla" || lexicon().old_laws.contains(word),
        _ => false,
    }) || statutes
        .iter()
        .any(|statute| lexicon().old_laws.contains(&statute.bare));
    for statute in statutes {
        statute_expansions(statute, named_old, &mut concept.expansions);
    }
    Some(concept)
}

fn statute_expansions(statute: &Reference, named_old: bool, out: &mut Vec<Expansion>) {
    let mut add = |term: String, weight: f32| {
        out.push(Expansion {
            terms: vec![term],
            weight,
        })
    };
    let law = statute.law.as_deref();
    // A chapter and section without a law is nearly always the Social Services Act.
    let assumed = law.unwrap_or(if statute.bare.contains(':') {
        "sol"
    } else {
        ""
    });
    let old = matches!(assumed, "sol")
        .then(|| lexicon().old_sections.get(&statute.bare))
        .flatten();
    let now = if named_old && old.is_some() { 0.3 } else { 1.0 };
    for (section, weight) in [(Some(&statute.bare), 1.0), (statute.parent.as_ref(), 0.8)] {
        let Some(section) = section else { continue };
        add(
            section.clone(),
            now * weight * if law.is_some() { 0.5 } else { 0.9 },
        );
        if !assumed.is_empty() {
            add(
                qualified(assumed, section),
                now * weight * if law.is_some() { 1.2 } else { 1.0 },
            );
        }
    }
    if let Some(old) = old {
        for new in &old.new {
            add(qualified("sol", new), if named_old { 1.2 } else { 0.8 });
        }
        for topic in &old.topics {
            synonym::target(topic, 0.7, out);
        }
    }
    for section in [Some(&statute.bare), statute.parent.as_ref()]
        .into_iter()
        .flatten()
    {
        for topic in lexicon()
            .topics
            .get(&qualified(assumed, section))
            .into_iter()
            .flatten()
        {
            synonym::target(topic, 0.6, out);
        }
    }
}

/// Best first, each set of terms once.
fn tidy(expansions: &mut Vec<Expansion>) {
    expansions.retain(|expansion| !expansion.terms.is_empty() && expansion.weight > 0.0);
    expansions.sort_by(|a, b| {
        b.weight
            .total_cmp(&a.weight)
            .then_with(|| a.terms.cmp(&b.terms))
    });
    let mut seen: BTreeSet<Vec<String>> = BTreeSet::new();
    expansions.retain(|expansion| seen.insert(expansion.terms.clone()));
    expansions.truncate(EXPANSIONS_MAX);
}
