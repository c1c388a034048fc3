//! Challenges and tokens. Both live in memory and end by the monotonic clock, so no clock that
//! somebody sets decides who is let in.

use crate::signature::is_by;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use radrum_wire::limits::{RELAY_CHALLENGE_S, RELAY_TOKEN_S};
use radrum_wire::relay::{TokenRequest, auth_signing_bytes};
use radrum_wire::{AuthKey, Digest, RegionId};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a token lasts.
pub const TOKEN: Duration = Duration::from_secs(RELAY_TOKEN_S);

const CHALLENGE: Duration = Duration::from_secs(RELAY_CHALLENGE_S);

/// Most open challenges. Anybody may ask for one, so the oldest give way: 10 MB at most.
const CHALLENGES_MAX: usize = 100_000;

/// Who showed a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// For which krets.
    pub region: RegionId,
    /// Which key.
    pub key: AuthKey,
    /// When it ends.
    pub until: Instant,
}

/// Bytes of a token that are drawn.
const DRAWN: usize = 32;

/// What has been handed out.
pub struct Auth {
    /// What the processes on one database prove their tokens with.
    secret: Digest,
    challenges: Mutex<Challenges>,
    /// By the hash of the token: whoever reads this memory or a core dump finds no token.
    tokens: Mutex<BTreeMap<Digest, Session>>,
}

#[derive(Default)]
struct Challenges {
    open: BTreeMap<Digest, Session>,
    /// In the order in which they end.
    order: VecDeque<(Instant, Digest)>,
}

impl Challenges {
    fn forget(&mut self, now: Instant) {
        while let Some((until, challenge)) = self.order.front().copied() {
            if until > now && self.order.len() < CHALLENGES_MAX {
                break;
            }
            self.order.pop_front();
            self.open.remove(&challenge);
        }
    }
}

impl Auth {
    /// Nothing handed out yet.
    #[must_use]
    pub fn new(secret: Digest) -> Self {
        Self {
            secret,
            challenges: Mutex::default(),
            tokens: Mutex::default(),
        }
    }

    /// Proves that a token was made by a process of this relay.
    fn proof(&self, drawn: &[u8]) -> blake3::Hash {
        blake3::keyed_hash(self.secret.as_bytes(), drawn)
    }

    /// Whether a process of this relay made a token. Says nothing about whether it still lasts.
    #[must_use]
    pub fn is_ours(&self, token: &str) -> bool {
        let bytes = URL_SAFE_NO_PAD.decode(token).unwrap_or_default();
        let parts = bytes.split_at_checked(DRAWN);
        parts.is_some_and(|(drawn, proof)| {
            // In constant time: `blake3::Hash` compares so.
            proof
                .try_into()
                .is_ok_and(|proof: [u8; 32]| self.proof(drawn) == proof)
        })
    }

    /// Remembers a challenge for a key, known or not.
    pub fn open(&self, challenge: Digest, region: RegionId, key: AuthKey, now: Instant) {
        let mut all = lock(&self.challenges);
        all.forget(now);
        let until = now + CHALLENGE;
        all.order.push_back((until, challenge));
        all.open.insert(challenge, Session { region, key, until });
    }

    /// Takes an answer; the challenge is used up, right or wrong.
    #[must_use]
    pub fn is_answered(&self, relay: Digest, request: &TokenRequest, now: Instant) -> bool {
        let opened = lock(&self.challenges).open.remove(&request.challenge);
        let asked = opened.is_some_and(|opened| {
            opened.until > now && opened.region == request.region && opened.key == request.key
        });
        let message = auth_signing_bytes(relay, request.region, request.key, request.challenge);
        asked && is_by(request.key, &message, request.signature)
    }

    /// Lets a key in with 32 random bytes of the caller. Gives the token, and its hash.
    pub fn let_in(
        &self,
        drawn: Digest,
        region: RegionId,
        key: AuthKey,
        now: Instant,
    ) -> (String, Digest) {
        let proof = self.proof(drawn.as_bytes());
        let token = [drawn.as_bytes().as_slice(), proof.as_bytes()].concat();
        let token = URL_SAFE_NO_PAD.encode(token);
        let hash = hash(&token);
        self.learn(hash, region, key, now + TOKEN);
        (token, hash)
    }

    /// A token that another process gave out.
    pub fn learn(&self, hash: Digest, region: RegionId, key: AuthKey, until: Instant) {
        lock(&self.tokens).insert(hash, Session { region, key, until });
    }

    /// Whose token it is.
    #[must_use]
    pub fn session(&self, hash: Digest, now: Instant) -> Option<Session> {
        let session = lock(&self.tokens).get(&hash).copied();
        session.filter(|session| session.until > now)
    }

    /// Forgets what has ended.
    pub fn sweep(&self, now: Instant) {
        lock(&self.challenges).forget(now);
        lock(&self.tokens).retain(|_, session| session.until > now);
    }
}

/// What is kept of a token.
#[must_use]
pub fn hash(token: &str) -> Digest {
    Digest::from_bytes(*blake3::hash(token.as_bytes()).as_bytes())
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::{Auth, CHALLENGE, CHALLENGES_MAX, TOKEN, hash};
    use ed25519_dalek::{Signer as _, SigningKey};
    use radrum_wire::relay::{TokenRequest, auth_signing_bytes};
    use radrum_wire::{AuthKey, Digest, RegionId, Signature};
    use std::time::{Duration, Instant};

    const RELAY: Digest = Digest::from_bytes([7; 32]);
    const REGION: RegionId = RegionId::from_bytes([1; 16]);

    fn answer(challenge: Digest) -> TokenRequest {
        let signing = SigningKey::from_bytes(&[3; 32]);
        let key = AuthKey::from_bytes(signing.verifying_key().to_bytes());
        let message = auth_signing_bytes(RELAY, REGION, key, challenge);
        TokenRequest {
            region: REGION,
            key,
            challenge,
            signature: Signature::from_bytes(signing.sign(&message).to_bytes()),
        }
    }

    #[test]
    fn a_challenge_is_good_once_and_for_a_minute() {
        let (auth, now) = (Auth::new(RELAY), Instant::now());
        let challenge = Digest::from_bytes([9; 32]);
        let request = answer(challenge);
        assert!(!auth.is_answered(RELAY, &request, now));
        auth.open(challenge, REGION, request.key, now);
        assert!(auth.is_answered(RELAY, &request, now));
        assert!(!auth.is_answered(RELAY, &request, now));
        auth.open(challenge, REGION, request.key, now);
        assert!(!auth.is_answered(RELAY, &request, now + CHALLENGE));
        auth.open(challenge, REGION, request.key, now);
        assert!(!auth.is_answered(Digest::from_bytes([8; 32]), &request, now));
        let other = RegionId::from_bytes([2; 16]);
        auth.open(challenge, other, request.key, now);
        assert!(!auth.is_answered(RELAY, &request, now));
    }

    #[test]
    fn a_token_ends_by_the_monotonic_clock() {
        let (auth, now) = (Auth::new(RELAY), Instant::now());
        let key = AuthKey::from_bytes([4; 32]);
        let (token, _) = auth.let_in(Digest::from_bytes([5; 32]), REGION, key, now);
        let last = now + TOKEN - Duration::from_millis(1);
        assert!(auth.is_ours(&token));
        for strange in [
            "",
            "AAAA",
            &token[1..],
            &token.replace('A', "B").to_lowercase(),
        ] {
            assert!(!auth.is_ours(strange), "{strange}");
        }
        assert!(!Auth::new(Digest::from_bytes([1; 32])).is_ours(&token));
        assert_eq!(auth.session(hash(&token), last).map(|s| s.key), Some(key));
        assert_eq!(auth.session(hash(&token), now + TOKEN), None);
        auth.sweep(now + TOKEN);
        assert!(auth.tokens.lock().expect("lock").is_empty());
    }

    #[test]
    fn challenges_that_nobody_answers_give_way() {
        let (auth, now) = (Auth::new(RELAY), Instant::now());
        let key = AuthKey::from_bytes([4; 32]);
        for n in 0..CHALLENGES_MAX + 100 {
            let mut bytes = [0; 32];
            bytes[..8].copy_from_slice(&n.to_be_bytes());
            auth.open(Digest::from_bytes(bytes), REGION, key, now);
        }
        let open = auth.challenges.lock().expect("lock").open.len();
        assert_eq!(open, CHALLENGES_MAX);
        auth.sweep(now + CHALLENGE);
        assert!(auth.challenges.lock().expect("lock").open.is_empty());
    }
}
