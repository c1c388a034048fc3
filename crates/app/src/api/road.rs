//! What the road commands take and give.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The roads to the others, for one quiet line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RoadState {
    /// Addresses of relays, best first.
    pub relays: Vec<String>,
    /// When something was last fetched, by whatever road; UTC ms.
    #[ts(type = "number | null")]
    pub fetched_at: Option<i64>,
    /// Own entries that no relay has; without a relay, that are on no stick.
    pub waiting: u32,
    /// What the road is doing.
    pub phase: RoadPhase,
    /// A code of what is in the way.
    pub problem: Option<String>,
    /// This device's relay key, for the operator's configuration; none outside a krets.
    pub relay_key: Option<String>,
    /// Id of the krets, for the same.
    pub region_id: String,
    /// The local network; off until somebody turns it on.
    pub lan: LanState,
}

/// The road on the local network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LanState {
    /// It is used.
    pub on: bool,
    /// Port on which this computer listens, for a colleague who types the address.
    pub port: Option<u16>,
    /// With how many computers there is a line now.
    pub lines: u32,
    /// Addresses that were typed.
    pub addresses: Vec<String>,
    /// A code of what is in the way.
    pub problem: Option<String>,
}

/// Uses the local network, or not.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct UseLan {
    /// Use it.
    pub on: bool,
    /// Port to listen on; 0 for any.
    pub port: u16,
    /// Other computers, `host:port`.
    pub addresses: Vec<String>,
}

/// What a road is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RoadPhase {
    /// None is open.
    Closed,
    /// Waits before it tries again.
    Resting,
    /// Says who it is.
    Connecting,
    /// Fetches.
    Fetching,
    /// Sends.
    Sending,
    /// Has what the relay has, and listens.
    UpToDate,
}

/// Other addresses.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Relays {
    /// `https://…`, best first.
    pub relays: Vec<String>,
}

/// Where the newest change of an item that was written on this computer has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Delivery {
    /// When it was written, UTC ms.
    #[ts(type = "number")]
    pub written_at: i64,
    /// It has left this computer: a relay has it, or a stick.
    pub left: bool,
    /// A relay has it.
    pub relayed: bool,
    /// So many offices have told that they hold it.
    pub offices: u32,
    /// Of so many; 0 when there are too few computers to say without pointing at one.
    pub of: u32,
    /// Offices with fewer than three computers are counted together as one.
    pub grouped: bool,
}

/// A file that was written or read.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct BundleFile {
    /// Ticket of the file.
    pub ticket: String,
}

/// What was written on a stick.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BundleWritten {
    /// Entries.
    pub entries: u32,
    /// Length of the file.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Not everything had room: write another file.
    pub more: bool,
}

/// What a stick brought.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BundleRead {
    /// Entries that were new.
    pub new: u32,
    /// Entries that were here already.
    pub known: u32,
    /// Entries that nobody of the krets has written.
    pub refused: u32,
    /// Items that were written.
    pub items: u32,
    /// Entries that still wait for what they stand on.
    pub waiting: u32,
    /// Who wrote what was new.
    pub from: Vec<Parcel>,
}

/// What came from a municipality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Parcel {
    /// What it is called.
    pub municipality: String,
    /// On how many days it was written.
    pub days: u32,
    /// Items that were made or changed.
    pub items: u32,
}
