//! Roads of tests: one that a test walks itself (the hosts of offices, without a relay, a line or
//! a clock), and the real ones on this computer only.

use anyhow::{Context as _, Result};
use radrum_sync::{
    Host as _, HostBox, LIST_POSITIONS, LanOpening, OnLan, OnStatus, Opener, RelayOpening, Road,
};
use radrum_transport::{Discovery, LanConfig, LanRoad, LanStatus, Roads};
use radrum_wire::{AuthKey, Envelope, Head, Range, Seq};
use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

/// What an office gave when its road was opened.
pub struct End {
    /// The office as a road sees it.
    pub host: HostBox,
    /// Told how the road is doing.
    pub on_status: OnStatus,
}

/// Opens no road and keeps what a road would have.
#[derive(Default)]
pub struct ByHand(Mutex<Option<End>>);

impl ByHand {
    /// What the office gave last. It holds the profile open until it is dropped.
    ///
    /// # Errors
    /// When no road was opened since.
    pub fn end(&self) -> Result<End> {
        let mut end = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        end.take().context("no road was opened")
    }
}

impl Opener for ByHand {
    fn check_relay(&self, _: &str) -> Result<(), &'static str> {
        Ok(())
    }

    fn open_relay(
        &self,
        _: RelayOpening,
        host: HostBox,
        on_status: OnStatus,
    ) -> Result<Box<dyn Road>, &'static str> {
        let mut end = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *end = Some(End { host, on_status });
        Ok(Box::new(Still))
    }

    fn check_lan(&self, _: &str) -> Result<(), &'static str> {
        Ok(())
    }

    fn open_lan(&self, _: LanOpening, _: HostBox, _: OnLan) -> Result<Box<dyn Road>, &'static str> {
        Err("road_no_port")
    }
}

struct Still;

impl Road for Still {
    fn written(&self) {}
    fn imported(&self) {}
    fn retry(&self) {}
    fn slots_wanted(&self) {}
    fn stop(self: Box<Self>) {}
}

/// Opens the real roads so that nothing leaves this computer: the local network is its loopback,
/// and nothing is announced.
#[derive(Default)]
pub struct Loopback(Arc<Mutex<BTreeSet<AuthKey>>>);

impl Loopback {
    /// Whether the device with this relay key and another have had the same on the local network,
    /// since that road was opened.
    #[must_use]
    pub fn has_met(&self, key: &AuthKey) -> bool {
        let met = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        met.contains(key)
    }
}

impl Opener for Loopback {
    fn check_relay(&self, address: &str) -> Result<(), &'static str> {
        Roads.check_relay(address)
    }

    fn open_relay(
        &self,
        opening: RelayOpening,
        host: HostBox,
        on_status: OnStatus,
    ) -> Result<Box<dyn Road>, &'static str> {
        Roads.open_relay(opening, host, on_status)
    }

    fn check_lan(&self, address: &str) -> Result<(), &'static str> {
        Roads.check_lan(address)
    }

    fn open_lan(
        &self,
        opening: LanOpening,
        host: HostBox,
        on_lan: OnLan,
    ) -> Result<Box<dyn Road>, &'static str> {
        let addresses = opening.addresses.iter().map(|address| address.parse());
        let config = LanConfig {
            region: opening.region,
            auth_key: opening.auth_key,
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, opening.port)),
            discovery: Discovery::Off,
            addresses: addresses
                .collect::<Result<_, _>>()
                .map_err(|_| "road_bad_address")?,
        };
        let (met, key) = (Arc::clone(&self.0), opening.auth_key);
        met.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&key);
        let on_status = move |status: LanStatus| {
            if status.met_at.is_some() {
                let mut met = met.lock().unwrap_or_else(PoisonError::into_inner);
                met.insert(key);
            }
            on_lan(status.into());
        };
        let road = LanRoad::start(config, host, on_status);
        Ok(Box::new(road.map_err(|error| error.code())?))
    }
}

/// A way to set the opener of a start.
#[must_use]
pub fn by_hand() -> (Arc<ByHand>, Arc<dyn Opener>) {
    let road = Arc::new(ByHand::default());
    let opener = Arc::clone(&road);
    (road, opener)
}

impl End {
    /// Everything that it holds, in the order of logs.
    #[must_use]
    pub fn entries(&self) -> Vec<Vec<u8>> {
        let mut entries = Vec::new();
        for end in self.host.holdings().heads().as_slice() {
            let mut first = 1;
            while first <= end.seq.0 {
                let last = end.seq.0.min(first + LIST_POSITIONS - 1);
                let range = Range {
                    log: end.log,
                    first: Seq(first),
                    last: Seq(last),
                };
                let listed = self.host.list(&range).into_iter();
                entries.extend(listed.filter_map(|one| {
                    let (log, seq, hash) = (end.log, one.seq, one.hash);
                    self.host.read(&Head { log, seq, hash })
                }));
                first = last + 1;
            }
        }
        entries
    }

    /// Gives it entries.
    ///
    /// # Errors
    /// When it does not store them.
    pub fn give(&mut self, entries: &[Vec<u8>]) -> Result<()> {
        let envelopes = decoded(entries)?;
        self.host.store(&envelopes, None)?;
        Ok(())
    }

    /// Gives it parts of a snapshot.
    ///
    /// # Errors
    /// When it does not store them.
    pub fn give_parts(&mut self, parts: &[Vec<u8>]) -> Result<()> {
        let envelopes = decoded(parts)?;
        Ok(self.host.take_snapshot(&envelopes)?)
    }
}

fn decoded(bytes: &[Vec<u8>]) -> Result<Vec<Envelope<'_>>> {
    let envelopes = bytes.iter().map(|bytes| Envelope::decode(bytes));
    Ok(envelopes.collect::<Result<_, _>>()?)
}
