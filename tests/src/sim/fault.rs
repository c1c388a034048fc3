//! Faults of our program that a simulation must find, each planted at a seam that is there
//! anyway: the host that a road is given, what a page gives to a save, a stick on its way, the
//! file itself.

use radrum_sync::{
    Holdings, Host, HostBox, HostError, KnownRoster, Listed, Memory, Precedence, Slot, Stored,
};
use radrum_wire::{AuthKey, Envelope, Family, Head, LogId, Range, Seq, Signature};
use std::sync::Arc;

/// A planted fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The own newest entry is not counted among what is held, so no road sends it.
    EntryNotCounted,
    /// The cursor is kept in a transaction before the one of its entries.
    CursorBeforeEntries,
    /// Entries of a newer program are thrown away.
    NewerDropped,
    /// What waits is never looked at again.
    WaitingForgotten,
    /// What should wait is refused.
    WaitingRefused,
    /// A save stands on the newest version, not on the one that its writer saw.
    LastWriterWins,
    /// The log goes on though the disk is an older one: what shows it is passed over.
    LogContinues,
    /// The newest entry is left off a stick.
    StickLeavesOutLast,
    /// What comes from others is not shown in lists.
    ProjectionNotWritten,
    /// A save is acknowledged before it is on the disk.
    AcknowledgedEarly,
    /// What others wrote is not handed on. While everybody comes back, nobody misses it.
    OthersNotGiven,
}

impl Fault {
    /// Those that are found though everybody comes back.
    pub const ALL: [Self; 10] = [
        Self::EntryNotCounted,
        Self::CursorBeforeEntries,
        Self::NewerDropped,
        Self::WaitingForgotten,
        Self::WaitingRefused,
        Self::LastWriterWins,
        Self::LogContinues,
        Self::StickLeavesOutLast,
        Self::ProjectionNotWritten,
        Self::AcknowledgedEarly,
    ];

    /// What it does to the file before entries of others are taken in.
    #[must_use]
    pub const fn before_taking(self) -> Option<&'static str> {
        match self {
            Self::ProjectionNotWritten => {
                Some("DROP TABLE IF EXISTS temp.old; CREATE TEMP TABLE old AS SELECT * FROM items")
            }
            _ => None,
        }
    }

    /// What it does to the file after entries of others were taken in.
    #[must_use]
    pub const fn after_taking(self) -> Option<&'static str> {
        match self {
            Self::ProjectionNotWritten => Some("REPLACE INTO items SELECT * FROM temp.old"),
            Self::WaitingForgotten => Some("DELETE FROM waits"),
            Self::WaitingRefused => Some(
                "UPDATE untaken SET state = 'refused' WHERE state = 'waits'; DELETE FROM waits",
            ),
            _ => None,
        }
    }
}

/// A host with one of the faults; all else is as it was.
pub struct LyingHost {
    host: HostBox,
    fault: Fault,
}

impl LyingHost {
    /// Plants it.
    #[must_use]
    pub const fn new(host: HostBox, fault: Fault) -> Self {
        Self { host, fault }
    }

    /// Without the newest entry of each own log.
    fn without_newest(&self, holdings: &Holdings) -> Holdings {
        let mut fewer = Holdings::default();
        for head in holdings.heads().as_slice() {
            if self.host.precedence(head.log) != Precedence::Own {
                fewer.resume(*head);
                continue;
            }
            let before = Seq(head.seq.0.saturating_sub(1));
            let range = Range {
                log: head.log,
                first: before,
                last: before,
            };
            if let Some(listed) = self.host.list(&range).first() {
                fewer.resume(Head {
                    log: head.log,
                    seq: before,
                    hash: listed.hash,
                });
            }
        }
        fewer
    }

    fn passes(&self, envelope: &Envelope<'_>) -> bool {
        let place = envelope.place();
        match self.fault {
            Fault::NewerDropped => {
                !matches!(place.family(), Family::Unknown(_)) && place.version() == 1
            }
            Fault::LogContinues => self.host.precedence(place.log) != Precedence::Own,
            _ => true,
        }
    }
}

impl Host for LyingHost {
    fn holdings(&self) -> Arc<Holdings> {
        let holdings = self.host.holdings();
        match self.fault {
            Fault::EntryNotCounted => Arc::new(self.without_newest(&holdings)),
            _ => holdings,
        }
    }

    fn holds(&self, entry: &Head) -> bool {
        self.host.holds(entry)
    }

    fn list(&self, range: &Range) -> Vec<Listed> {
        let own = || self.host.precedence(range.log) == Precedence::Own;
        if self.fault == Fault::OthersNotGiven && !own() {
            return Vec::new();
        }
        self.host.list(range)
    }

    fn read(&self, entry: &Head) -> Option<Vec<u8>> {
        self.host.read(entry)
    }

    fn store(
        &mut self,
        envelopes: &[Envelope<'_>],
        memory: Option<&Memory>,
    ) -> Result<Stored, HostError> {
        if self.fault == Fault::CursorBeforeEntries && memory.is_some() {
            self.host.store(&[], memory)?;
            return self.host.store(envelopes, None);
        }
        let passed = envelopes.iter().filter(|one| self.passes(one));
        let passed: Vec<Envelope<'_>> = passed.cloned().collect();
        self.host.store(&passed, memory)
    }

    fn precedence(&self, log: LogId) -> Precedence {
        self.host.precedence(log)
    }

    fn sign(&mut self, message: &[u8]) -> Result<Signature, HostError> {
        self.host.sign(message)
    }

    fn is_member(&self, key: AuthKey) -> bool {
        self.host.is_member(key)
    }

    fn heartbeat(&mut self) -> Result<Option<Slot>, HostError> {
        self.host.heartbeat()
    }

    fn roster(&self) -> Option<KnownRoster> {
        self.host.roster()
    }
}
