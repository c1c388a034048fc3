use super::Named;
use radrum_domain::Kind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A label, an area or a question to follow, or to follow no more.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Follow {
    /// Key.
    pub key: String,
    /// True to follow.
    pub follow: bool,
}

/// What came since the reader looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NewsPage {
    /// The own questions first, then threads, areas and labels that are followed.
    pub groups: Vec<NewsGroup>,
    /// Up to where it was read: what comes later stays when this is marked.
    #[ts(type = "number")]
    pub to: i64,
}

/// Why something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NewsReason {
    /// It answers a question of the reader.
    OwnQuestion,
    /// A question that is followed.
    Question,
    /// An area.
    Area,
    /// A label.
    Label,
}

/// What came for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NewsGroup {
    /// Why.
    pub reason: NewsReason,
    /// The area or label.
    pub of: Option<Named>,
    /// The newest first.
    pub rows: Vec<NewsOf>,
}

/// What came of one question, card or note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NewsOf {
    /// What it is read as; the key of an answer leads to its thread.
    pub key: String,
    /// Title; none when it was erased while answers stand.
    pub title: Option<String>,
    /// What came, the newest first.
    pub what: Vec<NewsWhat>,
    /// Keys of what came, to mark it as read.
    pub keys: Vec<String>,
    /// When the newest of it was written, UTC ms, as claimed. What was written without a name
    /// says no time.
    #[ts(type = "number | null")]
    pub at: Option<i64>,
}

/// One thing that came. It says which municipality, and never who.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NewsWhat {
    /// What it is.
    pub kind: Kind,
    /// It was not here before; otherwise it was changed.
    pub fresh: bool,
    /// From which municipality.
    pub municipality: Option<String>,
    /// Written without a name.
    pub nameless: bool,
    /// It stands in a thread and answers nothing: it asks further or adds something.
    pub further: bool,
}

/// What the reader has read.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadNews {
    /// Up to where.
    #[ts(type = "number")]
    pub to: i64,
    /// Keys of what came.
    pub keys: Vec<String>,
}

/// Letters that a relay sends, without content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MailNotice {
    /// Where they are to go; empty for none.
    pub address: String,
    /// How that stands.
    pub standing: MailStanding,
}

/// How letters stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MailStanding {
    /// None are ordered.
    Off,
    /// The relay has not been told yet.
    Waits,
    /// The relay knows the address.
    On,
    /// The relay sends none.
    NoLetters,
    /// The relay does not take the address.
    Refused,
    /// The Exempelkrets is never sent.
    Example,
    /// There is no krets, or no relay.
    NoRelay,
    /// Too few computers for a relay not to know whose order it is.
    Few,
}

/// Where letters are to go.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MailChoice {
    /// An address of mail; empty ends them.
    pub address: String,
}

/// When the desktop tells that something has come. Times are `HH:MM`, in Sweden.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NoticeChoice {
    /// At all.
    pub on: bool,
    /// Quiet from; the same as `to` is never quiet.
    pub from: String,
    /// Quiet to, which may be the next day.
    pub to: String,
}
