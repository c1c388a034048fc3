//! One computer of one colleague, without a window: the same commands that a window calls.

use anyhow::{Context as _, Result, bail};
use chrono::NaiveDate;
use radrum_app::{
    FixedClock, Host, MemorySecrets, OsEntropy, SecretStore as _, Setup, Size, SystemClock, World,
    call,
};
use radrum_store::{DbKey, Fault};
use radrum_sync::Opener;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A profile in a folder, and the host that has it open.
pub struct Office {
    /// Commands go through it.
    pub host: Host,
    folder: PathBuf,
    secrets: Arc<MemorySecrets>,
}

/// What an office starts with.
pub struct Start {
    /// Folder of the profile.
    pub folder: PathBuf,
    /// The Exempelkrets in this size; none is a krets of one's own.
    pub example: Option<Size>,
    /// A day on which the clock stands still.
    pub day: Option<NaiveDate>,
    /// Keys of earlier starts.
    pub secrets: Arc<MemorySecrets>,
    /// A fault in what the profile stands on.
    pub planted: Option<Fault>,
    /// Opens its roads; the real one over HTTP unless a test is the road itself.
    pub opener: Option<Arc<dyn Opener>>,
}

impl Start {
    /// The Exempelkrets in a folder.
    #[must_use]
    pub fn example(folder: &Path, size: Size) -> Self {
        Self {
            example: Some(size),
            ..Self::own(folder)
        }
    }

    /// A krets of one's own in a folder.
    #[must_use]
    pub fn own(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
            example: None,
            day: None,
            secrets: Arc::default(),
            planted: None,
            opener: None,
        }
    }
}

impl Office {
    /// A host that has not been started.
    #[must_use]
    pub fn closed(start: Start) -> Self {
        let world = match start.day {
            Some(day) => World {
                clock: Arc::new(FixedClock::on(day)),
                entropy: Arc::new(OsEntropy),
            },
            None => World {
                clock: Arc::new(SystemClock),
                entropy: Arc::new(OsEntropy),
            },
        };
        let secrets = Arc::clone(&start.secrets);
        let setup = Setup {
            folder: start.folder.clone(),
            world,
            secrets,
            example: start.example,
            planted: start.planted,
            opener: start
                .opener
                .or_else(|| Some(Arc::new(radrum_transport::Roads))),
        };
        Self {
            host: Host::new(setup),
            folder: start.folder,
            secrets: start.secrets,
        }
    }

    /// A started profile.
    ///
    /// # Errors
    /// When it does not come up ready.
    pub fn open(start: Start) -> Result<Self> {
        let office = Self::closed(start);
        let state = office.call("start", json!({}))?;
        if state["state"] != "ready" {
            bail!("not ready: {state}");
        }
        Ok(office)
    }

    /// A new krets of one's own.
    ///
    /// # Errors
    /// When it cannot be founded.
    pub fn founded(start: Start) -> Result<Self> {
        let office = Self::closed(start);
        office.call("start", json!({}))?;
        let state = office.call(
            "found",
            json!({ "region": "Provkretsen", "municipality": "Dorotea", "name": "Maja Lundmark",
                    "role": "socialsekreterare" }),
        )?;
        if state["state"] != "ready" {
            bail!("not founded: {state}");
        }
        Ok(office)
    }

    /// Calls a command; an error is its JSON.
    ///
    /// # Errors
    /// The command's error.
    pub fn call(&self, command: &str, args: Value) -> Result<Value> {
        call(&self.host, command, args)
            .map_err(|error| anyhow::anyhow!("{error}, args {}", error.args))
            .with_context(|| command.to_string())
    }

    /// Calls a command that must fail and gives its code.
    ///
    /// # Errors
    /// When it does not fail.
    pub fn refused(&self, command: &str, args: Value) -> Result<Value> {
        match call(&self.host, command, args) {
            Ok(value) => bail!("{command} was not refused: {value}"),
            Err(error) => Ok(serde_json::to_value(&error)?),
        }
    }

    /// The key of its database.
    ///
    /// # Errors
    /// When its secrets do not hold it.
    pub fn key(&self) -> Result<DbKey> {
        let key = self.secrets.get(&self.folder.to_string_lossy())?;
        key.context("key of the profile")
    }

    /// Where the profile lies.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}
