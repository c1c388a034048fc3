//! The checklist by which somebody new in a role finds her way (seed B20, need N41). Who has
//! ticked what lies on her own computer alone.

use super::View;
use crate::choice::{IntroductionTime, StepPage};
use crate::key::{ItemKey, Kind};
use crate::project::{Index, Projection, SearchLine, Weight};
use crate::schema::{List, Schema, Type, optional, required};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What somebody new in a role does, in the order in which she does it. Without an owner it is
/// the whole krets'.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Introduction {
    /// Name: "Ny socialsekreterare".
    pub title: String,
    /// The role that it is for, as colleagues write it on their pages.
    pub role: Option<String>,
    /// Role that answers for the list; none is a visible state.
    pub owner_role: Option<String>,
    /// Who has that role today.
    pub owner_member: Option<ItemKey>,
    /// "Utkast, granskas av er".
    pub draft: bool,
    /// Version of the starter pack that it came from.
    pub pack: Option<String>,
    /// Steps, ordered.
    pub steps: Vec<IntroductionStep>,
}

/// One step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct IntroductionStep {
    /// Entry.
    pub id: String,
    /// Out of sight.
    pub removed: bool,
    /// What to do.
    pub text: String,
    /// When.
    pub when: IntroductionTime,
    /// The card to read.
    pub card: Option<ItemKey>,
    /// The page to try.
    pub page: StepPage,
}

impl View for Introduction {
    const SCHEMA: Schema = Schema {
        kind: Kind::Introduction,
        fields: &[
            required("title", Type::Line),
            optional("role", Type::Line),
            optional("owner_role", Type::Line),
            optional("owner_member", Type::Ref(&[Kind::Member])),
            optional("draft", Type::Flag),
            optional("pack", Type::Line),
        ],
        lists: &[List {
            name: "steps",
            fields: &[
                required("text", Type::Prose),
                required("when", Type::Choice(IntroductionTime::WORDS)),
                optional("card", Type::Ref(&[Kind::Playbook])),
                optional("page", Type::Choice(StepPage::WORDS)),
            ],
            max: 60,
        }],
        sets: &[],
    };

    fn project(&self, out: &mut Projection) {
        out.title.clone_from(&self.title);
        out.index = Index::Core;
        out.line("", None, Weight::Title, &self.title);
        out.line("", None, Weight::Area, WHAT);
        out.optional_line("role", Weight::Lead, self.role.as_deref());
        let steps = self.steps.iter().filter(|step| !step.removed);
        for step in steps {
            out.search.push(SearchLine {
                part: "step".into(),
                anchor: step.id.clone(),
                weight: Weight::Minor,
                text: step.text.clone(),
                ..SearchLine::default()
            });
            out.link_optional("card", step.card.as_ref());
        }
    }
}

/// What whoever looks for the list types.
const WHAT: &str = "Introduktion för den som är ny";
