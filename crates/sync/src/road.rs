use crate::{
    Holdings, Host, HostError, KnownRoster, Listed, Memory, Newest, Precedence, Slot, Status,
    Stored,
};
use radrum_wire::{AuthKey, Envelope, Head, LogId, Range, RegionId, Seq, SignKey, Signature};
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

    fn is_member(&self, key: SignKey) -> bool {
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

    fn owes_snapshot(&self, newest: Newest<'_>) -> bool {
        (**self).owes_snapshot(newest)
    }

    fn make_snapshot(&mut self) -> Result<Vec<Vec<u8>>, HostError> {
        (**self).make_snapshot()
    }
}
