//! Who the krets consists of.

use super::View;
use crate::choice::MunicipalityForm;
use crate::key::{ItemKey, Kind};
use crate::project::{Index, Projection, Weight};
use crate::schema::{List, Schema, Set, Type, optional, required};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A member organisation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Municipality {
    /// Name.
    pub title: String,
    /// What kind. Unsaid it is a municipality.
    pub form: MunicipalityForm,
    /// Municipality code.
    pub code: Option<String>,
    /// Inhabitants.
    pub population: Option<u32>,
    /// When they were counted.
    pub population_on: Option<String>,
    /// Its district court: not the same for all eight (domain.md section 2).
    pub court: Option<String>,
    /// How its services are organised, so that answers can be read in context (seed B27).
    pub organisation: Option<String>,
    /// What one must know of the place.
    pub local_knowledge: Option<String>,
}

impl View for Municipality {
    const SCHEMA: Schema = Schema {
        kind: Kind::Municipality,
        fields: &[
            required("title", Type::Line),
            // A new computer knows the name of its organisation alone: it leaves this unsaid, so
            // that it does not contradict whoever knows that it is FoU.
            optional("form", Type::Choice(MunicipalityForm::WORDS)),
            optional("code", Type::Line),
            optional("population", Type::Number),
            optional("population_on", Type::Date),
            optional("court", Type::Line),
            optional("organisation", Type::Line),
            optional("local_knowledge", Type::Prose),
        ],
        lists: &[],
        sets: &[],
    };

    fn project(&self, out: &mut Projection) {
        out.title.clone_from(&self.title);
        out.index = Index::Core;
        out.line("", None, Weight::Title, &self.title);
        out.optional_line(
            "local_knowledge",
            Weight::Minor,
            self.local_knowledge.as_deref(),
        );
    }
}

/// An office.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Office {
    /// Name.
    pub title: String,
    /// Municipalities that it serves.
    pub municipalities: Vec<ItemKey>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// When it answers.
    pub hours: Option<String>,
    /// "Kan inte hjälpa just nu", without stigma (need N40).
    pub paused: bool,
    /// Until when or why, if they want to say.
    pub paused_note: Option<String>,
    /// Who steps in for an area.
    pub reserves: Vec<Reserve>,
}

/// The office that steps in when this one cannot.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Reserve {
    /// Entry.
    pub id: String,
    /// Out of sight.
    pub removed: bool,
    /// For which area.
    pub area: Option<ItemKey>,
    /// Which office.
    pub office: Option<ItemKey>,
}

impl View for Office {
    const SCHEMA: Schema = Schema {
        kind: Kind::Office,
        fields: &[
            required("title", Type::Line),
            optional("phone", Type::Line),
            optional("email", Type::Email),
            optional("hours", Type::Line),
            optional("paused", Type::Flag),
            optional("paused_note", Type::Line),
        ],
        lists: &[List {
            name: "reserves",
            fields: &[
                required("area", Type::Ref(&[Kind::Area])),
                required("office", Type::Ref(&[Kind::Office])),
            ],
            max: 60,
        }],
        sets: &[Set {
            name: "municipalities",
            of: Kind::Municipality,
            max: 12,
        }],
    };

    fn project(&self, out: &mut Projection) {
        out.title.clone_from(&self.title);
        out.index = Index::Core;
        out.line("", None, Weight::Title, &self.title);
        out.link_all("municipality", &self.municipalities);
    }
}
