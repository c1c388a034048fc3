//! `<profile>/device.keys`: the device's own keys, sealed under the key of the database, in a
//! file of their own so that no copy of the database holds them.

use super::Drawing;
use crate::{Code, Error, World};
use radrum_seal::DeviceKeys;
use radrum_store::DbKey;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Where the keys of this device lie.
#[derive(Debug, Clone)]
pub(crate) struct KeysFile {
    path: PathBuf,
    database: DbKey,
}

impl KeysFile {
    /// The file beside a database.
    pub fn beside(database: &Path, key: &DbKey) -> Self {
        Self {
            path: database.with_file_name("device.keys"),
            database: key.clone(),
        }
    }

    /// The keys, or nothing if none were made yet.
    ///
    /// # Errors
    /// [`Code::KeysMissing`] for a damaged file, [`Code::ReadOnly`] when it cannot be read.
    pub fn read(&self) -> Result<Option<DeviceKeys>, Error> {
        match std::fs::read(&self.path) {
            Ok(file) => Ok(Some(DeviceKeys::unlock(&file, self.database.expose())?)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::new(Code::ReadOnly, error.to_string())),
        }
    }

    /// The keys, made now if there are none.
    ///
    /// # Errors
    /// As [`KeysFile::read`]; [`Code::DiskFull`] and [`Code::ReadOnly`] when they cannot be kept.
    pub fn read_or_make(&self, world: &World) -> Result<DeviceKeys, Error> {
        if let Some(keys) = self.read()? {
            return Ok(keys);
        }
        let keys = DeviceKeys::generate(&mut Drawing(world))?;
        let file = keys.lock(self.database.expose(), &mut Drawing(world))?;
        crate::secret::write_new(&self.path, &file).map_err(|error| {
            let full = error.kind() == ErrorKind::StorageFull;
            let code = if full { Code::DiskFull } else { Code::ReadOnly };
            Error::new(code, error.to_string())
        })?;
        Ok(keys)
    }
}
