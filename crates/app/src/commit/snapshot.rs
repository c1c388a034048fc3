//! Work from a snapshot before the logs have come: what it says is shown, marked as
//! provisional, until each item's own document says the same; and what the logs contradict is
//! dropped by name.
//!
//! Nothing else follows from a snapshot: no membership, no entry that is not fetched, no
//! document. It is read by a device that has nothing of others yet.

use super::WriteSide;
use super::own::{Value, key_of, write_own};
use crate::krets::Krets;
use crate::{Error, Event};
use radrum_domain::{Document, ItemKey, Plain};
use radrum_seal::{Entry, unseal};
use radrum_store::{Showing, SnapshotRow, SnapshotState, StoreError, Tx};
use radrum_sync::Holdings;
use radrum_wire::limits::HEADS_MAX;
use radrum_wire::{
    Envelope, Family, Heads, Kind, LogId, Record as _, Seq, SnapshotHead, SnapshotItem,
    SnapshotPart,
};
use std::collections::BTreeMap;

/// Items that are dropped at a time.
const SOME: u32 = 200;

/// Whether more of the logs may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Logs {
    /// It may.
    Coming,
    /// All that the relay of the snapshot has is here.
    Here,
}

/// Why a snapshot is not read.
enum Unfit {
    /// It is not whole, not by a member, or not of this form: a code.
    Foul(&'static str),
    /// The store did not do its part; it may later.
    Store(Error),
}

impl From<StoreError> for Unfit {
    fn from(error: StoreError) -> Self {
        Self::Store(error.into())
    }
}

/// A snapshot while some parts are read.
struct Reading<'a> {
    tx: &'a Tx<'a>,
    krets: &'a Krets,
    road: &'a str,
    row: Option<SnapshotRow>,
    now: i64,
}

impl WriteSide {
    /// Takes parts that a relay gave. No parts, or one that does not fit: what was read is
    /// forgotten.
    pub fn take_snapshot(&mut self, road: &str, parts: &[Envelope<'_>]) -> Result<(), Error> {
        let now = self.world.clock.now_ms();
        let holdings = self.holdings()?;
        let krets = self.krets.as_ref().ok_or_else(super::roads::outside)?;
        let tx = self.writer.begin()?;
        let row = tx.read().snapshot()?;
        let is_elsewhere = row
            .as_ref()
            .is_some_and(|row| row.state != SnapshotState::Reading || row.road != road);
        if is_elsewhere {
            return Ok(());
        }
        if parts.is_empty() {
            drop(tx);
            return self.forget_snapshot();
        }
        let mut reading = Reading {
            tx: &tx,
            krets,
            road,
            row,
            now,
        };
        match reading.take(parts) {
            Ok(()) => {}
            Err(Unfit::Store(error)) => return Err(error),
            Err(Unfit::Foul(code)) => {
                tracing::warn!(code, "a snapshot is not read");
                drop(tx);
                return self.forget_snapshot();
            }
        }
        judge(&tx, &holdings, false, Logs::Coming, now)?;
        tx.commit()?;
        self.shown_anew();
        Ok(())
    }

    fn forget_snapshot(&mut self) -> Result<(), Error> {
        let tx = self.writer.begin()?;
        if tx.read().snapshot()?.is_none() {
            return Ok(());
        }
        drop_rest(&tx)?;
        tx.forget_snapshot()?;
        tx.commit()?;
        self.shown_anew();
        Ok(())
    }

    /// All that a road has is here: a snapshot that came by it is judged by that, and so is one
    /// whose relay is not used any more.
    pub fn judge_snapshot(&mut self, road: &str) -> Result<(), Error> {
        let read = self.writer.read();
        let Some(row) = read.snapshot()? else {
            return Ok(());
        };
        let relays = read.krets()?.map(|row| row.relays).unwrap_or_default();
        if row.road != road && relays.contains(&row.road) {
            return Ok(());
        }
        let holdings = self.holdings()?;
        let now = self.world.clock.now_ms();
        let tx = self.writer.begin()?;
        let judged = judge(&tx, &holdings, false, Logs::Here, now)?;
        tx.commit()?;
        if judged.is_some() {
            self.shown_anew();
        }
        Ok(())
    }

    /// Lists, pages and search are asked anew.
    pub(super) fn shown_anew(&self) {
        // The thread may have ended with the profile.
        let _ = self.saved.send(());
        self.events.tell(&Event::Changed {
            touched: Vec::new(),
            origin: "peer".into(),
        });
        self.events.tell(&Event::Road {});
    }
}

impl Reading<'_> {
    fn take(&mut self, parts: &[Envelope<'_>]) -> Result<(), Unfit> {
        let before = self.row.clone();
        for part in parts {
            self.take_part(part)?;
        }
        match &mut self.row {
            Some(row) if Some(&*row) != before.as_ref() => {
                if row.next.0 > u64::from(row.parts) {
                    if row.taken != row.items {
                        return Err(Unfit::Foul("items"));
                    }
                    row.state = SnapshotState::Checking;
                    row.at = self.now;
                }
                Ok(self.tx.put_snapshot(row)?)
            }
            _ => Err(Unfit::Foul("parts")),
        }
    }

    fn take_part(&mut self, part: &Envelope<'_>) -> Result<(), Unfit> {
        let place = *part.place();
        let Some(row) = &self.row else {
            if place.seq != Seq(1) {
                return Err(Unfit::Foul("order"));
            }
            let (entry, head) = read_head(self.krets, part).map_err(Unfit::Foul)?;
            if entry.grant == Some(self.krets.grant) {
                return Err(Unfit::Foul("own"));
            }
            self.row = Some(SnapshotRow {
                id: place.prev,
                road: self.road.to_string(),
                log: place.log,
                municipality: entry.municipality.ok_or(Unfit::Foul("maker"))?,
                state: SnapshotState::Reading,
                parts: head.parts,
                next: Seq(2),
                items: head.items,
                taken: 0,
                heads: head
                    .heads
                    .encode_record()
                    .map_err(|_| Unfit::Foul("heads"))?,
                reading: head.reading,
                at: self.now,
            });
            return Ok(());
        };
        if (place.prev, place.log) != (row.id, row.log) {
            return Err(Unfit::Foul("other"));
        }
        if place.seq < row.next {
            return Ok(());
        }
        if place.seq > row.next || place.seq.0 > u64::from(row.parts) {
            return Err(Unfit::Foul("order"));
        }
        let entry = open(self.krets, part).map_err(Unfit::Foul)?;
        if entry.kind != Kind::SNAPSHOT_PART || entry.schema != 1 {
            return Err(Unfit::Foul("kind"));
        }
        let items =
            SnapshotPart::decode_record(&entry.body).map_err(|error| Unfit::Foul(error.code()))?;
        let mut showing = self.tx.showing()?;
        for item in &items.0 {
            // A snapshot older than an erasure does not bring back what it erased.
            if item.generation >= self.tx.read().standing(item.item)? {
                show(&mut showing, item)?;
            }
        }
        showing.end()?;
        if let Some(row) = &mut self.row {
            row.next = Seq(row.next.0 + 1);
            row.taken += items.0.len() as u64;
            if row.taken > row.items {
                return Err(Unfit::Foul("items"));
            }
        }
        Ok(())
    }
}

/// Opens one part, as every entry is opened.
fn open(krets: &Krets, part: &Envelope<'_>) -> Result<Entry, &'static str> {
    if part.place().family() != Family::Snapshot {
        return Err("family");
    }
    let entry = unseal(part, krets.members.region(), &krets.epochs)
        .and_then(|unsealed| unsealed.verify(&krets.members));
    entry.map_err(|error| error.code())
}

/// Opens part 1 of a snapshot that a granted device made.
pub(super) fn read_head(
    krets: &Krets,
    part: &Envelope<'_>,
) -> Result<(Entry, SnapshotHead), &'static str> {
    let entry = open(krets, part)?;
    if entry.kind != Kind::SNAPSHOT_HEAD || entry.schema != 1 || entry.place.seq != Seq(1) {
        return Err("kind");
    }
    let head = SnapshotHead::decode_record(&entry.body).map_err(|error| error.code())?;
    Ok((entry, head))
}

/// Shows what the snapshot says of one item, if this device has nothing of its own there. What
/// a newer program wrote is left to the logs.
fn show(showing: &mut Showing<'_>, said: &SnapshotItem) -> Result<(), Unfit> {
    let Ok(key) = said.key.parse::<ItemKey>() else {
        return Ok(());
    };
    if key.id() != said.item || key.kind().name() != said.kind {
        return Err(Unfit::Foul("key"));
    }
    let value = std::str::from_utf8(&said.value).map_err(|_| Unfit::Foul("value"))?;
    let Ok(plain) = serde_json::from_str::<Plain>(value) else {
        return Ok(());
    };
    if !said.heads.is_empty() {
        showing.show(said, &key, (value, &plain))?;
    }
    Ok(())
}

/// Whether the maker of the snapshot that is shown reads values as this program does.
pub(super) fn is_read_alike(tx: &Tx<'_>) -> Result<bool, Error> {
    let row = tx
        .read()
        .snapshot()?
        .filter(|row| matches!(row.state, SnapshotState::Reading | SnapshotState::Checking));
    Ok(row.is_some_and(|row| row.reading == radrum_store::reading()))
}

/// Looks whether the logs have said what the snapshot said, and ends it then. Gives what
/// became of it, if that is news.
pub(super) fn judge(
    tx: &Tx<'_>,
    holdings: &Holdings,
    contradicted: bool,
    logs: Logs,
    now: i64,
) -> Result<Option<SnapshotState>, Error> {
    let Some(mut row) = tx.read().snapshot()? else {
        return Ok(None);
    };
    let state = match row.state {
        SnapshotState::Reading | SnapshotState::Checking if contradicted => SnapshotState::Dropped,
        SnapshotState::Reading if logs == Logs::Coming => return Ok(None),
        SnapshotState::Reading | SnapshotState::Checking => {
            let is_here = has_come(tx, holdings, &row)?;
            if !is_here && logs == Logs::Coming {
                return Ok(None);
            }
            if tx.read().some_provisional(1)?.is_empty() {
                SnapshotState::Done
            } else if is_here && !tx.read().has_untaken()? {
                SnapshotState::Dropped
            } else {
                // What is missing may be in entries that are not taken here: nobody is accused.
                SnapshotState::Unproven
            }
        }
        _ => return Ok(None),
    };
    let dropped = drop_rest(tx)?;
    row.state = state;
    row.at = now;
    tx.put_snapshot(&row)?;
    let (maker, snapshot) = (row.log, row.id);
    match state {
        SnapshotState::Done => tracing::info!(items = row.taken, "the snapshot is confirmed"),
        _ => tracing::warn!(%maker, %snapshot, dropped, ?state, "the snapshot is dropped"),
    }
    Ok(Some(state))
}

/// Whether each log is here up to where the maker had it.
fn has_come(tx: &Tx<'_>, holdings: &Holdings, row: &SnapshotRow) -> Result<bool, Error> {
    let heads = Heads::decode_record(&row.heads).map_err(|error| Error::bug(error.code()))?;
    debug_assert!(heads.as_slice().len() <= HEADS_MAX);
    let mut here: BTreeMap<LogId, Seq> = BTreeMap::new();
    for head in holdings.heads().as_slice() {
        let last = here.entry(head.log).or_insert(head.seq);
        *last = head.seq.max(*last);
    }
    for head in heads.as_slice() {
        let is_here = here.get(&head.log).is_some_and(|last| *last >= head.seq);
        if !is_here || !tx.read().holds_entry(head.hash)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Shows from the logs what is still shown from the snapshot. Gives how many items that were.
fn drop_rest(tx: &Tx<'_>) -> Result<u64, Error> {
    let mut dropped = 0;
    loop {
        let keys = tx.read().some_provisional(SOME)?;
        if keys.is_empty() {
            return Ok(dropped);
        }
        for key in keys {
            dropped += 1;
            let missing = || Error::bug("a provisional item without its row");
            let claimed = tx.read().provisional(key.id())?.ok_or_else(missing)?;
            let stored = tx.read().doc(&key)?.ok_or_else(missing)?;
            if stored.saved.is_empty() {
                tx.remove_provisional(&stored.meta)?;
                continue;
            }
            let doc = Document::load(key.kind(), &stored.saved)?;
            let value = Value::of(&doc);
            let own = key_of(key.kind(), key.id(), &value.plain);
            write_own(tx, Some(&stored.meta), &own, value, (&claimed, true))?;
        }
    }
}
