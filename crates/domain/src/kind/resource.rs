//! Services, how far away they are, and what to do without them (need N06).

use super::View;
use crate::key::{ItemKey, Kind};
use crate::project::{Index, Projection, Weight};
use crate::schema::{List, Schema, Set, Type, optional, required};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A resource.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Resource {
    /// Name.
    pub title: String,
    /// What it offers.
    pub about: Option<String>,
    /// Where it is. Never the address of a sheltered home.
    pub place: Option<String>,
    /// How a case gets there.
    pub referral: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// When someone last checked that this is right.
    pub verified_on: Option<String>,
    /// What to do when it is full or too far.
    pub alternative: Option<String>,
    /// What it costs; shown folded, never a sort key (need N65).
    pub cost: Option<String>,
    /// From each office.
    pub travel: Vec<Travel>,
    /// Areas it serves.
    pub areas: Vec<ItemKey>,
    /// Labels.
    pub labels: Vec<ItemKey>,
}

/// The way from one office.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Travel {
    /// Entry.
    pub id: String,
    /// Out of sight.
    pub removed: bool,
    /// From which office.
    pub office: Option<ItemKey>,
    /// Distance by road.
    pub km: Option<u32>,
    /// Time by car in winter.
    pub minutes: Option<u32>,
}

impl View for Resource {
    const SCHEMA: Schema = Schema {
        kind: Kind::Resource,
        fields: &[
            required("title", Type::Line),
            optional("about", Type::Prose),
            optional("place", Type::Line),
            optional("referral", Type::Prose),
            optional("phone", Type::Line),
            optional("verified_on", Type::Date),
            optional("alternative", Type::Prose),
            optional("cost", Type::Line),
        ],
        lists: &[List {
            name: "travel",
            fields: &[
                required("office", Type::Ref(&[Kind::Office])),
                optional("km", Type::Number),
                optional("minutes", Type::Number),
            ],
            max: 60,
        }],
        sets: &[
            Set {
                name: "areas",
                of: Kind::Area,
                max: 20,
            },
            Set {
                name: "labels",
                of: Kind::Label,
                max: 20,
            },
        ],
    };

    fn project(&self, out: &mut Projection) {
        out.title.clone_from(&self.title);
        out.labels.clone_from(&self.labels);
        out.index = Index::Core;
        out.line("", None, Weight::Title, &self.title);
        out.optional_line("about", Weight::Lead, self.about.as_deref());
        out.optional_line("place", Weight::Body, self.place.as_deref());
        out.optional_line("referral", Weight::Body, self.referral.as_deref());
        out.optional_line("alternative", Weight::Minor, self.alternative.as_deref());
        out.link_all("area", &self.areas);
    }
}
