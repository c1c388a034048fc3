//! This device as a road sees it.

use super::making;
use crate::commit::Ingested;
use crate::{Code, Error, Event, Session};
use radrum_store::SnapshotState;
use radrum_sync::{
    Holdings, Host, HostError, KnownRoster, Listed, Memory, Newest, Precedence, Slot, Stored,
    Unnamed, UnnamedAnswer,
};
use radrum_wire::relay::RefusalCode;
use radrum_wire::{
    AnonymousPost, AuthKey, EntryHash, Envelope, Head, Heads, LogId, Range, Record as _, Seq,
    Signature,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Envelopes that are taken in by one transaction: a save waits at most for one of these.
const BATCH: usize = 500;

/// Stubs that a relay is told of in one request.
const DROPS: u32 = 1_000;

/// What a relay that refuses tokens or a post is left alone with them, when it does not say how
/// long, in seconds; and the longest that it is believed.
const REFUSED_S: u64 = 3_600;
const REFUSED_S_MAX: u64 = 7 * 24 * 3_600;

/// A session behind the interface of `sync`, for one road.
pub(crate) struct RoadHost {
    session: Arc<Session>,
    address: String,
    /// The key that this relay signs tokens with, once it has told.
    issuer: Option<Vec<u8>>,
    /// What was asked last for the sake of posts without a name.
    unnamed: Option<Unnamed>,
    /// Posts that this relay has taken since the start.
    given: BTreeSet<EntryHash>,
    /// It does not send any.
    no_letters: bool,
    /// After a refusal, UTC ms.
    asks_again_at: Option<i64>,
}

impl RoadHost {
    /// `address` names what is remembered of the road.
    pub const fn new(session: Arc<Session>, address: String) -> Self {
        Self {
            session,
            address,
            issuer: None,
            unnamed: None,
            given: BTreeSet::new(),
            no_letters: false,
            asks_again_at: None,
        }
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

    fn unnamed(&mut self) -> Option<Unnamed> {
        if !self.session.held.is_crowd() {
            return None;
        }
        let now = self.session.world.clock.now_ms();
        if self.asks_again_at.is_some_and(|at| now < at) {
            return None;
        }
        let Some(issuer) = self.issuer.clone() else {
            self.unnamed = Some(Unnamed::Issuer);
            return self.unnamed.clone();
        };
        let (given, letters) = (self.given.clone(), !self.no_letters);
        let asked = self
            .session
            .on_writer(move |side| side.unnamed(&issuer, &given, letters));
        self.unnamed = asked.unwrap_or_else(|error| {
            tracing::warn!(code = ?error.code, "tokens and posts without a name");
            None
        });
        self.unnamed.clone()
    }

    fn told_unnamed(&mut self, answer: UnnamedAnswer<'_>) -> Result<(), HostError> {
        match (self.unnamed.take(), answer) {
            (Some(Unnamed::Issuer), UnnamedAnswer::Issuer(key)) => self.issuer = Some(key.into()),
            (Some(Unnamed::Tokens(_)), UnnamedAnswer::Signed(record)) => {
                let record = record.to_vec();
                let taken = self
                    .session
                    .on_writer(move |side| side.take_tokens(&record));
                taken.map_err(host_error)?;
                self.session.events.tell(&Event::Road {});
            }
            (Some(Unnamed::Post(record)), UnnamedAnswer::Taken) => {
                let post = AnonymousPost::decode_record(&record).ok();
                let envelope = post.map(|post| post.envelope).unwrap_or_default();
                if let Ok(envelope) = Envelope::decode(&envelope) {
                    self.given.insert(envelope.hash());
                }
            }
            (Some(Unnamed::Mail(record)), UnnamedAnswer::Taken) => {
                let taken = self.session.on_writer(move |side| side.mail_taken(&record));
                taken.map_err(host_error)?;
                self.session.events.tell(&Event::Road {});
            }
            (Some(Unnamed::Hints(_)), UnnamedAnswer::Taken) => {
                let told = self.session.on_writer(|side| side.hints_told());
                told.map_err(host_error)?;
            }
            (
                Some(asked @ (Unnamed::Mail(_) | Unnamed::Hints(_))),
                UnnamedAnswer::Refused {
                    code: code @ (RefusalCode::NotFound | RefusalCode::Malformed),
                    ..
                },
            ) => self.no_letter(asked, code)?,
            (Some(asked), UnnamedAnswer::Refused { code, wait_s }) => {
                let wait_s = wait_s.unwrap_or(REFUSED_S).min(REFUSED_S_MAX);
                let wait_ms = i64::try_from(wait_s).unwrap_or(i64::MAX) * 1_000;
                let now = self.session.world.clock.now_ms();
                if let (Unnamed::Post(record), RefusalCode::Malformed) = (asked, code) {
                    let refused = self
                        .session
                        .on_writer(move |side| side.post_refused(&record));
                    refused.map_err(host_error)?;
                }
                self.asks_again_at = Some(now.saturating_add(wait_ms));
            }
            _ => {}
        }
        Ok(())
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

impl RoadHost {
    /// The relay sends no letters, or does not take this order.
    fn no_letter(&mut self, asked: Unnamed, code: RefusalCode) -> Result<(), HostError> {
        self.no_letters = code == RefusalCode::NotFound;
        let refused = self.session.on_writer(move |side| match asked {
            Unnamed::Mail(record) => side.mail_refused(&record, code),
            _ => side.hints_refused(),
        });
        self.session.events.tell(&Event::Road {});
        refused.map_err(host_error)
    }
}

fn host_error(error: Error) -> HostError {
    tracing::warn!(%error, "a road met the store");
    match error.code {
        Code::DiskFull => HostError::DiskFull,
        _ => HostError::Unavailable,
    }
}
