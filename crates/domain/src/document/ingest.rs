//! Changes that others made: the gate's checks in order, and the one place where what passed
//! them meets automerge.

use super::{Document, DocumentError, Made, hash, made};
use crate::gate::{Chunk, Claims, DOCUMENT_OPS_MAX, Delay, Graph, Incoming, Refusal, Verdict};
use crate::genesis::genesis;
use automerge::{Automerge, Change};
use radrum_wire::ChangeHash;
use std::collections::{HashMap, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Length of the actor of everyone but the committed changes: log id and 8 fresh bytes.
const ACTOR_BYTES: usize = 24;

/// A verdict, and what the store keeps of the change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The verdict.
    pub verdict: Verdict,
    /// The change; none if its bytes were refused, or if it is a committed one.
    pub change: Option<Made>,
}

/// A change whose bytes are good.
struct Candidate<'a> {
    /// Which of the batch.
    at: usize,
    chunk: Chunk<'a>,
    change: Change,
    hash: ChangeHash,
}

impl Document {
    /// Takes what it may of a batch of changes: one apply for all of them.
    ///
    /// They may come in any order, but changes of one log stand in the order of that log.
    /// `claims` is read and extended; the caller keeps what is new of it. A change that stands
    /// on another of the batch is accepted with it. Verdicts come in the order of `incoming`.
    /// The document changes only if one of them is [`Verdict::Accept`].
    ///
    /// # Errors
    /// [`DocumentError::Damaged`] when the document itself holds what could not have passed.
    pub fn ingest(
        &mut self,
        incoming: &[Incoming<'_>],
        claims: &mut Claims,
    ) -> Result<Vec<Judged>, DocumentError> {
        let mut graph = self.graph()?;
        let mut judged = Vec::with_capacity(incoming.len());
        let mut candidates = Vec::with_capacity(incoming.len());
        for (at, incoming) in incoming.iter().enumerate() {
            match self.read(at, incoming) {
                Ok(candidate) => {
                    let verdict = claim(&candidate, &graph, claims);
                    let change = Some(made(&candidate.change));
                    let open = verdict.is_none();
                    let verdict = verdict.unwrap_or(Verdict::Pending(Vec::new()));
                    judged.push(Judged { verdict, change });
                    candidates.extend(open.then_some(candidate));
                }
                Err(verdict) => judged.push(Judged {
                    verdict,
                    change: None,
                }),
            }
        }
        let admitted = admit(&mut graph, candidates, &mut judged);
        self.enter(admitted, &mut judged);
        Ok(judged)
    }

    /// What the document holds, as the gate sees it.
    fn graph(&self) -> Result<Graph, DocumentError> {
        let mut graph = Graph::new(self.schema);
        for change in self.doc.get_changes(&[]) {
            Chunk::read(change.raw_bytes())
                .and_then(|chunk| graph.trust(hash(change.hash()), &chunk))
                .map_err(|_| DocumentError::Damaged)?;
        }
        Ok(graph)
    }

    /// Step 1, and whose change it is.
    fn read<'a>(&self, at: usize, incoming: &Incoming<'a>) -> Result<Candidate<'a>, Verdict> {
        let bytes = incoming.bytes;
        let chunk = Chunk::read(bytes).map_err(Verdict::Refuse)?;
        if bytes == genesis(self.schema.kind).0 {
            return Err(Verdict::Known);
        }
        if chunk.actor.iter().all(|byte| *byte == 0) {
            return Err(Verdict::Refuse(Refusal::ZeroActor));
        }
        if chunk.actor.len() != ACTOR_BYTES || !chunk.actor.starts_with(incoming.log.as_bytes()) {
            return Err(Verdict::Refuse(Refusal::ForeignActor));
        }
        if chunk.deps.is_empty() {
            return Err(Verdict::Refuse(Refusal::NoDeps));
        }
        let change = catch_unwind(|| Change::from_bytes(bytes.to_vec()))
            .map_err(|_| Verdict::Postpone(Delay::Crashed))?
            .map_err(|_| Verdict::Refuse(Refusal::Malformed))?;
        let hash = hash(change.hash());
        // The library computes the hash from the content and never compares it.
        if !hash.as_bytes().starts_with(chunk.checksum) {
            return Err(Verdict::Refuse(Refusal::Checksum));
        }
        Ok(Candidate {
            at,
            chunk,
            change,
            hash,
        })
    }

    /// Step 4: all at once, and one at a time if that fails.
    fn enter(&mut self, admitted: Vec<Candidate<'_>>, judged: &mut [Judged]) {
        let mut tell = |at: usize, verdict| {
            if let Some(judged) = judged.get_mut(at) {
                judged.verdict = verdict;
            }
        };
        let all: Vec<&Candidate<'_>> = admitted.iter().collect();
        if let Ok(doc) = applied(&self.doc, &all) {
            self.doc = doc;
            admitted.iter().for_each(|c| tell(c.at, Verdict::Accept));
            return;
        }
        let mut failed: HashSet<ChangeHash> = HashSet::new();
        for candidate in &admitted {
            let deps = candidate.chunk.deps.iter();
            let missing: Vec<ChangeHash> =
                deps.filter(|dep| failed.contains(dep)).copied().collect();
            let verdict = if missing.is_empty() {
                match applied(&self.doc, &[candidate]) {
                    Ok(doc) => {
                        self.doc = doc;
                        Verdict::Accept
                    }
                    Err(verdict) => verdict,
                }
            } else {
                Verdict::Pending(missing)
            };
            if verdict != Verdict::Accept {
                failed.insert(candidate.hash);
            }
            tell(candidate.at, verdict);
        }
    }
}

/// What is clear before its dependencies are looked up.
fn claim(candidate: &Candidate<'_>, graph: &Graph, claims: &mut Claims) -> Option<Verdict> {
    let (chunk, hash) = (&candidate.chunk, candidate.hash);
    if graph.knows(&hash) {
        return Some(Verdict::Known);
    }
    let holder = claims.note(chunk.actor, chunk.seq, hash);
    let reused = holder != hash || graph.taken(chunk.actor, chunk.seq);
    reused.then_some(Verdict::Refuse(Refusal::ReusedSeq))
}

/// Steps 2 and 3, each change after those that it stands on. Gives what passed, in an order
/// in which it can be applied; of the rest the verdicts stand.
fn admit<'a>(
    graph: &mut Graph,
    candidates: Vec<Candidate<'a>>,
    judged: &mut [Judged],
) -> Vec<Candidate<'a>> {
    let mut admitted = Vec::with_capacity(candidates.len());
    let mut waiting: HashMap<ChangeHash, Vec<Candidate<'a>>> = HashMap::new();
    let mut ready: VecDeque<Candidate<'a>> = candidates.into();
    while let Some(candidate) = ready.pop_front() {
        let deps = candidate.chunk.deps.iter();
        if let Some(missing) = deps.copied().find(|dep| !graph.knows(dep)) {
            waiting.entry(missing).or_default().push(candidate);
            continue;
        }
        let verdict = verdict(graph, &candidate);
        if let Some(verdict) = verdict {
            if let Some(judged) = judged.get_mut(candidate.at) {
                judged.verdict = verdict;
            }
        } else {
            let woken = waiting.remove(&candidate.hash).unwrap_or_default();
            woken.into_iter().rev().for_each(|c| ready.push_front(c));
            admitted.push(candidate);
        }
    }
    for candidate in waiting.into_values().flatten() {
        let missing = candidate.chunk.deps.iter().filter(|dep| !graph.knows(dep));
        if let Some(judged) = judged.get_mut(candidate.at) {
            judged.verdict = Verdict::Pending(missing.copied().collect());
        }
    }
    admitted
}

/// None if the graph took it.
fn verdict(graph: &mut Graph, candidate: &Candidate<'_>) -> Option<Verdict> {
    if graph.knows(&candidate.hash) {
        return Some(Verdict::Known);
    }
    if graph.ops() + candidate.chunk.ops.len() as u64 > DOCUMENT_OPS_MAX {
        return Some(Verdict::Postpone(Delay::DocumentFull));
    }
    let refusal = graph.admit(candidate.hash, &candidate.chunk).err()?;
    Some(Verdict::Refuse(refusal))
}

/// A copy of the document with the changes in it, each rebuilt to the bytes that came.
///
/// What is lost in rebuilding would give a saved document that cannot be loaded
/// (automerge-notes fact 8).
fn applied(doc: &Automerge, candidates: &[&Candidate<'_>]) -> Result<Automerge, Verdict> {
    let attempt = || {
        let before = doc.get_heads();
        let mut doc = doc.clone();
        doc.apply_changes(candidates.iter().map(|c| c.change.clone()))?;
        let rebuilt = doc.get_changes(&before);
        let rebuilt: HashMap<_, &Change> = rebuilt.iter().map(|c| (c.hash(), c)).collect();
        let same = candidates.iter().all(|candidate| {
            let rebuilt = rebuilt.get(&candidate.change.hash());
            rebuilt.is_some_and(|rebuilt| rebuilt.raw_bytes() == candidate.change.raw_bytes())
        });
        Ok::<_, automerge::AutomergeError>((doc, same))
    };
    // Only the copy is touched, and it is dropped with the panic.
    match catch_unwind(AssertUnwindSafe(attempt)) {
        Ok(Ok((doc, true))) => Ok(doc),
        Ok(Ok((_, false))) => Err(Verdict::Refuse(Refusal::Altered)),
        Ok(Err(_)) => Err(Verdict::Postpone(Delay::NotApplied)),
        Err(_) => Err(Verdict::Postpone(Delay::Crashed)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Candidate, Chunk, Delay, Document, Refusal, Verdict, applied, hash};
    use crate::document::{Actor, Actors};
    use crate::edit::Edit;
    use crate::key::Kind;
    use automerge::{Change, ExpandedChange};
    use radrum_wire::LogId;

    /// What applying says of a change that went round the checks.
    fn unchecked(alter: impl Fn(&mut ExpandedChange), checksum: u8) -> Option<Verdict> {
        let mut doc = Document::begin(Kind::Note).expect("genesis");
        let actor = Actor::new(LogId::from_bytes([1; 16]), [0; 8]);
        let actors = Actors {
            running: actor,
            fresh: actor,
        };
        let write = |text: &str| Edit::Write {
            field: "body".into(),
            text: text.into(),
        };
        let mut edit = |text| {
            let (before, heads) = (doc.clone(), doc.heads());
            let made = doc.edit(&heads, actors, &[write(text)]).expect("edit");
            (before, made[0].bytes.clone())
        };
        edit("ett två");
        let (before, honest) = edit("ett");
        let mut expanded = Change::from_bytes(honest.clone()).expect("change").decode();
        alter(&mut expanded);
        let mut bytes = Change::from(expanded).raw_bytes().to_vec();
        bytes[4] ^= checksum;
        let change = Change::from_bytes(bytes).expect("change");
        let candidate = Candidate {
            at: 0,
            chunk: Chunk::read(&honest).expect("well formed"),
            hash: hash(change.hash()),
            change,
        };
        applied(&before.doc, &[&candidate]).err()
    }

    #[test]
    fn what_passed_the_checks_is_applied() {
        assert_eq!(unchecked(|_| {}, 0), None);
    }

    #[test]
    fn a_panic_of_the_library_is_caught_and_waits() {
        let crashed = Some(Verdict::Postpone(Delay::Crashed));
        assert_eq!(unchecked(|change| change.seq = 7, 0), crashed);
        let nothing = |change: &mut ExpandedChange| {
            let ops = change.operations.iter_mut();
            ops.for_each(|op| op.pred = Vec::new().into());
        };
        assert_eq!(unchecked(nothing, 0), crashed);
    }

    #[test]
    fn an_error_of_the_library_waits() {
        let verdict = unchecked(|change| change.seq = 1, 0);
        assert_eq!(verdict, Some(Verdict::Postpone(Delay::NotApplied)));
    }

    #[test]
    fn a_change_that_comes_back_as_another_is_refused() {
        let verdict = unchecked(|_| {}, 1);
        assert_eq!(verdict, Some(Verdict::Refuse(Refusal::Altered)));
    }
}
