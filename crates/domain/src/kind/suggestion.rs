//! What somebody wishes of the program or of what stands in it, or has found wrong (seed A17).
//! Whoever looks after it says in a word and a line what becomes of it.

use super::View;
use crate::choice::{SuggestionForm, SuggestionState};
use crate::key::Kind;
use crate::project::{Index, Projection, Weight};
use crate::schema::{Schema, Type, optional, required};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A suggestion. Nothing in it counts who agrees (needs N10, N15).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Suggestion {
    /// One line.
    pub title: String,
    /// What happened, or what would be better.
    pub text: Option<String>,
    /// The page that it was written from, as its address without what was typed: `kort/lvm`.
    pub page: Option<String>,
    /// What sort.
    pub form: SuggestionForm,
    /// What becomes of it.
    pub state: SuggestionState,
    /// What those who look after it say.
    pub answer: Option<String>,
}

impl View for Suggestion {
    const SCHEMA: Schema = Schema {
        kind: Kind::Suggestion,
        fields: &[
            required("title", Type::Line),
            optional("text", Type::Prose),
            optional("page", Type::Line),
            optional("form", Type::Choice(SuggestionForm::WORDS)),
            optional("state", Type::Choice(SuggestionState::WORDS)),
            optional("answer", Type::Prose),
        ],
        lists: &[],
        sets: &[],
    };

    fn project(&self, out: &mut Projection) {
        out.title.clone_from(&self.title);
        out.index = Index::Core;
        out.line("", None, Weight::Title, &self.title);
        out.optional_line("", Weight::Body, self.text.as_deref());
        out.optional_line("answer", Weight::Minor, self.answer.as_deref());
    }
}
