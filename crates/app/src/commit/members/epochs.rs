//! New epochs, and who gets their keys.

use super::super::WriteSide;
use super::active;
use crate::Error;
use crate::krets::Drawing;
use radrum_seal::unseal;
use radrum_wire::{DeviceGrant, DeviceId, Envelope, FactHash, Facts};
use std::collections::{BTreeMap, BTreeSet};

/// A device that told nothing for so long gets no key of the next epoch, UTC ms. It decides when
/// an admin's program acts, and nothing else.
const REST_MS: i64 = 90 * 24 * 60 * 60 * 1000;

/// Setting that says since which quarter this computer has known the epoch written in.
const EPOCH_SINCE: &str = "epoch_since";

impl WriteSide {
    /// Begins a new epoch: on suspicion, or since a quarter has passed.
    pub fn begin_epoch(&mut self) -> Result<(), Error> {
        let krets = self.in_krets()?;
        let resting = self.resting()?;
        let (epoch, made) = radrum_seal::rotate(
            &krets.members,
            &krets.epochs,
            &resting,
            &krets.keys,
            &mut Drawing(&self.world),
        )?;
        self.say_facts(&Facts(vec![made]), Some(&epoch))
    }

    /// Wakes a device that rests.
    pub fn wake(&mut self, device: FactHash) -> Result<(), Error> {
        let grant = active(self.in_krets()?, device)?;
        self.hand_epoch_to(&grant)
    }

    /// Hands the epoch that is written in to a device that lacks it, in an entry that it can
    /// open: under the newest epoch that it was given.
    fn hand_epoch_to(&mut self, grant: &DeviceGrant) -> Result<(), Error> {
        let krets = self.in_krets()?;
        let (members, epochs) = (&krets.members, &krets.epochs);
        let mut drawing = Drawing(&self.world);
        let made = radrum_seal::hand_on(members, epochs, grant, &krets.keys, &mut drawing)?;
        let given = epochs
            .iter()
            .filter(|key| members.has_wrap(key.id(), grant.device));
        let newest = given.max_by_key(|key| members.generation(key.id()));
        let newest = newest.cloned();
        self.say_facts_under(newest.as_ref(), &Facts(vec![made]), None)
    }

    /// What an admin's program does by itself, once everything has been fetched: offers the
    /// newest roster, and begins an epoch when the one written in has been known since an
    /// earlier quarter, or was handed to somebody who is out. The own clock decides when to act; nobody compares it.
    pub fn tend(&mut self) {
        // What was fetched is committed, and the next time comes.
        if let Err(error) = self.offer_and_rotate() {
            tracing::warn!(code = ?error.code, "tending the krets");
        }
    }

    fn offer_and_rotate(&mut self) -> Result<(), Error> {
        let Some(krets) = self.krets.as_ref().filter(|krets| krets.belongs()) else {
            return Ok(());
        };
        if !krets.members.is_any_admin(&krets.keys.sign_key()) {
            return Ok(());
        }
        let epoch = krets.epoch()?.id();
        // Two signatures that came apart may have ended an admin without a new epoch.
        let spent = krets.members.is_spent(epoch);
        self.say_roster()?;
        let quarter = quarter_of(self.world.today());
        let kept = self.writer.read().setting(EPOCH_SINCE)?.unwrap_or_default();
        let known = kept.split_once(' ');
        let since = known.filter(|(of, _)| *of == epoch.to_string());
        let is_old = since.is_some_and(|(_, since)| since != quarter);
        if spent || is_old {
            self.begin_epoch()?;
        } else if since.is_some() {
            return Ok(());
        }
        let now = self.in_krets()?.epoch()?.id();
        let tx = self.writer.begin()?;
        tx.put_setting(EPOCH_SINCE, &format!("{now} {quarter}"))?;
        Ok(tx.commit()?)
    }

    /// A new epoch came whose maker had not heard of devices that this one has taken in: they
    /// get its key too. One that is silent was left out on purpose, and is woken by a person.
    pub fn hand_to_newcomers(&mut self) -> Result<(), Error> {
        let krets = self.in_krets()?;
        let (own, epoch) = (krets.keys.sign_key(), krets.epoch()?.id());
        let (now, told) = (self.world.clock.now_ms(), self.told_at()?);
        let members = &krets.members;
        let left_out = members.active().filter(|(hash, grant)| {
            let silent = told.get(hash).is_some_and(|at| is_silent(now, *at));
            let mine = krets.evidence.is_signed(*hash, own);
            mine && !silent && !members.has_wrap(epoch, grant.device)
        });
        let left_out: Vec<DeviceGrant> = left_out.map(|(_, grant)| grant.clone()).collect();
        left_out
            .iter()
            .try_for_each(|grant| self.hand_epoch_to(grant))
    }

    /// Devices that rest: they have not told anything for long, or rested when the epoch
    /// began.
    pub fn resting(&self) -> Result<BTreeSet<DeviceId>, Error> {
        let krets = self.in_krets()?;
        let now = self.world.clock.now_ms();
        let told = self.told_at()?;
        let epoch = krets.members.writing_epoch(&krets.epochs);
        let others = krets.members.active();
        let others = others.filter(|(hash, _)| *hash != krets.grant);
        let rests = |(hash, grant): &(FactHash, &DeviceGrant)| {
            let silent = told.get(hash).is_some_and(|at| is_silent(now, *at));
            let left_out = epoch.is_some_and(|of| !krets.members.has_wrap(of.id(), grant.device));
            silent || left_out
        };
        Ok(others
            .filter(rests)
            .map(|(_, grant)| grant.device)
            .collect())
    }

    /// When each device says that it sent its last heartbeat.
    fn told_at(&self) -> Result<BTreeMap<FactHash, i64>, Error> {
        let krets = self.in_krets()?;
        let mut told = BTreeMap::new();
        for (_, _, bytes) in self.writer.read().slots()? {
            let Ok(envelope) = Envelope::decode(&bytes) else {
                continue;
            };
            let entry = unseal(&envelope, krets.members.region(), &krets.epochs)
                .and_then(|unsealed| unsealed.verify(&krets.members));
            if let Ok(entry) = entry
                && let Some(grant) = entry.grant
            {
                let at = told.entry(grant).or_insert(entry.written_at);
                *at = entry.written_at.max(*at);
            }
        }
        Ok(told)
    }
}

const fn is_silent(now: i64, told_at: i64) -> bool {
    now.saturating_sub(told_at) > REST_MS
}

/// "2026-4".
fn quarter_of(day: chrono::NaiveDate) -> String {
    use chrono::Datelike as _;
    format!("{}-{}", day.year(), day.month0() / 3 + 1)
}

#[cfg(test)]
mod tests {
    use super::quarter_of;
    use chrono::NaiveDate;

    #[test]
    fn a_quarter_has_three_months() {
        let of = |month| NaiveDate::from_ymd_opt(2026, month, 1).map(quarter_of);
        assert_eq!(of(1), of(3));
        assert_ne!(of(3), of(4));
        assert_eq!(of(12).as_deref(), Some("2026-4"));
    }
}
