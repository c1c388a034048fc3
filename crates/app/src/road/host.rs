//! This device as a road sees it.

use super::making;
use crate::commit::Ingested;
use crate::{Code, Error, Session};
use radrum_store::SnapshotState;
use radrum_sync::{
    Holdings, Host, HostError, KnownRoster, Listed, Memory, Newest, Precedence, Slot, Stored,
};
use radrum_wire::{AuthKey, Envelope, Head, Heads, LogId, Range, Seq, Signature};
use std::sync::Arc;

/// Envelopes that are taken in by one transaction: a save waits at most for one of these.
const BATCH: usize = 500;

/// Stubs that a relay is told of in one request.
const DROPS: u32 = 1_000;

/// A session behind the interface of `sync`, for one road.
pub(crate) struct RoadHost {
    session: Arc<Session>,
    address: String,
}

impl RoadHost {
    /// `address` names what is remembered of the road.
    pub const fn new(session: Arc<Session>, address: String) -> Self {
        Self { session, address }
    }

    fn take(&self, envelopes: &[Envelope<'_>], memory: Option<&Memory>) -> Result<Ingested, Error> {
        let bytes: Vec<Vec<u8>> = envelopes.iter().map(|e| e.bytes().to_vec()).collect();
        let memory = memory.cloned();
        let address = self.address.clone();
        let ingested = self.session.on_writer(move |side| {
            if bytes.is_empty() {
                if let Some(memory) = &memory {
                    side.remember(&address, memory)?;
                }
                return Ok(Ingested::default());
            }
            let envelopes: Vec<Envelope<'_>> = bytes
                .iter()
                .filter_map(|bytes| Envelope::decode(bytes).ok())
                .collect();
            let memory = memory.as_ref().map(|memory| (address.as_str(), memory));
            side.ingest(&envelopes, memory)
        })?;
        if ingested.own > 0 {
            self.session.reread_profile()?;
        }
        if ingested.new > 0 {
            self.session.roads.came_by(&self.address);
        }
        Ok(ingested)
    }
}

impl Host for RoadHost {
    fn holdings(&self) -> Arc<Holdings> {
        if let Some(holdings) = self.session.held.holdings() {
            return holdings;
        }
        let loaded = self.session.on_writer(|side| side.holdings());
        loaded.unwrap_or_else(|error| {
            tracing::error!(%error, "holdings");
            Arc::default()
        })
    }

    fn holds(&self, entry: &Head) -> bool {
        let held = self.session.read(|read| Ok(read.holds_entry(entry.hash)?));
        held.unwrap_or(false)
    }

    fn list(&self, range: &Range) -> Vec<Listed> {
        let rows = self.session.read(|read| {
            let rows = read.entries_between(range.log, range.first, range.last)?;
            let listed = |(seq, hash, bytes, came)| Listed {
                seq,
                hash,
                bytes,
                came,
            };
            Ok(rows.into_iter().map(listed).collect())
        });
        rows.unwrap_or_default()
    }

    fn read(&self, entry: &Head) -> Option<Vec<u8>> {
        let envelope = self.session.read(|read| Ok(read.envelope(entry.hash)?));
        envelope.ok().flatten()
    }

    fn store(
        &mut self,
        envelopes: &[Envelope<'_>],
        memory: Option<&Memory>,
    ) -> Result<Stored, HostError> {
        let mut stored = Stored::default();
        let mut batches = envelopes.chunks(BATCH).peekable();
        if batches.peek().is_none() {
            self.take(&[], memory).map_err(host_error)?;
        }
        while let Some(batch) = batches.next() {
            // The cursor goes with the last: a crash before it fetches again what is known.
            let memory = memory.filter(|_| batches.peek().is_none());
            let taken = self.take(batch, memory).map_err(host_error)?;
            stored.new += taken.new;
            stored.known += taken.known;
            stored.refused += taken.refused;
        }
        Ok(stored)
    }

    fn precedence(&self, log: LogId) -> Precedence {
        self.session.held.precedence(log)
    }

    fn sign(&mut self, message: &[u8]) -> Result<Signature, HostError> {
        let message = message.to_vec();
        let signed = self
            .session
            .on_writer(move |side| side.sign_for_road(&message));
        signed.map_err(host_error)
    }

    fn is_member(&self, key: AuthKey) -> bool {
        self.session.held.is_member(key)
    }

    fn heartbeat(&mut self) -> Result<Option<Slot>, HostError> {
        let sealed = self.session.on_writer(|side| side.heartbeat());
        match sealed {
            Ok(sealed) => Ok(Some(Slot {
                log: sealed.place.log,
                envelope: sealed.bytes,
            })),
            Err(error) if error.code == Code::DiskFull => Err(HostError::DiskFull),
            Err(error) => {
                tracing::warn!(%error, "no heartbeat");
                Ok(None)
            }
        }
    }

    fn roster(&self) -> Option<KnownRoster> {
        let roster = self.session.read(|read| Ok(read.roster()?));
        let (number, record) = roster.ok()?;
        (number > 0).then_some(KnownRoster { number, record })
    }

    fn erased(&self) -> Option<(Heads, i64)> {
        let rows = self.session.read(|read| {
            let told = read.dropped(&self.address)?;
            Ok(read.stubs_after(told, DROPS)?)
        });
        let rows = rows.ok()?;
        let mark = rows.last()?.n;
        let heads = rows.into_iter().map(|row| row.head);
        Some((Heads::new(heads.collect()), mark))
    }

    fn told_erased(&mut self, mark: i64) -> Result<(), HostError> {
        let address = self.address.clone();
        let told = self
            .session
            .on_writer(move |side| side.told_erased(&address, mark));
        told.map_err(host_error)
    }

    fn wants_snapshot(&self) -> Option<Seq> {
        let row = self.session.read(|read| Ok(read.snapshot()?)).ok()?;
        if let Some(row) = row {
            let reads = row.state == SnapshotState::Reading && row.road == self.address;
            return reads.then_some(row.next);
        }
        let own = self.session.held.own_logs();
        let heads = self.holdings().heads();
        let alone = heads.as_slice().iter().all(|head| own.contains(&head.log));
        alone.then_some(Seq(1))
    }

    fn take_snapshot(&mut self, parts: &[Envelope<'_>]) -> Result<(), HostError> {
        let bytes: Vec<Vec<u8>> = parts.iter().map(|part| part.bytes().to_vec()).collect();
        let address = self.address.clone();
        let taken = self.session.on_writer(move |side| {
            let parts: Vec<Envelope<'_>> = bytes
                .iter()
                .filter_map(|bytes| Envelope::decode(bytes).ok())
                .collect();
            side.take_snapshot(&address, &parts)
        });
        taken.map_err(host_error)
    }

    fn owes_snapshot(&self, newest: Newest<'_>) -> bool {
        let ours = self.holdings().heads();
        if !making::may_make(&self.session, &ours).unwrap_or(false) {
            return false;
        }
        let Newest::Head(part) = newest else {
            return true;
        };
        let bytes = part.bytes().to_vec();
        let theirs = self.session.on_writer(move |side| {
            let part = Envelope::decode(&bytes).map_err(|error| Error::bug(error.code()))?;
            side.snapshot_heads(&part)
        });
        match theirs {
            Ok(Some((theirs, erased))) => {
                let here = self.session.read(|read| Ok(read.erased()?)).unwrap_or(0);
                making::is_old(&theirs, &ours) || erased < here
            }
            Ok(None) => true,
            Err(_) => false,
        }
    }

    fn make_snapshot(&mut self) -> Result<Vec<Vec<u8>>, HostError> {
        making::make(&self.session).map_err(host_error)
    }
}

fn host_error(error: Error) -> HostError {
    tracing::warn!(%error, "a road met the store");
    match error.code {
        Code::DiskFull => HostError::DiskFull,
        _ => HostError::Unavailable,
    }
}
