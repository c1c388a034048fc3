//! Reads a document into its plain value: known containers only, one level at a time.

use crate::photo::is_photo;
use crate::plain::{Plain, Voice, Voices};
use crate::schema::{COMMON, ENTRY, Field, List, Schema, Type};
use automerge::{Automerge, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

pub(super) fn plain(doc: &Automerge, schema: &Schema) -> Plain {
    let mut plain = Plain::default();
    let root: Vec<&Field> = schema.fields.iter().chain(COMMON).collect();
    fields(
        doc,
        &ROOT,
        &root,
        None,
        &mut plain.fields,
        &mut plain.voices,
    );
    if edited_beside(doc, &ROOT, "archived", None) {
        plain
            .fields
            .insert("edited_while_archived".into(), json!(true));
    }
    for field in schema.texts() {
        if let Some(text) = object(doc, &ROOT, field.name, ObjType::Text) {
            let text = doc.text(text).unwrap_or_default();
            plain.fields.insert(field.name.into(), json!(text));
        }
    }
    for list in schema.lists {
        let entries = list_entries(doc, list, &mut plain.voices);
        plain.fields.insert(list.name.into(), Json::Array(entries));
    }
    for set in schema.sets {
        plain
            .fields
            .insert(set.name.into(), Json::Array(set_members(doc, set.name)));
    }
    plain
}

pub(super) fn object(doc: &Automerge, parent: &ObjId, key: &str, ty: ObjType) -> Option<ObjId> {
    match doc.get(parent, key) {
        Ok(Some((Value::Object(found), id))) if found == ty => Some(id),
        _ => None,
    }
}

/// Scalars of one map, and where there are several.
fn fields(
    doc: &Automerge,
    obj: &ObjId,
    known: &[&Field],
    place: Option<(&str, &str)>,
    out: &mut Map<String, Json>,
    voices: &mut Vec<Voices>,
) {
    for field in known.iter().filter(|field| field.ty != Type::Text) {
        let Ok(values) = doc.get_all(obj, field.name) else {
            continue;
        };
        let Some((Value::Scalar(winner), _)) = values.last() else {
            continue;
        };
        if let Some(value) = json_of(winner).filter(|value| fits(field.ty, value)) {
            out.insert(field.name.into(), value);
        }
        // Of two moves and two removals the winner is taken and nobody is asked.
        let asked = field.name != "position" && field.name != "removed";
        if values.len() > 1 && asked {
            voices.extend(several(doc, &values, field, place));
        }
    }
}

fn several(
    doc: &Automerge,
    values: &[(Value<'_>, ObjId)],
    field: &Field,
    place: Option<(&str, &str)>,
) -> Option<Voices> {
    let mut voices: Vec<Voice> = Vec::new();
    for (value, id) in values {
        let Value::Scalar(value) = value else {
            continue;
        };
        let value = json_of(value).unwrap_or(Json::Null);
        let change = doc.hash_for_opid(id)?;
        if (value.is_null() || fits(field.ty, &value)) && voices.iter().all(|v| v.value != value) {
            voices.push(Voice {
                value,
                change: radrum_wire::ChangeHash::from_bytes(change.0),
            });
        }
    }
    (voices.len() > 1).then(|| Voices {
        list: place.map(|(list, _)| list.to_string()),
        id: place.map(|(_, id)| id.to_string()),
        field: field.name.to_string(),
        voices,
    })
}

fn json_of(value: &ScalarValue) -> Option<Json> {
    match value {
        ScalarValue::Str(text) => Some(json!(text.as_str())),
        ScalarValue::Int(number) => Some(json!(number)),
        ScalarValue::Uint(number) => Some(json!(number)),
        ScalarValue::Boolean(flag) => Some(json!(flag)),
        _ => None,
    }
}

/// Whether a value can be read by the views. A member could log anything under a known key.
fn fits(ty: Type, value: &Json) -> bool {
    match ty {
        Type::Flag => value.is_boolean(),
        Type::Photo => value.as_str().is_some_and(is_photo),
        Type::Number | Type::Year => value.as_u64().is_some_and(|n| u32::try_from(n).is_ok()),
        Type::Ref(kinds) => value
            .as_str()
            .and_then(|text| text.parse::<crate::ItemKey>().ok())
            .is_some_and(|key| kinds.contains(&key.kind())),
        _ => value.is_string(),
    }
}

fn list_entries(doc: &Automerge, list: &List, voices: &mut Vec<Voices>) -> Vec<Json> {
    let Some(container) = object(doc, &ROOT, list.name, ObjType::Map) else {
        return Vec::new();
    };
    let known: Vec<&Field> = list.fields.iter().chain(ENTRY).collect();
    let mut entries: Vec<(String, String, Json)> = Vec::new();
    for id in doc.keys(&container) {
        let Some(entry) = object(doc, &container, &id, ObjType::Map) else {
            continue;
        };
        let mut out = Map::new();
        fields(
            doc,
            &entry,
            &known,
            Some((list.name, &id)),
            &mut out,
            voices,
        );
        if out.get("removed") == Some(&json!(true))
            && edited_beside(doc, &entry, "removed", Some(list))
        {
            out.insert("edited_while_removed".into(), json!(true));
        }
        let position = out
            .remove("position")
            .and_then(|p| p.as_str().map(String::from));
        out.insert("id".into(), json!(id));
        entries.push((position.unwrap_or_default(), id, Json::Object(out)));
    }
    entries.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    entries.into_iter().map(|(_, _, entry)| entry).collect()
}

fn set_members(doc: &Automerge, name: &str) -> Vec<Json> {
    let Some(set) = object(doc, &ROOT, name, ObjType::Map) else {
        return Vec::new();
    };
    doc.keys(&set)
        .filter(|key| key.parse::<crate::ItemKey>().is_ok())
        .filter(|key| {
            matches!(doc.get(&set, key.as_str()), Ok(Some((Value::Scalar(v), _))) if v.as_bool() == Some(true))
        })
        .map(Json::String)
        .collect()
}

/// Whether someone wrote into the map without having seen that it was put out of sight. The
/// item then reads "arkiverat, men ändrat samtidigt" instead of losing the edit in silence.
fn edited_beside(doc: &Automerge, obj: &ObjId, flag: &str, list: Option<&List>) -> bool {
    let Ok(Some((Value::Scalar(set), flag_id))) = doc.get(obj, flag) else {
        return false;
    };
    if set.as_bool() != Some(true) {
        return false;
    }
    let Some(hidden) = doc.hash_for_opid(&flag_id) else {
        return false;
    };
    let seen = ancestors(doc, hidden);
    let unseen = |hash: ChangeHash| hash != hidden && !seen.contains(&hash);
    if list.is_none() {
        // The whole item: any change that neither precedes nor follows the archiving.
        return doc
            .get_changes_meta(&[])
            .iter()
            .any(|change| unseen(change.hash) && !ancestors(doc, change.hash).contains(&hidden));
    }
    doc.keys(obj).any(|key| {
        let values = doc.get_all(obj, key.as_str()).unwrap_or_default();
        values.iter().any(|(_, id)| {
            doc.hash_for_opid(id)
                .is_some_and(|hash| unseen(hash) && !ancestors(doc, hash).contains(&hidden))
        })
    })
}

fn ancestors(doc: &Automerge, of: ChangeHash) -> BTreeSet<ChangeHash> {
    let mut seen = BTreeSet::new();
    let mut next = vec![of];
    while let Some(hash) = next.pop() {
        let Some(meta) = doc.get_change_meta_by_hash(&hash) else {
            continue;
        };
        next.extend(meta.deps.iter().copied().filter(|dep| seen.insert(*dep)));
    }
    seen
}
