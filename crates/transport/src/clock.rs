//! What time it is for a machine, and whether the computer slept.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How far the machine's time may be from the wall clock before it is set anew.
const DRIFT_MS: i64 = 5_000;

/// How much later than expected a tick comes when the computer has slept.
const SLEEP: Duration = Duration::from_secs(20);

/// Steady time that can be shown: the wall clock once, and the monotonic clock from then on.
/// When the two part, because somebody set the clock or the computer slept, it begins anew;
/// that ends a wait early, at worst (see [`radrum_sync::Instant`]).
#[derive(Debug)]
pub(crate) struct Clock {
    wall_ms: i64,
    since: Instant,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self {
            wall_ms: wall_ms(),
            since: Instant::now(),
        }
    }

    pub(crate) fn now(&mut self) -> radrum_sync::Instant {
        let (wall_ms, monotonic) = (wall_ms(), Instant::now());
        radrum_sync::Instant(self.at(wall_ms, monotonic))
    }

    fn at(&mut self, wall_ms: i64, monotonic: Instant) -> i64 {
        let passed = monotonic.saturating_duration_since(self.since);
        let passed = i64::try_from(passed.as_millis()).unwrap_or(i64::MAX);
        let steady = self.wall_ms.saturating_add(passed);
        if steady.abs_diff(wall_ms) <= DRIFT_MS.unsigned_abs() {
            return steady;
        }
        self.wall_ms = wall_ms;
        self.since = monotonic;
        wall_ms
    }
}

fn wall_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let since = since.unwrap_or_default().as_millis();
    i64::try_from(since).unwrap_or(i64::MAX)
}

/// Measures one wait of a loop by both clocks. Some systems let the monotonic clock stand
/// while the computer sleeps, some do not; the wall clock goes on in all of them.
#[derive(Debug)]
pub(crate) struct Tick {
    monotonic: Instant,
    wall: SystemTime,
}

impl Tick {
    pub(crate) fn start() -> Self {
        Self {
            monotonic: Instant::now(),
            wall: SystemTime::now(),
        }
    }

    /// Whether a wait of at most `wait` took so much longer that the computer must have slept.
    /// A clock that was set forward looks the same, and costs one more look at the relay.
    pub(crate) fn has_slept(&self, wait: Duration) -> bool {
        let wall = self.wall.elapsed().unwrap_or_default();
        is_sleep(wait, self.monotonic.elapsed(), wall)
    }
}

fn is_sleep(wait: Duration, monotonic: Duration, wall: Duration) -> bool {
    monotonic.max(wall) > wait.saturating_add(SLEEP)
}

#[cfg(test)]
mod tests {
    use super::{Clock, is_sleep};
    use std::time::{Duration, Instant};

    #[test]
    fn a_wait_that_lasts_much_longer_by_either_clock_was_a_sleep() {
        let s = Duration::from_secs;
        assert!(!is_sleep(s(10), s(10), s(10)));
        assert!(!is_sleep(s(10), s(12), s(29)));
        assert!(is_sleep(s(10), s(10), s(3_600)));
        assert!(is_sleep(s(10), s(3_600), s(3_600)));
        assert!(is_sleep(s(10), s(3_600), s(0)));
    }

    #[test]
    fn time_is_steady_until_the_clocks_part() {
        let since = Instant::now();
        let mut clock = Clock {
            wall_ms: 1_000_000,
            since,
        };
        let after = |ms| since + Duration::from_millis(ms);
        assert_eq!(clock.at(1_000_000 - 900, after(100)), 1_000_100);
        assert_eq!(clock.at(1_000_000 + 4_000, after(200)), 1_000_200);
        // Slept for an hour, while the monotonic clock stood.
        assert_eq!(clock.at(4_600_300, after(300)), 4_600_300);
        assert_eq!(clock.at(4_600_400, after(350)), 4_600_350);
        // Set back by a day.
        assert_eq!(clock.at(-80_000_000, after(400)), -80_000_000);
        assert_eq!(clock.at(-79_999_990, after(420)), -79_999_980);
    }
}
