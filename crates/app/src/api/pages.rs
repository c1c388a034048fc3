//! What pages and lists show of cards, holdings, services, notes and the krets.

use super::{AreaPeople, BulletinRow, Head, MemberRow, Named};
use radrum_domain::{
    Area, DayRemark, Deviation, ExternalContact, Municipality, Note, Office, Playbook,
    PlaybookKind, Resource, Responsibility, ResponsibilityKind, Variant,
};
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// An item of any kind in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Listed {
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// Out of sight.
    pub archived: bool,
    /// An organisation that is FoU: it holds no areas.
    pub fou: bool,
}

/// A card in the list by area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlaybookRow {
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// What sort.
    pub playbook: PlaybookKind,
    /// Area.
    pub area: Option<Named>,
    /// Labels.
    pub labels: Vec<Named>,
    /// Nobody in the krets has looked it through yet.
    pub draft: bool,
    /// Day it was last looked through.
    pub reviewed_on: Option<String>,
    /// Role that owns it.
    pub owner_role: Option<String>,
    /// Municipalities that have written how they do it.
    pub variants: Vec<String>,
    /// Several texts stand side by side.
    pub voices: bool,
}

/// A card with all that hangs on it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PlaybookPage {
    /// Head.
    pub head: Head,
    /// The card.
    pub card: Playbook,
    /// Length of each deadline in words, by entry.
    pub lengths: BTreeMap<String, String>,
    /// The notice is urgent by now.
    pub notice_urgent: bool,
    /// How municipalities do it: the own first, then in alphabetical order.
    pub variants: Vec<VariantOf>,
    /// Departures, newest first.
    pub deviations: Vec<DeviationOf>,
    /// Who can help with the area.
    pub people: AreaPeople,
    /// Contacts and resources that the card points to.
    pub helpers: Vec<HelperRow>,
    /// Ticked steps; private.
    pub ticks: Vec<String>,
    /// Notes about the card or its area, newest first.
    pub notes: Vec<Named>,
    /// A newer starter card is there.
    pub news: Option<StarterNews>,
    /// What changed that touches the card, the newest first, until somebody archives it.
    pub bulletins: Vec<BulletinRow>,
}

/// One municipality's way.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct VariantOf {
    /// Head.
    pub head: Head,
    /// The text.
    pub variant: Variant,
    /// Whose.
    pub municipality: Named,
    /// Is the reader's own.
    pub own: bool,
}

/// A departure.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DeviationOf {
    /// Head.
    pub head: Head,
    /// What.
    pub deviation: Deviation,
}

/// A body that a card points to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HelperRow {
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// Telephone.
    pub phone: Option<String>,
    /// Hours.
    pub hours: Option<String>,
}

/// An office in a list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct OfficeRow {
    /// Head.
    pub head: Head,
    /// The office.
    pub office: Office,
    /// It cannot help others today.
    pub paused_today: bool,
}

/// An external contact in a list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ContactRow {
    /// Head.
    pub head: Head,
    /// The contact.
    pub contact: ExternalContact,
}

/// A resource in a list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ResourceRow {
    /// Head.
    pub head: Head,
    /// The resource.
    pub resource: Resource,
    /// From the own office.
    pub own_km: Option<u32>,
    /// From the own office, minutes.
    pub own_minutes: Option<u32>,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct NotePage {
    /// Head.
    pub head: Head,
    /// The note.
    pub note: Note,
    /// Its body as a tree to show.
    pub body: Vec<radrum_domain::markdown::Block>,
}

/// A note in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NoteRow {
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// Area.
    pub area: Option<Named>,
    /// Labels.
    pub labels: Vec<Named>,
    /// Who wrote it.
    pub by: Option<Named>,
    /// UTC ms, as claimed.
    #[ts(type = "number")]
    pub updated_at: i64,
}

/// Who holds what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Matrix {
    /// Columns, in alphabetical order.
    pub municipalities: Vec<Named>,
    /// Rows, in alphabetical order.
    pub rows: Vec<MatrixRow>,
}

/// One row of the matrix: an area and who holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MatrixRow {
    /// Area.
    pub area: Named,
    /// Holdings that are not over, lead first.
    pub cells: Vec<Cell>,
    /// Holdings that are over, newest first.
    pub past: Vec<Cell>,
    /// How many colleagues have met or learnt it, told only as none, one or several.
    pub experienced: Few,
}

/// None, one or several: never a figure about persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Few {
    /// Nobody.
    None,
    /// One.
    One,
    /// Two or more.
    Several,
}

/// A holding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Cell {
    /// Key of the holding.
    pub key: String,
    /// Area.
    pub area: Named,
    /// Municipality.
    pub municipality: Named,
    /// Lead or support.
    pub responsibility: ResponsibilityKind,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// Whom to ask for.
    pub member: Option<MemberRow>,
    /// What an edit stands on.
    pub heads: Vec<String>,
    /// As written.
    pub holding: HoldingText,
}

/// What a holding says besides dates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct HoldingText {
    /// Reference of the decision.
    pub decision: Option<String>,
    /// A few words.
    pub note: Option<String>,
}

impl From<&Responsibility> for HoldingText {
    fn from(from: &Responsibility) -> Self {
        Self {
            decision: from.decision.clone(),
            note: from.note.clone(),
        }
    }
}

/// What is worth looking through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewRow {
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// Day to look it through, if it has one.
    pub review_on: Option<String>,
    /// Role that owns it, if any.
    pub owner_role: Option<String>,
    /// Nobody has looked it through yet.
    pub draft: bool,
    /// Several texts wait for a choice.
    pub voices: bool,
}

/// The page about the krets.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RegionPage {
    /// Name.
    pub region: String,
    /// Is the Exempelkrets.
    pub example: bool,
    /// Where the data lie.
    pub folder: String,
    /// Size of the database on disk, bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Program version.
    pub version: String,
    /// Version of the starter content in the program.
    pub pack: String,
    /// Short name of this computer, for IT.
    pub device: String,
    /// Entries in the log.
    #[ts(type = "number")]
    pub entries: u64,
    /// Member organisations.
    pub municipalities: Vec<MunicipalityRow>,
    /// Areas.
    pub areas: Vec<AreaRow>,
    /// What is worth looking through.
    pub reviews: Vec<ReviewRow>,
    /// Everything that is out of sight.
    pub archived: Vec<Listed>,
}

/// A member organisation.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct MunicipalityRow {
    /// Head.
    pub head: Head,
    /// As written.
    pub municipality: Municipality,
}

/// An area.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AreaRow {
    /// Head.
    pub head: Head,
    /// As written.
    pub area: Area,
}

/// A deadline counted from a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DeadlineResult {
    /// The deadline's entry.
    pub id: String,
    /// Last day; none when the length cannot be read.
    pub on: Option<String>,
    /// Weekend or holiday on that day. The date is not moved.
    pub remark: Option<DayRemark>,
}

/// A newer starter card beside the krets's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StarterNews {
    /// Version of the newer pack.
    pub pack: String,
    /// Statements that the own card has not had.
    pub statements: Vec<StarterStatement>,
}

/// A statement that can be taken over with one click.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StarterStatement {
    /// Fingerprint.
    pub pack: String,
    /// The list that it goes to.
    pub list: String,
    /// Heading.
    pub heading: String,
    /// What it says.
    pub text: String,
}

/// The quiet lists below the empty search field.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StartPage {
    /// Written lately in the krets.
    pub recent: Vec<RecentRow>,
    /// What waits for the reader: drafts and texts to choose between.
    pub waiting: Vec<WaitingRow>,
    /// The reader is new: the page leads to her introduction.
    pub is_new: bool,
    /// Areas of cards.
    pub areas: Vec<Named>,
    /// What changed or will: the newest few.
    pub bulletins: Vec<BulletinRow>,
}

/// Something that was written lately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecentRow {
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// What was written: the card itself, or something that hangs on it.
    pub kind: radrum_domain::Kind,
    /// Who; none is the program.
    pub by: Option<Named>,
    /// UTC ms, as claimed.
    #[ts(type = "number")]
    pub updated_at: i64,
}

/// Something that waits for the reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "waiting", rename_all = "snake_case")]
pub enum WaitingRow {
    /// A draft that was not saved.
    Draft {
        /// Key of the item, or the form.
        key: String,
        /// Title.
        title: String,
        /// UTC ms.
        #[ts(type = "number")]
        updated_at: i64,
    },
    /// A colleague who asks the reader to think along.
    Asked {
        /// Key.
        key: String,
        /// Title.
        title: String,
        /// Who asks.
        by: Option<Named>,
    },
    /// A line of experience that a colleague proposes to the reader.
    Proposed {
        /// Key of the reader's page.
        key: String,
        /// Of what.
        title: String,
        /// Who proposes it.
        by: Option<Named>,
    },
    /// Several texts to choose between.
    Voices {
        /// Key.
        key: String,
        /// Title.
        title: String,
    },
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PackRead {
    /// Version of the pack.
    pub pack: String,
    /// Cards that the krets did not have and now has as drafts.
    pub added: u32,
    /// Cards of the krets beside which something new stands.
    pub news: u32,
}
