//! What this profile is.

use crate::{Read, StoreError, Tx};
use radrum_domain::ItemKey;
use radrum_wire::{DeviceId, LogId, RegionId};
use rusqlite::{OptionalExtension, params};

/// The one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Which krets.
    pub region: RegionId,
    /// Its name.
    pub region_name: String,
    /// This computer.
    pub device: DeviceId,
    /// The log that this installation appends to.
    pub log: LogId,
    /// The member who uses it, once chosen.
    pub me: Option<ItemKey>,
    /// When the profile was made, UTC ms.
    pub created_at: i64,
}

impl Read<'_> {
    /// The profile, once a krets was founded or chosen.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn profile(&self) -> Result<Option<Profile>, StoreError> {
        let row = self
            .db
            .prepare_cached("SELECT region, region_name, device, log, me, created_at FROM profile")?
            .query_row((), |row| {
                Ok((
                    row.get::<_, [u8; 16]>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, [u8; 16]>(2)?,
                    row.get::<_, [u8; 16]>(3)?,
                    row.get::<_, String>(4)?,
                    row.get::<_, i64>(5)?,
                ))
            })
            .optional()?;
        Ok(row.map(
            |(region, region_name, device, log, me, created_at)| Profile {
                region: RegionId::from_bytes(region),
                region_name,
                device: DeviceId::from_bytes(device),
                log: LogId::from_bytes(log),
                me: me.parse().ok(),
                created_at,
            },
        ))
    }
}

impl Tx<'_> {
    /// Writes the profile row.
    ///
    /// # Errors
    /// Any [`StoreError`]; a second row is refused.
    pub fn create_profile(&self, profile: &Profile) -> Result<(), StoreError> {
        self.db.execute(
            "INSERT INTO profile (one, region, region_name, device, log, me, created_at)
             VALUES (1, ?, ?, ?, ?, ?, ?)",
            params![
                profile.region.as_bytes(),
                profile.region_name,
                profile.device.as_bytes(),
                profile.log.as_bytes(),
                profile
                    .me
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
                profile.created_at,
            ],
        )?;
        Ok(())
    }

    /// Remembers who uses this computer.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn set_me(&self, me: &ItemKey) -> Result<(), StoreError> {
        self.db
            .execute("UPDATE profile SET me = ?", [me.to_string()])?;
        Ok(())
    }
}
