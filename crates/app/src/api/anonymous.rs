//! Writing without a name: whether it can be done, and what waits.

use super::Accepted;
use radrum_domain::{Edit, Kind};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whether somebody can write without a name here, and what she has written so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct AnonymousState {
    /// What stands in the way; none when nothing does.
    pub hurdle: Option<AnonymousHurdle>,
    /// Devices that belong, and how many there must be.
    pub devices: u32,
    /// See there.
    pub devices_min: u32,
    /// Municipalities that they are of, and how many there must be.
    pub municipalities: u32,
    /// See there.
    pub municipalities_min: u32,
    /// What has not come back yet, in the order in which it was written.
    pub waiting: Vec<WaitingPost>,
    /// Questions and answers that the reader wrote without a name, as far as they came back.
    /// Only this computer knows.
    pub mine: Vec<String>,
}

/// Why nobody can write without a name here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AnonymousHurdle {
    /// The Exempelkrets is never sent.
    Example,
    /// There is no krets yet, or the computer does not belong to it.
    NoKrets,
    /// Too few devices to be one of them.
    FewDevices,
    /// Too few municipalities.
    FewMunicipalities,
    /// Sticks and the local network show where something comes from.
    NoRelay,
    /// The week's tokens have not come or are used up.
    NoTokens,
}

/// A post that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WaitingPost {
    /// To take it back.
    pub id: String,
    /// What it does.
    pub act: WaitingAct,
    /// What it is, or is about.
    pub kind: Kind,
    /// The question that it answers.
    pub question: Option<String>,
    /// What it says, or what the item is called.
    pub text: String,
    /// It is on its way and cannot be taken back.
    pub sent: bool,
}

/// What a post that waits does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WaitingAct {
    /// Asks or answers.
    Write,
    /// Says that a question is clear.
    Clear,
    /// Takes something away.
    Erase,
}

/// A post that has not been sent is taken back.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// Which: [`WaitingPost::id`].
    pub id: String,
}

/// A question or an answer without a name.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PostAnonymous {
    /// `question` or `answer`.
    pub kind: Kind,
    /// What it says. Nothing that tells who wrote it is taken.
    pub edits: Vec<Edit>,
    /// What the writer has chosen to keep of what was asked about.
    #[ts(optional)]
    pub accepted: Option<Vec<Accepted>>,
}

/// Somebody says that she wrote something without a name.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StepForward {
    /// What she wrote.
    pub key: String,
    /// What she says with it.
    pub text: String,
    /// The window that asks.
    pub window: String,
    /// What the writer has chosen to keep of what was asked about.
    #[ts(optional)]
    pub accepted: Option<Vec<Accepted>>,
}
