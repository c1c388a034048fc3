//! Every type that crosses to the interface. `ui/src/bindings` is generated from these.

mod anonymous;
mod asking;
mod back;
mod backup;
mod bulletin;
mod erase;
mod guard;
mod hand_over;
mod introduction;
mod item;
mod krets;
mod labels;
mod late;
mod members;
mod municipality;
mod news;
mod pages;
mod people;
mod questions;
mod records;
mod road;
mod ruling;
mod search;
mod since;
mod start;
mod statutes;
mod tour;

pub use anonymous::{
    AnonymousHurdle, AnonymousState, PostAnonymous, StepForward, WaitingAct, WaitingPost, Withdraw,
};
pub use asking::{
    AdviceGroupPage, AdviceGroupRow, AdviserRow, AnswerProposal, AskOrderPage, AskRow, Pause,
    ProposalRow,
};
pub use back::{Alike, MergedPair, SuggestionRow, WelcomePage};
pub use backup::{BackupOutcome, BackupState, BackupToFile, LastBackup, Restore};
pub use bulletin::{BulletinPage, BulletinRow, CitingCard, CitingCards, CitingPlace, Rule};
pub use erase::{
    EraseGround, EraseItem, EraseRights, ErasureFile, ErasureOffice, ErasureRow, ErasureStep,
    KindCount,
};
pub use guard::{
    Accepted, Because, GuardFinding, GuardHit, GuardLevel, GuardRewording, TextToCheck,
};
pub use hand_over::{HandOver, HandOverPage, HandedThing, HeldThing};
pub use introduction::{FadderOf, IntroductionPage, IntroductionRow, IntroductionsPage};
pub use item::{
    Edited, Head, HistoryEntry, MergeNote, MergedField, Named, SavedDraft, VoiceOf, VoicesOf,
};
pub use krets::{
    Approve, AskToJoin, CheckAnswer, CheckQuestion, FoundKrets, Invite, Join, KretsState,
    LetterCode, LetterFile, LetterId, LetterOnItsWay, LetterText, LetterToFile, RequestSeen,
    RootKeys, SnapshotSeen, SnapshotStep,
};
pub use labels::{LabelPage, LabelRow};
pub use late::{LateItem, LatePage, LateSave, TakeUp};
pub use members::{
    ChangeMunicipality, ComputerId, ConfirmAct, EndId, Ended, KretsComputer, KretsMunicipality,
    KretsPeople, KretsPerson, LostComputer, MakeAdmin, MunicipalityTurn, NewRootKey, RemoveMember,
    RootsTried, SuspendedAct, TypedRootKeys, UnfinishedEnd,
};
pub use municipality::{
    Leaving, LeavingRow, Need, NeedsYou, OwnCard, OwnMunicipality, ThinArea, UnheldArea,
};
pub use news::{
    Follow, MailChoice, MailNotice, MailStanding, NewsGroup, NewsOf, NewsPage, NewsReason,
    NewsWhat, NoticeChoice, ReadNews,
};
pub use pages::{
    AreaRow, Cell, ContactRow, DeadlineResult, DeviationOf, Few, HelperRow, HoldingText, Listed,
    Matrix, MatrixRow, MunicipalityRow, NotePage, NoteRow, OfficeRow, PackRead, PlaybookPage,
    PlaybookRow, RecentRow, RegionPage, ResourceRow, ReviewRow, StartPage, StarterNews,
    StarterStatement, VariantOf, WaitingRow,
};
pub use people::{AreaPeople, ExperienceRow, MemberPage, MemberRow};
pub use questions::{
    AnswerOf, AskedQuestion, Grow, Grown, QuestionPage, QuestionRow, QuestionsPage, Similar, Thread,
};
pub use records::Records;
pub use road::{
    BundleFile, BundleRead, BundleWritten, Delivery, LanState, Parcel, Relays, RoadPhase,
    RoadState, UseLan,
};
pub use ruling::{RulingNow, RulingPage, RulingRow, RulingStanding, RulingVersion, RulingsPage};
pub use search::{Group, GroupKind, Piece, Row, SearchAnswer};
pub use since::{Since, SinceChange, SinceHow, SinceLine, SincePage, SincePart, SinceRead};
pub use start::{Found, SessionInfo, StartState, Trouble};
pub use statutes::{Representative, StatutesPage, StatutesPlace};
pub use tour::Tour;
