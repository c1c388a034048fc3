//! What people and machines do to the region while it is not at rest.

use super::computer::{Page, Saved};
use super::fault::Fault;
use super::ledger::{Deed, Hash, Written};
use super::world::World;
use crate::edits::{add, choose, remove, set, set_in, write};
use anyhow::{Context as _, Result};
use radrum_sync::Event;
use radrum_wire::{Envelope, RegionId};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const HOUR_MS: i64 = 3_600_000;
const YEAR_MS: i64 = 365 * 24 * HOUR_MS;

/// Disks that are restored in one seed, at most.
const RESTORED_MAX: u32 = 2;

impl World<'_> {
    /// One step of the seed's story.
    ///
    /// # Errors
    /// When an office does not do what it must.
    pub fn act(&mut self) -> Result<()> {
        self.erase_something()?;
        self.end_somebody()?;
        let office = self.dice.pick(self.offices.len());
        if self.broken.has(office) {
            return Ok(());
        }
        match self.dice.below(100) {
            0..28 => self.edit_open_page(office)?,
            28..38 => drop(self.open_page(office)?),
            38..46 => self.create(office)?,
            46..52 => self.write_stick(office)?,
            52..60 => self.read_stick(office)?,
            60..66 => self.travel(office),
            66..70 => self.pass_time(),
            70..73 => self.set_clock(office),
            73..76 => self.set_road(office)?,
            76..79 => self.tell(office, Event::Resumed),
            79..82 => self.restart(office)?,
            82..86 => self.offices[office].doomed = true,
            86..90 => self.crash_in_a_save(office)?,
            90..92 => self.keep_disk(office)?,
            92..94 => self.restore_disk()?,
            94..96 => self.disturb_relay()?,
            96..98 => self.newer_program(office)?,
            _ => self.offices[office]
                .call("retry_road", json!({}))
                .map(drop)?,
        }
        self.hear(office);
        Ok(())
    }

    /// Erases an item here, if it is this office's to erase.
    fn erase_something(&mut self) -> Result<()> {
        let Some(mut dice) = self.erasing.take() else {
            return Ok(());
        };
        if dice.chance(8) {
            let office = dice.pick(self.offices.len());
            let keys = self.ledger.keys();
            let key = &keys[dice.pick(keys.len())];
            if self.broken.has(office) {
                self.erasing = Some(dice);
                return Ok(());
            }
            let key_of = json!({ "key": key });
            let rights = self.offices[office].call("erase_rights", key_of)?;
            let keep = dice.chance(30);
            let here = self.offices[office].open_page(key)?.is_some();
            if rights["may"] == true && here {
                let erase = json!({ "key": key, "ground": "other", "decision": "",
                                    "keep_text": keep, "window": "w" });
                self.offices[office].call("erase_item", erase)?;
                self.note(format!("office {office} erases {key}, keeps {keep}"));
                self.ledger.erased.insert(key.clone());
                self.hear(office);
            }
        }
        self.erasing = Some(dice);
        Ok(())
    }

    fn token(&mut self) -> String {
        self.tokens += 1;
        format!("T{}", self.tokens)
    }

    fn open_page(&mut self, office: usize) -> Result<Option<Page>> {
        let keys = self.ledger.keys();
        let key = &keys[self.dice.pick(keys.len())];
        let page = self.offices[office].open_page(key)?;
        let pages = &mut self.offices[office].pages;
        pages.extend(page.clone());
        if pages.len() > 3 {
            pages.remove(0);
        }
        Ok(page)
    }

    /// Saves on a page that was opened now or long ago.
    fn edit_open_page(&mut self, office: usize) -> Result<()> {
        let count = self.offices[office].pages.len();
        let page = if count > 0 && self.dice.chance(60) {
            let at = self.dice.pick(count);
            Some(self.offices[office].pages.remove(at))
        } else {
            self.open_page(office)?
        };
        let Some(mut page) = page else { return Ok(()) };
        // A page of what was erased is read anew, and may be gone; so may what somebody wrote
        // after her end, when that becomes known.
        if self.ledger.erased.contains(&page.key) || self.was_begun_by_ended(&page.key) {
            match self.offices[office].open_erased(&page.key)? {
                Some(anew) => page = anew,
                None => return Ok(()),
            }
        }
        let (deed, edits) = self.draw_edit(&page);
        let saved = self.offices[office].save(&page, &edits)?;
        self.note(format!("office {office} edits {} {deed:?}", page.key));
        self.enter(office, &page, deed, saved, true);
        Ok(())
    }

    fn draw_edit(&mut self, page: &Page) -> (Deed, Value) {
        let token = self.token();
        let kind = page.key.split(':').next().unwrap_or_default();
        match (self.dice.below(10), kind) {
            (0, _) => (Deed::Archived(true), json!([set("archived", true)])),
            (1, _) => (Deed::Archived(false), json!([set("archived", false)])),
            (2..5, _) if page.voices.len() > 1 => {
                let title = page.voices[self.dice.pick(page.voices.len())].clone();
                let chosen = choose("title", title.as_str());
                (Deed::Title(title), json!([chosen]))
            }
            (2..5, "note") => (Deed::Other, json!([write("body", &token)])),
            (2, "playbook") if page.has_step => {
                let step = crate::edits::entry_id(1);
                (
                    Deed::Other,
                    json!([set_in("steps", &step, "text", token.as_str())]),
                )
            }
            (3, "playbook") => {
                let fields = json!({ "text": token, "force": "usual" });
                (Deed::Other, json!([add("steps", 1 + self.tokens, fields)]))
            }
            (4, "playbook") if page.has_step && self.dice.chance(50) => {
                let step = crate::edits::entry_id(1);
                (Deed::Other, json!([remove("steps", &step)]))
            }
            (2..4, "external_contact") => (Deed::Other, json!([set("phone", token.as_str())])),
            _ => (
                Deed::Title(token.clone()),
                json!([set("title", token.as_str())]),
            ),
        }
    }

    /// Writes a save down. None is a save that changed nothing.
    fn enter(
        &mut self,
        office: usize,
        page: &Page,
        deed: Deed,
        saved: Option<Saved>,
        acknowledged: bool,
    ) {
        let Some(saved) = saved else { return };
        let written = Written {
            key: page.key.clone(),
            deed,
            office,
            entry: saved.entry,
            saw: page.saw.clone(),
            acknowledged,
            lost_with_disk: false,
            excused: false,
        };
        self.ledger.written.insert(saved.change, written);
    }

    fn create(&mut self, office: usize) -> Result<()> {
        let title = self.token();
        let edits = match self.dice.below(3) {
            0 => json!([set("title", title.as_str()), set("contact", "court")]),
            _ => json!([set("title", title.as_str()), write("body", "Om vägen.")]),
        };
        let kind = if edits[1]["field"] == "contact" {
            "external_contact"
        } else {
            "note"
        };
        let create = json!({ "kind": kind, "window": "w", "edits": edits });
        let made = self.offices[office].call("create_item", create)?;
        let key = made["key"].as_str().context("key")?.to_string();
        let saved = self.offices[office].saved(&key, &BTreeSet::new())?;
        let page = Page {
            key,
            heads: made["heads"].clone(),
            saw: BTreeSet::new(),
            voices: Vec::new(),
            has_step: true,
        };
        self.note(format!("office {office} makes {}", page.key));
        self.enter(office, &page, Deed::Title(title), Some(saved), true);
        Ok(())
    }

    fn travel(&mut self, office: usize) {
        let hours = if self.dice.chance(70) { 8 } else { 24 * 90 };
        let ms = i64::try_from(self.dice.below(hours)).unwrap_or(0) * HOUR_MS;
        self.offices[office].offline_until = self.time.now_ms() + ms;
        self.note(format!("office {office} has no network for {ms} ms"));
    }

    fn pass_time(&mut self) {
        let hours = if self.dice.chance(70) { 30 } else { 24 * 200 };
        let ms = i64::try_from(self.dice.below(hours)).unwrap_or(0) * HOUR_MS;
        self.time.reach(self.time.now_ms() + ms);
        self.note(format!("{ms} ms pass"));
    }

    fn set_clock(&mut self, office: usize) {
        let years = self.dice.below(20 * YEAR_MS.unsigned_abs());
        let off = i64::try_from(years).unwrap_or(0) - 10 * YEAR_MS;
        self.offices[office].clock.set_off(off);
        self.note(format!("office {office} has its clock off by {off} ms"));
        self.tell(office, Event::Alarm);
    }

    fn set_road(&mut self, office: usize) -> Result<()> {
        let relays = if self.dice.chance(40) {
            json!([])
        } else {
            json!([super::template::RELAY])
        };
        self.note(format!("office {office} uses {relays}"));
        self.offices[office].call("set_relays", json!({ "relays": relays }))?;
        Ok(())
    }

    fn restart(&mut self, office: usize) -> Result<()> {
        self.note(format!("office {office} ends and starts"));
        self.offices[office].stop();
        self.offices[office].start()?;
        self.check_cursor(office)
    }

    /// The power fails while something is being saved: it may be there after, or not.
    fn crash_in_a_save(&mut self, office: usize) -> Result<()> {
        let Some(page) = self.open_page(office)? else {
            return Ok(());
        };
        let before = self.offices[office].image()?;
        let (deed, edits) = self.draw_edit(&page);
        let saved = self.offices[office].save(&page, &edits)?;
        let after = self.offices[office].image()?;
        let torn = before.torn(&after, &mut self.dice);
        self.note(format!("office {office} crashes in a save of {}", page.key));
        let early = self.fault == Some(Fault::AcknowledgedEarly);
        self.enter(office, &page, deed, saved, early || torn.is_none());
        let image = torn.unwrap_or(after);
        self.offices[office].wake_up_on(&image)?;
        self.check_cursor(office)
    }

    fn keep_disk(&mut self, office: usize) -> Result<()> {
        let image = self.offices[office].image()?;
        self.offices[office].old_disk = Some(image);
        self.note(format!("a copy of the disk of office {office} is kept"));
        Ok(())
    }

    fn restore_disk(&mut self) -> Result<()> {
        let copied = self.offices.iter().filter(|one| one.old_disk.is_some());
        let copied: Vec<usize> = copied.map(|one| one.number).collect();
        if self.restored == RESTORED_MAX || copied.is_empty() {
            return Ok(());
        }
        let office = copied[self.dice.pick(copied.len())];
        let Some(image) = self.offices[office].old_disk.take() else {
            return Ok(());
        };
        self.restored += 1;
        self.older.insert(office);
        self.note(format!("office {office} gets an older disk"));
        self.offices[office].wake_up_on(&image)?;
        self.lose_with_disk(office)?;
        self.excuse_lost(true)?;
        self.hear(office);
        self.edit_open_page(office)
    }

    fn disturb_relay(&mut self) -> Result<()> {
        match self.dice.below(4) {
            0 => {
                self.note("the relay is emptied".into());
                self.relay.empty();
            }
            1 => {
                self.note("the relay is copied".into());
                self.backup = Some(self.relay.clone());
                return Ok(());
            }
            2 => {
                if let Some(backup) = self.backup.clone() {
                    self.note("the relay falls back to its copy".into());
                    self.relay = backup;
                    self.relay.has_lost = true;
                }
            }
            _ => {
                let all = self.relay.holdings().heads();
                let heads = all.as_slice();
                let log = heads.get(self.dice.pick(heads.len()));
                self.relay.withheld = log.map(|head| head.log);
                self.relay.has_lost = true;
                self.note("the relay withholds a log".into());
                return Ok(());
            }
        }
        self.excuse_lost(true)
    }

    /// Somebody has a newer program, which writes what this one does not know.
    fn newer_program(&mut self, office: usize) -> Result<()> {
        if self.dice.chance(50) {
            self.offices[office].stop();
            super::newer::write_once(&self.offices[office], &mut self.dice)?;
            self.offices[office].start()?;
            self.note(format!("office {office} had a newer program for a while"));
            return Ok(());
        }
        let file = self.home.join("newer");
        super::newer::write_strange(self.region()?, &file, &mut self.dice)?;
        self.offices[office].call_with_file("read_bundle", &file)?;
        self.note(format!("office {office} has what a newer program wrote"));
        Ok(())
    }

    fn region(&mut self) -> Result<RegionId> {
        let sql = "SELECT region FROM profile";
        let region: [u8; 16] = self.offices[0]
            .look()?
            .query_row(sql, (), |row| row.get(0))?;
        Ok(RegionId::from_bytes(region))
    }

    /// What an office wrote and its disk has no longer.
    fn lose_with_disk(&mut self, office: usize) -> Result<()> {
        let held = without_gaps(&self.offices[office].envelopes()?)?;
        let own = self.ledger.written.values_mut();
        for written in own.filter(|written| written.office == office) {
            written.lost_with_disk |= !held.contains(&written.entry);
        }
        Ok(())
    }

    /// Whoever wrote what is on no computer of the krets, and on no relay that anybody asks, has
    /// lost it with the disk; and what stands after that, whoever has it: nobody asks for what
    /// lies beyond a gap.
    ///
    /// # Errors
    /// Any error of SQLite.
    pub fn excuse_lost(&mut self, relay_is_asked: bool) -> Result<()> {
        let mut envelopes = Vec::new();
        if relay_is_asked {
            envelopes.extend(self.relay.entries.iter().map(|(_, bytes)| bytes.to_vec()));
        }
        for office in self.belonging() {
            envelopes.extend(self.offices[office].envelopes()?);
        }
        let held = without_gaps(&envelopes)?;
        for written in self.ledger.written.values_mut() {
            written.excused |= written.lost_with_disk && !held.contains(&written.entry);
        }
        Ok(())
    }
}

/// Names of the entries that hang together from the first of their log.
fn without_gaps(envelopes: &[Vec<u8>]) -> Result<BTreeSet<Hash>> {
    let mut places = Vec::new();
    for bytes in envelopes {
        let envelope = Envelope::decode(bytes)?;
        places.push((*envelope.place(), *envelope.hash().as_bytes()));
    }
    places.sort_by_key(|(place, _)| place.seq);
    let mut hanging: BTreeSet<Hash> = BTreeSet::new();
    for (place, hash) in places {
        if place.seq.0 == 1 || hanging.contains(place.prev.as_bytes()) {
            hanging.insert(hash);
        }
    }
    Ok(hanging)
}
