//! Nytt att veta: what changed in law, in a routine or around us, from when, and which cards it
//! touches (seed H18).

use super::View;
use crate::key::{ItemKey, Kind};
use crate::project::{Index, Projection, Weight};
use crate::schema::{Schema, Set, Type, optional, required};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a bulletin hangs together with a card that it touches.
pub const TOUCHES: &str = "touches";

/// A piece of news that the whole krets should know of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Bulletin {
    /// One line.
    pub title: String,
    /// What changed, in Markdown; two writers are merged by character.
    pub body: String,
    /// The day from which it applies, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// The rule that it is about, as written: "SoL 11 kap. 1 §".
    pub statute: Option<String>,
    /// Who says so.
    pub source: Option<String>,
    /// Where it can be read.
    pub web: Option<String>,
    /// The cards that it touches.
    pub playbooks: Vec<ItemKey>,
    /// Labels.
    pub labels: Vec<ItemKey>,
}

impl View for Bulletin {
    const SCHEMA: Schema = Schema {
        kind: Kind::Bulletin,
        fields: &[
            required("title", Type::Line),
            optional("body", Type::Text),
            required("from", Type::Date),
            optional("statute", Type::Line),
            optional("source", Type::Line),
            optional("web", Type::Web),
        ],
        lists: &[],
        sets: &[
            Set {
                name: "playbooks",
                of: Kind::Playbook,
                max: 200,
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
        out.optional_line("", Weight::Area, self.statute.as_deref());
        for paragraph in self.body.split('\n').filter(|p| !p.trim().is_empty()) {
            out.line("body", None, Weight::Body, paragraph);
        }
        out.optional_line("source", Weight::Minor, self.source.as_deref());
        out.link_all(TOUCHES, &self.playbooks);
    }
}
