//! Areas and labels: the two lists by which everything is sorted.

use super::View;
use crate::key::{ItemKey, Kind};
use crate::project::{Index, Projection, Weight};
use crate::schema::{Schema, Set, Type, optional, required};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A rare-case area (sällan-område).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Area {
    /// Name.
    pub title: String,
    /// One line.
    pub about: Option<String>,
    /// Labels that belong to it.
    pub labels: Vec<ItemKey>,
}

impl View for Area {
    const SCHEMA: Schema = Schema {
        kind: Kind::Area,
        fields: &[
            required("title", Type::Line),
            optional("about", Type::Prose),
        ],
        lists: &[],
        sets: &[Set {
            name: "labels",
            of: Kind::Label,
            max: 20,
        }],
    };

    fn project(&self, out: &mut Projection) {
        out.title.clone_from(&self.title);
        out.labels.clone_from(&self.labels);
        out.index = Index::Core;
        out.line("", None, Weight::Title, &self.title);
        out.optional_line("about", Weight::Body, self.about.as_deref());
    }
}

/// A subject label (etikett).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Label {
    /// Name.
    pub title: String,
    /// Whom the label leads to outside the krets (Juridik leads to the lawyer; need N28).
    pub contact: Option<ItemKey>,
    /// No longer offered, still shown where it stands.
    pub retired: bool,
}

impl View for Label {
    const SCHEMA: Schema = Schema {
        kind: Kind::Label,
        fields: &[
            required("title", Type::Line),
            optional("contact", Type::Ref(&[Kind::ExternalContact])),
            optional("retired", Type::Flag),
        ],
        lists: &[],
        sets: &[],
    };

    fn project(&self, out: &mut Projection) {
        out.title.clone_from(&self.title);
        out.link_optional("contact", self.contact.as_ref());
    }
}
