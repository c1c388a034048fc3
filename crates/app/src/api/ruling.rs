//! "Fastställd": the versions of cards that municipalities have laid down.

use super::{Head, Named, PlaybookPage};
use radrum_domain::Ruling;
use serde::Serialize;
use ts_rs::TS;

/// Whether a decision applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RulingStanding {
    /// The newest of its municipality, and not ended. Two of one day stand side by side.
    InForce,
    /// The newest of its municipality, which has ended it.
    Ended,
    /// The municipality has decided again.
    Replaced,
    /// Begun at a computer of another municipality: it does not count.
    Outside,
}

/// What became of the version that was laid down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RulingVersion {
    /// The card stands so today.
    Same,
    /// The card has changed since.
    Changed,
    /// The card, or what it said then, has not come here yet.
    NotHere,
    /// It was erased.
    Gone,
}

/// One decision about one version of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RulingRow {
    /// Key.
    pub key: String,
    /// The card; without a title when it has not come or was erased.
    pub card: Named,
    /// Whose decision.
    pub municipality: Named,
    /// Is the reader's own.
    pub own: bool,
    /// Who decided, as a role.
    pub role: String,
    /// Day of the decision.
    pub on: String,
    /// Number of the decision.
    pub number: Option<String>,
    /// The first day on which it does not apply any more.
    pub until: Option<String>,
    /// Whether it applies.
    pub standing: RulingStanding,
    /// What became of the version.
    pub version: RulingVersion,
    /// Something in it was changed at a computer of another municipality.
    pub changed_outside: bool,
    /// Several texts stand side by side.
    pub voices: bool,
    /// Who wrote it down here.
    pub by: Option<Named>,
}

/// What municipalities have laid down of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RulingsPage {
    /// The own municipality's first, then in alphabetical order; of each the newest first.
    pub rows: Vec<RulingRow>,
    /// What the own municipality would lay down now; none without one, and for FoU.
    pub now: Option<RulingNow>,
}

/// A card as it could be laid down now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RulingNow {
    /// The version that stands.
    pub version: String,
    /// It stands in several texts: one is to be chosen first.
    pub voices: bool,
    /// The reader represents the municipality, or nobody does yet.
    pub may: bool,
    /// Colleagues who may, by name.
    pub ask: Vec<Named>,
}

/// One decision, with the card as it stood.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RulingPage {
    /// Head.
    pub head: Head,
    /// As written.
    pub ruling: Ruling,
    /// As it is listed.
    pub row: RulingRow,
    /// The card as it stood; none when it is not here or was erased. Nothing stands beside it.
    pub then: Option<PlaybookPage>,
    /// The card stood in several texts then, of which one is shown.
    pub several: bool,
}
