//! The files as a disk would hold them after the power was cut.

use crate::trace::{Act, Event, File};
use anyhow::Result;
use radrum_app::Size;
use radrum_tests::office::{Office, Start};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Smallest piece that a disk writes whole, in bytes.
const SECTOR: usize = 512;

/// Content of both files.
#[derive(Clone, Default)]
pub struct Image(BTreeMap<File, Vec<u8>>);

impl Image {
    /// What lies in a profile folder.
    pub fn of(folder: &Path) -> Result<Self> {
        let mut files = BTreeMap::new();
        for (file, name) in [(File::Database, "radrum.db"), (File::Wal, "radrum.db-wal")] {
            let path = folder.join(name);
            if path.exists() {
                files.insert(file, fs::read(path)?);
            }
        }
        Ok(Self(files))
    }

    fn apply(&mut self, event: &Event, survives: &mut impl FnMut() -> bool) {
        let content = self.0.entry(event.file).or_default();
        match &event.act {
            Act::Sync => {}
            Act::Cut { length } => {
                if survives() {
                    content.resize(usize::try_from(*length).unwrap_or(usize::MAX), 0);
                }
            }
            Act::Write { at, bytes } => {
                let at = usize::try_from(*at).unwrap_or(usize::MAX);
                for (n, sector) in bytes.chunks(SECTOR).enumerate() {
                    if survives() {
                        let from = at + n * SECTOR;
                        let to = from + sector.len();
                        content.resize(content.len().max(to), 0);
                        content[from..to].copy_from_slice(sector);
                    }
                }
            }
        }
    }

    /// After a power cut behind these events: what was synced is there, of the rest each
    /// sector as `survives` says.
    pub fn after_power_cut(&self, events: &[Event], mut survives: impl FnMut() -> bool) -> Self {
        let mut image = self.clone();
        let last_sync: BTreeMap<File, usize> = events
            .iter()
            .enumerate()
            .filter(|(_, event)| event.act == Act::Sync)
            .map(|(at, event)| (event.file, at))
            .collect();
        for (at, event) in events.iter().enumerate() {
            if last_sync.get(&event.file).is_some_and(|last| at < *last) {
                image.apply(event, &mut || true);
            } else {
                image.apply(event, &mut survives);
            }
        }
        image
    }

    /// The WAL cut at a length, and something else behind it.
    pub fn with_wal_cut(&self, length: usize, tail: &[u8]) -> Self {
        let mut image = self.clone();
        let wal = image.0.entry(File::Wal).or_default();
        wal.truncate(length);
        wal.extend_from_slice(tail);
        image
    }

    pub fn wal_len(&self) -> usize {
        self.0.get(&File::Wal).map_or(0, Vec::len)
    }

    /// Writes the files beside the key files of a profile and opens it.
    pub fn open(&self, profile: &Path, folder: &Path) -> Result<Office> {
        fs::create_dir_all(folder)?;
        for name in ["example.key", "key.check"] {
            fs::copy(profile.join(name), folder.join(name))?;
        }
        for (file, name) in [(File::Database, "radrum.db"), (File::Wal, "radrum.db-wal")] {
            let path = folder.join(name);
            match self.0.get(&file) {
                Some(bytes) => fs::write(path, bytes)?,
                None => {
                    let _ = fs::remove_file(path);
                }
            }
        }
        let _ = fs::remove_file(folder.join("radrum.db-shm"));
        Office::open(Start::example(folder, Size::Small))
    }
}

/// Every page and table is sound.
pub fn is_sound(office: &Office) -> Result<bool> {
    Ok(office.call("check", json!({}))?["faults"] == 0)
}
