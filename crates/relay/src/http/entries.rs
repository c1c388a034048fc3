//! Entries of logs.

use super::{Answer, Asked, body};
use crate::refusal::Refused;
use crate::relay::Relay;
use crate::store::{Entry, Stored};
use radrum_wire::limits::{RANGES_MAX, RELAY_BODY_BYTES_MAX, RELAY_WAIT_S_MAX};
use radrum_wire::relay::{FRAMES_TYPE, RECORD_TYPE, RefusalCode, RelayState, Woken};
use radrum_wire::{
    AuthKey, Family, Frames, Heads, LogId, Ranges, Record as _, RegionId, WireError,
};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

pub(super) async fn state(asked: Asked<'_>, region: RegionId) -> Answer {
    let (krets, _) = asked.head.device(region).await?;
    let (cursor, digest) = krets.digest(&*asked.head.relay.store).await?;
    Ok(body::json(&RelayState {
        cursor,
        store: asked.head.relay.identity.store,
        digest,
        roster: krets.allowed().number,
    }))
}

/// Reads frames of one krets and of families that belong to the path.
pub(super) fn read(
    bytes: &[u8],
    region: RegionId,
    belongs: fn(Family) -> bool,
) -> Result<Vec<Entry>, Refused> {
    let mut entries = Vec::new();
    for envelope in Frames::new(bytes) {
        let envelope = envelope?;
        if envelope.place().region != region {
            return Err(WireError::OtherRegion.into());
        }
        if !belongs(envelope.stub().place.family()) {
            return Err(Refused::malformed("family of another path"));
        }
        entries.push(Entry::new(&envelope));
    }
    Ok(entries)
}

pub(super) async fn push(mut asked: Asked<'_>, region: RegionId) -> Answer {
    let (krets, key) = asked.head.device(region).await?;
    let held = asked
        .read(Some((region, Some(key))), FRAMES_TYPE, RELAY_BODY_BYTES_MAX)
        .await?;
    let relay = asked.head.relay;
    let entries = read(&held.bytes, region, |family| {
        // What a newer program writes is kept and passed on.
        !matches!(family, Family::Slot | Family::Snapshot | Family::Blob)
    })?;
    let logs = entries.iter().map(|entry| entry.place.log).collect();
    may_bring(relay, region, key, logs)?;
    let room = relay.quotas.krets_bytes;
    let stored = relay.store.push(krets.id, entries, room).await?;
    brought(relay, region, key, &stored);
    krets.came(stored.pushed.cursor);
    Ok(body::json(&stored.pushed))
}

/// Keeps stubs only of some entries, for ever. Whoever is on the roster may ask:
/// a relay cannot tell whose entries they are, and members notice a stub that nobody erased.
pub(super) async fn keep_stubs(mut asked: Asked<'_>, region: RegionId) -> Answer {
    let (krets, key) = asked.head.device(region).await?;
    let held = asked
        .read(Some((region, Some(key))), RECORD_TYPE, Heads::BYTES_MAX)
        .await?;
    let entries = Heads::decode_record(&held.bytes)?;
    if entries.as_slice().len() > RANGES_MAX {
        return Err(Refused::malformed("entries"));
    }
    asked.head.relay.store.keep_stubs(krets.id, entries).await?;
    Ok(body::json(
        &std::collections::BTreeMap::<String, String>::new(),
    ))
}

/// Whether the day's quota lets a device bring more of these logs.
pub(super) fn may_bring(
    relay: &Relay,
    region: RegionId,
    key: AuthKey,
    logs: BTreeSet<LogId>,
) -> Result<(), Refused> {
    let full = |wait| Refused::after(RefusalCode::QuotaExceeded, "new entries a day", wait);
    relay
        .usage
        .check(region, key, logs.into_iter(), Instant::now())
        .map_err(full)
}

/// Counts what was new.
fn brought(relay: &Relay, region: RegionId, key: AuthKey, stored: &Stored) {
    let bytes = stored.brought.iter().map(|log| log.bytes).sum();
    relay.metrics.stored(u64::from(stored.pushed.stored), bytes);
    if !stored.brought.is_empty() && !relay.is_being_refilled() {
        relay
            .usage
            .count(region, key, &stored.brought, Instant::now());
    }
}

pub(super) async fn pull(asked: Asked<'_>, region: RegionId) -> Answer {
    let (krets, key) = asked.head.device(region).await?;
    let [after, bytes] = asked.head.numbers(["after", "bytes"])?;
    let (bytes, share) = asked.head.page((region, Some(key)), bytes).await?;
    let after = after.unwrap_or_default();
    let page = asked.head.relay.store.pull(krets.id, after, bytes).await?;
    let cursor = page.cursor;
    Ok(body::with_cursor(body::frames(page, share), cursor))
}

pub(super) async fn wait(asked: Asked<'_>, region: RegionId) -> Answer {
    let (krets, _) = asked.head.device(region).await?;
    let [after, seconds] = asked.head.numbers(["after", "seconds"])?;
    let after = after.unwrap_or_default();
    let seconds = seconds.unwrap_or(RELAY_WAIT_S_MAX).min(RELAY_WAIT_S_MAX);
    let _waiting = asked.head.relay.metrics.waits();
    let mut cursor = krets.cursor.subscribe();
    tokio::select! {
        _ = cursor.wait_for(|cursor| *cursor > after) => {}
        () = tokio::time::sleep(Duration::from_secs(seconds)) => {}
        () = asked.head.relay.stopped() => {}
    }
    let cursor = *krets.cursor.borrow();
    Ok(body::json(&Woken { cursor }))
}

pub(super) async fn heads(asked: Asked<'_>, region: RegionId) -> Answer {
    let (krets, _) = asked.head.device(region).await?;
    let heads = asked.head.relay.store.heads(krets.id).await?;
    Ok(body::record(heads.encode_record()?))
}

pub(super) async fn ranges(mut asked: Asked<'_>, region: RegionId) -> Answer {
    let (krets, key) = asked.head.device(region).await?;
    let held = asked
        .read(Some((region, Some(key))), RECORD_TYPE, Ranges::BYTES_MAX)
        .await?;
    let ranges = Ranges::decode_record(&held.bytes)?;
    let (bytes, share) = asked
        .head
        .page((region, Some(key)), Some(RELAY_BODY_BYTES_MAX as u64))
        .await?;
    let page = asked
        .head
        .relay
        .store
        .ranges(krets.id, ranges, bytes)
        .await?;
    Ok(body::frames(page, share))
}
