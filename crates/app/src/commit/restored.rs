//! A whole profile file made of a backup: whose it is, the history under its own log where
//! nobody else has it, lists and search.

use super::WriteSide;
use super::reissue::reissue;
use crate::krets::Krets;
use crate::{Code, Error, World};
use radrum_domain::{Actor, ItemKey};
use radrum_store::{About, Opening, Profile, Rebuild, StoreError};
use radrum_wire::{DeviceId, Generation, ItemId, LogId, RegionId};

/// Setting of a computer that was restored and has to be let into that krets again: its id.
pub(crate) const RESTORED: &str = "restored_krets";

/// Items whose rows are made in one transaction.
const ITEMS: u32 = 500;

/// Makes the file. It is whole and in order when this returns, with no other file beside it.
/// `erased` is what this computer knows to be erased besides what the backup says.
///
/// # Errors
/// [`Code::BadBackup`], [`Code::NewerProgram`], [`Code::DiskFull`], [`Code::ReadOnly`].
pub(crate) fn make(
    plain: &[u8],
    opening: &Opening,
    world: &World,
    erased: &[(ItemId, Generation)],
) -> Result<About, Error> {
    let about = radrum_store::restore(plain, opening).map_err(bad)?;
    if about.region == RegionId::EXAMPLE {
        return Err(Error::new(Code::Example, "backup of the Exempelkrets"));
    }
    let (mut writer, readers) = radrum_store::open(opening.clone()).map_err(bad)?;
    let tx = writer.begin()?;
    for (item, generation) in erased {
        tx.leave_out(*item, *generation)?;
    }
    let log = LogId::from_bytes(world.random()?);
    tx.create_profile(&profile(&about, log, world)?)?;
    if about.in_krets {
        tx.put_setting(RESTORED, &hex::encode(about.region.as_bytes()))?;
    } else {
        reissue(&tx, world, log)?;
    }
    let mut step = Some(tx.begin_rebuild(Rebuild::Everything)?);
    tx.commit()?;
    // Lists and search too: nobody is shown ids where names belong.
    while let Some(at) = step {
        let tx = writer.begin()?;
        step = tx.rebuild_some(Rebuild::Everything, at, ITEMS)?;
        tx.commit()?;
    }
    drop(readers);
    let faults = writer.faults()?;
    if !faults.is_empty() {
        return Err(Error::new(
            Code::BadBackup,
            format!("{} faults", faults.len()),
        ));
    }
    writer.checkpoint()?;
    Ok(about)
}

impl WriteSide {
    /// The krets that this computer was restored from and has not been let into again.
    fn restored_from(&self) -> Result<Option<String>, Error> {
        let region = self.writer.read().setting(RESTORED)?;
        Ok(region.filter(|region| !region.is_empty()))
    }

    /// What was restored belongs to one krets: its entries are sealed for that one.
    pub(super) fn check_restored(&self, region: RegionId) -> Result<(), Error> {
        match self.restored_from()? {
            Some(of) if of != hex::encode(region.as_bytes()) => {
                Err(Error::new(Code::RestoredFromOther, "another krets"))
            }
            _ => Ok(()),
        }
    }

    /// Let in again: what was restored is believed with everything else, from facts and places
    /// that came with the backup too.
    pub(super) fn come_back(&mut self) -> Result<(), Error> {
        if self.restored_from()?.is_none() {
            return Ok(());
        }
        let tx = self.writer.begin()?;
        tx.put_setting(RESTORED, "")?;
        tx.commit()?;
        let mut krets = Krets::open(&self.writer.read(), &self.profile, &self.keys)?;
        if let Some(krets) = &mut krets {
            krets.believe(&self.writer.read())?;
            self.held.believe(krets);
        }
        self.krets = krets;
        Ok(())
    }

    /// A new krets is founded of what was restored: everything goes into one new log, and the
    /// old krets stays behind.
    pub(super) fn leave_krets(&mut self) -> Result<(), Error> {
        if self.restored_from()?.is_none() {
            return Ok(());
        }
        let log = LogId::from_bytes(self.world.random()?);
        let tx = self.writer.begin()?;
        reissue(&tx, &self.world, log)?;
        tx.set_log(log)?;
        tx.put_setting(RESTORED, "")?;
        tx.commit()?;
        self.profile.log = log;
        self.running = Actor::new(log, self.world.random()?);
        self.held.set(None);
        Ok(())
    }
}

fn profile(about: &About, log: LogId, world: &World) -> Result<Profile, Error> {
    let me: &ItemKey = &about.me;
    Ok(Profile {
        region: about.region,
        region_name: about.region_name.clone(),
        device: DeviceId::from_bytes(world.random()?),
        log,
        me: Some(me.clone()),
        created_at: world.clock.now_ms(),
    })
}

/// What cannot be read is the backup's fault; what cannot be written is the disk's.
fn bad(error: StoreError) -> Error {
    match error {
        StoreError::Full | StoreError::ReadOnly | StoreError::Busy | StoreError::Newer { .. } => {
            error.into()
        }
        other => Error::new(Code::BadBackup, other.to_string()),
    }
}
