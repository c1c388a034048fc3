//! Epoch keys: one secret for all who belong, a new one when somebody leaves.

use crate::random::{Random, draw, draw_secret};
use crate::{DeviceKeys, SealError, aead, wrap};
use radrum_wire::{
    DeviceGrant, DeviceId, EpochId, EpochPackage, Family, Nonce, Parent, RegionId, Wrap,
};
use std::collections::BTreeMap;
use std::fmt;
use zeroize::Zeroizing;

/// 32 secret bytes. All keys of an epoch and its id are derived from them.
#[derive(Clone)]
pub struct EpochKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for EpochKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EpochKey").field(&self.id()).finish()
    }
}

impl EpochKey {
    /// Draws the key of a new epoch.
    ///
    /// # Errors
    /// [`SealError::NoRandomness`].
    pub fn generate(random: &mut dyn Random) -> Result<Self, SealError> {
        Ok(Self(draw_secret(random)?))
    }

    /// The key of 32 secret bytes, as the encrypted database keeps it.
    #[must_use]
    pub fn from_secret(secret: [u8; 32]) -> Self {
        Self(Zeroizing::new(secret))
    }

    /// The 32 secret bytes.
    #[must_use]
    pub fn to_secret(&self) -> Zeroizing<[u8; 32]> {
        self.0.clone()
    }

    /// Its name. Derived from the key, so a package that claims one epoch and brings another
    /// key is found out; and one envelope cannot open under two keys.
    #[must_use]
    pub fn id(&self) -> EpochId {
        EpochId::from_bytes(*self.derive("radrum 2026-11-22 epoch id v1"))
    }

    /// The key for envelopes of a family. Anonymous threads have one of their own.
    pub(crate) fn seal_key(&self, family: Family) -> Zeroizing<[u8; 32]> {
        match family {
            Family::Anonymous => self.derive("radrum 2026-11-22 anonymous key v1"),
            _ => self.derive("radrum 2026-11-22 entry key v1"),
        }
    }

    pub(crate) fn derive(&self, context: &str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(blake3::derive_key(context, self.0.as_ref()))
    }

    fn wrap_for(
        &self,
        region: RegionId,
        grant: &DeviceGrant,
        random: &mut dyn Random,
    ) -> Result<Wrap, SealError> {
        let info = wrap_info(region, self.id(), grant.device);
        let (encapsulated, sealed) = wrap::seal(&grant.wrap, &info, self.0.as_ref(), random)?;
        Ok(Wrap {
            device: grant.device,
            encapsulated,
            sealed: sealed.try_into().map_err(|_| SealError::Broken)?,
        })
    }

    fn seal_parent(
        &self,
        region: RegionId,
        parent: &Self,
        random: &mut dyn Random,
    ) -> Result<Parent, SealError> {
        let nonce = Nonce::from_bytes(draw(random)?);
        let aad = parent_aad(region, self.id(), parent.id());
        let key = self.derive("radrum 2026-11-22 parent key v1");
        let sealed = aead::seal(&key, &nonce, &aad, parent.0.as_ref())?;
        Ok(Parent {
            epoch: parent.id(),
            nonce,
            sealed: sealed.try_into().map_err(|_| SealError::Broken)?,
        })
    }

    fn open_parent(&self, region: RegionId, parent: &Parent) -> Result<Self, SealError> {
        let aad = parent_aad(region, self.id(), parent.epoch);
        let key = self.derive("radrum 2026-11-22 parent key v1");
        let opened = aead::open(&key, &parent.nonce, &aad, &parent.sealed)?;
        Self::checked(&opened, parent.epoch)
    }

    fn checked(secret: &[u8], epoch: EpochId) -> Result<Self, SealError> {
        let secret = secret.try_into().map_err(|_| SealError::Broken)?;
        let key = Self::from_secret(secret);
        if key.id() == epoch {
            Ok(key)
        } else {
            Err(SealError::Broken)
        }
    }
}

/// The epoch keys that a device has.
#[derive(Debug, Clone, Default)]
pub struct EpochKeys(BTreeMap<EpochId, EpochKey>);

impl EpochKeys {
    /// Adds a key that this device drew or had stored.
    pub fn insert(&mut self, key: EpochKey) {
        self.0.insert(key.id(), key);
    }

    /// The key of an epoch.
    #[must_use]
    pub fn get(&self, epoch: EpochId) -> Option<&EpochKey> {
        self.0.get(&epoch)
    }

    /// All keys by id, as the encrypted database keeps them.
    pub fn iter(&self) -> impl Iterator<Item = &EpochKey> {
        self.0.values()
    }

    /// Takes what a package holds for this device: the epoch's key, if wrapped for it, and
    /// the keys of the epochs before. Says whether anything was new; a package for others is
    /// no error. Call it again with all packages until nothing is new: one may open the way
    /// to another.
    ///
    /// # Errors
    /// [`SealError::Broken`] when a wrap or parent does not hold the key it names. Who signed
    /// the package must have been checked before.
    pub fn take(
        &mut self,
        package: &EpochPackage,
        device: DeviceId,
        keys: &DeviceKeys,
    ) -> Result<bool, SealError> {
        let known = self.0.len();
        if !self.0.contains_key(&package.epoch)
            && let Some(wrap) = package.wraps.iter().find(|wrap| wrap.device == device)
        {
            let info = wrap_info(package.region, package.epoch, device);
            let opened = wrap::open(keys.wrap_secret(), &wrap.encapsulated, &info, &wrap.sealed)?;
            let key = EpochKey::checked(&opened, package.epoch)?;
            self.insert(key);
        }
        if let Some(key) = self.get(package.epoch).cloned() {
            for parent in &package.parents {
                if !self.0.contains_key(&parent.epoch) {
                    let opened = key.open_parent(package.region, parent)?;
                    self.insert(opened);
                }
            }
        }
        Ok(self.0.len() > known)
    }
}

/// Hands an epoch key to devices, and with it the keys of the epochs before.
///
/// # Errors
/// [`SealError::Example`], [`SealError::NoRandomness`], [`SealError::BadKeys`] for a grant
/// whose wrap key is none.
pub fn package(
    region: RegionId,
    (generation, key): (u32, &EpochKey),
    parents: &[&EpochKey],
    devices: &[&DeviceGrant],
    random: &mut dyn Random,
) -> Result<EpochPackage, SealError> {
    if region == RegionId::EXAMPLE {
        return Err(SealError::Example);
    }
    let mut sealed = Vec::with_capacity(parents.len());
    for parent in parents {
        sealed.push(key.seal_parent(region, parent, random)?);
    }
    sealed.sort_unstable_by_key(|parent| parent.epoch);
    let mut wraps = Vec::with_capacity(devices.len());
    for grant in devices {
        wraps.push(key.wrap_for(region, grant, random)?);
    }
    wraps.sort_unstable_by_key(|wrap| wrap.device);
    Ok(EpochPackage {
        region,
        epoch: key.id(),
        generation,
        parents: sealed,
        wraps,
    })
}

fn wrap_info(region: RegionId, epoch: EpochId, device: DeviceId) -> Vec<u8> {
    let mut info = b"radrum epoch wrap v1\0".to_vec();
    info.extend_from_slice(region.as_bytes());
    info.extend_from_slice(epoch.as_bytes());
    info.extend_from_slice(device.as_bytes());
    info
}

fn parent_aad(region: RegionId, epoch: EpochId, parent: EpochId) -> Vec<u8> {
    let mut aad = b"radrum epoch parent v1\0".to_vec();
    aad.extend_from_slice(region.as_bytes());
    aad.extend_from_slice(epoch.as_bytes());
    aad.extend_from_slice(parent.as_bytes());
    aad
}

#[cfg(test)]
mod tests {
    use super::{EpochKey, EpochKeys, wrap_info};
    use crate::{DeviceKeys, Random, SealError, wrap};
    use radrum_wire::{DeviceId, EpochPackage, RegionId, Wrap};

    struct Sevens;

    impl Random for Sevens {
        fn fill(&mut self, bytes: &mut [u8]) -> Result<(), SealError> {
            bytes.fill(7);
            Ok(())
        }
    }

    #[test]
    fn an_admin_cannot_name_one_epoch_and_hand_out_another_key() {
        let keys = DeviceKeys::from_secret(&[3; 96]);
        let (region, device) = (RegionId::from_bytes([1; 16]), DeviceId::from_bytes([2; 16]));
        let named = EpochKey::from_secret([4; 32]).id();
        let info = wrap_info(region, named, device);
        let to = keys.wrap_key().expect("key");
        let (encapsulated, sealed) = wrap::seal(&to, &info, &[5; 32], &mut Sevens).expect("sealed");
        let package = EpochPackage {
            region,
            epoch: named,
            generation: 1,
            parents: vec![],
            wraps: vec![Wrap {
                device,
                encapsulated,
                sealed: sealed.try_into().expect("length"),
            }],
        };
        let refused = EpochKeys::default().take(&package, device, &keys);
        assert_eq!(refused, Err(SealError::Broken));
    }
}
