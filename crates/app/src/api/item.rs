use radrum_domain::{HistoryLine, Kind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// An item by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Named {
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
}

/// What every page says about its item.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Head {
    /// Key.
    pub key: String,
    /// Kind.
    pub kind: Kind,
    /// What an edit on this page stands on.
    pub heads: Vec<String>,
    /// The municipality that answers for it; none is the krets.
    pub owner: Option<Named>,
    /// Out of sight.
    pub archived: bool,
    /// Someone edited while someone else archived.
    pub edited_while_archived: bool,
    /// Who made it; none is the program.
    pub created_by: Option<Named>,
    /// UTC ms, as claimed.
    #[ts(type = "number")]
    pub created_at: i64,
    /// Who changed it last; none is the program.
    pub updated_by: Option<Named>,
    /// UTC ms, as claimed.
    #[ts(type = "number")]
    pub updated_at: i64,
    /// Where several texts stand side by side.
    pub voices: Vec<VoicesOf>,
    /// What was merged here, newest first.
    pub merges: Vec<MergeNote>,
    /// What is being typed, in this or another window.
    pub drafts: Vec<SavedDraft>,
    /// The one of its kind that it was merged into; none when it stands by itself.
    pub stands_as: Option<Named>,
    /// What was merged into it.
    pub also: Vec<Named>,
    /// Titles of the items that the view names by key.
    pub titles: BTreeMap<String, String>,
}

/// One field with several texts.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct VoicesOf {
    /// The list, if the field is in an entry.
    pub list: Option<String>,
    /// The entry.
    pub id: Option<String>,
    /// The field.
    pub field: String,
    /// By municipality in alphabetical order.
    pub voices: Vec<VoiceOf>,
}

/// One of several texts.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct VoiceOf {
    /// What was written; null is emptied.
    #[ts(type = "string | number | boolean | null")]
    pub value: serde_json::Value,
    /// Who wrote.
    pub author: Option<Named>,
    /// Her municipality.
    pub municipality: Option<String>,
    /// UTC ms, as claimed.
    #[ts(type = "number")]
    pub written_at: i64,
}

/// Two who wrote at once.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct MergeNote {
    /// Who saved on an older version.
    pub author: Option<Named>,
    /// Who had saved meanwhile.
    pub other: Option<Named>,
    /// Fields that both wrote; empty when they wrote in different places.
    pub fields: Vec<MergedField>,
    /// UTC ms.
    #[ts(type = "number")]
    pub merged_at: i64,
}

/// A field that both wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MergedField {
    /// The list.
    pub list: Option<String>,
    /// The entry.
    pub entry: Option<String>,
    /// The field.
    pub field: String,
}

/// Text that is being typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SavedDraft {
    /// The item, or the name of a form.
    pub key: String,
    /// Field.
    pub field: String,
    /// Window.
    pub window: String,
    /// What it stands on.
    pub heads: Vec<String>,
    /// Text.
    pub text: String,
    /// UTC ms.
    #[ts(type = "number")]
    pub updated_at: i64,
}

/// One change in the history of an item.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct HistoryEntry {
    /// Who; none is the program.
    pub author: Option<Named>,
    /// Her municipality.
    pub municipality: Option<String>,
    /// UTC ms, as claimed.
    #[ts(type = "number")]
    pub written_at: i64,
    /// What.
    pub lines: Vec<HistoryLine>,
    /// Texts of the entries that lines name, as they read now.
    pub entries: BTreeMap<String, String>,
}

/// What a save gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Edited {
    /// Key, which is new for a new item.
    pub key: String,
    /// What the next edit stands on.
    pub heads: Vec<String>,
    /// Whether anything changed.
    pub changed: bool,
}
