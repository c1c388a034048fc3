//! What the krets has agreed on about itself (seed D24): what it is for, who may join, how
//! representatives are chosen, and who keeps its root keys.

use super::View;
use crate::key::Kind;
use crate::project::{Index, Projection, Weight};
use crate::schema::{Schema, Type, optional};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The statutes. A krets has one, under the key that [`super::singleton`] gives, so that two offices
/// that begin it at once write in the same document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Statutes {
    /// What the krets is for.
    pub purpose: Option<String>,
    /// Who may join.
    pub membership: Option<String>,
    /// How representatives are chosen, and for how long.
    pub election: Option<String>,
    /// How much time each municipality sets aside for the krets, and where that stands (need N49).
    pub time: Option<String>,
    /// The organisation that keeps root key 1, as its paper is numbered. The signed facts know
    /// the keys, and never who keeps them.
    pub root_1: Option<String>,
    /// The organisation that keeps root key 2.
    pub root_2: Option<String>,
    /// The organisation that keeps root key 3.
    pub root_3: Option<String>,
    /// Since when they hold.
    pub adopted_on: Option<String>,
    /// Day to look them through.
    pub review_on: Option<String>,
}

impl View for Statutes {
    const SCHEMA: Schema = Schema {
        kind: Kind::Statutes,
        fields: &[
            optional("purpose", Type::Prose),
            optional("membership", Type::Prose),
            optional("election", Type::Prose),
            optional("time", Type::Prose),
            optional("root_1", Type::Line),
            optional("root_2", Type::Line),
            optional("root_3", Type::Line),
            optional("adopted_on", Type::Date),
            optional("review_on", Type::Date),
        ],
        lists: &[],
        sets: &[],
    };

    fn project(&self, out: &mut Projection) {
        out.title = TITLE.to_string();
        out.review_on.clone_from(&self.review_on);
        out.index = Index::Core;
        out.line("", None, Weight::Title, TITLE);
        out.optional_line("purpose", Weight::Body, self.purpose.as_deref());
        out.optional_line("membership", Weight::Body, self.membership.as_deref());
        out.optional_line("election", Weight::Body, self.election.as_deref());
        out.optional_line("time", Weight::Body, self.time.as_deref());
        for keeper in [&self.root_1, &self.root_2, &self.root_3] {
            out.optional_line("root_key", Weight::Minor, keeper.as_deref());
        }
    }
}

/// What they are called in lists.
const TITLE: &str = "Kretsens stadgar";
