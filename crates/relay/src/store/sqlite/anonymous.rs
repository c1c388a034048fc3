//! Tokens for anonymous posts.

use crate::store::{KretsId, StoreError};
use radrum_wire::{AuthKey, Digest, EntryHash, SignKey};
use rusqlite::{Connection, OptionalExtension as _};

pub(super) fn issuer(db: &Connection, krets: KretsId) -> Result<Option<Vec<u8>>, StoreError> {
    let select = "SELECT key FROM issuers WHERE krets = ?1";
    let row = db.query_row(select, [krets.0], |row| row.get(0));
    Ok(row.optional()?)
}

pub(super) fn keep_issuer(
    db: &Connection,
    krets: KretsId,
    key: &[u8],
) -> Result<Vec<u8>, StoreError> {
    let insert = "INSERT INTO issuers (krets, key) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    db.execute(insert, (krets.0, key))?;
    issuer(db, krets)?.ok_or_else(|| StoreError::Failed("issuer".into()))
}

pub(super) fn issue(
    db: &Connection,
    krets: KretsId,
    device: AuthKey,
    (week, request): (u64, Digest),
) -> Result<bool, StoreError> {
    let upsert = "INSERT INTO issued (krets, device, week, request) VALUES (?1, ?2, ?3, ?4)
                  ON CONFLICT (krets, device) DO UPDATE
                  SET week = excluded.week, request = excluded.request
                  WHERE issued.week < excluded.week
                  OR (issued.week = excluded.week AND issued.request = excluded.request)";
    let row = (krets.0, device.as_bytes(), week, request.as_bytes());
    Ok(db.prepare_cached(upsert)?.execute(row)? == 1)
}

pub(super) fn spend(
    db: &Connection,
    krets: KretsId,
    token: SignKey,
    entry: EntryHash,
) -> Result<bool, StoreError> {
    let insert = "INSERT INTO spent (krets, token, entry) VALUES (?1, ?2, ?3)
                  ON CONFLICT DO NOTHING";
    db.prepare_cached(insert)?
        .execute((krets.0, token.as_bytes(), entry.as_bytes()))?;
    let select = "SELECT 1 FROM spent WHERE krets = ?1 AND token = ?2 AND entry = ?3";
    let row = (krets.0, token.as_bytes(), entry.as_bytes());
    Ok(db.prepare_cached(select)?.exists(row)?)
}
