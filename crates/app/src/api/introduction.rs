use super::{Head, MemberRow, Named};
use radrum_domain::Introduction;
use serde::Serialize;
use ts_rs::TS;

/// How somebody new finds her way: whom she can turn to, and the checklists (seed B20). What she
/// has ticked is told to nobody.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct IntroductionsPage {
    /// Whom the reader can turn to; none before she has said who she is.
    pub fadder: Option<FadderOf>,
    /// Checklists that her role and her municipality have first, then by name.
    pub lists: Vec<IntroductionRow>,
}

/// A checklist in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IntroductionRow {
    /// Key.
    pub key: String,
    /// Name.
    pub title: String,
    /// Whose; none is the whole krets'.
    pub municipality: Option<Named>,
    /// Nobody in the krets has looked it through yet.
    pub draft: bool,
    /// It is for the reader's role.
    pub hers: bool,
}

/// Who a colleague's fadder is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct FadderOf {
    /// The colleague.
    pub member: String,
    /// Her fadder; several when two have chosen at once, by municipality; none yet.
    pub fadders: Vec<MemberRow>,
    /// Who represents her municipality: they help her to find one.
    pub representatives: Vec<MemberRow>,
    /// The reader is the colleague herself, or represents her municipality, and may write it.
    pub writes: bool,
}

/// A checklist with what the reader has ticked.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct IntroductionPage {
    /// Head.
    pub head: Head,
    /// The list.
    pub introduction: Introduction,
    /// Ticked steps; private.
    pub ticks: Vec<String>,
    /// Who has the role that answers for it, unless she is out of sight.
    pub owner: Option<MemberRow>,
    /// Whom the reader can turn to; none before she has said who she is.
    pub fadder: Option<FadderOf>,
}
