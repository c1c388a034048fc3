//! What roads see of this device without waiting for the writer.

use super::Krets;
use crate::Error;
use radrum_store::Read;
use radrum_sync::{Holdings, Precedence};
use radrum_wire::{AuthKey, EntryHash, LogId, Place, RegionId};
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Shared by the writer, who changes it after each commit, and the roads.
#[derive(Debug, Clone, Default)]
pub(crate) struct Held(Arc<RwLock<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    /// Loaded when the first road wants it: a start need not read it.
    holdings: Option<Arc<Holdings>>,
    own: BTreeSet<LogId>,
    /// Logs of admins: they carry facts.
    facts: BTreeSet<LogId>,
    /// Relay keys of the devices that belong.
    members: BTreeSet<AuthKey>,
    /// They are enough for one of them to write without a name.
    crowd: bool,
}

impl Held {
    /// What is held, once it has been loaded.
    pub fn holdings(&self) -> Option<Arc<Holdings>> {
        self.inner().holdings.clone()
    }

    /// Replaces what is held, after the commit that made it so; none is loaded anew when it
    /// is wanted.
    pub fn set(&self, holdings: Option<Arc<Holdings>>) {
        self.inner_mut().holdings = holdings;
    }

    /// Counts own entries that were committed.
    pub fn append(&self, entries: &[(Place, EntryHash)]) {
        let mut inner = self.inner_mut();
        let Some(holdings) = &mut inner.holdings else {
            return;
        };
        let holdings = Arc::make_mut(holdings);
        for (place, hash) in entries {
            holdings.insert(place, *hash, &|_| false);
        }
    }

    /// Takes over what the facts say.
    pub fn believe(&self, krets: &Krets) {
        let members = &krets.members;
        let admins = members
            .active()
            .filter(|(_, grant)| members.is_admin(&grant.sign, grant.municipality));
        let mut inner = self.inner_mut();
        inner.own = members.logs_of(krets.grant).collect();
        inner.facts = admins.flat_map(|(hash, _)| members.logs_of(hash)).collect();
        inner.crowd = krets.is_crowd();
        inner.members = members.active().map(|(_, grant)| grant.auth).collect();
    }

    pub fn precedence(&self, log: LogId) -> Precedence {
        let inner = self.inner();
        if inner.own.contains(&log) {
            Precedence::Own
        } else if inner.facts.contains(&log) {
            Precedence::Facts
        } else {
            Precedence::Other
        }
    }

    pub fn is_member(&self, key: AuthKey) -> bool {
        self.inner().members.contains(&key)
    }

    pub fn is_crowd(&self) -> bool {
        self.inner().crowd
    }

    pub fn own_logs(&self) -> Vec<LogId> {
        self.inner().own.iter().copied().collect()
    }

    fn inner(&self) -> RwLockReadGuard<'_, Inner> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn inner_mut(&self) -> RwLockWriteGuard<'_, Inner> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads what is held. Of a log that is whole only its end is looked at.
pub(crate) fn load_holdings(read: &Read<'_>, region: RegionId) -> Result<Holdings, Error> {
    let mut holdings = Holdings::default();
    for end in read.log_ends()? {
        if end.whole {
            holdings.resume(end.head);
            continue;
        }
        let mut before: BTreeSet<EntryHash> = BTreeSet::new();
        for (place, hash) in read.places_of(region, end.head.log)? {
            holdings.insert(&place, hash, &|head| before.contains(&head.hash));
            before.insert(hash);
        }
    }
    Ok(holdings)
}
