//! Which epoch keys count, and under which of them one writes.

use super::{Membership, Would};
use crate::{EpochKey, EpochKeys};
use radrum_wire::{DeviceId, EpochId, EpochPackage};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// An epoch package and who vouches for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Package {
    pub package: EpochPackage,
    pub standing: Standing,
}

/// Whether an admin stands for a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// Only somebody who signed it after his own end.
    Never,
    /// Somebody who was an admin when he signed, and is none now.
    Once,
    /// Somebody who is an admin.
    Today,
}

impl Membership {
    /// The packages that admins signed, for [`EpochKeys::take`]: all of them open what was
    /// written, also those of an admin who has left.
    pub fn packages(&self) -> impl Iterator<Item = &EpochPackage> {
        self.packages.values().map(|signed| &signed.package)
    }

    /// The epoch to write in: handed out by somebody who is still an admin, to no device that
    /// does not belong any more; the highest generation, then the lowest id. While a rotation
    /// is still on its way, the newest that an admin stands for; when all admins have ended
    /// each other, the newest from before, so that nobody is kept from saving. Never one that
    /// only a key after its end vouches for.
    #[must_use]
    pub fn writing_epoch<'k>(&self, keys: &'k EpochKeys) -> Option<&'k EpochKey> {
        let stands = |key: &EpochKey| self.standing(key.id()) == Some(Standing::Today);
        let stood = |key: &EpochKey| self.standing(key.id()) == Some(Standing::Once);
        let newest = |fit: &dyn Fn(&EpochKey) -> bool| {
            let fitting = keys.iter().filter(|key| fit(key));
            fitting.max_by_key(|key| (self.generation(key.id()), Reverse(key.id())))
        };
        let gone = self.gone();
        newest(&|key| stands(key) && self.excludes(key.id(), &gone))
            .or_else(|| newest(&stands))
            .or_else(|| newest(&stood))
    }

    /// Whether an epoch was handed to a device that does not belong any more: time for a new
    /// one.
    #[must_use]
    pub fn is_spent(&self, epoch: EpochId) -> bool {
        !self.excludes(epoch, &self.gone())
    }

    /// Whether a device got the key of an epoch from a package of its own or of all.
    #[must_use]
    pub fn has_wrap(&self, epoch: EpochId, device: DeviceId) -> bool {
        let mut wraps = self.of_epoch(epoch).flat_map(|of| &of.package.wraps);
        wraps.any(|wrap| wrap.device == device)
    }

    /// Generation of an epoch: the lowest of what packages say that an admin stands for, or
    /// stood for when nobody does today.
    #[must_use]
    pub fn generation(&self, epoch: EpochId) -> Option<u32> {
        let best = self
            .standing(epoch)
            .filter(|best| *best > Standing::Never)?;
        let alike = self.of_epoch(epoch).filter(|of| of.standing == best);
        alike.map(|of| of.package.generation).min()
    }

    fn standing(&self, epoch: EpochId) -> Option<Standing> {
        self.of_epoch(epoch).map(|of| of.standing).max()
    }

    fn excludes(&self, epoch: EpochId, gone: &BTreeSet<DeviceId>) -> bool {
        let mut wraps = self.of_epoch(epoch).flat_map(|of| &of.package.wraps);
        wraps.all(|wrap| !gone.contains(&wrap.device))
    }

    /// Devices that were granted at some time, or by somebody whose grant is suspended, and do
    /// not belong today.
    fn gone(&self) -> BTreeSet<DeviceId> {
        let active: BTreeSet<DeviceId> = self.active().map(|(_, grant)| grant.device).collect();
        let granted = self.grants.values().map(|grant| grant.device);
        let suspended = self.suspended.values().filter_map(|of| match &of.would {
            Would::TakeIn(grant) => Some(grant.device),
            Would::End(_) => None,
        });
        let all = granted.chain(suspended);
        all.filter(|device| !active.contains(device)).collect()
    }

    fn of_epoch(&self, epoch: EpochId) -> impl Iterator<Item = &Package> {
        let all = self.packages.values();
        all.filter(move |of| of.package.epoch == epoch)
    }
}
