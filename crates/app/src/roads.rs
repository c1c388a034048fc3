//! Roads to others: which are open, how they are doing, and this device as they see it.

mod host;
mod making;

pub(crate) use host::RoadHost;

use crate::{Error, Event, Events, Session};
use radrum_sync::{Memory, Opener, RelayOpening, Road, Status};
use radrum_wire::{AuthKey, Digest, Heads, Record as _};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Names what is remembered of sticks, where a relay has its address.
pub(crate) const STICK: &str = "stick";

/// The open roads of a profile, by address. Told by the writer what was written.
#[derive(Clone, Default)]
pub(crate) struct Roads {
    open: Arc<Mutex<BTreeMap<String, Box<dyn Road>>>>,
    told: Arc<Mutex<BTreeMap<String, Told>>>,
}

/// How a road is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// As it said last.
    Status(Status),
    /// It could not be opened: a code.
    Failed(&'static str),
}

impl Roads {
    /// Keeps an open road.
    pub fn keep(&self, address: String, road: Box<dyn Road>) {
        lock(&self.open).insert(address, road);
    }

    /// Notes how a road is doing, and tells the windows when that is news.
    pub fn tell(&self, address: &str, told: Told, events: &Events) {
        let before = lock(&self.told).insert(address.to_string(), told);
        if before != Some(told) {
            events.tell(&Event::Road {});
        }
    }

    /// How the roads are doing, by address.
    pub fn told(&self) -> Vec<Told> {
        lock(&self.told).values().copied().collect()
    }

    /// This device has written entries.
    pub fn written(&self) {
        self.each(|road| road.written());
    }

    /// Entries have come by a file.
    pub fn imported(&self) {
        self.each(|road| road.imported());
    }

    /// The user asks to try again now.
    pub fn retry(&self) {
        self.each(|road| road.retry());
    }

    /// The user looks at who has what.
    pub fn slots_wanted(&self) {
        self.each(|road| road.slots_wanted());
    }

    /// Closes all, and waits until they have let go of the profile.
    pub fn close(&self) {
        let open = std::mem::take(&mut *lock(&self.open));
        for road in open.into_values() {
            road.stop();
        }
        lock(&self.told).clear();
    }

    fn each(&self, tell: impl Fn(&dyn Road)) {
        for road in lock(&self.open).values() {
            tell(road.as_ref());
        }
    }
}

/// Opens a road to each relay of the krets. One that cannot be opened is told as such.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn open(session: &Arc<Session>, opener: &dyn Opener) -> Result<(), Error> {
    let Some(key) = session.on_writer(|side| Ok(side.relay_key()))? else {
        return Ok(());
    };
    let relays = session
        .read(|read| Ok(read.krets()?))?
        .map(|row| row.relays);
    for address in relays.unwrap_or_default() {
        let opening = RelayOpening {
            address: address.clone(),
            region: session.profile().region,
            auth_key: AuthKey::from_bytes(key),
            memory: session.read(|read| Ok(memory_of(read.road(&address)?)))?,
            seed: u64::from_le_bytes(session.world.random()?),
        };
        let host = Box::new(RoadHost::new(Arc::clone(session), address.clone()));
        let on_status = on_status(session, address.clone());
        match opener.open_relay(opening, host, on_status) {
            Ok(road) => session.roads.keep(address, road),
            Err(code) => session
                .roads
                .tell(&address, Told::Failed(code), &session.events),
        }
    }
    Ok(())
}

fn memory_of(row: Option<radrum_store::RoadRow>) -> Memory {
    let row = row.unwrap_or_default();
    let sent = Heads::decode_record(&row.sent).unwrap_or_default();
    Memory {
        store: Digest::try_from(row.store.as_slice()).ok(),
        cursor: row.cursor,
        sent: sent.as_slice().to_vec(),
    }
}

/// Hands a status on; that something was fetched is kept for the next start.
fn on_status(session: &Arc<Session>, address: String) -> radrum_sync::OnStatus {
    let session = Arc::downgrade(session);
    let fetched: Mutex<Option<radrum_sync::Instant>> = Mutex::default();
    Box::new(move |status| {
        let Some(session) = session.upgrade() else {
            return;
        };
        let before = std::mem::replace(&mut *lock(&fetched), status.fetched_at);
        if let Some(at) = status.fetched_at.filter(|at| before != Some(*at)) {
            let road = address.clone();
            let kept = session.on_writer(move |side| {
                side.fetched(at.0)?;
                side.judge_snapshot(&road)
            });
            if let Err(error) = kept.map_err(|error| error.code) {
                tracing::warn!(code = ?error, "time of fetching");
            }
        }
        session
            .roads
            .tell(&address, Told::Status(status), &session.events);
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
