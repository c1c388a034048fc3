//! Entries of others: checked, opened and merged, and then the same way as an own save.
//!
//! One transaction a batch. An entry is all or nothing; what it stands on may come later, and
//! then it waits. Items are loaded, merged and saved once a batch.

pub(super) mod after_end;
mod ahead;
mod check;
mod documents;
pub(super) mod ended;
mod erased;
mod facts;
mod queue;

use super::WriteSide;
use super::members::note_touch;
use super::roads::{BRANCHED, put_memory, take_heartbeat};
use super::snapshot::{Logs, is_read_alike, judge};
use crate::krets::Krets;
use crate::{Code, Error};
use ahead::Ahead;
use documents::{Documents, Written};
use facts::believed;
use radrum_domain::ItemKey;
use radrum_seal::{Author, Entry, EpochKey, SealError, Verdict};
use radrum_store::{EntryRow, Tx, Untaken};
use radrum_sync::{Holdings, Inserted, Memory};
use radrum_wire::{Body, EntryHash, Envelope, Family, ItemId, Kind, LogId, Place, Seq};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// What a municipality wrote of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parcel {
    /// Days on which it says that it was written, counted from 1970 in UTC.
    pub days: BTreeSet<i64>,
    /// Items that were made or changed.
    pub items: BTreeSet<ItemId>,
}

/// What came of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ingested {
    /// Entries that were not here before.
    pub new: u32,
    /// Entries that were.
    pub known: u32,
    /// Forged, damaged inside, or of another krets.
    pub refused: u32,
    /// Items that were written.
    pub items: u32,
    /// New entries that stand in a log of this device: it works from an older disk.
    pub own: u32,
    /// What was taken into documents, by municipality of the device.
    pub parcels: BTreeMap<ItemId, Parcel>,
}

/// An entry that is held, with the outcome of its checks.
struct Opened {
    n: i64,
    entry: Entry,
    body: Body,
}

/// A batch as it is taken in.
struct Batch<'a> {
    tx: Tx<'a>,
    krets: &'a mut Krets,
    holdings: &'a mut Holdings,
    /// The logs of this device.
    own: Vec<LogId>,
    ingested: Ingested,
    ahead: Ahead,
    queue: VecDeque<EntryRow>,
    /// Logs of which something new came.
    heard: BTreeSet<LogId>,
    /// Slots are looked at when the entries are in.
    slots: Vec<(LogId, Vec<u8>)>,
    /// Facts came, or entries that carry known ones.
    learned: bool,
    /// Items that were erased.
    erased: Vec<ItemKey>,
}

/// What a batch left behind.
struct Done {
    ingested: Ingested,
    touched: Vec<ItemKey>,
    /// A snapshot was confirmed or dropped by it.
    judged: bool,
    /// The krets may be another one.
    learned: bool,
}

impl WriteSide {
    /// Takes envelopes from any road, in any order and number of times, and keeps what is
    /// remembered of the relay that they came from, all in one transaction.
    ///
    /// What makes the program stumble is set aside, and the rest is taken in: no envelope
    /// closes the road for others. Without envelopes, what this device has decided is applied
    /// to what is held.
    pub fn ingest(
        &mut self,
        envelopes: &[Envelope<'_>],
        memory: Option<(&str, &Memory)>,
    ) -> Result<Ingested, Error> {
        self.in_krets()?;
        let first = self.ingest_all(envelopes, memory, false);
        let stumbled = |error: &Error| matches!(error.code, Code::Bug);
        let ingested = match first {
            Err(error) if stumbled(&error) => {
                tracing::error!(%error, entries = envelopes.len(), "taken one at a time");
                self.ingest_each(envelopes, memory)?
            }
            other => other?,
        };
        Ok(ingested)
    }

    /// After an update: takes up what an older program kept without reading it.
    pub fn read_anew(&mut self) -> Result<(), Error> {
        if self.krets.is_some() && !queue::is_read(&self.writer.read())? {
            self.ingest(&[], None)?;
        }
        Ok(())
    }

    fn ingest_each(
        &mut self,
        envelopes: &[Envelope<'_>],
        memory: Option<(&str, &Memory)>,
    ) -> Result<Ingested, Error> {
        let mut all = Ingested::default();
        for envelope in envelopes {
            let one = [*envelope];
            let taken = match self.ingest_all(&one, None, false) {
                Err(error) if matches!(error.code, Code::Bug) => {
                    self.ingest_all(&one, None, true)?
                }
                other => other?,
            };
            all.add(taken);
        }
        if let Some((address, memory)) = memory {
            self.remember(address, memory)?;
        }
        Ok(all)
    }

    /// `aside`: the entries are kept, and nothing in them is looked at.
    fn ingest_all(
        &mut self,
        envelopes: &[Envelope<'_>],
        memory: Option<(&str, &Memory)>,
        aside: bool,
    ) -> Result<Ingested, Error> {
        let mut holdings = Arc::unwrap_or_clone(self.holdings()?);
        let missing = || Error::new(Code::NotInKrets, "no krets yet");
        let mut krets = self.krets.take().ok_or_else(missing)?;
        let before = krets.epoch().ok().map(EpochKey::id);
        let run = AssertUnwindSafe(|| {
            self.ingest_into((&mut krets, &mut holdings), envelopes, memory, aside)
        });
        let done = catch_unwind(run).unwrap_or_else(|_| Err(Error::bug("ingest panicked")));
        // The facts of a batch that failed are not kept: what is believed is read anew.
        self.krets = match &done {
            Ok(_) => Some(krets),
            Err(_) => Krets::open(&self.writer.read(), &self.profile, &self.keys)?,
        };
        let done = done?;
        let is_slot = |envelope: &Envelope<'_>| envelope.place().family() == Family::Slot;
        if envelopes.iter().any(is_slot) {
            self.listened_at = Some(self.world.clock.now_ms());
        }
        if let Some(krets) = &self.krets {
            self.held.believe(krets);
        }
        self.held.set(Some(Arc::new(holdings)));
        if done.ingested.own > 0 {
            // Before anything is said: it must not stand on what the other branch holds.
            self.open_log()?;
        }
        self.tell(&done.touched, "peer");
        self.drop_twins(&done.touched)?;
        if done.judged {
            self.shown_anew();
        }
        if done.learned {
            // What came is committed; the roster is offered again after the next facts.
            let after = self.in_krets()?.epoch().ok().map(EpochKey::id);
            let newcomers = if before == after {
                Ok(())
            } else {
                self.hand_to_newcomers()
            };
            if let Err(error) = self.say_roster().and(newcomers) {
                tracing::warn!(code = ?error.code, "roster or newcomers");
            }
        }
        self.clean_file()?;
        Ok(done.ingested)
    }

    fn ingest_into(
        &mut self,
        (krets, holdings): (&mut Krets, &mut Holdings),
        envelopes: &[Envelope<'_>],
        memory: Option<(&str, &Memory)>,
        aside: bool,
    ) -> Result<Done, Error> {
        let now = self.world.clock.now_ms();
        let tx = self.writer.begin()?;
        let mut batch = Batch {
            own: krets.members.logs_of(krets.grant).collect(),
            ahead: Ahead::open(&tx.read(), krets, envelopes)?,
            tx,
            krets,
            holdings,
            ingested: Ingested::default(),
            queue: VecDeque::new(),
            heard: BTreeSet::new(),
            slots: Vec::new(),
            learned: false,
            erased: Vec::new(),
        };
        for envelope in envelopes {
            batch.take_in(envelope)?;
        }
        if batch.tx.read().is_erasing()? {
            // What an own erasure reached outside of an ingest.
            batch.queue.extend(batch.tx.read().reached_by_erasure()?);
        }
        batch.take_up_unread()?;
        let mut documents = Documents::new(now, is_read_alike(&batch.tx)?);
        if envelopes.is_empty() {
            // This device has decided something: entries may have waited for that.
            for need in believed(batch.krets) {
                batch.queue.extend(batch.tx.take_waiting(&need)?);
            }
        }
        if aside {
            batch.set_aside()?;
        } else {
            batch.settle_all(&mut documents)?;
            batch.take_slots()?;
        }
        batch.ingested.parcels = documents.take_parcels();
        let Written {
            mut touched,
            came,
            contradicted,
        } = documents.write(&batch.tx)?;
        crate::news::hear(&batch.tx, self.profile.me.as_ref(), &came)?;
        crate::since::note(&batch.tx, &came)?;
        touched.append(&mut batch.erased);
        let taken_out = batch.take_out(envelopes.is_empty())?;
        touched.extend(taken_out);
        let judged = judge(&batch.tx, batch.holdings, contradicted, Logs::Coming, now)?;
        for key in batch.krets.epochs.iter() {
            batch.tx.put_epoch(key.id(), &key.to_secret())?;
        }
        if !batch.heard.is_empty() {
            note_touch(&batch.tx, now)?;
        }
        for log in &batch.heard {
            batch.tx.put_heard(*log, now)?;
        }
        if let Some((address, memory)) = memory {
            put_memory(&batch.tx, address, memory)?;
        }
        if batch.ingested.own > 0 {
            batch.tx.put_setting(BRANCHED, "1")?;
        }
        batch.tx.commit()?;
        batch.ingested.items = u32::try_from(touched.len()).unwrap_or(u32::MAX);
        Ok(Done {
            ingested: batch.ingested,
            touched,
            judged: judged.is_some(),
            learned: batch.learned,
        })
    }
}

impl Ingested {
    fn add(&mut self, other: Self) {
        self.new += other.new;
        self.known += other.known;
        self.refused += other.refused;
        self.items += other.items;
        self.own += other.own;
        for (municipality, parcel) in other.parcels {
            let all = self.parcels.entry(municipality).or_default();
            all.days.extend(parcel.days);
            all.items.extend(parcel.items);
        }
    }
}

impl Batch<'_> {
    /// Keeps an envelope, unless it is known or nothing that a member wrote here.
    fn take_in(&mut self, envelope: &Envelope<'_>) -> Result<(), Error> {
        let place = envelope.place();
        let hash = envelope.hash();
        if self.tx.read().holds_entry(hash)? {
            return self.take_known(envelope);
        }
        let region = self.krets.members.region();
        if envelope.is_stub() && place.region == region {
            return self.take_stub(envelope);
        }
        let forged = |error: &SealError| error.verdict() == Verdict::Refuse;
        let opened = self.ahead.look(self.krets, hash, envelope);
        if place.region != region || opened.is_err_and(|error| forged(&error)) {
            self.ingested.refused += 1;
            return Ok(());
        }
        match place.family() {
            Family::Slot => return self.take_slot(envelope),
            Family::Snapshot | Family::Blob => return Ok(()),
            _ => {}
        }
        let read = self.tx.read();
        // It was looked for above; what is asked here is the entry before.
        let holds = |head: &radrum_wire::Head| {
            head.hash != hash && read.holds_entry(head.hash).unwrap_or(false)
        };
        match self.holdings.insert(place, hash, &holds) {
            Inserted::Known => self.ingested.known += 1,
            Inserted::Broken | Inserted::Full => self.ingested.refused += 1,
            Inserted::Extended | Inserted::Branched | Inserted::Pending => {
                self.keep(place, hash, envelope.bytes())?;
            }
        }
        Ok(())
    }

    /// Keeps what the holdings count, and looks at it later.
    fn keep(&mut self, place: &Place, hash: EntryHash, bytes: &[u8]) -> Result<(), Error> {
        let n = self.tx.put_entry(place, hash, bytes)?;
        let n = n.ok_or_else(|| Error::bug("an entry that is held was not known"))?;
        self.ingested.new += 1;
        self.heard.insert(place.log);
        // It may show which branch of its log leads to the cutoff.
        if self.krets.members.cutoff(place.log).is_some() {
            let placed = self.tx.take_waiting(&ended::more_of(place.log))?;
            self.queue.extend(placed);
        }
        self.ingested.own += u32::from(self.own.contains(&place.log));
        self.queue.push_back(EntryRow {
            n,
            hash,
            envelope: bytes.to_vec(),
        });
        Ok(())
    }

    /// A heartbeat counts only if its device sealed it. It is nothing that was written, so a
    /// receipt does not count it.
    fn take_slot(&mut self, envelope: &Envelope<'_>) -> Result<(), Error> {
        let unsealed = self.ahead.take(self.krets, envelope.hash(), envelope);
        let entry = match unsealed.and_then(|unsealed| unsealed.verify(&self.krets.members)) {
            Ok(entry) => entry,
            Err(error) => {
                // Of a device that is not known yet: it comes again.
                self.ingested.refused += u32::from(error.verdict() == Verdict::Refuse);
                return Ok(());
            }
        };
        let newer = self.tx.put_slot(&entry.place, envelope.bytes())?;
        if newer {
            self.heard.insert(entry.place.log);
        }
        if newer && entry.kind == Kind::HEARTBEAT && entry.schema == 1 {
            self.slots.push((entry.place.log, entry.body));
        }
        Ok(())
    }

    fn take_slots(&mut self) -> Result<(), Error> {
        let here = self.holdings.heads();
        for (of, body) in std::mem::take(&mut self.slots) {
            take_heartbeat(&self.tx, &here, (of, &body))?;
        }
        Ok(())
    }

    /// Takes out what does not count any more, when it may be seen that something does not.
    fn take_out(&self, anew: bool) -> Result<Vec<ItemKey>, Error> {
        let heard = || {
            let mut cut = self.krets.members.cut_logs();
            cut.any(|log| self.heard.contains(&log))
        };
        if anew || self.learned || heard() {
            ended::take_out(&self.tx, self.krets, &self.own)
        } else {
            Ok(Vec::new())
        }
    }

    fn set_aside(&mut self) -> Result<(), Error> {
        for row in std::mem::take(&mut self.queue) {
            self.tx
                .put_untaken(row.n, Untaken::SetAside, "crash", &[])?;
        }
        Ok(())
    }
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
