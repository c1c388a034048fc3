//! Snapshots in parts.

use super::{Answer, Asked, body, entries};
use crate::refusal::Refused;
use radrum_wire::limits::{RELAY_BODY_BYTES_MAX, SNAPSHOT_PARTS_MAX};
use radrum_wire::relay::{FRAMES_TYPE, RefusalCode};
use radrum_wire::{Family, RegionId};
use std::collections::BTreeSet;
use std::time::Instant;

pub(super) async fn push(mut asked: Asked<'_>, region: RegionId) -> Answer {
    let (krets, key) = asked.head.device(region).await?;
    let held = asked
        .read(Some((region, Some(key))), FRAMES_TYPE, RELAY_BODY_BYTES_MAX)
        .await?;
    let relay = asked.head.relay;
    let parts = entries::read(&held.bytes, region, |family| family == Family::Snapshot)?;
    if parts
        .iter()
        .any(|part| part.place.seq.0 > SNAPSHOT_PARTS_MAX as u64)
    {
        return Err(Refused::malformed("number of the part"));
    }
    entries::may_bring(relay, region, key, BTreeSet::new())?;
    let room = relay.quotas.krets_bytes;
    let stored = relay.store.put_parts(krets.id, parts, room).await?;
    if !relay.is_being_refilled() {
        let bytes = stored.brought.iter().map(|log| log.bytes).sum();
        let now = Instant::now();
        relay.usage.count_beside(region, key, bytes, now);
    }
    Ok(body::json(&stored.pushed))
}

pub(super) async fn pull(asked: Asked<'_>, region: RegionId) -> Answer {
    let (krets, key) = asked.head.device(region).await?;
    let [first, bytes] = asked.head.numbers(["first", "bytes"])?;
    let (bytes, share) = asked.head.page((region, Some(key)), bytes).await?;
    let first = first.unwrap_or(1);
    let page = asked.head.relay.store.parts(krets.id, first, bytes).await?;
    let page = page.ok_or(Refused::new(RefusalCode::NotFound, "snapshot"))?;
    Ok(body::frames(page, share))
}
