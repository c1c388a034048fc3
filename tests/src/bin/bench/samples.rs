//! Times of one thing that was done often.

use super::figure::{Figure, Unit};
use rustix::time::{ClockId, clock_gettime};
use std::time::Instant;

/// Milliseconds (or MB), in the order in which they were taken.
#[derive(Debug, Clone, Default)]
pub struct Samples(Vec<f64>);

impl Samples {
    /// Adds one.
    pub fn push(&mut self, ms: f64) {
        self.0.push(ms);
    }

    /// Runs something and adds its time.
    pub fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let done = work();
        self.push(ms_since(began));
        done
    }

    /// The value that this share of all does not exceed, by nearest rank.
    pub fn quantile(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let rank = (share * sorted.len() as f64).ceil() as usize;
        sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
    }

    /// Half take no longer.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// One figure, in ms, with how many it stands on.
    pub fn figure(&self, what: impl Into<String>, stat: &str, share: f64) -> Figure {
        Figure::new(what, stat, Unit::Ms, self.quantile(share)).of(self.len())
    }

    /// How many.
    pub const fn len(&self) -> usize {
        self.0.len()
    }
}

/// Milliseconds since then.
pub fn ms_since(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1_000.0
}

/// Milliseconds that this thread has computed: what a busy machine changes least.
pub fn thread_ms() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 * 1_000.0 + now.tv_nsec as f64 / 1_000_000.0
}
