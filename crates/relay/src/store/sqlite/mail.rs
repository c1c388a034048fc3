//! Orders for letters.

use crate::store::{DueMail, KretsId, MAIL_MAX, StoreError};
use radrum_wire::{Hints, MailWish, SignKey};
use rusqlite::{Connection, OptionalExtension as _};

pub(super) fn has(db: &Connection, krets: KretsId, key: SignKey) -> Result<bool, StoreError> {
    let select = "SELECT 1 FROM mail WHERE krets = ?1 AND key = ?2";
    Ok(db.prepare(select)?.exists((krets.0, key.as_bytes()))?)
}

pub(super) fn put(
    db: &Connection,
    krets: KretsId,
    key: SignKey,
    wish: &MailWish,
) -> Result<(), StoreError> {
    let number = i64::try_from(wish.number).unwrap_or(i64::MAX);
    let select = "SELECT number FROM mail WHERE krets = ?1 AND key = ?2";
    let there: Option<i64> = db
        .query_row(select, (krets.0, key.as_bytes()), |row| row.get(0))
        .optional()?;
    if there.is_some_and(|there| there >= number) {
        return Ok(());
    }
    let of = (krets.0, key.as_bytes());
    db.execute("DELETE FROM mail_hints WHERE krets = ?1 AND key = ?2", of)?;
    if wish.address.is_empty() {
        db.execute("DELETE FROM mail WHERE krets = ?1 AND key = ?2", of)?;
        return Ok(());
    }
    let count = "SELECT count(*) FROM mail WHERE krets = ?1";
    let held: u64 = db.query_row(count, [krets.0], |row| row.get(0))?;
    if there.is_none() && held >= MAIL_MAX {
        return Err(StoreError::Full);
    }
    let upsert = "INSERT INTO mail (krets, key, number, address, due, mailed_at)
                  VALUES (?1, ?2, ?3, ?4, 0, 0)
                  ON CONFLICT (krets, key) DO UPDATE
                  SET number = excluded.number, address = excluded.address";
    db.execute(upsert, (krets.0, key.as_bytes(), number, &wish.address))?;
    let insert = "INSERT INTO mail_hints (krets, hint, key) VALUES (?1, ?2, ?3)
                  ON CONFLICT DO NOTHING";
    let mut insert = db.prepare(insert)?;
    for hint in &wish.hints {
        insert.execute((krets.0, hint.as_slice(), key.as_bytes()))?;
    }
    Ok(())
}

pub(super) fn mark(db: &Connection, krets: KretsId, hints: &Hints) -> Result<(), StoreError> {
    let mut update = db.prepare_cached(
        "UPDATE mail SET due = 1 WHERE krets = ?1 AND due = 0
         AND key IN (SELECT key FROM mail_hints WHERE krets = ?1 AND hint = ?2)",
    )?;
    for hint in &hints.0 {
        update.execute((krets.0, hint.as_slice()))?;
    }
    Ok(())
}

pub(super) fn claim(db: &Connection, now: i64, rested: i64) -> Result<Option<DueMail>, StoreError> {
    let select = "SELECT krets, key, address, mailed_at FROM mail
                  WHERE due = 1 AND mailed_at <= ?1 ORDER BY mailed_at, krets, key LIMIT 1";
    let found = db.query_row(select, [rested], |row| {
        Ok(DueMail {
            krets: KretsId(row.get(0)?),
            key: SignKey::from_bytes(row.get(1)?),
            address: row.get(2)?,
            before: row.get(3)?,
        })
    });
    let Some(due) = found.optional()? else {
        return Ok(None);
    };
    set(db, &due, 0, now)?;
    Ok(Some(due))
}

pub(super) fn give_back(db: &Connection, due: &DueMail) -> Result<(), StoreError> {
    set(db, due, 1, due.before)
}

fn set(db: &Connection, of: &DueMail, due: i64, mailed_at: i64) -> Result<(), StoreError> {
    let update = "UPDATE mail SET due = ?3, mailed_at = ?4 WHERE krets = ?1 AND key = ?2";
    db.execute(update, (of.krets.0, of.key.as_bytes(), due, mailed_at))?;
    Ok(())
}
