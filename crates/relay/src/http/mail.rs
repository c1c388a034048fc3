//! Orders for letters, and hints of what has come. Whose an order is, is not asked.

use super::{Answer, Asked, Head, body};
use crate::refusal::Refused;
use crate::relay::Krets;
use crate::signature::is_by;
use lettre::Address;
use radrum_wire::relay::{RECORD_TYPE, RefusalCode};
use radrum_wire::{AuthKey, EntryHash, Hints, MailOrder, MailWish, Record as _, RegionId, SignKey};
use std::collections::BTreeMap;

/// Without a bearer: the first order of a key is paid for with a token, later ones are signed by
/// the same key.
pub(super) async fn order(mut asked: Asked<'_>, region: RegionId) -> Answer {
    let krets = asked.head.anybody(region)?;
    sends(asked.head)?;
    let held = asked
        .read(Some((region, None)), RECORD_TYPE, MailOrder::BYTES_MAX)
        .await?;
    let order = MailOrder::decode_record(&held.bytes)?;
    let message = MailOrder::signing_bytes(region, &order.wish);
    if !is_by(auth(order.key), &message, order.signature) {
        return Err(Refused::malformed("signature"));
    }
    let wish = MailWish::decode_record(&order.wish)?;
    if !wish.address.is_empty() && wish.address.parse::<Address>().is_err() {
        return Err(Refused::malformed("address"));
    }
    let store = &asked.head.relay.store;
    if !store.has_mail(krets.id, order.key).await? {
        if wish.address.is_empty() {
            return Ok(done());
        }
        pay(asked.head, krets, &order).await?;
    }
    store.put_mail(krets.id, order.key, wish).await?;
    Ok(done())
}

/// A token pays for the key of one order.
async fn pay(head: Head<'_>, krets: &Krets, order: &MailOrder) -> Result<(), Refused> {
    let token = order.token.as_ref().ok_or(Refused::malformed("token"))?;
    let store = &head.relay.store;
    let issuer = krets.issuer(&**store).await?;
    let message = MailOrder::paying_bytes(krets.region, order.key);
    if !is_by(auth(token.key), &message, token.spent) || !issuer.has_signed(krets.region, token) {
        return Err(Refused::malformed("token"));
    }
    let pays_for = EntryHash::from_bytes(*order.key.as_bytes());
    if store.spend(krets.id, token.key, pays_for).await? {
        Ok(())
    } else {
        Err(Refused::malformed("token is spent"))
    }
}

/// Marks the orders that a hint is in.
pub(super) async fn hints(mut asked: Asked<'_>, region: RegionId) -> Answer {
    let (krets, key) = asked.head.device(region).await?;
    sends(asked.head)?;
    let held = asked
        .read(Some((region, Some(key))), RECORD_TYPE, Hints::BYTES_MAX)
        .await?;
    let hints = Hints::decode_record(&held.bytes)?;
    asked.head.relay.store.mark_mail(krets.id, hints).await?;
    Ok(done())
}

fn sends(head: Head<'_>) -> Result<(), Refused> {
    if head.relay.sends_mail {
        Ok(())
    } else {
        Err(Refused::new(RefusalCode::NotFound, "no letters here"))
    }
}

fn auth(key: SignKey) -> AuthKey {
    AuthKey::from_bytes(*key.as_bytes())
}

fn done() -> axum::http::Response<axum::body::Body> {
    body::json(&BTreeMap::<String, String>::new())
}
