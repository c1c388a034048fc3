//! Roads to others: which are open, and how they are doing.

use crate::{Event, Events};
use radrum_sync::{LanSeen, Road, Status};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
