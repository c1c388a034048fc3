//! What pages about questions show, and what the commands about them take.

use super::{Head, Named, Row};
use radrum_domain::{Answer, Kind, Parked, Question, QuestionForm, QuestionState};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The list of questions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct QuestionsPage {
    /// Whoever asked is not done; the newest first.
    pub open: Vec<QuestionRow>,
    /// Of these, what nobody has answered, however old.
    pub unanswered: Vec<QuestionRow>,
    /// Of these, what comes from elsewhere and the reader's municipality has not answered,
    /// however old.
    pub waiting: Vec<QuestionRow>,
    /// The others.
    pub clear: Vec<QuestionRow>,
    /// Kept for a meeting, however they stand.
    pub parked: Vec<QuestionRow>,
    /// Andra ögon that the reader asked for, or is asked for.
    pub second_eyes: Vec<QuestionRow>,
    /// Questions that were erased while answers to them stand.
    pub erased: Vec<String>,
    /// There are more than are shown.
    pub cut: bool,
}

/// A question in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct QuestionRow {
    /// Key.
    pub key: String,
    /// Its first sentence.
    pub title: String,
    /// What sort.
    pub form: QuestionForm,
    /// How it stands, in the asker's word.
    pub state: QuestionState,
    /// For which meeting it is kept.
    pub parked: Parked,
    /// Area.
    pub area: Option<Named>,
    /// Labels.
    pub labels: Vec<Named>,
    /// Whose question it is.
    pub by: Option<Named>,
    /// Her municipality.
    pub municipality: Option<Named>,
    /// The colleague who is asked to think along.
    pub asked: Option<Named>,
    /// UTC ms, as claimed.
    #[ts(type = "number")]
    pub created_at: i64,
    /// Nobody has answered.
    pub unanswered: bool,
    /// Municipalities that have answered, in alphabetical order.
    pub answered_by: Vec<String>,
    /// The reader asked.
    pub mine: bool,
}

/// A question with all that was answered.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct QuestionPage {
    /// Key of the question.
    pub key: String,
    /// The question; none when it was erased and answers stand.
    pub asked: Option<AskedQuestion>,
    /// What the asker has added to the question itself.
    pub follow_ups: Vec<AnswerOf>,
    /// Answers side by side: by municipality in alphabetical order, then by time.
    pub threads: Vec<Thread>,
    /// What grew out of it.
    pub grown: Vec<Grown>,
    /// Cards of its area, for a departure to be written on.
    pub cards: Vec<Named>,
}

/// The question of a page.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AskedQuestion {
    /// Head.
    pub head: Head,
    /// As written.
    pub question: Question,
    /// Its first sentence.
    pub title: String,
    /// Whose question it is.
    pub by: Option<Named>,
    /// Her municipality.
    pub municipality: Option<Named>,
    /// The reader asked.
    pub mine: bool,
    /// The reader is the colleague who is asked to think along.
    pub asks_me: bool,
    /// It was asked without a name, and she has not said who she is.
    pub nameless: bool,
    /// Who has said, and proved, that she asked it without a name.
    pub stepped_forward: Option<Named>,
}

/// An answer and what stands under it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Thread {
    /// The answer.
    pub answer: AnswerOf,
    /// What was asked further and answered there, in order of time.
    pub replies: Vec<AnswerOf>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AnswerOf {
    /// Head.
    pub head: Head,
    /// As written.
    pub answer: Answer,
    /// Municipality of whoever wrote it.
    pub municipality: Option<Named>,
    /// The reader wrote it.
    pub mine: bool,
    /// It stood under an answer that was erased.
    pub under_gone: bool,
    /// It was written without a name.
    pub nameless: bool,
    /// Who has said, and proved, that she wrote it without a name.
    pub stepped_forward: Option<Named>,
}

/// Something that grew out of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Grown {
    /// Key.
    pub key: String,
    /// Title; that of the card for what hangs on one.
    pub title: String,
    /// What it is.
    pub kind: Kind,
}

/// What is near a question that is being written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
pub struct Similar {
    /// Questions that were asked before.
    pub questions: Vec<Row>,
    /// Cards.
    pub cards: Vec<Row>,
    /// The area that it is about, if one stands out.
    pub area: Option<Named>,
    /// Labels that its words name.
    pub labels: Vec<Named>,
}

/// What a thread, or one answer of it, becomes.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Grow {
    /// The question.
    pub question: String,
    /// One answer; none takes the whole thread.
    pub answer: Option<String>,
    /// The card that a departure is written on; none makes a new card.
    pub playbook: Option<String>,
    /// The window that asks.
    pub window: String,
}
