//! What the own municipality has to keep alive, and the few lines of it that need a decision.

use super::{HeldThing, MemberRow, Named, QuestionRow, RulingRow};
use serde::Serialize;
use ts_rs::TS;

/// The page of whoever represents a municipality.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct OwnMunicipality {
    /// Whose page; none before the reader has said who she is. Then all else is empty.
    pub municipality: Option<Named>,
    /// Fewer than two people there may take colleagues in and out of the krets.
    pub few_admins: bool,
    /// Colleagues who have left, or leave soon, and answer for something, by name.
    pub leaving: Vec<LeavingRow>,
    /// Areas without somebody who answers for them, the own municipality's first.
    pub unheld: Vec<UnheldArea>,
    /// Own cards that nobody owns, by name.
    pub unowned: Vec<OwnCard>,
    /// Own cards whose day to be looked through has come or comes soon, the first day first.
    pub reviews: Vec<OwnCard>,
    /// Colleagues who came lately, by name.
    pub newcomers: Vec<MemberRow>,
    /// Open questions from elsewhere that the municipality has not answered; the newest first.
    pub waiting: Vec<QuestionRow>,
    /// There are more of them than are shown.
    pub more_waiting: bool,
    /// Areas that one colleague of the municipality has met, or nobody, by name.
    pub thin: Vec<ThinArea>,
    /// Versions of cards that the municipality has laid down and that apply, by card.
    pub rulings: Vec<RulingRow>,
}

/// Why a colleague counts as leaving.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Leaving {
    /// Her page is archived.
    Archived,
    /// None of her computers belongs to the krets any more.
    NoComputer,
    /// She is there for a time that ends soon, or has ended.
    Guest,
}

/// A colleague who leaves and has not handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LeavingRow {
    /// Who.
    pub member: Named,
    /// Why.
    pub leaving: Leaving,
    /// Last day of a guest, `2027-01-31`.
    pub until: Option<String>,
    /// What she still answers for.
    pub held: Vec<HeldThing>,
}

/// An area without somebody who answers for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UnheldArea {
    /// The area.
    pub area: Named,
    /// The own municipality's holding of it, which names nobody who is there; without one, no
    /// municipality has the lead.
    pub holding: Option<String>,
}

/// A card that the own municipality looks after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OwnCard {
    /// The card.
    pub card: Named,
    /// Role that owns it, if any.
    pub owner_role: Option<String>,
    /// Day to look it through, if it has one.
    pub review_on: Option<String>,
    /// That day has come.
    pub overdue: bool,
}

/// An area that one colleague of the municipality has met, or nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ThinArea {
    /// The area.
    pub area: Named,
    /// The one at home who has met it.
    pub here: Option<Named>,
    /// Somebody elsewhere in the krets who can be asked.
    pub ask: Option<MemberRow>,
}

/// The page *Det här behöver dig*.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct NeedsYou {
    /// Whose page; none before the reader has said who she is.
    pub municipality: Option<Named>,
    /// At most seven, the most urgent first.
    pub lines: Vec<Need>,
    /// More stands on the municipality's page.
    pub more: bool,
}

/// One line of that page. The order of the variants is the order of urgency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "need", rename_all = "snake_case")]
pub enum Need {
    /// Colleagues ask for somebody who is not there, or soon is not.
    Leaving(LeavingRow),
    /// Nobody could take a lost computer out if the one who may were ill.
    FewAdmins,
    /// An area without somebody who answers for it.
    Unheld(UnheldArea),
    /// A card that nobody owns.
    Unowned(OwnCard),
    /// A card that was to be looked through.
    Overdue(OwnCard),
    /// Nobody in the krets has met an area.
    Nobody {
        /// The area.
        area: Named,
    },
    /// Colleagues wait for the reader's own word.
    Asked,
}
