use crate::Instant;

/// How a road is doing, for one quiet line. Counts and codes, never content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// What it is doing.
    pub phase: Phase,
    /// When everything that the other side had was last stored here; none since the start.
    pub fetched_at: Option<Instant>,
    /// How many entries of this device the other side has not confirmed.
    pub waiting: u64,
    /// What to tell the user, the gravest first; the road goes on by itself either way.
    pub problem: Option<Problem>,
}

/// What a road is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Closed by the user or before the start.
    Closed,
    /// Waits before it tries again.
    Resting,
    /// Says who it is and asks what there is.
    Connecting,
    /// Fetches.
    Fetching,
    /// Sends.
    Sending,
    /// Has what the other side has, and listens.
    UpToDate,
}

/// What went wrong, named by what the user can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// The Exempelkrets is never sent. The road is closed.
    Example,
    /// The relay does not serve this krets: the address is wrong.
    WrongRelay,
    /// The relay does not let this device in: ask an admin. What is unsent stays here.
    NotOnRoster,
    /// The relay takes no proof from this device: another program than a relay answers, or the
    /// device's key is damaged.
    NotBelieved,
    /// This computer's disk is full.
    DiskFull,
    /// This computer's store cannot be reached; tried again soon.
    StoreAway,
    /// No answer, or the answer of something else: a proxy, a login page.
    NoNetwork,
    /// The krets has filled its space on the relay: tell whoever runs it. Reading goes on.
    RelayFull,
    /// The day's quota is used up. The rest is sent tomorrow; reading goes on.
    Quota,
    /// The relay is busy or restarting; tried again soon.
    Busy,
    /// The relay refused an entry of ours as malformed. It is kept here and carried by other
    /// roads: report it.
    EntryRefused,
    /// The relay answers against its own format: an evil or a broken one.
    RelayOdd,
    /// The relay names entries that it does not hand out.
    RelayWithholds,
    /// The relay shows less than it once had, and is filled again from here.
    RelayBehind,
}

impl Problem {
    /// Stable name for logs and for the interface.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Example => "sync_example",
            Self::WrongRelay => "sync_wrong_relay",
            Self::NotOnRoster => "sync_not_on_roster",
            Self::NotBelieved => "sync_not_believed",
            Self::DiskFull => "sync_disk_full",
            Self::StoreAway => "sync_store_away",
            Self::NoNetwork => "sync_no_network",
            Self::RelayFull => "sync_relay_full",
            Self::Quota => "sync_quota",
            Self::Busy => "sync_busy",
            Self::EntryRefused => "sync_entry_refused",
            Self::RelayOdd => "sync_relay_odd",
            Self::RelayWithholds => "sync_relay_withholds",
            Self::RelayBehind => "sync_relay_behind",
        }
    }
}
