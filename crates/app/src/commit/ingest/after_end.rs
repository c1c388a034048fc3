//! What came after the end of whoever wrote it, for whoever looks through it; and how it is
//! taken up: by a change of somebody who belongs that stands on it. Then it counts everywhere,
//! as what a colleague built on before she knew does.

use super::documents::{Documents, Judgement};
use super::ended::{is_late, read_anyway};
use super::{Opened, author_of};
use crate::commit::own::key_of;
use crate::commit::snapshot::is_read_alike;
use crate::commit::{Batch, WriteSide};
use crate::krets::Krets;
use crate::{Code, Error};
use radrum_domain::{Claims, Document, HistoryLine, Incoming, ItemKey, Plain, begins, hash_of};
use radrum_seal::SealError;
use radrum_store::{Read, Tx};
use radrum_wire::{ChangeHash, FactHash, Generation, ItemId, LogId, Seq};
use std::collections::BTreeMap;

/// Most entries that are looked through at once.
const ENTRIES_MAX: u32 = 2_000;

/// What one computer wrote about one item after its end.
#[derive(Debug)]
pub(crate) struct AfterEnd {
    pub key: ItemKey,
    /// The item as it reads with all of it.
    pub plain: Plain,
    /// Grant of the computer.
    pub device: FactHash,
    /// Whose computer it was.
    pub municipality: ItemId,
    /// Somebody who belongs has built on it.
    pub counts: bool,
    /// What it stands on is here, so that it can be taken up.
    pub fits: bool,
    /// This computer's admin decides about it.
    pub may: bool,
    /// One for each save, oldest first.
    pub said: Vec<Said>,
}

/// What one save said.
#[derive(Debug)]
pub(crate) struct Said {
    pub author: ItemId,
    /// UTC ms, as claimed.
    pub written_at: i64,
    pub lines: Vec<HistoryLine>,
}

/// One change with what its entry says of it.
struct Piece {
    device: FactHash,
    log: LogId,
    counts: bool,
    author: ItemId,
    written_at: i64,
    generation: Generation,
    hash: ChangeHash,
    bytes: Vec<u8>,
}

impl WriteSide {
    /// All that came after the end of whoever wrote it, by item and computer.
    pub fn after_end(&self) -> Result<Vec<AfterEnd>, Error> {
        let Some(krets) = &self.krets else {
            return Ok(Vec::new());
        };
        let read = self.writer.read();
        let mut items: BTreeMap<ItemId, Vec<Piece>> = BTreeMap::new();
        for row in read.aside(ENTRIES_MAX)? {
            if let Some(opened) = read_anyway(krets, &row) {
                note(&mut items, &opened, false);
            }
        }
        let own: Vec<LogId> = krets.members.logs_of(krets.grant).collect();
        for log in krets.members.cut_logs().filter(|log| !own.contains(log)) {
            let last = krets.members.cutoff(log).map_or(Seq(0), |last| last.seq);
            for placed in read.taken_after(log, last)? {
                if let Some(opened) = read_anyway(krets, &placed.row)
                    && is_late(&read, krets, &opened, &placed.head)?.is_some()
                {
                    note(&mut items, &opened, true);
                }
            }
        }
        let mut found = Vec::new();
        for (item, pieces) in items {
            found.extend(of_item(&read, krets, item, pieces)?);
        }
        Ok(found)
    }

    /// Takes up what a computer wrote about an item after its end.
    pub fn take_up(&mut self, item: ItemId, device: FactHash, window: &str) -> Result<(), Error> {
        let krets = self.in_krets()?;
        let missing = || Error::new(Code::NotFound, "nothing after an end");
        let grant = krets.members.grant(device).ok_or_else(missing)?;
        if !decides(krets, grant.municipality) {
            return Err(SealError::NotAdmin.into());
        }
        self.commit(window, |batch| batch.take_up(item, device))?;
        // Others' changes may have waited for it.
        self.ingest(&[], None).map(|_| ())
    }
}

/// Whether this computer's admin decides about what came from a municipality: its own one, or
/// any when it has left.
fn decides(krets: &Krets, municipality: ItemId) -> bool {
    let (members, own) = (&krets.members, krets.keys.sign_key());
    let left = members.municipality_today(municipality).is_none();
    krets.belongs()
        && (members.is_admin(&own, municipality) || (left && members.is_any_admin(&own)))
}

fn note(items: &mut BTreeMap<ItemId, Vec<Piece>>, opened: &Opened, counts: bool) {
    let entry = &opened.entry;
    let Some(device) = entry.grant else {
        return;
    };
    for change in &opened.body.changes {
        let Some(hash) = hash_of(&change.change) else {
            continue;
        };
        items.entry(change.item).or_default().push(Piece {
            device,
            log: entry.place.log,
            counts,
            author: author_of(entry),
            written_at: entry.written_at,
            generation: change.generation,
            hash,
            bytes: change.change.clone(),
        });
    }
}

fn of_item(
    read: &Read<'_>,
    krets: &Krets,
    item: ItemId,
    mut pieces: Vec<Piece>,
) -> Result<Vec<AfterEnd>, Error> {
    let standing = read.standing(item)?;
    let known = read.key_of(item)?;
    let stored = known
        .as_ref()
        .map(|key| read.doc(key))
        .transpose()?
        .flatten();
    let is_shown_only = read.provisional(item)?.is_some();
    let mut doc = match &stored {
        Some(stored) if !stored.saved.is_empty() => {
            Document::load(stored.meta.key.kind(), &stored.saved)?
        }
        _ => match pieces.iter().find_map(|piece| begins(&piece.bytes)) {
            Some(kind) => Document::begin(kind)?,
            // Of what kind it is has not come.
            None => return Ok(Vec::new()),
        },
    };
    pieces.retain(|piece| piece.generation == standing);
    let aside = pieces.iter().filter(|piece| !piece.counts);
    let incoming: Vec<Incoming<'_>> = aside
        .map(|piece| Incoming {
            log: piece.log,
            bytes: &piece.bytes,
        })
        .collect();
    doc.ingest(&incoming, &mut Claims::default())?;
    let plain = doc.plain();
    let key = known.unwrap_or_else(|| key_of(doc.kind(), item, &plain));
    let mut lines: BTreeMap<ChangeHash, Vec<HistoryLine>> = doc
        .history()
        .into_iter()
        .map(|step| (step.change, step.lines))
        .collect();
    let mut found: BTreeMap<(FactHash, bool), AfterEnd> = BTreeMap::new();
    for piece in pieces {
        let Some(grant) = krets.members.grant(piece.device) else {
            continue;
        };
        let home = grant.municipality;
        let of = found
            .entry((piece.device, piece.counts))
            .or_insert_with(|| AfterEnd {
                key: key.clone(),
                plain: plain.clone(),
                device: piece.device,
                municipality: home,
                counts: piece.counts,
                fits: !is_shown_only,
                may: decides(krets, home),
                said: Vec::new(),
            });
        let lines = lines.remove(&piece.hash);
        of.fits &= lines.is_some();
        of.said.push(Said {
            author: piece.author,
            written_at: piece.written_at,
            lines: lines.unwrap_or_default(),
        });
    }
    Ok(found.into_values().collect())
}

impl Batch<'_> {
    fn take_up(&mut self, item: ItemId, device: FactHash) -> Result<(), Error> {
        let Some((krets, _)) = self.sealing.as_ref() else {
            return Err(Error::new(Code::NotInKrets, "no krets yet"));
        };
        let taken = take_in(&self.tx, krets, (item, device), self.now)?;
        self.touched.extend(taken);
        let key = self.read().key_of(item)?;
        let key = key.ok_or_else(|| Error::bug("taken up and not there"))?;
        let stored = self.read().doc(&key)?;
        let stored = stored.ok_or_else(|| Error::not_found(&key))?;
        let mut doc = Document::load(key.kind(), &stored.saved)?;
        let made = doc.take_up(self.actors()?)?;
        self.keep(&key, Some(&stored.meta), &doc, vec![made])
    }
}

/// Takes entries that are kept aside into the documents, with what they stand on. Gives the
/// items that they are about.
fn take_in(
    tx: &Tx<'_>,
    krets: &Krets,
    (item, device): (ItemId, FactHash),
    now: i64,
) -> Result<Vec<ItemKey>, Error> {
    let not_yet = |what: &str| Error::new(Code::NotYetHere, what);
    if tx.read().provisional(item)?.is_some() {
        return Err(not_yet("shown from a snapshot"));
    }
    let mut chosen: BTreeMap<(LogId, Seq, i64), Opened> = BTreeMap::new();
    for row in tx.read().aside(ENTRIES_MAX)? {
        let opened = read_anyway(krets, &row).filter(|opened| {
            let mut changes = opened.body.changes.iter();
            opened.entry.grant == Some(device) && changes.any(|change| change.item == item)
        });
        chosen.extend(opened.map(placed));
    }
    if chosen.is_empty() {
        return Err(Error::new(Code::NotFound, "nothing after an end"));
    }
    loop {
        for change in chosen.values().flat_map(|of| &of.body.changes) {
            if tx.read().standing(change.item)? != change.generation {
                return Err(not_yet("of another generation"));
            }
        }
        let mut documents = Documents::new(now, is_read_alike(tx)?);
        let all: Vec<&Opened> = chosen.values().collect();
        let judged = documents.take(tx, &all)?;
        if judged.iter().all(|judged| *judged == Judgement::Taken) {
            for one in all {
                tx.end_untaken(one.n)?;
            }
            return Ok(documents.write(tx)?.touched);
        }
        let needs = judged.into_iter().flat_map(|judged| match judged {
            Judgement::Waits(needs) => needs,
            _ => Vec::new(),
        });
        let needs: Vec<[u8; 32]> = needs.collect();
        let before = chosen.len();
        for row in tx.read().aside_with(&needs)? {
            chosen.extend(read_anyway(krets, &row).map(placed));
        }
        if chosen.len() == before {
            return Err(not_yet("what it stands on"));
        }
    }
}

/// An entry by its place, so that those of one log stand in its order.
fn placed(opened: Opened) -> ((LogId, Seq, i64), Opened) {
    let place = &opened.entry.place;
    ((place.log, place.seq, opened.n), opened)
}
