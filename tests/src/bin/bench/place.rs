//! Where programs and files lie.

use anyhow::{Context as _, Result, bail};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Begins the names of folders that go at the end.
const SCRATCH: &str = "scratch-";

/// Cargo's folder for what it builds, as this program sees it.
#[derive(Debug)]
pub struct Place {
    /// Stores, copies and figures; on the disk that is measured.
    pub bench: PathBuf,
    programs: PathBuf,
    _lock: File,
}

impl Place {
    /// Beside this program. What an interrupted run left is removed.
    ///
    /// # Errors
    /// When the folder cannot be made, or another run measures there.
    pub fn find() -> Result<Self> {
        let own = std::env::current_exe()?;
        let programs = own.parent().context("own folder")?.to_path_buf();
        let bench = programs.parent().context("target folder")?.join("bench");
        fs::create_dir_all(&bench)?;
        let lock = File::create(bench.join("lock"))?;
        if lock.try_lock().is_err() {
            bail!("another run measures in {}", bench.display());
        }
        for entry in fs::read_dir(&bench)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(SCRATCH) {
                fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(Self {
            bench,
            programs,
            _lock: lock,
        })
    }

    /// A program that `cargo xtask bench` has built.
    ///
    /// # Errors
    /// When it is not there.
    pub fn program(&self, name: &str) -> Result<PathBuf> {
        let path = self.programs.join(name);
        if !path.is_file() {
            bail!("{} is missing; use cargo xtask bench", path.display());
        }
        Ok(path)
    }

    /// An empty folder on the measured disk that goes when it is dropped.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn scratch(&self) -> Result<TempDir> {
        let mut builder = tempfile::Builder::new();
        Ok(builder.prefix(SCRATCH).tempdir_in(&self.bench)?)
    }

    /// Refuses to begin what would fill the disk.
    ///
    /// # Errors
    /// When there is less room.
    pub fn needs_room(&self, bytes: u64) -> Result<()> {
        let disk = rustix::fs::statvfs(&self.bench)?;
        let free = disk.f_bavail * disk.f_frsize;
        if free < bytes {
            let (needed, free) = (bytes / 1_000_000, free / 1_000_000);
            bail!("{needed} MB are needed on the disk, {free} are free");
        }
        Ok(())
    }
}

/// Bytes of the files of a folder.
///
/// # Errors
/// When it cannot be read.
pub fn folder_bytes(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes)
}
