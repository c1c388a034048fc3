use super::{Head, MemberRow, Named};
use radrum_domain::{AdviceGroup, AskOrder, ExperienceLevel};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// "Kan inte hjälpa just nu": what an office that is paused today wants to say (need N40).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Pause {
    /// Last day of it; none is until further notice.
    pub to: Option<String>,
    /// In their words.
    pub note: Option<String>,
}

/// "Vem frågar jag?" of one office (seed H08).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AskOrderPage {
    /// Head; none when nobody has written an order yet.
    pub head: Option<Head>,
    /// The office.
    pub office: Named,
    /// Its telephone.
    pub phone: Option<String>,
    /// It cannot help others today.
    pub paused: Option<Pause>,
    /// As written, for the form.
    pub order: AskOrder,
    /// Whom to ask, first to ask first.
    pub rows: Vec<AskRow>,
}

/// One to ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AskRow {
    /// Entry.
    pub id: String,
    /// The person, unless she is out of sight.
    pub person: Option<MemberRow>,
    /// The role.
    pub role: Option<String>,
    /// What may be decided here.
    pub decides: Option<String>,
    /// Who is asked when the person is away.
    pub deputy: Option<MemberRow>,
    /// A person is named, and neither she nor her deputy can be reached today.
    pub gap: bool,
}

/// The rådgrupp of an area in a list (seed B05).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AdviceGroupRow {
    /// Key.
    pub key: String,
    /// The area.
    pub area: Named,
    /// How to reach it.
    pub reach: Option<String>,
    /// Its telephone.
    pub phone: Option<String>,
    /// When it can be asked.
    pub hours: Option<String>,
    /// Who belongs to it, by name.
    pub members: Vec<AdviserRow>,
}

/// A colleague in a rådgrupp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AdviserRow {
    /// Who.
    pub person: MemberRow,
    /// Training that she has taken.
    pub training: Option<String>,
    /// Hours that she offers.
    pub hours: Option<String>,
}

/// The page of a rådgrupp.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AdviceGroupPage {
    /// Head; none when nobody has written of one yet.
    pub head: Option<Head>,
    /// The area.
    pub area: Named,
    /// As written.
    pub group: AdviceGroup,
    /// Who belongs to it, by name.
    pub members: Vec<AdviserRow>,
}

/// A line of experience that waits for whom it was proposed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ProposalRow {
    /// Key.
    pub key: String,
    /// Of what.
    pub area: Named,
    /// How well.
    pub level: ExperienceLevel,
    /// Last year of it.
    pub year: Option<u32>,
    /// A few words.
    pub note: Option<String>,
    /// Who proposes it.
    pub by: Option<Named>,
}

/// What the reader does with a line that was proposed to her.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AnswerProposal {
    /// The proposal.
    pub key: String,
    /// Into her own lines; false lets it be.
    pub take: bool,
    /// The window that asks.
    pub window: String,
}
