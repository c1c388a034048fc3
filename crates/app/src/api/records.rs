//! What the page about what is stored takes from this profile: numbers and places, no content.

use super::KindCount;
use serde::Serialize;
use ts_rs::TS;

/// What is stored on this computer, for IT and for whoever keeps the municipality's records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Records {
    /// The folder of the profile.
    pub folder: String,
    /// The encrypted file in it.
    pub file: String,
    /// Size of that file with what waits to be folded into it, bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// How many items of each kind, archived ones counted; the most first.
    pub kinds: Vec<KindCount>,
    /// When the oldest item was made, as claimed, UTC ms; none without items.
    #[ts(type = "number | null")]
    pub first_at: Option<i64>,
    /// When something was last changed, as claimed, UTC ms.
    #[ts(type = "number | null")]
    pub last_at: Option<i64>,
    /// Items and forms with a draft.
    pub drafts: u32,
    /// Ticked steps.
    pub ticks: u32,
    /// Sealed entries of all computers that are held here; zero before a krets.
    #[ts(type = "number")]
    pub entries: u64,
    /// Those of them that were erased, and of which no content is left.
    #[ts(type = "number")]
    pub erased: u64,
    /// When the profile was made, UTC ms.
    #[ts(type = "number")]
    pub since: i64,
    /// Addresses of the relays that it sends through.
    pub relays: Vec<String>,
    /// Days for which the program keeps its log.
    pub log_days: u32,
    /// Program version.
    pub version: String,
}
