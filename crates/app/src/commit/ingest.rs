//! Entries of others: checked, opened and merged, and then the same way as an own save.
//!
//! One transaction a batch. An entry is all or nothing; what it stands on may come later, and
//! then it waits. Items are loaded, merged and saved once a batch, unless something in it is
//! not taken: then the entries are judged one at a time.

mod documents;

use super::WriteSide;
use crate::krets::Krets;
use crate::{Code, Error};
use documents::{Documents, Judgement};
use radrum_domain::ItemKey;
use radrum_seal::{Author, Entry, SealError, Verdict, unseal};
use radrum_store::{EntryRow, Tx, Untaken};
use radrum_wire::{Body, EntryHash, Envelope, Family, ItemId, Kind, Seq};
use std::collections::VecDeque;

/// What came of a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Ingested {
    /// Entries that were not here before.
    pub new: u32,
    /// Entries that were.
    pub known: u32,
    /// Forged, damaged inside, or of another krets.
    pub refused: u32,
    /// Items that were written.
    pub items: u32,
}

/// An entry that is held, with the outcome of its checks.
struct Opened {
    n: i64,
    entry: Entry,
    body: Body,
}

impl WriteSide {
    /// Takes envelopes from any road, in any order and number of times.
    pub fn ingest(&mut self, envelopes: &[Envelope<'_>]) -> Result<Ingested, Error> {
        let missing = || Error::new(Code::NotInKrets, "no krets yet");
        let mut krets = self.krets.take().ok_or_else(missing)?;
        let done = self.ingest_into(&mut krets, envelopes);
        // The facts of a batch that failed are not kept: what is believed is read anew.
        let reread = match &done {
            Ok(_) => Ok(Some(krets)),
            Err(_) => Krets::open(&self.writer.read(), &self.profile, &self.keys),
        };
        self.krets = reread?;
        let (ingested, touched, created) = done?;
        if created {
            self.searcher.items_changed();
        }
        self.tell(&touched, "peer");
        Ok(ingested)
    }

    fn ingest_into(
        &mut self,
        krets: &mut Krets,
        envelopes: &[Envelope<'_>],
    ) -> Result<(Ingested, Vec<ItemKey>, bool), Error> {
        let now = self.world.clock.now_ms();
        let region = self.profile.region;
        let tx = self.writer.begin()?;
        let mut ingested = Ingested::default();
        let mut queue: VecDeque<EntryRow> = VecDeque::new();
        for envelope in envelopes {
            take_in(&tx, krets, envelope, &mut ingested, &mut queue)?;
        }
        let mut documents = Documents::new(now);
        while !queue.is_empty() {
            let rows: Vec<EntryRow> = queue.drain(..).collect();
            let facts = collect_facts(&tx, krets, &rows)?;
            for need in facts {
                queue.extend(tx.take_waiting(&need)?);
            }
            let mut opened = Vec::new();
            for row in rows {
                opened.extend(open(&tx, krets, &row, &opened)?);
            }
            for need in settle(&tx, &mut documents, opened)? {
                queue.extend(tx.take_waiting(&need)?);
            }
        }
        let (touched, created) = documents.write(&tx)?;
        for key in krets.epochs.iter() {
            tx.put_epoch(key.id(), &key.to_secret())?;
        }
        if let Some(head) = tx.read().last_entry(self.profile.log)? {
            krets.chain = radrum_seal::Chain::resume(region, head);
        }
        tx.commit()?;
        ingested.items = u32::try_from(touched.len()).unwrap_or(u32::MAX);
        Ok((ingested, touched, created))
    }
}

/// Keeps an envelope, unless it is known or nothing that a member wrote here.
fn take_in(
    tx: &Tx<'_>,
    krets: &Krets,
    envelope: &Envelope<'_>,
    ingested: &mut Ingested,
    queue: &mut VecDeque<EntryRow>,
) -> Result<(), Error> {
    let place = envelope.place();
    let region = krets.members.region();
    let hash = envelope.hash();
    let judged = unseal(envelope, region, &krets.epochs).map(|_| ());
    let forged = judged.is_err_and(|error| error.verdict() == Verdict::Refuse);
    if place.region != region || forged {
        ingested.refused += 1;
        return Ok(());
    }
    match place.family() {
        Family::Slot => {
            let seen = tx.put_slot(place, envelope.bytes())?;
            ingested.known += u32::from(!seen);
            return Ok(());
        }
        Family::Snapshot | Family::Blob => return Ok(()),
        _ => {}
    }
    let Some(n) = tx.put_entry(place, hash, envelope.bytes())? else {
        ingested.known += 1;
        return Ok(());
    };
    ingested.new += 1;
    queue.push_back(EntryRow {
        n,
        hash,
        envelope: envelope.bytes().to_vec(),
    });
    Ok(())
}

/// Keeps the facts that a round of entries carries, and believes them. Gives what others may
/// have waited for: grants and epochs.
fn collect_facts(
    tx: &Tx<'_>,
    krets: &mut Krets,
    rows: &[EntryRow],
) -> Result<Vec<[u8; 32]>, Error> {
    let region = krets.members.region();
    let mut new = false;
    for row in rows {
        let Ok(envelope) = Envelope::decode(&row.envelope) else {
            continue;
        };
        let facts = unseal(&envelope, region, &krets.epochs).and_then(|entry| entry.facts());
        for fact in facts.ok().flatten().into_iter().flat_map(|facts| facts.0) {
            new |= tx.put_fact(&fact)?;
        }
    }
    if !new {
        return Ok(Vec::new());
    }
    krets.believe(region, &tx.read().facts()?)?;
    let grants = krets.members.grants().map(|(hash, _)| *hash.as_bytes());
    let epochs = krets.epochs.iter().map(|key| *key.id().as_bytes());
    Ok(grants.chain(epochs).collect())
}

/// Checks an entry that is held. None if it waits or is not taken; the reason is kept.
fn open(
    tx: &Tx<'_>,
    krets: &Krets,
    row: &EntryRow,
    before: &[Opened],
) -> Result<Option<Opened>, Error> {
    let envelope = Envelope::decode(&row.envelope)
        .map_err(|error| Error::bug(format!("kept envelope: {}", error.code())))?;
    let place = *envelope.place();
    let untaken = |why, code: &str, needs: &[[u8; 32]]| -> Result<Option<Opened>, Error> {
        tx.put_untaken(row.n, why, code, needs)?;
        Ok(None)
    };
    let here = |hash: EntryHash| before.iter().any(|opened| opened.entry.hash == hash);
    if place.seq.0 > 1 && !here(place.prev) && !tx.read().took_entry(place.prev)? {
        return untaken(Untaken::Waits, "before", &[*place.prev.as_bytes()]);
    }
    let entry = unseal(&envelope, krets.members.region(), &krets.epochs)
        .and_then(|unsealed| unsealed.verify(&krets.members));
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
    match entry.kind {
        Kind::CHANGES if entry.schema == 1 => match Body::decode(&entry.body) {
            Ok(body) => Ok(Some(Opened {
                n: row.n,
                entry,
                body,
            })),
            Err(_) => untaken(Untaken::Refused, "body", &[]),
        },
        Kind::FACTS => Ok(Some(Opened {
            n: row.n,
            entry,
            body: Body::default(),
        })),
        _ => untaken(Untaken::Unknown, "kind", &[]),
    }
}

fn needs_of(error: SealError) -> Vec<[u8; 32]> {
    match error {
        SealError::UnknownEpoch(epoch) => vec![*epoch.as_bytes()],
        SealError::UnknownGrant(grant) => vec![*grant.as_bytes()],
        _ => Vec::new(),
    }
}

/// Takes entries into documents: all at once, or one at a time if something is not taken.
/// Gives what others may have waited for: entries and changes.
fn settle(
    tx: &Tx<'_>,
    documents: &mut Documents,
    opened: Vec<Opened>,
) -> Result<Vec<[u8; 32]>, Error> {
    let before = documents.taken().count();
    let mut done = Vec::new();
    let all: Vec<&Opened> = opened.iter().collect();
    if documents.take(tx, &all)? == Judgement::Taken {
        for one in &opened {
            tx.end_untaken(one.n)?;
            done.push(*one.entry.hash.as_bytes());
        }
        done.extend(documents.taken().skip(before));
        return Ok(done);
    }
    for one in &opened {
        match documents.take(tx, &[one])? {
            Judgement::Taken => {
                tx.end_untaken(one.n)?;
                done.push(*one.entry.hash.as_bytes());
            }
            Judgement::Waits(needs) => tx.put_untaken(one.n, Untaken::Waits, "deps", &needs)?,
            Judgement::Refused(code) => {
                tx.put_untaken(one.n, Untaken::Refused, &code, &[])?;
                done.push(*one.entry.hash.as_bytes());
            }
            Judgement::SetAside(code) => {
                tx.put_untaken(one.n, Untaken::SetAside, &code, &[])?;
                done.push(*one.entry.hash.as_bytes());
            }
        }
    }
    done.extend(documents.taken().skip(before));
    Ok(done)
}

/// Whom an entry is shown as written by.
fn author_of(entry: &Entry) -> ItemId {
    match entry.author {
        Author::Member(id) | Author::Unvouched(id) => id,
        Author::Program | Author::Anonymous => ItemId::from_bytes([0; 16]),
    }
}

/// Position of an entry in its log.
const fn seq_of(entry: &Entry) -> Seq {
    entry.place.seq
}
