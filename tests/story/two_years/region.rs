//! The offices of the story, their calendar, and the way by which they meet.

use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use radrum_app::MemorySecrets;
use radrum_tests::edits::{set, write};
use radrum_tests::krets::{
    finish_joining, for_operator, invited_with, office_with, text, until, use_relay,
};
use radrum_tests::office::{Office, Start};
use radrum_tests::relay::Relay;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// By which road everything travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Relay,
    Sticks,
}

/// A colleague's computer.
struct Seat {
    name: String,
    folder: PathBuf,
    secrets: Arc<MemorySecrets>,
    office: Option<Office>,
    is_away: bool,
    /// No relay lets it in.
    is_ended: bool,
    /// Nothing more is expected of it.
    is_out: bool,
}

/// The region.
pub struct Region {
    home: TempDir,
    today: NaiveDate,
    seats: Vec<Seat>,
    relay: Option<Relay>,
    roots: Vec<String>,
    /// Titles that everybody must have when all have met.
    written: BTreeSet<String>,
}

fn start(folder: &Path, secrets: &Arc<MemorySecrets>, day: NaiveDate) -> Start {
    Start {
        secrets: Arc::clone(secrets),
        day: Some(day),
        ..Start::own(folder)
    }
}

fn on((year, month, day): (i32, u32, u32)) -> Result<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).context("day")
}

impl Region {
    /// Maja in Dorotea founds it.
    pub fn found(way: Way, day: (i32, u32, u32)) -> Result<Self> {
        let mut region = Self {
            home: tempfile::tempdir()?,
            today: on(day)?,
            seats: Vec::new(),
            relay: None,
            roots: Vec::new(),
            written: BTreeSet::new(),
        };
        let (folder, secrets) = region.next_seat();
        let start = start(&folder, &secrets, region.today);
        let office = office_with(start, "Maja Lundmark", "Dorotea")?;
        let keys = office.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
        let keys = keys["keys"].as_array().context("keys")?.iter();
        region.roots = keys
            .filter_map(|key| key.as_str().map(String::from))
            .collect();
        if way == Way::Relay {
            let data = region.home.path().join("relay");
            let relay = Relay::start(&data, 0, &for_operator(&office)?)?;
            use_relay(&office, relay.address())?;
            region.relay = Some(relay);
        }
        region.sit("Maja Lundmark", folder, secrets, office);
        Ok(region)
    }

    fn next_seat(&self) -> (PathBuf, Arc<MemorySecrets>) {
        let folder = self.home.path().join(format!("{}", self.seats.len()));
        (folder, Arc::default())
    }

    fn sit(&mut self, name: &str, folder: PathBuf, secrets: Arc<MemorySecrets>, office: Office) {
        self.seats.push(Seat {
            name: name.to_string(),
            folder,
            secrets,
            office: Some(office),
            is_away: false,
            is_ended: false,
            is_out: false,
        });
    }

    /// Everybody comes to work on another day.
    pub fn turn_to(&mut self, day: (i32, u32, u32)) -> Result<()> {
        self.today = on(day)?;
        for at in 0..self.seats.len() {
            if !self.seats[at].is_out {
                self.seats[at].office = None;
                let seat = &self.seats[at];
                let opened = Office::open(start(&seat.folder, &seat.secrets, self.today))?;
                self.seats[at].office = Some(opened);
            }
        }
        Ok(())
    }

    fn seat(&self, name: &str) -> Result<&Seat> {
        let mut newest = self.seats.iter().rev();
        let found = newest.find(|seat| seat.name == name);
        found.with_context(|| name.to_string())
    }

    fn seat_mut(&mut self, name: &str) -> Option<&mut Seat> {
        self.seats.iter_mut().rev().find(|seat| seat.name == name)
    }

    pub fn office(&self, name: &str) -> Result<&Office> {
        self.seat(name)?.office.as_ref().context("closed")
    }

    pub fn call(&self, name: &str, command: &str, args: Value) -> Result<Value> {
        self.office(name)?.call(command, args)
    }

    pub fn take_in(&mut self, admin: &str, name: &str, place: &str) -> Result<()> {
        let (folder, secrets) = self.next_seat();
        let start = start(&folder, &secrets, self.today);
        let office = invited_with(self.office(admin)?, start, name, place)?;
        self.sit(name, folder, secrets, office);
        Ok(())
    }

    pub fn take_in_guest(&mut self, admin: &str, name: &str, place: &str, to: &str) -> Result<()> {
        self.invite(
            admin,
            name,
            json!({ "municipality": place, "guest_until": to }),
        )
    }

    /// A colleague on another computer.
    pub fn next_computer(&mut self, admin: &str, of: (&str, &str), place: &str) -> Result<()> {
        let (name, member) = of;
        self.invite(
            admin,
            name,
            json!({ "municipality": place, "member": member }),
        )
    }

    fn invite(&mut self, admin: &str, name: &str, invite: Value) -> Result<()> {
        let (folder, secrets) = self.next_seat();
        let invitation = text(&self.call(admin, "invite", invite)?, "text")?;
        let office = Office::closed(start(&folder, &secrets, self.today));
        office.call("start", json!({}))?;
        let join = json!({ "invitation": invitation, "name": name });
        office.call("join", join)?;
        finish_joining(self.office(admin)?, &office)?;
        self.sit(name, folder, secrets, office);
        Ok(())
    }

    pub fn make_admin(&mut self, name: &str) -> Result<()> {
        self.everybody_meets()?;
        let member = self.member("Maja Lundmark", name)?;
        let keys = [&self.roots[0], &self.roots[1]];
        let make = json!({ "member": member, "whole": true, "root_keys": keys });
        self.call("Maja Lundmark", "make_admin", make).map(drop)
    }

    pub fn turn(&mut self, of: &str, turn: &str, other: &str) -> Result<()> {
        let place = |name: &str| -> Result<String> {
            let krets = self.call("Maja Lundmark", "krets_people", json!({}))?;
            let all = krets["municipalities"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            let found = all.iter().find(|of| of["name"] == name);
            text(found.with_context(|| name.to_string())?, "key")
        };
        let other = if other.is_empty() {
            String::new()
        } else {
            place(other)?
        };
        let keys = [&self.roots[1], &self.roots[2]];
        let change = json!({ "municipality": place(of)?, "turn": turn, "other": other,
                             "root_keys": keys });
        self.call("Maja Lundmark", "change_municipality", change)
            .map(drop)
    }

    /// The municipalities of the krets, as somebody sees them.
    pub fn places(&self, by: &str) -> Result<Vec<String>> {
        let krets = self.call(by, "krets_people", json!({}))?;
        let all = krets["municipalities"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        all.iter().map(|of| text(of, "name")).collect()
    }

    fn person(&self, by: &str, name: &str) -> Result<Value> {
        let krets = self.call(by, "krets_people", json!({}))?;
        let places = krets["municipalities"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let mut people = places
            .iter()
            .flat_map(|of| of["people"].as_array())
            .flatten();
        let found = people.find(|of| of["name"] == name).cloned();
        found.with_context(|| format!("{name} in {krets}"))
    }

    pub fn member(&self, by: &str, name: &str) -> Result<String> {
        text(&self.person(by, name)?, "member")
    }

    pub fn computer(&self, by: &str, name: &str) -> Result<Value> {
        Ok(self.person(by, name)?["computers"][0].clone())
    }

    pub fn remove(&self, by: &str, name: &str) -> Result<Value> {
        let member = self.member(by, name)?;
        self.call(
            by,
            "remove_member",
            json!({ "member": member, "root_key": "" }),
        )
    }

    pub fn wake_all(&self, by: &str) -> Result<()> {
        for seat in self.seats.iter().filter(|seat| !seat.is_out) {
            let computer = self.computer(by, &seat.name)?;
            if computer["resting"] == true {
                self.call(by, "wake_computer", json!({ "computer": computer["id"] }))?;
            }
        }
        Ok(())
    }

    /// Writes a note that everybody must have from then on.
    pub fn writes(&mut self, name: &str, title: &str) -> Result<String> {
        let edits = [set("title", title), write("body", "Text.")];
        let make = json!({ "kind": "note", "window": "w", "edits": edits });
        let made = self.call(name, "create_item", make)?;
        self.written.insert(title.to_string());
        text(&made, "key")
    }

    pub fn rename(&mut self, name: &str, key: &str, title: &str) -> Result<()> {
        let heads = self.call(name, "head", json!({ "key": key }))?["heads"].clone();
        let edit = json!({ "key": key, "heads": heads, "window": "w",
                           "edits": [set("title", title)] });
        self.call(name, "edit_item", edit).map(drop)
    }

    pub fn erase(&mut self, name: &str, key: &str) -> Result<()> {
        let page = self.call(name, "note", json!({ "key": key }))?;
        self.written
            .remove(page["note"]["title"].as_str().context("title")?);
        let erase = json!({ "key": key, "ground": "person", "decision": "SN 2027/14",
                            "keep_text": false, "window": "w" });
        self.call(name, "erase_item", erase).map(drop)
    }

    /// On how many computers of how many the one erasure is done.
    pub fn erased(&self, by: &str) -> Result<(u64, u64)> {
        let rows = self.call(by, "erasures", json!({}))?;
        let count = |name: &str| rows[0][name].as_u64().context("count");
        Ok((count("erased")?, count("devices")?))
    }

    /// Has no road until she comes back.
    pub fn goes_away(&mut self, name: &str) -> Result<()> {
        if self.relay.is_some() {
            self.call(name, "set_relays", json!({ "relays": [] }))?;
        }
        let seat = self.seat_mut(name).context("seat")?;
        seat.is_away = true;
        Ok(())
    }

    pub fn comes_back(&mut self, name: &str) -> Result<()> {
        if let Some(relay) = &self.relay {
            use_relay(self.office(name)?, relay.address())?;
        }
        let seat = self.seat_mut(name).context("seat")?;
        seat.is_away = false;
        Ok(())
    }

    /// A computer belongs no more.
    pub fn ends(&mut self, name: &str) {
        if let Some(seat) = self.seat_mut(name) {
            seat.is_ended = true;
        }
    }

    /// Nothing more is expected of a computer.
    pub fn leaves_the_story(&mut self, name: &str) {
        if let Some(seat) = self.seat_mut(name) {
            seat.is_out = true;
        }
    }

    fn present(&self) -> impl Iterator<Item = (&str, &Office)> {
        let present = self
            .seats
            .iter()
            .filter(|seat| !seat.is_out && !seat.is_away);
        present.filter_map(|seat| Some((seat.name.as_str(), seat.office.as_ref()?)))
    }

    fn belonging(&self) -> impl Iterator<Item = &Office> {
        let here = |seat: &&Seat| !seat.is_out && !seat.is_away && !seat.is_ended;
        let seats = self.seats.iter().filter(here);
        seats.filter_map(|seat| seat.office.as_ref())
    }

    /// Everybody who is there gets what the others have.
    pub fn everybody_meets(&self) -> Result<()> {
        if self.relay.is_some() {
            return until("everybody holds the same", || {
                let mut held = BTreeSet::new();
                for office in self.belonging() {
                    let road = office.call("road", json!({}))?;
                    if road["phase"] != "up_to_date" || road["waiting"] != 0 {
                        return Ok(false);
                    }
                    let krets = office.call("krets", json!({}))?;
                    held.insert((krets["entries"].as_u64(), Self::titles(office)?));
                }
                Ok(held.len() == 1)
            });
        }
        for _ in 0..2 {
            let mut all = self.present();
            let Some((_, first)) = all.next() else {
                return Ok(());
            };
            let others: Vec<&Office> = all.map(|(_, office)| office).collect();
            for other in &others {
                self.carry(other, first)?;
            }
            for other in &others {
                self.carry(first, other)?;
            }
        }
        Ok(())
    }

    fn carry(&self, from: &Office, to: &Office) -> Result<()> {
        let file = self.home.path().join("stick.knyte");
        let ticket = |office: &Office| {
            let tickets = office.host.tickets();
            tickets.give(&office.host.world(), file.clone())
        };
        from.call("write_bundle", json!({ "ticket": ticket(from)? }))?;
        to.call("read_bundle", json!({ "ticket": ticket(to)? }))?;
        Ok(())
    }

    fn titles(office: &Office) -> Result<BTreeSet<String>> {
        let notes = office.call("notes", json!({}))?;
        let notes = notes.as_array().context("notes")?.iter();
        notes.map(|note| text(note, "title")).collect()
    }

    pub fn has(&self, name: &str, title: &str) -> Result<bool> {
        Ok(Self::titles(self.office(name)?)?.contains(title))
    }

    /// Whoever is there shows all that was written and nothing else, and waits for nothing.
    pub fn all_have_all(&self) -> Result<()> {
        for (name, office) in self.present() {
            assert_eq!(Self::titles(office)?, self.written, "{name}");
            let krets = office.call("krets", json!({}))?;
            assert_eq!(krets["waiting"], 0, "{name} on {}", self.today);
        }
        Ok(())
    }

    pub fn nobody_finds(&self, word: &str) -> Result<()> {
        for (name, office) in self.present() {
            let found = office.call("search", json!({ "text": word }))?;
            assert!(!found.to_string().contains("note:"), "{name}: {found}");
        }
        Ok(())
    }

    pub fn all_are_sound(&self) -> Result<()> {
        for (name, office) in self.present() {
            assert_eq!(office.call("check", json!({}))?["faults"], 0, "{name}");
        }
        Ok(())
    }
}
