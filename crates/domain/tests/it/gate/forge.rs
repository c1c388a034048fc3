//! Change chunks written by hand, as an attacker would.

use sha2::{Digest, Sha256};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

/// All that a change chunk says. Columns are `(specification, bytes)`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Forged {
    pub deps: Vec<[u8; 32]>,
    pub actor: Vec<u8>,
    pub seq: u64,
    pub start_op: u64,
    pub time: i64,
    pub message: Vec<u8>,
    pub others: Vec<Vec<u8>>,
    pub columns: Vec<(u64, Vec<u8>)>,
    pub extra: Vec<u8>,
}

impl Forged {
    /// Takes an honest change apart.
    pub fn from(bytes: &[u8]) -> Self {
        let mut rest = &bytes[9..];
        unsigned_from(&mut rest);
        let deps = (0..unsigned_from(&mut rest))
            .map(|_| taken(&mut rest, 32).try_into().expect("hash"))
            .collect();
        let actor = prefixed_from(&mut rest);
        let (seq, start_op) = (unsigned_from(&mut rest), unsigned_from(&mut rest));
        assert_eq!(taken(&mut rest, 1), [0], "our changes carry no time");
        let message = prefixed_from(&mut rest);
        let others = (0..unsigned_from(&mut rest))
            .map(|_| prefixed_from(&mut rest))
            .collect();
        let heads: Vec<(u64, u64)> = (0..unsigned_from(&mut rest))
            .map(|_| (unsigned_from(&mut rest), unsigned_from(&mut rest)))
            .collect();
        let columns = heads
            .into_iter()
            .map(|(spec, length)| (spec, taken(&mut rest, length as usize)))
            .collect();
        Self {
            deps,
            actor,
            seq,
            start_op,
            time: 0,
            message,
            others,
            columns,
            extra: rest.to_vec(),
        }
    }

    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        unsigned(&mut out, self.deps.len() as u64);
        out.extend(self.deps.iter().flatten());
        prefixed(&mut out, &self.actor);
        unsigned(&mut out, self.seq);
        unsigned(&mut out, self.start_op);
        signed(&mut out, self.time);
        prefixed(&mut out, &self.message);
        unsigned(&mut out, self.others.len() as u64);
        for other in &self.others {
            prefixed(&mut out, other);
        }
        unsigned(&mut out, self.columns.len() as u64);
        for (spec, bytes) in &self.columns {
            unsigned(&mut out, *spec);
            unsigned(&mut out, bytes.len() as u64);
        }
        for (_, bytes) in &self.columns {
            out.extend(bytes);
        }
        out.extend(&self.extra);
        chunk(1, &out)
    }

    /// The bytes of a column, made if it is not there.
    pub fn column(&mut self, spec: u64) -> &mut Vec<u8> {
        let at = self.columns.partition_point(|(known, _)| *known < spec);
        if self.columns.get(at).is_none_or(|(known, _)| *known != spec) {
            self.columns.insert(at, (spec, Vec::new()));
        }
        &mut self.columns[at].1
    }

    /// Writes the operations anew.
    pub fn ops(&mut self, ops: &[Op]) {
        let all = |of: &dyn Fn(&Op) -> Option<u64>| ops.iter().map(of).collect::<Vec<_>>();
        let ids = |of: &dyn Fn(&Op) -> Option<(u64, u64)>| {
            (
                all(&|op| of(op).map(|id| id.1)),
                all(&|op| of(op).map(|id| id.0)),
            )
        };
        let (obj_actor, obj_counter) = ids(&|op| op.obj);
        let (key_actor, mut key_counter) = ids(&|op| op.element);
        for (op, counter) in ops.iter().zip(&mut key_counter) {
            if op.name.is_none() && op.element.is_none() {
                *counter = Some(0);
            }
        }
        let preds: Vec<(u64, u64)> = ops.iter().flat_map(|op| op.preds.clone()).collect();
        let names: Vec<_> = ops
            .iter()
            .map(|op| op.name.clone().map(text_cell))
            .collect();
        let metas = all(&|op| Some((op.value.len() as u64) << 4 | op.value_type));
        let values: Vec<u8> = ops.iter().flat_map(|op| op.value.clone()).collect();
        let columns = [
            (0x01, runs(&cells(&obj_actor))),
            (0x02, runs(&cells(&obj_counter))),
            (0x11, runs(&cells(&key_actor))),
            (0x13, runs(&deltas(&key_counter))),
            (0x15, runs(&names)),
            (0x34, flags(ops)),
            (0x42, runs(&cells(&all(&|op| Some(op.action))))),
            (0x56, runs(&cells(&metas))),
            (0x57, values),
            (0x70, runs(&cells(&all(&|op| Some(op.preds.len() as u64))))),
            (
                0x71,
                runs(&cells(
                    &preds.iter().map(|id| Some(id.1)).collect::<Vec<_>>(),
                )),
            ),
            (
                0x73,
                runs(&deltas(
                    &preds.iter().map(|id| Some(id.0)).collect::<Vec<_>>(),
                )),
            ),
        ];
        self.columns = columns
            .into_iter()
            .filter(|(_, bytes)| !bytes.is_empty())
            .collect();
    }
}

/// One operation; ids are `(counter, actor number)`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Op {
    pub obj: Option<(u64, u64)>,
    pub name: Option<String>,
    /// With no name: behind or at which element; none is the head.
    pub element: Option<(u64, u64)>,
    pub insert: bool,
    pub action: u64,
    pub value_type: u64,
    pub value: Vec<u8>,
    pub preds: Vec<(u64, u64)>,
}

pub(crate) const MAKE_MAP: u64 = 0;
pub(crate) const PUT: u64 = 1;
pub(crate) const DELETE: u64 = 3;
pub(crate) const INCREMENT: u64 = 5;

impl Op {
    pub fn at(obj: Option<(u64, u64)>, name: &str, action: u64) -> Self {
        Self {
            obj,
            name: Some(name.into()),
            action,
            ..Self::default()
        }
    }

    pub fn put(obj: Option<(u64, u64)>, name: &str, text: &str) -> Self {
        Self {
            value_type: 6,
            value: text.into(),
            ..Self::at(obj, name, PUT)
        }
    }

    /// Inserts a text behind an element.
    pub fn insert(obj: (u64, u64), behind: Option<(u64, u64)>, text: &str) -> Self {
        Self {
            obj: Some(obj),
            element: behind,
            insert: true,
            action: PUT,
            value_type: 6,
            value: text.into(),
            ..Self::default()
        }
    }

    pub fn replacing(mut self, preds: &[(u64, u64)]) -> Self {
        self.preds = preds.to_vec();
        self
    }
}

/// A chunk with its right checksum.
pub(crate) fn chunk(kind: u8, content: &[u8]) -> Vec<u8> {
    let mut head = vec![kind];
    unsigned(&mut head, content.len() as u64);
    let hash = Sha256::new()
        .chain_update(&head)
        .chain_update(content)
        .finalize();
    [&MAGIC, &hash[..4], &head, content].concat()
}

/// Makes length and checksum right again after bytes of the content were changed.
pub(crate) fn repaired(bytes: &[u8]) -> Vec<u8> {
    let mut rest = bytes.get(9..).unwrap_or_default();
    while rest.first().is_some_and(|byte| byte & 0x80 != 0) {
        rest = &rest[1..];
    }
    chunk(1, rest.get(1..).unwrap_or_default())
}

pub(crate) fn unsigned(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

pub(crate) fn signed(out: &mut Vec<u8>, mut value: i64) {
    loop {
        let byte = (value & 0x7f) as u8;
        value >>= 7;
        if (value == 0 && byte & 0x40 == 0) || (value == -1 && byte & 0x40 != 0) {
            out.push(byte);
            return;
        }
        out.push(byte | 0x80);
    }
}

fn prefixed(out: &mut Vec<u8>, bytes: &[u8]) {
    unsigned(out, bytes.len() as u64);
    out.extend(bytes);
}

fn text_cell(text: String) -> Vec<u8> {
    let mut cell = Vec::new();
    prefixed(&mut cell, text.as_bytes());
    cell
}

fn cells(values: &[Option<u64>]) -> Vec<Option<Vec<u8>>> {
    let cell = |value: &u64| {
        let mut cell = Vec::new();
        unsigned(&mut cell, *value);
        cell
    };
    values
        .iter()
        .map(|value| value.as_ref().map(cell))
        .collect()
}

fn deltas(values: &[Option<u64>]) -> Vec<Option<Vec<u8>>> {
    let mut last = 0;
    let mut cell = |value: &u64| {
        let mut cell = Vec::new();
        signed(&mut cell, *value as i64 - last);
        last = *value as i64;
        cell
    };
    values
        .iter()
        .map(|value| value.as_ref().map(&mut cell))
        .collect()
}

/// Run-length encoding as automerge writes it.
fn runs(cells: &[Option<Vec<u8>>]) -> Vec<u8> {
    let mut out = Vec::new();
    if cells.iter().all(Option::is_none) {
        return out;
    }
    let mut literal: Vec<&[u8]> = Vec::new();
    let mut at = 0;
    while at < cells.len() {
        let same = cells[at..]
            .iter()
            .take_while(|cell| **cell == cells[at])
            .count();
        if let (Some(cell), 1) = (&cells[at], same) {
            literal.push(cell);
        } else {
            flush(&mut literal, &mut out);
            match &cells[at] {
                Some(cell) => {
                    signed(&mut out, same as i64);
                    out.extend(cell);
                }
                None => {
                    signed(&mut out, 0);
                    unsigned(&mut out, same as u64);
                }
            }
        }
        at += same;
    }
    flush(&mut literal, &mut out);
    out
}

fn flush(literal: &mut Vec<&[u8]>, out: &mut Vec<u8>) {
    if !literal.is_empty() {
        signed(out, -(literal.len() as i64));
        literal.drain(..).for_each(|cell| out.extend(cell));
    }
}

fn flags(ops: &[Op]) -> Vec<u8> {
    let (mut out, mut value, mut at) = (Vec::new(), false, 0);
    while at < ops.len() {
        let same = ops[at..].iter().take_while(|op| op.insert == value).count();
        unsigned(&mut out, same as u64);
        value = !value;
        at += same;
    }
    out
}

fn taken(rest: &mut &[u8], count: usize) -> Vec<u8> {
    let (taken, left) = rest.split_at(count);
    *rest = left;
    taken.to_vec()
}

fn unsigned_from(rest: &mut &[u8]) -> u64 {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = taken(rest, 1)[0];
        value |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return value;
        }
    }
}

fn prefixed_from(rest: &mut &[u8]) -> Vec<u8> {
    let count = unsigned_from(rest);
    taken(rest, count as usize)
}
