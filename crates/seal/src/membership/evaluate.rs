//! The layers in which facts are read.

use super::epoch::{Package, Standing};
use super::evidence::{Evidence, Vouched};
use super::judge::{Verdict, two_of};
use super::municipality::Municipalities;
use super::{Cut, Leads, Membership, Suspended, Would};
use crate::SealError;
use radrum_wire::{
    AdminGrant, Confirm, DeviceGrant, EpochPackage, FactHash, Genesis, Head, ItemId, LogOpen,
    Municipality, RegionId, Revoke, RootChange, SignKey,
};
use std::collections::{BTreeMap, BTreeSet};

/// Confirmations of one fact: who signed each, and where it stands.
type Confirmations<'e> = BTreeMap<FactHash, Vec<(&'e BTreeSet<SignKey>, &'e BTreeSet<Head>)>>;

/// The layers that have been read.
pub(super) struct Reading<'e> {
    evidence: &'e Evidence,
    pub(super) leads: &'e Leads<'e>,
    pub(super) confirmations: Confirmations<'e>,
    pub(super) says: Membership,
}

pub(super) fn evaluate(
    region: RegionId,
    evidence: &Evidence,
    leads: &Leads<'_>,
) -> Result<Membership, SealError> {
    if region == RegionId::EXAMPLE {
        return Err(SealError::Example);
    }
    let genesis = evidence
        .of::<Genesis>()
        .find(|found| region_of(found.hash) == region && two_of(&found.fact.roots, found.by))
        .ok_or(SealError::NoGenesis)?;
    let mut admins: BTreeMap<SignKey, BTreeSet<Option<ItemId>>> = BTreeMap::new();
    for first in genesis.fact.admins {
        let scopes = admins.entry(first.key).or_default();
        scopes.insert(first.municipality);
    }
    let mut reading = Reading {
        evidence,
        leads,
        confirmations: BTreeMap::new(),
        says: Membership {
            region,
            genesis: genesis.hash,
            name: genesis.fact.name,
            founding_roots: genesis.fact.roots,
            later_roots: Vec::new(),
            disputed: false,
            municipalities: Municipalities::default(),
            admins,
            ended: BTreeMap::new(),
            unfinished: BTreeMap::new(),
            grants: BTreeMap::new(),
            logs: BTreeMap::new(),
            cuts: BTreeMap::new(),
            suspended: BTreeMap::new(),
            packages: BTreeMap::new(),
            erasers: BTreeMap::new(),
            item_erasers: BTreeSet::new(),
            issuers: BTreeMap::new(),
        },
    };
    reading.take_roots();
    reading.take_municipalities();
    reading.take_admins();
    reading.take_erasers();
    reading.take_ends();
    reading.take_confirmations();
    reading.take_grants();
    reading.take_logs();
    reading.take_cuts();
    reading.take_packages();
    reading.take_issuers();
    Ok(reading.says)
}

impl<'e> Reading<'e> {
    pub(super) const fn evidence(&self) -> &'e Evidence {
        self.evidence
    }

    /// Each change is signed by two of the roots before it. Of one number the lowest hash
    /// holds, and facts come ascending by hash.
    fn take_roots(&mut self) {
        let region = self.says.region;
        let changes = self.evidence.of::<RootChange>();
        let changes: Vec<_> = changes.filter(|c| c.fact.region == region).collect();
        loop {
            let (before, number) = (self.says.roots(), self.says.next_root_number());
            let fits =
                |c: &&Vouched<'_, RootChange>| c.fact.number == number && two_of(&before, c.by);
            let mut next = changes.iter().filter(fits);
            let Some(change) = next.next() else {
                return;
            };
            self.says.disputed |= next.next().is_some();
            self.says.later_roots.push(change.fact.roots);
        }
    }

    fn take_municipalities(&mut self) {
        let facts = self.evidence.of::<Municipality>();
        let said = facts.filter(|m| m.fact.region == self.says.region && self.two_roots(m.by));
        self.says.municipalities = Municipalities::of(said.map(|m| m.fact));
    }

    fn take_admins(&mut self) {
        for grant in self.evidence.of::<AdminGrant>() {
            if grant.fact.region == self.says.region && self.two_roots(grant.by) {
                let scopes = self.says.admins.entry(grant.fact.key).or_default();
                scopes.insert(grant.fact.municipality);
            }
        }
    }

    /// Ends keys everywhere: two who may end an admin, or two roots. Nothing that is signed
    /// later, or by whom, takes that back.
    fn take_ends(&mut self) {
        for revoke in self.evidence.of::<Revoke>() {
            let key = revoke.fact.key;
            if revoke.fact.region != self.says.region {
                continue;
            }
            let of_admin = self.says.admins.contains_key(&key);
            let entitled = if of_admin {
                let seats = self.seats(&key);
                let counts = |by: &&SignKey| {
                    self.is_root(by) || seats.iter().any(|seat| self.might_sign(by, *seat))
                };
                revoke.by.iter().filter(counts).count()
            } else {
                0
            };
            if entitled >= 2 || self.two_roots(revoke.by) {
                cut(&mut self.says.ended, key, &revoke.fact);
            } else if entitled == 1 {
                self.says.unfinished.insert(revoke.hash, revoke.fact);
            }
        }
        let ended = &self.says.ended;
        let open = |_: &FactHash, of: &mut Revoke| !ended.contains_key(&of.key);
        self.says.unfinished.retain(open);
    }

    /// Municipalities whose admins, two of them, may end this admin. One for the whole krets
    /// sits where somebody for the whole krets gave him a device: otherwise two admins could
    /// give him one of theirs and then end him.
    fn seats(&self, key: &SignKey) -> BTreeSet<ItemId> {
        let scopes = self.says.admins.get(key).into_iter().flatten();
        let mut seats: BTreeSet<ItemId> = scopes.filter_map(|scope| *scope).collect();
        let whole = |by: &SignKey| {
            let scopes = self.says.admins.get(by);
            scopes.is_some_and(|scopes| scopes.contains(&None))
        };
        if whole(key) {
            let grants = self.evidence.of::<DeviceGrant>();
            let given = grants.filter(|grant| {
                let ours = grant.fact.sign == *key && grant.fact.region == self.says.region;
                ours && (grant.by.iter().any(whole) || self.two_roots(grant.by))
            });
            seats.extend(given.map(|grant| grant.fact.municipality));
        }
        seats
    }

    fn take_confirmations(&mut self) {
        for confirm in self.evidence.of::<Confirm>() {
            if confirm.fact.region == self.says.region {
                for fact in confirm.fact.facts {
                    let of = self.confirmations.entry(fact).or_default();
                    of.push((confirm.by, confirm.places));
                }
            }
        }
    }

    fn take_grants(&mut self) {
        for grant in self.evidence.of::<DeviceGrant>() {
            if grant.fact.region != self.says.region {
                continue;
            }
            let municipality = grant.fact.municipality;
            match self.judge(&grant, &|by| self.might_sign(by, municipality)) {
                Verdict::Stands => {
                    let logs = self.says.logs.entry(grant.fact.log).or_default();
                    logs.insert(grant.hash);
                    self.says.grants.insert(grant.hash, grant.fact);
                }
                Verdict::Suspended => {
                    let suspended = Suspended {
                        would: Would::TakeIn(grant.fact),
                        municipality,
                        by: grant.by.clone(),
                    };
                    self.says.suspended.insert(grant.hash, suspended);
                }
                Verdict::Nothing => {}
            }
        }
    }

    fn take_logs(&mut self) {
        for open in self.evidence.of::<LogOpen>() {
            let Some(grant) = self.says.grants.get(&open.fact.grant) else {
                continue;
            };
            if open.fact.region == self.says.region && open.by.contains(&grant.sign) {
                let logs = self.says.logs.entry(open.fact.log()).or_default();
                logs.insert(open.fact.grant);
            }
        }
    }

    /// Ends grants: with their key, or because one admin of the grant's municipality says so,
    /// unless the key is an admin's.
    fn take_cuts(&mut self) {
        let mut cuts: BTreeMap<FactHash, Cut> = BTreeMap::new();
        for (hash, grant) in &self.says.grants {
            if let Some(end) = self.says.ended.get(&grant.sign) {
                cuts.insert(*hash, end.clone());
            }
        }
        for revoke in self.evidence.of::<Revoke>() {
            let key = revoke.fact.key;
            let of_admin = self.says.admins.contains_key(&key);
            if revoke.fact.region != self.says.region || of_admin {
                continue;
            }
            for (hash, grant) in self.says.grants.iter().filter(|(_, of)| of.sign == key) {
                let entitled = |by: &SignKey| self.might_sign(by, grant.municipality);
                match self.judge(&revoke, &entitled) {
                    Verdict::Stands => cut(&mut cuts, *hash, &revoke.fact),
                    Verdict::Suspended => {
                        let suspended = Suspended {
                            would: Would::End(*hash),
                            municipality: grant.municipality,
                            by: revoke.by.clone(),
                        };
                        self.says.suspended.insert(revoke.hash, suspended);
                    }
                    Verdict::Nothing => {}
                }
            }
        }
        self.says.cuts = cuts;
    }

    fn take_packages(&mut self) {
        for package in self.evidence.of::<EpochPackage>() {
            let signers = package.by.iter();
            let admins = signers.filter(|by| self.says.admins.contains_key(by));
            let admins: Vec<&SignKey> = admins.collect();
            let roots = self.two_roots(package.by);
            if package.fact.region != self.says.region || (!roots && admins.is_empty()) {
                continue;
            }
            let standing = if roots || admins.iter().any(|by| self.says.is_any_admin(by)) {
                Standing::Today
            } else if admins.iter().any(|by| self.in_time(by, package.places)) {
                Standing::Once
            } else {
                Standing::Never
            };
            let package_of = Package {
                package: package.fact,
                standing,
            };
            self.says.packages.insert(package.hash, package_of);
        }
    }
}

/// Of several cutoffs the lowest holds; a log that one of them does not name is cut at its
/// beginning.
fn cut<K: Ord>(cuts: &mut BTreeMap<K, Cut>, of: K, revoke: &Revoke) {
    let accepted: Cut = revoke
        .accepted
        .iter()
        .map(|head| (head.log, *head))
        .collect();
    match cuts.get_mut(&of) {
        None => {
            cuts.insert(of, accepted);
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

fn region_of(genesis: FactHash) -> RegionId {
    let mut id = [0; 16];
    id.copy_from_slice(&genesis.as_bytes()[..16]);
    RegionId::from_bytes(id)
}
