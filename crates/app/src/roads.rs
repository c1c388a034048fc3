//! Roads to others: which are open, how they are doing, and this device as they see it.

mod host;
mod making;

pub(crate) use host::RoadHost;

use crate::{Error, Event, Events, Session};
use radrum_sync::{Instant, LanOpening, LanSeen, Memory, Opener, RelayOpening, Road, Status};
use radrum_wire::{AuthKey, Digest, Heads, Record as _};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Names the road on the local network, where a relay has its address.
const LAN: &str = "lan";

/// Setting that holds a [`Lan`] as JSON; absent while the road is off.
const LAN_SETTING: &str = "lan";

/// How the local network is to be used.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub(crate) struct Lan {
    pub on: bool,
    pub port: u16,
    pub addresses: Vec<String>,
}

/// Names what is remembered of sticks, where a relay has its address.
pub(crate) const STICK: &str = "stick";

/// The open roads of a profile, by address. Told by the writer what was written.
#[derive(Clone, Default)]
pub(crate) struct Roads {
    open: Arc<Mutex<BTreeMap<String, Box<dyn Road>>>>,
    told: Arc<Mutex<BTreeMap<String, Told>>>,
    lan: Arc<Mutex<Option<LanSeen>>>,
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

    /// Notes how the road on the local network is doing.
    pub fn tell_lan(&self, seen: LanSeen, events: &Events) {
        let before = lock(&self.lan).replace(seen);
        if before != Some(seen) {
            events.tell(&Event::Road {});
        }
    }

    /// How the road on the local network is doing; none while it is off.
    pub fn lan(&self) -> Option<LanSeen> {
        *lock(&self.lan)
    }

    /// This device has written entries.
    pub fn written(&self) {
        self.each(|road| road.written());
    }

    /// Entries have come by a file.
    pub fn imported(&self) {
        self.each(|road| road.imported());
    }

    /// Entries have come by one of the roads: the others may lack them.
    pub fn came_by(&self, address: &str) {
        for (other, road) in lock(&self.open).iter() {
            if other != address {
                road.imported();
            }
        }
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
        *lock(&self.lan) = None;
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
    let lan = session.read(lan_setting)?;
    if lan.on {
        open_lan(session, opener, AuthKey::from_bytes(key), lan);
    }
    Ok(())
}

/// How the local network is to be used: not at all, until somebody turns it on.
pub(crate) fn lan_setting(read: radrum_store::Read<'_>) -> Result<Lan, Error> {
    let kept = read.setting(LAN_SETTING)?;
    let lan = kept.and_then(|text| serde_json::from_str(&text).ok());
    Ok(lan.unwrap_or_default())
}

/// Keeps how the local network is to be used.
pub(crate) fn keep_lan(session: &Session, lan: &Lan) -> Result<(), Error> {
    let text = serde_json::to_string(lan).map_err(|_| Error::bug("lan"))?;
    session.write("", move |batch| {
        Ok(batch.private().put_setting(LAN_SETTING, &text)?)
    })
}

fn open_lan(session: &Arc<Session>, opener: &dyn Opener, auth_key: AuthKey, lan: Lan) {
    let opening = LanOpening {
        region: session.profile().region,
        auth_key,
        port: lan.port,
        addresses: lan.addresses,
    };
    let host = Box::new(RoadHost::new(Arc::clone(session), LAN.to_string()));
    let weak = Arc::downgrade(session);
    let met = Mutex::default();
    let on_lan = Box::new(move |seen: LanSeen| {
        let Some(session) = weak.upgrade() else {
            return;
        };
        keep_fetched(&session, &met, seen.met_at, None);
        session.roads.tell_lan(seen, &session.events);
    });
    match opener.open_lan(opening, host, on_lan) {
        Ok(road) => session.roads.keep(LAN.to_string(), road),
        Err(code) => session.roads.tell_lan(
            LanSeen {
                port: None,
                lines: 0,
                met_at: None,
                problem: Some(code),
            },
            &session.events,
        ),
    }
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
    let fetched: Mutex<Option<Instant>> = Mutex::default();
    Box::new(move |status| {
        let Some(session) = session.upgrade() else {
            return;
        };
        keep_fetched(&session, &fetched, status.fetched_at, Some(&address));
        session
            .roads
            .tell(&address, Told::Status(status), &session.events);
    })
}

/// `relay`: all that it has is here now.
fn keep_fetched(
    session: &Session,
    before: &Mutex<Option<Instant>>,
    at: Option<Instant>,
    relay: Option<&str>,
) {
    let relay = relay.map(str::to_string);
    let before = std::mem::replace(&mut *lock(before), at);
    if let Some(at) = at.filter(|at| before != Some(*at)) {
        let kept = session.on_writer(move |side| {
            side.fetched(at.0)?;
            relay.map_or(Ok(()), |relay| side.judge_snapshot(&relay))
        });
        if let Err(error) = kept {
            tracing::warn!(code = ?error.code, "time of fetching");
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
