//! An office with a road on the local network.

use crate::desk::{Behind, auth_key, key, lock, until};
use crate::office::{Office, REGION};
use radrum_transport::{Discovery, LanConfig, LanRoad, LanStatus, StartError};
use radrum_wire::RegionId;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard};

pub struct LanOffice {
    pub number: u8,
    office: Arc<Mutex<Office>>,
    /// Whoever holds it lets the road stand after it has stored new entries.
    pub gate: Arc<Mutex<()>>,
    /// How many bytes of entries were read to be sent.
    pub given: Arc<AtomicUsize>,
    shown: Arc<Mutex<Vec<LanStatus>>>,
    pub road: Option<LanRoad>,
}

impl LanOffice {
    pub fn new(number: u8) -> Self {
        Self {
            number,
            office: Arc::new(Mutex::new(Office::new(number))),
            gate: Arc::default(),
            given: Arc::default(),
            shown: Arc::default(),
            road: None,
        }
    }

    /// With entries of its own, and a road that calls the others.
    pub fn open(number: u8, entries: u64, others: &[&Self]) -> Self {
        let mut office = Self::new(number);
        office.office().write_many(entries);
        office.call(others);
        office
    }

    /// Opens a road that calls these.
    pub fn call(&mut self, others: &[&Self]) {
        let others: Vec<SocketAddr> = others.iter().map(|other| other.address()).collect();
        self.call_at(&others);
    }

    pub fn call_at(&mut self, others: &[SocketAddr]) {
        let mut config = self.config();
        for other in others {
            config
                .addresses
                .push(other.to_string().parse().expect("address"));
        }
        self.start(config).expect("road");
    }

    pub fn config(&self) -> LanConfig {
        LanConfig {
            region: REGION,
            auth_key: auth_key(self.number),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            discovery: Discovery::Off,
            addresses: Vec::new(),
        }
    }

    pub fn start(&mut self, config: LanConfig) -> Result<(), StartError> {
        let shown = Arc::clone(&self.shown);
        self.start_showing(config, move |status| lock(&shown).push(status))
    }

    pub fn start_showing(
        &mut self,
        config: LanConfig,
        show: impl Fn(LanStatus) + Send + 'static,
    ) -> Result<(), StartError> {
        let host = Behind {
            office: Arc::clone(&self.office),
            gate: Arc::clone(&self.gate),
            key: key(self.number),
            given: Arc::clone(&self.given),
        };
        self.road = Some(LanRoad::start(config, host, show)?);
        Ok(())
    }

    pub fn start_in(&mut self, region: RegionId) {
        let mut config = self.config();
        config.region = region;
        self.start(config).expect("road");
    }

    pub fn office(&self) -> MutexGuard<'_, Office> {
        lock(&self.office)
    }

    pub fn road(&self) -> &LanRoad {
        self.road.as_ref().expect("an open road")
    }

    pub fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.road().port()))
    }

    pub fn write(&self, count: u64) {
        self.office().write_many(count);
        self.road().written();
    }

    pub fn count(&self) -> usize {
        self.office().entries.len()
    }

    pub fn statuses(&self) -> Vec<LanStatus> {
        lock(&self.shown).clone()
    }

    pub fn status(&self) -> LanStatus {
        until("a status", || !lock(&self.shown).is_empty());
        *lock(&self.shown).last().expect("a status")
    }

    pub fn until_lines(&self, lines: usize) {
        let has = |status: &LanStatus| status.lines == lines;
        until("lines", || self.statuses().last().is_some_and(has));
    }

    pub fn stop(&mut self) {
        self.road.take().expect("an open road").stop();
    }

    /// Takes another device out of the krets, as this one knows it.
    pub fn revoke(&self, number: u8) {
        self.office().strangers.insert(auth_key(number));
    }

    /// Nothing of anybody has come in, and the road goes on.
    pub fn is_unharmed(&self, entries: usize) {
        assert_eq!(self.count(), entries);
        assert!(self.road().is_running());
    }

    /// The road still trades entries with a member who calls.
    pub fn still_trades(&self, number: u8) {
        let before = self.count();
        let member = Self::open(number, 3, &[self]);
        until("trade", || {
            self.count() == before + 3 && are_equal(&[self, &member])
        });
    }
}

/// Whether all hold the same.
pub fn are_equal(offices: &[&LanOffice]) -> bool {
    let held: Vec<_> = offices
        .iter()
        .map(|office| office.office().entries.clone())
        .collect();
    held.windows(2).all(|pair| pair[0] == pair[1])
}
