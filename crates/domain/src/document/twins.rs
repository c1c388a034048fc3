//! List entries that two computers brought along when they met.

use super::Document;
use super::walk::object;
use crate::edit::Edit;
use automerge::{ObjId, ObjType, ROOT};
use radrum_wire::LogId;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Passes over the lists: a statement names its step, and a step nothing.
const PASSES: usize = 3;

impl Document {
    /// What takes out of sight those entries of these logs that stand there word for word from
    /// another log too. Every computer begins with the same cards; when one that has them joins
    /// a krets, each step would otherwise stand there twice. Entries that anybody has changed
    /// are not equal any more, and stay.
    #[must_use]
    pub fn twins(&self, own: &[LogId]) -> Vec<Edit> {
        let plain = self.plain();
        let mut same: BTreeMap<String, String> = BTreeMap::new();
        for _ in 0..PASSES {
            for list in self.schema.lists {
                let entries = plain.fields.get(list.name).and_then(Value::as_array);
                self.pair(list.name, entries.into_iter().flatten(), own, &mut same);
            }
        }
        let lists = self.schema.lists.iter();
        let removed = lists.flat_map(|list| {
            let entries = plain.fields.get(list.name).and_then(Value::as_array);
            let ids = entries.into_iter().flatten().filter_map(id_of);
            let twins = ids.filter(|id| same.contains_key(*id));
            twins.map(|id| Edit::Remove {
                list: list.name.to_string(),
                id: id.to_string(),
                removed: true,
            })
        });
        removed.collect()
    }

    fn pair<'a>(
        &self,
        list: &str,
        entries: impl Iterator<Item = &'a Value>,
        own: &[LogId],
        same: &mut BTreeMap<String, String>,
    ) {
        let mut others: BTreeMap<String, &str> = BTreeMap::new();
        let mut mine: Vec<(&str, String)> = Vec::new();
        let taken: BTreeSet<String> = same.values().cloned().collect();
        for entry in entries {
            let (Some(id), Some(fields)) = (id_of(entry), entry.as_object()) else {
                continue;
            };
            if fields.get("removed") == Some(&Value::Bool(true)) {
                continue;
            }
            let words = words(fields, same);
            if self.is_of(list, id, own) {
                mine.push((id, words));
            } else if !taken.contains(id) {
                others.insert(words, id);
            }
        }
        for (id, words) in mine {
            if !same.contains_key(id)
                && let Some(other) = others.remove(&words)
            {
                same.insert(id.to_string(), other.to_string());
            }
        }
    }

    /// Whether one of these logs made the entry.
    fn is_of(&self, list: &str, id: &str, own: &[LogId]) -> bool {
        let container = object(&self.doc, &ROOT, list, ObjType::Map);
        let entry = container.and_then(|list| object(&self.doc, &list, id, ObjType::Map));
        let Some(ObjId::Id(_, actor, _)) = entry else {
            return false;
        };
        own.iter()
            .any(|log| actor.to_bytes().starts_with(log.as_bytes()))
    }
}

fn id_of(entry: &Value) -> Option<&str> {
    entry.get("id").and_then(Value::as_str)
}

/// All that an entry says, with ids of own entries read as those of their twins.
fn words(fields: &Map<String, Value>, same: &BTreeMap<String, String>) -> String {
    let mut said: Vec<String> = fields
        .iter()
        .filter(|(name, value)| *name != "id" && !value.is_null())
        .map(|(name, value)| {
            let twin = value.as_str().and_then(|text| same.get(text));
            let value = twin.map_or_else(|| value.clone(), |id| Value::String(id.clone()));
            format!("{name}={value}")
        })
        .collect();
    said.sort_unstable();
    said.join("\n")
}
