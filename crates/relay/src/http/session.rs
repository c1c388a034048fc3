//! Showing a key.

use super::{Answer, Asked, body};
use crate::auth::TOKEN;
use crate::refusal::Refused;
use crate::store::draw;
use radrum_wire::relay::{Challenge, ChallengeRequest, RefusalCode, Token, TokenRequest};
use std::time::Instant;

/// Also for keys that stand on no roster: who asks learns nothing.
pub(super) async fn challenge(mut asked: Asked<'_>) -> Answer {
    let request: ChallengeRequest = asked.json().await?;
    let relay = asked.head.relay;
    relay.krets(request.region)?;
    let challenge = draw()?;
    relay
        .auth
        .open(challenge, request.region, request.key, Instant::now());
    Ok(body::json(&Challenge {
        relay: relay.identity.relay,
        challenge,
    }))
}

pub(super) async fn token(mut asked: Asked<'_>) -> Answer {
    let request: TokenRequest = asked.json().await?;
    let relay = asked.head.relay;
    let krets = relay.krets(request.region)?;
    let now = Instant::now();
    if !relay.auth.is_answered(relay.identity.relay, &request, now) {
        return Err(Refused::new(RefusalCode::Unauthorized, "challenge"));
    }
    // Only who holds the key learns whether it is on the roster.
    if !krets.allowed().devices.contains(&request.key) {
        return Err(Refused::new(RefusalCode::NotOnRoster, "roster"));
    }
    let too_many = |wait| Refused::after(RefusalCode::TooManyRequests, "requests a minute", wait);
    relay
        .usage
        .request(request.region, request.key)
        .map_err(too_many)?;
    let (token, hash) = relay.auth.let_in(draw()?, request.region, request.key, now);
    relay
        .store
        .share_token(hash, krets.id, request.key, TOKEN)
        .await?;
    Ok(body::json(&Token {
        token,
        lifetime_s: TOKEN.as_secs(),
    }))
}
