//! "Vem frågar jag?": whom an office asks, in its own order, and what each may decide (seeds
//! H08, H09). It is useless to ask one without delegation, and a gap when both are away is told.

use super::View;
use crate::key::{ItemKey, Kind};
use crate::project::{Index, Projection, Weight};
use crate::schema::{List, Schema, Type, optional, required};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The relation of the link from an order of asking to its office.
pub const ASKED_AT: &str = "asked_at";

/// Whom an office asks. Its key follows from the office ([`super::single_of`]).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct AskOrder {
    /// The office.
    pub office: Option<ItemKey>,
    /// Whom to ask, first to ask first.
    pub people: Vec<Asked>,
    /// What holds for all of them.
    pub note: Option<String>,
}

/// One to ask: a person, a role, or a role and the person who has it now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Asked {
    /// Entry.
    pub id: String,
    /// Out of sight.
    pub removed: bool,
    /// The person.
    pub member: Option<ItemKey>,
    /// The role; with its telephone when nobody has it by name, such as a duty line.
    pub role: Option<String>,
    /// Her delegation: what she may decide.
    pub decides: Option<String>,
    /// Who is asked when she is away.
    pub deputy: Option<ItemKey>,
}

impl View for AskOrder {
    const SCHEMA: Schema = Schema {
        kind: Kind::AskOrder,
        fields: &[
            required("office", Type::Ref(&[Kind::Office])),
            optional("note", Type::Prose),
        ],
        lists: &[List {
            name: "people",
            fields: &[
                optional("member", Type::Ref(&[Kind::Member])),
                optional("role", Type::Line),
                optional("decides", Type::Prose),
                optional("deputy", Type::Ref(&[Kind::Member])),
            ],
            max: 20,
        }],
        sets: &[],
    };

    fn project(&self, out: &mut Projection) {
        out.title = TITLE.to_string();
        out.index = Index::Core;
        out.link_optional(ASKED_AT, self.office.as_ref());
        for asked in self.people.iter().filter(|asked| !asked.removed) {
            out.optional_line("role", Weight::Minor, asked.role.as_deref());
            out.optional_line("decides", Weight::Minor, asked.decides.as_deref());
        }
        out.optional_line("", Weight::Minor, self.note.as_deref());
    }
}

/// What it is called in lists; whoever shows it adds the name of the office.
const TITLE: &str = "Vem frågar jag?";
