//! The tour of the program.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the reader is in the tour. Private to this computer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Tour {
    /// Code of the stop that is shown; none when no tour is under way.
    pub stop: Option<String>,
    /// It was put away or gone through: the start page does not offer it any more.
    pub away: bool,
}
