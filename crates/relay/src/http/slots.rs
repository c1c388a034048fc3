//! Slots: one overwritten envelope a log.

use super::{Answer, Asked, body, entries};
use crate::refusal::Refused;
use radrum_wire::limits::{HEARTBEAT_BYTES_MAX, RELAY_BODY_BYTES_MAX};
use radrum_wire::relay::{FRAMES_TYPE, RefusalCode};
use radrum_wire::{FRAME_LENGTH_BYTES, Family, LogId, RegionId, write_frame};
use serde::Serialize;

/// Whether the slot was kept: what has a higher counter is there otherwise.
#[derive(Serialize)]
struct Kept {
    kept: bool,
}

pub(super) async fn put(mut asked: Asked<'_>, region: RegionId, log: LogId) -> Answer {
    let (krets, key) = asked.head.device(region).await?;
    let limit = FRAME_LENGTH_BYTES + HEARTBEAT_BYTES_MAX;
    let held = asked
        .read(Some((region, Some(key))), FRAMES_TYPE, limit)
        .await?;
    let slots = entries::read(&held.bytes, region, |family| family == Family::Slot)?;
    let Ok([slot]) = <[_; 1]>::try_from(slots) else {
        return Err(Refused::malformed("one frame"));
    };
    if slot.place.log != log {
        return Err(Refused::malformed("slot of another log"));
    }
    let kept = asked.head.relay.store.put_slot(krets.id, slot).await?;
    Ok(body::json(&Kept { kept }))
}

pub(super) async fn get(asked: Asked<'_>, region: RegionId, log: LogId) -> Answer {
    let (krets, key) = asked.head.device(region).await?;
    let envelope = asked.head.relay.store.slot(krets.id, log).await?;
    let envelope = envelope.ok_or(Refused::new(RefusalCode::NotFound, "slot"))?;
    let mut page = crate::store::Page::default();
    write_frame(&mut page.frames, &envelope)?;
    let (_, share) = asked
        .head
        .page((region, Some(key)), Some(page.frames.len() as u64))
        .await?;
    Ok(body::frames(page, share))
}

pub(super) async fn list(asked: Asked<'_>, region: RegionId) -> Answer {
    let (krets, key) = asked.head.device(region).await?;
    let after = match asked.head.query {
        "" => None,
        query => {
            let log = query
                .strip_prefix("after=")
                .and_then(|log| log.parse().ok());
            Some(log.ok_or(Refused::malformed("query"))?)
        }
    };
    let (bytes, share) = asked
        .head
        .page((region, Some(key)), Some(RELAY_BODY_BYTES_MAX as u64))
        .await?;
    let page = asked.head.relay.store.slots(krets.id, after, bytes).await?;
    Ok(body::frames(page, share))
}
