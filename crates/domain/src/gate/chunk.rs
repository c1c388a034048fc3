//! One uncompressed change chunk, read strictly: every byte is accounted for.
//!
//! Automerge Binary Format, "Chunk Containers" and "Change Chunks". The checksum is compared
//! by the caller, who learns the hash from the library; nothing but this module has read the
//! bytes before that.

use super::columns::{Columns, Op};
use super::input::Input;
use super::{ACTORS_MAX, Refusal};
use radrum_wire::ChangeHash;
use radrum_wire::limits::{BODY_BYTES_MAX, DEPS_MAX};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

/// Chunk type of an uncompressed change.
const CHANGE: u8 = 1;

/// An operation's name inside one chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LocalId {
    pub counter: u32,
    /// 0 is the change's own actor, then [`Chunk::others`] from 1.
    pub actor: u32,
}

/// A change as its bytes tell it.
#[derive(Debug)]
pub(crate) struct Chunk<'a> {
    pub checksum: &'a [u8],
    pub deps: Vec<ChangeHash>,
    pub actor: &'a [u8],
    pub seq: u64,
    pub start_op: u32,
    pub others: Vec<&'a [u8]>,
    pub ops: Vec<Op<'a>>,
    /// What the operations replace; each has a range of these.
    pub preds: Vec<LocalId>,
}

impl<'a> Chunk<'a> {
    /// Reads a chunk.
    ///
    /// # Errors
    /// The [`Refusal`] of the first thing that is not as automerge would write it for us.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Refusal> {
        if bytes.len() > BODY_BYTES_MAX {
            return Err(Refusal::TooLarge);
        }
        let (checksum, content) = container(bytes)?;
        let mut input = Input(content);
        let deps = deps(&mut input)?;
        let actor = input.prefixed()?;
        let (seq, start_op) = (input.u64()?, input.u64()?);
        if input.i64()? != 0 {
            return Err(Refusal::Time);
        }
        if !input.prefixed()?.is_empty() {
            return Err(Refusal::Message);
        }
        let others = others(&mut input, actor)?;
        let columns = Columns::read(input)?;
        let count = columns.count()?;
        let start_op = u32::try_from(start_op)
            .ok()
            .filter(|start| *start > 0 && start.checked_add(count).is_some())
            .ok_or(Refusal::StartOp)?;
        let (ops, preds) = columns.ops(start_op, count, others.len())?;
        let chunk = Self {
            checksum,
            deps,
            actor,
            seq,
            start_op,
            others,
            ops,
            preds,
        };
        if chunk.ops.iter().all(|op| chunk.in_order(op)) {
            Ok(chunk)
        } else {
            Err(Refusal::NotCanonical)
        }
    }

    /// What an operation replaces is named once and by counter, then actor.
    fn in_order(&self, op: &Op<'_>) -> bool {
        let order = |id: &LocalId| {
            let other = id.actor.checked_sub(1).map(|at| at as usize);
            let actor = other.map_or(Some(&self.actor), |at| self.others.get(at));
            (id.counter, actor)
        };
        let preds = self.preds.get(op.preds.clone()).unwrap_or_default();
        preds.is_sorted_by(|a, b| order(a) < order(b))
    }

    /// The last operation.
    pub fn max_op(&self) -> u64 {
        u64::from(self.start_op) + self.ops.len() as u64 - 1
    }
}

/// Checksum and content of the one chunk that the bytes are.
fn container(bytes: &[u8]) -> Result<(&[u8], &[u8]), Refusal> {
    let cut = |_| Refusal::NotAChunk;
    let mut input = Input(bytes);
    if input.take(4).map_err(cut)? != MAGIC {
        return Err(Refusal::NotAChunk);
    }
    let checksum = input.take(4).map_err(cut)?;
    if input.byte().map_err(cut)? != CHANGE {
        return Err(Refusal::NotAChange);
    }
    let content = input.prefixed().map_err(cut)?;
    if input.is_empty() {
        Ok((checksum, content))
    } else {
        Err(Refusal::NotAChunk)
    }
}

fn deps(input: &mut Input<'_>) -> Result<Vec<ChangeHash>, Refusal> {
    let count = input.u64()?;
    if count > DEPS_MAX as u64 {
        return Err(Refusal::TooManyDeps);
    }
    let mut deps: Vec<ChangeHash> = Vec::new();
    for _ in 0..count {
        let dep = input.take(ChangeHash::BYTES)?;
        let dep = ChangeHash::try_from(dep).map_err(|_| Refusal::Malformed)?;
        if deps.last().is_some_and(|last| *last >= dep) {
            return Err(Refusal::NotCanonical);
        }
        deps.push(dep);
    }
    Ok(deps)
}

/// The other actors whose operations are named, in order.
fn others<'a>(input: &mut Input<'a>, own: &[u8]) -> Result<Vec<&'a [u8]>, Refusal> {
    let count = input.u64()?;
    if count > ACTORS_MAX {
        return Err(Refusal::Actors);
    }
    let mut others: Vec<&[u8]> = Vec::new();
    for _ in 0..count {
        let other = input.prefixed()?;
        if other == own || others.last().is_some_and(|last| *last >= other) {
            return Err(Refusal::NotCanonical);
        }
        others.push(other);
    }
    Ok(others)
}
