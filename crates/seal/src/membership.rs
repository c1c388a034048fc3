//! Who belongs: a function of the set of signed facts. The order in which facts came, how
//! often, and what any clock says make no difference.
//!
//! Today it knows founding, root changes, grants, revocations and logs. Facts of other kinds
//! are passed over and kept by the caller. Suspending one-signature facts of an admin who was
//! cut off needs to know which entry carried each; that comes with the rules of 3/4 and
//! changes no byte of the format.

use crate::{EpochKey, EpochKeys, SealError, sign};
use radrum_wire::{
    AdminGrant, DeviceGrant, DeviceId, EpochId, EpochPackage, Eraser, FactContent, FactHash,
    Genesis, Head, ItemId, LogId, LogOpen, Place, RegionId, Revoke, RootChange, SignKey,
    SignedFact,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// For what an admin acts: one municipality, or the whole krets.
type Scope = Option<ItemId>;

/// What the facts say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    region: RegionId,
    genesis: FactHash,
    name: String,
    roots: Vec<[SignKey; 3]>,
    admins: BTreeMap<SignKey, BTreeSet<Scope>>,
    grants: BTreeMap<FactHash, DeviceGrant>,
    logs: BTreeMap<LogId, BTreeSet<FactHash>>,
    /// Of each revoked key, the last accepted entry of each log.
    revoked: BTreeMap<SignKey, BTreeMap<LogId, Head>>,
    packages: BTreeMap<FactHash, Package>,
    erasers: BTreeMap<SignKey, BTreeSet<Scope>>,
}

/// An epoch package, and whether somebody signed it who is still an admin.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Package {
    package: EpochPackage,
    standing: bool,
}

/// A fact of one kind with everyone whose signature under it is right.
struct Vouched<F> {
    hash: FactHash,
    fact: F,
    by: BTreeSet<SignKey>,
}

impl Membership {
    /// What a set of facts says. Facts with wrong or too few signatures, of another krets or
    /// malformed, say nothing.
    ///
    /// # Errors
    /// [`SealError::NoGenesis`], [`SealError::Example`].
    pub fn of<'a>(
        region: RegionId,
        facts: impl IntoIterator<Item = &'a SignedFact>,
    ) -> Result<Self, SealError> {
        if region == RegionId::EXAMPLE {
            return Err(SealError::Example);
        }
        let facts: Vec<&SignedFact> = facts.into_iter().collect();
        let genesis = vouched::<Genesis>(&facts)
            .into_iter()
            .find(|found| region_of(found.hash) == region && two_of(&found.fact.roots, &found.by))
            .ok_or(SealError::NoGenesis)?;
        let mut members = Self {
            region,
            genesis: genesis.hash,
            name: genesis.fact.name,
            roots: vec![genesis.fact.roots],
            admins: BTreeMap::new(),
            grants: BTreeMap::new(),
            logs: BTreeMap::new(),
            revoked: BTreeMap::new(),
            packages: BTreeMap::new(),
            erasers: BTreeMap::new(),
        };
        for first in genesis.fact.admins {
            let scopes = members.admins.entry(first.key).or_default();
            scopes.insert(first.municipality);
        }
        members.take_roots(vouched(&facts));
        members.take_admins(vouched(&facts));
        members.take_grants(vouched(&facts));
        members.take_logs(vouched(&facts));
        members.take_revokes(vouched(&facts));
        members.take_packages(vouched(&facts));
        members.take_erasers(vouched(&facts));
        Ok(members)
    }

    /// The hash of the founding; the region is its beginning.
    #[must_use]
    pub const fn genesis(&self) -> FactHash {
        self.genesis
    }

    /// Which krets.
    #[must_use]
    pub const fn region(&self) -> RegionId {
        self.region
    }

    /// What the krets is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A device's grant, also of a revoked device: its earlier entries stand.
    #[must_use]
    pub fn grant(&self, hash: FactHash) -> Option<&DeviceGrant> {
        self.grants.get(&hash)
    }

    /// All grants, by hash.
    pub fn grants(&self) -> impl Iterator<Item = (FactHash, &DeviceGrant)> {
        self.grants.iter().map(|(hash, grant)| (*hash, grant))
    }

    /// All logs that somebody writes in.
    pub fn logs(&self) -> impl Iterator<Item = LogId> {
        self.logs.keys().copied()
    }

    /// The devices whose log it is: one, unless somebody forges.
    pub fn writers(&self, log: LogId) -> impl Iterator<Item = (FactHash, &DeviceGrant)> {
        let of = self.logs.get(&log).into_iter().flatten();
        of.filter_map(|hash| Some((*hash, self.grants.get(hash)?)))
    }

    /// The logs of a device: the one that its grant names, and those that it opened later.
    pub fn logs_of(&self, grant: FactHash) -> impl Iterator<Item = LogId> {
        let of = self.logs.iter().filter(move |(_, of)| of.contains(&grant));
        of.map(|(log, _)| *log)
    }

    /// Devices that get new epoch keys and stand on the relay's roster.
    pub fn active(&self) -> impl Iterator<Item = (FactHash, &DeviceGrant)> {
        self.grants()
            .filter(|(_, grant)| !self.is_revoked(&grant.sign))
    }

    /// The packages that admins signed, for [`EpochKeys::take`]: all of them open what was
    /// written, also those of an admin who has left.
    pub fn packages(&self) -> impl Iterator<Item = &EpochPackage> {
        self.packages.values().map(|signed| &signed.package)
    }

    /// The epoch to write in: handed out by somebody who is still an admin, to no device that
    /// is revoked; the highest generation, then the lowest id. While a rotation is still on
    /// its way, the newest that an admin stands for. None when no admin stands for any: go on
    /// with the epoch written in last, and never with one that only a revoked key vouches for.
    #[must_use]
    pub fn writing_epoch<'k>(&self, keys: &'k EpochKeys) -> Option<&'k EpochKey> {
        let devices: BTreeSet<DeviceId> = self
            .grants
            .values()
            .filter(|grant| self.is_revoked(&grant.sign))
            .map(|grant| grant.device)
            .collect();
        let stands = |key: &EpochKey| self.generation(key.id()).is_some();
        let excludes = |key: &EpochKey| {
            let mut wraps = self.of_epoch(key.id()).flat_map(|of| &of.package.wraps);
            wraps.all(|wrap| !devices.contains(&wrap.device))
        };
        let newest = |fit: &dyn Fn(&EpochKey) -> bool| {
            let fitting = keys.iter().filter(|key| fit(key));
            fitting.max_by_key(|key| (self.generation(key.id()), Reverse(key.id())))
        };
        newest(&|key| stands(key) && excludes(key)).or_else(|| newest(&stands))
    }

    /// Generation of an epoch: the lowest of what packages say that an admin stands for.
    #[must_use]
    pub fn generation(&self, epoch: EpochId) -> Option<u32> {
        let standing = self.of_epoch(epoch).filter(|of| of.standing);
        standing.map(|of| of.package.generation).min()
    }

    fn of_epoch(&self, epoch: EpochId) -> impl Iterator<Item = &Package> {
        let all = self.packages.values();
        all.filter(move |of| of.package.epoch == epoch)
    }

    /// Whether a key was revoked.
    #[must_use]
    pub fn is_revoked(&self, key: &SignKey) -> bool {
        self.revoked.contains_key(key)
    }

    /// Whether a key is an admin's who may act for a municipality.
    #[must_use]
    pub fn is_admin(&self, key: &SignKey, municipality: ItemId) -> bool {
        self.acts_for(key, Some(municipality)) && !self.is_revoked(key)
    }

    /// Whether a device may have written at a place.
    ///
    /// # Errors
    /// [`SealError::OtherLog`], [`SealError::AfterCutoff`].
    pub fn check_place(
        &self,
        hash: FactHash,
        grant: &DeviceGrant,
        place: &Place,
    ) -> Result<(), SealError> {
        if !self
            .logs
            .get(&place.log)
            .is_some_and(|of| of.contains(&hash))
        {
            return Err(SealError::OtherLog);
        }
        let Some(cutoffs) = self.revoked.get(&grant.sign) else {
            return Ok(());
        };
        let entry = place.family() == radrum_wire::Family::Entry;
        match cutoffs.get(&place.log) {
            Some(last) if entry && place.seq <= last.seq => Ok(()),
            _ => Err(SealError::AfterCutoff),
        }
    }

    /// The last accepted entry of a log whose device was revoked. Of a forked log only the
    /// branch that leads to it counts.
    #[must_use]
    pub fn cutoff(&self, log: LogId) -> Option<Head> {
        let lowest = |a: Head, b: Head| {
            if (a.seq, a.hash) < (b.seq, b.hash) {
                a
            } else {
                b
            }
        };
        self.revoked
            .values()
            .filter_map(|logs| logs.get(&log).copied())
            .reduce(lowest)
    }

    /// Whether a key erases for a municipality, or for the whole krets: its admins do, for
    /// ever, and whom a fact names.
    pub(crate) fn erases_for(&self, key: &SignKey, scope: Scope) -> bool {
        let named = self.erasers.get(key);
        self.acts_for(key, scope) || named.is_some_and(|scopes| scopes.contains(&scope))
    }

    fn take_erasers(&mut self, erasers: Vec<Vouched<Eraser>>) {
        for eraser in erasers {
            let (scope, by) = (eraser.fact.municipality, &eraser.by);
            let admin = scope.is_some() && by.iter().any(|key| self.acts_for(key, scope));
            if eraser.fact.region == self.region && (admin || self.two_roots(by)) {
                let scopes = self.erasers.entry(eraser.fact.key).or_default();
                scopes.insert(scope);
            }
        }
    }

    fn acts_for(&self, key: &SignKey, scope: Scope) -> bool {
        self.admins
            .get(key)
            .is_some_and(|scopes| scopes.contains(&None) || scopes.contains(&scope))
    }

    fn two_roots(&self, by: &BTreeSet<SignKey>) -> bool {
        self.roots.iter().any(|roots| two_of(roots, by))
    }

    fn take_roots(&mut self, changes: Vec<Vouched<RootChange>>) {
        let mut now = self.roots.first().copied();
        let mut number = 1;
        while let Some(before) = now {
            // Ascending by hash, so the lowest is found first.
            let next = changes.iter().find(|change| {
                let fact = &change.fact;
                let ours = fact.region == self.region && fact.number == number;
                ours && two_of(&before, &change.by)
            });
            now = next.map(|change| change.fact.roots);
            self.roots.extend(now);
            number += 1;
        }
    }

    fn take_admins(&mut self, grants: Vec<Vouched<AdminGrant>>) {
        for grant in grants {
            if grant.fact.region == self.region && self.two_roots(&grant.by) {
                let scopes = self.admins.entry(grant.fact.key).or_default();
                scopes.insert(grant.fact.municipality);
            }
        }
    }

    fn take_grants(&mut self, grants: Vec<Vouched<DeviceGrant>>) {
        for grant in grants {
            let scope = Some(grant.fact.municipality);
            let admin = grant.by.iter().any(|key| self.acts_for(key, scope));
            if grant.fact.region == self.region && (admin || self.two_roots(&grant.by)) {
                let logs = self.logs.entry(grant.fact.log).or_default();
                logs.insert(grant.hash);
                self.grants.insert(grant.hash, grant.fact);
            }
        }
    }

    fn take_logs(&mut self, opened: Vec<Vouched<LogOpen>>) {
        for open in opened {
            let Some(grant) = self.grants.get(&open.fact.grant) else {
                continue;
            };
            if open.fact.region == self.region && open.by.contains(&grant.sign) {
                let logs = self.logs.entry(open.fact.log()).or_default();
                logs.insert(open.fact.grant);
            }
        }
    }

    /// One admin ends a device; an admin's own key takes two, so that no admin can remove
    /// the others alone. Of several cutoffs the lowest holds; a log that one of them does not
    /// name is cut at its beginning.
    fn take_revokes(&mut self, revokes: Vec<Vouched<Revoke>>) {
        for revoke in revokes {
            let key = revoke.fact.key;
            if revoke.fact.region != self.region || !self.may_revoke(&key, &revoke.by) {
                continue;
            }
            let accepted: BTreeMap<LogId, Head> = revoke
                .fact
                .accepted
                .iter()
                .map(|head| (head.log, *head))
                .collect();
            match self.revoked.get_mut(&key) {
                None => {
                    self.revoked.insert(key, accepted);
                }
                Some(known) => {
                    known.retain(|log, _| accepted.contains_key(log));
                    for (log, head) in known {
                        if let Some(other) = accepted.get(log) {
                            *head = (*head).min(*other);
                        }
                    }
                }
            }
        }
    }

    fn may_revoke(&self, key: &SignKey, by: &BTreeSet<SignKey>) -> bool {
        let homes: BTreeSet<Scope> = self
            .grants
            .values()
            .filter(|grant| grant.sign == *key)
            .map(|grant| Some(grant.municipality))
            .collect();
        let in_scope = |signer: &&SignKey| homes.iter().any(|home| self.acts_for(signer, *home));
        let admins = by.iter().filter(in_scope).count();
        if self.two_roots(by) {
            return true;
        }
        if self.admins.contains_key(key) {
            let roots = by.iter().filter(|signer| self.is_root(signer)).count();
            admins + roots >= 2
        } else {
            admins >= 1
        }
    }

    fn is_root(&self, key: &SignKey) -> bool {
        self.roots.iter().any(|roots| roots.contains(key))
    }

    fn take_packages(&mut self, packages: Vec<Vouched<EpochPackage>>) {
        for package in packages {
            let hash = package.hash;
            let admin = package.by.iter().any(|key| self.admins.contains_key(key));
            let roots = self.two_roots(&package.by);
            if package.fact.region == self.region && (admin || roots) {
                let stands = |key| self.admins.contains_key(key) && !self.is_revoked(key);
                let standing = roots || package.by.iter().any(stands);
                let package = Package {
                    package: package.fact,
                    standing,
                };
                self.packages.insert(hash, package);
            }
        }
    }
}

/// Facts of one kind, ascending by hash, each with all right signatures of all its copies.
fn vouched<F: FactContent>(facts: &[&SignedFact]) -> Vec<Vouched<F>> {
    let mut found: BTreeMap<FactHash, Vouched<F>> = BTreeMap::new();
    for signed in facts.iter().filter(|signed| signed.kind == F::KIND) {
        let Ok(fact) = signed.read::<F>() else {
            continue;
        };
        let hash = signed.hash();
        let message = signed.signing_bytes();
        let by = signed
            .signatures
            .iter()
            .filter(|by| sign::verify(&by.key, &message, &by.signature).is_ok())
            .map(|by| by.key);
        let entry = found.entry(hash).or_insert_with(|| Vouched {
            hash,
            fact,
            by: BTreeSet::new(),
        });
        entry.by.extend(by);
    }
    found.into_values().collect()
}

fn two_of(roots: &[SignKey; 3], by: &BTreeSet<SignKey>) -> bool {
    roots.iter().filter(|root| by.contains(*root)).count() >= 2
}

fn region_of(genesis: FactHash) -> RegionId {
    let mut id = [0; 16];
    id.copy_from_slice(&genesis.as_bytes()[..16]);
    RegionId::from_bytes(id)
}
