//! One question with its answers side by side.

use crate::api::{AnswerOf, AskedQuestion, Grown, Named, QuestionPage, Thread};
use crate::command::page::{Key, head, of_kind};
use crate::people::Reader;
use crate::{Error, Session};
use radrum_domain::{Answer, AnswerForm, ItemKey, Kind, ORIGIN, Question};
use radrum_seal::has_stepped_forward;
use radrum_store::{ItemFilter, Read};
use radrum_wire::{SignKey, Signature};
use std::collections::{BTreeMap, BTreeSet};

/// Answers of one question that are shown.
const ANSWERS_MAX: u32 = 300;

/// A question by its own key, or by that of one of its answers.
pub(in crate::command) fn question(session: &Session, args: Key) -> Result<QuestionPage, Error> {
    let key = args.key()?;
    session.read(|read| {
        let key = question_of(&read, &key)?;
        let reader = session.reader(&read)?;
        // One that was merged into another shows its own.
        let all = read.aliases(Kind::Question)?.all_of(&key);
        let mut answers = answers(session, &read, &all, &reader)?;
        let mut asked = asked(session, &read, &key, &reader)?;
        let stepped = stepped_forward(session, &answers);
        for of in &mut answers {
            of.stepped_forward = stepped.get(&of.head.key).cloned();
        }
        if let Some(asked) = &mut asked {
            asked.stepped_forward = stepped.get(&asked.head.key).cloned();
        }
        if asked.is_none() && answers.is_empty() {
            return Err(Error::not_found(&key));
        }
        let area = asked.as_ref().and_then(|asked| asked.question.area.clone());
        let (follow_ups, threads) = threads(answers);
        Ok(QuestionPage {
            follow_ups,
            threads,
            grown: grown(&read, &all)?,
            cards: cards(&read, area)?,
            asked,
            key: key.to_string(),
        })
    })
}

fn question_of(read: &Read<'_>, key: &ItemKey) -> Result<ItemKey, Error> {
    let of = match key.kind() {
        Kind::Question => Some(key.clone()),
        Kind::Answer => {
            let meta = read.doc_meta(key)?.ok_or_else(|| Error::not_found(key))?;
            let question = meta.plain.view::<Answer>().unwrap_or_default().question;
            let aliases = read.aliases(Kind::Question)?;
            question.map(|question| aliases.standing(&question).clone())
        }
        _ => None,
    };
    of.ok_or_else(|| Error::not_found(key))
}

fn asked(
    session: &Session,
    read: &Read<'_>,
    key: &ItemKey,
    reader: &Reader,
) -> Result<Option<AskedQuestion>, Error> {
    let Some(meta) = read.doc_meta(key)? else {
        return Ok(None);
    };
    let mut question: Question = meta.plain.view().unwrap_or_default();
    read.label_aliases()?.settle(&mut question.labels);
    let mut people = session.people(*read);
    let asker = question.asker_or(&meta.created_by);
    Ok(Some(AskedQuestion {
        head: head(session, read, &meta)?,
        title: read.title(key)?.unwrap_or_default(),
        by: people.named_optional(asker.as_ref())?,
        municipality: people.named_optional(meta.plain.common().owner.as_ref())?,
        mine: asker.is_some() && asker == reader.me,
        asks_me: question.asked.is_some() && question.asked == reader.me,
        nameless: meta.created_by.is_empty(),
        stepped_forward: None,
        question,
    }))
}

fn answers(
    session: &Session,
    read: &Read<'_>,
    questions: &[ItemKey],
    reader: &Reader,
) -> Result<Vec<AnswerOf>, Error> {
    let mut items = Vec::new();
    for question in questions {
        items.extend(read.items(&ItemFilter {
            parent: Some(question.clone()),
            limit: ANSWERS_MAX,
            ..of_kind(Kind::Answer)
        })?);
    }
    let mut people = session.people(*read);
    let mut answers = Vec::new();
    for item in items {
        let Some(meta) = read.doc_meta(&item.key)? else {
            continue;
        };
        let by: Option<ItemKey> = meta.created_by.parse().ok();
        answers.push(AnswerOf {
            head: head(session, read, &meta)?,
            answer: meta.plain.view().unwrap_or_default(),
            municipality: people.named_optional(item.owner.as_ref())?,
            mine: by.is_some() && by == reader.me,
            under_gone: false,
            nameless: meta.created_by.is_empty(),
            stepped_forward: None,
        });
    }
    Ok(answers)
}

/// Who has said that she wrote something without a name, by what she wrote. It counts when the
/// key of the thread says the same.
fn stepped_forward(session: &Session, answers: &[AnswerOf]) -> BTreeMap<String, Named> {
    let region = session.profile().region;
    let proved = answers.iter().filter_map(|of| {
        let (key, signature) = read_proof(of.answer.proof.as_deref()?)?;
        let target = of.answer.under.as_ref().or(of.answer.question.as_ref())?;
        let by = of.head.created_by.as_ref()?;
        let member: ItemKey = by.key.parse().ok()?;
        let proof = (key, signature);
        has_stepped_forward(proof, region, target.id(), member.id())
            .then(|| (target.to_string(), by.clone()))
    });
    proved.collect()
}

/// Key and signature, in hexadecimal.
fn read_proof(proof: &str) -> Option<(SignKey, Signature)> {
    let bytes = hex::decode(proof).ok()?;
    let (key, signature) = bytes.split_at_checked(SignKey::BYTES)?;
    Some((
        SignKey::try_from(key).ok()?,
        Signature::try_from(signature).ok()?,
    ))
}

/// What stands under an answer goes with the one at the top. A chain that ends in nothing, or in
/// itself, is shown among the answers: nothing that was written is left out.
fn threads(answers: Vec<AnswerOf>) -> (Vec<AnswerOf>, Vec<Thread>) {
    let under: BTreeMap<String, String> = answers
        .iter()
        .filter_map(|of| Some((of.head.key.clone(), of.answer.under.as_ref()?.to_string())))
        .collect();
    let known: BTreeSet<String> = answers.iter().map(|of| of.head.key.clone()).collect();
    let mut tops = Vec::new();
    let mut follow_ups = Vec::new();
    let mut replies: BTreeMap<String, Vec<AnswerOf>> = BTreeMap::new();
    for mut answer in answers {
        match top(&answer.head.key, &under, &known) {
            Some(top) if top != answer.head.key => replies.entry(top).or_default().push(answer),
            found => {
                answer.under_gone = found.is_none();
                let is_top = answer.answer.under.is_none();
                if is_top && answer.answer.form == AnswerForm::FollowUp {
                    follow_ups.push(answer);
                } else {
                    tops.push(answer);
                }
            }
        }
    }
    tops.sort_by_cached_key(|of| (place(of.municipality.as_ref()), of.head.created_at));
    follow_ups.sort_by_key(|of| of.head.created_at);
    let threads = tops.into_iter().map(|answer| {
        let mut replies = replies.remove(&answer.head.key).unwrap_or_default();
        replies.sort_by_key(|of| of.head.created_at);
        Thread { answer, replies }
    });
    let threads = threads.collect();
    (follow_ups, threads)
}

/// The answer at the top of a chain; none when the chain ends in nothing or in itself.
fn top(of: &str, under: &BTreeMap<String, String>, known: &BTreeSet<String>) -> Option<String> {
    let mut at = of;
    for _ in 0..=known.len() {
        match under.get(at) {
            None => return Some(at.to_string()),
            Some(next) if known.contains(next) => at = next,
            Some(_) => return (at != of).then(|| at.to_string()),
        }
    }
    None
}

/// By municipality in alphabetical order; whoever has none comes last.
fn place(municipality: Option<&Named>) -> (bool, Vec<u8>) {
    let title = municipality.map_or("", |of| of.title.as_str());
    (municipality.is_none(), radrum_swedish::sort_key(title))
}

/// Cards and departures that name the question as their origin, and notes about it.
fn grown(read: &Read<'_>, questions: &[ItemKey]) -> Result<Vec<Grown>, Error> {
    let mut items = Vec::new();
    for question in questions {
        items.extend(read.linked_from(question, ORIGIN)?);
        items.extend(read.linked_from(question, "about")?);
    }
    let mut grown = Vec::new();
    for item in items {
        let parent = item.parent.as_ref().map(|parent| read.title(parent));
        let title = parent.transpose()?.flatten();
        grown.push(Grown {
            // What hangs on a card is read there.
            key: item.parent.as_ref().unwrap_or(&item.key).to_string(),
            title: title.unwrap_or(item.title),
            kind: item.key.kind(),
        });
    }
    Ok(grown)
}

fn cards(read: &Read<'_>, area: Option<ItemKey>) -> Result<Vec<Named>, Error> {
    let Some(area) = area else {
        return Ok(Vec::new());
    };
    let filter = ItemFilter {
        area: Some(area),
        ..of_kind(Kind::Playbook)
    };
    let cards = read.items(&filter)?.into_iter().map(|card| Named {
        key: card.key.to_string(),
        title: card.title,
    });
    Ok(cards.collect())
}

#[cfg(test)]
mod tests {
    use super::top;
    use std::collections::{BTreeMap, BTreeSet};

    fn top_of(of: &str, under: &[(&str, &str)], known: &[&str]) -> Option<String> {
        let text = |(a, b): &(&str, &str)| (a.to_string(), b.to_string());
        let under: BTreeMap<String, String> = under.iter().map(text).collect();
        let known: BTreeSet<String> = known.iter().map(ToString::to_string).collect();
        top(of, &under, &known)
    }

    #[test]
    fn what_is_asked_further_stands_with_the_answer_at_the_top() {
        let under = [("c", "b"), ("b", "a")];
        assert_eq!(top_of("c", &under, &["a", "b", "c"]), Some("a".into()));
        assert_eq!(top_of("a", &under, &["a", "b", "c"]), Some("a".into()));
    }

    #[test]
    fn a_chain_that_ends_in_nothing_or_in_itself_is_shown_all_the_same() {
        // The answer at the top was erased: what stood under it keeps together.
        let under = [("c", "b"), ("b", "gone")];
        assert_eq!(top_of("b", &under, &["b", "c"]), None);
        assert_eq!(top_of("c", &under, &["b", "c"]), Some("b".into()));
        let ring = [("a", "b"), ("b", "a")];
        assert_eq!(top_of("a", &ring, &["a", "b"]), None);
    }
}
