//! What the krets says to whoever opens the program (seed A16).

use super::View;
use crate::key::Kind;
use crate::project::{Index, Projection, Weight};
use crate::schema::{Schema, Type, optional};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The text. A krets has one, under the key that [`super::singleton`] gives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Welcome {
    /// A few sentences; empty shows none.
    pub text: Option<String>,
}

impl View for Welcome {
    const SCHEMA: Schema = Schema {
        kind: Kind::Welcome,
        fields: &[optional("text", Type::Prose)],
        lists: &[],
        sets: &[],
    };

    fn project(&self, out: &mut Projection) {
        out.title = TITLE.to_string();
        out.index = Index::Core;
        out.line("", None, Weight::Title, TITLE);
        out.optional_line("", Weight::Body, self.text.as_deref());
    }
}

/// What it is called in lists.
const TITLE: &str = "Välkomsttext";
