//! Tokens for anonymous posts.

use crate::store::{KretsId, StoreError};
use deadpool_postgres::Object;
use radrum_wire::{AuthKey, Digest, EntryHash, SignKey};

pub(super) async fn issuer(db: &Object, krets: KretsId) -> Result<Option<Vec<u8>>, StoreError> {
    let select = "SELECT key FROM issuers WHERE krets = $1";
    let row = db.query_opt(select, &[&krets.0]).await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

pub(super) async fn keep_issuer(
    db: &Object,
    krets: KretsId,
    key: &[u8],
) -> Result<Vec<u8>, StoreError> {
    let insert = "INSERT INTO issuers (krets, key) VALUES ($1, $2)
                  ON CONFLICT (krets) DO NOTHING";
    db.execute(insert, &[&krets.0, &key]).await?;
    let kept = issuer(db, krets).await?;
    kept.ok_or_else(|| StoreError::Failed("issuer".into()))
}

pub(super) async fn issue(
    db: &Object,
    krets: KretsId,
    device: AuthKey,
    (week, request): (u64, Digest),
) -> Result<bool, StoreError> {
    let upsert = "INSERT INTO issued (krets, device, week, request) VALUES ($1, $2, $3, $4)
                  ON CONFLICT (krets, device) DO UPDATE
                  SET week = excluded.week, request = excluded.request
                  WHERE issued.week < excluded.week
                  OR (issued.week = excluded.week AND issued.request = excluded.request)";
    let (device, request) = (&device.as_bytes()[..], &request.as_bytes()[..]);
    let week = week.cast_signed();
    let changed = db
        .execute(upsert, &[&krets.0, &device, &week, &request])
        .await?;
    Ok(changed == 1)
}

pub(super) async fn spend(
    db: &Object,
    krets: KretsId,
    token: SignKey,
    entry: EntryHash,
) -> Result<bool, StoreError> {
    let (token, entry) = (&token.as_bytes()[..], &entry.as_bytes()[..]);
    let insert = "INSERT INTO spent (krets, token, entry) VALUES ($1, $2, $3)
                  ON CONFLICT (krets, token) DO NOTHING";
    db.execute(insert, &[&krets.0, &token, &entry]).await?;
    let select = "SELECT 1 FROM spent WHERE krets = $1 AND token = $2 AND entry = $3";
    let row = db.query_opt(select, &[&krets.0, &token, &entry]).await?;
    Ok(row.is_some())
}
