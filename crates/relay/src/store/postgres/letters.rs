//! Letters of invitations.

use crate::store::{KretsId, LETTER_S, LETTERS_MAX, LetterKind, StoreError, now_s};
use deadpool_postgres::Object;
use radrum_wire::Salt;

pub(super) async fn put(
    db: &mut Object,
    krets: KretsId,
    letter: Salt,
    kind: LetterKind,
    file: &[u8],
) -> Result<(), StoreError> {
    sweep(db, now_s()).await?;
    let id = &letter.as_bytes()[..];
    if get(db, krets, letter, kind).await?.is_none() {
        let count = "SELECT count(*) FROM letters WHERE krets = $1";
        let held: i64 = db.query_one(count, &[&krets.0]).await?.try_get(0)?;
        // Two processes may go over by one.
        if held.unsigned_abs() >= LETTERS_MAX {
            return Err(StoreError::Full);
        }
    }
    let upsert = "INSERT INTO letters (krets, letter, kind, put_at, file)
                  VALUES ($1, $2, $3, $4, $5)
                  ON CONFLICT (krets, letter, kind)
                  DO UPDATE SET put_at = excluded.put_at, file = excluded.file";
    db.execute(upsert, &[&krets.0, &id, &kind.number(), &now_s(), &file])
        .await?;
    Ok(())
}

pub(super) async fn get(
    db: &Object,
    krets: KretsId,
    letter: Salt,
    kind: LetterKind,
) -> Result<Option<Vec<u8>>, StoreError> {
    let oldest = now_s() - LETTER_S.cast_signed();
    let id = &letter.as_bytes()[..];
    let select = "SELECT file FROM letters
                  WHERE krets = $1 AND letter = $2 AND kind = $3 AND put_at > $4";
    let row = db
        .query_opt(select, &[&krets.0, &id, &kind.number(), &oldest])
        .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

pub(super) async fn sweep(db: &Object, now_s: i64) -> Result<(), StoreError> {
    let oldest = now_s - LETTER_S.cast_signed();
    db.execute("DELETE FROM letters WHERE put_at <= $1", &[&oldest])
        .await?;
    db.execute("DELETE FROM tokens WHERE ends_at <= now()", &[])
        .await?;
    Ok(())
}
