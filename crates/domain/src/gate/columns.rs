//! The operations of a change, from its columns.
//!
//! Automerge Binary Format, "Operation Columns". The number of operations is summed from the
//! run lengths of the action column first; after that no column can make more of them.

use super::chunk::LocalId;
use super::input::Input;
use super::runs::{Deltas, Flags, Runs};
use super::{KEY_BYTES_MAX, Refusal};
use radrum_wire::limits::CHANGE_OPS_MAX;
use std::ops::Range;

/// Column specifications in their order. Not here: compressed columns (bit 3), marks (0x94,
/// 0xa5), and whatever a newer automerge adds.
const SPECS: [u64; 12] = [
    0x01, 0x02, 0x11, 0x13, 0x15, 0x34, 0x42, 0x56, 0x57, 0x70, 0x71, 0x73,
];

/// Where an operation writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key<'a> {
    Name(&'a str),
    Head,
    Element(LocalId),
}

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    MakeMap,
    MakeList,
    MakeText,
    Put,
    Delete,
}

/// A value as far as the gate looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    /// Text of one character, as running texts are made of.
    Letter,
    Other,
}

/// One operation.
#[derive(Debug)]
pub(crate) struct Op<'a> {
    /// None is the root.
    pub obj: Option<LocalId>,
    pub key: Key<'a>,
    pub insert: bool,
    pub action: Action,
    pub value: Value,
    pub preds: Range<usize>,
}

/// The bytes of each column, empty for an absent one.
pub(super) struct Columns<'a>([&'a [u8]; SPECS.len()]);

impl<'a> Columns<'a> {
    /// Splits the rest of a chunk into columns.
    pub fn read(mut input: Input<'a>) -> Result<Self, Refusal> {
        let count = input.u64()?;
        if count > SPECS.len() as u64 {
            return Err(Refusal::Column);
        }
        let mut lengths = [0; SPECS.len()];
        let mut next = 0;
        for _ in 0..count {
            let spec = input.u64()?;
            let rest = SPECS.get(next..).unwrap_or_default();
            let at = rest.iter().position(|known| *known == spec);
            let at = next + at.ok_or(Refusal::Column)?;
            lengths[at] = usize::try_from(input.u64()?).map_err(|_| Refusal::Malformed)?;
            if lengths[at] == 0 {
                return Err(Refusal::NotCanonical);
            }
            next = at + 1;
        }
        let mut columns = [&[][..]; SPECS.len()];
        for (column, length) in columns.iter_mut().zip(lengths) {
            *column = input.take(length)?;
        }
        if input.is_empty() {
            Ok(Self(columns))
        } else {
            Err(Refusal::ExtraBytes)
        }
    }

    /// How many operations there are.
    pub fn count(&self) -> Result<u32, Refusal> {
        let action = self.0[6];
        let count = Runs::<u64>::count(action, CHANGE_OPS_MAX as u64)?;
        u32::try_from(count)
            .ok()
            .filter(|count| *count > 0)
            .ok_or(Refusal::NoOps)
    }

    /// Reads all operations and what they replace.
    pub fn ops(
        &self,
        start_op: u32,
        count: u32,
        others: usize,
    ) -> Result<(Vec<Op<'a>>, Vec<LocalId>), Refusal> {
        let mut rows = Rows::new(&self.0, others);
        let mut ops = Vec::with_capacity(count as usize);
        for own in start_op..start_op + count {
            ops.push(rows.op(own)?);
        }
        Ok((ops, rows.finish()?))
    }
}

struct Rows<'a> {
    obj: (Runs<'a, u64>, Runs<'a, u64>),
    key: (Runs<'a, u64>, Deltas<'a>, Runs<'a, &'a str>),
    insert: Flags<'a>,
    action: Runs<'a, u64>,
    value: (Runs<'a, u64>, Input<'a>),
    pred: (Runs<'a, u64>, Runs<'a, u64>, Deltas<'a>),
    preds: Vec<LocalId>,
    /// Which of the named actors occur.
    used: Vec<bool>,
}

impl<'a> Rows<'a> {
    fn new(columns: &[&'a [u8]; SPECS.len()], others: usize) -> Self {
        let &[
            obj_actor,
            obj_counter,
            key_actor,
            key_counter,
            key_name,
            insert,
            action,
            value_meta,
            value,
            pred_count,
            pred_actor,
            pred_counter,
        ] = columns;
        Self {
            obj: (Runs::new(obj_actor), Runs::new(obj_counter)),
            key: (
                Runs::new(key_actor),
                Deltas::new(key_counter),
                Runs::new(key_name),
            ),
            insert: Flags::new(insert),
            action: Runs::new(action),
            value: (Runs::new(value_meta), Input(value)),
            pred: (
                Runs::new(pred_count),
                Runs::new(pred_actor),
                Deltas::new(pred_counter),
            ),
            preds: Vec::new(),
            used: vec![false; others + 1],
        }
    }

    fn op(&mut self, own: u32) -> Result<Op<'a>, Refusal> {
        let obj = match (self.obj.0.next()?, self.obj.1.next()?) {
            (None, None) => None,
            (Some(actor), Some(counter)) => Some(self.id(actor, counter, own)?),
            _ => return Err(Refusal::Malformed),
        };
        let key = self.key(own)?;
        let insert = self.insert.next()?;
        let action = match self.action.next()? {
            Some(0) => Action::MakeMap,
            Some(1) => Action::Put,
            Some(2) => Action::MakeList,
            Some(3) => Action::Delete,
            Some(4) => Action::MakeText,
            _ => return Err(Refusal::Action),
        };
        let value = self.value()?;
        if action != Action::Put && value != Value::Null {
            return Err(Refusal::Value);
        }
        let preds = self.preds(own)?;
        Ok(Op {
            obj,
            key,
            insert,
            action,
            value,
            preds,
        })
    }

    /// An operation below `own`, by an actor that the change names.
    fn id(&mut self, actor: u64, counter: u64, own: u32) -> Result<LocalId, Refusal> {
        let at = usize::try_from(actor).map_err(|_| Refusal::Malformed)?;
        *self.used.get_mut(at).ok_or(Refusal::Malformed)? = true;
        let counter = u32::try_from(counter)
            .ok()
            .filter(|counter| (1..own).contains(counter))
            .ok_or(Refusal::Malformed)?;
        let actor = u32::try_from(actor).map_err(|_| Refusal::Malformed)?;
        Ok(LocalId { counter, actor })
    }

    fn key(&mut self, own: u32) -> Result<Key<'a>, Refusal> {
        match (self.key.0.next()?, self.key.1.next()?, self.key.2.next()?) {
            (None, None, Some(name)) if (1..=KEY_BYTES_MAX).contains(&name.len()) => {
                Ok(Key::Name(name))
            }
            (None, None, Some(_)) => Err(Refusal::Key),
            (None, Some(0), None) => Ok(Key::Head),
            (Some(actor), Some(counter), None) => Ok(Key::Element(self.id(actor, counter, own)?)),
            _ => Err(Refusal::Malformed),
        }
    }

    /// "Value Metadata": length and type in one number, the bytes in a column of their own.
    fn value(&mut self) -> Result<Value, Refusal> {
        let meta = self.value.0.next()?.ok_or(Refusal::Malformed)?;
        let length = usize::try_from(meta >> 4).map_err(|_| Refusal::Malformed)?;
        let bytes = self.value.1.take(length)?;
        let mut input = Input(bytes);
        match meta & 0x0f {
            0 if length == 0 => return Ok(Value::Null),
            1 | 2 if length == 0 => {}
            3 => drop(input.u64()?),
            // Whole numbers, and instants.
            4 | 9 => drop(input.i64()?),
            5 if length == 8 => {}
            6 => {
                let text = std::str::from_utf8(bytes).map_err(|_| Refusal::Malformed)?;
                let mut letters = text.chars();
                let one = letters.next().is_some() && letters.next().is_none();
                return Ok(if one { Value::Letter } else { Value::Other });
            }
            7 => {}
            _ => return Err(Refusal::Value),
        }
        if matches!(meta & 0x0f, 3 | 4 | 9) && !input.is_empty() {
            return Err(Refusal::Malformed);
        }
        Ok(Value::Other)
    }

    fn preds(&mut self, own: u32) -> Result<Range<usize>, Refusal> {
        let count = self.pred.0.next()?.ok_or(Refusal::Malformed)?;
        let start = self.preds.len();
        if count > (CHANGE_OPS_MAX - start) as u64 {
            return Err(Refusal::TooManyOps);
        }
        for _ in 0..count {
            let (Some(actor), Some(counter)) = (self.pred.1.next()?, self.pred.2.next()?) else {
                return Err(Refusal::Malformed);
            };
            let id = self.id(actor, counter, own)?;
            self.preds.push(id);
        }
        Ok(start..self.preds.len())
    }

    fn finish(self) -> Result<Vec<LocalId>, Refusal> {
        self.obj.0.finish()?;
        self.obj.1.finish()?;
        self.key.0.finish()?;
        self.key.1.finish()?;
        self.key.2.finish()?;
        self.insert.finish()?;
        self.action.finish()?;
        self.value.0.finish()?;
        self.pred.0.finish()?;
        self.pred.1.finish()?;
        self.pred.2.finish()?;
        if !self.value.1.is_empty() {
            return Err(Refusal::Malformed);
        }
        // An actor that no operation names would stay in the saved document, and the library
        // asserts that there is none.
        if self.used.iter().skip(1).all(|used| *used) {
            Ok(self.preds)
        } else {
            Err(Refusal::Actors)
        }
    }
}
