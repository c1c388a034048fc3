//! The same region over the relay's own program: real requests, a real file, a real log.

use super::{BEGIN_MS, DEVICES, PLACES, PROGRAMS, Seat, on_paper};
use crate::krets::{Calls as _, for_operator, found as found_krets, join, until, use_relay};
use crate::relay::Relay;
use anyhow::{Context as _, Result};
use radrum_app::FixedClock;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

/// 24 devices in 8 municipalities, four of them with programs that talk to a relay by themselves.
pub struct Relayed {
    /// The programs. The first is the admin's.
    pub seats: Vec<Seat>,
    relay: Option<Relay>,
    /// What it is started with: port, krets and the rest of its configuration.
    with: (u16, String, String),
    /// Where its database lies.
    pub data: PathBuf,
    clock: Arc<FixedClock>,
    now: i64,
    _home: TempDir,
}

impl Relayed {
    /// Founds it and goes on until each program has its tokens; `more` stands in the relay's
    /// configuration.
    ///
    /// # Errors
    /// When a step fails.
    pub fn of(more: &str) -> Result<Self> {
        let home = tempfile::tempdir()?;
        let clock = Arc::new(FixedClock::new(BEGIN_MS));
        let seat = |n: usize| {
            let folder = home.path().join(format!("seat-{n}"));
            let opener = Arc::new(radrum_transport::Roads);
            Seat::opened(folder, Arc::default(), &clock, (n as u64, Some(opener)))
        };
        let seats: Vec<Seat> = (0..PROGRAMS).map(seat).collect();
        let admin = &seats[0];
        admin.call("start", json!({}))?;
        let found = json!({ "region": "Inlandskretsen", "municipality": PLACES[0],
                            "name": "Maja Lundmark", "role": "socialsekreterare" });
        admin.call("found", found)?;
        found_krets(admin)?;
        for n in PROGRAMS..DEVICES {
            on_paper(admin, n, PLACES[n % PLACES.len()])?;
        }
        let data = home.path().join("relay");
        let krets = for_operator(admin)?;
        let relay = Relay::start_with(&data, 0, &krets, more)?;
        use_relay(admin, relay.address())?;
        for (n, new) in seats.iter().enumerate().skip(1) {
            let name = ["", "Elin Ask", "Moa Berg", "Siv Dahl"][n];
            join(admin, new, name, PLACES[n])?;
        }
        let crowd = Self {
            seats,
            with: (relay.port()?, krets, more.to_string()),
            relay: Some(relay),
            data,
            clock,
            now: BEGIN_MS,
            _home: home,
        };
        for seat in &crowd.seats {
            until("tokens", || Ok(seat.state()?["hurdle"] == Value::Null))?;
        }
        Ok(crowd)
    }

    /// The relay.
    ///
    /// # Errors
    /// While there is no network.
    pub fn relay(&self) -> Result<&Relay> {
        self.relay.as_ref().context("no network")
    }

    /// Nobody has a network any more: the relay's program is killed.
    ///
    /// # Errors
    /// When it cannot be.
    pub fn cut(&mut self) -> Result<()> {
        self.relay.take().map_or(Ok(()), Relay::kill)
    }

    /// The network is there again, and so much later.
    ///
    /// # Errors
    /// When the relay does not start.
    pub fn mend(&mut self, ms: i64) -> Result<()> {
        let (port, krets, more) = &self.with;
        self.relay = Some(Relay::start_with(&self.data, *port, krets, more)?);
        self.pass(ms)
    }

    /// All clocks of the programs go on, and each looks at its relay.
    ///
    /// # Errors
    /// When one cannot.
    pub fn pass(&mut self, ms: i64) -> Result<()> {
        self.now += ms;
        self.clock.set(self.now);
        for seat in &self.seats {
            seat.call("retry_road", json!({}))?;
        }
        Ok(())
    }

    /// All that the relay keeps in files, and its log.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn all_of_the_relay(&self) -> Result<Vec<u8>> {
        let mut all = self.relay()?.log().into_bytes();
        for entry in std::fs::read_dir(&self.data)? {
            all.extend(std::fs::read(entry?.path())?);
        }
        Ok(all)
    }
}
