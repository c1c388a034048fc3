//! What is near a question while it is written: asked before, a card, and what to sort it by.

use super::{Answer, areas, trim};
use crate::Error;
use crate::api::{Named, Similar};
use crate::labels::{Name, labels_of, offered};
use crate::session::Session;
use radrum_domain::{ItemKey, Kind};
use radrum_store::Read;
use radrum_swedish::{Concept, Query};
use std::collections::BTreeSet;

/// Rows of each sort.
const ROWS_MAX: usize = 3;

/// Items that may be about the same.
const ALIKE_MAX: usize = 8;

/// Labels that are proposed.
const LABELS_MAX: usize = 4;

/// An expansion of a word below this is too far from it to say what a text is about.
const WEIGHT_MIN: f32 = 0.6;

pub(crate) fn similar(session: &Session, text: &str) -> Result<Similar, Error> {
    let query = session.searcher.parse(text);
    if query.concepts.is_empty() {
        return Ok(Similar::default());
    }
    session.read(|read| {
        let mut hits = session.searcher.core(&read, &query)?;
        trim(&mut hits);
        let answer = Answer {
            session,
            read,
            query: &query,
            groups: Vec::new(),
        };
        let (questions, _) = answer.question_rows(true, ROWS_MAX)?;
        let mut cards = Vec::new();
        let found = hits.by_kind.get(&Kind::Playbook).into_iter().flatten();
        for hit in found.take(ROWS_MAX) {
            cards.extend(answer.item(hit)?);
        }
        let area = areas(&read, &hits)?.into_iter().next();
        Ok(Similar {
            questions,
            cards,
            labels: labels(session, &read, &query, area.as_ref())?,
            area: area.map(|area| named(&read, &area)).transpose()?,
        })
    })
}

/// Items of a kind that may be about the same as a text, the likeliest first.
pub(crate) fn alike(session: &Session, kind: Kind, text: &str) -> Result<Vec<Named>, Error> {
    let query = session.searcher.parse(text);
    if query.concepts.is_empty() {
        return Ok(Vec::new());
    }
    session.read(|read| {
        let answer = Answer {
            session,
            read,
            query: &query,
            groups: Vec::new(),
        };
        let mut rows = Vec::new();
        if kind == Kind::Question {
            rows = answer.question_rows(true, ALIKE_MAX)?.0;
        } else {
            let hits = session.searcher.core(&read, &query)?;
            let found = hits.by_kind.get(&kind).into_iter().flatten();
            for hit in found.take(ALIKE_MAX) {
                rows.extend(answer.item(hit)?);
            }
        }
        let named = rows.into_iter().map(|row| Named {
            key: row.key,
            title: row.title,
        });
        Ok(named.collect())
    })
}

/// Labels whose every word was said, then those of the area.
fn labels(
    session: &Session,
    read: &Read<'_>,
    query: &Query,
    area: Option<&ItemKey>,
) -> Result<Vec<Named>, Error> {
    let said: BTreeSet<&str> = query.concepts.iter().flat_map(said_by).collect();
    let mut of_area = Vec::new();
    if let Some(meta) = area.map(|area| read.doc_meta(area)).transpose()?.flatten() {
        of_area = labels_of(&meta.plain);
        read.label_aliases()?.settle(&mut of_area);
    }
    let (mut named, mut further) = (Vec::new(), Vec::new());
    for item in offered(read)? {
        let row = Named {
            key: item.key.to_string(),
            title: item.title,
        };
        if says(&session.names.of(&row.title), &said) {
            named.push(row);
        } else if of_area.contains(&item.key) {
            further.push(row);
        }
    }
    named.extend(further);
    named.truncate(LABELS_MAX);
    Ok(named)
}

/// The words that somebody may mean who typed one.
pub(super) fn said_by(concept: &Concept) -> impl Iterator<Item = &str> {
    let near = concept.expansions.iter();
    let near = near.filter(|way| way.weight >= WEIGHT_MIN && way.terms.len() == 1);
    near.flat_map(|way| way.terms.iter().map(String::as_str))
}

/// Whether every word of a name was said.
pub(super) fn says(name: &Name, said: &BTreeSet<&str>) -> bool {
    let is_said = |term: &String| said.contains(term.as_str());
    !name.is_empty() && name.iter().all(|word| word.iter().any(is_said))
}

fn named(read: &Read<'_>, key: &ItemKey) -> Result<Named, Error> {
    Ok(Named {
        key: key.to_string(),
        title: read.title(key)?.unwrap_or_default(),
    })
}
