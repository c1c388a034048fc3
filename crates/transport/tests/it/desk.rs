//! An office with a road: its host in memory, seen by the road's thread and by the test.

use crate::office::{Office, REGION};
use ed25519_dalek::{Signer as _, SigningKey};
use radrum_sync::{
    Holdings, Host, HostError, KnownRoster, Listed, Memory, Precedence, Slot, Status, Stored,
};
use radrum_transport::{RelayConfig, RelayRoad};
use radrum_wire::{AuthKey, Envelope, Head, LogId, Range, Record as _, Roster, Signature};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// No step of any test takes so long, on the slowest computer.
pub const LIMIT: Duration = Duration::from_secs(60);

/// Looks again and again until it is so.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < LIMIT, "not in time: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

pub fn key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

pub fn auth_key(number: u8) -> AuthKey {
    AuthKey::from_bytes(key(number).verifying_key().to_bytes())
}

/// Device 1 is the admin who signs it.
pub fn roster(number: u64, devices: &[u8]) -> KnownRoster {
    let mut devices: Vec<AuthKey> = devices.iter().map(|device| auth_key(*device)).collect();
    devices.sort();
    let mut roster = Roster {
        region: REGION,
        number,
        links: Vec::new(),
        devices,
        by: auth_key(1),
        signature: Signature::from_bytes([0; 64]),
    };
    let message = roster.signing_bytes().expect("roster");
    roster.signature = Signature::from_bytes(key(1).sign(&message).to_bytes());
    KnownRoster {
        number,
        record: roster.encode_record().expect("roster"),
    }
}

/// What the road sees.
#[derive(Clone)]
pub struct Behind {
    pub office: Arc<Mutex<Office>>,
    pub gate: Arc<Mutex<()>>,
    pub key: SigningKey,
    /// How many bytes of entries were read to be sent.
    pub given: Arc<AtomicUsize>,
}

pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Host for Behind {
    fn holdings(&self) -> Arc<Holdings> {
        lock(&self.office).holdings()
    }

    fn holds(&self, entry: &Head) -> bool {
        lock(&self.office).holds(entry)
    }

    fn list(&self, range: &Range) -> Vec<Listed> {
        lock(&self.office).list(range)
    }

    fn read(&self, entry: &Head) -> Option<Vec<u8>> {
        let entry = lock(&self.office).read(entry);
        let bytes = entry.as_ref().map_or(0, Vec::len);
        self.given.fetch_add(bytes, Ordering::SeqCst);
        entry
    }

    fn store(
        &mut self,
        envelopes: &[Envelope<'_>],
        memory: Option<&Memory>,
    ) -> Result<Stored, HostError> {
        let stored = lock(&self.office).store(envelopes, memory);
        if stored.is_ok_and(|stored| stored.new > 0) {
            drop(lock(&self.gate));
        }
        stored
    }

    fn precedence(&self, log: LogId) -> Precedence {
        lock(&self.office).precedence(log)
    }

    fn sign(&mut self, message: &[u8]) -> Result<Signature, HostError> {
        Ok(Signature::from_bytes(self.key.sign(message).to_bytes()))
    }

    fn is_member(&self, key: AuthKey) -> bool {
        lock(&self.office).is_member(key)
    }

    fn heartbeat(&mut self) -> Result<Option<Slot>, HostError> {
        lock(&self.office).heartbeat()
    }

    fn roster(&self) -> Option<KnownRoster> {
        lock(&self.office).roster()
    }
}

/// One office. The road is opened with [`Desk::open`].
pub struct Desk {
    number: u8,
    office: Arc<Mutex<Office>>,
    /// Whoever holds it lets the road stand after it has stored new entries.
    pub gate: Arc<Mutex<()>>,
    shown: Arc<Mutex<Vec<Status>>>,
    pub road: Option<RelayRoad>,
}

impl Desk {
    /// With the same roster of three devices as all.
    pub fn new(number: u8) -> Self {
        let mut office = Office::new(number);
        office.roster = Some(roster(1, &[1, 2, 3]));
        Self {
            number,
            office: Arc::new(Mutex::new(office)),
            gate: Arc::default(),
            shown: Arc::default(),
            road: None,
        }
    }

    pub fn office(&self) -> MutexGuard<'_, Office> {
        lock(&self.office)
    }

    pub fn open(&mut self, address: &str) {
        self.open_krets(address, REGION);
    }

    pub fn open_krets(&mut self, address: &str, region: radrum_wire::RegionId) {
        let config = RelayConfig {
            address: address.parse().expect("address"),
            region,
            auth_key: auth_key(self.number),
            memory: self.office().memory.clone(),
            seed: u64::from(self.number),
        };
        let host = Behind {
            office: Arc::clone(&self.office),
            gate: Arc::clone(&self.gate),
            key: key(self.number),
            given: Arc::default(),
        };
        let shown = Arc::clone(&self.shown);
        let show = move |status| lock(&shown).push(status);
        self.road = Some(RelayRoad::start(config, host, show).expect("road"));
    }

    pub fn road(&self) -> &RelayRoad {
        self.road.as_ref().expect("an open road")
    }

    /// Writes, and tells the road.
    pub fn write(&self, count: u64) {
        self.office().write_many(count);
        self.road().written();
    }

    pub fn count(&self) -> usize {
        self.office().entries.len()
    }

    pub fn status(&self) -> Option<Status> {
        lock(&self.shown).last().copied()
    }

    /// Everything is sent, and the long poll is open.
    pub fn is_idle(&self) -> bool {
        let idle = |status: Status| {
            status.phase == radrum_sync::Phase::UpToDate
                && status.waiting == 0
                && status.problem.is_none()
        };
        self.status().is_some_and(idle)
    }

    pub fn until_idle(&self) {
        until("idle", || self.is_idle());
    }

    pub fn until_problem(&self, problem: radrum_sync::Problem) {
        let has = |status: Status| status.problem == Some(problem);
        until(problem.code(), || self.status().is_some_and(has));
        assert!(self.road().is_running());
    }

    /// How long it took.
    pub fn stop(&mut self) -> Duration {
        let begun = Instant::now();
        self.road.take().expect("an open road").stop();
        begun.elapsed()
    }
}

/// Whether all hold the same.
pub fn are_equal(desks: &[&Desk]) -> bool {
    let held: Vec<_> = desks
        .iter()
        .map(|desk| desk.office().entries.clone())
        .collect();
    held.windows(2).all(|pair| pair[0] == pair[1])
}
