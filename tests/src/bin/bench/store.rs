//! The Exempelkrets at plan and stress size: made once, measured often.

use super::place::{Place, folder_bytes};
use super::raw::connect;
use anyhow::{Context as _, Result, bail};
use radrum_app::{Event, KeyFile, SecretStore as _, Size, generator_hash};
use radrum_store::DbKey;
use radrum_tests::office::{Office, Start};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Room that making a store needs, in bytes.
const ROOM: u64 = 6_000_000_000;

/// Derived tables are made anew by then.
const REBUILT_WITHIN: Duration = Duration::from_secs(60 * 60);

/// The profile folder of a region.
pub struct Store {
    /// The folder. What writes takes a copy.
    pub folder: PathBuf,
    size: Size,
}

impl Store {
    /// The store of this generator; made when it is not there, and brought to the search rules
    /// of this program. Stores of other generators are removed.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn ready(place: &Place, size: Size) -> Result<Self> {
        let begins = format!("store-{}-", size.name());
        let name = format!("{begins}{}", generator_hash());
        for entry in fs::read_dir(&place.bench)? {
            let entry = entry?;
            let found = entry.file_name().to_string_lossy().into_owned();
            if found.starts_with(&begins) && found != name {
                fs::remove_dir_all(entry.path())?;
            }
        }
        let folder = place.bench.join(&name);
        let store = Self { folder, size };
        if store.folder.is_dir() {
            if let Some(seconds) = store.rebuilt()? {
                eprintln!("{}: brought up to date in {seconds:.0} s", size.name());
            }
        } else {
            store.make(place, &place.bench.join(format!("{name}.part")))?;
        }
        Ok(store)
    }

    /// Starts it and waits until lists and search are those of this program. Gives the seconds
    /// from the start on; none when nothing was to do.
    ///
    /// # Errors
    /// When it does not come up ready, or is not done in time.
    pub fn rebuilt(&self) -> Result<Option<f64>> {
        let office = Office::closed(Start::example(&self.folder, self.size));
        let events = office.host.events().listen();
        let began = Instant::now();
        let state = office.call("start", json!({}))?;
        if state["state"] != "ready" {
            bail!("not ready: {state}");
        }
        if state["session"]["rebuilding"] == json!(false) {
            return Ok(None);
        }
        loop {
            let left = REBUILT_WITHIN.saturating_sub(began.elapsed());
            let event = events.recv_timeout(left).context("rebuild in time")?;
            if event == (Event::Rebuilding { busy: false }) {
                return Ok(Some(began.elapsed().as_secs_f64()));
            }
        }
    }

    /// Under another name until it is whole: an interrupted run leaves nothing that looks right.
    fn make(&self, place: &Place, part: &Path) -> Result<()> {
        place.needs_room(ROOM)?;
        let name = self.size.name();
        eprintln!("{name}: making the store, once for this generator …");
        let began = Instant::now();
        if part.is_dir() {
            fs::remove_dir_all(part)?;
        }
        Office::open(Start::example(part, self.size))?.host.close();
        fs::rename(part, &self.folder)?;
        eprintln!("{name}: made in {:.0} s", began.elapsed().as_secs_f64());
        Ok(())
    }

    /// Opens it in this process.
    ///
    /// # Errors
    /// When it does not come up ready.
    pub fn open(&self) -> Result<Office> {
        Office::open(Start::example(&self.folder, self.size))
    }

    /// A copy that may be written, and that goes when it is dropped.
    ///
    /// # Errors
    /// When there is no room.
    pub fn copy(&self, place: &Place) -> Result<Copied> {
        place.needs_room(folder_bytes(&self.folder)? * 2)?;
        let folder = place.scratch()?;
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            // The window keeps its log in a folder.
            if entry.file_type()?.is_file() {
                fs::copy(entry.path(), folder.path().join(entry.file_name()))?;
            }
        }
        // What was copied is not still being written while something is measured.
        fs::File::open(folder.path().join("radrum.db"))?.sync_all()?;
        Ok(Copied {
            store: Self {
                folder: folder.path().to_path_buf(),
                size: self.size,
            },
            _folder: folder,
        })
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.folder.join("radrum.db")
    }

    /// Its key.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn key(&self) -> Result<DbKey> {
        KeyFile::new(&self.folder).get("")?.context("example.key")
    }

    /// What it holds, in one line.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn facts(&self) -> Result<String> {
        let connection = connect(&self.database(), &self.key()?)?;
        let count = |sql: &str| -> Result<u64> {
            let value: i64 = connection.query_row(sql, (), |row| row.get(0))?;
            Ok(value.unsigned_abs())
        };
        let slot = "SELECT coalesce(max(value), '0') FROM settings WHERE name = 'search_slot'";
        let slot: String = connection.query_row(slot, (), |row| row.get(0))?;
        Ok(format!(
            "{} items, {} changes, {} MB of values, {} words",
            count("SELECT count(*) FROM docs")?,
            count("SELECT count(*) FROM changes")?,
            count("SELECT sum(length(CAST(value AS BLOB))) FROM docs")? / 1_000_000,
            count(&format!("SELECT count(*) FROM words_{slot}"))?,
        ))
    }

    /// Makes the next start find its derived tables stale, as a new version would.
    ///
    /// # Errors
    /// When there is no such setting.
    pub fn forget(&self, setting: &str) -> Result<()> {
        let connection = connect(&self.database(), &self.key()?)?;
        let sql = "UPDATE settings SET value = 'other' WHERE name = ?";
        if connection.execute(sql, [setting])? != 1 {
            bail!("no setting {setting}");
        }
        Ok(())
    }
}

/// A store that goes when it is dropped.
pub struct Copied {
    /// The store.
    pub store: Store,
    _folder: TempDir,
}
