//! A profile folder as bytes: to copy, to keep for later, and to cut where a power failure
//! would.

use super::dice::Dice;
use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};

const DATABASE: &str = "radrum.db";
const WAL: &str = "radrum.db-wal";
const WAL_HEADER_BYTES: usize = 32;

/// The files of a profile.
#[derive(Debug, Clone)]
pub struct Image(Vec<(String, Vec<u8>)>);

impl Image {
    /// Reads a folder. The profile may be open if nothing is being written.
    ///
    /// # Errors
    /// Any error of the file system.
    pub fn of(folder: &Path) -> Result<Self> {
        let mut files = Vec::new();
        for name in [DATABASE, WAL, "device.keys", "key.check"] {
            let path = folder.join(name);
            if path.exists() {
                files.push((name.to_string(), fs::read(path)?));
            }
        }
        Ok(Self(files))
    }

    /// Writes it as a new folder.
    ///
    /// # Errors
    /// Any error of the file system.
    pub fn lay_out(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        for (name, bytes) in &self.0 {
            fs::write(folder.join(name), bytes)?;
        }
        Ok(())
    }

    fn file(&self, name: &str) -> &[u8] {
        let file = self.0.iter().find(|(known, _)| known == name);
        file.map(|(_, bytes)| bytes.as_slice()).unwrap_or_default()
    }

    /// What a power failure between `self` and `after` leaves: the WAL holds a part of what
    /// was written meanwhile. None when the file itself was written too, or nothing was.
    #[must_use]
    pub fn torn(&self, after: &Self, dice: &mut Dice) -> Option<Self> {
        let (old, new) = (self.file(WAL), after.file(WAL));
        let header = |wal: &[u8]| wal.get(..WAL_HEADER_BYTES).map(<[u8]>::to_vec);
        let began = old.is_empty() || header(old) == header(new);
        if self.file(DATABASE) != after.file(DATABASE) || !began || old == new {
            return None;
        }
        let same = same_bytes(old, new);
        let at = same + dice.pick(new.len() - same + 1);
        let mut wal = new[..at].to_vec();
        wal.extend_from_slice(old.get(at..).unwrap_or_default());
        let mut image = self.clone();
        image.0.retain(|(name, _)| name != WAL);
        image.0.push((WAL.to_string(), wal));
        Some(image)
    }
}

/// How far two files are the same, in bytes, page by page at first.
fn same_bytes(a: &[u8], b: &[u8]) -> usize {
    const PAGE: usize = 4_096;
    let pages = a.chunks(PAGE).zip(b.chunks(PAGE));
    let pages = pages.take_while(|(a, b)| a == b && a.len() == PAGE).count();
    let at = pages * PAGE;
    let bytes = a[at..].iter().zip(&b[at..]);
    at + bytes.take_while(|(a, b)| a == b).count()
}

/// A folder for many small files that need not outlive the test: in memory where there is such
/// a place.
///
/// # Errors
/// When none can be made.
pub fn home() -> Result<tempfile::TempDir> {
    let memory = PathBuf::from("/dev/shm");
    let mut named = tempfile::Builder::new();
    let named = named.prefix("radrum-sim-");
    Ok(if memory.is_dir() {
        named.tempdir_in(memory)?
    } else {
        named.tempdir()?
    })
}
