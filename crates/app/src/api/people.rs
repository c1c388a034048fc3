//! What pages and lists show of colleagues.

use super::{AdviceGroupRow, Cell, FadderOf, Head, Named, Pause, ProposalRow};
use radrum_domain::{Duty, ExperienceLevel, Member};
use serde::Serialize;
use ts_rs::TS;

/// Who can help with an area, in the order to ask.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct AreaPeople {
    /// Colleagues in the own office.
    pub office: Vec<MemberRow>,
    /// Municipalities that hold lead or support.
    pub holders: Vec<Cell>,
    /// The rådgrupp, if there is one.
    pub groups: Vec<AdviceGroupRow>,
    /// Colleagues in the krets.
    pub region: Vec<MemberRow>,
}

/// A colleague in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MemberRow {
    /// Key.
    pub key: String,
    /// Name.
    pub title: String,
    /// Role.
    pub role: Option<String>,
    /// Office.
    pub office: Option<Named>,
    /// Municipality.
    pub municipality: Option<Named>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// "Ring mig gärna".
    pub call_me: bool,
    /// When she can think along.
    pub consult_when: Option<String>,
    /// Away now or soon: first and last day.
    pub away: Option<(String, String)>,
    /// Is away today.
    pub away_today: bool,
    /// Who answers instead.
    pub deputy: Option<Named>,
    /// Her lines about the area that was asked for, or all of them.
    pub experience: Vec<ExperienceRow>,
    /// Task in the krets.
    pub duty: Duty,
    /// Her office cannot help others today.
    pub paused: Option<Pause>,
}

/// One line of experience in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExperienceRow {
    /// Of what.
    pub area: Named,
    /// How well.
    pub level: ExperienceLevel,
    /// Last year.
    pub year: Option<u32>,
    /// In her words.
    pub note: Option<String>,
}

/// A colleague's page.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct MemberPage {
    /// Head.
    pub head: Head,
    /// What she wrote.
    pub member: Member,
    /// The same, as lists show it.
    pub row: MemberRow,
    /// Is the one who uses this computer.
    pub is_me: bool,
    /// Areas that her municipality holds.
    pub holdings: Vec<Cell>,
    /// Lines that wait for her word: all on her own page, one's own on a colleague's.
    pub proposals: Vec<ProposalRow>,
    /// Her fadder.
    pub fadder: FadderOf,
}
