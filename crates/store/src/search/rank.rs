//! Ranks people, cards, contacts and resources.
//!
//! An item's score is the sum over concepts of idf times the best of expansion weight times
//! column weight, times the squared share of what was asked that it covers. The best cards are
//! then ranked anew by their best line, which also says where the answer stands.

use super::catalogue::Catalogue;
use super::lines::{COLUMNS, LineTerms, decode};
use super::table::{Slot, stored_lines};
use crate::{Read, StoreError};
use radrum_domain::Kind;
use radrum_swedish::{Concept, Query};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Cards that are ranked anew by line.
const RERANKED: usize = 24;

/// Most hits of one kind.
const HITS_OF_KIND_MAX: usize = 24;

/// How much the best line can add to a card.
const LINE_GAIN: f32 = 0.8;

/// How much rather a line is shown whose heading the question asks for.
const WANTED: f32 = 1.7;

/// What a line counts for a word that the whole card is about.
const ABOUT_ALL: f32 = 0.3;

/// A part of several terms counts half of its share.
const PARTIAL: f32 = 0.5;

/// What hangs on a card speaks for it a little less than its own text.
const CHILD: f32 = 0.9;

/// An item that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Row number.
    pub n: i64,
    /// Kind.
    pub kind: Kind,
    /// Higher is better; comparable within one search.
    pub score: f32,
    /// Share of what was asked that the item covers, 0 to 1.
    pub coverage: f32,
    /// Where in it.
    pub line: Option<Line>,
}

/// The line of an item that answers best.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Row of the item that holds the line: the hit itself, or a variant of it.
    pub n: i64,
    /// Position among its search lines.
    pub at: usize,
    /// Share of what was asked that stands in this line, 0 to 1.
    pub share: f32,
    /// The same, weighted by how fit the line's heading is for an answer.
    pub fitness: f32,
}

/// An area that what was asked is about.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaHit {
    /// Row of the area.
    pub n: i64,
    /// Score.
    pub score: f32,
}

/// Everything of the core table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hits {
    /// Best first, per kind.
    pub by_kind: BTreeMap<Kind, Vec<Hit>>,
}

struct Scored<'a> {
    concept: &'a Concept,
    idf: f32,
}

/// The question when lines are compared.
struct Asked<'a> {
    scored: &'a [Scored<'a>],
    idf_sum: f32,
    parts: &'a [String],
}

pub(crate) fn rank(
    read: &Read<'_>,
    slot: Slot,
    query: &Query,
    catalogue: &Catalogue,
) -> Result<Hits, StoreError> {
    let postings = postings(read, slot, query)?;
    let mut totals: HashMap<u32, (f32, f32)> = HashMap::new();
    let mut scored: Vec<Scored<'_>> = Vec::new();
    let mut idf_sum = 0.0;
    for concept in &query.concepts {
        let scores = concept_scores(concept, &postings);
        if scores.is_empty() {
            continue;
        }
        let near: f32 = scores.values().map(|(_, weight)| weight.min(1.0)).sum();
        let idf = (1.0 + catalogue.len() as f32 / (near + 0.5)).ln() * concept.importance;
        idf_sum += idf;
        for (n, (score, weight)) in scores {
            let total = totals.entry(n).or_default();
            total.0 += idf * score;
            total.1 += idf * covered(weight);
        }
        scored.push(Scored { concept, idf });
    }
    if idf_sum <= 0.0 {
        return Ok(Hits::default());
    }
    let mut candidates = candidates(&totals, idf_sum, catalogue);
    let asked = Asked {
        scored: &scored,
        idf_sum,
        parts: &query.wants_parts,
    };
    rerank(read, slot, &asked, catalogue, &mut candidates)?;
    Ok(Hits {
        by_kind: candidates,
    })
}

/// A distant synonym covers less of what was asked than the word itself.
fn covered(weight: f32) -> f32 {
    (weight / 0.6).min(1.0)
}

type Postings = HashMap<String, Vec<(u32, f32)>>;

fn postings(read: &Read<'_>, slot: Slot, query: &Query) -> Result<Postings, StoreError> {
    let distinct: BTreeSet<&str> = query
        .concepts
        .iter()
        .flat_map(|concept| &concept.expansions)
        .flat_map(|expansion| expansion.terms.iter().map(String::as_str))
        .collect();
    let sql = format!(
        "SELECT doc, col FROM core_{}_terms WHERE term = ?",
        slot.number()
    );
    let mut statement = read.db.prepare_cached(&sql)?;
    let mut postings = Postings::with_capacity(distinct.len());
    for term in distinct {
        let mut rows = statement.query([term])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let column = row.get_ref(1)?.as_str().unwrap_or_default();
            let weight = COLUMNS
                .iter()
                .find(|(name, _)| *name == column)
                .map_or(0.0, |c| c.1);
            found.push((row.get(0)?, weight));
        }
        if !found.is_empty() {
            postings.insert(term.to_string(), found);
        }
    }
    Ok(postings)
}

/// For each item the best score of the concept and the weight of the expansion behind it.
fn concept_scores(concept: &Concept, postings: &Postings) -> HashMap<u32, (f32, f32)> {
    let mut scores: HashMap<u32, (f32, f32)> = HashMap::new();
    let mut keep = |n: u32, score: f32, weight: f32| {
        let best = scores.entry(n).or_default();
        best.0 = best.0.max(score);
        best.1 = best.1.max(weight);
    };
    for expansion in &concept.expansions {
        if let [term] = expansion.terms.as_slice() {
            for (n, column) in postings.get(term).into_iter().flatten() {
                keep(*n, expansion.weight * column, expansion.weight);
            }
            continue;
        }
        let mut met: HashMap<u32, (u32, f32)> = HashMap::new();
        for term in &expansion.terms {
            for (n, column) in postings.get(term).into_iter().flatten() {
                let entry = met.entry(*n).or_default();
                entry.0 += 1;
                entry.1 += column;
            }
        }
        let all = expansion.terms.len() as f32;
        for (n, (count, columns)) in met {
            let share = count as f32 / all;
            let weight = expansion.weight * if share >= 1.0 { 1.0 } else { PARTIAL * share };
            keep(n, weight * columns / count as f32, weight);
        }
    }
    scores
}

/// The best of each kind; what hangs on a card is folded into it.
fn candidates(
    totals: &HashMap<u32, (f32, f32)>,
    idf_sum: f32,
    catalogue: &Catalogue,
) -> BTreeMap<Kind, Vec<Hit>> {
    let mut best: HashMap<u32, (f32, f32)> = HashMap::new();
    for (&n, &(sum, covered)) in totals {
        let coverage = (covered / idf_sum).min(1.0);
        let mut score = sum * coverage * coverage;
        let mut of = n;
        if let Some(parent) = catalogue.parent(n) {
            of = parent;
            score *= CHILD;
        }
        let entry = best.entry(of).or_default();
        if score > entry.0 {
            *entry = (score, coverage.max(entry.1));
        }
    }
    let mut by_kind: BTreeMap<Kind, Vec<Hit>> = BTreeMap::new();
    for (n, (score, coverage)) in best {
        if let Some(kind) = catalogue.kind(n) {
            let hit = Hit {
                n: n.into(),
                kind,
                score,
                coverage,
                line: None,
            };
            by_kind.entry(kind).or_default().push(hit);
        }
    }
    for hits in by_kind.values_mut() {
        sort(hits);
        hits.truncate(HITS_OF_KIND_MAX);
    }
    by_kind
}

fn sort(hits: &mut [Hit]) {
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.n.cmp(&b.n)));
}

fn rerank(
    read: &Read<'_>,
    slot: Slot,
    asked: &Asked<'_>,
    catalogue: &Catalogue,
    by_kind: &mut BTreeMap<Kind, Vec<Hit>>,
) -> Result<(), StoreError> {
    for (kind, hits) in by_kind.iter_mut() {
        let reranked = if *kind == Kind::Playbook {
            RERANKED
        } else {
            HITS_OF_KIND_MAX
        };
        for hit in hits.iter_mut().take(reranked) {
            let own = std::iter::once(u32::try_from(hit.n).unwrap_or(0));
            for n in own.chain(catalogue.children(hit.n)) {
                let Some(stored) = stored_lines(read, slot, n.into())? else {
                    continue;
                };
                let found = best_line(&decode(&stored), asked);
                if let Some(found) = found
                    && hit
                        .line
                        .is_none_or(|line| found.fitness > line.fitness + f32::EPSILON)
                {
                    hit.line = Some(Line {
                        n: n.into(),
                        ..found
                    });
                }
            }
            if *kind == Kind::Playbook {
                hit.score *= 1.0 + LINE_GAIN * hit.line.map_or(0.0, |line| line.share);
            }
        }
        sort(hits);
    }
    Ok(())
}

/// The line that answers best; the title is not a place to go to.
fn best_line(lines: &[LineTerms], asked: &Asked<'_>) -> Option<Line> {
    let (title, rest) = lines.split_first()?;
    let mut best: Option<Line> = None;
    for (at, line) in rest.iter().enumerate() {
        let weight = |s: &Scored<'_>| s.idf * line_weight(line, title, s.concept);
        let share = asked.scored.iter().map(weight).sum::<f32>() / asked.idf_sum;
        let fitness = share * place_factor(&line.part, asked.parts);
        if fitness > 0.0 && best.is_none_or(|known| fitness > known.fitness) {
            best = Some(Line {
                n: 0,
                at: at + 1,
                share,
                fitness,
            });
        }
    }
    best
}

/// What someone who asks wants to read: rather what to do than what else it is called.
fn place_factor(part: &str, wanted: &[String]) -> f32 {
    let factor: f32 = match part {
        "step" => 1.0,
        "deadline" => 1.0,
        "must" => 0.95,
        "when" => 0.75,
        "variant" => 0.75,
        "pitfall" => 0.66,
        "form" => 0.74,
        "help" | "child" => 0.7,
        "deviation" | "question" => 0.6,
        "term" | "ruling" => 0.5,
        "source" | "notice" => 0.35,
        "also_called" => 0.0,
        _ => 1.0,
    };
    if wanted.iter().any(|wanted| wanted == part) {
        factor.max(0.8) * WANTED
    } else {
        factor
    }
}

/// How well a line meets a concept. What the title says need not be said again: of
/// "adoptionsmedgivande" a line about medgivande in a card about adoption has all. A word
/// that the whole card is about says little of where to look.
fn line_weight(line: &LineTerms, title: &LineTerms, concept: &Concept) -> f32 {
    let has = |of: &LineTerms, term: &String| of.whole.contains(term) || of.parts.contains(term);
    let mut best = 0.0_f32;
    for expansion in &concept.expansions {
        let terms = &expansion.terms;
        if !terms.iter().any(|term| has(line, term)) {
            continue;
        }
        let met = terms
            .iter()
            .filter(|t| has(line, t) || has(title, t))
            .count();
        let share = met as f32 / terms.len() as f32;
        let weight = expansion.weight.min(1.0);
        let weight = if share >= 1.0 {
            weight
        } else {
            weight * PARTIAL * share
        };
        let only_title = terms
            .iter()
            .all(|term| !has(line, term) || has(title, term));
        best = best.max(if only_title {
            weight * ABOUT_ALL
        } else {
            weight
        });
    }
    best
}
