//! The list of questions, and one question with its answers. A thread is put together here:
//! each answer is an item of its own, so none is lost when its question is erased.

mod thread;

pub(super) use thread::question;

use super::Nothing;
use crate::api::{QuestionRow, QuestionsPage};
use crate::people::{People, Reader};
use crate::{Error, Session};
use radrum_domain::{ANSWERS, Aliases, ItemKey, Kind, Question};
use radrum_store::{Asked, Item, Read};
use std::collections::{BTreeMap, BTreeSet};

/// Questions of one list.
const ROWS_MAX: u32 = 200;

/// Questions of the list of those that are clear.
const CLEAR_MAX: u32 = 100;

pub(super) fn questions(session: &Session, _: Nothing) -> Result<QuestionsPage, Error> {
    session.read(|read| {
        let mut rows = Rows::new(session, read)?;
        let open = rows.list(Asked::Open, ROWS_MAX)?;
        let unanswered = rows.list(Asked::Unanswered, ROWS_MAX)?;
        let waiting = rows.waiting_for_us(ROWS_MAX)?;
        let clear = rows.list(Asked::Clear, CLEAR_MAX)?;
        let of_open = [&open, &unanswered, &waiting];
        let cut = of_open.iter().any(|list| list.len() == ROWS_MAX as usize)
            || clear.len() == CLEAR_MAX as usize;
        Ok(QuestionsPage {
            open,
            unanswered,
            waiting,
            clear,
            parked: rows.list(Asked::Parked, ROWS_MAX)?,
            second_eyes: rows.second_eyes()?,
            erased: texts(&read.erased_questions()?),
            cut,
        })
    })
}

fn texts(keys: &[ItemKey]) -> Vec<String> {
    keys.iter().map(ToString::to_string).collect()
}

/// Requests to think along that wait for the reader's answer.
pub(super) fn asked_of_me(session: &Session, read: Read<'_>) -> Result<Vec<QuestionRow>, Error> {
    let mut asked = Rows::new(session, read)?.second_eyes()?;
    asked.retain(|row| !row.mine && row.unanswered);
    Ok(asked)
}

/// Open questions from elsewhere that the reader's municipality has not answered, the newest
/// first, at most so many.
pub(super) fn waiting_for_us(
    session: &Session,
    read: Read<'_>,
    limit: u32,
) -> Result<Vec<QuestionRow>, Error> {
    Rows::new(session, read)?.waiting_for_us(limit)
}

struct Rows<'a> {
    read: Read<'a>,
    reader: Reader,
    people: People<'a>,
    aliases: Aliases,
    /// Questions that were merged into another.
    merged: Aliases,
    /// A question stands in several lists. With it, the municipalities that have answered.
    known: BTreeMap<ItemKey, (QuestionRow, BTreeSet<ItemKey>)>,
}

impl<'a> Rows<'a> {
    fn new(session: &Session, read: Read<'a>) -> Result<Self, Error> {
        Ok(Self {
            read,
            reader: session.reader(&read)?,
            people: session.people(read),
            aliases: read.label_aliases()?,
            merged: read.aliases(Kind::Question)?,
            known: BTreeMap::new(),
        })
    }

    fn list(&mut self, which: Asked<'_>, limit: u32) -> Result<Vec<QuestionRow>, Error> {
        let mut rows = Vec::new();
        for item in self.read.questions(which, limit)? {
            if !self.known.contains_key(&item.key)
                && let Some(row) = self.row(&item)?
            {
                self.known.insert(item.key.clone(), row);
            }
            let Some((row, owners)) = self.known.get(&item.key) else {
                continue;
            };
            // The store does not know of answers to what was merged into it.
            let answered = match which {
                Asked::Unanswered => !row.unanswered,
                Asked::WaitsFor(us) => owners.contains(us),
                _ => false,
            };
            rows.extend((!answered).then(|| row.clone()));
        }
        Ok(rows)
    }

    /// What the reader's municipality has not answered.
    fn waiting_for_us(&mut self, limit: u32) -> Result<Vec<QuestionRow>, Error> {
        match self.reader.municipality.clone() {
            Some(us) => self.list(Asked::WaitsFor(&us), limit),
            None => Ok(Vec::new()),
        }
    }

    /// Only the two whom it concerns have them in a list.
    fn second_eyes(&mut self) -> Result<Vec<QuestionRow>, Error> {
        let Some(me) = self.reader.me.as_ref().map(ToString::to_string) else {
            return Ok(Vec::new());
        };
        let mut rows = self.list(Asked::SecondEyes, ROWS_MAX)?;
        let is_me = |row: &QuestionRow| row.asked.as_ref().is_some_and(|asked| asked.key == me);
        rows.retain(|row| row.mine || is_me(row));
        Ok(rows)
    }

    fn row(&mut self, item: &Item) -> Result<Option<(QuestionRow, BTreeSet<ItemKey>)>, Error> {
        let Some(meta) = self.read.doc_meta(&item.key)? else {
            return Ok(None);
        };
        let question: Question = meta.plain.view().unwrap_or_default();
        let asker = question.asker_or(&meta.created_by);
        let mut answers = Vec::new();
        for question in self.merged.all_of(&item.key) {
            answers.extend(self.read.linked_from(&question, ANSWERS)?);
        }
        let unanswered = answers.is_empty();
        let owners: BTreeSet<ItemKey> = answers.into_iter().filter_map(|of| of.owner).collect();
        let mut answered = Vec::new();
        for owner in &owners {
            answered.push(self.people.named(owner)?.title);
        }
        answered.sort_by_cached_key(|title| radrum_swedish::sort_key(title));
        answered.dedup();
        let mut labels = question.labels;
        self.aliases.settle(&mut labels);
        let row = QuestionRow {
            key: item.key.to_string(),
            title: item.title.clone(),
            form: question.form,
            state: question.state,
            parked: question.parked,
            area: self.people.named_optional(question.area.as_ref())?,
            labels: self.people.all_named(&labels)?,
            by: self.people.named_optional(asker.as_ref())?,
            municipality: self.people.named_optional(item.owner.as_ref())?,
            asked: self.people.named_optional(question.asked.as_ref())?,
            created_at: meta.created_at,
            unanswered,
            answered_by: answered,
            mine: asker.is_some() && asker == self.reader.me,
        };
        Ok(Some((row, owners)))
    }
}
