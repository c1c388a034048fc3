//! What admins and roots do with members: ends, new epochs, new admins, new root keys.
//!
//! Each act is one entry of facts, in one transaction with the key of the epoch that it begins.

mod epochs;
mod seen;

pub(super) use epochs::note_touch;
pub(crate) use seen::{SeenAtHome, SeenComputer, SeenSuspended};

use super::WriteSide;
use crate::krets::{Drawing, Krets};
use crate::{Code, Error};
use radrum_seal::{Membership, RootKey, SealError, Would};
use radrum_wire::limits::CUTOFFS_MAX;
use radrum_wire::{
    AdminGrant, Confirm, DeviceGrant, Eraser, FactContent, FactHash, Facts, Head, ItemId,
    Municipality, MunicipalityChange, Revoke, RevokeMode, RootChange, SignKey, SignedFact,
};
use std::collections::{BTreeMap, BTreeSet};

/// What became of a removal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Removal {
    /// It holds.
    Done,
    /// An admin's key ends when a second admin has signed too.
    NeedsAnother,
}

impl WriteSide {
    /// The computers on which a member writes.
    pub fn computers_of(&self, member: ItemId) -> Result<Vec<FactHash>, Error> {
        let krets = self.in_krets()?;
        let active = krets.members.active();
        let hers = active.filter(|(_, grant)| grant.members.contains(&member));
        let found: Vec<FactHash> = hers.map(|(hash, _)| hash).collect();
        if found.is_empty() {
            return Err(Error::new(Code::NotFound, "no computer of hers"));
        }
        Ok(found)
    }

    /// Ends devices, begins an epoch without them and tells relays.
    pub fn end_devices(
        &mut self,
        devices: &[FactHash],
        mode: RevokeMode,
        root: Option<&RootKey>,
    ) -> Result<Removal, Error> {
        let krets = self.in_krets()?;
        let grants = devices.iter().map(|hash| active(krets, *hash));
        let grants: Vec<DeviceGrant> = grants.collect::<Result<_, _>>()?;
        if let Some(root) = root {
            check_roots(krets, std::slice::from_ref(root))?;
        }
        let own = krets.keys.sign_key();
        if devices.contains(&krets.grant) {
            // Nobody ends herself: who is left has to know of it, and begins the next epoch.
            let hers = grants.iter().map(|grant| grant.sign).collect();
            check_last_admin(&krets.members, &hers, &grants)?;
            return Err(Error::new(Code::OwnComputer, "end of oneself"));
        }
        for grant in &grants {
            if !krets.members.is_admin(&own, grant.municipality) {
                return Err(SealError::NotAdmin.into());
            }
        }
        let mut ends = Vec::new();
        for (hash, grant) in devices.iter().zip(&grants) {
            let mut end = self.end_of(*hash, grant, mode)?;
            krets.keys.sign_fact(&mut end);
            if let Some(root) = root {
                root.sign_fact(&mut end);
            }
            ends.push(end);
        }
        self.say_ends(&grants, ends)
    }

    /// Signs what another admin has begun: the end of an admin.
    pub fn sign_end(&mut self, removal: FactHash) -> Result<Removal, Error> {
        let krets = self.in_krets()?;
        let found = krets
            .members
            .unfinished()
            .find(|(hash, _)| *hash == removal);
        let (_, revoke) = found.ok_or_else(|| Error::new(Code::NotFound, "removal"))?;
        if !krets.members.is_any_admin(&krets.keys.sign_key()) {
            return Err(SealError::NotAdmin.into());
        }
        let grants = krets.members.active().map(|(_, grant)| grant);
        let grants: Vec<DeviceGrant> = grants
            .filter(|grant| grant.sign == revoke.key)
            .cloned()
            .collect();
        let mut end = fact(revoke)?;
        krets.keys.sign_fact(&mut end);
        self.say_ends(&grants, vec![end])
    }

    /// Lets stand what an admin signed alone after his end: by this computer's admin, or by two
    /// root keys.
    pub fn confirm(&mut self, suspended: FactHash, roots: &[RootKey]) -> Result<(), Error> {
        let krets = self.in_krets()?;
        let found = krets
            .members
            .suspended()
            .find(|(hash, _)| *hash == suspended);
        let (_, of) = found.ok_or_else(|| Error::new(Code::NotFound, "suspended"))?;
        let (would, home) = (of.would.clone(), of.municipality);
        let own = krets.keys.sign_key();
        let mut said = fact(&Confirm {
            region: krets.members.region(),
            facts: vec![suspended],
        })?;
        if !roots.is_empty() {
            check_two_roots(krets, roots)?;
            roots.iter().for_each(|root| root.sign_fact(&mut said));
        } else if krets.members.may_confirm(&own, suspended) {
            krets.keys.sign_fact(&mut said);
        } else {
            return Err(SealError::NotAdmin.into());
        }
        // Whoever is no admin leaves epochs to those who are: they see that one is to begin, or
        // that a computer rests.
        let (rotates, hands) = (
            krets.members.is_any_admin(&own),
            krets.members.is_admin(&own, home),
        );
        match would {
            Would::End(grant) if rotates => {
                let grant = active(self.in_krets()?, grant)?;
                self.say_ends(&[grant], vec![said])?;
            }
            Would::TakeIn(grant) if hands => {
                self.say_facts(&Facts(vec![said]), None)?;
                self.hand_epoch_to(&grant)?;
                self.say_roster()?;
            }
            _ => {
                self.say_facts(&Facts(vec![said]), None)?;
                self.say_roster()?;
            }
        }
        // What the computer has written meanwhile waits here for its grant.
        self.ingest(&[], None).map(|_| ())
    }

    fn say_ends(
        &mut self,
        grants: &[DeviceGrant],
        ends: Vec<SignedFact>,
    ) -> Result<Removal, Error> {
        let krets = self.in_krets()?;
        let read = self.writer.read();
        let after = krets.with(&read, &ends)?;
        let keys: BTreeSet<SignKey> = grants.iter().map(|grant| grant.sign).collect();
        // Looked at as if it held already: the first signature must not begin what is refused.
        check_last_admin(&krets.members, &keys, grants)?;
        if keys.iter().any(|key| !after.is_revoked(key)) {
            self.say_facts(&Facts(ends), None)?;
            return Ok(Removal::NeedsAnother);
        }
        let (resting, keys) = (self.resting()?, &krets.keys);
        let mut drawing = Drawing(&self.world);
        let made = radrum_seal::rotate(&after, &krets.epochs, &resting, keys, &mut drawing)?;
        let mut facts = ends;
        facts.push(made.1);
        self.say_facts(&Facts(facts), Some(&made.0))?;
        self.say_roster()?;
        // Entries beside those that the end names were taken in before it.
        self.ingest(&[], None)?;
        Ok(Removal::Done)
    }

    /// Makes devices admins of their municipality, or of the whole krets, by two root keys.
    pub fn make_admins(
        &mut self,
        devices: &[FactHash],
        whole: bool,
        roots: &[RootKey],
    ) -> Result<(), Error> {
        let krets = self.in_krets()?;
        check_two_roots(krets, roots)?;
        let mut facts = Vec::new();
        for device in devices {
            let grant = active(krets, *device)?;
            let mut made = fact(&AdminGrant {
                region: krets.members.region(),
                key: grant.sign,
                municipality: (!whole).then_some(grant.municipality),
            })?;
            roots.iter().for_each(|root| root.sign_fact(&mut made));
            facts.push(made);
        }
        self.say_facts(&Facts(facts), None)?;
        self.say_roster()
    }

    /// Lets devices erase what colleagues of their municipality wrote, as one of its admins.
    pub fn make_erasers(&mut self, devices: &[FactHash]) -> Result<(), Error> {
        let krets = self.in_krets()?;
        let mut facts = Vec::new();
        for device in devices {
            let grant = active(krets, *device)?;
            let home = grant.municipality;
            if !krets.members.is_admin(&krets.keys.sign_key(), home) {
                return Err(SealError::NotAdmin.into());
            }
            if krets.members.erases_for(&grant.sign, Some(home)) {
                continue;
            }
            let mut made = fact(&Eraser {
                region: krets.members.region(),
                municipality: Some(home),
                key: grant.sign,
                item: None,
            })?;
            krets.keys.sign_fact(&mut made);
            facts.push(made);
        }
        if facts.is_empty() {
            return Ok(());
        }
        self.say_facts(&Facts(facts), None)
    }

    /// Lets this device erase one item, whoever began it, by two root keys.
    pub fn let_erase(&mut self, item: ItemId, roots: &[RootKey]) -> Result<(), Error> {
        let krets = self.in_krets()?;
        check_two_roots(krets, roots)?;
        let mut made = fact(&Eraser {
            region: krets.members.region(),
            municipality: None,
            key: krets.keys.sign_key(),
            item: Some(item),
        })?;
        roots.iter().for_each(|root| root.sign_fact(&mut made));
        self.say_facts(&Facts(vec![made]), None)
    }

    /// Says what becomes of a municipality, by two root keys. When it leaves, its computers end
    /// with it; what they wrote stays.
    pub fn change_municipality(
        &mut self,
        (municipality, change): (ItemId, MunicipalityChange),
        other: Option<ItemId>,
        roots: &[RootKey],
    ) -> Result<(), Error> {
        let krets = self.in_krets()?;
        check_two_roots(krets, roots)?;
        let members = &krets.members;
        let said = Municipality {
            region: members.region(),
            municipality,
            number: members.next_municipality_number(municipality),
            change,
            other,
        };
        let mut said = fact(&said)?;
        roots.iter().for_each(|root| root.sign_fact(&mut said));
        if change != MunicipalityChange::Leaves {
            self.say_facts(&Facts(vec![said]), None)?;
            return self.say_roster();
        }
        let home = members.municipality_today(municipality);
        let leave = |grant: &DeviceGrant| members.municipality_today(grant.municipality) == home;
        let leaving = members.active().filter(|(_, grant)| leave(grant));
        let (devices, grants): (Vec<FactHash>, Vec<DeviceGrant>) =
            leaving.map(|(hash, grant)| (hash, grant.clone())).unzip();
        if devices.contains(&krets.grant) {
            return Err(Error::new(
                Code::OwnComputer,
                "end of one's own municipality",
            ));
        }
        let mut facts = vec![said];
        for (hash, grant) in devices.iter().zip(&grants) {
            let mut end = self.end_of(*hash, grant, RevokeMode::Left)?;
            roots.iter().for_each(|root| root.sign_fact(&mut end));
            facts.push(end);
        }
        self.say_ends(&grants, facts).map(|_| ())
    }

    /// Draws a root key in place of the one that two others are typed beside.
    pub fn change_root(&mut self, roots: &[RootKey]) -> Result<(RootKey, u32), Error> {
        let krets = self.in_krets()?;
        check_two_roots(krets, roots)?;
        let new = RootKey::generate(&mut Drawing(&self.world))?;
        let mut keys: Vec<SignKey> = roots.iter().map(RootKey::sign_key).collect();
        keys.push(new.sign_key());
        keys.sort_unstable();
        let keys = <[SignKey; 3]>::try_from(keys).map_err(|_| Error::bug("three roots"))?;
        let mut change = fact(&RootChange {
            region: krets.members.region(),
            number: krets.members.next_root_number(),
            roots: keys,
        })?;
        roots.iter().for_each(|root| root.sign_fact(&mut change));
        self.say_facts(&Facts(vec![change]), None)?;
        let at = number_of(self.in_krets()?, &new)?;
        Ok((new, at))
    }

    /// Proves that root keys work, by the numbers on their papers.
    pub fn try_roots(&self, roots: &[RootKey]) -> Result<Vec<u32>, Error> {
        let krets = self.in_krets()?;
        check_two_roots(krets, roots)?;
        let found = roots.iter().map(|root| number_of(krets, root));
        let mut found: Vec<u32> = found.collect::<Result<_, Error>>()?;
        found.sort_unstable();
        Ok(found)
    }

    /// The end of a device's key, which nobody has signed yet.
    fn end_of(
        &self,
        device: FactHash,
        grant: &DeviceGrant,
        mode: RevokeMode,
    ) -> Result<SignedFact, Error> {
        fact(&Revoke {
            region: self.in_krets()?.members.region(),
            key: grant.sign,
            mode,
            accepted: self.accepted(device)?,
        })
    }

    /// The last entry of each log of a device that is held here: what comes later was not seen
    /// by whoever ends it.
    fn accepted(&self, device: FactHash) -> Result<Vec<Head>, Error> {
        let logs: BTreeSet<_> = self.in_krets()?.members.logs_of(device).collect();
        let holdings = self.holdings()?;
        let heads = holdings.heads();
        let mut last: BTreeMap<_, Head> = BTreeMap::new();
        for head in heads
            .as_slice()
            .iter()
            .filter(|head| logs.contains(&head.log))
        {
            let known = last.entry(head.log).or_insert(*head);
            *known = (*head).max(*known);
        }
        let mut last: Vec<Head> = last.into_values().collect();
        last.truncate(CUTOFFS_MAX);
        Ok(last)
    }
}

fn active(krets: &Krets, device: FactHash) -> Result<DeviceGrant, Error> {
    let mut active = krets.members.active();
    let found = active.find(|(hash, _)| *hash == device);
    found
        .map(|(_, grant)| grant.clone())
        .ok_or_else(|| Error::new(Code::NotFound, "no computer that belongs"))
}

/// Which paper a root key of today stands on, from 1.
fn number_of(krets: &Krets, root: &RootKey) -> Result<u32, Error> {
    let papers = krets.members.root_papers();
    let at = papers.iter().position(|key| *key == root.sign_key());
    let number = at.and_then(|at| u32::try_from(at + 1).ok());
    number.ok_or_else(|| Error::new(Code::WrongRootKeys, "no root key of today"))
}

/// Each must be a root key of today, and no key may be typed twice.
fn check_roots(krets: &Krets, roots: &[RootKey]) -> Result<(), Error> {
    let today = krets.members.roots();
    let keys: BTreeSet<SignKey> = roots.iter().map(RootKey::sign_key).collect();
    if keys.len() == roots.len() && keys.iter().all(|key| today.contains(key)) {
        Ok(())
    } else {
        Err(Error::new(Code::WrongRootKeys, "no two root keys of today"))
    }
}

/// One root key alone changes nothing: with the last one the krets cannot be put right.
fn check_two_roots(krets: &Krets, roots: &[RootKey]) -> Result<(), Error> {
    check_roots(krets, roots)?;
    match roots.len() {
        2 | 3 => Ok(()),
        _ => Err(Error::new(Code::LastRoot, "one root key")),
    }
}

/// Nobody removes the last admin who acts for a municipality.
fn check_last_admin(
    before: &Membership,
    ended: &BTreeSet<SignKey>,
    grants: &[DeviceGrant],
) -> Result<(), Error> {
    let ends_admin = |grant: &&DeviceGrant| before.is_any_admin(&grant.sign);
    let homes = before.active().map(|(_, grant)| grant.municipality);
    let homes: BTreeSet<ItemId> = homes.collect();
    for grant in grants.iter().filter(ends_admin) {
        let acts = |home: &&ItemId| before.is_admin(&grant.sign, **home);
        for home in homes.iter().filter(acts) {
            let mut left = before.admins_of(*home);
            if !left.any(|admin| !ended.contains(&admin.sign)) {
                return Err(Error::new(Code::LastAdmin, "last admin of a municipality"));
            }
        }
    }
    Ok(())
}

fn fact<F: FactContent>(content: &F) -> Result<SignedFact, Error> {
    SignedFact::new(content).map_err(|error| Error::new(Code::TooLarge, error.code()))
}
