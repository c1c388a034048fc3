//! What the commands about erasure take and give.

use super::Named;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why something is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EraseGround {
    /// It was about a client or the wrong person.
    Person,
    /// A decision says so.
    Decision,
    /// Something else.
    Other,
}

/// What is to be erased.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EraseItem {
    /// The item.
    pub key: String,
    /// Why.
    pub ground: EraseGround,
    /// Reference of the decision, or empty.
    pub decision: String,
    /// Keep what the item says now, without its history.
    pub keep_text: bool,
    /// The window that asks.
    pub window: String,
    /// Two root keys, when nobody else may; else empty.
    #[serde(default)]
    pub root_keys: Vec<String>,
}

/// Who erases an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EraseRights {
    /// This computer may.
    pub may: bool,
    /// It was written here without a name, and goes so: within hours, and nobody sees who asked.
    pub nameless: bool,
    /// Two root keys typed here let it, whoever wrote.
    pub by_roots: bool,
    /// Colleagues whose computers may.
    pub who: Vec<Named>,
}

/// Items of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KindCount {
    /// The kind.
    pub kind: String,
    /// How many.
    pub count: u32,
}

/// How far an erasure has come here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErasureStep {
    /// Whoever asked for it may not: nothing was erased.
    Asked,
    /// It is gone from every page, and words of it may still lie in the file.
    Standing,
    /// Nothing is left here.
    Done,
}

/// Computers of one municipality, or of those that have few.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ErasureOffice {
    /// Whose; none for several with few computers each.
    pub title: Option<String>,
    /// Computers.
    pub devices: u32,
    /// Computers that have confirmed.
    pub erased: u32,
}

/// One erasure: when, why, and how far it has come. What was erased is not said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ErasureRow {
    /// Names it in lists.
    pub id: String,
    /// When it was asked for, as claimed, UTC ms; none when it was asked for without a name.
    #[ts(type = "number | null")]
    pub at: Option<i64>,
    /// Who asked.
    pub by: Option<Named>,
    /// Why.
    pub ground: EraseGround,
    /// Reference of the decision, or empty.
    pub decision: String,
    /// What was here of it.
    pub kinds: Vec<KindCount>,
    /// How far it has come here.
    pub step: ErasureStep,
    /// When nothing was left here, UTC ms.
    #[ts(type = "number | null")]
    pub done_at: Option<i64>,
    /// Computers that are to erase.
    pub devices: u32,
    /// Computers that have confirmed.
    pub erased: u32,
    /// The same by office.
    pub offices: Vec<ErasureOffice>,
    /// What was written on this computer at the same time, and went too.
    pub unseen: u32,
}

/// Where to write the list, as evidence.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ErasureFile {
    /// A ticket for the file that the user chose.
    pub ticket: String,
}
