//! Letters of invitations.

use crate::store::{KretsId, LETTER_S, LETTERS_MAX, LetterKind, StoreError, now_s};
use radrum_wire::Salt;
use rusqlite::{Connection, OptionalExtension as _};

pub(super) fn put(
    db: &Connection,
    krets: KretsId,
    letter: Salt,
    kind: LetterKind,
    file: &[u8],
) -> Result<(), StoreError> {
    sweep(db, now_s())?;
    let row = (krets.0, letter.as_bytes(), kind.number(), now_s(), file);
    let update = "UPDATE letters SET put_at = ?4, file = ?5
                  WHERE krets = ?1 AND letter = ?2 AND kind = ?3";
    if db.prepare_cached(update)?.execute(row)? == 1 {
        return Ok(());
    }
    let count = "SELECT count(*) FROM letters WHERE krets = ?1";
    let held: u64 = db.query_row(count, [krets.0], |row| row.get(0))?;
    if held >= LETTERS_MAX {
        return Err(StoreError::Full);
    }
    let insert = "INSERT INTO letters (krets, letter, kind, put_at, file)
                  VALUES (?1, ?2, ?3, ?4, ?5)";
    db.prepare_cached(insert)?.execute(row)?;
    Ok(())
}

pub(super) fn get(
    db: &Connection,
    krets: KretsId,
    letter: Salt,
    kind: LetterKind,
) -> Result<Option<Vec<u8>>, StoreError> {
    let oldest = now_s() - LETTER_S.cast_signed();
    let mut select = db.prepare_cached(
        "SELECT file FROM letters WHERE krets = ?1 AND letter = ?2 AND kind = ?3 AND put_at > ?4",
    )?;
    let args = (krets.0, letter.as_bytes(), kind.number(), oldest);
    Ok(select.query_row(args, |row| row.get(0)).optional()?)
}

pub(super) fn sweep(db: &Connection, now_s: i64) -> Result<(), StoreError> {
    let oldest = now_s - LETTER_S.cast_signed();
    db.prepare_cached("DELETE FROM letters WHERE put_at <= ?1")?
        .execute([oldest])?;
    Ok(())
}
