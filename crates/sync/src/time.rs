//! Time as an argument. Nothing here knows what time it is.

/// A moment that the caller read from a clock, in milliseconds; UTC, if it is to be shown.
///
/// Moments are compared only to wait, never to decide what holds. A clock that jumps makes a
/// wait end early, at worst, and never late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

/// A wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Timer {
    from: Instant,
    until: Instant,
}

impl Timer {
    pub(crate) const fn start(now: Instant, ms: u64) -> Self {
        Self {
            from: now,
            until: Instant(now.0.saturating_add_unsigned(ms)),
        }
    }

    /// Also when the clock shows a time before the wait began: then nobody knows how long it
    /// has lasted.
    pub(crate) fn is_over(self, now: Instant) -> bool {
        now < self.from || now >= self.until
    }

    pub(crate) fn left_ms(self, now: Instant) -> u64 {
        if self.is_over(now) {
            return 0;
        }
        u64::try_from(self.until.0.saturating_sub(now.0)).unwrap_or(0)
    }
}

/// Numbers that differ from device to device, so that a hundred offices do not knock at once
/// when the network comes back. No secrets: SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Debug, Clone)]
pub(crate) struct Jitter(u64);

impl Jitter {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 0 to `below` − 1; 0 for 0.
    pub(crate) fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)).checked_rem(below).unwrap_or(0)
    }

    /// Wait after the n-th failure in a row (from 1): 1 s, twice that each time, at most 5
    /// minutes; half of it by chance.
    pub(crate) fn backoff_ms(&mut self, failures: u32) -> u64 {
        let whole = 1_000_u64 << failures.saturating_sub(1).min(9);
        let whole = whole.min(BACKOFF_MS_MAX);
        whole / 2 + self.below(whole / 2 + 1)
    }
}

/// Longest wait after failures, in milliseconds.
pub(crate) const BACKOFF_MS_MAX: u64 = 5 * 60 * 1_000;

#[cfg(test)]
mod tests {
    use super::{BACKOFF_MS_MAX, Instant, Jitter, Timer};
    use proptest::prelude::*;

    #[test]
    fn a_wait_ends_at_its_time_and_at_any_jump_of_the_clock() {
        let timer = Timer::start(Instant(1_000), 500);
        assert!(!timer.is_over(Instant(1_000)) && !timer.is_over(Instant(1_499)));
        assert!(timer.is_over(Instant(1_500)));
        assert!(timer.is_over(Instant(i64::MAX)) && timer.is_over(Instant(-5)));
        assert_eq!(timer.left_ms(Instant(1_200)), 300);
        assert_eq!(timer.left_ms(Instant(i64::MIN)), 0);
    }

    proptest! {
        #[test]
        fn waits_grow_to_five_minutes_and_not_further(seed: u64, failures: u32) {
            let wait = Jitter::new(seed).backoff_ms(failures);
            prop_assert!((500..=BACKOFF_MS_MAX).contains(&wait));
            if failures > 10 {
                prop_assert!(wait >= BACKOFF_MS_MAX / 2);
            }
        }

        #[test]
        fn no_moment_overflows_a_wait(from: i64, ms: u64, now: i64) {
            let timer = Timer::start(Instant(from), ms);
            prop_assert!(timer.left_ms(Instant(now)) <= ms);
        }
    }
}
