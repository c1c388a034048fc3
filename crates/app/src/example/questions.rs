//! Questions and answers of the Exempelkrets, as they stand in `content/example/questions.toml`.

use super::region::owner_of;
use crate::Error;
use crate::commit::Batch;
use crate::content::{flag, put, set, set_optional, slug_key};
use radrum_domain::{Edit, ItemKey, Kind};
use serde::Deserialize;

pub(super) const QUESTIONS: &str = include_str!("../../content/example/questions.toml");

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Between answers of one day.
const MINUTE_MS: i64 = 60 * 1000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    question: Vec<Question>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    member: String,
    days_ago: i64,
    text: String,
    more: Option<String>,
    area: Option<String>,
    #[serde(default)]
    labels: Vec<String>,
    form: Option<String>,
    state: Option<String>,
    parked: Option<String>,
    contact_road: Option<String>,
    wished_time: Option<String>,
    asked: Option<String>,
    #[serde(default)]
    answer: Vec<Answer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    member: String,
    days_ago: i64,
    text: String,
    form: Option<String>,
    #[serde(default)]
    our_way: bool,
    under: Option<usize>,
}

/// Writes them all, the oldest first. `municipality` says where a colleague works.
pub(super) fn write(
    batch: &mut Batch<'_>,
    municipality: &dyn Fn(&str) -> Option<String>,
) -> Result<(), Error> {
    let raw: Raw = toml::from_str(QUESTIONS)
        .map_err(|error| Error::bug(format!("example questions: {error}")))?;
    let now = batch.now();
    for question in &raw.question {
        let mut edits = vec![set("text", &question.text)];
        let asker = slug_key(Kind::Member, &question.member)?;
        edits.push(set("asker", &asker.to_string()));
        edits.extend(owner(municipality, &question.member)?);
        set_optional(&mut edits, "more", question.more.as_deref().map(str::trim));
        let key_of = |kind: Kind, slug: Option<&String>| {
            let key = slug.map(|slug| slug_key(kind, slug)).transpose()?;
            Ok::<_, Error>(key.map(|key| key.to_string()))
        };
        let area = key_of(Kind::Area, question.area.as_ref())?;
        let asked = key_of(Kind::Member, question.asked.as_ref())?;
        for (field, value) in [
            ("area", &area),
            ("asked", &asked),
            ("form", &question.form),
            ("state", &question.state),
            ("parked", &question.parked),
            ("contact_road", &question.contact_road),
            ("wished_time", &question.wished_time),
        ] {
            set_optional(&mut edits, field, value.as_deref());
        }
        for label in &question.labels {
            edits.push(put("labels", slug_key(Kind::Label, label)?));
        }
        batch.write_as(Some(&asker), now - question.days_ago * DAY_MS);
        let key = batch.fresh_key(Kind::Question)?;
        batch.create(&key, &edits)?;
        batch.next_entry()?;
        answers(batch, municipality, &key, &question.answer, now)?;
    }
    batch.write_as(None, now);
    Ok(())
}

fn answers(
    batch: &mut Batch<'_>,
    municipality: &dyn Fn(&str) -> Option<String>,
    question: &ItemKey,
    answers: &[Answer],
    now: i64,
) -> Result<(), Error> {
    let mut written: Vec<ItemKey> = Vec::new();
    for answer in answers {
        let mut edits = vec![
            set("question", &question.to_string()),
            set("text", answer.text.trim()),
        ];
        edits.extend(owner(municipality, &answer.member)?);
        set_optional(&mut edits, "form", answer.form.as_deref());
        edits.extend(answer.our_way.then(|| flag("our_way")));
        let under = answer.under.and_then(|n| written.get(n.wrapping_sub(1)));
        let under = under.map(ToString::to_string);
        set_optional(&mut edits, "under", under.as_deref());
        let author = slug_key(Kind::Member, &answer.member)?;
        let minutes = i64::try_from(written.len()).unwrap_or(0);
        let at = now - answer.days_ago * DAY_MS + minutes * MINUTE_MS;
        batch.write_as(Some(&author), at);
        let key = batch.fresh_key(Kind::Answer)?;
        batch.create(&key, &edits)?;
        batch.next_entry()?;
        written.push(key);
    }
    Ok(())
}

fn owner(
    municipality: &dyn Fn(&str) -> Option<String>,
    member: &str,
) -> Result<Option<Edit>, Error> {
    municipality(member).map(|slug| owner_of(&slug)).transpose()
}
