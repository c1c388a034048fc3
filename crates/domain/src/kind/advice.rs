//! Rådgrupp: the few who have learnt an area for the whole krets and offer hours for it (seed
//! B05). They are never called more than that (need N11).

use super::View;
use crate::key::{ItemKey, Kind};
use crate::project::{Index, Projection, Weight};
use crate::schema::{List, Schema, Type, optional, required};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The rådgrupp of an area. Its key follows from the area ([`super::single_of`]).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct AdviceGroup {
    /// The area.
    pub area: Option<ItemKey>,
    /// What can be asked.
    pub about: Option<String>,
    /// How to reach the group.
    pub reach: Option<String>,
    /// Its telephone.
    pub phone: Option<String>,
    /// Its e-mail.
    pub email: Option<String>,
    /// When it can be asked: "tisdagar 13–15".
    pub hours: Option<String>,
    /// Who belongs to it.
    pub members: Vec<Adviser>,
}

/// A colleague in a rådgrupp.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Adviser {
    /// Entry.
    pub id: String,
    /// Out of sight.
    pub removed: bool,
    /// Who.
    pub member: Option<ItemKey>,
    /// Training that she has taken.
    pub training: Option<String>,
    /// Hours that she offers.
    pub hours: Option<String>,
}

impl View for AdviceGroup {
    const SCHEMA: Schema = Schema {
        kind: Kind::AdviceGroup,
        fields: &[
            required("area", Type::Ref(&[Kind::Area])),
            optional("about", Type::Prose),
            optional("reach", Type::Line),
            optional("phone", Type::Line),
            optional("email", Type::Email),
            optional("hours", Type::Line),
        ],
        lists: &[List {
            name: "members",
            fields: &[
                required("member", Type::Ref(&[Kind::Member])),
                optional("training", Type::Line),
                optional("hours", Type::Line),
            ],
            max: 20,
        }],
        sets: &[],
    };

    fn project(&self, out: &mut Projection) {
        out.title = TITLE.to_string();
        out.area.clone_from(&self.area);
        out.index = Index::Core;
        out.line("", None, Weight::Area, TITLE);
        out.optional_line("", Weight::Body, self.about.as_deref());
        for adviser in self.members.iter().filter(|adviser| !adviser.removed) {
            out.optional_line("training", Weight::Minor, adviser.training.as_deref());
        }
    }
}

/// What it is called in lists; whoever shows it adds the name of the area.
const TITLE: &str = "Rådgrupp";
