//! Notes and what else is written every day: newest first among those that say it all.

use super::table::Slot;
use crate::{Read, StoreError};
use radrum_swedish::{Concept, Query};

/// Most posts that are looked through; reaching it is told.
const POSTS_MAX: usize = 2_000;

/// Most expansions of one concept in a full-text query.
const EXPANSIONS_MAX: usize = 12;

/// Expansions that a strict query accepts.
const STRICT_WEIGHT: f32 = 0.6;

/// With fewer posts than this the query is loosened.
const ENOUGH: usize = 5;

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
    let mut hits = PostHits::default();
    for (least, joined) in [(STRICT_WEIGHT, " AND "), (0.0, " AND "), (0.0, " OR ")] {
        if hits.ns.len() >= ENOUGH || query.concepts.is_empty() {
            break;
        }
        let Some(matching) = matching(query, least, joined) else {
            continue;
        };
        let found = newest(read, slot, &matching, POSTS_MAX)?;
        hits.cut |= found.len() == POSTS_MAX;
        let titled = newest(read, slot, &format!("{{t}} : ({matching})"), limit)?;
        let (first, rest): (Vec<i64>, Vec<i64>) =
            found.into_iter().partition(|n| titled.contains(n));
        for n in first.into_iter().chain(rest) {
            if !hits.ns.contains(&n) && hits.ns.len() < limit {
                hits.ns.push(n);
            }
        }
    }
    Ok(hits)
}

/// Rows grow with writing time, and FTS5 walks them backwards and stops.
fn newest(
    read: &Read<'_>,
    slot: Slot,
    matching: &str,
    limit: usize,
) -> Result<Vec<i64>, StoreError> {
    let sql = format!(
        "SELECT rowid FROM posts_{0} WHERE posts_{0} MATCH ? ORDER BY rowid DESC LIMIT ?",
        slot.number()
    );
    let mut statement = read.db.prepare_cached(&sql)?;
    let rows = statement.query_map(rusqlite::params![matching, limit], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn matching(query: &Query, least: f32, joined: &str) -> Option<String> {
    let concepts: Vec<String> = query
        .concepts
        .iter()
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
