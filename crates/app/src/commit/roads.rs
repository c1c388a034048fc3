//! What roads ask of the writer: what is held, heartbeats, signatures, the relays' roster.

use super::WriteSide;
use super::own::NOBODY;
use crate::krets::{Drawing, Krets, load_holdings};
use crate::{Code, Error};
use radrum_domain::Actor;
use radrum_seal::{Chain, Draft, Entry, Sealed, seal_part};
use radrum_store::{Rebuild, RoadRow, Tx, Unsaid};
use radrum_sync::{Holdings, Memory};
use radrum_wire::limits::HEARTBEAT_HEADS_MAX;
use radrum_wire::{
    EntryHash, Envelope, Facts, Family, Head, Heads, Heartbeat, Kind, LogId, LogOpen, Record as _,
    Roster, Salt, Seq, Signature, SignedFact,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Setting that says that the own log may have a branch elsewhere, until a new log is begun.
pub(super) const BRANCHED: &str = "own_log_branched";

impl WriteSide {
    /// What is held. Read from the store the first time.
    pub fn holdings(&self) -> Result<Arc<Holdings>, Error> {
        if let Some(holdings) = self.held.holdings() {
            return Ok(holdings);
        }
        let holdings = Arc::new(load_holdings(&self.writer.read(), self.profile.region)?);
        self.held.set(Some(Arc::clone(&holdings)));
        Ok(holdings)
    }

    /// Answers a road with the device's relay key.
    pub fn sign_for_road(&self, message: &[u8]) -> Result<Signature, Error> {
        Ok(self.in_krets()?.keys.sign_for_road(message))
    }

    /// Keeps what is remembered of a relay, when no entries came with it.
    pub fn remember(&mut self, address: &str, memory: &Memory) -> Result<(), Error> {
        let tx = self.writer.begin()?;
        put_memory(&tx, address, memory)?;
        Ok(tx.commit()?)
    }

    /// Notes that all of some road has been fetched.
    pub fn fetched(&mut self, at: i64) -> Result<(), Error> {
        let tx = self.writer.begin()?;
        tx.set_fetched_at(at)?;
        Ok(tx.commit()?)
    }

    /// Notes that a file was read in.
    pub fn fetched_now(&mut self) -> Result<(), Error> {
        self.fetched(self.world.clock.now_ms())
    }

    /// Keeps other addresses of relays.
    pub fn set_relays(&mut self, relays: &[String]) -> Result<(), Error> {
        self.in_krets()?;
        let tx = self.writer.begin()?;
        tx.set_relays(relays)?;
        Ok(tx.commit()?)
    }

    /// Seals a new heartbeat: the digest of what is held, and the newest heads. Says before it
    /// which stubs nobody has named: whoever is to say so may never come back.
    pub fn heartbeat(&mut self) -> Result<Sealed, Error> {
        self.say_stubs(Unsaid::Others)?;
        let holdings = self.holdings()?;
        let krets = self.in_krets()?;
        let log = self.profile.log;
        let read = self.writer.read();
        let latest: BTreeSet<_> = read
            .latest_logs(u32::try_from(HEARTBEAT_HEADS_MAX).unwrap_or(u32::MAX))?
            .into_iter()
            .collect();
        let all = holdings.heads();
        let heads = all.as_slice().iter();
        let heads = heads.filter(|head| latest.contains(&head.log));
        let heartbeat = Heartbeat {
            digest: all.digest(),
            heads: heads.take(HEARTBEAT_HEADS_MAX).copied().collect(),
            erased: read.erased()?,
            program: env!("CARGO_PKG_VERSION").to_string(),
        };
        let before = read.slots()?.into_iter().find(|(of, ..)| *of == log);
        let number = Seq(before.map_or(1, |(_, seq, _)| seq.0 + 1));
        let draft = Draft {
            kind: Kind::HEARTBEAT,
            schema: 1,
            written_at: self.world.clock.now_ms(),
            author: NOBODY,
            refs: Vec::new(),
            seen: None,
            body: encoded(&heartbeat)?,
        };
        let sealed = seal_part(
            Family::Slot,
            (self.profile.region, log),
            (EntryHash::from_bytes([0; 32]), number),
            &draft,
            krets.device(),
            krets.epoch()?,
            &mut Drawing(&self.world),
        )?;
        let tx = self.writer.begin()?;
        tx.put_slot(&sealed.place, &sealed.bytes)?;
        tx.commit()?;
        Ok(sealed)
    }

    /// Lets today's devices in at relays: says the roster to all, so that any device can hand
    /// it to a relay that was emptied. Every admin's program does so that may sign it.
    pub fn say_roster(&mut self) -> Result<(), Error> {
        let krets = self.in_krets()?;
        let (_, newest) = self.writer.read().roster()?;
        let newest = Roster::decode_record(&newest).ok();
        let next = radrum_seal::next_roster(&krets.members, newest.as_ref(), &krets.keys)?;
        let Some(roster) = next else {
            return Ok(());
        };
        let record = encoded(&roster)?;
        self.commit("", |batch| {
            batch.private().put_roster(roster.number, &record)?;
            batch.append_sealed(Kind::ROSTER, record).map(|_| ())
        })
    }

    /// After a start: what a crash left undone.
    pub fn go_on(&mut self) -> Result<(), Error> {
        let branched = self.writer.read().setting(BRANCHED)?;
        if branched.is_some_and(|value| !value.is_empty()) {
            self.open_log()?;
        }
        self.finish_erasures()?;
        if self.writer.read().rebuild_needed()? == Rebuild::None {
            self.read_anew()?;
        }
        self.say_stubs(Unsaid::Others)
    }

    /// Goes on in a new log. An own entry came from outside that was not here: this computer
    /// works from an older copy of its disk, or from a colleague's, and another branch of the
    /// log may be anywhere. Both branches stay.
    pub(super) fn open_log(&mut self) -> Result<(), Error> {
        let holdings = self.holdings()?;
        let own: BTreeSet<_> = self.held.own_logs().into_iter().collect();
        let krets = self.in_krets()?;
        let heads = holdings.heads();
        let mut before: Vec<Head> = heads.as_slice().to_vec();
        before.retain(|head| own.contains(&head.log));
        before.truncate(HEARTBEAT_HEADS_MAX);
        let open = LogOpen {
            region: self.profile.region,
            grant: krets.grant,
            salt: Salt::from_bytes(self.world.random()?),
            before,
        };
        let log = open.log();
        let mut fact = SignedFact::new(&open).map_err(|error| Error::bug(error.code()))?;
        krets.keys.sign_fact(&mut fact);
        let tx = self.writer.begin()?;
        tx.set_log(log)?;
        tx.put_setting(BRANCHED, "")?;
        tx.commit()?;
        tracing::warn!("own entries came from outside: a new log is begun");
        self.profile.log = log;
        self.running = Actor::new(log, self.world.random()?);
        let region = self.profile.region;
        if let Some(krets) = &mut self.krets {
            krets.chain = Chain::new(region, log);
        }
        self.say_facts(&Facts(vec![fact]), None)
    }

    pub(super) fn in_krets(&self) -> Result<&Krets, Error> {
        self.krets.as_ref().ok_or_else(outside)
    }

    /// Seals one part of a snapshot.
    pub fn seal_snapshot(
        &self,
        at: (EntryHash, Seq),
        kind: Kind,
        body: Vec<u8>,
    ) -> Result<Vec<u8>, Error> {
        let krets = self.in_krets()?;
        let draft = Draft {
            kind,
            schema: 1,
            written_at: self.world.clock.now_ms(),
            author: NOBODY,
            refs: Vec::new(),
            seen: None,
            body,
        };
        let sealed = seal_part(
            Family::Snapshot,
            (self.profile.region, self.profile.log),
            at,
            &draft,
            krets.device(),
            krets.epoch()?,
            &mut Drawing(&self.world),
        )?;
        Ok(sealed.bytes)
    }

    /// Up to where a snapshot goes, and how many erasures it knows, by its part 1; none if it
    /// is of no use here.
    pub fn snapshot_heads(&self, part: &Envelope<'_>) -> Result<Option<(Heads, u64)>, Error> {
        let head = super::snapshot::read_head(self.in_krets()?, part);
        Ok(head.ok().map(|(_, head)| (head.heads, head.erased)))
    }

    /// A relay was asked to keep stubs only, up to one of them.
    pub fn told_erased(&mut self, address: &str, mark: i64) -> Result<(), Error> {
        let tx = self.writer.begin()?;
        tx.put_dropped(address, mark)?;
        Ok(tx.commit()?)
    }
}

pub(super) fn outside() -> Error {
    Error::new(Code::NotInKrets, "no krets yet")
}

/// Keeps what is remembered of a relay, in the transaction of what it stands for.
pub(super) fn put_memory(tx: &Tx<'_>, address: &str, memory: &Memory) -> Result<(), Error> {
    let row = RoadRow {
        store: memory
            .store
            .map(|store| store.as_bytes().to_vec())
            .unwrap_or_default(),
        cursor: memory.cursor,
        sent: encoded(&Heads::new(memory.sent.clone()))?,
    };
    Ok(tx.put_road(address, &row)?)
}

/// Keeps a roster that an admin said. Gives whether it is one.
pub(super) fn take_roster(tx: &Tx<'_>, krets: &Krets, entry: &Entry) -> Result<bool, Error> {
    let members = &krets.members;
    let said_by = entry.grant.and_then(|hash| members.grant(hash));
    let admin = said_by.is_some_and(|grant| members.was_admin(&grant.sign));
    match Roster::decode_record(&entry.body) {
        Ok(roster)
            if admin
                && entry.schema == 1
                && radrum_seal::check_roster(members, &roster).is_ok() =>
        {
            tx.put_roster(roster.number, &entry.body)?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// Notes what a device has told that it holds.
pub(super) fn take_heartbeat(
    tx: &Tx<'_>,
    here: &Heads,
    (of, body): (LogId, &[u8]),
) -> Result<(), Error> {
    let Ok(heartbeat) = Heartbeat::decode_record(body) else {
        return Ok(());
    };
    let heads = if heartbeat.digest == here.digest() {
        here.as_slice()
    } else {
        &heartbeat.heads
    };
    for head in heads {
        tx.put_reached(of, head)?;
    }
    Ok(())
}

pub(super) fn encoded<R: radrum_wire::Record>(record: &R) -> Result<Vec<u8>, Error> {
    record
        .encode_record()
        .map_err(|error| Error::bug(error.code()))
}
