//! New epochs, and who gets their keys.

use super::super::WriteSide;
use super::active;
use crate::Error;
use crate::krets::Drawing;
use radrum_store::Tx;
use radrum_wire::{DeviceGrant, DeviceId, FactHash, Facts};
use std::collections::{BTreeMap, BTreeSet};

/// A device that told nothing for so long gets no key of the next epoch, in milliseconds. It
/// decides when an admin's program acts, and nothing else.
const REST_MS: i64 = 90 * 24 * 60 * 60 * 1000;

/// Heartbeats that were fetched so long ago are fetched again before somebody is taken for
/// silent, in milliseconds.
const LATELY_MS: i64 = 60 * 60 * 1000;

/// Setting that says since which quarter this computer has known the epoch written in.
const EPOCH_SINCE: &str = "epoch_since";

/// Setting that says since when something has come from others without a long pause, UTC ms.
const IN_TOUCH_SINCE: &str = "in_touch_since";

/// A pause after which nobody's silence before it says anything, in milliseconds.
const PAUSE_MS: i64 = REST_MS / 2;

/// Notes that something comes from others now. After a long pause everybody was silent, and who
/// is heard first says nothing about those who are heard next: their sticks may lie on the table.
pub(in crate::commit) fn note_touch(tx: &Tx<'_>, now: i64) -> Result<(), Error> {
    let last = tx.read().heard()?.into_iter().map(|(_, at)| at).max();
    if last.is_none_or(|last| now.abs_diff(last) > PAUSE_MS.unsigned_abs()) {
        tx.put_setting(IN_TOUCH_SINCE, &now.to_string())?;
    }
    Ok(())
}

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
    pub(super) fn hand_epoch_to(&mut self, grant: &DeviceGrant) -> Result<(), Error> {
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
    /// earlier quarter, or was handed to
    /// somebody who is out. The own clock decides when to act; nobody compares it.
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
        if is_old && !spent && !self.has_listened()? {
            self.roads.slots_wanted();
            return Ok(());
        }
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
        let silent = self.silent()?;
        let members = &krets.members;
        let left_out = members.active().filter(|(hash, grant)| {
            let mine = krets.evidence.is_signed(*hash, own);
            mine && !silent.contains(hash) && !members.has_wrap(epoch, grant.device)
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
        let silent = self.silent()?;
        let epoch = krets.members.writing_epoch(&krets.epochs);
        let others = krets.members.active();
        let others = others.filter(|(hash, _)| *hash != krets.grant);
        let rests = |(hash, grant): &(FactHash, &DeviceGrant)| {
            let left_out = epoch.is_some_and(|of| !krets.members.has_wrap(of.id(), grant.device));
            silent.contains(hash) || left_out
        };
        Ok(others
            .filter(rests)
            .map(|(_, grant)| grant.device)
            .collect())
    }

    /// Devices that have told nothing for long, while others have, without a long pause. What counts is when their
    /// entries and heartbeats came here, by the own clock. One that is silent like most is not: then it is
    /// this computer that was away, and nobody may put most of a krets to rest.
    fn silent(&self) -> Result<BTreeSet<FactHash>, Error> {
        let krets = self.in_krets()?;
        let now = self.world.clock.now_ms();
        let heard: BTreeMap<_, _> = self.writer.read().heard()?.into_iter().collect();
        let since = self.writer.read().setting(IN_TOUCH_SINCE)?;
        let since: i64 = since.and_then(|at| at.parse().ok()).unwrap_or(i64::MIN);
        let others = krets.members.active().map(|(hash, _)| hash);
        let heard_at = |hash: FactHash| {
            let logs = krets.members.logs_of(hash);
            let at = logs.filter_map(|log| heard.get(&log)).max();
            at.map(|at| since.max(*at))
        };
        let others = others.filter(|hash| *hash != krets.grant);
        let told: Vec<_> = others.filter_map(|of| Some((of, heard_at(of)?))).collect();
        Ok(far_behind(&told, now))
    }

    /// Whether heartbeats were fetched lately, or there is nobody to fetch them from: who has
    /// told something meanwhile is not to be taken for silent.
    fn has_listened(&self) -> Result<bool, Error> {
        let now = self.world.clock.now_ms();
        let lately = |at: i64| (0..LATELY_MS).contains(&now.saturating_sub(at));
        if self.listened_at.is_some_and(lately) {
            return Ok(true);
        }
        let relays = self.writer.read().krets()?.map(|row| row.relays);
        Ok(relays.is_none_or(|relays| relays.is_empty()))
    }
}

/// Who was heard long before the middle one, among whom this computer counts as heard now.
fn far_behind<T: Copy + Ord>(told: &[(T, i64)], now: i64) -> BTreeSet<T> {
    let mut times: Vec<i64> = told.iter().map(|(_, at)| *at).collect();
    times.push(now);
    times.sort_unstable();
    let middle = times.get(times.len() / 2).copied().unwrap_or(now);
    let silent = told
        .iter()
        .filter(|(_, at)| middle.saturating_sub(*at) > REST_MS);
    silent.map(|(of, _)| *of).collect()
}

/// "2026-4".
fn quarter_of(day: chrono::NaiveDate) -> String {
    use chrono::Datelike as _;
    format!("{}-{}", day.year(), day.month0() / 3 + 1)
}

#[cfg(test)]
mod tests {
    use super::{REST_MS, far_behind, quarter_of};
    use chrono::NaiveDate;

    #[test]
    fn who_is_far_behind_the_middle_is_silent_and_never_most_of_a_krets() {
        let silent = |told: &[i64], now: i64| {
            let told: Vec<_> = told.iter().enumerate().map(|(n, at)| (n, *at)).collect();
            far_behind(&told, now).into_iter().collect::<Vec<_>>()
        };
        let (old, now) = (1_000, 1_000 + 2 * REST_MS);
        assert_eq!(silent(&[now, old, now], now), [1]);
        assert_eq!(silent(&[old], now), [0]);
        assert_eq!(silent(&[old, old, old], now), Vec::<usize>::new());
        let ahead = now + 40 * REST_MS;
        assert_eq!(silent(&[old, ahead, old, old], now), Vec::<usize>::new());
        assert_eq!(silent(&[now, now, now - REST_MS], now), Vec::<usize>::new());
        assert_eq!(silent(&[], now), Vec::<usize>::new());
    }

    #[test]
    fn a_quarter_has_three_months() {
        let of = |month| NaiveDate::from_ymd_opt(2026, month, 1).map(quarter_of);
        assert_eq!(of(1), of(3));
        assert_ne!(of(3), of(4));
        assert_eq!(of(12).as_deref(), Some("2026-4"));
    }
}
