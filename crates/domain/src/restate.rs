//! What an item says now, said anew: the edits that make a new document of a plain value. What
//! it said before, and who wrote what, is not in them.

use crate::edit::{Edit, Scalar};
use crate::key::Kind;
use crate::kind::schema;
use crate::plain::Plain;
use crate::schema::{COMMON, Field, List, PACK, Type};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The edits of a document that reads as this one does. Entries out of sight are left out, and
/// of several voices the one that is shown first is kept. The slug is the caller's to give.
#[must_use]
pub fn restate(kind: Kind, plain: &Plain) -> Vec<Edit> {
    let schema = schema(kind);
    let mut edits = Vec::new();
    let root = schema.fields.iter().chain(COMMON);
    for field in root.filter(|field| field.name != "slug") {
        edits.extend(root_edit(field, &plain.fields));
    }
    for list in schema.lists {
        let entries = plain.fields.get(list.name).and_then(Value::as_array);
        let entries = entries.into_iter().flatten().filter_map(Value::as_object);
        edits.extend(entries.filter_map(|entry| added(list, entry)));
    }
    for set in schema.sets {
        let members = plain.fields.get(set.name).and_then(Value::as_array);
        let members = members.into_iter().flatten().filter_map(Value::as_str);
        edits.extend(members.filter_map(|key| {
            Some(Edit::Put {
                set: set.name.into(),
                key: key.parse().ok()?,
                present: true,
            })
        }));
    }
    edits
}

fn root_edit(field: &Field, fields: &Map<String, Value>) -> Option<Edit> {
    let value = fields.get(field.name)?;
    if field.ty == Type::Text {
        return Some(Edit::Write {
            field: field.name.into(),
            text: value.as_str()?.into(),
        });
    }
    Some(Edit::Set {
        field: field.name.into(),
        value: Some(scalar(value)?),
    })
}

fn added(list: &List, entry: &Map<String, Value>) -> Option<Edit> {
    if entry.get("removed").and_then(Value::as_bool) == Some(true) {
        return None;
    }
    let known = list.fields.iter().chain(&[PACK]);
    let fields: BTreeMap<String, Scalar> = known
        .filter_map(|field| Some((field.name.to_string(), scalar(entry.get(field.name)?)?)))
        .collect();
    Some(Edit::Add {
        list: list.name.into(),
        id: entry.get("id")?.as_str()?.into(),
        fields,
        after: None,
    })
}

fn scalar(value: &Value) -> Option<Scalar> {
    match value {
        Value::Bool(flag) => Some(Scalar::Flag(*flag)),
        Value::Number(number) => Some(Scalar::Number(u32::try_from(number.as_u64()?).ok()?)),
        Value::String(text) => Some(Scalar::Text(text.clone())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::restate;
    use crate::{Actor, Actors, Document, Edit, Kind, Scalar};
    use radrum_wire::LogId;
    use std::collections::BTreeMap;

    fn actors() -> Actors {
        let log = LogId::from_bytes([1; 16]);
        Actors {
            running: Actor::new(log, [2; 8]),
            fresh: Actor::new(log, [3; 8]),
        }
    }

    fn set(field: &str, value: &str) -> Edit {
        Edit::Set {
            field: field.into(),
            value: Some(Scalar::Text(value.into())),
        }
    }

    #[test]
    fn a_card_said_anew_reads_the_same_and_remembers_nothing() {
        let mut old = Document::begin(Kind::Playbook).expect("begun");
        let step = |id: &str, text: &str| Edit::Add {
            list: "steps".into(),
            id: id.into(),
            fields: BTreeMap::from([
                ("text".into(), Scalar::Text(text.into())),
                ("force".into(), Scalar::Text("usual".into())),
            ]),
            after: None,
        };
        let (first, second) = ("0".repeat(22), "1".repeat(22));
        for edits in [
            vec![set("title", "Fel ord"), step(&first, "Ring Kalle Kula")],
            vec![set("title", "LVM"), step(&second, "Ring jouren")],
            vec![Edit::Remove {
                list: "steps".into(),
                id: first.clone(),
                removed: true,
            }],
        ] {
            let heads = old.heads();
            old.edit(&heads, actors(), &edits).expect("edited");
        }
        let mut new = Document::begin(Kind::Playbook).expect("begun");
        let heads = new.heads();
        let edits = restate(Kind::Playbook, &old.plain());
        new.edit(&heads, actors(), &edits).expect("said anew");
        let (old, said) = (old.plain(), new.plain());
        assert_eq!(said.fields["title"], old.fields["title"]);
        let steps = said.fields["steps"].as_array().expect("steps");
        assert_eq!(steps.len(), 1);
        assert_eq!(steps[0]["text"], "Ring jouren");
        let bytes = new.save();
        let plain = format!("{said:?}");
        for word in ["Kalle", "Fel ord"] {
            assert!(!plain.contains(word));
            assert!(!bytes.windows(word.len()).any(|at| at == word.as_bytes()));
        }
        assert_eq!(new.history().len(), 1);
    }
}
