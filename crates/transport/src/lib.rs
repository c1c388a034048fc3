//! Carries out what the machines of `sync` decide: over a relay by HTTP, from device to device
//! on the local network, and with bundle files.
//!
//! In: the app's [`radrum_sync::Host`] and what the app tells (something was written, a stick
//! was read, the computer has another network). Out: the host holds what the relay holds, and a
//! [`radrum_sync::Status`] at each change. [`RelayRoad`] and [`LanRoad`] are one thread each with
//! a runtime of its own: a host may block in a transaction there, and nothing of the app waits
//! for a socket.
//!
//! Invariants: at most one request is open, and stopping or waking gives it up; no answer is
//! read beyond 4 MiB or beyond its time; what is not in a relay's own form counts as no answer,
//! so no login page and no proxy decides anything; no address but an `https` one is called,
//! except on this computer; no redirect is followed and no cookie kept; nothing is announced and
//! nobody listened to on the local network until the app starts that road, and whoever is no
//! member sees no heads and no entries there; a bundle file has its name only when all of it is
//! on the disk.
//!
//! Deliberately not here: what to send and when, waits and their jitter (`sync`), the forms of
//! bytes and paths (`wire`), seals, tables and keys (`seal`, `store`, `app`). No log lines: what
//! goes wrong is in the status, by its code.

mod address;
mod clock;
mod file;
mod http;
mod lan;
mod opener;
mod road;

pub use address::{Address, AddressError};
pub use file::{FileError, read_bundle, write_bundle};
pub use lan::{Discovery, Finding, LanAddress, LanConfig, LanProblem, LanRoad, LanStatus};
pub use opener::Roads;
pub use road::{RelayConfig, RelayRoad, StartError};
