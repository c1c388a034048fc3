use super::{Head, Named};
use radrum_domain::{Bulletin, markdown::Block};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A piece of news in a list, or at the head of a card that it touches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BulletinRow {
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// The day from which it applies.
    pub from: Option<String>,
    /// The rule, as written.
    pub statute: Option<String>,
}

/// A piece of news.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct BulletinPage {
    /// Head.
    pub head: Head,
    /// As written.
    pub bulletin: Bulletin,
    /// What changed, as a tree to show.
    pub body: Vec<Block>,
    /// The cards that it touches and that are here, by name.
    pub cards: Vec<Named>,
}

/// A rule, as somebody writes it.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// "SoL 11:1", "11 kap. 1 § socialtjänstlagen", "SFS 2025:400".
    pub statute: String,
}

/// The cards that cite a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CitingCards {
    /// The rule could be read: which law, and where in it. Nothing is looked for otherwise.
    pub read: bool,
    /// By name.
    pub cards: Vec<CitingCard>,
}

/// A card that cites a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CitingCard {
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// Where, in the order of the card.
    pub places: Vec<CitingPlace>,
}

/// Where in a card a rule is cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CitingPlace {
    /// The line in words: "Steg 3: …".
    pub line: String,
    /// Entry to scroll to.
    pub anchor: String,
    /// The references of the line, as written.
    pub statute: String,
    /// The day on which they were checked.
    pub checked: Option<String>,
}
