//! One file. One writer thread commits what several requests bring in one transaction, so that
//! they share an fsync; a few read-only connections answer beside it.

mod anonymous;
mod entries;
mod letters;
mod mail;
mod open;
mod slots;
mod snapshots;
mod writer;

use super::{
    DueMail, Entry, Identity, KretsId, LetterKind, Marks, Page, Store, StoreError, Stored, now_s,
};
use async_trait::async_trait;
use open::Readers;
use radrum_wire::{
    AuthKey, Digest, EntryHash, Heads, Hints, LogId, MailWish, Ranges, RegionId, Salt, SignKey,
};
use rusqlite::OptionalExtension as _;
use std::path::Path;
use std::time::Duration;
use writer::Writer;

/// The default store.
pub struct Sqlite {
    writer: Writer,
    readers: Readers,
}

impl Sqlite {
    /// Opens or makes the file, and brings it up to date.
    ///
    /// # Errors
    /// [`StoreError::Newer`]; [`StoreError::Failed`] when it is no database or cannot be made.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let connection = open::writer(path)?;
        Ok(Self {
            writer: Writer::start(connection)?,
            readers: Readers::new(path),
        })
    }

    /// Writes a whole copy to a new file while the relay runs.
    ///
    /// # Errors
    /// [`StoreError::Failed`] when the copy is there already or cannot be written.
    pub fn backup(from: &Path, to: &Path) -> Result<(), StoreError> {
        let to = to
            .to_str()
            .ok_or_else(|| StoreError::Failed("path".into()))?;
        open::reader(from)?.execute("VACUUM INTO ?1", [to])?;
        Ok(())
    }
}

#[async_trait]
impl Store for Sqlite {
    async fn identity(&self) -> Result<Identity, StoreError> {
        self.readers.read(open::identity).await
    }

    async fn restored(&self) -> Result<(), StoreError> {
        self.writer.write(open::draw_store).await
    }

    async fn open_krets(&self, region: RegionId) -> Result<KretsId, StoreError> {
        self.writer.write(move |db| open::krets(db, region)).await
    }

    async fn marks(&self) -> Result<Vec<(KretsId, Marks)>, StoreError> {
        self.readers.read(open::marks).await
    }

    async fn push(
        &self,
        krets: KretsId,
        entries: Vec<Entry>,
        room: u64,
    ) -> Result<Stored, StoreError> {
        self.writer
            .write(move |db| entries::push(db, krets, entries, room))
            .await
    }

    async fn pull(&self, krets: KretsId, after: u64, bytes: usize) -> Result<Page, StoreError> {
        self.readers
            .read(move |db| entries::pull(db, krets, after, bytes))
            .await
    }

    async fn ranges(
        &self,
        krets: KretsId,
        ranges: Ranges,
        bytes: usize,
    ) -> Result<Page, StoreError> {
        self.readers
            .read(move |db| entries::ranges(db, krets, &ranges, bytes))
            .await
    }

    async fn keep_stubs(&self, krets: KretsId, of: Heads) -> Result<(), StoreError> {
        self.writer
            .write(move |db| entries::keep_stubs(db, krets, &of))
            .await
    }

    async fn heads(&self, krets: KretsId) -> Result<Heads, StoreError> {
        self.readers.read(move |db| entries::heads(db, krets)).await
    }

    async fn put_slot(&self, krets: KretsId, slot: Entry) -> Result<bool, StoreError> {
        self.writer
            .write(move |db| slots::put(db, krets, &slot))
            .await
    }

    async fn slot(&self, krets: KretsId, log: LogId) -> Result<Option<Vec<u8>>, StoreError> {
        self.readers
            .read(move |db| slots::get(db, krets, log))
            .await
    }

    async fn slots(
        &self,
        krets: KretsId,
        after: Option<LogId>,
        bytes: usize,
    ) -> Result<Page, StoreError> {
        self.readers
            .read(move |db| slots::list(db, krets, after, bytes))
            .await
    }

    async fn put_parts(
        &self,
        krets: KretsId,
        parts: Vec<Entry>,
        room: u64,
    ) -> Result<Stored, StoreError> {
        self.writer
            .write(move |db| snapshots::put(db, krets, &parts, room))
            .await
    }

    async fn parts(
        &self,
        krets: KretsId,
        first: u64,
        bytes: usize,
    ) -> Result<Option<Page>, StoreError> {
        self.readers
            .read(move |db| snapshots::get(db, krets, first, bytes))
            .await
    }

    async fn put_roster(
        &self,
        krets: KretsId,
        before: u64,
        number: u64,
        record: Vec<u8>,
    ) -> Result<bool, StoreError> {
        let update = "UPDATE krets SET roster_number = ?3, roster = ?4
                      WHERE id = ?1 AND roster_number = ?2";
        self.writer
            .write(move |db| {
                let changed = db.execute(update, (krets.0, before, number, record))?;
                Ok(changed == 1)
            })
            .await
    }

    async fn roster(&self, krets: KretsId) -> Result<Option<Vec<u8>>, StoreError> {
        let select = "SELECT roster FROM krets WHERE id = ?1 AND roster IS NOT NULL";
        self.readers
            .read(move |db| {
                let row = db.query_row(select, [krets.0], |row| row.get(0));
                Ok(row.optional()?)
            })
            .await
    }

    async fn put_letter(
        &self,
        krets: KretsId,
        letter: Salt,
        kind: LetterKind,
        file: Vec<u8>,
    ) -> Result<(), StoreError> {
        self.writer
            .write(move |db| letters::put(db, krets, letter, kind, &file))
            .await
    }

    async fn letter(
        &self,
        krets: KretsId,
        letter: Salt,
        kind: LetterKind,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.readers
            .read(move |db| letters::get(db, krets, letter, kind))
            .await
    }

    async fn share_token(
        &self,
        _: Digest,
        _: KretsId,
        _: AuthKey,
        _: Duration,
    ) -> Result<(), StoreError> {
        Ok(())
    }

    async fn shared_token(
        &self,
        _: Digest,
    ) -> Result<Option<(KretsId, AuthKey, Duration)>, StoreError> {
        Ok(None)
    }

    async fn issuer(&self, krets: KretsId) -> Result<Option<Vec<u8>>, StoreError> {
        self.readers
            .read(move |db| anonymous::issuer(db, krets))
            .await
    }

    async fn keep_issuer(&self, krets: KretsId, key: Vec<u8>) -> Result<Vec<u8>, StoreError> {
        self.writer
            .write(move |db| anonymous::keep_issuer(db, krets, &key))
            .await
    }

    async fn issue(
        &self,
        krets: KretsId,
        device: AuthKey,
        week: (u64, Digest),
    ) -> Result<bool, StoreError> {
        self.writer
            .write(move |db| anonymous::issue(db, krets, device, week))
            .await
    }

    async fn spend(
        &self,
        krets: KretsId,
        token: SignKey,
        entry: EntryHash,
    ) -> Result<bool, StoreError> {
        self.writer
            .write(move |db| anonymous::spend(db, krets, token, entry))
            .await
    }

    async fn has_mail(&self, krets: KretsId, key: SignKey) -> Result<bool, StoreError> {
        self.readers.read(move |db| mail::has(db, krets, key)).await
    }

    async fn put_mail(
        &self,
        krets: KretsId,
        key: SignKey,
        wish: MailWish,
    ) -> Result<(), StoreError> {
        self.writer
            .write(move |db| mail::put(db, krets, key, &wish))
            .await
    }

    async fn mark_mail(&self, krets: KretsId, hints: Hints) -> Result<(), StoreError> {
        self.writer
            .write(move |db| mail::mark(db, krets, &hints))
            .await
    }

    async fn claim_mail(&self, now: i64, rested: i64) -> Result<Option<DueMail>, StoreError> {
        self.writer
            .write(move |db| mail::claim(db, now, rested))
            .await
    }

    async fn return_mail(&self, due: &DueMail) -> Result<(), StoreError> {
        let due = due.clone();
        self.writer.write(move |db| mail::give_back(db, &due)).await
    }

    async fn sweep(&self) -> Result<(), StoreError> {
        let now = now_s();
        self.writer.write(move |db| letters::sweep(db, now)).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        // Through the writer: a relay that can only read is not ready.
        self.writer.write(|_| Ok(())).await
    }

    async fn hint(&self) {
        // One process has the file, and it wakes its own.
        std::future::pending().await
    }

    async fn close(&self) {
        // The last connection to close folds the WAL into the file, and must be one that writes.
        self.readers.close();
        self.writer.stop().await;
    }
}
