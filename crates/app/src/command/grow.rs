//! From a question and its answers to a card or a departure, in one action. The origin stays
//! named.

use super::edit::{edited, key as key_of};
use super::page::{meta_of, of_kind};
use crate::api::{Edited, Grow};
use crate::commit::Batch;
use crate::content::{flag, put, set, set_optional};
use crate::guard;
use crate::{Code, Error, Session};
use radrum_domain::{Answer, Edit, ItemKey, Kind, Plain, PlaybookKind, Question, Scalar};
use radrum_store::{ItemFilter, Read};
use std::collections::BTreeMap;

/// Steps that a thread can become.
const STEPS_MAX: usize = 60;

pub(super) fn grow(session: &Session, args: Grow) -> Result<Edited, Error> {
    let question = key_of(&args.question)?;
    let answer = args.answer.as_deref().map(key_of).transpose()?;
    let playbook = args.playbook.as_deref().map(key_of).transpose()?;
    let year = session.world.today().format("%Y").to_string();
    let root = session.read(|read| Root::of(&read, &question, answer.as_ref()))?;
    guard::pass_again(session, Kind::Answer, &root.texts())?;
    let key = session.write(&args.window, move |batch| match &playbook {
        Some(playbook) => root.deviation(batch, playbook, &year),
        None => root.card(batch),
    })?;
    edited(session, &key, true)
}

/// What something grows out of.
struct Root {
    key: ItemKey,
    question: Question,
    title: String,
    owner: Option<ItemKey>,
    /// Answers with the municipality of whoever wrote them, as they came.
    answers: Vec<(Answer, Option<ItemKey>)>,
}

impl Root {
    fn of(read: &Read<'_>, key: &ItemKey, only: Option<&ItemKey>) -> Result<Self, Error> {
        let meta = meta_of(read, key, Kind::Question)?;
        let filter = ItemFilter {
            parent: Some(key.clone()),
            ..of_kind(Kind::Answer)
        };
        let mut found = Vec::new();
        for item in read.items(&filter)? {
            let is_wanted = only.is_none_or(|only| *only == item.key);
            let meta = read.doc_meta(&item.key)?.filter(|_| is_wanted);
            let Some(meta) = meta else { continue };
            let answer: Answer = meta.plain.view().unwrap_or_default();
            if answer.answers() || only.is_some() {
                found.push((meta.created_at, answer, owner(&meta.plain)));
            }
        }
        if found.is_empty() && only.is_some() {
            return Err(Error::new(Code::NotFound, "answer"));
        }
        found.sort_by_key(|(at, _, _)| *at);
        Ok(Self {
            title: read.title(key)?.unwrap_or_default(),
            owner: owner(&meta.plain),
            question: meta.plain.view().unwrap_or_default(),
            answers: found
                .into_iter()
                .map(|(_, answer, owner)| (answer, owner))
                .collect(),
            key: key.clone(),
        })
    }

    /// All that is taken over.
    fn texts(&self) -> Vec<&str> {
        let answers = self.answers.iter().map(|(answer, _)| answer.text.as_str());
        answers.chain([self.question.text.as_str()]).collect()
    }

    /// A draft of a card: the question says when it is for, each answer is a step that somebody
    /// has taken, and what an office does at home is its own way beside it.
    fn card(&self, batch: &mut Batch<'_>) -> Result<ItemKey, Error> {
        let sort = match self.question.area {
            Some(_) => PlaybookKind::RareCase,
            None => PlaybookKind::General,
        };
        let mut edits = vec![
            set("title", &self.title),
            set("playbook", word(sort)),
            set("origin", &self.key.to_string()),
            flag("draft"),
            add(
                batch,
                "statements",
                [("part", "when"), ("text", &self.question.text)],
            )?,
        ];
        let area = self.question.area.as_ref().map(ToString::to_string);
        set_optional(&mut edits, "area", area.as_deref());
        let labels = self.question.labels.iter().cloned();
        edits.extend(labels.map(|label| put("labels", label)));
        let (ways, steps): (Vec<_>, Vec<_>) = self
            .answers
            .iter()
            .partition(|(answer, owner)| answer.our_way && owner.is_some());
        for (answer, _) in steps.into_iter().take(STEPS_MAX) {
            edits.push(add(
                batch,
                "steps",
                [("force", "usual"), ("text", &answer.text)],
            )?);
        }
        let card = batch.fresh_key(Kind::Playbook)?;
        batch.create(&card, &edits)?;
        for (answer, owner) in ways {
            let mut edits = vec![
                set("playbook", &card.to_string()),
                set("text", &answer.text),
            ];
            let owner = owner.as_ref().map(ToString::to_string);
            set_optional(&mut edits, "owner", owner.as_deref());
            let way = batch.fresh_key(Kind::Variant)?;
            batch.create(&way, &edits)?;
        }
        Ok(card)
    }

    /// A departure from a card, of the office that answered, with the question as its reason.
    fn deviation(
        &self,
        batch: &mut Batch<'_>,
        playbook: &ItemKey,
        year: &str,
    ) -> Result<ItemKey, Error> {
        meta_of(&batch.read(), playbook, Kind::Playbook)?;
        let said: Vec<&str> = self
            .answers
            .iter()
            .map(|(of, _)| of.text.as_str())
            .collect();
        if said.is_empty() {
            return Err(Error::new(Code::NotFound, "answer"));
        }
        let owner = match self.answers.as_slice() {
            [(_, owner)] => owner.as_ref(),
            _ => self.owner.as_ref(),
        };
        let mut edits = vec![
            set("playbook", &playbook.to_string()),
            set("text", &said.join("\n\n")),
            set("reason", &self.question.text),
            set("origin", &self.key.to_string()),
        ];
        let owner = owner.map(ToString::to_string);
        set_optional(&mut edits, "owner", owner.as_deref());
        edits.extend(year.parse().ok().map(|year| Edit::Set {
            field: "year".into(),
            value: Some(Scalar::Number(year)),
        }));
        let key = batch.fresh_key(Kind::Deviation)?;
        batch.create(&key, &edits)?;
        Ok(key)
    }
}

fn owner(plain: &Plain) -> Option<ItemKey> {
    plain.common().owner
}

const fn word(sort: PlaybookKind) -> &'static str {
    match sort {
        PlaybookKind::RareCase => "rare_case",
        _ => "general",
    }
}

/// An entry that a member has said: "vår erfarenhet".
fn add(batch: &Batch<'_>, list: &str, fields: [(&str, &str); 2]) -> Result<Edit, Error> {
    let fields = fields.into_iter().chain([("source", "experience")]);
    let fields: BTreeMap<String, Scalar> = fields
        .map(|(name, text)| (name.to_string(), Scalar::Text(text.to_string())))
        .collect();
    Ok(Edit::Add {
        list: list.into(),
        id: batch.entry_id()?,
        fields,
        after: None,
    })
}
