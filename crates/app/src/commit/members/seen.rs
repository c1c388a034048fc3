//! The krets as its page lists it.

use super::super::WriteSide;
use super::super::own::NOBODY;
use crate::Error;
use crate::krets::Krets;
use radrum_seal::Would;
use radrum_wire::{DeviceGrant, FactHash, ItemId, LogId, SignKey};
use std::collections::{BTreeMap, BTreeSet};

/// A computer that belongs, as the page of the krets lists it.
#[derive(Debug, Clone)]
pub(crate) struct SeenComputer {
    pub grant: FactHash,
    /// As what its municipality goes on today.
    pub municipality: ItemId,
    /// The first member who writes on it; zeros for nobody.
    pub member: ItemId,
    pub this: bool,
    pub admin: bool,
    /// May erase what colleagues of its municipality wrote. An admin may.
    pub eraser: bool,
    /// This computer acts for its municipality.
    pub mine: bool,
    pub starting: bool,
    pub resting: bool,
    pub guest_until: Option<i64>,
}

/// The end of an admin that needs another signature.
#[derive(Debug, Clone)]
pub(crate) struct SeenEnd {
    pub fact: FactHash,
    pub member: ItemId,
    /// Signed here already, or about whoever looks.
    pub signed: bool,
}

/// What an admin signed alone after his end, and that waits for another's word.
#[derive(Debug, Clone)]
pub(crate) struct SeenSuspended {
    pub fact: FactHash,
    /// It ends a computer; otherwise it takes one in.
    pub ends: bool,
    /// The first member who writes on that computer.
    pub member: ItemId,
    /// As what its municipality goes on today.
    pub municipality: ItemId,
    /// Members who signed it.
    pub by: Vec<ItemId>,
    /// This computer may confirm it alone.
    pub may: bool,
}

/// The krets as its page lists it.
#[derive(Debug, Clone, Default)]
pub(crate) struct SeenKrets {
    pub computers: Vec<SeenComputer>,
    pub unfinished: Vec<SeenEnd>,
    pub suspended: Vec<SeenSuspended>,
    pub roots_disputed: bool,
}

impl WriteSide {
    /// Everybody who belongs, with what this computer may do about it.
    pub fn seen_in_krets(&self) -> Result<SeenKrets, Error> {
        let Ok(krets) = self.in_krets() else {
            return Ok(SeenKrets::default());
        };
        let (members, own) = (&krets.members, krets.keys.sign_key());
        let resting = self.resting()?;
        let seen = |(hash, grant): (FactHash, &DeviceGrant)| {
            let home = grant.municipality;
            SeenComputer {
                grant: hash,
                municipality: members.municipality_today(home).unwrap_or(home),
                member: first_member(grant),
                this: hash == krets.grant,
                admin: members.is_admin(&grant.sign, home),
                eraser: members.erases_for(&grant.sign, Some(home)),
                mine: members.is_admin(&own, home),
                starting: members.is_starting(home),
                resting: resting.contains(&grant.device),
                guest_until: grant.guest_until,
            }
        };
        let member = |key: SignKey| {
            let mut active = members.active();
            let found = active.find(|(_, grant)| grant.sign == key);
            found.map_or(NOBODY, |(_, grant)| first_member(grant))
        };
        let unfinished = members.unfinished().map(|(fact, revoke)| SeenEnd {
            fact,
            member: member(revoke.key),
            signed: revoke.key == own || krets.evidence.is_signed(fact, own),
        });
        Ok(SeenKrets {
            computers: members.active().map(seen).collect(),
            unfinished: unfinished.collect(),
            suspended: seen_suspended(krets),
            roots_disputed: members.has_disputed_roots(),
        })
    }
}

impl WriteSide {
    /// Whether this computer is an admin's, of whatever municipality.
    pub fn acts(&self) -> bool {
        let Ok(krets) = self.in_krets() else {
            return false;
        };
        krets.belongs() && krets.members.is_any_admin(&krets.keys.sign_key())
    }
}

/// What the page of the statutes asks of the krets.
pub(crate) struct SeenPlaces {
    /// This computer's admin may write them; alone, everybody may.
    pub may_write: bool,
    /// Members who may.
    pub writers: Vec<ItemId>,
    /// Municipalities that have left, or go on as another one.
    pub gone: Vec<ItemId>,
}

impl WriteSide {
    /// Who may write statutes, and which of these municipalities belong no more.
    pub fn seen_places(&self, municipalities: &[ItemId]) -> SeenPlaces {
        let Ok(krets) = self.in_krets() else {
            return SeenPlaces {
                may_write: true,
                writers: Vec::new(),
                gone: Vec::new(),
            };
        };
        let members = &krets.members;
        let admins = members
            .active()
            .filter(|(_, grant)| members.is_any_admin(&grant.sign));
        let gone = |of: &&ItemId| members.municipality_today(**of) != Some(**of);
        SeenPlaces {
            may_write: krets.belongs() && members.is_any_admin(&krets.keys.sign_key()),
            writers: admins.map(|(_, grant)| first_member(grant)).collect(),
            gone: municipalities.iter().filter(gone).copied().collect(),
        }
    }
}

/// What the page of a municipality asks of the krets. Alone, nothing of it is known.
#[derive(Debug, Clone, Default)]
pub(crate) struct SeenAtHome {
    /// Fewer than two people there are its admins.
    pub starting: bool,
    /// Members all of whose computers have ended.
    pub ended: BTreeSet<ItemId>,
    /// Members who are there for a time, with its end, UTC ms.
    pub guests: BTreeMap<ItemId, i64>,
}

impl WriteSide {
    /// Who is gone or goes, and whether a municipality has admins enough.
    pub fn seen_at_home(&self, municipality: ItemId) -> SeenAtHome {
        let Ok(krets) = self.in_krets() else {
            return SeenAtHome::default();
        };
        let members = &krets.members;
        let of = |grant: &DeviceGrant| grant.members.clone();
        let mut ended: BTreeSet<ItemId> = members.grants().flat_map(|(_, it)| of(it)).collect();
        for (_, grant) in members.active() {
            for member in &grant.members {
                ended.remove(member);
            }
        }
        let guest =
            |(_, grant): (FactHash, &DeviceGrant)| Some((first_member(grant), grant.guest_until?));
        SeenAtHome {
            starting: members.is_starting(municipality),
            ended,
            guests: members.active().filter_map(guest).collect(),
        }
    }
}

impl WriteSide {
    /// Of logs beside municipalities, those of computers that were let in for that municipality.
    /// Alone there are no others.
    pub fn at_home(&self, mut asked: BTreeSet<(LogId, ItemId)>) -> BTreeSet<(LogId, ItemId)> {
        if let Ok(krets) = self.in_krets() {
            let members = &krets.members;
            asked.retain(|(log, home)| {
                let mut writers = members.writers(*log);
                writers.any(|(_, grant)| members.is_at(grant, *home))
            });
        }
        asked
    }

    /// Whether this computer may lay down versions for a municipality, and the members who may:
    /// who represents it, or everybody there while nobody does.
    pub fn rulers(&self, municipality: ItemId) -> (bool, Vec<ItemId>) {
        let Ok(krets) = self.in_krets() else {
            return (true, Vec::new());
        };
        let members = &krets.members;
        let at_home = |grant: &&DeviceGrant| members.is_at(grant, municipality);
        let admins: Vec<&DeviceGrant> = members.admins_of(municipality).filter(at_home).collect();
        let own = members.grant(krets.grant).filter(at_home);
        let acts =
            |own: &DeviceGrant| admins.is_empty() || members.is_admin(&own.sign, municipality);
        let may = krets.belongs() && own.is_some_and(acts);
        (may, admins.into_iter().map(first_member).collect())
    }
}

fn seen_suspended(krets: &Krets) -> Vec<SeenSuspended> {
    let (members, own) = (&krets.members, krets.keys.sign_key());
    // Who signed may have left since.
    let signer = |key: &SignKey| {
        let mut all = members.grants();
        let found = all.find(|(_, grant)| grant.sign == *key);
        found.map_or(NOBODY, |(_, grant)| first_member(grant))
    };
    let seen = members.suspended().filter_map(|(fact, of)| {
        let (ends, grant) = match &of.would {
            Would::TakeIn(grant) => (false, grant),
            Would::End(hash) => (true, members.grant(*hash)?),
        };
        let home = of.municipality;
        Some(SeenSuspended {
            fact,
            ends,
            member: first_member(grant),
            municipality: members.municipality_today(home).unwrap_or(home),
            by: of.by.iter().map(signer).collect(),
            may: krets.belongs() && members.may_confirm(&own, fact),
        })
    });
    seen.collect()
}

fn first_member(grant: &DeviceGrant) -> ItemId {
    grant.members.first().copied().unwrap_or(NOBODY)
}
