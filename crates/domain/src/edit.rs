//! What someone may do to an item, checked against its schema before anything is written.

use crate::deadline::Length;
use crate::key::{ItemKey, Kind};
use crate::kind::schema;
use crate::photo::is_photo;
use crate::schema::{Field, List, PACK, Schema, Type};
use crate::version::{LOST, Version};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// A value of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Scalar {
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(u32),
    /// Anything written.
    Text(String),
}

/// One step of an edit. All steps of one *Spara* become one change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "edit", rename_all = "snake_case")]
pub enum Edit {
    /// Writes a field; nothing empties it.
    Set {
        /// Field at the root.
        field: String,
        /// New value.
        value: Option<Scalar>,
    },
    /// Adds an entry to a list.
    Add {
        /// The list.
        list: String,
        /// A fresh random id, 22 hexadecimal digits.
        id: String,
        /// Its fields.
        fields: BTreeMap<String, Scalar>,
        /// Behind which entry; none is last, an empty text first.
        after: Option<String>,
    },
    /// Writes a field of an entry; nothing empties it.
    SetIn {
        /// The list.
        list: String,
        /// The entry.
        id: String,
        /// Field of the entry.
        field: String,
        /// New value.
        value: Option<Scalar>,
    },
    /// Puts an entry elsewhere in its list.
    Move {
        /// The list.
        list: String,
        /// The entry.
        id: String,
        /// Behind which entry; none is last, an empty text first.
        after: Option<String>,
    },
    /// Takes an entry out of sight, or back. It is never deleted.
    Remove {
        /// The list.
        list: String,
        /// The entry.
        id: String,
        /// True out of sight, false back.
        removed: bool,
    },
    /// Puts an item into a set, or takes it out.
    Put {
        /// The set.
        set: String,
        /// The item.
        key: ItemKey,
        /// In or out.
        present: bool,
    },
    /// Rewrites a running text; what others wrote meanwhile is merged.
    Write {
        /// A text field at the root.
        field: String,
        /// The whole new text.
        text: String,
    },
    /// Settles voices: this value stands, the others go into history.
    Choose {
        /// The list, if the field is in an entry.
        list: Option<String>,
        /// The entry, if the field is in one.
        id: Option<String>,
        /// The field.
        field: String,
        /// The value that stands.
        value: Option<Scalar>,
    },
}

/// Why an edit was not made. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[error("edit of {path} rejected: {reason:?}")]
pub struct Rejected {
    /// `title`, `steps/text`.
    pub path: String,
    /// What is wrong with it.
    #[serde(flatten)]
    pub reason: Reason,
}

/// What is wrong with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// The kind has no such field, list or set.
    Unknown,
    /// May not be empty.
    Required,
    /// Longer than `max` characters.
    TooLong {
        /// Characters.
        max: u32,
    },
    /// More than `max` entries.
    TooMany {
        /// Entries.
        max: u32,
    },
    /// The entry is not there.
    NoSuchEntry,
    /// A text where a number is wanted, or the like.
    WrongType,
    /// Not `YYYY-MM-DD`, or no such day.
    NotADate,
    /// Not four digits between 1900 and 2200.
    NotAYear,
    /// Not one of the words.
    NotAChoice,
    /// Not the key of an item of the right kind.
    NotAKey,
    /// Not `https://…`.
    NotAWebAddress,
    /// Not an e-mail address.
    NotAnEmail,
    /// Not a small square JPEG without anything beside its dots.
    NotAPhoto,
    /// Not a length of time.
    NotALength,
}

const LINE_MAX: usize = 200;
const PROSE_MAX: usize = 4_000;
pub(crate) const TEXT_MAX: usize = 100_000;

/// Checks and cleans one edit: line ends, invisible characters, space at the ends.
pub(crate) fn checked(schema: &Schema, edit: &Edit) -> Result<Edit, Rejected> {
    Ok(match edit.clone() {
        Edit::Set { field, value } => {
            let value = root_value(schema, &field, value)?;
            Edit::Set { field, value }
        }
        Edit::Add {
            list,
            id,
            fields,
            after,
        } => {
            let of = list_of(schema, &list)?;
            let fields = entry_fields(of, fields)?;
            Edit::Add {
                list,
                id: entry_id(of, id)?,
                fields,
                after,
            }
        }
        Edit::SetIn {
            list,
            id,
            field,
            value,
        } => {
            let value = entry_value(list_of(schema, &list)?, &field, value)?;
            Edit::SetIn {
                list,
                id,
                field,
                value,
            }
        }
        Edit::Move { list, id, after } => {
            list_of(schema, &list)?;
            Edit::Move { list, id, after }
        }
        Edit::Remove { list, id, removed } => {
            list_of(schema, &list)?;
            Edit::Remove { list, id, removed }
        }
        Edit::Put { set, key, present } => {
            let of = schema
                .set(&set)
                .ok_or_else(|| rejected(&set, Reason::Unknown))?;
            if key.kind() != of.of {
                return Err(rejected(&set, Reason::NotAKey));
            }
            Edit::Put { set, key, present }
        }
        Edit::Write { field, text } => {
            let known = schema.texts().any(|of| of.name == field);
            if !known {
                return Err(rejected(&field, Reason::Unknown));
            }
            let text = cleaned(&text);
            limited(&field, &text, TEXT_MAX)?;
            Edit::Write { field, text }
        }
        Edit::Choose {
            list,
            id,
            field,
            value,
        } => {
            let value = match &list {
                Some(list) => entry_value(list_of(schema, list)?, &field, value)?,
                None => root_value(schema, &field, value)?,
            };
            Edit::Choose {
                list,
                id,
                field,
                value,
            }
        }
    })
}

/// Checks the edits of a new item: each follows the schema, and what must be there is there.
///
/// # Errors
/// [`Rejected`] with the first field that breaks its rule.
pub fn check_new(kind: Kind, edits: &[Edit]) -> Result<(), Rejected> {
    let schema = schema(kind);
    for edit in edits {
        checked(schema, edit)?;
    }
    for field in schema.fields.iter().filter(|field| field.required) {
        let given = edits.iter().any(|edit| match edit {
            Edit::Set { field: name, value } => name == field.name && value.is_some(),
            Edit::Write { field: name, text } => name == field.name && !text.is_empty(),
            _ => false,
        });
        if !given {
            return Err(rejected(field.name, Reason::Required));
        }
    }
    Ok(())
}

fn list_of(schema: &Schema, name: &str) -> Result<&'static List, Rejected> {
    schema
        .list(name)
        .ok_or_else(|| rejected(name, Reason::Unknown))
}

fn root_value(
    schema: &Schema,
    name: &str,
    value: Option<Scalar>,
) -> Result<Option<Scalar>, Rejected> {
    let field = schema
        .field(name)
        .filter(|field| field.ty != Type::Text)
        .ok_or_else(|| rejected(name, Reason::Unknown))?;
    field_value(field, name, value)
}

fn entry_value(list: &List, name: &str, value: Option<Scalar>) -> Result<Option<Scalar>, Rejected> {
    let path = format!("{}/{name}", list.name);
    let field = list.fields.iter().find(|field| field.name == name);
    field_value(
        field.ok_or_else(|| rejected(&path, Reason::Unknown))?,
        &path,
        value,
    )
}

fn entry_fields(
    list: &List,
    fields: BTreeMap<String, Scalar>,
) -> Result<BTreeMap<String, Scalar>, Rejected> {
    let mut out = BTreeMap::new();
    for (name, value) in fields {
        let path = format!("{}/{name}", list.name);
        let known = list
            .fields
            .iter()
            .chain(&[PACK])
            .find(|field| field.name == name);
        let field = known.ok_or_else(|| rejected(&path, Reason::Unknown))?;
        if let Some(value) = field_value(field, &path, Some(value))? {
            out.insert(name, value);
        }
    }
    let missing = list
        .fields
        .iter()
        .find(|f| f.required && !out.contains_key(f.name));
    match missing {
        Some(field) => Err(rejected(
            &format!("{}/{}", list.name, field.name),
            Reason::Required,
        )),
        None => Ok(out),
    }
}

/// An entry id is drawn by the caller; only its shape is checked.
fn entry_id(list: &List, id: String) -> Result<String, Rejected> {
    let well_formed = id.len() == 22 && id.chars().all(|c| c.is_ascii_hexdigit());
    if well_formed {
        Ok(id)
    } else {
        Err(rejected(list.name, Reason::NoSuchEntry))
    }
}

fn field_value(
    field: &Field,
    path: &str,
    value: Option<Scalar>,
) -> Result<Option<Scalar>, Rejected> {
    let value = value.and_then(|value| match value {
        Scalar::Text(text) => Some(cleaned(&text))
            .filter(|t| !t.is_empty())
            .map(Scalar::Text),
        other => Some(other),
    });
    match value {
        None if field.required => Err(rejected(path, Reason::Required)),
        None => Ok(None),
        Some(value) => typed(field.ty, path, value).map(Some),
    }
}

fn typed(ty: Type, path: &str, value: Scalar) -> Result<Scalar, Rejected> {
    let fail = |reason| Err(rejected(path, reason));
    match (ty, value) {
        (Type::Flag, Scalar::Flag(flag)) => Ok(Scalar::Flag(flag)),
        (Type::Number, Scalar::Number(number)) => Ok(Scalar::Number(number)),
        (Type::Year, Scalar::Number(year)) => {
            if (1900..=2200).contains(&year) {
                Ok(Scalar::Number(year))
            } else {
                fail(Reason::NotAYear)
            }
        }
        (Type::Flag | Type::Number | Type::Year, _) | (_, Scalar::Flag(_) | Scalar::Number(_)) => {
            fail(Reason::WrongType)
        }
        (ty, Scalar::Text(text)) => written(ty, path, text).map(Scalar::Text),
    }
}

fn written(ty: Type, path: &str, text: String) -> Result<String, Rejected> {
    let fail = |reason| Err(rejected(path, reason));
    let is_key = |kinds: &[crate::Kind]| {
        text.parse::<ItemKey>()
            .is_ok_and(|key| kinds.contains(&key.kind()))
    };
    match ty {
        Type::Prose | Type::Version => limited(path, &text, PROSE_MAX)?,
        Type::Text => limited(path, &text, TEXT_MAX)?,
        Type::Photo => {}
        _ => limited(path, &text, LINE_MAX)?,
    }
    match ty {
        Type::Line if text.contains('\n') => Ok(text.replace('\n', " ")),
        Type::Date if NaiveDate::parse_from_str(&text, "%Y-%m-%d").is_err() => {
            fail(Reason::NotADate)
        }
        Type::Choice(words) if !words.contains(&text.as_str()) => fail(Reason::NotAChoice),
        Type::Ref(kinds) if !is_key(kinds) => fail(Reason::NotAKey),
        Type::Web if !is_web_address(&text) => fail(Reason::NotAWebAddress),
        Type::Email if !is_email(&text) => fail(Reason::NotAnEmail),
        Type::Photo if !is_photo(&text) => fail(Reason::NotAPhoto),
        Type::Length if text.parse::<Length>().is_err() => fail(Reason::NotALength),
        Type::Version if text != LOST && text.parse::<Version>().is_err() => {
            fail(Reason::WrongType)
        }
        _ => Ok(text),
    }
}

/// Only `https`: a link is shown to people who are in a hurry.
fn is_web_address(text: &str) -> bool {
    text.strip_prefix("https://").is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.') && !host.contains('@') && !text.contains(char::is_whitespace)
    })
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !host.contains('@')
            && !text.contains(|c: char| c.is_whitespace() || c == '<' || c == '>')
    })
}

/// One kind of line end, no control or direction characters, no space at the ends.
fn cleaned(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text
        .chars()
        .filter(|&c| c == '\n' || c == '\t' || !(c.is_control() || is_invisible(c)))
        .collect();
    kept.trim().to_string()
}

/// Direction overrides and zero-width characters can make a text read other than it is.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn limited(path: &str, text: &str, max: usize) -> Result<(), Rejected> {
    if text.chars().count() > max {
        let max = u32::try_from(max).unwrap_or(u32::MAX);
        return Err(rejected(path, Reason::TooLong { max }));
    }
    Ok(())
}

pub(crate) fn rejected(path: &str, reason: Reason) -> Rejected {
    Rejected {
        path: path.to_string(),
        reason,
    }
}
