//! What the page of the statutes shows.

use super::{Head, Named};
use radrum_domain::{Duty, Statutes};
use serde::Serialize;
use ts_rs::TS;

/// The statutes, and who represents whom today.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StatutesPage {
    /// None until somebody has written them.
    pub head: Option<Head>,
    /// What is written.
    pub statutes: Statutes,
    /// The day on which they should have been looked through has passed.
    pub review_over: bool,
    /// Municipalities of the krets in Swedish order, and FoU among them.
    pub places: Vec<StatutesPlace>,
    /// The reader is an admin, or alone. The page offers to write; nothing is refused.
    pub may_write: bool,
    /// Who may, when it is not the reader.
    pub writers: Vec<Named>,
}

/// A municipality and its representatives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StatutesPlace {
    /// Which.
    pub municipality: Named,
    /// The representative before her reserve.
    pub representatives: Vec<Representative>,
}

/// A colleague who represents her municipality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Representative {
    /// Who.
    pub member: Named,
    /// Representative or reserve.
    pub duty: Duty,
    /// Last day that she is chosen for, `2027-12-31`.
    pub until: Option<String>,
    /// That day has passed.
    pub over: bool,
}
