//! What a colleague holds, and hands over when she leaves.

use super::{Named, WaitingRow};
use radrum_domain::{Duty, Kind, ResponsibilityKind};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Everything that a colleague answers for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HandOverPage {
    /// Who.
    pub member: Named,
    /// Is the one who uses this computer.
    pub is_me: bool,
    /// Who answers when she is away: the first thought for a successor.
    pub deputy: Option<Named>,
    /// What she holds, kind by kind.
    pub held: Vec<HeldThing>,
    /// What lies unfinished on this computer, if it is hers. Nobody else can finish it.
    pub drafts: Vec<WaitingRow>,
}

/// One thing that a colleague holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HeldThing {
    /// Key of the item.
    pub key: String,
    /// What it is.
    pub kind: Kind,
    /// The field that names her; `duty` on her own page.
    pub field: String,
    /// What it is called.
    pub title: String,
    /// The municipality that answers for it.
    pub municipality: Option<Named>,
    /// Of an area: lead or support.
    pub responsibility: Option<ResponsibilityKind>,
    /// Task in the krets.
    pub duty: Option<Duty>,
    /// Day to look it through.
    pub review_on: Option<String>,
    /// What an edit stands on.
    pub heads: Vec<String>,
}

/// Things that others take over, all saved at once.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// Who holds them today.
    pub member: String,
    /// Each thing with who takes it.
    pub things: Vec<HandedThing>,
    /// The window that saves.
    pub window: String,
}

/// One thing that somebody takes over.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HandedThing {
    /// From [`HeldThing`].
    pub key: String,
    /// From [`HeldThing`].
    pub field: String,
    /// From [`HeldThing`].
    pub heads: Vec<String>,
    /// Key of the colleague who takes it.
    pub to: String,
}
