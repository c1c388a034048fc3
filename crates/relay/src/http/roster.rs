//! The roster. It needs no token to be put: an emptied relay knows nobody, and the signatures
//! prove it.

use super::{Answer, Asked, body};
use crate::refusal::Refused;
use crate::roster::Allowed;
use radrum_wire::RegionId;
use radrum_wire::limits::ROSTER_BYTES_MAX;
use radrum_wire::relay::{RECORD_TYPE, RefusalCode};
use serde::Serialize;

/// Number of the roster that stands now.
#[derive(Serialize)]
struct Standing {
    roster: u64,
}

pub(super) async fn put(mut asked: Asked<'_>, region: RegionId) -> Answer {
    let krets = asked.head.anybody(region)?;
    let held = asked
        .read(Some((region, None)), RECORD_TYPE, ROSTER_BYTES_MAX)
        .await?;
    let store = &*asked.head.relay.store;
    let new = Allowed::read(&held.bytes, region, &krets.keys)?;
    let record = held.bytes.to_vec();
    // Whoever sends the same again, since an answer was lost, has succeeded.
    if store.roster(krets.id).await?.as_ref() == Some(&record) {
        return Ok(body::json(&Standing { roster: new.number }));
    }
    krets.read_roster(store).await?;
    let before = krets.allowed();
    new.follows(&before)?;
    let roster = new.number;
    let kept = store
        .put_roster(krets.id, before.number, roster, record)
        .await?;
    krets.read_roster(store).await?;
    if !kept {
        return Err(Refused::new(RefusalCode::RosterBehind, "roster"));
    }
    tracing::info!(%region, roster, devices = new.devices.len(), "new roster");
    Ok(body::json(&Standing { roster }))
}

pub(super) async fn get(asked: Asked<'_>, region: RegionId) -> Answer {
    let (krets, _) = asked.head.device(region).await?;
    let record = asked.head.relay.store.roster(krets.id).await?;
    let record = record.ok_or(Refused::new(RefusalCode::NotFound, "roster"))?;
    Ok(body::record(record))
}
