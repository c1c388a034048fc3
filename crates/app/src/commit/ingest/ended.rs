//! What somebody wrote after her end. Nothing of it counts, but for what others built on before
//! they knew: which entries these are follows from those that are held, whatever came first.

use super::facts::OTHER_FACTS;
use super::{Opened, author_of, seq_of};
use crate::Error;
use crate::commit::erase::Hands;
use crate::commit::merge::ancestors;
use crate::commit::own::{NOBODY, Value, write_own};
use crate::krets::Krets;
use radrum_domain::{Document, Heads, ItemKey, Made, begins, hash_of, stands_on};
use radrum_seal::{SealError, unseal};
use radrum_store::{Claimed, EntryRow, Read, Tx, Untaken};
use radrum_wire::{Body, ChangeHash, Envelope, Generation, Head, ItemId, Kind, LogId, Seq};
use std::collections::{BTreeMap, BTreeSet};

/// What an entry of a cut log waits for that cannot be placed yet: anything else of that log.
pub(super) fn more_of(log: LogId) -> [u8; 32] {
    let mut need = [0; 32];
    need[..16].copy_from_slice(log.as_bytes());
    need
}

/// What an erasure waits for that came after the end of whoever said it: the receipt of somebody
/// who carried it out before that was known.
pub(super) fn receipt_of(log: LogId) -> [u8; 32] {
    let mut need = [0xff; 32];
    need[..16].copy_from_slice(log.as_bytes());
    need
}

/// An erasure that stands behind the very stub that it names, after the end of whoever said it,
/// once somebody has carried it out.
pub(super) fn carried_out(
    tx: &Tx<'_>,
    krets: &Krets,
    row: &EntryRow,
) -> Result<Option<Opened>, Error> {
    match read_anyway(krets, row) {
        Some(opened) if is_carried_out(tx, &opened)? => Ok(Some(opened)),
        _ => Ok(None),
    }
}

/// Where an entry stands in a log that was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Branch {
    /// It leads to the cutoff, or the log was not cut.
    Counts,
    /// Another entry stands at its place there.
    Other,
    /// Two stand at its place, and what shows which one counts has not come.
    NotYet,
}

/// Whether an entry stands on the branch of its log that leads to the cutoff.
pub(super) fn branch_of(read: &Read<'_>, krets: &Krets, head: &Head) -> Result<Branch, Error> {
    let Some(last) = krets.members.cutoff(head.log) else {
        return Ok(Branch::Counts);
    };
    Ok(match read.on_way_to(&last, head.seq)? {
        Some(hash) if hash == head.hash => Branch::Counts,
        Some(_) => Branch::Other,
        None if read.has_twin(head)? => Branch::NotYet,
        None => Branch::Counts,
    })
}

/// Keeps an entry aside that does not count, unless somebody has built on it: then it is to be
/// taken in.
pub(super) fn keep_aside(
    tx: &Tx<'_>,
    krets: &Krets,
    row: &EntryRow,
    code: &str,
) -> Result<Option<Opened>, Error> {
    let Ok(envelope) = Envelope::decode(&row.envelope) else {
        return Ok(None);
    };
    let needs = [OTHER_FACTS, receipt_of(envelope.place().log)];
    tx.put_untaken(row.n, Untaken::SetAside, code, &needs)?;
    let Some(opened) = read_anyway(krets, row) else {
        return Ok(None);
    };
    let hands = Hands {
        tx,
        krets: Some(krets),
        own: &[],
    };
    if hands.clean_envelope(row.n, &row.envelope)? {
        // It carries what was erased: a stub waits for nothing.
        tx.end_untaken(row.n)?;
        return Ok(None);
    }
    let changes = hashes(&opened.body);
    tx.put_aside(row.n, &changes)?;
    let counts = tx.read().is_built_on(&changes)? || is_carried_out(tx, &opened)?;
    Ok(counts.then_some(opened))
}

/// Whether an entry erases what another computer has erased by it: gone is gone, and who says so
/// belongs.
fn is_carried_out(tx: &Tx<'_>, opened: &Opened) -> Result<bool, Error> {
    let entry = &opened.entry;
    if entry.kind != Kind::ERASE {
        return Ok(false);
    }
    let place = &entry.place;
    let by = tx.read().receipts_for(place.log, seq_of(entry))?;
    Ok(by.iter().any(|device| Some(*device) != entry.grant))
}

/// An entry, whether it counts or not.
pub(super) fn read_anyway(krets: &Krets, row: &EntryRow) -> Option<Opened> {
    let envelope = Envelope::decode(&row.envelope).ok()?;
    let entry = unseal(&envelope, krets.members.region(), &krets.epochs)
        .and_then(|unsealed| unsealed.verify_despite_end(&krets.members))
        .ok()?;
    let body = if entry.kind == Kind::CHANGES && entry.schema == 1 {
        Body::decode(&entry.body).ok()?
    } else {
        Body::default()
    };
    Some(Opened {
        n: row.n,
        entry,
        body,
    })
}

fn hashes(body: &Body) -> Vec<ChangeHash> {
    let changes = body.changes.iter();
    changes
        .filter_map(|change| hash_of(&change.change))
        .collect()
}

/// An entry that was taken in and does not count any more.
struct Late {
    n: i64,
    log: LogId,
    code: &'static str,
    changes: Vec<(ItemId, ChangeHash)>,
}

/// Items by the changes of their documents, in an order where what a change stands on is before
/// it.
type Histories = BTreeMap<ItemId, (Document, Vec<Made>)>;

/// Takes what does not count out of the documents that have it, and keeps it aside. Logs of this
/// device stay as they are. Gives what shows something else now.
pub(super) fn take_out(tx: &Tx<'_>, krets: &Krets, own: &[LogId]) -> Result<Vec<ItemKey>, Error> {
    let mut late = Vec::new();
    for log in krets.members.cut_logs().filter(|log| !own.contains(log)) {
        let last = krets.members.cutoff(log).map_or(Seq(0), |last| last.seq);
        for placed in tx.read().taken_after(log, last)? {
            late.extend(late_of(tx, krets, &placed.row, &placed.head)?);
        }
    }
    let histories = histories(tx, &late)?;
    spare(&mut late, &histories);
    let mut gone: BTreeMap<ItemId, BTreeSet<ChangeHash>> = BTreeMap::new();
    for one in &late {
        let needs = [OTHER_FACTS, receipt_of(one.log)];
        tx.put_untaken(one.n, Untaken::SetAside, one.code, &needs)?;
        let changes: Vec<ChangeHash> = one.changes.iter().map(|(_, hash)| *hash).collect();
        tx.put_aside(one.n, &changes)?;
        for (item, hash) in &one.changes {
            gone.entry(*item).or_default().insert(*hash);
        }
    }
    let mut touched = Vec::new();
    for (item, gone) in gone {
        touched.extend(tx.read().key_of(item)?);
        if let Some((_, changes)) = histories.get(&item) {
            rewrite(tx, krets, item, changes, &gone)?;
        }
    }
    Ok(touched)
}

/// Whether an entry that was taken in came after the end of whoever wrote it, or stands beside
/// the branch that leads there: the code of that. An erasure that was carried out stays.
pub(super) fn is_late(
    read: &Read<'_>,
    krets: &Krets,
    opened: &Opened,
    head: &Head,
) -> Result<Option<&'static str>, Error> {
    let entry = &opened.entry;
    if entry.kind == Kind::ERASE && read.carried_out(head)? {
        return Ok(None);
    }
    let grant = entry.grant;
    let placed = grant.map(|grant| krets.members.check_place(grant, &entry.place, head.hash));
    Ok(match placed {
        Some(Err(error @ SealError::AfterCutoff)) => Some(error.code()),
        _ if branch_of(read, krets, head)? == Branch::Other => Some(OTHER_BRANCH),
        _ => None,
    })
}

fn late_of(tx: &Tx<'_>, krets: &Krets, row: &EntryRow, head: &Head) -> Result<Option<Late>, Error> {
    let Some(opened) = read_anyway(krets, row) else {
        return Ok(None);
    };
    let Some(code) = is_late(&tx.read(), krets, &opened, head)? else {
        return Ok(None);
    };
    let of = |change: &radrum_wire::ItemChange| Some((change.item, hash_of(&change.change)?));
    Ok(Some(Late {
        n: row.n,
        log: head.log,
        code,
        changes: opened.body.changes.iter().filter_map(of).collect(),
    }))
}

/// What a version stands on that somebody had on her screen when changes were taken out of it:
/// the same without them. As it is if one of its changes is not known at all.
pub(in crate::commit) fn without_aside(
    tx: &Tx<'_>,
    krets: &Krets,
    doc: &Document,
    seen: &Heads,
) -> Result<Heads, Error> {
    let (mut known, mut done) = (BTreeSet::new(), BTreeSet::new());
    let mut next = seen.as_slice().to_vec();
    while let Some(hash) = next.pop() {
        if doc.holds(&Heads::new([hash])) {
            known.insert(hash);
        } else if done.insert(hash) {
            let Some(deps) = deps_aside(tx, krets, hash)? else {
                return Ok(seen.clone());
            };
            next.extend(deps);
        }
    }
    Ok(Heads::new(known))
}

fn deps_aside(
    tx: &Tx<'_>,
    krets: &Krets,
    hash: ChangeHash,
) -> Result<Option<Vec<ChangeHash>>, Error> {
    for row in tx.read().aside_with(&[*hash.as_bytes()])? {
        let opened = read_anyway(krets, &row);
        for change in opened.iter().flat_map(|opened| &opened.body.changes) {
            if hash_of(&change.change) == Some(hash) {
                return Ok(Some(stands_on(&change.change)));
            }
        }
    }
    Ok(None)
}

/// Code of entries beside the branch that leads to the cutoff.
pub(super) const OTHER_BRANCH: &str = "branch";

fn histories(tx: &Tx<'_>, late: &[Late]) -> Result<Histories, Error> {
    let mut histories = Histories::new();
    let items: BTreeSet<ItemId> = late
        .iter()
        .flat_map(|one| &one.changes)
        .map(|of| of.0)
        .collect();
    for item in items {
        let Some(key) = tx.read().key_of(item)? else {
            continue;
        };
        if let Some(stored) = tx.read().doc(&key)?
            && !stored.saved.is_empty()
        {
            let doc = Document::load(key.kind(), &stored.saved)?;
            let changes = doc.changes();
            histories.insert(item, (doc, changes));
        }
    }
    Ok(histories)
}

/// Spares what a change stands on that counts. An entry is whole or not at all, so what is
/// spared spares others.
fn spare(late: &mut Vec<Late>, histories: &Histories) {
    loop {
        let gone: BTreeSet<ChangeHash> = late
            .iter()
            .flat_map(|one| &one.changes)
            .map(|of| of.1)
            .collect();
        let mut needed = BTreeSet::new();
        for (_, changes) in histories.values() {
            let living = changes.iter().map(|made| made.hash);
            let living: Vec<ChangeHash> = living.filter(|hash| !gone.contains(hash)).collect();
            needed.extend(ancestors(changes, &living));
        }
        let before = late.len();
        late.retain(|one| !one.changes.iter().any(|(_, hash)| needed.contains(hash)));
        if late.len() == before {
            return;
        }
    }
}

/// Makes the document of an item anew, without some of its changes.
fn rewrite(
    tx: &Tx<'_>,
    krets: &Krets,
    item: ItemId,
    changes: &[Made],
    gone: &BTreeSet<ChangeHash>,
) -> Result<(), Error> {
    let generation = tx.read().standing(item)?;
    let all: Vec<ChangeHash> = gone.iter().copied().collect();
    tx.take_out_changes(item, generation, &all)?;
    let left: Vec<&Made> = changes
        .iter()
        .filter(|made| !gone.contains(&made.hash))
        .collect();
    let Some(key) = tx.read().key_of(item)? else {
        return Ok(());
    };
    if left.is_empty() {
        return Ok(tx.take_out_document(item)?);
    }
    let mut doc = Document::begin(key.kind())?;
    let bytes: Vec<Vec<u8>> = left.iter().map(|made| made.bytes.clone()).collect();
    doc.replay(&bytes)?;
    let claimed = claimed(tx, krets, (item, generation), &left)?;
    let old = tx.read().doc_meta(&key)?;
    let provisional = tx.read().provisional(item)?.is_some();
    let value = Value::of(&doc);
    write_own(tx, old.as_ref(), &key, value, (&claimed, provisional))
}

/// Who claims to have made and changed an item, by the changes that are left of it.
fn claimed(
    tx: &Tx<'_>,
    krets: &Krets,
    (item, generation): (ItemId, Generation),
    left: &[&Made],
) -> Result<Claimed, Error> {
    let mut claims: BTreeMap<ChangeHash, (i64, ItemId)> = BTreeMap::new();
    for row in tx.read().changes_of(item, generation)? {
        claims.insert(row.hash, (row.written_at, row.author));
    }
    // Of two entries in one place the log knows only one time: they themselves know both.
    let mut exact: BTreeMap<ChangeHash, (i64, ItemId)> = BTreeMap::new();
    for row in tx.read().beside_each_other(item, generation)? {
        if let Some(opened) = read_anyway(krets, &row) {
            let claim = (opened.entry.written_at, author_of(&opened.entry));
            for hash in hashes(&opened.body) {
                let known = exact.entry(hash).or_insert(claim);
                *known = claim.max(*known);
            }
        }
    }
    claims.extend(exact);
    let mut claimed = Claimed {
        created: (i64::MAX, NOBODY),
        updated: (i64::MIN, NOBODY),
    };
    for made in left {
        let Some(claim) = claims.get(&made.hash) else {
            continue;
        };
        claimed.updated = claimed.updated.max(*claim);
        if begins(&made.bytes).is_some() {
            claimed.created = claimed.created.min(*claim);
        }
    }
    Ok(claimed)
}
