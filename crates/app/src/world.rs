//! Time and randomness. Everything else in the program is a function of its input.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Europe::Stockholm;
use chrono_tz::Tz;
use std::sync::{Arc, Mutex, PoisonError};

/// Tells what time it claims to be. No rule compares clocks (house rule 13).
pub trait Clock: Send + Sync {
    /// UTC milliseconds.
    fn now_ms(&self) -> i64;
}

/// Gives random bytes.
pub trait Entropy: Send + Sync {
    /// Fills the slice.
    ///
    /// # Errors
    /// When the system gives none; the caller then does nothing.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), getrandom::Error>;
}

/// Time and randomness of one program run.
#[derive(Clone)]
pub struct World {
    /// Clock.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
}

impl World {
    /// The computer's clock and the system's randomness.
    #[must_use]
    pub fn real() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            entropy: Arc::new(OsEntropy),
        }
    }

    /// Today in Sweden.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        day_of(self.clock.now_ms())
    }

    /// The time of the clock on the wall in Sweden.
    #[must_use]
    pub fn local_time(&self) -> NaiveDateTime {
        local(self.clock.now_ms()).naive_local()
    }

    /// An array of random bytes.
    ///
    /// # Errors
    /// When the system gives none.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], getrandom::Error> {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes)?;
        Ok(bytes)
    }
}

/// The Swedish calendar day of an instant.
pub(crate) fn day_of(ms: i64) -> NaiveDate {
    local(ms).date_naive()
}

/// The last instant that is shown, the end of the year 9999: peers claim any number, and a day
/// beyond is none that chrono can always compute with.
const LAST_MS: i64 = 253_402_210_800_000;

fn local(ms: i64) -> DateTime<Tz> {
    DateTime::<Utc>::from_timestamp_millis(ms.clamp(0, LAST_MS))
        .unwrap_or_default()
        .with_timezone(&Stockholm)
}

/// The last millisecond of a Swedish calendar day, in UTC.
pub(crate) fn end_of(day: NaiveDate) -> Option<i64> {
    let next = day.succ_opt()?.and_hms_opt(0, 0, 0)?;
    let begins = next.and_local_timezone(Stockholm).earliest()?;
    Some(begins.timestamp_millis() - 1)
}

/// The computer's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| {
                i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
            })
    }
}

/// A clock that stands still until it is set, for tests and pictures.
#[derive(Debug)]
pub struct FixedClock(Mutex<i64>);

impl FixedClock {
    /// Stands at this instant, UTC ms.
    #[must_use]
    pub fn new(ms: i64) -> Self {
        Self(Mutex::new(ms))
    }

    /// Noon UTC of a day.
    #[must_use]
    pub fn on(day: NaiveDate) -> Self {
        let noon = day.and_hms_opt(12, 0, 0).unwrap_or_default();
        Self::new(noon.and_utc().timestamp_millis())
    }

    /// Moves it.
    pub fn set(&self, ms: i64) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = ms;
    }
}

impl Clock for FixedClock {
    fn now_ms(&self) -> i64 {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The system's randomness.
#[derive(Debug, Clone, Copy)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), getrandom::Error> {
        getrandom::fill(bytes)
    }
}

/// Repeatable bytes from a seed, for tests and generated content.
#[derive(Debug)]
pub struct SeededEntropy(Mutex<blake3::OutputReader>);

impl SeededEntropy {
    /// Starts a sequence.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut hash = blake3::Hasher::new();
        hash.update(&seed.to_le_bytes());
        Self(Mutex::new(hash.finalize_xof()))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), getrandom::Error> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fill(bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::day_of;

    #[test]
    fn whatever_time_a_peer_claims_there_is_a_day_to_show() {
        let last = chrono::DateTime::<chrono::Utc>::MAX_UTC.timestamp_millis();
        for ms in [i64::MIN, -1, 0, last - 3_600_000, last, last + 1, i64::MAX] {
            let day = day_of(ms).to_string();
            assert!(day == "1970-01-01" || day == "9999-12-31", "{ms}: {day}");
        }
        assert_eq!(day_of(1_795_392_000_000).to_string(), "2026-11-23");
    }
}
