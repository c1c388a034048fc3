//! The one field: what was typed to groups of answers, people first.

mod asking;
mod first;
mod labels;
mod people;
mod questions;
mod similar;
mod words;

pub(crate) use similar::{alike, similar};

use crate::Error;
use crate::api::{Group, GroupKind, Piece, Row, SearchAnswer};
use crate::rulings::is_outside;
use crate::session::Session;
use radrum_domain::{ItemKey, Kind, Playbook, SearchLine, TWINS, project};
use radrum_store::{Hit, Hits, Read, SearchOptions, highlight};
use radrum_swedish::Query;

/// Rows of a group. Three are shown before "visa fler".
const ROWS_MAX: usize = 12;

/// Posts that are shown.
const POSTS_MAX: usize = 12;

/// An area counts as meant when its best card or its own name comes this near the best.
const AREA_SHARE: f32 = 0.7;

/// An area's own words must cover this much of the question.
const AREA_COVERAGE_MIN: f32 = 0.5;

/// Areas whose people are shown.
const AREAS_MAX: usize = 3;

/// Of a kind, what is far below its best is noise.
const TAIL_SHARE: f32 = 0.12;

/// What covers less of the question than this does not count as an answer.
const COVERAGE_MIN: f32 = 0.34;

/// How much a card's score says about its area, against the area's own name.
const CARD_TO_AREA: f32 = 0.8;

pub(crate) fn search(session: &Session, text: &str) -> Result<SearchAnswer, Error> {
    let query = session.searcher.parse(text);
    let rebuilding = session.is_rebuilding();
    if query.concepts.is_empty() {
        return Ok(SearchAnswer {
            groups: Vec::new(),
            thin: false,
            rebuilding,
        });
    }
    session.read(|read| {
        let reader = session.reader(&read)?;
        let mut hits = session.searcher.core(&read, &query)?;
        trim(&mut hits);
        let areas = areas(&read, &hits)?;
        let people = session.people(read).of_areas(&areas, &reader)?;
        let mut answer = Answer {
            session,
            read,
            query: &query,
            groups: Vec::new(),
        };
        let orders = answer.orders(&hits, &reader)?;
        let by_area = answer.people(&people, &hits, &orders, &reader)?;
        let somebody = answer.groups.len();
        if answer.asks_order() {
            // Somebody first, then what was asked for.
            answer.show_orders(&orders);
            let rest = answer.groups.get_mut(1..).unwrap_or_default();
            rest.rotate_right(usize::from(!orders.is_empty()).min(rest.len()));
        }
        answer.questions()?;
        answer.items(&hits, &[Kind::Playbook], GroupKind::Playbook)?;
        answer.items(&hits, &[Kind::Bulletin], GroupKind::Bulletin)?;
        answer.posts()?;
        answer.items(&hits, &[Kind::ExternalContact], GroupKind::ExternalContact)?;
        answer.items(&hits, &[Kind::Resource], GroupKind::Resource)?;
        answer.labels()?;
        answer.items(&hits, &[Kind::Introduction], GroupKind::Introduction)?;
        answer.items(&hits, &[Kind::Statutes, Kind::Welcome], GroupKind::Statutes)?;
        let about = hits.by_kind.iter();
        let best = about
            .filter(|(kind, _)| ![Kind::Welcome, Kind::Suggestion].contains(kind))
            .flat_map(|(_, found)| found)
            .map(|hit| hit.coverage)
            .fold(0.0, f32::max);
        let asked_whom = answer.asks_order() && !orders.is_empty();
        if !answer.asks_order() {
            answer.show_orders(&orders);
        }
        // Somebody to ask is always there; that alone is no answer to what was typed.
        let nothing = !by_area && answer.groups.len() == somebody;
        // Nor is what somebody wishes of the program.
        answer.items(&hits, &[Kind::Suggestion], GroupKind::Suggestion)?;
        let thin = !asked_whom && (nothing || best < 0.5);
        Ok(SearchAnswer {
            groups: answer.groups,
            thin,
            rebuilding,
        })
    })
}

/// Leaves out what is far below the best of its kind, or answers too little of the question.
fn trim(hits: &mut Hits) {
    for found in hits.by_kind.values_mut() {
        let best = found.first().map_or(0.0, |hit| hit.score);
        let covered = found.iter().map(|hit| hit.coverage).fold(0.0, f32::max);
        found.retain(|hit| {
            hit.score >= best * TAIL_SHARE && hit.coverage >= COVERAGE_MIN.min(covered)
        });
        found.truncate(ROWS_MAX);
    }
}

/// The areas that the question is about: by their own name, and by their best card.
fn areas(read: &Read<'_>, hits: &Hits) -> Result<Vec<ItemKey>, Error> {
    let mut scored: Vec<(f32, ItemKey)> = Vec::new();
    let mut add = |score: f32, area: ItemKey| match scored.iter_mut().find(|s| s.1 == area) {
        Some(known) => known.0 = known.0.max(score),
        None => scored.push((score, area)),
    };
    for hit in hits.by_kind.get(&Kind::Area).into_iter().flatten() {
        if hit.coverage < AREA_COVERAGE_MIN {
            continue;
        }
        if let Some(item) = read.item(hit.n)? {
            add(hit.score, item.key);
        }
    }
    for hit in hits
        .by_kind
        .get(&Kind::Playbook)
        .into_iter()
        .flatten()
        .take(6)
    {
        if let Some(area) = read.item(hit.n)?.and_then(|item| item.area) {
            add(hit.score * CARD_TO_AREA, area);
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let best = scored.first().map_or(0.0, |first| first.0);
    scored.retain(|(score, _)| *score >= best * AREA_SHARE);
    Ok(scored
        .into_iter()
        .take(AREAS_MAX)
        .map(|(_, area)| area)
        .collect())
}

/// A line of a card in words: "Steg 7: …".
pub(crate) fn in_words(line: &SearchLine) -> String {
    words::line(line, None)
}

struct Answer<'a> {
    session: &'a Session,
    read: Read<'a>,
    query: &'a Query,
    groups: Vec<Group>,
}

impl Answer<'_> {
    fn push(&mut self, kind: GroupKind, mut items: Vec<Row>, cut: bool) {
        items.truncate(ROWS_MAX);
        if !items.is_empty() {
            self.groups.push(Group { kind, items, cut });
        }
    }

    fn items(&mut self, hits: &Hits, kinds: &[Kind], group: GroupKind) -> Result<(), Error> {
        let mut rows = Vec::new();
        let of_kinds = kinds.iter().filter_map(|kind| hits.by_kind.get(kind));
        for hit in of_kinds.flatten() {
            let row = self.item(hit)?;
            let new = |row: &Row| rows.iter().all(|known: &Row| known.key != row.key);
            let row = row.filter(new);
            rows.extend(row);
        }
        self.push(group, rows, false);
        Ok(())
    }

    fn item(&self, hit: &Hit) -> Result<Option<Row>, Error> {
        let Some(found) = self.read.item(hit.n)? else {
            return Ok(None);
        };
        let key = self.standing(&found.key)?;
        let Some(meta) = self.read.doc_meta(&key)? else {
            return Ok(None);
        };
        let (mut place, mut anchor) = match hit.line {
            Some(line) => self.place(line.n, line.at)?,
            None => (String::new(), String::new()),
        };
        let mut title = found.title;
        if key != found.key {
            // The line is read on the page of what was merged.
            place = words::merged(&title, &place);
            anchor = String::new();
            title = self.read.title(&key)?.unwrap_or_default();
        }
        let (place, aside) = match hit.kind {
            Kind::Playbook => {
                let card: Playbook = meta.plain.view().unwrap_or_default();
                (place, words::review(&card))
            }
            Kind::ExternalContact | Kind::Resource => words::contact(&meta.plain, place),
            _ => (place, String::new()),
        };
        Ok(Some(self.row(
            &key.to_string(),
            &title,
            place,
            &anchor,
            aside,
        )))
    }

    /// The item that stands for one of two that are about the same.
    fn standing(&self, key: &ItemKey) -> Result<ItemKey, Error> {
        if !TWINS.contains(&key.kind()) {
            return Ok(key.clone());
        }
        Ok(self.read.aliases(key.kind())?.standing(key).clone())
    }

    /// The line in words: "Steg 7: …", "Så gör vi i Malå: …".
    fn place(&self, n: i64, at: usize) -> Result<(String, String), Error> {
        let Some(item) = self.read.item(n)? else {
            return Ok(Default::default());
        };
        let Some(meta) = self.read.doc_meta(&item.key)? else {
            return Ok(Default::default());
        };
        let Ok(projection) = project(item.key.kind(), &meta.plain) else {
            return Ok(Default::default());
        };
        let Some(line) = projection.search.get(at) else {
            return Ok(Default::default());
        };
        let owner = match (&item.key.kind(), &item.owner) {
            (Kind::Variant | Kind::Deviation | Kind::Ruling, Some(owner)) => {
                self.read.title(owner)?
            }
            _ => None,
        };
        let anchor = line.anchor.clone();
        let words = words::line(line, owner.as_deref());
        if item.key.kind() == Kind::Ruling && is_outside(self.session, &self.read, meta)? {
            return Ok((words::OUTSIDE.to_string(), anchor));
        }
        Ok((words, anchor))
    }

    fn posts(&mut self) -> Result<(), Error> {
        let options = SearchOptions {
            posts_max: POSTS_MAX,
        };
        let found = self
            .session
            .searcher
            .posts(&self.read, self.query, options)?;
        let mut rows = Vec::new();
        for n in &found.ns {
            let Some(item) = self.read.item(*n)? else {
                continue;
            };
            let Some(meta) = self.read.doc_meta(&item.key)? else {
                continue;
            };
            let lines = project(Kind::Note, &meta.plain)
                .map(|p| p.search)
                .unwrap_or_default();
            let line = self.best_post_line(lines.get(1..).unwrap_or_default());
            let by = self
                .session
                .people(self.read)
                .named_optional(meta.created_by.parse().ok().as_ref())?;
            let aside = words::dated(by.as_ref(), meta.updated_at);
            rows.push(self.row(&item.key.to_string(), &item.title, line, "", aside));
        }
        self.push(GroupKind::Note, rows, found.cut);
        Ok(())
    }

    /// The first paragraph that holds most of what was asked.
    fn best_post_line(&self, lines: &[SearchLine]) -> String {
        let hits = |line: &SearchLine| {
            highlight(&line.text, self.query)
                .iter()
                .filter(|(_, hit)| *hit)
                .count()
        };
        let mut best: Option<(usize, &SearchLine)> = None;
        for line in lines {
            let count = hits(line);
            if best.is_none_or(|(known, _)| count > known) {
                best = Some((count, line));
            }
        }
        best.map_or_else(String::new, |(_, line)| {
            words::shortened(&radrum_domain::markdown::line(&line.text))
        })
    }

    fn row(&self, key: &str, title: &str, place: String, anchor: &str, aside: String) -> Row {
        Row {
            key: key.to_string(),
            title: title.to_string(),
            title_pieces: self.pieces(title),
            where_pieces: self.pieces(&place),
            place,
            anchor: anchor.to_string(),
            aside,
        }
    }

    fn pieces(&self, text: &str) -> Vec<Piece> {
        highlight(text, self.query)
            .into_iter()
            .map(|(text, hit)| Piece { text, hit })
            .collect()
    }
}
