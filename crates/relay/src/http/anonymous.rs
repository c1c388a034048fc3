//! Tokens that are signed blindly, and posts that are paid for with one.
//!
//! Nobody shows who he is at `/anonymous`, and no line of a log and no figure names a device
//! at either path.

use super::{Answer, Asked, body};
use crate::issuer::WEEK_S;
use crate::refusal::Refused;
use crate::signature::is_by;
use crate::store::{Entry, now_s};
use radrum_wire::relay::{RECORD_TYPE, RefusalCode};
use radrum_wire::{
    AnonymousPost, AnonymousToken, AuthKey, Blinded, Digest, Envelope, Family, Record as _,
    RegionId, WireError,
};
use std::collections::BTreeMap;
use std::time::Duration;

/// The key that tokens are signed with. A device compares it with what an admin has signed.
pub(super) async fn issuer(asked: Asked<'_>, region: RegionId) -> Answer {
    let (krets, _) = asked.head.device(region).await?;
    let issuer = krets.issuer(&*asked.head.relay.store).await?;
    Ok(body::file(issuer.public_der().to_vec()))
}

/// One request a week for each device; a repeat of it is signed alike.
pub(super) async fn tokens(mut asked: Asked<'_>, region: RegionId) -> Answer {
    let (krets, key) = asked.head.device(region).await?;
    let held = asked
        .read(Some((region, Some(key))), RECORD_TYPE, Blinded::BYTES_MAX)
        .await?;
    let blinded = Blinded::decode_record(&held.bytes)?;
    let store = &*asked.head.relay.store;
    let now = now_s().unsigned_abs();
    let request = Digest::from_bytes(*blake3::hash(&held.bytes).as_bytes());
    let week = (now / WEEK_S, request);
    if !store.issue(krets.id, key, week).await? {
        let left = Duration::from_secs(WEEK_S - now % WEEK_S);
        return Err(Refused::after(
            RefusalCode::TooManyRequests,
            "tokens a week",
            left,
        ));
    }
    // Signing costs the most, so it comes last.
    let issuer = krets.issuer(store).await?;
    let signing = tokio::task::spawn_blocking(move || issuer.sign(&blinded)).await;
    let signed = signing
        .ok()
        .and_then(Result::ok)
        .ok_or(Refused::malformed("blinded message"))?;
    Ok(body::record(signed.encode_record()?))
}

/// Without a bearer: the token is all that is shown.
pub(super) async fn post(mut asked: Asked<'_>, region: RegionId) -> Answer {
    let krets = asked.head.anybody(region)?;
    let held = asked
        .read(Some((region, None)), RECORD_TYPE, AnonymousPost::BYTES_MAX)
        .await?;
    let post = AnonymousPost::decode_record(&held.bytes)?;
    let envelope = Envelope::decode(&post.envelope)?;
    let place = *envelope.place();
    if place.region != region {
        return Err(WireError::OtherRegion.into());
    }
    if place.family() != Family::Anonymous || envelope.is_stub() {
        return Err(Refused::malformed("family of another path"));
    }
    let token = &post.token;
    let message = AnonymousToken::spending_bytes(region, place.log, place.seq, place.prev);
    let by = AuthKey::from_bytes(*token.key.as_bytes());
    let relay = asked.head.relay;
    let issuer = krets.issuer(&*relay.store).await?;
    if !is_by(by, &message, token.spent) || !issuer.has_signed(region, token) {
        return Err(Refused::malformed("token"));
    }
    let entry = Entry::new(&envelope);
    if !relay.store.spend(krets.id, token.key, entry.hash).await? {
        return Err(Refused::malformed("token is spent"));
    }
    let room = relay.quotas.krets_bytes;
    let stored = relay.store.push(krets.id, vec![entry], room).await?;
    let bytes = stored.brought.iter().map(|log| log.bytes).sum();
    relay.metrics.stored(u64::from(stored.pushed.stored), bytes);
    krets.came(stored.pushed.cursor);
    Ok(body::json(&BTreeMap::<String, String>::new()))
}
