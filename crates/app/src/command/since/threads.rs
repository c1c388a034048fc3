//! What colleagues wrote to the reader: answers to her questions, and what waits for her word.

use super::Telling;
use crate::api::{Named, SinceLine};
use crate::command::asking::proposals;
use crate::command::questions::asked_of_me;
use crate::news::is_nameless;
use crate::{Error, Session};
use radrum_domain::{Answer, ItemKey, Kind, Question};
use radrum_store::DocMeta;
use std::collections::{BTreeMap, BTreeSet};

impl Telling<'_> {
    /// Answers to her own questions, a line for each question.
    pub(super) fn answered(&mut self) -> Result<Vec<SinceLine>, Error> {
        let mut threads: Vec<(ItemKey, Vec<DocMeta>)> = Vec::new();
        let mut asked: BTreeMap<ItemKey, Option<ItemKey>> = BTreeMap::new();
        let aliases = self.read.aliases(Kind::Question)?;
        for row in self.rows(&[Kind::Answer], true) {
            let Some(parent) = row.item.parent.clone() else {
                continue;
            };
            if !asked.contains_key(&parent) {
                let all = aliases.all_of(aliases.standing(&parent));
                asked.insert(parent.clone(), self.asked(all)?);
            }
            let Some(question) = asked.get(&parent).cloned().flatten() else {
                continue;
            };
            let Some(meta) = self.read.doc_meta(&row.item.key)? else {
                continue;
            };
            self.told.insert(row.item.key.clone());
            if self.is_me(&meta.created_by) {
                continue;
            }
            match threads.iter_mut().find(|(of, _)| *of == question) {
                Some((_, answers)) => answers.push(meta),
                None => threads.push((question, vec![meta])),
            }
        }
        threads.truncate(self.most);
        let lines = threads.into_iter();
        lines
            .map(|(question, came)| self.answers(&question, came))
            .collect()
    }

    /// Of questions that are one, the one that she asked.
    fn asked(&self, questions: Vec<ItemKey>) -> Result<Option<ItemKey>, Error> {
        for question in questions {
            let Some(meta) = self.read.doc_meta(&question)? else {
                continue;
            };
            let of: Question = meta.plain.view().unwrap_or_default();
            let me = &self.reader.me;
            if me.is_some() && of.asker_or(&meta.created_by) == *me {
                return Ok(Some(question));
            }
        }
        Ok(None)
    }

    fn answers(&mut self, question: &ItemKey, mut came: Vec<DocMeta>) -> Result<SinceLine, Error> {
        let answers = |meta: &DocMeta| {
            let of: Answer = meta.plain.view().unwrap_or_default();
            of.answers()
        };
        let further = !came.iter().any(answers);
        came.retain(|meta| further || answers(meta));
        let nameless = came.iter().any(is_nameless);
        let mut municipalities = Vec::new();
        for meta in came.iter().filter(|meta| !is_nameless(meta)) {
            let owner = meta.plain.common().owner;
            let owner = self.people.named_optional(owner.as_ref())?;
            municipalities.extend(owner.map(|owner| owner.title));
        }
        municipalities.sort_by_cached_key(|title| radrum_swedish::sort_key(title));
        municipalities.dedup();
        Ok(SinceLine::Answered {
            question: self.people.named(question)?,
            municipalities,
            nameless,
            further,
        })
    }

    /// What colleagues ask of her, and of nobody else.
    pub(super) fn waiting(&mut self, session: &Session) -> Result<Vec<SinceLine>, Error> {
        let came: BTreeSet<String> = self
            .rows
            .iter()
            .map(|row| row.item.key.to_string())
            .collect();
        let mut lines = Vec::new();
        for row in asked_of_me(session, self.read)? {
            if came.contains(&row.key) {
                let question = Named {
                    key: row.key,
                    title: row.title,
                };
                lines.push(SinceLine::Asked {
                    question,
                    by: row.by,
                });
            }
        }
        if let Some(me) = self.reader.me.clone() {
            let proposed = proposals(session, &self.read, &me)?.into_iter();
            lines.extend(proposed.filter(|row| came.contains(&row.key)).map(|row| {
                SinceLine::Proposed {
                    member: me.to_string(),
                    area: row.area,
                }
            }));
        }
        Ok(lines)
    }
}
