//! What hangs on a handlingskort and belongs to somebody: how a municipality does it, and
//! where somebody departed from it.

use super::{ORIGIN, View};
use crate::key::{ItemKey, Kind};
use crate::project::{Index, Projection, Weight};
use crate::schema::{Schema, Type, optional, required};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// "Så gör vi här": one municipality's way, for the card or for one step.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Variant {
    /// The card.
    pub playbook: Option<ItemKey>,
    /// The step, if it is about one.
    pub step: Option<String>,
    /// What they do.
    pub text: String,
    /// Day on which the office talked it through and agreed (need N52).
    pub agreed_on: Option<String>,
    /// Who was there, by role and never by name.
    pub present: Option<String>,
}

impl View for Variant {
    const SCHEMA: Schema = Schema {
        kind: Kind::Variant,
        fields: &[
            required("playbook", Type::Ref(&[Kind::Playbook])),
            optional("step", Type::Line),
            required("text", Type::Prose),
            optional("agreed_on", Type::Date),
            optional("present", Type::Line),
        ],
        lists: &[],
        sets: &[],
    };

    fn project(&self, out: &mut Projection) {
        out.parent.clone_from(&self.playbook);
        out.index = Index::Core;
        out.line("variant", None, Weight::Body, &self.text);
    }
}

/// Avsteg: a reasoned departure from a step, so that the next one knows (need N35).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Deviation {
    /// The card.
    pub playbook: Option<ItemKey>,
    /// The step.
    pub step: Option<String>,
    /// What was done instead.
    pub text: String,
    /// Why.
    pub reason: Option<String>,
    /// When; never closer than the year.
    pub year: Option<u32>,
    /// The question that it grew out of.
    pub origin: Option<ItemKey>,
}

impl View for Deviation {
    const SCHEMA: Schema = Schema {
        kind: Kind::Deviation,
        fields: &[
            required("playbook", Type::Ref(&[Kind::Playbook])),
            optional("step", Type::Line),
            required("text", Type::Prose),
            optional("reason", Type::Prose),
            optional("year", Type::Year),
            optional("origin", Type::Ref(&[Kind::Question])),
        ],
        lists: &[],
        sets: &[],
    };

    fn project(&self, out: &mut Projection) {
        out.parent.clone_from(&self.playbook);
        out.index = Index::Core;
        out.line("deviation", None, Weight::Minor, &self.text);
        out.optional_line("deviation", Weight::Minor, self.reason.as_deref());
        out.link_optional(ORIGIN, self.origin.as_ref());
    }
}
