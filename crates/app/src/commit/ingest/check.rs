//! What an entry that is held must pass before it is taken into documents.

use super::super::roads::take_roster;
use super::documents::{Documents, Judgement};
use super::facts::OTHER_FACTS;
use super::{Opened, erased};
use crate::Error;
use crate::krets::Krets;
use radrum_seal::{SealError, Verdict, unseal};
use radrum_store::{EntryRow, Tx, Untaken};
use radrum_wire::{Body, EntryHash, Envelope, Head, Kind};
use std::collections::BTreeSet;

/// Checks an entry that is held. None if it waits or is not taken; the reason is kept.
pub(super) fn open(
    tx: &Tx<'_>,
    krets: &Krets,
    row: &EntryRow,
    here: &BTreeSet<EntryHash>,
) -> Result<Option<Opened>, Error> {
    let envelope = Envelope::decode(&row.envelope)
        .map_err(|error| Error::bug(format!("kept envelope: {}", error.code())))?;
    let place = *envelope.place();
    let untaken = |why, code: &str, needs: &[[u8; 32]]| -> Result<Option<Opened>, Error> {
        tx.put_untaken(row.n, why, code, needs)?;
        Ok(None)
    };
    let entry = unseal(&envelope, krets.members.region(), &krets.epochs)
        .and_then(|unsealed| unsealed.verify(&krets.members));
    if place.seq.0 > 1 && !here.contains(&place.prev) && !tx.read().took_entry(place.prev)? {
        // It may carry facts, or name the stub that it waits for: it is looked at again when it
        // can be opened.
        let mut needs = entry.err().map(needs_of).unwrap_or_default();
        needs.push(*place.prev.as_bytes());
        return untaken(Untaken::Waits, "before", &needs);
    }
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => {
            let needs = needs_of(error);
            let why = match error.verdict() {
                Verdict::Wait if needs.is_empty() => Untaken::Unknown,
                Verdict::Wait => Untaken::Waits,
                Verdict::Quarantine => Untaken::SetAside,
                Verdict::Refuse => Untaken::Refused,
            };
            return untaken(why, error.code(), &needs);
        }
    };
    // Of a log that was cut, only the branch that leads to the cutoff counts.
    if let Some(last) = krets.members.cutoff(place.log) {
        let at = Head {
            log: place.log,
            seq: place.seq,
            hash: row.hash,
        };
        if !tx.read().leads_to(&at, &last)? {
            if tx.read().holds_entry(last.hash)? {
                return untaken(Untaken::SetAside, "branch", &[OTHER_FACTS]);
            }
            return untaken(Untaken::Waits, "cutoff", &[*last.hash.as_bytes()]);
        }
    }
    match entry.kind {
        Kind::CHANGES if entry.schema == 1 => match Body::decode(&entry.body) {
            Ok(body) => Ok(Some(Opened {
                n: row.n,
                entry,
                body,
            })),
            Err(_) => untaken(Untaken::Refused, "body", &[]),
        },
        Kind::ROSTER if !take_roster(tx, krets, &entry)? => {
            untaken(Untaken::Refused, "roster", &[])
        }
        Kind::FACTS | Kind::ROSTER => Ok(Some(Opened {
            n: row.n,
            entry,
            body: Body::default(),
        })),
        _ if erased::reads(&entry) => Ok(Some(Opened {
            n: row.n,
            entry,
            body: Body::default(),
        })),
        _ => untaken(Untaken::Unknown, "kind", &[]),
    }
}

pub(super) fn is_stub(row: &EntryRow) -> bool {
    Envelope::decode(&row.envelope).is_ok_and(|envelope| envelope.is_stub())
}

/// A stub carries nothing: what stands after it need wait for nothing else. Gives whether
/// everything before it is here.
pub(super) fn pass_stub(
    tx: &Tx<'_>,
    row: &EntryRow,
    here: &BTreeSet<EntryHash>,
) -> Result<bool, Error> {
    let envelope = Envelope::decode(&row.envelope)
        .map_err(|error| Error::bug(format!("kept stub: {}", error.code())))?;
    let place = *envelope.place();
    if place.seq.0 > 1 && !here.contains(&place.prev) && !tx.read().took_entry(place.prev)? {
        let needs = [*place.prev.as_bytes()];
        tx.put_untaken(row.n, Untaken::Waits, "before", &needs)?;
        return Ok(false);
    }
    tx.end_untaken(row.n)?;
    Ok(true)
}

fn needs_of(error: SealError) -> Vec<[u8; 32]> {
    match error {
        SealError::UnknownEpoch(epoch) => vec![*epoch.as_bytes()],
        SealError::UnknownGrant(grant) => vec![*grant.as_bytes()],
        SealError::AfterCutoff => vec![OTHER_FACTS],
        _ => Vec::new(),
    }
}

/// Takes entries into documents: all at once, or one at a time where one would be taken by half.
/// Gives what others may have waited for: entries and changes.
pub(super) fn settle(
    tx: &Tx<'_>,
    documents: &mut Documents,
    opened: Vec<Opened>,
) -> Result<Vec<[u8; 32]>, Error> {
    let before = documents.taken().count();
    let mut done = Vec::new();
    let all: Vec<&Opened> = opened.iter().collect();
    let judged = match documents.take(tx, &all)? {
        Some(judged) => judged,
        None => one_by_one(tx, documents, &all)?,
    };
    for (one, judged) in opened.iter().zip(judged) {
        match judged {
            Judgement::Taken => tx.end_untaken(one.n)?,
            Judgement::Waits(needs) => {
                tx.put_untaken(one.n, Untaken::Waits, "deps", &needs)?;
                continue;
            }
            Judgement::Refused(code) => tx.put_untaken(one.n, Untaken::Refused, &code, &[])?,
            Judgement::SetAside(code) => tx.put_untaken(one.n, Untaken::SetAside, &code, &[])?,
        }
        done.push(*one.entry.hash.as_bytes());
    }
    done.extend(documents.taken().skip(before));
    Ok(done)
}

/// Takes entries of which one of several items may not be taken: it is whole or not at all.
fn one_by_one(
    tx: &Tx<'_>,
    documents: &mut Documents,
    entries: &[&Opened],
) -> Result<Vec<Judgement>, Error> {
    let mut judged = Vec::new();
    for one in entries {
        judged.extend(documents.take(tx, &[one])?.into_iter().flatten());
    }
    Ok(judged)
}
