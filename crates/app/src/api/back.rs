use super::{Head, Named};
use radrum_domain::{Kind, Suggestion, Welcome};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A suggestion, in the list and on its page.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SuggestionRow {
    /// Head.
    pub head: Head,
    /// As written.
    pub suggestion: Suggestion,
}

/// What the krets says to whoever opens the program.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct WelcomePage {
    /// Head; none before somebody has written.
    pub head: Option<Head>,
    /// As written.
    pub welcome: Welcome,
    /// The reader has put this wording away on this computer.
    pub away: bool,
}

/// What may be about the same as something.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Alike {
    /// What is looked for: a question, a card, a contact or a resource.
    pub kind: Kind,
    /// What it is about.
    pub text: String,
}

/// An item that was merged into another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MergedPair {
    /// Which.
    pub of: Named,
    /// The one that stands for it.
    pub stands_as: Named,
}
