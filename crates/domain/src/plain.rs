//! The plain value of a document: what is kept beside its bytes, and what everything that is
//! shown, listed or searched is derived from.

use crate::key::ItemKey;
use radrum_wire::ChangeHash;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Fields by name, lists as ordered entries with `id`, sets as ordered keys, and the places
/// where several people wrote at once.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Plain {
    /// The values that win; a list entry that is out of sight carries `removed`.
    #[serde(flatten)]
    pub fields: Map<String, Value>,
    /// Where there are several values. Empty for nearly every item.
    #[serde(rename = "_voices", default, skip_serializing_if = "Vec::is_empty")]
    pub voices: Vec<Voices>,
}

/// One field that several people wrote without having seen each other's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Voices {
    /// The list, if the field is in an entry.
    pub list: Option<String>,
    /// The entry, if the field is in one.
    pub id: Option<String>,
    /// The field.
    pub field: String,
    /// The different values; equal ones count once.
    pub voices: Vec<Voice>,
}

/// One of several values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Voice {
    /// What was written; null is "emptied".
    pub value: Value,
    /// The change that wrote it, by which its author is found.
    pub change: ChangeHash,
}

/// Fields of every kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Common {
    /// Name for ever, for items from starter content.
    pub slug: Option<String>,
    /// The municipality that answers for the item.
    pub owner: Option<ItemKey>,
    /// Out of sight.
    pub archived: bool,
    /// Someone edited while someone else archived.
    pub edited_while_archived: bool,
    /// The item that this one turned out to be.
    pub merged_into: Option<ItemKey>,
}

impl Plain {
    /// The fields of every kind. What cannot be read counts as absent.
    #[must_use]
    pub fn common(&self) -> Common {
        self.view().unwrap_or_default()
    }

    /// The typed view of a kind.
    ///
    /// # Errors
    /// When a value has another type than the view; a document that went through
    /// [`crate::Document`] never does.
    pub fn view<T: serde::de::DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_value(Value::Object(self.fields.clone()))
    }
}
