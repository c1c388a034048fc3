//! A question with its answers as one page. Whose words they are stands beside each: which
//! municipality, and the day.

use super::tables::Names;
use crate::Error;
use crate::world::day_of;
use radrum_domain::{Answer, AnswerForm, Kind, Parked, Question, QuestionForm, QuestionState};
use radrum_store::{DocMeta, ItemFilter, Read};
use std::fmt::Write as _;

pub(super) fn page(
    read: &Read<'_>,
    names: &mut Names<'_>,
    meta: &DocMeta,
    question: &Question,
) -> Result<String, Error> {
    let mut out = format!("# {}\n\n", question.text);
    let said = [
        form(question.form).to_string(),
        whose(names, meta, " · ")?,
        state(question.state).to_string(),
        parked(question.parked).to_string(),
        names.title(question.area.as_ref())?,
    ];
    let said: Vec<String> = said.into_iter().filter(|word| !word.is_empty()).collect();
    let _ = writeln!(out, "{}\n", said.join(" · "));
    let lines = [
        ("Mer", &question.more),
        ("Nå mig", &question.contact_road),
        ("När det passar", &question.wished_time),
    ];
    for (name, text) in lines {
        if let Some(text) = text {
            let _ = writeln!(out, "{name}: {text}\n");
        }
    }
    let filter = ItemFilter {
        kind: Some(Kind::Answer),
        parent: Some(meta.key.clone()),
        ..ItemFilter::default()
    };
    let mut answers = Vec::new();
    for (item, _) in read.items_with_values(&filter)? {
        answers.extend(read.doc_meta(&item.key)?);
    }
    answers.sort_by_key(|meta| meta.created_at);
    for meta in &answers {
        let answer: Answer = meta.plain.view().unwrap_or_default();
        let _ = writeln!(
            out,
            "## {}\n\n{}\n\n{}\n",
            answer_form(&answer),
            whose(names, meta, " ")?,
            answer.text
        );
    }
    Ok(out)
}

/// Municipality and day; what was written without a name has neither.
fn whose(names: &mut Names<'_>, meta: &DocMeta, between: &str) -> Result<String, Error> {
    if meta.created_by.is_empty() {
        return Ok("utan namn".into());
    }
    let from = names.title(meta.plain.common().owner.as_ref())?;
    let day = day_of(meta.created_at).to_string();
    let said = [from, day].into_iter().filter(|word| !word.is_empty());
    Ok(said.collect::<Vec<_>>().join(between))
}

pub(super) const fn form(form: QuestionForm) -> &'static str {
    match form {
        QuestionForm::ExperienceRequest => "Söker erfarenhet",
        QuestionForm::SecondEyes => "Andra ögon",
        QuestionForm::Question | QuestionForm::Unknown => "Fråga",
    }
}

pub(super) const fn state(state: QuestionState) -> &'static str {
    match state {
        QuestionState::WithGroup => "hos gruppen",
        QuestionState::Clear => "klar för frågeställaren",
        QuestionState::Open | QuestionState::Unknown => "öppen",
    }
}

pub(super) const fn parked(parked: Parked) -> &'static str {
    match parked {
        Parked::Group => "tas upp i gruppen",
        Parked::Meeting => "tas upp på Digitala Mötesplatsen",
        Parked::Unknown => "",
    }
}

pub(super) const fn answer_form(answer: &Answer) -> &'static str {
    match answer.form {
        AnswerForm::OtherExperience => "Annan erfarenhet",
        AnswerForm::FollowUp => "Frågeställaren lägger till",
        AnswerForm::AskFurther => "Fråga vidare",
        AnswerForm::Yes => "Ja",
        AnswerForm::Later => "Senare",
        AnswerForm::AskOther => "Fråga någon annan",
        _ if answer.our_way => "Så gör vi hos oss",
        AnswerForm::Answer | AnswerForm::Unknown => "Svar",
    }
}
