//! A generated region in which somebody can write without a name: 24 granted devices in 8
//! municipalities, four of them with real programs and files, one clock, and a relay that is
//! played here, so that everything that it sees can be looked at.

mod leak;
mod mailbox;
mod relayed;

pub use leak::{Leak, Secrets};
pub use mailbox::Mailbox;
pub use relayed::Relayed;

use crate::edits::set;
use crate::file::connect;
use crate::krets::{Calls, InProcess, found as found_krets, join, text};
use crate::road::{ByHand, End, by_hand};
use anyhow::{Context as _, Result, bail};
use radrum_app::{
    FixedClock, Host, MemorySecrets, PassphraseFile, SecretStore as _, SeededEntropy, Setup, World,
    call,
};
use radrum_seal::{Asking, DeviceKeys, Random, SealError, answer, ask};
use radrum_sync::Opener;
use radrum_wire::{DeviceId, Invitation, Letter as _, LogId};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// Municipalities of the region.
pub const PLACES: [&str; 8] = [
    "Dorotea",
    "Sorsele",
    "Malå",
    "Åsele",
    "Vilhelmina",
    "Storuman",
    "Norsjö",
    "Bjurholm",
];

/// Devices that are granted.
pub const DEVICES: usize = 24;

/// Of these with a program. The first is the admin's.
pub const PROGRAMS: usize = 4;

/// An hour, in milliseconds.
pub const HOUR_MS: i64 = 3_600_000;

/// A Monday morning in November, UTC ms.
const BEGIN_MS: i64 = 1_795_420_800_000;

/// One colleague's computer.
pub struct Seat {
    host: Host,
    end: Option<End>,
    /// None when it talks to a relay by itself.
    road: Option<Arc<ByHand>>,
    folder: PathBuf,
    secrets: Arc<MemorySecrets>,
    seed: u64,
}

impl Calls for Seat {
    fn call(&self, command: &str, args: Value) -> Result<Value> {
        call(&self.host, command, args)
            .map_err(|error| anyhow::anyhow!("{command}: {error}, args {}", error.args))
    }
}

impl InProcess for Seat {
    fn host(&self) -> &Host {
        &self.host
    }
}

impl Seat {
    fn closed(
        folder: PathBuf,
        secrets: Arc<MemorySecrets>,
        clock: &Arc<FixedClock>,
        seed: u64,
    ) -> Self {
        let (road, opener) = by_hand();
        let mut seat = Self::opened(folder, secrets, clock, (seed, Some(opener)));
        seat.road = Some(road);
        seat
    }

    fn opened(
        folder: PathBuf,
        secrets: Arc<MemorySecrets>,
        clock: &Arc<FixedClock>,
        (seed, opener): (u64, Option<Arc<dyn Opener>>),
    ) -> Self {
        let host = Host::new(Setup {
            folder: folder.clone(),
            world: World {
                clock: Arc::clone(clock) as Arc<dyn radrum_app::Clock>,
                entropy: Arc::new(SeededEntropy::new(seed)),
            },
            secrets: Arc::clone(&secrets) as Arc<dyn radrum_app::SecretStore>,
            example: None,
            planted: None,
            opener,
        });
        Self {
            host,
            end: None,
            road: None,
            folder,
            secrets,
            seed,
        }
    }

    /// Its end of the road to the relay.
    ///
    /// # Errors
    /// When none was opened.
    pub fn end(&mut self) -> Result<&mut End> {
        if self.end.is_none() {
            self.end = Some(self.road.as_ref().context("no road by hand")?.end()?);
        }
        self.end.as_mut().context("no road")
    }

    /// Ends the program, lets `meanwhile` at the file, and starts it again.
    fn restart(
        &mut self,
        clock: &Arc<FixedClock>,
        meanwhile: impl FnOnce(&Connection) -> Result<()>,
    ) -> Result<()> {
        self.end = None;
        self.host.close();
        let key = self.secrets.get(&self.folder.to_string_lossy())?;
        meanwhile(&connect(&self.folder, &key.context("key of the profile")?)?)?;
        // Other bytes than those that were drawn before.
        let seed = self.seed + 1_000;
        *self = Self::closed(self.folder.clone(), Arc::clone(&self.secrets), clock, seed);
        let state = self.call("start", json!({}))?;
        if state["state"] != "ready" {
            bail!("not ready: {state}");
        }
        Ok(())
    }

    /// Ends the program for good; its profile goes to another folder and is opened with a
    /// passphrase there, since no key store knows it.
    ///
    /// # Errors
    /// When the folder cannot be moved.
    pub fn move_out(self, to: &Path, passphrase: &str) -> Result<()> {
        self.host.close();
        let key = self.secrets.get(&self.folder.to_string_lossy())?;
        std::fs::rename(&self.folder, to)?;
        let file = PassphraseFile::new(to);
        let key = key.context("key of the profile")?;
        Ok(file.seal(&self.host.world(), passphrase, &key)?)
    }

    /// Asks without a name.
    ///
    /// # Errors
    /// When it is refused.
    pub fn ask(&self, said: &str) -> Result<()> {
        let edits = [set("text", said), set("form", "question")];
        let post = json!({ "kind": "question", "edits": edits });
        self.call("post_anonymous", post).map(drop)
    }

    /// Answers without a name.
    ///
    /// # Errors
    /// When it is refused.
    pub fn answer(&self, question: &str, form: &str, said: &str) -> Result<()> {
        let edits = [
            set("question", question),
            set("text", said),
            set("form", form),
        ];
        let post = json!({ "kind": "answer", "edits": edits });
        self.call("post_anonymous", post).map(drop)
    }

    /// What its page says about writing without a name.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn state(&self) -> Result<Value> {
        self.call("anonymous", json!({}))
    }

    /// Key of the question that is called so, if it is here.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn question(&self, title: &str) -> Result<Option<String>> {
        let page = self.call("questions", json!({}))?;
        let rows = page["open"].as_array().context("open")?;
        let row = rows.iter().find(|row| row["title"] == title);
        row.map(|row| text(row, "key")).transpose()
    }
}

/// The region.
pub struct Crowd {
    /// The programs.
    pub seats: Vec<Seat>,
    /// What they talk to.
    pub mailbox: Mailbox,
    /// The root keys, as they were shown.
    pub roots: Vec<String>,
    clock: Arc<FixedClock>,
    now: i64,
    _home: TempDir,
}

/// Randomness of devices that have no program.
struct Paper(blake3::OutputReader);

impl Random for Paper {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), SealError> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl Crowd {
    /// Founds it, lets so many devices in, and goes on until all have their tokens, if they get
    /// any.
    ///
    /// # Errors
    /// When a step fails.
    pub fn of(devices: usize, leak: Option<Leak>) -> Result<Self> {
        let home = tempfile::tempdir()?;
        let clock = Arc::new(FixedClock::new(BEGIN_MS));
        let seat = |n: usize| {
            let folder = home.path().join(format!("seat-{n}"));
            Seat::closed(folder, Arc::default(), &clock, n as u64)
        };
        let mut seats: Vec<Seat> = (0..PROGRAMS).map(seat).collect();
        let admin = &seats[0];
        admin.call("start", json!({}))?;
        let found = json!({ "region": "Inlandskretsen", "municipality": PLACES[0],
                            "name": "Maja Lundmark", "role": "socialsekreterare" });
        admin.call("found", found)?;
        let roots = found_krets(admin)?;
        admin.call("set_relays", json!({ "relays": ["https://relay.example"] }))?;
        for (n, new) in seats.iter().enumerate().skip(1) {
            join(
                admin,
                new,
                ["", "Elin Ask", "Moa Berg", "Siv Dahl"][n],
                PLACES[n],
            )?;
        }
        for n in PROGRAMS..devices {
            on_paper(admin, n, PLACES[n % PLACES.len()])?;
        }
        for seat in &mut seats {
            seat.end()?;
        }
        let mut crowd = Self {
            seats,
            mailbox: Mailbox::new(leak),
            roots,
            clock,
            now: BEGIN_MS,
            _home: home,
        };
        // Everything to all; the admin's program names the issuer; everybody knows; tokens.
        for _ in 0..4 {
            crowd.turn()?;
        }
        Ok(crowd)
    }

    /// All clocks go on.
    pub fn pass(&mut self, ms: i64) {
        self.now += ms;
        self.clock.set(self.now);
    }

    /// UTC ms.
    #[must_use]
    pub const fn now(&self) -> i64 {
        self.now
    }

    /// Every program exchanges all with the relay once.
    ///
    /// # Errors
    /// When one does not take what came.
    pub fn turn(&mut self) -> Result<()> {
        for n in 0..self.seats.len() {
            self.visit(n)?;
        }
        Ok(())
    }

    /// Lets what was written without a name travel to all.
    ///
    /// # Errors
    /// As [`Crowd::turn`].
    pub fn travel(&mut self) -> Result<()> {
        self.pass(7 * HOUR_MS);
        self.turn()?;
        self.mailbox.hand_out()?;
        self.turn()
    }

    /// One of them does.
    ///
    /// # Errors
    /// As [`Crowd::turn`].
    pub fn visit(&mut self, seat: usize) -> Result<()> {
        let now = self.now;
        let end = self.seats[seat].end()?;
        self.mailbox.exchange(end)?;
        self.mailbox.serve(seat, now, end)
    }

    /// What one of them says that it holds.
    ///
    /// # Errors
    /// When it has no road.
    pub fn summary(&mut self, seat: usize) -> Result<String> {
        let heads = self.seats[seat].end()?.host.holdings().heads();
        Ok(heads.digest().to_string())
    }

    /// Everybody ends the program and starts it again; of one seat the file is looked at, or
    /// changed, in between.
    ///
    /// # Errors
    /// When one does not start.
    pub fn restart(
        &mut self,
        of: usize,
        meanwhile: impl FnOnce(&Connection) -> Result<()>,
    ) -> Result<()> {
        let mut meanwhile = Some(meanwhile);
        for (n, seat) in self.seats.iter_mut().enumerate() {
            let work = if n == of { meanwhile.take() } else { None };
            seat.restart(&self.clock, |file| work.map_or(Ok(()), |work| work(file)))?;
        }
        Ok(())
    }

    /// Looks at the file of one of them, whose program has ended for good.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn file(&mut self, seat: usize) -> Result<Connection> {
        let seat = &mut self.seats[seat];
        seat.end = None;
        seat.host.close();
        let key = seat.secrets.get(&seat.folder.to_string_lossy())?;
        connect(&seat.folder, &key.context("key of the profile")?)
    }
}

/// A device is granted whose program nobody starts.
fn on_paper(admin: &Seat, number: usize, municipality: &str) -> Result<()> {
    let mut seed = blake3::Hasher::new();
    seed.update(&(number as u64).to_le_bytes());
    let mut random = Paper(seed.finalize_xof());
    let invite = json!({ "municipality": municipality });
    let letter = text(&admin.call("invite", invite)?, "text")?;
    let invitation = Invitation::from_text(&letter)?;
    let keys = DeviceKeys::generate(&mut random)?;
    let mut id = [0; 16];
    random.fill(&mut id)?;
    let asking = Asking {
        device: DeviceId::from_bytes(id),
        log: LogId::from_bytes(id),
        name: format!("Kollega {number}"),
        members: Vec::new(),
    };
    let (request, sealed) = ask(&invitation, asking, &keys, &mut random)?;
    let seen = admin.call("open_request", json!({ "text": sealed.to_text()? }))?;
    let question = text(&seen, "question")?.parse()?;
    let answer = answer(question, &invitation, &request)?.to_string();
    let id = text(&seen, "invitation")?;
    let approve = json!({ "invitation": id, "answer": answer });
    admin.call("approve", approve).map(drop)
}
