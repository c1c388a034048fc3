//! Notes: what was learnt on the road, for everyone in the krets.

use super::View;
use crate::key::{ItemKey, KINDS, Kind};
use crate::project::{Index, Projection, Weight};
use crate::schema::{Schema, Set, Type, optional, required};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A note.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Note {
    /// One line.
    pub title: String,
    /// Running text in Markdown; two writers are merged by character.
    pub body: String,
    /// The area it belongs to.
    pub area: Option<ItemKey>,
    /// The item that it is about.
    pub about: Option<ItemKey>,
    /// Labels.
    pub labels: Vec<ItemKey>,
}

impl View for Note {
    const SCHEMA: Schema = Schema {
        kind: Kind::Note,
        fields: &[
            required("title", Type::Line),
            optional("body", Type::Text),
            optional("area", Type::Ref(&[Kind::Area])),
            optional("about", Type::Ref(&KINDS)),
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
        out.area.clone_from(&self.area);
        out.index = Index::Posts;
        out.line("", None, Weight::Title, &self.title);
        for paragraph in self.body.split('\n').filter(|p| !p.trim().is_empty()) {
            out.line("body", None, Weight::Body, paragraph);
        }
        out.link_optional("about", self.about.as_ref());
    }
}
