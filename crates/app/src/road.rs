//! Opening roads: to the relays of the krets, and on the local network when somebody wants it.

mod host;
mod making;

pub(crate) use host::RoadHost;

use crate::roads::Told;
use crate::{Error, Session};
use radrum_sync::{Instant, LanOpening, LanSeen, Memory, Opener, RelayOpening};
use radrum_wire::{AuthKey, Digest, Heads, Record as _};
use std::sync::{Arc, Mutex, PoisonError};

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
        keep_fetched(&session, LAN, &met, seen.met_at);
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
        keep_fetched(&session, &address, &fetched, status.fetched_at);
        session
            .roads
            .tell(&address, Told::Status(status), &session.events);
    })
}

fn keep_fetched(
    session: &Session,
    road: &str,
    before: &Mutex<Option<Instant>>,
    at: Option<Instant>,
) {
    let before = std::mem::replace(
        &mut *before.lock().unwrap_or_else(PoisonError::into_inner),
        at,
    );
    if let Some(at) = at.filter(|at| before != Some(*at)) {
        let road = road.to_string();
        let kept = session.on_writer(move |side| {
            side.fetched(at.0)?;
            side.tend();
            side.judge_snapshot(&road)
        });
        if let Err(error) = kept {
            tracing::warn!(code = ?error.code, "time of fetching");
        }
    }
}
