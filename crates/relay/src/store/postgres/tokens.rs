//! Tokens that one process gave out and another is shown. Hashes only, and the database's
//! clock: the processes have no other in common.

use crate::store::{KretsId, StoreError};
use deadpool_postgres::Object;
use radrum_wire::{AuthKey, Digest};
use std::time::Duration;

pub(super) async fn share(
    db: &Object,
    hash: Digest,
    krets: KretsId,
    key: AuthKey,
    lifetime: Duration,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO tokens (hash, krets, key, ends_at)
                  VALUES ($1, $2, $3, now() + $4 * interval '1 second')
                  ON CONFLICT (hash) DO NOTHING";
    let insert = db.prepare_cached(insert).await?;
    let (hash, key) = (&hash.as_bytes()[..], &key.as_bytes()[..]);
    db.execute(&insert, &[&hash, &krets.0, &key, &lifetime.as_secs_f64()])
        .await?;
    Ok(())
}

pub(super) async fn shared(
    db: &Object,
    hash: Digest,
) -> Result<Option<(KretsId, AuthKey, Duration)>, StoreError> {
    let select = "SELECT krets, key, extract(epoch FROM ends_at - now())::float8 FROM tokens
                  WHERE hash = $1 AND ends_at > now()";
    let select = db.prepare_cached(select).await?;
    let hash = &hash.as_bytes()[..];
    let Some(row) = db.query_opt(&select, &[&hash]).await? else {
        return Ok(None);
    };
    let key: &[u8] = row.try_get(1)?;
    let key = AuthKey::try_from(key).map_err(|_| StoreError::Failed("column".into()))?;
    let left = Duration::try_from_secs_f64(row.try_get(2)?).unwrap_or_default();
    Ok(Some((KretsId(row.try_get(0)?), key, left)))
}
