//! What an entry that is held must pass before it is taken into documents.

use super::super::anonymous::is_of_thread;
use super::super::roads::take_roster;
use super::ahead::Ahead;
use super::documents::{Documents, Judgement};
use super::ended::{self, Branch};
use super::facts::OTHER_FACTS;
use super::{Opened, erased};
use crate::Error;
use crate::krets::Krets;
use radrum_seal::{SealError, Verdict};
use radrum_store::{DEPENDENCIES, EntryRow, Tx, Untaken};
use radrum_wire::{Body, EntryHash, Envelope, Head, Kind};
use std::collections::BTreeSet;

/// Checks an entry that is held. None if it waits or is not taken; the reason is kept.
pub(super) fn open(
    tx: &Tx<'_>,
    krets: &Krets,
    (row, ahead): (&EntryRow, &mut Ahead),
    here: &BTreeSet<EntryHash>,
) -> Result<Option<Opened>, Error> {
    let envelope = Envelope::decode(&row.envelope)
        .map_err(|error| Error::bug(format!("kept envelope: {}", error.code())))?;
    let place = *envelope.place();
    let untaken = |why, code: &str, needs: &[[u8; 32]]| -> Result<Option<Opened>, Error> {
        tx.put_untaken(row.n, why, code, needs)?;
        Ok(None)
    };
    let unsealed = ahead.take(krets, row.hash, &envelope);
    // A damaged envelope may name one before it that nobody has. Where the epoch is known it is
    // refused as it comes; here the epoch came later. Who may write in the log is asked only when
    // what stands before it is here: that may say so.
    if let Err(error) = &unsealed
        && error.verdict() == Verdict::Refuse
    {
        return untaken(Untaken::Refused, error.code(), &[]);
    }
    let entry = unsealed.and_then(|unsealed| unsealed.verify(&krets.members));
    if place.seq.0 > 1 && !here.contains(&place.prev) && !tx.read().took_entry(place.prev)? {
        // It may carry facts, or name the stub that it waits for: it is looked at again when it
        // can be opened.
        let mut needs = match entry {
            Err(SealError::AfterCutoff) => vec![OTHER_FACTS, ended::receipt_of(place.log)],
            Err(error) => needs_of(error),
            Ok(_) => Vec::new(),
        };
        needs.push(*place.prev.as_bytes());
        return untaken(Untaken::Waits, "before", &needs);
    }
    let entry = match entry {
        Ok(entry) => entry,
        Err(SealError::AfterCutoff) => {
            return ended::keep_aside(tx, krets, row, SealError::AfterCutoff.code());
        }
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
    let at = Head {
        log: place.log,
        seq: place.seq,
        hash: row.hash,
    };
    match ended::branch_of(&tx.read(), krets, &at)? {
        Branch::Counts => {}
        Branch::Other => return ended::keep_aside(tx, krets, row, ended::OTHER_BRANCH),
        Branch::NotYet => {
            return untaken(Untaken::Waits, "cutoff", &[ended::more_of(place.log)]);
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
        Kind::ANONYMOUS if entry.schema == 1 => match Body::decode(&entry.body) {
            Ok(body) if is_of_thread(&place, &body) => Ok(Some(Opened {
                n: row.n,
                entry,
                body,
            })),
            Ok(_) => untaken(Untaken::Refused, "anonymous", &[]),
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
        Kind::ANONYMOUS_ERASE if entry.schema == 1 && !erased::is_of_thread(&entry) => {
            untaken(Untaken::Refused, "anonymous", &[])
        }
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
        SealError::UnknownIssuer => vec![OTHER_FACTS],
        _ => Vec::new(),
    }
}

/// What is to be looked at after some entries were settled.
#[derive(Default)]
pub(super) struct Settled {
    /// What others may have waited for: entries and changes.
    pub came: Vec<[u8; 32]>,
    /// Entries that were kept aside, and that one of these stands on.
    pub built_on: Vec<EntryRow>,
}

/// Takes entries into documents.
pub(super) fn settle(
    tx: &Tx<'_>,
    documents: &mut Documents,
    opened: Vec<Opened>,
) -> Result<Settled, Error> {
    let before = documents.taken().count();
    let mut done = Settled::default();
    let all: Vec<&Opened> = opened.iter().collect();
    let judged = documents.take(tx, &all)?;
    for (one, judged) in opened.iter().zip(judged) {
        match judged {
            Judgement::Taken => tx.end_untaken(one.n)?,
            Judgement::Waits(needs) => {
                tx.put_untaken(one.n, Untaken::Waits, DEPENDENCIES, &needs)?;
                // Of what was written after somebody's end, this counts now.
                done.built_on.extend(tx.read().aside_with(&needs)?);
            }
            Judgement::Refused(code) => tx.put_untaken(one.n, Untaken::Refused, &code, &[])?,
            Judgement::SetAside(code) => tx.put_untaken(one.n, Untaken::SetAside, &code, &[])?,
        }
        done.came.push(*one.entry.hash.as_bytes());
    }
    done.came.extend(documents.taken().skip(before));
    Ok(done)
}
