//! Clocks that show a time of their own.

use radrum_app::Clock;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// When every simulation begins: a Sunday in November, UTC ms.
pub const BEGIN_MS: i64 = 1_795_334_400_000;

/// The time of the simulated world, which everybody's clock starts from.
#[derive(Debug, Clone)]
pub struct WorldTime(Arc<AtomicI64>);

impl Default for WorldTime {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(BEGIN_MS)))
    }
}

impl WorldTime {
    /// UTC ms.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    /// It never goes backwards; clocks do.
    pub fn reach(&self, ms: i64) {
        self.0.fetch_max(ms, Ordering::SeqCst);
    }
}

/// One computer's clock: wrong by years, and set when somebody sets it.
#[derive(Debug)]
pub struct SimClock {
    world: WorldTime,
    off_ms: AtomicI64,
}

impl SimClock {
    /// A clock that is right.
    #[must_use]
    pub const fn new(world: WorldTime) -> Self {
        Self {
            world,
            off_ms: AtomicI64::new(0),
        }
    }

    /// Sets it wrong by so much.
    pub fn set_off(&self, off_ms: i64) {
        self.off_ms.store(off_ms, Ordering::SeqCst);
    }
}

impl Clock for SimClock {
    fn now_ms(&self) -> i64 {
        self.world.now_ms() + self.off_ms.load(Ordering::SeqCst)
    }
}
