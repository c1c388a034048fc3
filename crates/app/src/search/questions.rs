//! Questions among the answers: found by their own words or by those of an answer to them.

use super::{Answer, POSTS_MAX, words};
use crate::Error;
use crate::api::{GroupKind, Row};
use radrum_domain::{ANSWERS, Answer as Answered, ItemKey, Kind, Plain, project};
use radrum_store::{DocMeta, SearchOptions};
use std::collections::BTreeSet;

/// Rows that are asked for: several answers may lead to one question.
const FOUND_MAX: usize = POSTS_MAX * 3;

impl Answer<'_> {
    pub(super) fn questions(&mut self) -> Result<(), Error> {
        let (rows, cut) = self.question_rows(false, POSTS_MAX)?;
        self.push(GroupKind::Question, rows, cut);
        Ok(())
    }

    /// Each question once, by the first of its texts that was found.
    pub(super) fn question_rows(
        &self,
        similar: bool,
        rows_max: usize,
    ) -> Result<(Vec<Row>, bool), Error> {
        let options = SearchOptions {
            posts_max: FOUND_MAX,
        };
        let searcher = &self.session.searcher;
        let found = searcher.questions(&self.read, self.query, options, similar)?;
        let mut rows = Vec::new();
        let mut seen = BTreeSet::new();
        for n in &found.ns {
            if rows.len() == rows_max {
                break;
            }
            let Some(item) = self.read.item(*n)? else {
                continue;
            };
            let Some(meta) = self.read.doc_meta(&item.key)? else {
                continue;
            };
            let row = match item.key.kind() {
                Kind::Answer => self.answered(&meta, &mut seen)?,
                _ => self.asked(&item.key, &meta, &mut seen)?,
            };
            rows.extend(row);
        }
        Ok((rows, found.cut))
    }

    /// A question that was merged into another leads to that one.
    fn asked(
        &self,
        key: &ItemKey,
        meta: &DocMeta,
        seen: &mut BTreeSet<ItemKey>,
    ) -> Result<Option<Row>, Error> {
        let standing = self.standing(key)?;
        if !seen.insert(standing.clone()) {
            return Ok(None);
        }
        let line = self.line(Kind::Question, &meta.plain, 1);
        if standing != *key {
            let title = self.read.title(key)?.unwrap_or_default();
            let stands = self.read.doc_meta(&standing)?;
            let place = words::merged(&title, &line);
            let row = self.question_row(&standing, place, stands.as_ref().unwrap_or(meta))?;
            return Ok(Some(row));
        }
        let place = match line {
            line if line.is_empty() => self.answered_by(key)?,
            line => line,
        };
        self.question_row(key, place, meta).map(Some)
    }

    /// An answer leads to its question, which may have been erased.
    fn answered(&self, meta: &DocMeta, seen: &mut BTreeSet<ItemKey>) -> Result<Option<Row>, Error> {
        let answer: Answered = meta.plain.view().unwrap_or_default();
        let question = answer.question.map(|key| self.standing(&key)).transpose()?;
        let Some(question) = question.filter(|key| seen.insert(key.clone())) else {
            return Ok(None);
        };
        let line = self.line(Kind::Answer, &meta.plain, 0);
        let place = match meta.plain.common().owner {
            Some(owner) => {
                let title = self.read.title(&owner)?.unwrap_or_default();
                format!("Svar från {title}: {line}")
            }
            None => format!("Svar: {line}"),
        };
        let asked = self.read.doc_meta(&question)?;
        let row = self.question_row(&question, place, asked.as_ref().unwrap_or(meta))?;
        Ok(Some(row))
    }

    fn question_row(&self, key: &ItemKey, place: String, meta: &DocMeta) -> Result<Row, Error> {
        let title = self.read.title(key)?;
        let title = title.unwrap_or_else(|| "Frågan är borttagen".to_string());
        // What was written without a name says no day either.
        let aside = if meta.created_by.is_empty() {
            "utan namn".to_string()
        } else {
            words::dated(None, meta.created_at)
        };
        Ok(self.row(&key.to_string(), &title, place, "", aside))
    }

    fn line(&self, kind: Kind, plain: &Plain, from: usize) -> String {
        let lines = project(kind, plain).map(|p| p.search).unwrap_or_default();
        self.best_post_line(lines.get(from..).unwrap_or_default())
    }

    /// "Svar från Malå och Åsele", "Ingen har svarat än".
    fn answered_by(&self, question: &ItemKey) -> Result<String, Error> {
        let mut titles = Vec::new();
        let mut answers = Vec::new();
        for of in self.read.aliases(Kind::Question)?.all_of(question) {
            answers.extend(self.read.linked_from(&of, ANSWERS)?);
        }
        for owner in answers.iter().filter_map(|answer| answer.owner.as_ref()) {
            titles.extend(self.read.title(owner)?);
        }
        titles.sort_by_cached_key(|title| radrum_swedish::sort_key(title));
        titles.dedup();
        Ok(match titles.split_last() {
            None if answers.is_empty() => "Ingen har svarat än".to_string(),
            None => "Besvarad".to_string(),
            Some((last, [])) => format!("Svar från {last}"),
            Some((last, rest)) => format!("Svar från {} och {last}", rest.join(", ")),
        })
    }
}
