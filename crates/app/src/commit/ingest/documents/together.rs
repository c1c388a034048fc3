//! Entries that are judged together: each item is merged once, and an entry of several items is
//! taken whole or not at all.

use super::super::{Opened, seq_of};
use super::known::Known;
use super::{Documents, Open, Row};
use crate::Error;
use crate::cores::on_all_cores;
use radrum_domain::{Incoming, Judged, Made, Verdict, hash_of, stands_on};
use radrum_store::Tx;
use radrum_wire::{ChangeHash, ItemChange, ItemId};
use std::collections::{BTreeMap, BTreeSet};

/// How often the rest is tried again without those that would be taken by half. After that
/// each is judged alone: nobody can make a batch cost its square.
const TRIES: usize = 4;

/// What becomes of some entries together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judgement {
    /// Everything in them is in the documents now.
    Taken,
    /// Something that they stand on has not come.
    Waits(Vec<[u8; 32]>),
    /// No device takes them.
    Refused(String),
    /// This device does not take them now.
    SetAside(String),
}

/// What would come of entries; nothing is taken yet.
struct Trial {
    merged: Vec<(ItemId, Open)>,
    rows: Vec<Row>,
    /// Changes whose bytes are good, with the number of their entry.
    tried: Vec<(usize, ItemId, Made)>,
    judged: Vec<Judgement>,
    /// Entries of which a change was accepted.
    begun: BTreeSet<usize>,
}

impl Trial {
    /// Notes what came of the changes of one item.
    fn note(
        &mut self,
        item: ItemId,
        changes: &[(usize, &ItemChange)],
        merged: Option<(Open, Vec<Judged>)>,
        entries: &[&Opened],
    ) {
        let Some((open, verdicts)) = merged else {
            let needs = needs_of_first(changes);
            for (n, _) in changes {
                worsen(&mut self.judged, *n, Judgement::Waits(needs.clone()));
            }
            return;
        };
        for ((n, _), verdict) in changes.iter().zip(verdicts) {
            worsen(&mut self.judged, *n, judgement(&verdict));
            let Some(made) = verdict.change else {
                continue;
            };
            self.tried.push((*n, item, made.clone()));
            let (Verdict::Accept, Some(opened)) = (verdict.verdict, entries.get(*n)) else {
                continue;
            };
            self.begun.insert(*n);
            self.rows.push(Row {
                item,
                generation: open.generation,
                made,
                log: opened.entry.place.log,
                seq: seq_of(&opened.entry),
            });
        }
        self.merged.push((item, open));
    }

    fn halves(&self) -> BTreeSet<usize> {
        let halves = self.begun.iter().copied();
        halves
            .filter(|n| self.judged.get(*n) != Some(&Judgement::Taken))
            .collect()
    }
}

impl Documents {
    /// Takes entries, each whole or not at all, and says of each what became of it, in their
    /// order.
    pub fn take(&mut self, tx: &Tx<'_>, entries: &[&Opened]) -> Result<Vec<Judgement>, Error> {
        let mut judged = vec![None; entries.len()];
        for _ in 0..TRIES {
            let left = left(&judged);
            if left.is_empty() {
                break;
            }
            self.attempt(tx, entries, &left, &mut judged)?;
        }
        for n in left(&judged) {
            self.attempt(tx, entries, &[n], &mut judged)?;
        }
        Ok(judged.into_iter().flatten().collect())
    }

    /// Judges some entries and takes what may be taken; if one of them would be taken by half,
    /// only such ones are judged and the rest is left for another attempt.
    fn attempt(
        &mut self,
        tx: &Tx<'_>,
        entries: &[&Opened],
        left: &[usize],
        judged: &mut [Option<Judgement>],
    ) -> Result<(), Error> {
        let some: Vec<&Opened> = left
            .iter()
            .filter_map(|n| entries.get(*n).copied())
            .collect();
        let trial = self.try_on(tx, &some)?;
        let halves = trial.halves();
        for (at, verdict) in trial.judged.iter().enumerate() {
            if (halves.is_empty() || halves.contains(&at))
                && let Some(one) = left.get(at).and_then(|n| judged.get_mut(*n))
            {
                *one = Some(verdict.clone());
            }
        }
        self.hold_numbers(tx, &trial, &halves)?;
        if halves.is_empty() {
            self.keep(tx, trial, &some)?;
        }
        Ok(())
    }

    fn try_on(&self, tx: &Tx<'_>, entries: &[&Opened]) -> Result<Trial, Error> {
        let mut by_item: BTreeMap<ItemId, Vec<(usize, &ItemChange)>> = BTreeMap::new();
        for (n, opened) in entries.iter().enumerate() {
            for change in &opened.body.changes {
                by_item.entry(change.item).or_default().push((n, change));
            }
        }
        let mut trial = Trial {
            merged: Vec::new(),
            rows: Vec::new(),
            tried: Vec::new(),
            judged: vec![Judgement::Taken; entries.len()],
            begun: BTreeSet::new(),
        };
        let mut known = Vec::with_capacity(by_item.len());
        for (item, changes) in by_item {
            known.push((item, self.read(tx, item)?, changes));
        }
        // Items have nothing to do with each other.
        let tried = on_all_cores(known, |(item, known, changes)| {
            let merged = merged(known, &changes, entries)?;
            Ok::<_, Error>((item, changes, merged))
        });
        for one in tried {
            let (item, changes, merged) = one?;
            trial.note(item, &changes, merged, entries);
        }
        Ok(trial)
    }

    /// Whoever used a number first holds it, also while the change waits. With `halves`, only
    /// theirs: the rest is judged again.
    fn hold_numbers(
        &mut self,
        tx: &Tx<'_>,
        trial: &Trial,
        halves: &BTreeSet<usize>,
    ) -> Result<(), Error> {
        for (n, item, made) in &trial.tried {
            let taken = trial.judged.get(*n) == Some(&Judgement::Taken);
            if taken || (!halves.is_empty() && !halves.contains(n)) {
                continue;
            }
            let claim = (made.actor.as_slice(), made.seq, made.hash);
            tx.put_claim(*item, tx.read().standing(*item)?, claim)?;
            if let Some(open) = self.open.get_mut(item) {
                open.claims.note(&made.actor, made.seq, made.hash);
            }
        }
        Ok(())
    }

    fn keep(&mut self, tx: &Tx<'_>, trial: Trial, entries: &[&Opened]) -> Result<(), Error> {
        self.open.extend(trial.merged);
        self.rows.extend(trial.rows);
        for (opened, judged) in entries.iter().zip(&trial.judged) {
            if *judged == Judgement::Taken {
                self.note(tx, opened)?;
            }
        }
        Ok(())
    }
}

/// Merges changes into what is known of their item. None if nothing says of which kind it is.
fn merged(
    known: Known,
    changes: &[(usize, &ItemChange)],
    entries: &[&Opened],
) -> Result<Option<(Open, Vec<Judged>)>, Error> {
    let Some(mut open) = known.open(changes)? else {
        return Ok(None);
    };
    let incoming = changes.iter().filter_map(|(n, change)| {
        Some(Incoming {
            log: entries.get(*n)?.entry.place.log,
            bytes: &change.change,
        })
    });
    let incoming: Vec<Incoming<'_>> = incoming.collect();
    let mut heads = open.doc.heads();
    let judged = open.doc.ingest(&incoming, &mut open.claims)?;
    for ((n, _), judged) in changes.iter().zip(&judged) {
        if let (Verdict::Accept, Some(made), Some(opened)) =
            (&judged.verdict, &judged.change, entries.get(*n))
        {
            open.note(opened, made, &mut heads);
        }
    }
    Ok(Some((open, judged)))
}

fn left(judged: &[Option<Judgement>]) -> Vec<usize> {
    let numbered = judged.iter().enumerate();
    numbered
        .filter_map(|(n, judged)| judged.is_none().then_some(n))
        .collect()
}

fn judgement(judged: &Judged) -> Judgement {
    match &judged.verdict {
        Verdict::Accept | Verdict::Known => Judgement::Taken,
        Verdict::Pending(missing) => {
            Judgement::Waits(missing.iter().map(|hash| *hash.as_bytes()).collect())
        }
        Verdict::Refuse(why) => Judgement::Refused(why.to_string()),
        Verdict::Postpone(why) => Judgement::SetAside(why.to_string()),
    }
}

/// Notes what else is to be said of an entry.
fn worsen(judged: &mut [Judgement], n: usize, by: Judgement) {
    if let Some(one) = judged.get_mut(n) {
        *one = sterner(std::mem::replace(one, Judgement::Taken), by);
    }
}

/// The graver of two: what no device takes goes before what only waits.
fn sterner(a: Judgement, b: Judgement) -> Judgement {
    let rank = |judgement: &Judgement| match judgement {
        Judgement::Taken => 0,
        Judgement::Waits(_) => 1,
        Judgement::SetAside(_) => 2,
        Judgement::Refused(_) => 3,
    };
    match (a, b) {
        (Judgement::Waits(mut a), Judgement::Waits(b)) => {
            a.extend(b);
            Judgement::Waits(a)
        }
        (a, b) if rank(&a) >= rank(&b) => a,
        (_, b) => b,
    }
}

/// What the changes of an unknown item stand on, but for each other.
fn needs_of_first(changes: &[(usize, &ItemChange)]) -> Vec<[u8; 32]> {
    let here = changes.iter().filter_map(|(_, of)| hash_of(&of.change));
    let here: BTreeSet<ChangeHash> = here.collect();
    let deps = changes.iter().flat_map(|(_, of)| stands_on(&of.change));
    let lacking: BTreeSet<ChangeHash> = deps.filter(|hash| !here.contains(hash)).collect();
    lacking.iter().map(|hash| *hash.as_bytes()).collect()
}
