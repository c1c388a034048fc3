use super::Named;
use radrum_domain::Kind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How much of it.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Since {
    /// All lines; otherwise a few, the most important ones.
    pub all: bool,
}

/// She has read it.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SinceRead {
    /// As the page told it: what came later is kept for her.
    #[ts(type = "number")]
    pub to: i64,
}

/// What others did while the reader was away. She alone is told how long that was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SincePage {
    /// Whole weeks since this window was last looked at, two or more.
    pub weeks: u32,
    /// Up to where it tells of what has come.
    #[ts(type = "number")]
    pub to: i64,
    /// The most important first.
    pub lines: Vec<SinceLine>,
    /// There are more lines than these.
    pub more: bool,
    /// What else is new or changed.
    pub others: Vec<Kind>,
}

/// One sentence. It names a municipality and never who, but for colleagues who come and go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum SinceLine {
    /// Somebody answered a question of the reader.
    Answered {
        /// The question.
        question: Named,
        /// From where, by name.
        municipalities: Vec<String>,
        /// Also, or only, somebody without a name.
        nameless: bool,
        /// Nobody answered yet; what came asks further.
        further: bool,
    },
    /// A colleague asks the reader to think along.
    Asked {
        /// The request.
        question: Named,
        /// Who asks.
        by: Option<Named>,
    },
    /// A colleague proposes a line of experience to the reader.
    Proposed {
        /// Page of the reader, where it waits.
        member: String,
        /// Area.
        area: Named,
    },
    /// The reader answers for something that she did not answer for before.
    Given {
        /// What.
        item: Named,
        /// Its kind.
        kind: Kind,
    },
    /// Something that the reader answers for was changed.
    Changed {
        /// What.
        item: Named,
        /// Its kind.
        kind: Kind,
        /// How, by part.
        what: Vec<SinceChange>,
    },
    /// A colleague is new.
    Newcomer {
        /// Who.
        member: Named,
        /// Where.
        municipality: Option<String>,
    },
    /// A colleague has left.
    Left {
        /// Who.
        member: Named,
        /// Where.
        municipality: Option<String>,
    },
    /// Something to know of.
    Bulletin {
        /// What.
        bulletin: Named,
    },
    /// A card is new.
    NewCard {
        /// Which.
        card: Named,
        /// From where.
        municipality: Option<String>,
    },
    /// An office cannot help just now.
    Paused {
        /// Which.
        office: Named,
    },
}

/// What was done to a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct SinceChange {
    /// Which part.
    pub part: SincePart,
    /// What was done.
    pub how: SinceHow,
    /// More than once.
    pub several: bool,
}

/// Part of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SincePart {
    /// Steps.
    Steps,
    /// Deadlines.
    Deadlines,
    /// Texts of a card.
    Statements,
    /// Sources.
    Sources,
    /// When it was last done.
    Done,
    /// How a municipality does it.
    Variants,
    /// Departures from a card.
    Deviations,
    /// Anything else.
    Rest,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SinceHow {
    /// It is new.
    Added,
    /// It reads otherwise.
    Changed,
    /// It was taken away.
    Removed,
}
