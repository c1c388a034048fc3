use radrum_sync::{Instant, LanSeen};

/// How the road on the local network is doing, for one quiet line. Counts and codes, never
/// content, names or addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LanStatus {
    /// Port on which this device listens, for a colleague who types the address; none when the
    /// road is closed.
    pub port: Option<u16>,
    /// Whether devices find each other by themselves.
    pub finding: Finding,
    /// With how many devices there is a line now.
    pub lines: usize,
    /// When this device and another last had the same; none since the start.
    pub met_at: Option<Instant>,
    /// What to tell the user; the road goes on by itself.
    pub problem: Option<LanProblem>,
}

impl From<LanStatus> for LanSeen {
    fn from(status: LanStatus) -> Self {
        Self {
            port: status.port,
            lines: status.lines,
            met_at: status.met_at,
            problem: status.problem.map(LanProblem::code),
        }
    }
}

/// Whether devices find each other by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// Nothing is announced and nobody looked for.
    Off,
    /// Not yet announced.
    Beginning,
    /// Announced, and looking for others.
    On,
    /// This network or computer lets no announcement through. Typed addresses are called.
    Impossible,
}

/// What went wrong, named by what the user can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LanProblem {
    /// This computer's store cannot be reached, or is full; tried again soon.
    StoreAway,
    /// Devices do not find each other here: type an address.
    NoMulticast,
}

impl LanProblem {
    /// Stable name for logs and for the interface.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::StoreAway => "lan_store_away",
            Self::NoMulticast => "lan_no_multicast",
        }
    }
}
