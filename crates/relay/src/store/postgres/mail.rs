//! Orders for letters.

use crate::store::{DueMail, KretsId, MAIL_MAX, StoreError};
use deadpool_postgres::Object;
use radrum_wire::{Hints, MailWish, SignKey};

pub(super) async fn has(db: &Object, krets: KretsId, key: SignKey) -> Result<bool, StoreError> {
    let select = "SELECT 1 FROM mail WHERE krets = $1 AND key = $2";
    let of = &key.as_bytes()[..];
    Ok(db.query_opt(select, &[&krets.0, &of]).await?.is_some())
}

pub(super) async fn put(
    db: &mut Object,
    krets: KretsId,
    key: SignKey,
    wish: &MailWish,
) -> Result<(), StoreError> {
    let number = i64::try_from(wish.number).unwrap_or(i64::MAX);
    let of = &key.as_bytes()[..];
    let tx = db.transaction().await?;
    // Two processes may hear two wishes of one key at once.
    let select = "SELECT number FROM mail WHERE krets = $1 AND key = $2 FOR UPDATE";
    let there = tx.query_opt(select, &[&krets.0, &of]).await?;
    let there: Option<i64> = there.map(|row| row.try_get(0)).transpose()?;
    if there.is_some_and(|there| there >= number) {
        return Ok(());
    }
    let clear = "DELETE FROM mail_hints WHERE krets = $1 AND key = $2";
    tx.execute(clear, &[&krets.0, &of]).await?;
    if wish.address.is_empty() {
        let end = "DELETE FROM mail WHERE krets = $1 AND key = $2";
        tx.execute(end, &[&krets.0, &of]).await?;
        return Ok(tx.commit().await?);
    }
    let count = "SELECT count(*) FROM mail WHERE krets = $1";
    let held: i64 = tx.query_one(count, &[&krets.0]).await?.try_get(0)?;
    if there.is_none() && held.unsigned_abs() >= MAIL_MAX {
        return Err(StoreError::Full);
    }
    let upsert = "INSERT INTO mail (krets, key, number, address, due, mailed_at)
                  VALUES ($1, $2, $3, $4, 0, 0)
                  ON CONFLICT (krets, key) DO UPDATE
                  SET number = excluded.number, address = excluded.address";
    tx.execute(upsert, &[&krets.0, &of, &number, &wish.address])
        .await?;
    let insert = "INSERT INTO mail_hints (krets, hint, key)
                  SELECT $1, hint, $3 FROM unnest($2::BYTEA[]) AS hint
                  ON CONFLICT DO NOTHING";
    let hints: Vec<&[u8]> = wish.hints.iter().map(|hint| hint.as_slice()).collect();
    tx.execute(insert, &[&krets.0, &hints, &of]).await?;
    Ok(tx.commit().await?)
}

pub(super) async fn mark(db: &Object, krets: KretsId, hints: &Hints) -> Result<(), StoreError> {
    let update = "UPDATE mail SET due = 1 WHERE krets = $1 AND due = 0 AND key IN
                  (SELECT key FROM mail_hints WHERE krets = $1 AND hint = ANY($2))";
    let hints: Vec<&[u8]> = hints.0.iter().map(|hint| hint.as_slice()).collect();
    db.execute(update, &[&krets.0, &hints]).await?;
    Ok(())
}

pub(super) async fn claim(
    db: &Object,
    now: i64,
    rested: i64,
) -> Result<Option<DueMail>, StoreError> {
    // What another process claims at this moment is passed over.
    let claim = "WITH due AS (
                     SELECT krets, key, mailed_at FROM mail
                     WHERE due = 1 AND mailed_at <= $1 ORDER BY mailed_at, krets, key
                     LIMIT 1 FOR UPDATE SKIP LOCKED
                 )
                 UPDATE mail SET due = 0, mailed_at = $2 FROM due
                 WHERE mail.krets = due.krets AND mail.key = due.key
                 RETURNING mail.krets, mail.key, mail.address, due.mailed_at";
    let Some(row) = db.query_opt(claim, &[&rested, &now]).await? else {
        return Ok(None);
    };
    let key: Vec<u8> = row.try_get(1)?;
    let key = key.try_into();
    Ok(Some(DueMail {
        krets: KretsId(row.try_get(0)?),
        key: SignKey::from_bytes(key.map_err(|_| StoreError::Failed("key of mail".into()))?),
        address: row.try_get(2)?,
        before: row.try_get(3)?,
    }))
}

pub(super) async fn give_back(db: &Object, due: &DueMail) -> Result<(), StoreError> {
    let update = "UPDATE mail SET due = 1, mailed_at = $3 WHERE krets = $1 AND key = $2";
    let of = &due.key.as_bytes()[..];
    db.execute(update, &[&due.krets.0, &of, &due.before])
        .await?;
    Ok(())
}
