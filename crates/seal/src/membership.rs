//! Who belongs: a function of the set of signed facts and of the entries that carried them.
//! The order in which they came, how often, and what any clock says make no difference.
//!
//! It is read in layers, so that nothing goes in circles (FORMAT.md section 5): roots from the
//! founding, municipalities and admins from roots, the ends of admins from both, and last what
//! one admin signs alone. Facts of other kinds are passed over and kept by the caller.

mod epoch;
mod eraser;
mod evaluate;
mod evidence;
mod issuer;
mod judge;
mod municipality;
mod suspended;

pub use evidence::Evidence;
pub use suspended::{Suspended, Would};

use crate::SealError;
use epoch::Package;
use municipality::Municipalities;
use radrum_wire::{
    DeviceGrant, EntryHash, FactHash, Family, Head, ItemId, LogId, Place, RegionId, Revoke,
    SignKey, SignedFact, TokenIssuer,
};
use std::collections::{BTreeMap, BTreeSet};

/// For what an admin acts: one municipality, or the whole krets.
type Scope = Option<ItemId>;

/// The last accepted entry of each log; a log that is not named is cut at its beginning.
type Cut = BTreeMap<LogId, Head>;

/// Whether an entry stands on the branch of its log that leads to a later one. Only whoever
/// holds the entries can tell.
pub type Leads<'a> = dyn Fn(&Head, &Head) -> bool + 'a;

/// What the facts say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    region: RegionId,
    genesis: FactHash,
    name: String,
    founding_roots: [SignKey; 3],
    /// After each change.
    later_roots: Vec<[SignKey; 3]>,
    disputed: bool,
    municipalities: Municipalities,
    admins: BTreeMap<SignKey, BTreeSet<Scope>>,
    /// Keys that ended everywhere.
    ended: BTreeMap<SignKey, Cut>,
    /// Revocations of an admin that lack a signature.
    unfinished: BTreeMap<FactHash, Revoke>,
    grants: BTreeMap<FactHash, DeviceGrant>,
    logs: BTreeMap<LogId, BTreeSet<FactHash>>,
    /// Of each grant that ended, with its key or by itself.
    cuts: BTreeMap<FactHash, Cut>,
    suspended: BTreeMap<FactHash, Suspended>,
    packages: BTreeMap<FactHash, Package>,
    /// Whom facts name besides the admins.
    erasers: BTreeMap<SignKey, BTreeSet<Scope>>,
    /// Whom two roots let erase one item.
    item_erasers: BTreeSet<(SignKey, ItemId)>,
    /// Who signs anonymous tokens.
    issuers: BTreeMap<FactHash, TokenIssuer>,
}

impl Membership {
    /// What a set of facts says, of which no entries are known. Facts with wrong or too few
    /// signatures, of another krets or malformed, say nothing.
    ///
    /// # Errors
    /// [`SealError::NoGenesis`], [`SealError::Example`].
    pub fn of<'a>(
        region: RegionId,
        facts: impl IntoIterator<Item = &'a SignedFact>,
    ) -> Result<Self, SealError> {
        let evidence = facts.into_iter().collect();
        Self::of_evidence(region, &evidence, &|_, _| true)
    }

    /// What a set of facts and the entries that carried them say.
    ///
    /// # Errors
    /// As [`Membership::of`].
    pub fn of_evidence(
        region: RegionId,
        evidence: &Evidence,
        leads: &Leads<'_>,
    ) -> Result<Self, SealError> {
        evaluate::evaluate(region, evidence, leads)
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
        self.grants().filter(|(hash, grant)| {
            let left = self.municipalities.has_left(grant.municipality);
            !self.cuts.contains_key(hash) && !left
        })
    }

    /// Whether a key was revoked, anywhere.
    #[must_use]
    pub fn is_revoked(&self, key: &SignKey) -> bool {
        let of_key = |hash: &FactHash| self.grants.get(hash).is_some_and(|of| of.sign == *key);
        self.ended.contains_key(key) || self.cuts.keys().any(of_key)
    }

    /// Whether a key is an admin's who may act for a municipality today.
    #[must_use]
    pub fn is_admin(&self, key: &SignKey, municipality: ItemId) -> bool {
        let here = self.municipalities.today(municipality);
        let acts = |scope: &Scope| match scope {
            None => true,
            Some(of) => {
                let of = self.municipalities.today(*of);
                of == here || self.municipalities.share_office(here).contains(&of)
            }
        };
        let scopes = self.admins.get(key).into_iter().flatten();
        let left = self.municipalities.has_left(here);
        !self.ended.contains_key(key) && !left && scopes.into_iter().any(acts)
    }

    /// Whether a computer is of a municipality, as what both go on today, or of one that it shares
    /// its office with. Also of a computer that has ended: what it wrote stands.
    #[must_use]
    pub fn is_at(&self, grant: &DeviceGrant, municipality: ItemId) -> bool {
        let here = self.municipalities.today(municipality);
        let home = self.municipalities.today(grant.municipality);
        home == here || self.municipalities.share_office(here).contains(&home)
    }

    /// Whether a key is an admin's for whatever, and has not ended.
    #[must_use]
    pub fn is_any_admin(&self, key: &SignKey) -> bool {
        self.admins.contains_key(key) && !self.ended.contains_key(key)
    }

    /// Whether a key ever was an admin's.
    #[must_use]
    pub fn was_admin(&self, key: &SignKey) -> bool {
        self.admins.contains_key(key)
    }

    /// Active devices of admins who may act for a municipality today.
    pub fn admins_of(&self, municipality: ItemId) -> impl Iterator<Item = &DeviceGrant> {
        let active = self.active().map(|(_, grant)| grant);
        active.filter(move |grant| self.is_admin(&grant.sign, municipality))
    }

    /// Whether a municipality is under uppstart: fewer than two people who have a device there
    /// are its admins.
    #[must_use]
    pub fn is_starting(&self, municipality: ItemId) -> bool {
        let here = self.municipalities.today(municipality);
        let at_home = |grant: &&DeviceGrant| self.municipalities.today(grant.municipality) == here;
        // One person with two computers is one.
        let people = |grant: &DeviceGrant| match grant.members.as_slice() {
            [] => vec![*grant.sign.as_bytes()],
            members => members.iter().map(|id| wide(*id)).collect(),
        };
        let admins = self.admins_of(here).filter(at_home);
        admins.map(people).collect::<BTreeSet<_>>().len() < 2
    }

    /// As what a municipality goes on today: itself, or what it merged into. None when it left.
    #[must_use]
    pub fn municipality_today(&self, municipality: ItemId) -> Option<ItemId> {
        let left = self.municipalities.has_left(municipality);
        (!left).then(|| self.municipalities.today(municipality))
    }

    /// Number for the next fact about a municipality.
    #[must_use]
    pub fn next_municipality_number(&self, municipality: ItemId) -> u32 {
        self.municipalities.number(municipality) + 1
    }

    /// The three root keys that stand now.
    #[must_use]
    pub fn roots(&self) -> [SignKey; 3] {
        self.later_roots
            .last()
            .copied()
            .unwrap_or(self.founding_roots)
    }

    /// The same in the order of the papers: a new key has the number of the one it replaced.
    #[must_use]
    pub fn root_papers(&self) -> [SignKey; 3] {
        let mut papers = self.founding_roots;
        for roots in &self.later_roots {
            let before = papers;
            let mut new = roots.iter().filter(|key| !before.contains(key));
            for paper in papers.iter_mut().filter(|key| !roots.contains(key)) {
                *paper = new.next().copied().unwrap_or(*paper);
            }
        }
        papers
    }

    /// Number for the next change of root keys.
    #[must_use]
    pub fn next_root_number(&self) -> u32 {
        u32::try_from(self.later_roots.len() + 1).unwrap_or(u32::MAX)
    }

    /// Whether two pairs of roots changed the root keys at once. The lower hash holds; everybody
    /// is told, since one of them may be a thief.
    #[must_use]
    pub const fn has_disputed_roots(&self) -> bool {
        self.disputed
    }

    /// Revocations of an admin that one has signed and that need another.
    pub fn unfinished(&self) -> impl Iterator<Item = (FactHash, &Revoke)> {
        self.unfinished.iter().map(|(hash, revoke)| (*hash, revoke))
    }

    fn all_roots(&self) -> impl Iterator<Item = &[SignKey; 3]> {
        std::iter::once(&self.founding_roots).chain(&self.later_roots)
    }

    /// Whether a device may have written at a place.
    ///
    /// # Errors
    /// [`SealError::OtherLog`], [`SealError::AfterCutoff`].
    pub fn check_place(
        &self,
        grant: FactHash,
        place: &Place,
        entry: EntryHash,
    ) -> Result<(), SealError> {
        self.check_log(grant, place)?;
        let Some(cut) = self.cuts.get(&grant) else {
            return Ok(());
        };
        let before = cut.get(&place.log).is_some_and(|last| {
            place.seq < last.seq || (place.seq == last.seq && entry == last.hash)
        });
        if before && place.family() == Family::Entry {
            Ok(())
        } else {
            Err(SealError::AfterCutoff)
        }
    }

    /// Whether a log is a device's.
    ///
    /// # Errors
    /// [`SealError::OtherLog`].
    pub fn check_log(&self, grant: FactHash, place: &Place) -> Result<(), SealError> {
        let of = self.logs.get(&place.log);
        if of.is_some_and(|of| of.contains(&grant)) {
            Ok(())
        } else {
            Err(SealError::OtherLog)
        }
    }

    /// The logs of devices that were revoked.
    pub fn cut_logs(&self) -> impl Iterator<Item = LogId> {
        let cut = |of: &BTreeSet<FactHash>| of.iter().any(|grant| self.cuts.contains_key(grant));
        self.logs
            .iter()
            .filter(move |(_, of)| cut(of))
            .map(|(log, _)| *log)
    }

    /// The last accepted entry of a log whose device was revoked. Of a forked log only the
    /// branch that leads to it counts.
    #[must_use]
    pub fn cutoff(&self, log: LogId) -> Option<Head> {
        let grants = self.logs.get(&log).into_iter().flatten();
        let cuts = grants.filter_map(|grant| self.cuts.get(grant));
        cuts.filter_map(|cut| cut.get(&log).copied()).min()
    }
}

fn wide(id: ItemId) -> [u8; 32] {
    let mut wide = [0; 32];
    wide[..16].copy_from_slice(id.as_bytes());
    wide
}
