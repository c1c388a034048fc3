//! The roads of one computer without threads and sockets: what the app opens is kept for the
//! simulation, which runs the machine itself.

use super::fault::{Fault, LyingHost};
use radrum_sync::{Event, HostBox, LanOpening, OnLan, OnStatus, Opener, Relay, RelayOpening, Road};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The host of an open road, until the road is closed.
pub type HostSlot = Arc<Mutex<Option<HostBox>>>;

/// A road that the app has opened and the simulation has not seen yet.
pub struct Opened {
    /// The machine.
    pub relay: Relay,
    /// Its host.
    pub host: HostSlot,
    /// Hears each new status.
    pub on_status: OnStatus,
}

/// What the app has said to its roads.
#[derive(Default)]
pub struct Inbox {
    opened: Mutex<Option<Opened>>,
    told: Mutex<Vec<Event>>,
}

impl Inbox {
    /// The road that was opened since it was asked last.
    #[must_use]
    pub fn take_opened(&self) -> Option<Opened> {
        lock(&self.opened).take()
    }

    /// What the road was told since it was asked last.
    #[must_use]
    pub fn take_told(&self) -> Vec<Event> {
        std::mem::take(&mut *lock(&self.told))
    }
}

/// Opens simulated roads.
pub struct SimOpener {
    inbox: Arc<Inbox>,
    fault: Option<Fault>,
}

impl SimOpener {
    /// Roads of one run of one program, with a planted fault or without.
    #[must_use]
    pub const fn new(inbox: Arc<Inbox>, fault: Option<Fault>) -> Self {
        Self { inbox, fault }
    }
}

impl Opener for SimOpener {
    fn check_relay(&self, _address: &str) -> Result<(), &'static str> {
        Ok(())
    }

    fn check_lan(&self, _address: &str) -> Result<(), &'static str> {
        Ok(())
    }

    // Two offices that meet in one house are tested over real sockets (crates/transport).
    fn open_lan(&self, _: LanOpening, _: HostBox, _: OnLan) -> Result<Box<dyn Road>, &'static str> {
        Err("road_no_port")
    }

    fn open_relay(
        &self,
        opening: RelayOpening,
        host: HostBox,
        on_status: OnStatus,
    ) -> Result<Box<dyn Road>, &'static str> {
        let host: HostBox = match self.fault {
            Some(fault) => Box::new(LyingHost::new(host, fault)),
            None => host,
        };
        let host: HostSlot = Arc::new(Mutex::new(Some(host)));
        let relay = Relay::new(
            opening.region,
            opening.auth_key,
            opening.memory,
            opening.seed,
        );
        let road = SimRoad {
            inbox: Arc::clone(&self.inbox),
            host: Arc::clone(&host),
        };
        lock(&self.inbox.told).clear();
        *lock(&self.inbox.opened) = Some(Opened {
            relay,
            host,
            on_status,
        });
        Ok(Box::new(road))
    }
}

struct SimRoad {
    inbox: Arc<Inbox>,
    host: HostSlot,
}

impl SimRoad {
    fn tell(&self, event: Event) {
        lock(&self.inbox.told).push(event);
    }
}

impl Road for SimRoad {
    fn written(&self) {
        self.tell(Event::Written);
    }

    fn imported(&self) {
        self.tell(Event::Imported);
    }

    fn retry(&self) {
        self.tell(Event::Started);
    }

    fn slots_wanted(&self) {
        self.tell(Event::SlotsWanted);
    }

    fn stop(self: Box<Self>) {
        let host = lock(&self.host).take();
        drop(host);
    }
}

/// Also after a panic: what is kept is whole.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
