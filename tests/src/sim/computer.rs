//! One office's computer: the real program on its own profile, which can be cut off, crash and
//! wake up on an older disk.

use super::clock::{SimClock, WorldTime};
use super::dice::Dice;
use super::fault::Fault;
use super::image::Image;
use super::ledger::Hash;
use super::line::{HostSlot, Inbox, SimOpener, lock};
use super::template::{Kept, OneKey};
use anyhow::{Context as _, Result, bail};
use radrum_app::{Host, SecretStore, SeededEntropy, Setup, World, call};
use radrum_domain::ItemKey;
use radrum_store::DbKey;
use radrum_sync::{HostBox, OnStatus, Relay, Status};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An open road.
pub struct Line {
    /// The machine.
    pub relay: Relay,
    host: HostSlot,
    on_status: OnStatus,
    /// As it showed itself last.
    pub status: Option<Status>,
}

impl Line {
    /// Lends the host, unless the road was closed.
    #[must_use]
    pub fn take_host(&self) -> Option<HostBox> {
        lock(&self.host).take()
    }

    /// Gives the host back.
    pub fn give_back(&self, host: HostBox) {
        *lock(&self.host) = Some(host);
    }

    /// Tells the app how the road is doing.
    pub fn show(&mut self, status: Status) {
        self.status = Some(status);
        (self.on_status)(status);
    }
}

/// An item as somebody has it on her screen.
#[derive(Debug, Clone)]
pub struct Page {
    /// The item.
    pub key: String,
    /// What an edit on it stands on.
    pub heads: Value,
    /// The changes that the writer has seen.
    pub saw: BTreeSet<Hash>,
    /// Titles that stand side by side.
    pub voices: Vec<String>,
    /// A card's first step. Once removed, it is not among what an erasure leaves.
    pub has_step: bool,
}

/// A save as the file shows it.
#[derive(Debug, Clone, Copy)]
pub struct Saved {
    /// The change.
    pub change: Hash,
    /// The entry.
    pub entry: Hash,
}

/// The computer.
pub struct Computer {
    /// Its place among the others.
    pub number: usize,
    /// How often the program was started.
    pub life: u32,
    /// Its clock.
    pub clock: Arc<SimClock>,
    /// The road, when one is open.
    pub line: Option<Line>,
    /// No network before this time.
    pub offline_until: i64,
    /// The alarm that counts.
    pub alarm: u64,
    /// Will crash in the next step of its road.
    pub doomed: bool,
    /// Pages that are open.
    pub pages: Vec<Page>,
    /// A copy of its disk from earlier.
    pub old_disk: Option<Image>,
    seed: u64,
    home: PathBuf,
    folder: PathBuf,
    secrets: Arc<OneKey>,
    inbox: Arc<Inbox>,
    fault: Option<Fault>,
    host: Option<Host>,
    look: Option<Connection>,
}

impl Computer {
    /// A computer with a copy of a profile, switched off.
    ///
    /// # Errors
    /// Any error of the file system.
    pub fn new(
        (number, seed): (usize, u64),
        home: &Path,
        kept: &Kept,
        time: &WorldTime,
        fault: Option<Fault>,
    ) -> Result<Self> {
        let folder = home.join(format!("{number}-0"));
        kept.image.lay_out(&folder)?;
        Ok(Self {
            number,
            life: 0,
            clock: Arc::new(SimClock::new(time.clone())),
            line: None,
            offline_until: 0,
            alarm: 0,
            doomed: false,
            pages: Vec::new(),
            old_disk: None,
            seed,
            home: home.to_path_buf(),
            folder,
            secrets: Arc::clone(&kept.secrets),
            inbox: Arc::default(),
            fault,
            host: None,
            look: None,
        })
    }

    /// Starts the program.
    ///
    /// # Errors
    /// When it does not come up ready.
    pub fn start(&mut self) -> Result<()> {
        self.life += 1;
        let mut dice = Dice::new(self.seed ^ ((self.number as u64) << 32) ^ u64::from(self.life));
        let host = Host::new(Setup {
            folder: self.folder.clone(),
            world: World {
                clock: Arc::clone(&self.clock) as Arc<dyn radrum_app::Clock>,
                entropy: Arc::new(SeededEntropy::new(dice.next())),
            },
            secrets: Arc::clone(&self.secrets) as Arc<dyn SecretStore>,
            example: None,
            planted: None,
            opener: Some(Arc::new(SimOpener::new(
                Arc::clone(&self.inbox),
                self.fault,
            ))),
        });
        let state = call(&host, "start", json!({})).map_err(|error| anyhow::anyhow!("{error}"))?;
        if state["state"] != "ready" {
            bail!("office {} does not start: {state}", self.number);
        }
        self.host = Some(host);
        self.line = None;
        Ok(())
    }

    /// Takes the road over that the app has opened since; true if there is a new one.
    pub fn meet_road(&mut self) -> bool {
        let Some(opened) = self.inbox.take_opened() else {
            return false;
        };
        // What was on its way to the road before is not meant for this one.
        self.life += 1;
        self.line = Some(Line {
            relay: opened.relay,
            host: opened.host,
            on_status: opened.on_status,
            status: None,
        });
        true
    }

    /// What the app told its road since it was asked last.
    #[must_use]
    pub fn take_told(&self) -> Vec<radrum_sync::Event> {
        self.inbox.take_told()
    }

    /// Ends the program in order.
    pub fn stop(&mut self) {
        self.look = None;
        if let Some(host) = self.host.take() {
            host.close();
        }
        self.line = None;
        self.pages.clear();
        let _ = (self.inbox.take_told(), self.inbox.take_opened());
    }

    /// Its files as they lie on the disk now.
    ///
    /// # Errors
    /// Any error of the file system.
    pub fn image(&self) -> Result<Image> {
        Image::of(&self.folder)
    }

    /// The program ends at once and starts again on this disk.
    ///
    /// # Errors
    /// When it does not come up ready.
    pub fn wake_up_on(&mut self, image: &Image) -> Result<()> {
        self.stop();
        std::fs::remove_dir_all(&self.folder)?;
        self.folder = self.home.join(format!("{}-{}", self.number, self.life));
        image.lay_out(&self.folder)?;
        self.start()
    }

    /// Calls a command.
    ///
    /// # Errors
    /// The command's error.
    pub fn call(&self, command: &str, args: Value) -> Result<Value> {
        let host = self.host.as_ref().context("switched off")?;
        call(host, command, args).map_err(|error| {
            anyhow::anyhow!("office {} {command}: {error} {}", self.number, error.args)
        })
    }

    /// Calls a command on a file.
    ///
    /// # Errors
    /// The command's error.
    pub fn call_with_file(&self, command: &str, file: &Path) -> Result<Value> {
        let host = self.host.as_ref().context("switched off")?;
        let ticket = host.tickets().give(&host.world(), file.to_path_buf())?;
        self.call(command, json!({ "ticket": ticket }))
    }

    /// Whether lists are being rebuilt.
    ///
    /// # Errors
    /// When it is switched off.
    pub fn is_rebuilding(&self) -> Result<bool> {
        let host = self.host.as_ref().context("switched off")?;
        let session = host.session().map_err(|error| anyhow::anyhow!("{error}"))?;
        Ok(session.is_rebuilding())
    }

    /// Opens an item, if it is here.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open_page(&mut self, key: &str) -> Result<Option<Page>> {
        let Ok(head) = self.call("head", json!({ "key": key })) else {
            return Ok(None);
        };
        let saw = self.changes_of(key)?;
        let voices = head["voices"].as_array().into_iter().flatten();
        let titles = voices.filter(|of| of["field"] == "title" && of["list"].is_null());
        let titles = titles.flat_map(|of| of["voices"].as_array().cloned().unwrap_or_default());
        let titles = titles.filter_map(|voice| voice["value"].as_str().map(String::from));
        Ok(Some(Page {
            key: key.to_string(),
            heads: head["heads"].clone(),
            saw,
            voices: titles.collect(),
            has_step: true,
        }))
    }

    /// Opens the page of what was erased, which may hold less than before.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open_erased(&mut self, key: &str) -> Result<Option<Page>> {
        let mut page = self.open_page(key)?;
        if let (Some(page), Ok(card)) = (&mut page, self.call("playbook", json!({ "key": key }))) {
            let steps = card["card"]["steps"].as_array().into_iter().flatten();
            let first = crate::edits::entry_id(1);
            page.has_step = steps.into_iter().any(|step| step["id"] == first.as_str());
        }
        Ok(page)
    }

    /// Saves edits of a page. None if they changed nothing.
    ///
    /// # Errors
    /// The command's error.
    pub fn save(&mut self, page: &Page, edits: &Value) -> Result<Option<Saved>> {
        let before = self.changes_of(&page.key)?;
        let heads = match self.fault {
            Some(Fault::LastWriterWins) => {
                self.call("head", json!({ "key": page.key }))?["heads"].clone()
            }
            _ => page.heads.clone(),
        };
        let args = json!({ "key": page.key, "heads": heads, "window": "w", "edits": edits });
        let edited = self.call("edit_item", args)?;
        if edited["changed"] == false {
            return Ok(None);
        }
        self.saved(&page.key, &before).map(Some)
    }

    /// What a save of an item has added to the file.
    ///
    /// # Errors
    /// When it has not.
    pub fn saved(&mut self, key: &str, before: &BTreeSet<Hash>) -> Result<Saved> {
        let after = self.changes_of(key)?;
        let change = after.difference(before).next().copied();
        let last = "SELECT hash FROM entries ORDER BY n DESC LIMIT 1";
        let entry = self.look()?.query_row(last, (), |row| row.get(0))?;
        Ok(Saved {
            change: change.context("the change of a save")?,
            entry,
        })
    }

    /// The entries on its disk.
    ///
    /// # Errors
    /// Any error of SQLite.
    pub fn envelopes(&mut self) -> Result<Vec<Vec<u8>>> {
        let look = self.look()?;
        let mut statement = look.prepare_cached("SELECT envelope FROM entries")?;
        let rows = statement.query_map((), |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn changes_of(&mut self, key: &str) -> Result<BTreeSet<Hash>> {
        let key: ItemKey = key.parse()?;
        let look = self.look()?;
        let mut statement = look.prepare_cached("SELECT hash FROM changes WHERE item = ?")?;
        let rows = statement.query_map([key.id().as_bytes()], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The key of its file.
    ///
    /// # Errors
    /// When there is none.
    pub fn key(&self) -> Result<DbKey> {
        self.secrets.key().context("key")
    }

    /// Where its profile lies.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file, beside the program.
    ///
    /// # Errors
    /// Any error of SQLite.
    pub fn look(&mut self) -> Result<&Connection> {
        let look = match self.look.take() {
            Some(look) => look,
            None => crate::file::connect(&self.folder, &self.key()?)?,
        };
        Ok(self.look.insert(look))
    }

    /// Does what a planted fault does to the file.
    ///
    /// # Errors
    /// Any error of SQLite.
    pub fn spoil(&mut self, sql: fn(Fault) -> Option<&'static str>) -> Result<()> {
        match self.fault.and_then(sql) {
            Some(sql) => Ok(self.look()?.execute_batch(sql)?),
            None => Ok(()),
        }
    }
}
