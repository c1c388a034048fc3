//! PostgreSQL, for a krets that outgrows one machine and for several processes on one database.
//!
//! Plain SQL that CockroachDB and YugabyteDB also speak. The counter of a krets is numbered
//! under the lock of its row, so the order of cursors is the order of commits. A notification
//! is only a hint: every process also asks once a second.

mod anonymous;
mod connect;
mod entries;
mod letters;
mod listen;
mod mail;
mod migrate;
mod push;
mod slots;
mod snapshots;
mod tokens;

use super::{
    DueMail, Entry, Identity, KretsId, LetterKind, Marks, Page, Store, StoreError, Stored, draw,
    now_s,
};
use async_trait::async_trait;
use deadpool_postgres::Pool;
use push::Pushers;
use radrum_wire::{
    AuthKey, Digest, EntryHash, Heads, Hints, LogId, MailWish, Ranges, RegionId, Salt, SignKey,
};
use std::time::Duration;
use tokio::sync::Notify;

/// The store for more than one machine.
pub struct Postgres {
    pool: Pool,
    pushers: Pushers,
    heard: std::sync::Arc<Notify>,
    listener: tokio::task::JoinHandle<()>,
}

impl Postgres {
    /// Connects, and brings the database up to date. `url` as PostgreSQL writes it, or
    /// `host=… user=… dbname=…`; TLS as its `sslmode` says, against the machine's trusted
    /// authorities.
    ///
    /// # Errors
    /// [`StoreError::Away`] when nobody answers, [`StoreError::Newer`], [`StoreError::Failed`].
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let (config, tls) = connect::parse(url)?;
        let pool = connect::pool(&config, tls.clone())?;
        migrate::run(&pool).await?;
        let heard = std::sync::Arc::new(Notify::new());
        let listener = tokio::spawn(listen::run(config, tls, heard.clone()));
        Ok(Self {
            pushers: Pushers::new(pool.clone()),
            pool,
            heard,
            listener,
        })
    }

    async fn client(&self) -> Result<deadpool_postgres::Object, StoreError> {
        Ok(self.pool.get().await?)
    }
}

#[async_trait]
impl Store for Postgres {
    async fn identity(&self) -> Result<Identity, StoreError> {
        let db = self.client().await?;
        let row = db
            .query_one("SELECT id, store, secret, made_at FROM relay", &[])
            .await?;
        Ok(Identity {
            relay: connect::bytes(&row, 0)?,
            store: connect::bytes(&row, 1)?,
            secret: connect::bytes(&row, 2)?,
            made_at_s: row.try_get::<_, i64>(3)?.unsigned_abs(),
        })
    }

    async fn restored(&self) -> Result<(), StoreError> {
        let update = "UPDATE relay SET store = $1, made_at = $2";
        let store = draw()?;
        let db = self.client().await?;
        db.execute(update, &[&store.as_bytes().as_slice(), &now_s()])
            .await?;
        Ok(())
    }

    async fn open_krets(&self, region: RegionId) -> Result<KretsId, StoreError> {
        let mut db = self.client().await?;
        connect::krets(&mut db, region).await
    }

    async fn marks(&self) -> Result<Vec<(KretsId, Marks)>, StoreError> {
        let db = self.client().await?;
        let select = db
            .prepare_cached("SELECT id, cursor, roster_number FROM krets")
            .await?;
        let rows = db.query(&select, &[]).await?;
        rows.iter()
            .map(|row| {
                let marks = Marks {
                    cursor: row.try_get::<_, i64>(1)?.unsigned_abs(),
                    roster: row.try_get::<_, i64>(2)?.unsigned_abs(),
                };
                Ok((KretsId(row.try_get(0)?), marks))
            })
            .collect()
    }

    async fn push(
        &self,
        krets: KretsId,
        entries: Vec<Entry>,
        room: u64,
    ) -> Result<Stored, StoreError> {
        self.pushers.push(krets, entries, room).await
    }

    async fn pull(&self, krets: KretsId, after: u64, bytes: usize) -> Result<Page, StoreError> {
        entries::pull(&self.client().await?, krets, after, bytes).await
    }

    async fn ranges(
        &self,
        krets: KretsId,
        ranges: Ranges,
        bytes: usize,
    ) -> Result<Page, StoreError> {
        entries::ranges(&self.client().await?, krets, &ranges, bytes).await
    }

    async fn keep_stubs(&self, krets: KretsId, of: Heads) -> Result<(), StoreError> {
        entries::keep_stubs(&mut self.client().await?, krets, &of).await
    }

    async fn heads(&self, krets: KretsId) -> Result<Heads, StoreError> {
        entries::heads(&self.client().await?, krets).await
    }

    async fn put_slot(&self, krets: KretsId, slot: Entry) -> Result<bool, StoreError> {
        slots::put(&self.client().await?, krets, &slot).await
    }

    async fn slot(&self, krets: KretsId, log: LogId) -> Result<Option<Vec<u8>>, StoreError> {
        slots::get(&self.client().await?, krets, log).await
    }

    async fn slots(
        &self,
        krets: KretsId,
        after: Option<LogId>,
        bytes: usize,
    ) -> Result<Page, StoreError> {
        slots::list(&self.client().await?, krets, after, bytes).await
    }

    async fn put_parts(
        &self,
        krets: KretsId,
        parts: Vec<Entry>,
        room: u64,
    ) -> Result<Stored, StoreError> {
        snapshots::put(&mut self.client().await?, krets, parts, room).await
    }

    async fn parts(
        &self,
        krets: KretsId,
        first: u64,
        bytes: usize,
    ) -> Result<Option<Page>, StoreError> {
        snapshots::get(&self.client().await?, krets, first, bytes).await
    }

    async fn put_roster(
        &self,
        krets: KretsId,
        before: u64,
        number: u64,
        record: Vec<u8>,
    ) -> Result<bool, StoreError> {
        let db = self.client().await?;
        let update = "UPDATE krets SET roster_number = $3, roster = $4
                      WHERE id = $1 AND roster_number = $2";
        let (before, number) = (before.cast_signed(), number.cast_signed());
        let changed = db
            .execute(update, &[&krets.0, &before, &number, &record])
            .await?;
        Ok(changed == 1)
    }

    async fn roster(&self, krets: KretsId) -> Result<Option<Vec<u8>>, StoreError> {
        let db = self.client().await?;
        let select = "SELECT roster FROM krets WHERE id = $1 AND roster IS NOT NULL";
        let row = db.query_opt(select, &[&krets.0]).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    async fn put_letter(
        &self,
        krets: KretsId,
        letter: Salt,
        kind: LetterKind,
        file: Vec<u8>,
    ) -> Result<(), StoreError> {
        letters::put(&mut self.client().await?, krets, letter, kind, &file).await
    }

    async fn letter(
        &self,
        krets: KretsId,
        letter: Salt,
        kind: LetterKind,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        letters::get(&self.client().await?, krets, letter, kind).await
    }

    async fn share_token(
        &self,
        hash: Digest,
        krets: KretsId,
        key: AuthKey,
        lifetime: Duration,
    ) -> Result<(), StoreError> {
        tokens::share(&self.client().await?, hash, krets, key, lifetime).await
    }

    async fn shared_token(
        &self,
        hash: Digest,
    ) -> Result<Option<(KretsId, AuthKey, Duration)>, StoreError> {
        tokens::shared(&self.client().await?, hash).await
    }

    async fn issuer(&self, krets: KretsId) -> Result<Option<Vec<u8>>, StoreError> {
        anonymous::issuer(&self.client().await?, krets).await
    }

    async fn keep_issuer(&self, krets: KretsId, key: Vec<u8>) -> Result<Vec<u8>, StoreError> {
        anonymous::keep_issuer(&self.client().await?, krets, &key).await
    }

    async fn issue(
        &self,
        krets: KretsId,
        device: AuthKey,
        week: (u64, Digest),
    ) -> Result<bool, StoreError> {
        anonymous::issue(&self.client().await?, krets, device, week).await
    }

    async fn spend(
        &self,
        krets: KretsId,
        token: SignKey,
        entry: EntryHash,
    ) -> Result<bool, StoreError> {
        anonymous::spend(&self.client().await?, krets, token, entry).await
    }

    async fn has_mail(&self, krets: KretsId, key: SignKey) -> Result<bool, StoreError> {
        mail::has(&self.client().await?, krets, key).await
    }

    async fn put_mail(
        &self,
        krets: KretsId,
        key: SignKey,
        wish: MailWish,
    ) -> Result<(), StoreError> {
        mail::put(&mut self.client().await?, krets, key, &wish).await
    }

    async fn mark_mail(&self, krets: KretsId, hints: Hints) -> Result<(), StoreError> {
        mail::mark(&self.client().await?, krets, &hints).await
    }

    async fn claim_mail(&self, now: i64, rested: i64) -> Result<Option<DueMail>, StoreError> {
        mail::claim(&self.client().await?, now, rested).await
    }

    async fn return_mail(&self, due: &DueMail) -> Result<(), StoreError> {
        mail::give_back(&self.client().await?, due).await
    }

    async fn sweep(&self) -> Result<(), StoreError> {
        letters::sweep(&self.client().await?, now_s()).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.client().await?.simple_query("SELECT 1").await?;
        Ok(())
    }

    async fn hint(&self) {
        let _ = tokio::time::timeout(listen::POLL, self.heard.notified()).await;
    }

    async fn close(&self) {
        self.pushers.stop().await;
        self.listener.abort();
        self.pool.close();
    }
}
