//! What each operation means at exactly the version that its writer saw.
//!
//! Two aims. Nothing may enter on which automerge panics or a saved document breaks: what an
//! operation names must be there. And nothing may hide what others wrote: the containers of
//! the schema are neither replaced nor deleted, nor are the entries in them. Fields, keys and
//! values that a newer program added are kept; wrong types in known fields are kept as well,
//! because reading skips them (`document::walk`).

use super::chunk::Chunk;
use super::columns::{Action, Key, Op, Value};
use super::graph::{Content, Graph, OpId, Past, Row, Spot, global};
use super::{DEPTH_MAX, Refusal};
use crate::schema::{List, Schema};

/// Root fields that only committed changes write.
const COMMITTED: [&str; 2] = ["kind", "schema"];

/// What the schema says of an object.
#[derive(Debug, Clone, Copy)]
pub(super) enum Role {
    Root,
    /// Entries under random keys.
    Entries(&'static List),
    /// Item keys with a flag each.
    Set,
    /// Running text.
    Text,
    Entry(&'static List),
    /// Of a newer program.
    Unknown,
}

/// An object of the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Object {
    role: Role,
    /// A list or text; otherwise a map.
    sequence: bool,
    depth: u8,
}

impl Object {
    pub const ROOT: Self = Self {
        role: Role::Root,
        sequence: false,
        depth: 0,
    };
}

/// One change under examination.
struct Reading<'a> {
    graph: &'a mut Graph,
    numbers: Vec<u32>,
    own: u32,
    start_op: u32,
    content: Content,
}

impl Graph {
    /// Operations of a change that is in the document already.
    pub(super) fn trusted(&mut self, chunk: &Chunk<'_>, own: u32) -> Result<Content, Refusal> {
        let mut reading = Reading::new(self, chunk, own);
        for (op, counter) in chunk.ops.iter().zip(chunk.start_op..) {
            let object = reading.object(op, None)?;
            reading.note(op, counter, object);
        }
        Ok(reading.content)
    }

    /// Operations of a change that may enter.
    pub(super) fn checked(
        &mut self,
        chunk: &Chunk<'_>,
        own: u32,
        past: &Past,
    ) -> Result<Content, Refusal> {
        let mut reading = Reading::new(self, chunk, own);
        for (op, counter) in chunk.ops.iter().zip(chunk.start_op..) {
            let object = reading.object(op, Some(past))?;
            let name = match op.key {
                Key::Name(name) => Some(name),
                Key::Head | Key::Element(_) => None,
            };
            if object.sequence == name.is_some() || (op.insert && !object.sequence) {
                return Err(Refusal::Shape);
            }
            reading.element(op, past)?;
            reading.preds(op, chunk, past)?;
            fits(reading.graph.schema, &object, name.unwrap_or_default(), op)?;
            reading.note(op, counter, object);
        }
        Ok(reading.content)
    }
}

impl<'a> Reading<'a> {
    fn new(graph: &'a mut Graph, chunk: &Chunk<'_>, own: u32) -> Self {
        Self {
            numbers: graph.numbers(chunk, own),
            graph,
            own,
            start_op: chunk.start_op,
            content: Content::default(),
        }
    }

    /// An operation below the change, or earlier in it.
    fn row(&self, id: OpId, past: Option<&Past>) -> Option<&Row> {
        if id.actor == self.own && id.counter >= self.start_op {
            self.content.rows.get((id.counter - self.start_op) as usize)
        } else {
            self.graph.row(id, past)
        }
    }

    fn object(&self, op: &Op<'_>, past: Option<&Past>) -> Result<Object, Refusal> {
        let Some(id) = op.obj.map(|id| global(id, &self.numbers)) else {
            return Ok(Object::ROOT);
        };
        let found = if id.actor == self.own && id.counter >= self.start_op {
            let objects = &self.content.objects;
            let at = objects.binary_search_by_key(&id.counter, |(made, _)| made.counter);
            at.ok().and_then(|at| Some(objects.get(at)?.1))
        } else {
            self.row(id, past).and_then(|_| self.graph.object(id))
        };
        found.ok_or(Refusal::UnknownObject)
    }

    /// The element that an operation stands at or behind is one of this object.
    fn element(&self, op: &Op<'_>, past: &Past) -> Result<(), Refusal> {
        let obj = op.obj.map(|id| global(id, &self.numbers));
        match op.key {
            Key::Name(_) => Ok(()),
            Key::Head if op.insert => Ok(()),
            Key::Head => Err(Refusal::UnknownElement),
            Key::Element(id) => {
                let row = self.row(global(id, &self.numbers), Some(past));
                row.filter(|row| row.insert && row.obj == obj)
                    .map(|_| ())
                    .ok_or(Refusal::UnknownElement)
            }
        }
    }

    /// What an operation replaces stands at the same place.
    fn preds(&mut self, op: &Op<'_>, chunk: &Chunk<'_>, past: &Past) -> Result<(), Refusal> {
        let none = op.preds.is_empty();
        // A deletion is nothing but what it takes away; an element is new.
        if (op.action == Action::Delete && none) || (op.insert && !none) {
            return Err(Refusal::UnknownPred);
        }
        let place = (op.obj.map(|id| global(id, &self.numbers)), self.spot(op));
        for pred in chunk.preds.get(op.preds.clone()).unwrap_or_default() {
            let row = self.row(global(*pred, &self.numbers), Some(past));
            let row = row.ok_or(Refusal::UnknownPred)?;
            if row.delete || (row.obj, row.spot) != place {
                return Err(Refusal::UnknownPred);
            }
        }
        Ok(())
    }

    fn spot(&mut self, op: &Op<'_>) -> Spot {
        match op.key {
            Key::Name(name) => Spot::Name(self.graph.name(name)),
            Key::Head => Spot::Head,
            Key::Element(id) => Spot::Element(global(id, &self.numbers)),
        }
    }

    fn note(&mut self, op: &Op<'_>, counter: u32, parent: Object) {
        let id = OpId {
            counter,
            actor: self.own,
        };
        let spot = if op.insert {
            Spot::Element(id)
        } else {
            self.spot(op)
        };
        self.content.rows.push(Row {
            obj: op.obj.map(|id| global(id, &self.numbers)),
            spot,
            insert: op.insert,
            delete: op.action == Action::Delete,
        });
        if matches!(
            op.action,
            Action::MakeMap | Action::MakeList | Action::MakeText
        ) {
            let object = Object {
                role: role(self.graph.schema, &parent, op),
                sequence: op.action != Action::MakeMap,
                depth: parent.depth.saturating_add(1),
            };
            self.content.objects.push((id, object));
        }
    }
}

/// What the schema says of an object that an operation makes.
fn role(schema: &Schema, parent: &Object, op: &Op<'_>) -> Role {
    match (parent.role, op.key, op.action) {
        (Role::Root, Key::Name(name), Action::MakeMap) => match schema.list(name) {
            Some(list) => Role::Entries(list),
            None if schema.set(name).is_some() => Role::Set,
            None => Role::Unknown,
        },
        (Role::Root, Key::Name(name), Action::MakeText)
            if schema.texts().any(|text| text.name == name) =>
        {
            Role::Text
        }
        (Role::Entries(list), _, Action::MakeMap) => Role::Entry(list),
        _ => Role::Unknown,
    }
}

/// Whether an operation may stand where it stands.
fn fits(schema: &Schema, object: &Object, name: &str, op: &Op<'_>) -> Result<(), Refusal> {
    let scalar = matches!(op.action, Action::Put | Action::Delete);
    let allowed = match object.role {
        Role::Root => {
            let container = schema.list(name).is_some()
                || schema.set(name).is_some()
                || schema.texts().any(|text| text.name == name);
            !container && !COMMITTED.contains(&name) && (scalar || schema.field(name).is_none())
        }
        // An entry is made once and never replaced; `removed` takes it out of sight.
        Role::Entries(_) => op.action == Action::MakeMap && op.preds.is_empty(),
        Role::Set => scalar,
        // Other values, and letters replaced in place, are nothing that our editor makes or
        // counts.
        Role::Text => {
            op.action == Action::Delete
                || (op.action == Action::Put && op.insert && op.value == Value::Letter)
        }
        Role::Entry(list) => scalar || list.field(name).is_none(),
        Role::Unknown => true,
    };
    if !allowed {
        Err(Refusal::Shape)
    } else if !scalar && object.depth >= DEPTH_MAX {
        Err(Refusal::TooDeep)
    } else {
        Ok(())
    }
}
