//! What one device has brought today, and how often it asks.
//!
//! FORMAT.md lets the entries of a device's own logs count. A relay does not know whose log is
//! whose, and shall not: so each log that a device brings is counted by itself. An own log meets
//! the limit; what a stick brought from others meets it only if one log is as large. See the
//! README for what goes free.
//!
//! In memory on purpose: no file says which device brings which log. A restart begins a new day.

use crate::config::Quotas;
use crate::store::Brought;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use radrum_wire::{AuthKey, LogId, RegionId};
use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Longest that a client is told to wait: an operator may raise a quota.
const WAIT_MAX: Duration = Duration::from_secs(60 * 60);

/// Requests a minute that need no token (rosters, letters), for all who know a krets together.
const OPEN_A_MINUTE: u32 = 600;

type Device = (RegionId, AuthKey);

/// Counts.
pub struct Usage {
    quotas: Quotas,
    days: Mutex<BTreeMap<Device, Day>>,
    requests: DefaultKeyedRateLimiter<Device>,
    open_requests: DefaultKeyedRateLimiter<RegionId>,
}

struct Day {
    since: Instant,
    logs: BTreeMap<LogId, Sum>,
    all: Sum,
}

#[derive(Clone, Copy, Default)]
struct Sum {
    entries: u64,
    bytes: u64,
    /// The relay had nothing of the log this morning: a first sync, or a relay being refilled.
    first: bool,
}

impl Sum {
    const fn reaches(&self, entries: u64, bytes: u64) -> bool {
        self.entries >= entries || self.bytes >= bytes
    }
}

impl Usage {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(quotas: Quotas) -> Self {
        let a_minute = |n: u32| Quota::per_minute(NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN));
        Self {
            quotas,
            days: Mutex::default(),
            requests: RateLimiter::keyed(a_minute(quotas.requests_a_minute)),
            open_requests: RateLimiter::keyed(a_minute(OPEN_A_MINUTE)),
        }
    }

    /// One request of a device.
    ///
    /// # Errors
    /// How long to wait.
    pub fn request(&self, region: RegionId, key: AuthKey) -> Result<(), Duration> {
        let now = DefaultClock::default().now();
        let checked = self.requests.check_key(&(region, key));
        checked.map_err(|until| until.wait_time_from(now))
    }

    /// One request without a token.
    ///
    /// # Errors
    /// How long to wait.
    pub fn open_request(&self, region: RegionId) -> Result<(), Duration> {
        let now = DefaultClock::default().now();
        let checked = self.open_requests.check_key(&region);
        checked.map_err(|until| until.wait_time_from(now))
    }

    /// Whether a device may bring more of these logs today.
    ///
    /// # Errors
    /// How long to wait.
    pub fn check(
        &self,
        region: RegionId,
        key: AuthKey,
        mut logs: impl Iterator<Item = LogId>,
        now: Instant,
    ) -> Result<(), Duration> {
        let quotas = &self.quotas;
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(day) = days.get(&(region, key)) else {
            return Ok(());
        };
        let left = (day.since + DAY).saturating_duration_since(now);
        if left.is_zero() {
            days.remove(&(region, key));
            return Ok(());
        }
        let (entries, bytes) = (quotas.entries_a_day, quotas.bytes_a_day);
        let times = |n: u64| n.saturating_mul(quotas.carried_times);
        let one_is_full = logs.any(|log| {
            let sum = day.logs.get(&log).copied().unwrap_or_default();
            !sum.first && sum.reaches(entries, bytes)
        });
        if one_is_full || day.all.reaches(times(entries), times(bytes)) {
            return Err(left.min(WAIT_MAX));
        }
        Ok(())
    }

    /// Counts what was new.
    pub fn count(&self, region: RegionId, key: AuthKey, brought: &[Brought], now: Instant) {
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        let day = days.entry((region, key)).or_insert_with(|| Day {
            since: now,
            logs: BTreeMap::new(),
            all: Sum::default(),
        });
        for new in brought {
            let first = Sum {
                first: new.first,
                ..Sum::default()
            };
            for sum in [day.logs.entry(new.log).or_insert(first), &mut day.all] {
                sum.entries += new.entries;
                sum.bytes += new.bytes;
            }
        }
    }

    /// Counts what belongs to no log, such as parts of snapshots: against all together only.
    pub fn count_beside(&self, region: RegionId, key: AuthKey, bytes: u64, now: Instant) {
        self.count(region, key, &[], now);
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(day) = days.get_mut(&(region, key)) {
            day.all.bytes += bytes;
        }
    }

    /// Forgets yesterday.
    pub fn sweep(&self, now: Instant) {
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        days.retain(|_, day| day.since + DAY > now);
        self.requests.retain_recent();
        self.open_requests.retain_recent();
    }
}

#[cfg(test)]
mod tests {
    use super::{DAY, Usage};
    use crate::config::Quotas;
    use crate::store::Brought;
    use radrum_wire::{AuthKey, LogId, RegionId};
    use std::time::{Duration, Instant};

    const REGION: RegionId = RegionId::from_bytes([1; 16]);
    const KEY: AuthKey = AuthKey::from_bytes([2; 32]);

    fn log(n: u8) -> LogId {
        LogId::from_bytes([n; 16])
    }

    fn brought(n: u8, entries: u64, first: bool) -> Brought {
        let (log, bytes) = (log(n), entries * 700);
        Brought {
            log,
            entries,
            bytes,
            first,
        }
    }

    fn may(usage: &Usage, n: u8, now: Instant) -> bool {
        usage.check(REGION, KEY, [log(n)].into_iter(), now).is_ok()
    }

    #[test]
    fn a_full_log_does_not_stop_another_and_a_new_day_begins() {
        let (usage, now) = (Usage::new(Quotas::default()), Instant::now());
        usage.count(REGION, KEY, &[brought(1, 1_999, false)], now);
        assert!(may(&usage, 1, now));
        usage.count(REGION, KEY, &[brought(1, 1, false)], now);
        assert!(!may(&usage, 1, now));
        assert!(may(&usage, 2, now));
        let other = AuthKey::from_bytes([3; 32]);
        let ask = usage.check(REGION, other, [log(1)].into_iter(), now);
        assert!(ask.is_ok());
        assert!(!may(&usage, 1, now + DAY - Duration::from_secs(1)));
        assert!(may(&usage, 1, now + DAY));
    }

    #[test]
    fn a_log_that_is_new_to_the_relay_goes_free_that_day_but_not_without_end() {
        let (usage, now) = (Usage::new(Quotas::default()), Instant::now());
        usage.count(REGION, KEY, &[brought(1, 5_000, true)], now);
        usage.count(REGION, KEY, &[brought(1, 5_000, false)], now);
        assert!(may(&usage, 1, now));
        usage.count(REGION, KEY, &[brought(1, 10_000, false)], now);
        assert!(!may(&usage, 1, now));
        assert!(!may(&usage, 2, now));
    }

    #[test]
    fn snapshots_count_against_all_together_only() {
        let (usage, now) = (Usage::new(Quotas::default()), Instant::now());
        usage.count_beside(REGION, KEY, 999_999_999, now);
        assert!(may(&usage, 1, now));
        usage.count_beside(REGION, KEY, 1, now);
        assert!(!may(&usage, 1, now));
    }

    #[test]
    fn requests_are_let_through_again_after_a_while() {
        let quotas = Quotas {
            requests_a_minute: 3,
            ..Quotas::default()
        };
        let usage = Usage::new(quotas);
        for _ in 0..3 {
            assert!(usage.request(REGION, KEY).is_ok());
        }
        let wait = usage.request(REGION, KEY).expect_err("too many");
        assert!(wait > Duration::from_secs(10) && wait <= Duration::from_secs(20));
        assert!(usage.request(REGION, AuthKey::from_bytes([9; 32])).is_ok());
    }
}
