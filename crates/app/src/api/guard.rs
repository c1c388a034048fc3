use radrum_domain::Kind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A text as it is typed, and where it stands.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TextToCheck {
    /// Kind of the item.
    pub kind: Kind,
    /// The item; none when it is new. What stands there already is not told again.
    pub key: Option<String>,
    /// `title`, or `steps/<entry>/text`.
    pub path: String,
    /// The text.
    pub text: String,
    /// It is written without a name, where more gives somebody away.
    #[ts(optional)]
    pub anonymous: Option<bool>,
}

/// How much a hit weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GuardLevel {
    /// Said, never in the way.
    Tip,
    /// The writer must choose.
    Ask,
    /// Cannot be shared.
    Stop,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GuardFinding {
    /// Personnummer.
    PersonalNumber,
    /// Samordningsnummer.
    CoordinationNumber,
    /// Date of birth.
    BirthDate,
    /// Diarienummer.
    CaseNumber,
    /// Telephone.
    Phone,
    /// A telephone or a personnummer.
    PhoneOrPersonalNumber,
    /// E-mail.
    Email,
    /// Address.
    Address,
    /// Fastighet.
    Property,
    /// Vehicle.
    Vehicle,
    /// Name.
    Name,
    /// Initials.
    Initials,
    /// Several things that together point somebody out.
    Combination,
}

/// Words in the place of some of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GuardRewording {
    /// First, in UTF-16 units of the text.
    pub start: u32,
    /// Behind the last.
    pub end: u32,
    /// What to write there.
    pub text: String,
}

/// One finding. It names places and never what stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GuardHit {
    /// `title`, or `steps/<entry>/text`.
    pub path: String,
    /// What.
    pub finding: GuardFinding,
    /// How much it weighs.
    pub level: GuardLevel,
    /// First, in UTF-16 units of the text.
    pub start: u32,
    /// Behind the last.
    pub end: u32,
    /// What to write instead.
    pub rewording: Vec<GuardRewording>,
    /// Names this hit in [`Accepted`].
    pub fingerprint: String,
}

/// Why something that was asked about stays. It goes with the save and is kept nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// Name, telephone or address of somebody at work.
    WorkContact,
    /// Not about a person at all.
    NotAPerson,
    /// Public already, like a name in a judgment that is referred to.
    Public,
}

/// A choice about one hit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// As told in [`GuardHit`].
    pub fingerprint: String,
    /// Why it stays.
    pub because: Because,
}
