//! What the commands about members of a krets take and give.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Everybody in the krets with their computers, by municipality.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KretsPeople {
    /// In Swedish order.
    pub municipalities: Vec<KretsMunicipality>,
    /// Ends of an admin that one admin has signed, and that this one may sign too.
    pub unfinished: Vec<UnfinishedEnd>,
    /// What an admin did after his end, and that waits for another's word.
    pub suspended: Vec<SuspendedAct>,
    /// Root keys were changed by two pairs at once: one of them may be a thief.
    pub roots_disputed: bool,
    /// Entries that came after the end of whoever wrote them, and are not shown.
    pub after_end: u32,
}

/// A municipality of the krets.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KretsMunicipality {
    /// Its key.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Fewer than two people there are its admins.
    pub starting: bool,
    /// This computer acts for it.
    pub mine: bool,
    /// In Swedish order.
    pub people: Vec<KretsPerson>,
}

/// Somebody with a computer in the krets.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KretsPerson {
    /// Key of the member.
    pub member: String,
    /// What she is called; empty before that has come.
    pub name: String,
    /// Uses this computer.
    pub me: bool,
    /// Admin of the municipality, or of the whole krets.
    pub admin: bool,
    /// May erase what colleagues of the municipality wrote, on all her computers.
    pub eraser: bool,
    /// Her computers.
    pub computers: Vec<KretsComputer>,
}

/// A computer that belongs.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KretsComputer {
    /// Names it for commands.
    pub id: String,
    /// This one.
    pub this: bool,
    /// It has told nothing for long and lacks the newest key. Known to admins only.
    pub resting: bool,
    /// Last day of a guest, `2027-01-31`.
    pub guest_until: Option<String>,
    /// That day has passed.
    pub guest_over: bool,
}

/// The end of an admin that needs another signature.
#[derive(Debug, Clone, Serialize, TS)]
pub struct UnfinishedEnd {
    /// Names it for `sign_end`.
    pub id: String,
    /// Whom.
    pub name: String,
    /// The one who looks has signed already, or it is about her.
    pub signed: bool,
}

/// What an admin did alone after his end. It does not count before another admin of that
/// municipality, or two root keys, say so.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SuspendedAct {
    /// Names it for `confirm_act`.
    pub id: String,
    /// It ended a computer; otherwise it took one in.
    pub ends: bool,
    /// Whose computer; empty before her name has come.
    pub name: String,
    /// Name of her municipality; empty before that has come.
    pub municipality: String,
    /// Who did it.
    pub by: String,
    /// This computer may say so alone.
    pub may: bool,
}

/// Lets an act count.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConfirmAct {
    /// From [`SuspendedAct`].
    pub id: String,
    /// Two root keys, where this computer may not alone; else empty.
    #[serde(default)]
    pub root_keys: Vec<String>,
}

/// Takes somebody out, with all her computers.
#[derive(Deserialize, TS)]
pub struct RemoveMember {
    /// Key of the member.
    pub member: String,
    /// A root key, when she is an admin and no second admin is to sign; else empty.
    #[serde(default)]
    pub root_key: String,
}

/// A computer is lost, or somebody else may have used it.
#[derive(Deserialize, TS)]
pub struct LostComputer {
    /// The computer.
    pub computer: String,
    /// As in [`RemoveMember`].
    #[serde(default)]
    pub root_key: String,
}

/// What became of it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Ended {
    /// It holds when a second admin has signed too.
    pub needs_another: bool,
}

/// Names the end of an admin.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EndId {
    /// From [`UnfinishedEnd`].
    pub id: String,
}

/// Names a computer.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ComputerId {
    /// From [`KretsComputer`].
    pub computer: String,
}

/// Makes somebody an admin.
#[derive(Deserialize, TS)]
pub struct MakeAdmin {
    /// Key of the member.
    pub member: String,
    /// Of the whole krets, not of her municipality alone.
    pub whole: bool,
    /// Two root keys.
    pub root_keys: Vec<String>,
}

/// Root keys as they were typed or read.
#[derive(Deserialize, TS)]
pub struct TypedRootKeys {
    /// Each 64 hexadecimal digits, spaces and line breaks as one likes.
    pub root_keys: Vec<String>,
}

/// Which root keys were right.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RootsTried {
    /// Their numbers on the papers, 1 to 3.
    pub right: Vec<u32>,
}

/// A root key in place of one that is gone. It is shown once.
#[derive(Clone, Serialize, TS)]
pub struct NewRootKey {
    /// 64 hexadecimal digits.
    pub key: String,
    /// On which paper it stands, 1 to 3.
    pub number: u32,
}

/// What becomes of a municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MunicipalityTurn {
    /// It belongs, also again.
    Joins,
    /// It leaves, with its computers. What it wrote stays.
    Leaves,
    /// It goes on as another one.
    MergesInto,
    /// It shares an office with another one.
    SharesOffice,
}

/// Two root keys say what becomes of a municipality.
#[derive(Deserialize, TS)]
pub struct ChangeMunicipality {
    /// Its key.
    pub municipality: String,
    /// What becomes of it.
    pub turn: MunicipalityTurn,
    /// Key of the other one, when there is one; else empty.
    #[serde(default)]
    pub other: String,
    /// Two root keys.
    pub root_keys: Vec<String>,
}
