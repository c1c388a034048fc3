//! The changes of one document with their operations, and which of them a version holds.
//!
//! Built anew for each batch from the document's own changes: about what loading costs, and
//! nothing that could differ from the document.

use super::Refusal;
use super::chunk::{Chunk, LocalId};
use super::meaning::Object;
use crate::schema::Schema;
use radrum_wire::ChangeHash;
use std::collections::{HashMap, HashSet};

/// An operation of the document; the actor is a number of [`Graph::actors`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct OpId {
    pub counter: u32,
    pub actor: u32,
}

/// Where an operation stands in its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// A number of [`Graph::names`].
    Name(u32),
    Head,
    Element(OpId),
}

/// What later operations may ask about an operation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// None is the root.
    pub obj: Option<OpId>,
    /// For an inserted element: itself.
    pub spot: Spot,
    pub insert: bool,
    pub delete: bool,
}

/// Operations and objects of one change.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub rows: Vec<Row>,
    pub objects: Vec<(OpId, Object)>,
}

#[derive(Debug)]
struct Node {
    deps: Vec<u32>,
    start_op: u32,
    max_op: u64,
    seq: u64,
    rows: Vec<Row>,
    /// Stands on everything that was added before it, so that a search may stop here.
    trunk: bool,
}

/// Which changes are below a version.
#[derive(Debug)]
pub(super) struct Past {
    /// All changes with a lower number.
    below: u32,
    /// And these.
    more: HashSet<u32>,
}

impl Past {
    fn holds(&self, node: u32) -> bool {
        node < self.below || self.more.contains(&node)
    }
}

/// All changes of a document. Maps are only looked up in, never listed: no order can leak.
#[derive(Debug)]
pub(crate) struct Graph {
    pub(super) schema: &'static Schema,
    nodes: Vec<Node>,
    by_hash: HashMap<ChangeHash, u32>,
    actors: HashMap<Vec<u8>, u32>,
    /// The changes of each actor; each stands on the one before.
    chains: Vec<Vec<u32>>,
    names: HashMap<Box<str>, u32>,
    objects: HashMap<OpId, Object>,
    ops: u64,
}

impl Graph {
    pub fn new(schema: &'static Schema) -> Self {
        Self {
            schema,
            nodes: Vec::new(),
            by_hash: HashMap::new(),
            actors: HashMap::new(),
            chains: Vec::new(),
            names: HashMap::new(),
            objects: HashMap::new(),
            ops: 0,
        }
    }

    /// Operations of all changes, the deleted ones counted.
    pub const fn ops(&self) -> u64 {
        self.ops
    }

    /// Whether a change is here.
    pub fn knows(&self, hash: &ChangeHash) -> bool {
        self.by_hash.contains_key(hash)
    }

    /// Whether a change here has the actor's number.
    pub fn taken(&self, actor: &[u8], seq: u64) -> bool {
        let chain = self
            .actors
            .get(actor)
            .and_then(|actor| self.chains.get(*actor as usize));
        chain.is_some_and(|chain| (1..=chain.len() as u64).contains(&seq))
    }

    /// Takes a change that is in the document already.
    ///
    /// # Errors
    /// When it does not fit the changes before it: the document is not one that passed here.
    pub fn trust(&mut self, hash: ChangeHash, chunk: &Chunk<'_>) -> Result<(), Refusal> {
        let deps = self.deps(chunk)?;
        let past = self.past(&deps);
        let actor = self.actor(chunk.actor);
        let content = self.trusted(chunk, actor)?;
        self.add(hash, chunk, deps, &past, content);
        Ok(())
    }

    /// Checks a change against the version that it stands on, and takes it.
    ///
    /// # Errors
    /// The [`Refusal`]; the same on every device that has the dependencies.
    pub fn admit(&mut self, hash: ChangeHash, chunk: &Chunk<'_>) -> Result<(), Refusal> {
        let deps = self.deps(chunk)?;
        let past = self.past(&deps);
        let highest = deps.iter().filter_map(|dep| self.nodes.get(*dep as usize));
        let highest = highest.map(|node| node.max_op).max().unwrap_or(0);
        if u64::from(chunk.start_op) != highest + 1 {
            return Err(Refusal::StartOp);
        }
        let actor = self.actor(chunk.actor);
        if chunk.seq != self.last_seq(actor, &past) + 1 {
            return Err(Refusal::Seq);
        }
        let content = self.checked(chunk, actor, &past)?;
        self.add(hash, chunk, deps, &past, content);
        Ok(())
    }

    fn add(
        &mut self,
        hash: ChangeHash,
        chunk: &Chunk<'_>,
        deps: Vec<u32>,
        past: &Past,
        content: Content,
    ) {
        let number = number(self.nodes.len());
        let above = past.more.iter().filter(|node| **node >= past.below).count();
        let actor = self.actor(chunk.actor);
        self.ops += content.rows.len() as u64;
        self.objects.extend(content.objects);
        self.by_hash.insert(hash, number);
        if let Some(chain) = self.chains.get_mut(actor as usize) {
            chain.push(number);
        }
        self.nodes.push(Node {
            deps,
            start_op: chunk.start_op,
            max_op: chunk.max_op(),
            seq: chunk.seq,
            rows: content.rows,
            trunk: past.below as usize + above == number as usize,
        });
    }

    fn deps(&self, chunk: &Chunk<'_>) -> Result<Vec<u32>, Refusal> {
        let find = |dep| self.by_hash.get(dep).copied().ok_or(Refusal::NoDeps);
        chunk.deps.iter().map(find).collect()
    }

    fn past(&self, deps: &[u32]) -> Past {
        let mut past = Past {
            below: 0,
            more: HashSet::new(),
        };
        let mut next = deps.to_vec();
        while let Some(number) = next.pop() {
            let Some(node) = self.nodes.get(number as usize) else {
                continue;
            };
            if past.holds(number) {
                continue;
            }
            if node.trunk {
                past.below = number + 1;
            } else {
                past.more.insert(number);
                next.extend(&node.deps);
            }
        }
        past
    }

    fn last_seq(&self, actor: u32, past: &Past) -> u64 {
        let chain = self.chains.get(actor as usize).map_or(&[][..], |c| c);
        let last = chain.iter().rev().find(|node| past.holds(**node));
        last.and_then(|node| self.nodes.get(*node as usize))
            .map_or(0, |node| node.seq)
    }

    /// The number of an actor, given out at its first change.
    fn actor(&mut self, actor: &[u8]) -> u32 {
        if let Some(known) = self.actors.get(actor) {
            return *known;
        }
        let new = number(self.chains.len());
        self.actors.insert(actor.to_vec(), new);
        self.chains.push(Vec::new());
        new
    }

    /// The numbers of all actors that a chunk names, its own first. An actor that is not here
    /// gets a number that no operation has: the same as one that is only on another branch.
    pub(super) fn numbers(&self, chunk: &Chunk<'_>, own: u32) -> Vec<u32> {
        let others = chunk.others.iter();
        let others = others.map(|other| self.actors.get(*other).copied().unwrap_or(u32::MAX));
        std::iter::once(own).chain(others).collect()
    }

    /// The number of a name.
    pub(super) fn name(&mut self, name: &str) -> u32 {
        if let Some(known) = self.names.get(name) {
            return *known;
        }
        let new = number(self.names.len());
        self.names.insert(name.into(), new);
        new
    }

    /// An operation, if the version holds it; any that is here if no version is given.
    pub(super) fn row(&self, id: OpId, past: Option<&Past>) -> Option<&Row> {
        let chain = self.chains.get(id.actor as usize)?;
        let after = chain.partition_point(|node| {
            self.nodes
                .get(*node as usize)
                .is_some_and(|node| node.start_op <= id.counter)
        });
        let number = *chain.get(after.checked_sub(1)?)?;
        if past.is_some_and(|past| !past.holds(number)) {
            return None;
        }
        let node = self.nodes.get(number as usize)?;
        node.rows.get((id.counter - node.start_op) as usize)
    }

    /// An object that an operation made.
    pub(super) fn object(&self, id: OpId) -> Option<Object> {
        self.objects.get(&id).copied()
    }
}

/// Numbers of changes, actors and names: a document has at most a few hundred thousand.
fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// An operation's name in the document.
pub(super) fn global(id: LocalId, numbers: &[u32]) -> OpId {
    OpId {
        counter: id.counter,
        actor: numbers.get(id.actor as usize).copied().unwrap_or(u32::MAX),
    }
}
