//! What came after the end of whoever wrote it: for the admins, who take it up or leave it.

use radrum_domain::{HistoryLine, Kind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// All that came after somebody's end, as an admin sees it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LatePage {
    /// This computer is an admin's. To others nothing of it is shown.
    pub admin: bool,
    /// What is kept aside before what counts, each the newest first.
    pub items: Vec<LateItem>,
}

/// What one computer wrote about one item after its end.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LateItem {
    /// The item.
    pub key: String,
    /// What the item is.
    pub kind: Kind,
    /// What it is called when all of this is in it; may be empty.
    pub title: String,
    /// Names the computer for `take_up`.
    pub computer: String,
    /// Municipality of the computer; empty before its name has come.
    pub municipality: String,
    /// It counts: a colleague has built on it. Otherwise it is kept aside.
    pub counts: bool,
    /// What it stands on is here, so that it can be taken up.
    pub fits: bool,
    /// This computer decides about it.
    pub may: bool,
    /// One for each save, oldest first.
    pub saves: Vec<LateSave>,
    /// Texts of the entries that lines name.
    pub entries: BTreeMap<String, String>,
    /// Titles of items that it names, by key.
    pub titles: BTreeMap<String, String>,
}

/// What one save said.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LateSave {
    /// Who wrote; empty before the name has come.
    pub name: String,
    /// UTC ms, as claimed.
    #[ts(type = "number")]
    pub written_at: i64,
    /// What. Empty when what it stands on has not come.
    pub lines: Vec<HistoryLine>,
}

/// Takes up what a computer wrote about an item after its end.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TakeUp {
    /// The item.
    pub key: String,
    /// From [`LateItem`].
    pub computer: String,
    /// The window that asks.
    pub window: String,
}
