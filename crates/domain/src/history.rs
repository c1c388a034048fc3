//! What each change of an item did, with old and new values. Who and when stand in the log;
//! words are the interface's.

use crate::schema::{Schema, TAKEN_UP, Type};
use automerge::legacy::{ObjectId, Op, OpId, OpType};
use automerge::{Change, ObjType, ScalarValue};
use radrum_wire::ChangeHash;
use serde::Serialize;
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use ts_rs::TS;

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryStep {
    /// The change.
    pub change: ChangeHash,
    /// What it did.
    pub lines: Vec<HistoryLine>,
}

/// What was done to one field, entry or set member.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct HistoryLine {
    /// What was done.
    pub action: HistoryAction,
    /// The list or set.
    pub list: Option<String>,
    /// The entry, or the member of the set.
    pub entry: Option<String>,
    /// The field; empty when the whole entry is meant.
    pub field: String,
    /// What stood there.
    #[ts(type = "string | number | boolean | null")]
    pub old: Json,
    /// What stands there after.
    #[ts(type = "string | number | boolean | null")]
    pub new: Json,
}

/// Kinds of doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HistoryAction {
    /// A field was written.
    Wrote,
    /// One of several voices was chosen.
    Chose,
    /// An entry was added; `new` is its text.
    Added,
    /// An entry or the item was put out of sight.
    Archived,
    /// It was brought back.
    Restored,
    /// An entry was put elsewhere.
    Moved,
    /// An item was put into a set.
    PutIn,
    /// An item was taken out of a set.
    TookOut,
    /// What came after somebody's end was taken up.
    TookUp,
    /// A running text was changed; `new` is what was written, `old` how many letters went.
    Revised,
}

enum Place {
    Container(String),
    Entry(String, String),
    Text(String),
}

/// One pass over all changes, oldest first; the genesis gives no step.
pub(crate) fn history(changes: &[Change], schema: &Schema) -> Vec<HistoryStep> {
    let mut reader = Reader {
        schema,
        places: HashMap::new(),
        values: HashMap::new(),
        deleted: HashMap::new(),
    };
    let mut steps = Vec::with_capacity(changes.len());
    for change in changes {
        let decoded = change.decode();
        let mut lines = Vec::new();
        reader.deleted.clear();
        for (op, counter) in decoded.operations.iter().zip(decoded.start_op.get()..) {
            reader.read(op, OpId(counter, decoded.actor_id.clone()), &mut lines);
        }
        if !change.deps().is_empty() {
            let change = ChangeHash::from_bytes(change.hash().0);
            steps.push(HistoryStep {
                change,
                lines: joined(lines),
            });
        }
    }
    steps
}

struct Reader<'a> {
    schema: &'a Schema,
    places: HashMap<OpId, Place>,
    values: HashMap<OpId, Json>,
    /// What a choice of this change deleted before it writes what stands.
    deleted: HashMap<(ObjectId, String), Vec<Json>>,
}

impl Reader<'_> {
    fn read(&mut self, op: &Op, id: OpId, lines: &mut Vec<HistoryLine>) {
        let key = match &op.key {
            automerge::legacy::Key::Map(key) => key.to_string(),
            automerge::legacy::Key::Seq(_) => String::new(),
        };
        match (&op.action, &op.obj) {
            (OpType::Make(ObjType::Text), ObjectId::Root) => {
                self.places.insert(id, Place::Text(key));
            }
            (OpType::Make(_), ObjectId::Root) => {
                self.places.insert(id, Place::Container(key));
            }
            (OpType::Make(_), ObjectId::Id(container)) => {
                if let Some(Place::Container(list)) = self.places.get(container) {
                    let list = list.clone();
                    lines.push(line(HistoryAction::Added, Some(&list), Some(&key), ""));
                    self.places.insert(id, Place::Entry(list, key));
                }
            }
            (OpType::Put(value), obj) => self.put(op, id, obj, &key, value, lines),
            (OpType::Delete, obj) => {
                let place = match obj {
                    ObjectId::Id(obj) => self.places.get(obj),
                    ObjectId::Root => None,
                };
                if let Some(Place::Text(field)) = place {
                    revised(lines, field, None, 1);
                } else {
                    let old = self.replaced(op);
                    self.deleted.insert((obj.clone(), key), old);
                }
            }
            _ => {}
        }
    }

    /// Values that an operation takes the place of.
    fn replaced(&self, op: &Op) -> Vec<Json> {
        op.pred
            .iter()
            .filter_map(|id| self.values.get(id).cloned())
            .collect()
    }

    fn put(
        &mut self,
        op: &Op,
        id: OpId,
        obj: &ObjectId,
        key: &str,
        value: &ScalarValue,
        lines: &mut Vec<HistoryLine>,
    ) {
        let new = json_of(value);
        let chosen_from = self.deleted.remove(&(obj.clone(), key.to_string()));
        let old = chosen_from.unwrap_or_else(|| self.replaced(op));
        self.values.insert(id, new.clone());
        let (list, entry) = match obj {
            ObjectId::Root if key == TAKEN_UP => {
                lines.push(line(HistoryAction::TookUp, None, None, key));
                return;
            }
            ObjectId::Root => (None, None),
            ObjectId::Id(obj) => match self.places.get(obj) {
                Some(Place::Entry(list, entry)) => (Some(list.clone()), Some(entry.clone())),
                Some(Place::Container(set)) if self.schema.set(set).is_some() => {
                    let action = if new == json!(true) {
                        HistoryAction::PutIn
                    } else {
                        HistoryAction::TookOut
                    };
                    lines.push(line(action, Some(set), Some(key), ""));
                    return;
                }
                Some(Place::Text(field)) => {
                    revised(lines, field, new.as_str(), 0);
                    return;
                }
                _ => return,
            },
        };
        let known = match &list {
            None => self.schema.field(key).is_some(),
            Some(list) => self
                .schema
                .list(list)
                .is_some_and(|list| list.field(key).is_some()),
        };
        if known {
            let action = action_of(key, &new, old.len());
            let mut line = line(action, list.as_deref(), entry.as_deref(), key);
            (line.old, line.new) = (old.into_iter().next_back().unwrap_or(Json::Null), new);
            if self
                .schema
                .field(key)
                .is_some_and(|of| of.ty == Type::Photo)
            {
                (line.old, line.new) = (has(&line.old), has(&line.new));
            }
            lines.push(line);
        }
    }
}

fn action_of(field: &str, new: &Json, replaced: usize) -> HistoryAction {
    match field {
        "position" => HistoryAction::Moved,
        "archived" | "removed" if *new == json!(true) => HistoryAction::Archived,
        "archived" | "removed" => HistoryAction::Restored,
        _ if replaced > 1 => HistoryAction::Chose,
        _ => HistoryAction::Wrote,
    }
}

/// A picture is no words: only that there was one.
fn has(value: &Json) -> Json {
    if value.is_null() {
        Json::Null
    } else {
        json!(true)
    }
}

fn line(
    action: HistoryAction,
    list: Option<&str>,
    entry: Option<&str>,
    field: &str,
) -> HistoryLine {
    HistoryLine {
        action,
        list: list.map(String::from),
        entry: entry.map(String::from),
        field: field.to_string(),
        old: Json::Null,
        new: Json::Null,
    }
}

/// Characters of one change in a running text are told as one line.
fn revised(lines: &mut Vec<HistoryLine>, field: &str, written: Option<&str>, gone: u64) {
    let same = |l: &HistoryLine| l.action == HistoryAction::Revised && l.field == field;
    if !lines.last().is_some_and(same) {
        let mut new = line(HistoryAction::Revised, None, None, field);
        (new.old, new.new) = (json!(0), json!(""));
        lines.push(new);
    }
    if let Some(last) = lines.last_mut() {
        last.old = json!(last.old.as_u64().unwrap_or(0) + gone);
        let text = last.new.as_str().unwrap_or_default();
        last.new = json!(format!("{text}{}", written.unwrap_or_default()));
    }
}

/// The fields of a new entry are told with it: its first text stands for the whole.
fn joined(lines: Vec<HistoryLine>) -> Vec<HistoryLine> {
    let mut out: Vec<HistoryLine> = Vec::with_capacity(lines.len());
    for line in lines {
        let added = out.iter_mut().find(|known| {
            known.action == HistoryAction::Added
                && known.list == line.list
                && known.entry == line.entry
        });
        match added {
            Some(added) if line.action != HistoryAction::Added => {
                if matches!(line.field.as_str(), "text" | "name" | "title" | "area") {
                    added.new = line.new;
                }
            }
            _ => out.push(line),
        }
    }
    out
}

fn json_of(value: &ScalarValue) -> Json {
    match value {
        ScalarValue::Str(text) => json!(text.as_str()),
        ScalarValue::Int(number) => json!(number),
        ScalarValue::Uint(number) => json!(number),
        ScalarValue::Boolean(flag) => json!(flag),
        _ => Json::Null,
    }
}
