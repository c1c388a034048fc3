//! A first start from a backup: a new installation with its own keys and its own log.

use super::trouble::secret_error;
use super::{Host, Setup, State};
use crate::api::StartState;
use crate::backup::{clear, not_writable};
use crate::commit::make;
use crate::profile::ProfileFolder;
use crate::secret::PassphraseFile;
use crate::{Code, Error};
use radrum_store::{DbKey, Opening};
use radrum_wire::{Generation, ItemId};
use std::path::Path;

/// Where the new file is made, in the folder of the profile, until it is whole.
const UNFINISHED: &str = "aterstallning";

impl Host {
    /// Makes a profile of a backup in the clear and opens it. Until the new file is whole and
    /// moved to its place, the folder holds no profile, and the next start begins anew.
    pub(crate) fn restore(
        &self,
        plain: &[u8],
        passphrase: Option<&str>,
    ) -> Result<StartState, Error> {
        let mut state = self.state();
        let setup = self.setup();
        let State::Waiting(folder) = std::mem::replace(&mut *state, State::Closed) else {
            drop(state);
            return Ok(self.start());
        };
        match restore_into(&setup, &folder, plain, passphrase) {
            Ok(key) => Ok(self.open(&setup, folder, key, &mut state)),
            Err(error) => {
                tracing::error!(%error, "backup could not be restored");
                *state = State::Waiting(folder);
                Err(error)
            }
        }
    }
}

fn restore_into(
    setup: &Setup,
    folder: &ProfileFolder,
    plain: &[u8],
    passphrase: Option<&str>,
) -> Result<DbKey, Error> {
    if setup.example.is_some() {
        return Err(Error::new(
            Code::Example,
            "the Exempelkrets is not restored",
        ));
    }
    if folder.database().exists() {
        return Err(Error::new(Code::Busy, "there is a profile already"));
    }
    let unfinished = folder.path().join(UNFINISHED);
    clear(&unfinished)?;
    std::fs::create_dir(&unfinished).map_err(not_writable)?;
    let opening = Opening {
        path: unfinished.join("radrum.db"),
        key: DbKey::new(setup.world.random()?),
        planted: setup.planted,
    };
    let erased = erased_here(setup, folder);
    let made = make(plain, &opening, &setup.world, &erased)
        .and_then(|_| put_in_place(setup, folder, &opening, passphrase));
    let cleared = clear(&unfinished);
    made?;
    cleared?;
    Ok(opening.key)
}

/// The program ended between the move of the new file and the clearing: what is left of the
/// making holds nothing that anybody needs.
pub(super) fn clear_unfinished(folder: &ProfileFolder) {
    if let Err(error) = clear(&folder.path().join(UNFINISHED)) {
        tracing::warn!(%error, "what a restoring left");
    }
}

/// The key first, then the file: without the file the key is worth nothing.
fn put_in_place(
    setup: &Setup,
    folder: &ProfileFolder,
    made: &Opening,
    passphrase: Option<&str>,
) -> Result<(), Error> {
    let stamp = setup.world.clock.now_ms().to_string();
    // Of a first start that was cut off, or of a profile whose file is gone.
    if folder.has_keys() {
        folder.put_aside(&stamp).map_err(not_writable)?;
    }
    let kept = match passphrase {
        Some(passphrase) => {
            PassphraseFile::new(folder.path()).seal(&setup.world, passphrase, &made.key)
        }
        None => setup.secrets.put(&folder.secret_name(), &made.key),
    };
    kept.map_err(|error| secret_error(&error))?;
    folder
        .write_key_check(setup.world.random()?, &made.key)
        .map_err(not_writable)?;
    std::fs::rename(&made.path, folder.database()).map_err(not_writable)?;
    sync(folder.path()).map_err(not_writable)
}

/// Makes the move durable, where a folder can be synced.
fn sync(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// What profiles that were put aside here know to be erased, as far as the key at hand opens
/// them: it may be newer than the backup.
fn erased_here(setup: &Setup, folder: &ProfileFolder) -> Vec<(ItemId, Generation)> {
    let Ok(Some(key)) = setup.secrets.get(&folder.secret_name()) else {
        return Vec::new();
    };
    let mut erased = Vec::new();
    for aside in folder.put_asides() {
        let opening = Opening {
            path: aside.join("radrum.db"),
            key: key.clone(),
            planted: None,
        };
        match radrum_store::erased_in(&opening) {
            Ok(known) => erased.extend(known),
            Err(error) => tracing::warn!(%error, "a profile that was put aside"),
        }
    }
    erased
}
