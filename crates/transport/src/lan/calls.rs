//! Whom to call and when: addresses that people typed, and instances that were announced.

use super::LanAddress;
use radrum_wire::{AuthKey, LanName};
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::time::Instant;

/// Most typed addresses that are called.
pub(super) const TYPED_MAX: usize = 64;

/// Most announced instances that are remembered.
const FOUND_MAX: usize = 128;

/// How long the instance with the higher name waits to be called by the other.
const GRACE: Duration = Duration::from_secs(5);

/// Wait after the first failure; twice that after each further one.
const RETRY: Duration = Duration::from_secs(1);

/// Longest wait after failures.
const RETRY_MAX: Duration = Duration::from_secs(300);

/// Somebody who may be called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Typed(LanAddress),
    Found(LanName),
}

/// Where to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// A name is looked up at each call.
    Typed(LanAddress),
    /// Tried in this order.
    Found(Vec<SocketAddr>),
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Called {
    /// No line came of it.
    Nobody,
    /// This device itself: never again.
    Own,
    /// There was a line with this device, or there is another one.
    Met(AuthKey),
}

/// Which lines there are now.
#[derive(Debug, Default)]
pub(super) struct Up {
    pub(super) keys: BTreeSet<AuthKey>,
    pub(super) from: BTreeSet<IpAddr>,
}

#[derive(Debug)]
struct Known {
    places: Vec<SocketAddr>,
    due: Instant,
    failures: u32,
    is_busy: bool,
    is_own: bool,
    key: Option<AuthKey>,
}

/// Everybody who may be called.
#[derive(Debug)]
pub(super) struct Calls {
    own: LanName,
    known: BTreeMap<Target, Known>,
}

impl Calls {
    pub(super) const fn new(own: LanName) -> Self {
        let known = BTreeMap::new();
        Self { own, known }
    }

    /// These addresses, the first [`TYPED_MAX`], and none that was typed before.
    pub(super) fn typed(&mut self, addresses: Vec<LanAddress>, now: Instant) {
        let wanted: BTreeSet<Target> = addresses
            .into_iter()
            .map(Target::Typed)
            .take(TYPED_MAX)
            .collect();
        self.known
            .retain(|target, _| matches!(target, Target::Found(_)) || wanted.contains(target));
        for target in wanted {
            self.known.entry(target).or_insert(Known::new(now));
        }
    }

    /// Somebody of the krets has been announced, or has other addresses now.
    pub(super) fn found(&mut self, instance: LanName, places: Vec<SocketAddr>, now: Instant) {
        let count = self.known.keys().filter(|target| target.is_found()).count();
        let target = Target::Found(instance);
        let is_known = self.known.contains_key(&target);
        if instance == self.own || places.is_empty() || (count >= FOUND_MAX && !is_known) {
            return;
        }
        // One of the two calls, unless it cannot.
        let due = if self.own < instance {
            now
        } else {
            now + GRACE
        };
        let known = self.known.entry(target).or_insert(Known::new(due));
        if is_known && known.places != places {
            known.due = known.due.min(due);
            known.failures = 0;
        }
        known.places = places;
    }

    /// Its announcement is over.
    pub(super) fn gone(&mut self, instance: LanName) {
        self.known.remove(&Target::Found(instance));
    }

    /// Everybody may be called now: another network, or the user asks.
    pub(super) fn again(&mut self, now: Instant) {
        for known in self.known.values_mut() {
            known.due = now;
            known.failures = 0;
            known.is_own = false;
        }
    }

    /// Whom to call now. Each is then left alone until [`Calls::ended`].
    pub(super) fn due(&mut self, now: Instant, up: &Up) -> Vec<(Target, Place)> {
        let mut due = Vec::new();
        for (target, known) in &mut self.known {
            if known.due <= now && known.is_wanted(target, up) {
                known.is_busy = true;
                due.push((target.clone(), known.place(target)));
            }
        }
        due
    }

    /// When somebody is to be called next, as things stand.
    pub(super) fn next(&self, up: &Up) -> Option<Instant> {
        let wanted = self.known.iter();
        let wanted = wanted.filter(|(target, known)| known.is_wanted(target, up));
        wanted.map(|(_, known)| known.due).min()
    }

    pub(super) fn ended(&mut self, target: &Target, called: Called, now: Instant) {
        let Some(known) = self.known.get_mut(target) else {
            return;
        };
        known.is_busy = false;
        match called {
            Called::Nobody => {
                let wait = RETRY.saturating_mul(1 << known.failures.min(16));
                known.failures = known.failures.saturating_add(1);
                known.due = now + wait.min(RETRY_MAX);
            }
            Called::Own => known.is_own = true,
            Called::Met(key) => {
                known.key = Some(key);
                known.failures = 0;
                known.due = now + RETRY;
            }
        }
    }
}

impl Target {
    const fn is_found(&self) -> bool {
        matches!(self, Self::Found(_))
    }
}

impl Known {
    const fn new(due: Instant) -> Self {
        Self {
            places: Vec::new(),
            due,
            failures: 0,
            is_busy: false,
            is_own: false,
            key: None,
        }
    }

    fn is_wanted(&self, target: &Target, up: &Up) -> bool {
        let has_line = match self.key {
            Some(key) => up.keys.contains(&key),
            // Nobody knows yet who that is; but the one who called from there is most likely it.
            None => target.is_found() && self.places.iter().any(|at| up.from.contains(&at.ip())),
        };
        !self.is_busy && !self.is_own && !has_line
    }

    fn place(&self, target: &Target) -> Place {
        match target {
            Target::Typed(address) => Place::Typed(address.clone()),
            Target::Found(_) => Place::Found(self.places.clone()),
        }
    }
}

#[cfg(test)]
mod tests;
