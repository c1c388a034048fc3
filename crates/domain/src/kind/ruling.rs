//! Fastställd: which version of a card a municipality has laid down, by which role, when and under
//! which number (product.md section 4, seed A15). The item's owner is the municipality.

use super::View;
use crate::key::{ItemKey, Kind};
use crate::project::{Index, Projection, SearchLine, Weight};
use crate::schema::{Schema, Type, optional, required};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One decision about one version of one card. A later one of the same municipality stands in its
/// place; nothing of the card is copied, so that what is erased of it is gone here too.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Ruling {
    /// The card.
    pub playbook: Option<ItemKey>,
    /// Which version of it, as [`crate::Version`] reads it. Written once.
    pub version: String,
    /// Who decided, as a role: "IFO-chef".
    pub role: String,
    /// Day of the decision, `YYYY-MM-DD`.
    pub on: String,
    /// Number of the decision. A case number may stand here.
    pub number: Option<String>,
    /// The first day on which it does not apply any more; none is until further notice.
    pub until: Option<String>,
}

/// What is searched for besides what was written.
const WORDS: &str = "fastställd fastställt beslut";

impl View for Ruling {
    const SCHEMA: Schema = Schema {
        kind: Kind::Ruling,
        fields: &[
            required("playbook", Type::Ref(&[Kind::Playbook])),
            required("version", Type::Version),
            required("role", Type::Line),
            required("on", Type::Date),
            optional("number", Type::Line),
            optional("until", Type::Date),
        ],
        lists: &[],
        sets: &[],
    };

    fn project(&self, out: &mut Projection) {
        out.title = format!("{} {}", self.on, self.role).trim().to_string();
        out.parent.clone_from(&self.playbook);
        out.index = Index::Core;
        let parts = [Some(&self.on), Some(&self.role), self.number.as_ref()];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        // The first line of an item is its name in search, and is no place to go to.
        out.search.push(SearchLine {
            weight: Weight::Minor,
            more: WORDS.into(),
            ..SearchLine::default()
        });
        out.line("ruling", None, Weight::Minor, &parts.join(", "));
    }
}
