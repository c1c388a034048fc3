//! Questions and what is answered. Each is one document of whoever wrote it, so that two who
//! answer at once never meet in one text; the thread is put together when it is read.

use super::View;
use crate::choice::{AnswerForm, Parked, QuestionForm, QuestionState};
use crate::key::{ItemKey, Kind};
use crate::project::{Index, Projection, QuestionRow, Weight};
use crate::schema::{Schema, Set, Type, optional, required};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The relation of the links from answers to their question; what only asks further has none.
pub const ANSWERS: &str = "answers";

/// The relation of the links from what grew out of a question to it.
pub const ORIGIN: &str = "origin";

/// Longest title, in characters.
const TITLE_MAX: usize = 140;

/// A question. Nothing in it counts readers, votes or persons (needs N10, N15).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Question {
    /// What is asked; the first sentence is the title. A form without case text says itself.
    pub text: String,
    /// What else is good to know.
    pub more: Option<String>,
    /// Area.
    pub area: Option<ItemKey>,
    /// Labels.
    pub labels: Vec<ItemKey>,
    /// What sort.
    pub form: QuestionForm,
    /// How it stands; none is open.
    pub state: QuestionState,
    /// For which meeting it is kept.
    pub parked: Parked,
    /// How to reach the asker.
    pub contact_road: Option<String>,
    /// When a talk would be good.
    pub wished_time: Option<String>,
    /// Whose question it is now; none is whoever wrote it. Handed over when she leaves.
    pub asker: Option<ItemKey>,
    /// The one colleague who is asked to think along.
    pub asked: Option<ItemKey>,
}

impl Question {
    /// Whose question it is: whoever took it over, or wrote it. Without a name it is nobody's.
    #[must_use]
    pub fn asker_or(&self, wrote: &str) -> Option<ItemKey> {
        let asker = self.asker.clone();
        asker.or_else(|| wrote.parse().ok())
    }
}

impl View for Question {
    const SCHEMA: Schema = Schema {
        kind: Kind::Question,
        fields: &[
            required("text", Type::Prose),
            optional("more", Type::Prose),
            optional("area", Type::Ref(&[Kind::Area])),
            optional("form", Type::Choice(QuestionForm::WORDS)),
            optional("state", Type::Choice(QuestionState::WORDS)),
            optional("parked", Type::Choice(Parked::WORDS)),
            optional("contact_road", Type::Line),
            optional("wished_time", Type::Line),
            optional("asker", Type::Ref(&[Kind::Member])),
            optional("asked", Type::Ref(&[Kind::Member])),
        ],
        lists: &[],
        sets: &[Set {
            name: "labels",
            of: Kind::Label,
            max: 20,
        }],
    };

    fn project(&self, out: &mut Projection) {
        out.title = title(&self.text);
        out.labels.clone_from(&self.labels);
        out.area.clone_from(&self.area);
        out.question = Some(QuestionRow {
            form: self.form,
            clear: self.state == QuestionState::Clear,
            parked: self.parked,
            asked: self.asked.clone(),
        });
        // Whom somebody asks to think along is nothing to look for.
        if self.form != QuestionForm::SecondEyes {
            out.index = Index::Questions;
        }
        out.line("", None, Weight::Title, &self.text);
        for paragraph in paragraphs(self.more.as_deref().unwrap_or_default()) {
            out.line("", None, Weight::Body, paragraph);
        }
    }
}

/// An answer, or what somebody adds to a question or to an answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Answer {
    /// The question.
    pub question: Option<ItemKey>,
    /// The answer that it stands under.
    pub under: Option<ItemKey>,
    /// What is said.
    pub text: String,
    /// What sort.
    pub form: AnswerForm,
    /// "Så gör vi hos oss": it speaks for the way of the municipality that owns it.
    pub our_way: bool,
    /// Whom to ask instead.
    pub member: Option<ItemKey>,
    /// Proves that whoever wrote this wrote without a name what it stands under (FORMAT.md 4).
    pub proof: Option<String>,
}

impl Answer {
    /// Whether it answers; what asks further does not.
    #[must_use]
    pub const fn answers(&self) -> bool {
        !matches!(self.form, AnswerForm::FollowUp | AnswerForm::AskFurther)
    }
}

impl View for Answer {
    const SCHEMA: Schema = Schema {
        kind: Kind::Answer,
        fields: &[
            required("question", Type::Ref(&[Kind::Question])),
            optional("under", Type::Ref(&[Kind::Answer])),
            required("text", Type::Prose),
            optional("form", Type::Choice(AnswerForm::WORDS)),
            optional("our_way", Type::Flag),
            optional("member", Type::Ref(&[Kind::Member])),
            optional("proof", Type::Line),
        ],
        lists: &[],
        sets: &[],
    };

    fn project(&self, out: &mut Projection) {
        out.title = title(&self.text);
        out.parent.clone_from(&self.question);
        if self.answers() {
            out.link_optional(ANSWERS, self.question.as_ref());
        }
        let of_second_eyes = matches!(
            self.form,
            AnswerForm::Yes | AnswerForm::Later | AnswerForm::AskOther
        );
        if !of_second_eyes {
            out.index = Index::Questions;
        }
        for paragraph in paragraphs(&self.text) {
            out.line("answer", None, Weight::Body, paragraph);
        }
    }
}

fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').filter(|line| !line.trim().is_empty())
}

/// The first sentence of the first line. "Enligt 13 kap. 8 § SoL" and "t.ex. Malå" go on.
fn title(text: &str) -> String {
    let line = paragraphs(text).next().unwrap_or_default().trim();
    let ends = line.match_indices(['.', '?', '!']);
    let end = ends
        .map(|(at, mark)| (at + mark.len(), mark))
        .find(|(end, mark)| {
            let mut rest = line[*end..].chars();
            let parted = rest.next().is_some_and(char::is_whitespace);
            parted && (*mark != "." || rest.next().is_some_and(char::is_uppercase))
        })
        .map_or(line.len(), |(end, _)| end);
    shortened(&line[..end])
}

/// Cut at a word.
fn shortened(text: &str) -> String {
    if text.chars().count() <= TITLE_MAX {
        return text.to_string();
    }
    let cut: String = text.chars().take(TITLE_MAX).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{} …", &cut[..end])
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn the_first_sentence_of_a_question_is_its_title() {
        for (text, wanted) in [
            ("Hur gör ni? Vi har aldrig haft det.", "Hur gör ni?"),
            ("Räcker 13 kap. 8 § SoL? Ja?", "Räcker 13 kap. 8 § SoL?"),
            (
                "Vi undrar om t.ex. resor. Hur gör ni?",
                "Vi undrar om t.ex. resor.",
            ),
            ("\n  Vem kan?\nMer text", "Vem kan?"),
            ("Utan punkt", "Utan punkt"),
            ("", ""),
        ] {
            assert_eq!(title(text), wanted);
        }
    }

    #[test]
    fn a_title_that_is_too_long_is_cut_at_a_word() {
        let cut = title(&"orden ".repeat(40));
        assert!(cut.ends_with("orden …"), "{cut}");
        assert!(cut.chars().count() <= 142, "{cut}");
    }
}
