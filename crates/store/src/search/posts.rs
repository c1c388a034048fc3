//! Notes, questions and answers: newest first among those that say it all.

use super::table::{Slot, posts_table};
use crate::{Read, StoreError};
use radrum_domain::Index;
use radrum_swedish::{Concept, Query};

/// Most posts that are looked through; reaching it is told.
const POSTS_MAX: usize = 2_000;

/// Most expansions of one concept in a full-text query.
const EXPANSIONS_MAX: usize = 12;

/// Expansions that a strict query accepts.
const STRICT_WEIGHT: f32 = 0.6;

/// With fewer posts than this the query is loosened.
const ENOUGH: usize = 5;

/// Concepts of a longer text that are looked for: those that say most.
const CONCEPTS_MAX: usize = 6;

/// Posts that were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostHits {
    /// Row numbers, best first.
    pub ns: Vec<i64>,
    /// There are more than were looked through.
    pub cut: bool,
}

pub(crate) fn find(
    read: &Read<'_>,
    slot: Slot,
    query: &Query,
    limit: usize,
) -> Result<PostHits, StoreError> {
    let table = posts_table(slot, Index::Posts);
    let mut hits = PostHits::default();
    for (least, joined) in [(STRICT_WEIGHT, " AND "), (0.0, " AND "), (0.0, " OR ")] {
        if hits.ns.len() >= ENOUGH || query.concepts.is_empty() {
            break;
        }
        if let Some(matching) = matching(&query.concepts, least, joined) {
            add(read, &table, &matching, limit, &mut hits)?;
        }
    }
    Ok(hits)
}

/// Questions and answers that meet all that was asked, or nearly all. What meets less is no
/// answer above a card; `similar` asks for what is near, and two things in common are enough.
pub(crate) fn find_questions(
    read: &Read<'_>,
    slot: Slot,
    query: &Query,
    limit: usize,
    similar: bool,
) -> Result<PostHits, StoreError> {
    let table = posts_table(slot, Index::Questions);
    let concepts = telling(&query.concepts);
    let all = concepts.len();
    let fewest = if similar {
        all.min(2)
    } else {
        all - usize::from(all > 2)
    };
    let mut hits = PostHits::default();
    for count in (fewest..=all).rev() {
        for least in [STRICT_WEIGHT, 0.0] {
            if hits.ns.len() >= ENOUGH || count == 0 {
                return Ok(hits);
            }
            let ways: Vec<String> = chosen(&concepts, count)
                .iter()
                .filter_map(|some| matching(some.iter().copied(), least, " AND "))
                .map(|way| format!("({way})"))
                .collect();
            if !ways.is_empty() {
                add(read, &table, &ways.join(" OR "), limit, &mut hits)?;
            }
        }
    }
    Ok(hits)
}

/// Those that say most, in their order.
fn telling(concepts: &[Concept]) -> Vec<&Concept> {
    let mut telling: Vec<(usize, &Concept)> = concepts.iter().enumerate().collect();
    telling.sort_by(|a, b| {
        let long = |of: &Concept| of.text.chars().count();
        b.1.importance
            .total_cmp(&a.1.importance)
            .then(long(b.1).cmp(&long(a.1)))
    });
    telling.truncate(CONCEPTS_MAX);
    telling.sort_by_key(|(at, _)| *at);
    telling.into_iter().map(|(_, concept)| concept).collect()
}

/// Every choice of so many of them.
fn chosen<'a>(from: &[&'a Concept], count: usize) -> Vec<Vec<&'a Concept>> {
    let Some((first, rest)) = from.split_first().filter(|_| count <= from.len()) else {
        return if count == 0 {
            vec![Vec::new()]
        } else {
            Vec::new()
        };
    };
    if count == 0 {
        return vec![Vec::new()];
    }
    let mut all = chosen(rest, count - 1);
    for choice in &mut all {
        choice.insert(0, *first);
    }
    all.extend(chosen(rest, count));
    all
}

/// Those with it in their title first.
fn add(
    read: &Read<'_>,
    table: &str,
    matching: &str,
    limit: usize,
    hits: &mut PostHits,
) -> Result<(), StoreError> {
    let found = newest(read, table, matching, POSTS_MAX)?;
    hits.cut |= found.len() == POSTS_MAX;
    let titled = newest(read, table, &format!("{{t}} : ({matching})"), limit)?;
    let (first, rest): (Vec<i64>, Vec<i64>) = found.into_iter().partition(|n| titled.contains(n));
    for n in first.into_iter().chain(rest) {
        if !hits.ns.contains(&n) && hits.ns.len() < limit {
            hits.ns.push(n);
        }
    }
    Ok(())
}

/// Rows grow with writing time, and FTS5 walks them backwards and stops.
fn newest(
    read: &Read<'_>,
    table: &str,
    matching: &str,
    limit: usize,
) -> Result<Vec<i64>, StoreError> {
    let sql =
        format!("SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?");
    let mut statement = read.db.prepare_cached(&sql)?;
    let rows = statement.query_map(rusqlite::params![matching, limit], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn matching<'a>(
    concepts: impl IntoIterator<Item = &'a Concept>,
    least: f32,
    joined: &str,
) -> Option<String> {
    let concepts: Vec<String> = concepts
        .into_iter()
        .filter_map(|concept| any_of(concept, least))
        .collect();
    (!concepts.is_empty()).then(|| concepts.join(joined))
}

fn any_of(concept: &Concept, least: f32) -> Option<String> {
    let ways: Vec<String> = concept
        .expansions
        .iter()
        .filter(|expansion| expansion.weight >= least)
        .take(EXPANSIONS_MAX)
        .map(|expansion| {
            let terms: Vec<String> = expansion.terms.iter().map(|term| quoted(term)).collect();
            format!("({})", terms.join(" AND "))
        })
        .collect();
    (!ways.is_empty()).then(|| format!("({})", ways.join(" OR ")))
}

fn quoted(term: &str) -> String {
    format!("\"{}\"", term.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::{chosen, telling};
    use radrum_swedish::{Concept, Query, Vocabulary};

    fn said(text: &str) -> Vec<Concept> {
        Query::parse(text, &Vocabulary::default()).concepts
    }

    #[test]
    fn every_choice_of_two_of_four_is_looked_for_once() {
        let four = said("familjehem umgänge resor avtal ");
        let four: Vec<&Concept> = four.iter().collect();
        let pairs = chosen(&four, 2);
        assert_eq!(pairs.len(), 6);
        assert!(pairs.iter().all(|pair| pair.len() == 2));
        assert_eq!(chosen(&four, 4).len(), 1);
        assert!(chosen(&four, 5).is_empty());
    }

    #[test]
    fn of_a_long_text_those_words_are_kept_that_say_most() {
        let long = said(
            "hur brukar ni ordna umgänge och resor när familjehemmet ligger långt bort och \
             barnet går i skolan i en annan kommun ",
        );
        let kept: Vec<&str> = telling(&long).iter().map(|c| c.text.as_str()).collect();
        assert_eq!(kept.len(), 6, "{kept:?}");
        assert!(kept.contains(&"familjehemmet"), "{kept:?}");
    }
}
