//! One relay: its store, whom it serves, and what it holds in memory.

use crate::auth::{self, Auth};
use crate::config::{Config, KretsConfig, Quotas};
use crate::issuer::Issuer;
use crate::metrics::Metrics;
use crate::quota::Usage;
use crate::refusal::Refused;
use crate::roster::Allowed;
use crate::store::{Identity, KretsId, Marks, Store, StoreError, now_s};
use radrum_wire::relay::RefusalCode;
use radrum_wire::{AuthKey, Digest, RegionId};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};
use tokio::sync::{OnceCell, OwnedSemaphorePermit, Semaphore, watch};

/// Bytes of bodies that are in memory at a time, read or written. Who comes when it is full
/// waits, and is then told to come again.
const BODIES_BYTES: usize = 128 * 1024 * 1024;

/// Bytes of bodies of one device at a time, and of all who show no token together: whoever sends
/// or reads slowly on many connections takes only his own part.
const OWN_BODIES_BYTES: usize = 12 * 1024 * 1024;

/// Unit in which these are handed out.
const BODIES_UNIT: usize = 1024;

/// How long a request waits for its share.
const SHARE: Duration = Duration::from_secs(5);

/// Whose body it is: a device's, or that of somebody without a token.
pub type Owner = (RegionId, Option<AuthKey>);

/// A part of the memory for bodies, given back when dropped.
pub struct Share {
    _own: Option<OwnedSemaphorePermit>,
    _all: OwnedSemaphorePermit,
}

/// Everything that requests share.
pub struct Relay {
    /// What lasts.
    pub store: Arc<dyn Store>,
    /// What the database was made with.
    pub identity: Identity,
    /// Challenges and tokens.
    pub auth: Auth,
    /// What devices have brought and asked.
    pub usage: Usage,
    /// Limits.
    pub quotas: Quotas,
    /// Figures.
    pub metrics: Metrics,
    /// Whether it sends letters.
    pub sends_mail: bool,
    krets: BTreeMap<RegionId, Krets>,
    bodies: Arc<Semaphore>,
    own_bodies: Mutex<BTreeMap<Owner, Arc<Semaphore>>>,
    stopping: watch::Sender<bool>,
}

/// A krets that the operator named.
pub struct Krets {
    /// In the store.
    pub id: KretsId,
    /// Everywhere else.
    pub region: RegionId,
    /// The operator's keys.
    pub keys: Vec<AuthKey>,
    /// Newest cursor; what waits is woken by it.
    pub cursor: watch::Sender<u64>,
    allowed: RwLock<Arc<Allowed>>,
    /// Drawn when it is first asked for.
    issuer: OnceCell<Arc<Issuer>>,
    /// Of the heads at a cursor.
    digest: Mutex<Option<(u64, Digest)>>,
}

impl Relay {
    /// Reads what the store has of each krets.
    ///
    /// # Errors
    /// As the store.
    pub async fn new(store: Arc<dyn Store>, config: &Config) -> Result<Self, StoreError> {
        let mut krets = BTreeMap::new();
        for one in &config.krets {
            krets.insert(one.region, Krets::open(&*store, one).await?);
        }
        let identity = store.identity().await?;
        let relay = Self {
            identity,
            store,
            auth: Auth::new(identity.secret),
            usage: Usage::new(config.quotas),
            quotas: config.quotas,
            metrics: Metrics::default(),
            sends_mail: config.mail.is_some(),
            krets,
            bodies: Arc::new(Semaphore::new(BODIES_BYTES / BODIES_UNIT)),
            own_bodies: Mutex::default(),
            stopping: watch::Sender::new(false),
        };
        relay.look().await?;
        Ok(relay)
    }

    /// A krets by the id in a path.
    ///
    /// # Errors
    /// `example` and `unknown_region`.
    pub fn krets(&self, region: RegionId) -> Result<&Krets, Refused> {
        if region == RegionId::EXAMPLE {
            return Err(Refused::new(RefusalCode::Example, "never served"));
        }
        let unknown = Refused::new(RefusalCode::UnknownRegion, "not served here");
        self.krets.get(&region).ok_or(unknown)
    }

    /// Takes over what other processes on the same database have written.
    ///
    /// # Errors
    /// As the store.
    pub async fn look(&self) -> Result<(), StoreError> {
        let marks: BTreeMap<KretsId, Marks> = self.store.marks().await?.into_iter().collect();
        for krets in self.krets.values() {
            let Some(marks) = marks.get(&krets.id) else {
                continue;
            };
            krets.came(marks.cursor);
            if marks.roster != krets.allowed().number {
                krets.read_roster(&*self.store).await?;
            }
        }
        Ok(())
    }

    /// Whether a token's hash is good for a krets, and whose it is.
    ///
    /// # Errors
    /// `unauthorized`, `not_on_roster`, `unavailable`.
    pub async fn device(&self, krets: &Krets, token: &str) -> Result<AuthKey, Refused> {
        let (hash, now) = (auth::hash(token), Instant::now());
        if self.auth.session(hash, now).is_none()
            && self.auth.is_ours(token)
            && let Some((id, key, left)) = self.store.shared_token(hash).await?
            && id == krets.id
        {
            self.auth.learn(hash, krets.region, key, now + left);
        }
        let session = self.auth.session(hash, now);
        let session = session
            .filter(|session| session.region == krets.region)
            .ok_or(Refused::new(RefusalCode::Unauthorized, "no such token"))?;
        if krets.allowed().devices.contains(&session.key) {
            Ok(session.key)
        } else {
            Err(Refused::new(RefusalCode::NotOnRoster, "roster"))
        }
    }

    /// A share of the memory for bodies. Without an owner for bodies of a kilobyte only.
    ///
    /// # Errors
    /// `too_many_requests` when the owner's part is taken, `unavailable` when all is.
    pub async fn share(&self, owner: Option<Owner>, bytes: usize) -> Result<Share, Refused> {
        let units = u32::try_from(bytes.div_ceil(BODIES_UNIT)).unwrap_or(u32::MAX);
        let own = match owner {
            Some(owner) => Some(take(self.own(owner), units).await.ok_or(Refused::new(
                RefusalCode::TooManyRequests,
                "bodies at a time",
            ))?),
            None => None,
        };
        let all = take(self.bodies.clone(), units).await;
        let all = all.ok_or(Refused::new(RefusalCode::Unavailable, "busy"))?;
        Ok(Share {
            _own: own,
            _all: all,
        })
    }

    fn own(&self, owner: Owner) -> Arc<Semaphore> {
        let mut own = self
            .own_bodies
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let part = || Arc::new(Semaphore::new(OWN_BODIES_BYTES / BODIES_UNIT));
        own.entry(owner).or_insert_with(part).clone()
    }

    /// Forgets what has run out in memory.
    pub fn sweep(&self, now: Instant) {
        self.auth.sweep(now);
        self.usage.sweep(now);
        let mut own = self
            .own_bodies
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        own.retain(|_, part| Arc::strong_count(part) > 1);
    }

    /// Whether clients are still filling an emptied store.
    #[must_use]
    pub fn is_being_refilled(&self) -> bool {
        let age = now_s()
            .unsigned_abs()
            .saturating_sub(self.identity.made_at_s);
        age < self.quotas.refill_hours.saturating_mul(3600)
    }

    /// From now on: what waits is answered, what comes is refused.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Whether it stops.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// Ends when the relay stops.
    pub async fn stopped(&self) {
        let _ = self.stopping.subscribe().wait_for(|stops| *stops).await;
    }
}

async fn take(from: Arc<Semaphore>, units: u32) -> Option<OwnedSemaphorePermit> {
    let taken = tokio::time::timeout(SHARE, from.acquire_many_owned(units)).await;
    taken.ok().and_then(Result::ok)
}

impl Krets {
    async fn open(store: &dyn Store, config: &KretsConfig) -> Result<Self, StoreError> {
        Ok(Self {
            id: store.open_krets(config.region).await?,
            region: config.region,
            keys: config.roster_keys.clone(),
            cursor: watch::Sender::new(0),
            allowed: RwLock::default(),
            issuer: OnceCell::new(),
            digest: Mutex::default(),
        })
    }

    /// What signs the tokens of this krets. The store keeps the first that was drawn, whichever
    /// process drew it.
    ///
    /// # Errors
    /// As the store.
    pub async fn issuer(&self, store: &dyn Store) -> Result<Arc<Issuer>, StoreError> {
        let failed = || StoreError::Failed("issuer of tokens".into());
        let open = async || {
            let kept = match store.issuer(self.id).await? {
                Some(kept) => kept,
                None => {
                    let drawn = tokio::task::spawn_blocking(Issuer::generate).await;
                    let drawn = drawn.ok().and_then(Result::ok).ok_or_else(failed)?;
                    store.keep_issuer(self.id, drawn).await?
                }
            };
            let read = tokio::task::spawn_blocking(move || Issuer::read(&kept)).await;
            read.ok()
                .and_then(Result::ok)
                .map(Arc::new)
                .ok_or_else(failed)
        };
        self.issuer.get_or_try_init(open).await.cloned()
    }

    /// Something up to this cursor is on disk.
    pub fn came(&self, cursor: u64) {
        self.cursor.send_if_modified(|newest| {
            let higher = cursor > *newest;
            *newest = cursor.max(*newest);
            higher
        });
    }

    /// Today's roster.
    #[must_use]
    pub fn allowed(&self) -> Arc<Allowed> {
        let allowed = self.allowed.read().unwrap_or_else(PoisonError::into_inner);
        allowed.clone()
    }

    /// Takes the roster that the store has. One that the operator's keys do not lead to is not
    /// taken: keys were changed in the configuration, and a new roster is to come.
    ///
    /// # Errors
    /// As the store.
    pub async fn read_roster(&self, store: &dyn Store) -> Result<(), StoreError> {
        let Some(record) = store.roster(self.id).await? else {
            return Ok(());
        };
        match Allowed::read(&record, self.region, &self.keys) {
            Ok(read) => {
                let mut allowed = self.allowed.write().unwrap_or_else(PoisonError::into_inner);
                *allowed = Arc::new(read);
            }
            Err(error) => tracing::warn!(region = %self.region, %error, "stored roster"),
        }
        Ok(())
    }

    /// Digest of the heads, counted once for each cursor.
    ///
    /// # Errors
    /// As the store.
    pub async fn digest(&self, store: &dyn Store) -> Result<(u64, Digest), StoreError> {
        let lock = || self.digest.lock().unwrap_or_else(PoisonError::into_inner);
        let cursor = *self.cursor.borrow();
        let known = *lock();
        if let Some(known) = known.filter(|(at, _)| *at == cursor) {
            return Ok(known);
        }
        // What is written meanwhile makes the digest newer than the cursor: the next question
        // has a higher cursor and counts again.
        let digest = store.heads(self.id).await?.digest();
        *lock() = Some((cursor, digest));
        Ok((cursor, digest))
    }
}
