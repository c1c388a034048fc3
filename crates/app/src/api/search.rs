use serde::Serialize;
use ts_rs::TS;

/// The answer to what someone typed, in the order in which people really ask.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SearchAnswer {
    /// Groups that have something, first to look at first.
    pub groups: Vec<Group>,
    /// The answer is thin: the page leads on to the krets, a person or the start guide.
    pub thin: bool,
    /// Lists and search are still filling up.
    pub rebuilding: bool,
}

/// One group of answers.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Group {
    /// What stands in it.
    pub kind: GroupKind,
    /// Best first. Three are shown before "visa fler".
    pub items: Vec<Row>,
    /// There are more than were looked through.
    pub cut: bool,
}

/// What stands in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// Colleagues in my office with experience.
    OfficePeople,
    /// Colleagues in the krets, and who holds lead or support.
    RegionPeople,
    /// Whom an office asks, in its own order.
    AskOrder,
    /// Questions, found by their own words or by those of an answer.
    Question,
    /// Cards.
    Playbook,
    /// What changed, and from when.
    Bulletin,
    /// Notes.
    Note,
    /// External contacts.
    ExternalContact,
    /// Resources.
    Resource,
    /// Labels, each with all that carries it.
    Label,
    /// Checklists for somebody new.
    Introduction,
    /// The statutes of the krets, and its welcome text.
    Statutes,
    /// Suggestions.
    Suggestion,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Row {
    /// Key of the item.
    pub key: String,
    /// Title.
    pub title: String,
    /// Where in it the answer stands, or why this person: "Steg 7: …", "har mött 2023".
    #[serde(rename = "where")]
    pub place: String,
    /// Entry to scroll to.
    pub anchor: String,
    /// What stands at the right: a telephone number, "granskat mars 2026".
    pub aside: String,
    /// The title in pieces, with what was found.
    pub title_pieces: Vec<Piece>,
    /// `where` in pieces, with what was found.
    pub where_pieces: Vec<Piece>,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Piece {
    /// Text.
    pub text: String,
    /// Was found.
    pub hit: bool,
}
