//! What a relay remembers, behind one trait: a file of SQLite, or PostgreSQL.
//!
//! The trait is async because PostgreSQL's client is; SQLite answers from threads of its own.
//! Everything that returns `Ok` from a writing method is on disk.

mod chain;
mod error;
mod intake;
mod postgres;
mod sqlite;

pub use error::StoreError;
pub use intake::{Brought, Entry, Stored};
pub use postgres::Postgres;
pub use sqlite::Sqlite;

use async_trait::async_trait;
use radrum_wire::{
    AuthKey, Digest, EntryHash, Heads, Hints, LogId, MailWish, Ranges, RegionId, Salt, SignKey,
};
use std::time::Duration;

/// How long a letter is kept after it was put, in seconds (FORMAT.md 8).
pub const LETTER_S: u64 = 14 * 24 * 60 * 60;

/// Most letters of one krets at a time. Whoever knows a krets may leave one without a token, so
/// they may not fill a disk.
pub const LETTERS_MAX: u64 = 256;

/// Most orders for mail in one krets: one for each device that a roster names.
pub const MAIL_MAX: u64 = radrum_wire::limits::ROSTER_DEVICES_MAX as u64;

/// Most slots of one krets: one for each log that its heads can name.
pub const SLOTS_MAX: u64 = radrum_wire::limits::HEADS_MAX as u64;

/// Most snapshots of one krets that are not whole yet; the one that waited longest gives way.
pub const UNFINISHED_MAX: u64 = 4;

/// A krets as the store numbers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KretsId(pub(crate) i64);

/// Drawn when the database was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// What devices sign towards; the same for all processes on one database.
    pub relay: Digest,
    /// Which life of the database this is; drawn anew when a backup has been restored.
    pub store: Digest,
    /// Shared by the processes on one database and told to nobody: proves that one of them made
    /// a token, so that a stranger's costs no question to the database.
    pub secret: Digest,
    /// When `store` was drawn, in seconds since 1970 by this machine's clock.
    pub made_at_s: u64,
}

/// What changes in a krets and is seen by every process.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    /// Of the newest entry.
    pub cursor: u64,
    /// Number of the roster, or zero.
    pub roster: u64,
}

/// Envelopes in an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// As frames.
    pub frames: Vec<u8>,
    /// Cursor after the last of them; when there are none the one asked with, or the newest if
    /// that is lower. Only for pulls.
    pub cursor: u64,
    /// Whether there is more.
    pub more: bool,
}

/// Which of the two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterKind {
    /// From the new device to the inviter.
    Request,
    /// Back.
    Welcome,
}

impl LetterKind {
    pub(crate) const fn number(self) -> i64 {
        match self {
            Self::Request => 2,
            Self::Welcome => 3,
        }
    }
}

/// A letter that is to be sent now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueMail {
    /// Of which krets.
    pub krets: KretsId,
    /// Names the order.
    pub key: SignKey,
    /// Where it goes.
    pub address: String,
    /// When the one before was sent, in seconds since 1970.
    pub before: i64,
}

/// A store. `room` is how many bytes of envelopes the krets may hold.
///
/// # Errors
/// Every method: [`StoreError::Away`] when the database cannot be reached or is stopping, and
/// [`StoreError::Failed`] for what nobody expects. Others are named at the method.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// What was drawn when the database was made.
    async fn identity(&self) -> Result<Identity, StoreError>;

    /// Draws [`Identity::store`] anew: a backup was restored, so cursors went backwards.
    async fn restored(&self) -> Result<(), StoreError>;

    /// Finds or makes a krets.
    async fn open_krets(&self, region: RegionId) -> Result<KretsId, StoreError>;

    /// Of every krets.
    async fn marks(&self) -> Result<Vec<(KretsId, Marks)>, StoreError>;

    /// Keeps entries that are not there, in the order given, and numbers them. All of a push or
    /// nothing: [`StoreError::Full`].
    async fn push(
        &self,
        krets: KretsId,
        entries: Vec<Entry>,
        room: u64,
    ) -> Result<Stored, StoreError>;

    /// Entries after a cursor, in the order of their commits: at least one, if there is one, and
    /// otherwise at most `bytes` of frames.
    async fn pull(&self, krets: KretsId, after: u64, bytes: usize) -> Result<Page, StoreError>;

    /// Entries of logs, at most `bytes` of frames, at least one.
    async fn ranges(
        &self,
        krets: KretsId,
        ranges: Ranges,
        bytes: usize,
    ) -> Result<Page, StoreError>;

    /// Puts the stubs of entries in the place of their bytes. What is not there stays so.
    async fn keep_stubs(&self, krets: KretsId, entries: Heads) -> Result<(), StoreError>;

    /// Each log up to its first gap; the first [`radrum_wire::limits::HEADS_MAX`] of them.
    async fn heads(&self, krets: KretsId) -> Result<Heads, StoreError>;

    /// Keeps a slot if its counter is higher; tells whether it was. [`StoreError::Full`] over
    /// [`SLOTS_MAX`].
    async fn put_slot(&self, krets: KretsId, slot: Entry) -> Result<bool, StoreError>;

    /// The envelope of one slot.
    async fn slot(&self, krets: KretsId, log: LogId) -> Result<Option<Vec<u8>>, StoreError>;

    /// Slots after a log, in the order of logs, at most `bytes` of frames, at least one.
    async fn slots(
        &self,
        krets: KretsId,
        after: Option<LogId>,
        bytes: usize,
    ) -> Result<Page, StoreError>;

    /// Keeps parts of snapshots. One with all parts from 1 to its last is whole, replaces the
    /// whole one before it, and is what is handed out: makers send part 1 last.
    /// [`StoreError::Full`] as for a push.
    async fn put_parts(
        &self,
        krets: KretsId,
        parts: Vec<Entry>,
        room: u64,
    ) -> Result<Stored, StoreError>;

    /// Parts of the newest whole snapshot from `first` on; `None` when there is no such part.
    async fn parts(
        &self,
        krets: KretsId,
        first: u64,
        bytes: usize,
    ) -> Result<Option<Page>, StoreError>;

    /// Keeps a roster if the number there is still `before`; tells whether it was.
    async fn put_roster(
        &self,
        krets: KretsId,
        before: u64,
        number: u64,
        record: Vec<u8>,
    ) -> Result<bool, StoreError>;

    /// The roster's record.
    async fn roster(&self, krets: KretsId) -> Result<Option<Vec<u8>>, StoreError>;

    /// Keeps a letter in place of the one before it. [`StoreError::Full`] over [`LETTERS_MAX`].
    async fn put_letter(
        &self,
        krets: KretsId,
        letter: Salt,
        kind: LetterKind,
        file: Vec<u8>,
    ) -> Result<(), StoreError>;

    /// A letter that is not older than [`LETTER_S`].
    async fn letter(
        &self,
        krets: KretsId,
        letter: Salt,
        kind: LetterKind,
    ) -> Result<Option<Vec<u8>>, StoreError>;

    /// Tells the other processes of a token, by its hash. Does nothing where there are none.
    async fn share_token(
        &self,
        hash: Digest,
        krets: KretsId,
        key: AuthKey,
        lifetime: Duration,
    ) -> Result<(), StoreError>;

    /// A token that another process gave out, and how long it still lasts.
    async fn shared_token(
        &self,
        hash: Digest,
    ) -> Result<Option<(KretsId, AuthKey, Duration)>, StoreError>;

    /// The secret key that tokens of a krets are signed with, if one was drawn.
    async fn issuer(&self, krets: KretsId) -> Result<Option<Vec<u8>>, StoreError>;

    /// Keeps such a key unless there is one; gives the one that stays.
    async fn keep_issuer(&self, krets: KretsId, key: Vec<u8>) -> Result<Vec<u8>, StoreError>;

    /// Notes that a device gets its tokens of a week; false when it has had others in it. The
    /// same request may be answered again.
    async fn issue(
        &self,
        krets: KretsId,
        device: AuthKey,
        week: (u64, Digest),
    ) -> Result<bool, StoreError>;

    /// Notes that a token pays for an entry; false when it paid for another.
    async fn spend(
        &self,
        krets: KretsId,
        token: SignKey,
        entry: EntryHash,
    ) -> Result<bool, StoreError>;

    /// Whether there is an order for letters under a key.
    async fn has_mail(&self, krets: KretsId, key: SignKey) -> Result<bool, StoreError>;

    /// Keeps an order with a higher number than the one there; one without an address ends it.
    /// [`StoreError::Full`] over [`MAIL_MAX`].
    async fn put_mail(
        &self,
        krets: KretsId,
        key: SignKey,
        wish: MailWish,
    ) -> Result<(), StoreError>;

    /// A letter is due to everybody who follows one of these.
    async fn mark_mail(&self, krets: KretsId, hints: Hints) -> Result<(), StoreError>;

    /// Takes one letter that is due and of which none was sent after `rested`, and notes that it
    /// is sent now.
    async fn claim_mail(&self, now: i64, rested: i64) -> Result<Option<DueMail>, StoreError>;

    /// It was not sent: it is due as before.
    async fn return_mail(&self, due: &DueMail) -> Result<(), StoreError>;

    /// Removes letters and tokens that have run out.
    async fn sweep(&self) -> Result<(), StoreError>;

    /// Whether the database can be asked.
    async fn ping(&self) -> Result<(), StoreError>;

    /// Waits until another process has written, or for a while. Only a hint.
    async fn hint(&self);

    /// Finishes what was begun; nothing is taken after that.
    async fn close(&self);
}

/// Seconds since 1970. Only for how long something has been kept, never to order anything.
pub(crate) fn now_s() -> i64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_secs()).ok())
        .unwrap_or_default()
}

/// 32 random bytes of the operating system.
pub(crate) fn draw() -> Result<Digest, StoreError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| StoreError::Failed("no randomness".into()))?;
    Ok(Digest::from_bytes(bytes))
}
