//! How devices come to hold the same entries, without IO.
//!
//! In: events (an answer came, the alarm went off, the user wrote something), the moment, and
//! the device's own store behind [`Host`]. Out: actions (send this, wake me then, show that)
//! for a transport to carry out. Two machines: [`Relay`], one for each relay, and [`Peer`],
//! one for each connection on the local network; for files there are [`plan_bundle`] and
//! [`plan_import`]. What all of them compare is [`Holdings`].
//!
//! A transport loops on a thread that may block: event → `handle` → actions in their order →
//! what comes of them is the next event. The app implements [`Host`] on its tables: `store` is
//! one transaction of entries, holdings and cursor.
//!
//! Invariants: the same events, moments, seed and host give the same actions; one event gives
//! a handful of actions; at most one request is open; a cursor moves in the transaction that
//! stores what it stands for; nothing is fetched or sent from the beginning unless the relay's
//! store is another one; bytes from outside pass `wire` and its limits, and one bad frame
//! costs itself only; no outcome depends on a clock, only waiting does; whatever the other
//! side says, every comparison ends.
//!
//! Deliberately not here: sockets, HTTP, files and JSON (`transport`), opening, checking or
//! judging an entry (`seal`, `app`), SQL, clocks and randomness. The house's order that own
//! and newest go first is kept for logs (own, then those with facts), not inside a log: a log
//! sent from its end is a gap at the other side until its beginning has come.

mod bundle;
mod fetch;
mod holdings;
mod host;
mod memory;
mod peer;
mod ranges;
mod relay;
mod road;
mod sift;
mod status;
mod time;

pub use bundle::{BundlePlan, ImportPlan, plan_bundle, plan_import};
pub use holdings::{BRANCHES_MAX, Holdings, Inserted, PENDING_MAX};
pub use host::{
    Host, HostError, KnownRoster, Listed, Newest, Precedence, Slot, Stored, Unnamed, UnnamedAnswer,
};
pub use memory::Memory;
pub use peer::{Ending, Message, Peer, PeerAction, PeerEvent};
pub use ranges::RangeSet;
pub use relay::{Action, Answer, Bearer, Event, FramesAnswer, Refused, Relay, Request, RequestId};
pub use road::{HostBox, LanOpening, LanSeen, OnLan, OnStatus, Opener, RelayOpening, Road};
pub use status::{Phase, Problem, Status};
pub use time::Instant;

/// Most positions that a host is asked to list at a time.
pub const LIST_POSITIONS: u64 = 256;
