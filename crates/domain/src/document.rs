//! One automerge document: the only module that meets the library.
//!
//! Reading never recurses into what others wrote: it walks the known containers, one level
//! at a time (automerge-notes fact 3).

mod apply;
mod ingest;
mod reissue;
mod twins;
mod walk;

pub use ingest::Judged;
pub use reissue::{REISSUE_BYTES, Reissued};

use crate::edit::{Edit, Rejected, checked};
use crate::gate::Chunk;
use crate::genesis::genesis;
use crate::history::{HistoryStep, history};
use crate::key::Kind;
use crate::kind::schema;
use crate::plain::Plain;
use crate::schema::{Schema, TAKEN_UP};
use crate::version::Heads;
use automerge::transaction::{CommitOptions, Transactable as _};
use automerge::{ActorId, Automerge, Change, ROOT, ReadDoc};
use radrum_wire::limits::DEPS_MAX;
use radrum_wire::{ChangeHash, LogId};
use std::collections::BTreeSet;

/// Who writes, in automerge's sense: log id and 8 bytes that are never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor([u8; 24]);

impl Actor {
    /// Binds fresh random bytes to the log, so that nobody can write under another's actor.
    #[must_use]
    pub fn new(log: LogId, fresh: [u8; 8]) -> Self {
        let mut bytes = [0; 24];
        bytes[..16].copy_from_slice(log.as_bytes());
        bytes[16..].copy_from_slice(&fresh);
        Self(bytes)
    }
}

/// The two actors of one edit.
#[derive(Debug, Clone, Copy)]
pub struct Actors {
    /// Of this run of the program; used when the edit stands on the newest heads.
    pub running: Actor,
    /// Drawn for this edit; used when it stands on older heads.
    pub fresh: Actor,
}

/// A change that an edit made, with what the store keeps about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its hash.
    pub hash: ChangeHash,
    /// `Change::raw_bytes()`.
    pub bytes: Vec<u8>,
    /// Actor bytes.
    pub actor: Vec<u8>,
    /// Number of the actor's change in this document, from 1.
    pub seq: u64,
    /// First operation.
    pub start_op: u64,
    /// Last operation.
    pub max_op: u64,
    /// What it stands on.
    pub deps: Vec<ChangeHash>,
}

/// Why a document cannot be read or edited.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The saved bytes are not a document of this kind.
    #[error("saved document is damaged")]
    Damaged,
    /// The edit stands on heads that this document does not have.
    #[error("edit stands on unknown heads")]
    UnknownHeads,
    /// The edit breaks the schema.
    #[error(transparent)]
    Rejected(#[from] Rejected),
    /// The library refused; nothing was written.
    #[error("automerge: {0}")]
    Automerge(#[from] automerge::AutomergeError),
}

/// A document that is open for reading or editing. Clones are cheap (copy on write).
#[derive(Clone)]
pub struct Document {
    schema: &'static Schema,
    doc: Automerge,
}

impl Document {
    /// A document that holds the genesis of its kind and nothing else.
    ///
    /// # Errors
    /// [`DocumentError::Damaged`] if the committed bytes were damaged, which a test excludes.
    pub fn begin(kind: Kind) -> Result<Self, DocumentError> {
        let (bytes, _) = genesis(kind);
        let change = Change::from_bytes(bytes.to_vec()).map_err(|_| DocumentError::Damaged)?;
        let mut doc = Automerge::new();
        doc.apply_changes([change])?;
        Ok(Self {
            schema: schema(kind),
            doc,
        })
    }

    /// Opens saved bytes of our own `docs` row.
    ///
    /// # Errors
    /// [`DocumentError::Damaged`]; the caller rebuilds the document from its changes.
    pub fn load(kind: Kind, saved: &[u8]) -> Result<Self, DocumentError> {
        #[expect(clippy::disallowed_methods, reason = "the one place: our own docs row")]
        let doc = Automerge::load(saved).map_err(|_| DocumentError::Damaged)?;
        Ok(Self {
            schema: schema(kind),
            doc,
        })
    }

    /// What it is a document of.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.schema.kind
    }

    /// Bytes for the `docs` row. Never compared: they depend on arrival order.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        self.doc.save()
    }

    /// What the document stands on now.
    #[must_use]
    pub fn heads(&self) -> Heads {
        Heads::new(self.doc.get_heads().into_iter().map(hash))
    }

    /// The plain value.
    #[must_use]
    pub fn plain(&self) -> Plain {
        walk::plain(&self.doc, self.schema)
    }

    /// Whether it has all these changes.
    #[must_use]
    pub fn holds(&self, heads: &Heads) -> bool {
        self.doc
            .get_missing_deps(&automerge_heads(heads))
            .is_empty()
    }

    /// The plain value as it was on heads that it has gone beyond; none if it never had them.
    #[must_use]
    pub fn plain_at(&self, heads: &Heads) -> Option<Plain> {
        if *heads == self.heads() {
            return Some(self.plain());
        }
        let then = self.doc.fork_at(&automerge_heads(heads)).ok()?;
        Some(walk::plain(&then, self.schema))
    }

    /// Makes an edit on the heads that its writer saw, and merges it with what came since.
    ///
    /// Usually one change; a very long text makes a few. Empty when nothing changed.
    ///
    /// # Errors
    /// [`DocumentError::Rejected`] when the edit breaks the schema, [`DocumentError::UnknownHeads`]
    /// when the base is not of this document. The document is then as it was.
    pub fn edit(
        &mut self,
        base: &Heads,
        actors: Actors,
        edits: &[Edit],
    ) -> Result<Vec<Made>, DocumentError> {
        let edits: Vec<Edit> = edits
            .iter()
            .map(|edit| checked(self.schema, edit))
            .collect::<Result<_, _>>()?;
        let mut branch = self.branch(base, actors)?;
        let mut hashes = Vec::new();
        let mut tx = branch.transaction();
        for edit in &edits {
            apply::edit(&mut tx, self.schema, edit)?;
        }
        let later = apply::write_texts(&mut tx, &edits)?;
        hashes.extend(tx.commit_with(CommitOptions::default().with_time(0)).0);
        for (text, stage) in later {
            let mut tx = branch.transaction();
            tx.update_text(&text, stage)?;
            hashes.extend(tx.commit_with(CommitOptions::default().with_time(0)).0);
        }
        let changes: Vec<Change> = hashes
            .iter()
            .filter_map(|hash| branch.get_change_by_hash(hash))
            .collect();
        let made = changes.iter().map(made).collect();
        self.doc.apply_changes(changes)?;
        Ok(made)
    }

    /// Makes a change that stands on all that is here and says nothing but that: whoever makes it
    /// takes up what came after somebody's end.
    ///
    /// # Errors
    /// [`DocumentError::UnknownHeads`] when that is more than one change can stand on.
    pub fn take_up(&mut self, actors: Actors) -> Result<Made, DocumentError> {
        let heads = self.heads();
        let all = heads.as_slice();
        let (Some(first), true) = (all.first(), all.len() <= DEPS_MAX) else {
            return Err(DocumentError::UnknownHeads);
        };
        // Another value each time: automerge makes no change of one that stands there.
        let name = first.to_string();
        let mut branch = self.branch(&heads, actors)?;
        let mut tx = branch.transaction();
        tx.put(ROOT, TAKEN_UP, name)?;
        let (hash, _) = tx.commit_with(CommitOptions::default().with_time(0));
        let change = hash.and_then(|hash| branch.get_change_by_hash(&hash));
        let change = change.ok_or(DocumentError::Damaged)?;
        let made = made(&change);
        self.doc.apply_changes([change])?;
        Ok(made)
    }

    /// The document as it was on `base`, under an actor that may write there.
    fn branch(&self, base: &Heads, actors: Actors) -> Result<Automerge, DocumentError> {
        let mut heads = automerge_heads(base);
        heads.truncate(DEPS_MAX);
        let newest = *base == self.heads() && base.as_slice().len() <= DEPS_MAX;
        let mut branch = if newest {
            self.doc.clone()
        } else {
            self.doc
                .fork_at(&heads)
                .map_err(|_| DocumentError::UnknownHeads)?
        };
        let actor = if newest { actors.running } else { actors.fresh };
        branch.set_actor(ActorId::from(actor.0));
        Ok(branch)
    }

    /// Every change and what it did, oldest first, the genesis left out.
    #[must_use]
    pub fn history(&self) -> Vec<HistoryStep> {
        history(&self.doc.get_changes(&[]), self.schema)
    }

    /// What was done since a version, oldest first: every change that it does not stand on.
    #[must_use]
    pub fn history_since(&self, version: &Heads) -> Vec<HistoryStep> {
        let later = self.doc.get_changes(&automerge_heads(version));
        let later: BTreeSet<ChangeHash> = later.iter().map(|of| hash(of.hash())).collect();
        let mut steps = self.history();
        steps.retain(|step| later.contains(&step.change));
        steps
    }

    /// All changes but the genesis, oldest first, for a rebuild or a check.
    #[must_use]
    pub fn changes(&self) -> Vec<Made> {
        self.doc.get_changes(&[]).iter().skip(1).map(made).collect()
    }

    /// Applies changes that this program made and logged earlier.
    ///
    /// # Errors
    /// [`DocumentError::Damaged`] when a change cannot be read or its dependencies are missing.
    pub fn replay(&mut self, changes: &[Vec<u8>]) -> Result<(), DocumentError> {
        let mut read = Vec::with_capacity(changes.len());
        for bytes in changes {
            read.push(Change::from_bytes(bytes.clone()).map_err(|_| DocumentError::Damaged)?);
        }
        self.doc.apply_changes(read)?;
        if self.doc.get_missing_deps(&[]).is_empty() {
            Ok(())
        } else {
            Err(DocumentError::Damaged)
        }
    }
}

/// The name of a change; none for bytes that are refused.
#[must_use]
pub fn hash_of(bytes: &[u8]) -> Option<ChangeHash> {
    Chunk::read(bytes).ok()?;
    let change = Change::from_bytes(bytes.to_vec()).ok()?;
    Some(hash(change.hash()))
}

fn made(change: &Change) -> Made {
    Made {
        hash: hash(change.hash()),
        bytes: change.raw_bytes().to_vec(),
        actor: change.actor_id().to_bytes().to_vec(),
        seq: change.seq(),
        start_op: change.start_op().get(),
        max_op: change.max_op(),
        deps: change.deps().iter().copied().map(hash).collect(),
    }
}

fn automerge_heads(heads: &Heads) -> Vec<automerge::ChangeHash> {
    let heads = heads.as_slice().iter();
    heads
        .map(|hash| automerge::ChangeHash(*hash.as_bytes()))
        .collect()
}

fn hash(hash: automerge::ChangeHash) -> ChangeHash {
    ChangeHash::from_bytes(hash.0)
}
