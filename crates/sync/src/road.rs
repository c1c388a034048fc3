use crate::{
    Holdings, Host, HostError, KnownRoster, Listed, Memory, Newest, Precedence, Slot, Status,
    Stored, Unnamed, UnnamedAnswer,
};
use radrum_wire::{AuthKey, Envelope, Head, Heads, LogId, Range, RegionId, Seq, Signature};
use std::sync::Arc;

/// A host that a road keeps.
pub type HostBox = Box<dyn Host + Send>;

/// Is told each new status, on the road's own thread; hands it on and returns.
pub type OnStatus = Box<dyn Fn(Status) + Send>;

/// What a road over a relay starts with.
#[derive(Debug, Clone)]
pub struct RelayOpening {
    /// Address as the krets gives it: `https://…`.
    pub address: String,
    /// The krets.
    pub region: RegionId,
    /// The device's relay key; [`Host::sign`] signs with it.
    pub auth_key: AuthKey,
    /// What [`Host::store`] was last given for this relay.
    pub memory: Memory,
    /// Random: it spreads devices over time and protects nothing.
    pub seed: u64,
}

/// What the road on the local network starts with.
#[derive(Debug, Clone)]
pub struct LanOpening {
    /// The krets.
    pub region: RegionId,
    /// The device's relay key; [`Host::sign`] signs with it.
    pub auth_key: AuthKey,
    /// Port to listen on; 0 for any that is free.
    pub port: u16,
    /// Where other devices listen, as people typed it: `host:port`.
    pub addresses: Vec<String>,
}

/// How the road on the local network is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LanSeen {
    /// Port on which this device listens; none when the road is closed.
    pub port: Option<u16>,
    /// With how many devices there is a line now.
    pub lines: usize,
    /// When this device and another last had the same; none since the start.
    pub met_at: Option<crate::Instant>,
    /// A stable code of what is in the way.
    pub problem: Option<&'static str>,
}

/// Is told how the road on the local network is doing, on the road's own thread.
pub type OnLan = Box<dyn Fn(LanSeen) + Send>;

/// Opens roads. Transports implement it; whoever owns a [`Host`] is given one, and reaches no
/// socket otherwise.
pub trait Opener: Send + Sync {
    /// Looks whether a text is an address of a relay, without calling it.
    ///
    /// # Errors
    /// A stable code.
    fn check_relay(&self, address: &str) -> Result<(), &'static str>;

    /// Opens a road over a relay. A relay that does not answer is no error: the status says so.
    ///
    /// # Errors
    /// A stable code for logs and for the interface: the address is none, or this computer
    /// gives no HTTPS.
    fn open_relay(
        &self,
        opening: RelayOpening,
        host: HostBox,
        on_status: OnStatus,
    ) -> Result<Box<dyn Road>, &'static str>;

    /// Looks whether a text is an address on the local network, without calling it.
    ///
    /// # Errors
    /// A stable code.
    fn check_lan(&self, address: &str) -> Result<(), &'static str>;

    /// Opens the road on the local network: from now on this device listens, and is found.
    ///
    /// # Errors
    /// A stable code: the port is taken, or an address is none.
    fn open_lan(
        &self,
        opening: LanOpening,
        host: HostBox,
        on_lan: OnLan,
    ) -> Result<Box<dyn Road>, &'static str>;
}

/// An open road. All calls return at once, but [`Road::stop`].
pub trait Road: Send {
    /// This device has written entries: they go at once.
    fn written(&self);
    /// Entries have come by another road.
    fn imported(&self);
    /// The user asks to try again now.
    fn retry(&self);
    /// The user looks at who has what.
    fn slots_wanted(&self);
    /// Closes it and waits until it has let go of its host: as long as a call of the host that
    /// is under way.
    fn stop(self: Box<Self>);
}

impl Host for HostBox {
    fn holdings(&self) -> Arc<Holdings> {
        (**self).holdings()
    }

    fn holds(&self, entry: &Head) -> bool {
        (**self).holds(entry)
    }

    fn list(&self, range: &Range) -> Vec<Listed> {
        (**self).list(range)
    }

    fn read(&self, entry: &Head) -> Option<Vec<u8>> {
        (**self).read(entry)
    }

    fn erased(&self) -> Option<(Heads, i64)> {
        (**self).erased()
    }

    fn told_erased(&mut self, mark: i64) -> Result<(), HostError> {
        (**self).told_erased(mark)
    }

    fn store(
        &mut self,
        envelopes: &[Envelope<'_>],
        memory: Option<&Memory>,
    ) -> Result<Stored, HostError> {
        (**self).store(envelopes, memory)
    }

    fn precedence(&self, log: LogId) -> Precedence {
        (**self).precedence(log)
    }

    fn sign(&mut self, message: &[u8]) -> Result<Signature, HostError> {
        (**self).sign(message)
    }

    fn is_member(&self, key: AuthKey) -> bool {
        (**self).is_member(key)
    }

    fn heartbeat(&mut self) -> Result<Option<Slot>, HostError> {
        (**self).heartbeat()
    }

    fn roster(&self) -> Option<KnownRoster> {
        (**self).roster()
    }

    fn wants_snapshot(&self) -> Option<Seq> {
        (**self).wants_snapshot()
    }

    fn take_snapshot(&mut self, parts: &[Envelope<'_>]) -> Result<(), HostError> {
        (**self).take_snapshot(parts)
    }

    fn unnamed(&mut self) -> Option<Unnamed> {
        (**self).unnamed()
    }

    fn told_unnamed(&mut self, answer: UnnamedAnswer<'_>) -> Result<(), HostError> {
        (**self).told_unnamed(answer)
    }

    fn owes_snapshot(&self, newest: Newest<'_>) -> bool {
        (**self).owes_snapshot(newest)
    }

    fn make_snapshot(&mut self) -> Result<Vec<Vec<u8>>, HostError> {
        (**self).make_snapshot()
    }
}
