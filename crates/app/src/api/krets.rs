//! What the krets commands take and give.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Founds a krets from this profile.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FoundKrets {
    /// What it is called.
    pub name: String,
}

/// The root keys of a new krets. They are shown once, to be carried away by three
/// organisations, and lie nowhere on this computer.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RootKeys {
    /// Each 64 hexadecimal digits.
    pub keys: Vec<String>,
}

/// A letter as text, for mail or a stick.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LetterText {
    /// `RADRUM-…`
    pub text: String,
}

/// A letter as a code that a camera reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LetterCode {
    /// Rows of `0` and `1`, the darker is 1, without the light border; empty when the letter is
    /// too long to be read from a screen.
    pub rows: Vec<String>,
}

/// A letter that is saved where the user chose.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct LetterToFile {
    /// Ticket of the file.
    pub ticket: String,
    /// The letter, with what is said around it.
    pub text: String,
}

/// A letter that is read from a file.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct LetterFile {
    /// Ticket of the file.
    pub ticket: String,
}

/// Asks to join.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AskToJoin {
    /// The invitation.
    pub invitation: String,
    /// What the person is called.
    pub name: String,
}

/// A request as the admin sees it. Nothing of it is believed before the code.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RequestSeen {
    /// Id of the invitation.
    pub invitation: String,
    /// What the person says that she is called.
    pub name: String,
    /// Six digits to read out.
    pub question: String,
}

/// The question that the admin read out.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CheckQuestion {
    /// Id of the invitation.
    pub invitation: String,
    /// Six digits.
    pub question: String,
}

/// Six digits to read back.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckAnswer {
    /// Six digits.
    pub answer: String,
}

/// Takes somebody in.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Approve {
    /// Id of the invitation.
    pub invitation: String,
    /// What the colleague read back.
    pub answer: String,
}

/// This device in its krets.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KretsState {
    /// Founded or joined.
    pub joined: bool,
    /// What the krets is called.
    pub name: String,
    /// This device was taken out. What it has stays; nothing new comes.
    pub ended: bool,
    /// This device may invite to its municipality.
    pub admin: bool,
    /// How many computers belong.
    pub devices: u32,
    /// Entries that are held.
    pub entries: u32,
    /// Entries that wait for what they stand on.
    pub waiting: u32,
    /// Letters on their way.
    pub letters: Vec<LetterOnItsWay>,
    /// What became of the snapshot that this computer began with; none if it read none.
    pub snapshot: Option<SnapshotSeen>,
}

/// A snapshot as this computer reads it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SnapshotSeen {
    /// How far it is.
    pub state: SnapshotStep,
    /// Items that were read from it.
    pub items: u32,
    /// Items that it says it has.
    pub of: u32,
    /// Name of the municipality whose computer made it; none when something of a dropped one
    /// could be neither proved nor disproved, and nobody is to blame.
    pub by: Option<String>,
    /// Since when it is so, UTC ms.
    #[ts(type = "number")]
    pub at: i64,
}

/// How far a snapshot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SnapshotStep {
    /// Its parts are being fetched; what has come is shown.
    Reading,
    /// It is shown, and cannot be edited before the logs have come.
    Checking,
    /// Everything is fetched and checked.
    Done,
    /// The logs said otherwise; what is shown is theirs.
    Dropped,
}

/// A letter on its way.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LetterOnItsWay {
    /// Id of the invitation.
    pub invitation: String,
    /// Somebody was invited here; else this device asks.
    pub inviting: bool,
    /// Krets of the invitation.
    pub krets: String,
    /// Who invited.
    pub inviter: String,
    /// UTC ms.
    #[ts(type = "number")]
    pub made_at: i64,
}

/// Invites to a municipality.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Invite {
    /// Key of a municipality, or the name of one that is not there yet; one's own when empty.
    #[serde(default)]
    pub municipality: String,
    /// It is FoU. Counts only for one that is not there yet.
    #[serde(default)]
    pub fou: bool,
    /// Last day of somebody who comes for a time, `2027-01-31`; empty for others.
    #[serde(default)]
    pub guest_until: String,
    /// Key of the member whose next computer it is; empty for somebody new.
    #[serde(default)]
    pub member: String,
}

/// The first start of somebody who was invited: a profile without cards of its own.
#[derive(Clone, Deserialize, TS)]
pub struct Join {
    /// The invitation.
    pub invitation: String,
    /// What the person is called.
    pub name: String,
    /// Her role.
    pub role: Option<String>,
    /// Passphrase, on a computer without a key store.
    pub passphrase: Option<String>,
}

/// Names a letter on its way.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct LetterId {
    /// Id of the invitation.
    pub invitation: String,
}
