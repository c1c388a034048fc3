//! Edits as the interface sends them.

use serde_json::{Value, json};

/// Writes a field at the root; null empties it.
#[must_use]
pub fn set(field: &str, value: impl Into<Value>) -> Value {
    json!({ "edit": "set", "field": field, "value": value.into() })
}

/// Writes a field of an entry.
#[must_use]
pub fn set_in(list: &str, id: &str, field: &str, value: impl Into<Value>) -> Value {
    json!({ "edit": "set_in", "list": list, "id": id, "field": field, "value": value.into() })
}

/// Adds an entry at the end of a list. The id is made from a number, so that a test can name it.
#[must_use]
pub fn add(list: &str, number: u64, fields: Value) -> Value {
    json!({ "edit": "add", "list": list, "id": entry_id(number), "fields": fields, "after": null })
}

/// Id of the entry that [`add`] made with this number.
#[must_use]
pub fn entry_id(number: u64) -> String {
    format!("{number:022x}")
}

/// Takes an entry out of sight.
#[must_use]
pub fn remove(list: &str, id: &str) -> Value {
    json!({ "edit": "remove", "list": list, "id": id, "removed": true })
}

/// Puts an item into a set.
#[must_use]
pub fn put(set: &str, key: &str) -> Value {
    json!({ "edit": "put", "set": set, "key": key, "present": true })
}

/// Rewrites a running text.
#[must_use]
pub fn write(field: &str, text: &str) -> Value {
    json!({ "edit": "write", "field": field, "text": text })
}

/// Settles the voices of a field at the root.
#[must_use]
pub fn choose(field: &str, value: impl Into<Value>) -> Value {
    json!({ "edit": "choose", "list": null, "id": null, "field": field, "value": value.into() })
}
