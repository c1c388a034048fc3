//! The region comes to rest, and what must be true then.

use super::computer::Computer;
use super::ledger::Shown;
use super::state::{State, changes, derived, tips};
use super::world::World;
use anyhow::{Context as _, Result, bail};
use radrum_domain::{Document, Heads, ItemKey, Plain};
use radrum_sync::{Event, Phase};
use radrum_wire::{BundleWriter, RegionId};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The region must be at rest after this time without misfortunes.
const REST_MS: i64 = 3 * 3_600_000;

impl World<'_> {
    /// Ends all misfortunes and lets the region come to rest. Nobody is restarted: what the
    /// programs remember must be enough.
    ///
    /// # Errors
    /// When it does not.
    pub fn rest(&mut self) -> Result<()> {
        self.is_calm = true;
        self.relay.withheld = None;
        self.note("calm".into());
        for office in self.running() {
            self.offices[office].doomed = false;
            self.offices[office].pages.clear();
            let road = self.offices[office].call("road", json!({}))?;
            let uses_relay = road["relays"].as_array().is_some_and(|all| !all.is_empty());
            if uses_relay == self.by_sticks {
                let relays = if self.by_sticks {
                    json!([])
                } else {
                    json!([super::template::RELAY])
                };
                self.offices[office].call("set_relays", json!({ "relays": relays }))?;
            } else {
                self.tell(office, Event::Started);
                self.tell(office, Event::Resumed);
            }
            self.hear(office);
        }
        self.excuse_lost(!self.by_sticks)?;
        let first = self.come_to_rest();
        // An admin's program may have put somebody to rest who was silent for long: who cannot
        // read the newest entries cannot take the stubs that they name either.
        if self.wake()? {
            self.come_to_rest()
        } else {
            first
        }
    }

    /// Wakes who rests, as an admin does with a click. Gives whether anybody did.
    fn wake(&mut self) -> Result<bool> {
        let people = self.offices[0].call("krets_people", json!({}))?;
        let list = |of: &Value, name: &str| of[name].as_array().cloned().unwrap_or_default();
        let mut resting = Vec::new();
        for place in list(&people, "municipalities") {
            for person in list(&place, "people") {
                let computers = list(&person, "computers").into_iter();
                resting.extend(computers.filter(|computer| computer["resting"] == true));
            }
        }
        for computer in &resting {
            self.note(format!("office 0 wakes {}", computer["id"]));
            let args = json!({ "computer": computer["id"] });
            self.offices[0].call("wake_computer", args)?;
        }
        self.hear(0);
        Ok(!resting.is_empty())
    }

    fn come_to_rest(&mut self) -> Result<()> {
        if self.by_sticks {
            return self.meet_by_sticks();
        }
        let until = self.time.now_ms() + REST_MS;
        while !self.is_at_rest() {
            if !self.happen()? || self.time.now_ms() > until {
                // A bit that turned over under an epoch that somebody lacked: she has kept what
                // the others refuse. Nothing else may differ, which is checked below.
                if self.damages && self.is_nothing_under_way() {
                    return Ok(());
                }
                bail!("not at rest: {}", self.restless());
            }
        }
        Ok(())
    }

    /// Everybody's stick is read in one office, and that office's by everybody, three times: what
    /// each has told the first time is known the second time, and what is answered to that comes
    /// with the third.
    fn meet_by_sticks(&mut self) -> Result<()> {
        let others: Vec<usize> = self.belonging().into_iter().skip(1).collect();
        for _ in 0..3 {
            for from in others.iter().copied() {
                self.write_stick(from)?;
                self.take_stick(0, self.sticks)?;
            }
            self.write_stick(0)?;
            for to in others.iter().copied() {
                self.take_stick(to, self.sticks)?;
            }
        }
        Ok(())
    }

    fn is_nothing_under_way(&self) -> bool {
        self.belonging().into_iter().all(|office| {
            let status = self.offices[office]
                .line
                .as_ref()
                .and_then(|line| line.status);
            status.is_some_and(|status| status.phase == Phase::UpToDate && status.waiting == 0)
        })
    }

    fn is_at_rest(&self) -> bool {
        if !self.is_nothing_under_way() {
            return false;
        }
        let digest = self.relay.holdings().digest();
        self.belonging().into_iter().all(|office| {
            let Some(line) = &self.offices[office].line else {
                return false;
            };
            let Some(host) = line.take_host() else {
                return false;
            };
            let same = radrum_sync::Host::holdings(&host).digest() == digest;
            line.give_back(host);
            same
        })
    }

    /// Which offices hold something else than the relay, and what.
    fn restless(&self) -> String {
        let there: BTreeSet<_> = self
            .relay
            .holdings()
            .heads()
            .as_slice()
            .to_vec()
            .into_iter()
            .collect();
        let tell = |office: &Computer| {
            let line = office.line.as_ref()?;
            let host = line.take_host()?;
            let here = radrum_sync::Host::holdings(&host).heads();
            line.give_back(host);
            let here: BTreeSet<_> = here.as_slice().to_vec().into_iter().collect();
            let status = line.status;
            let waits = status.is_none_or(|s| s.phase != Phase::UpToDate || s.waiting > 0);
            (waits || here != there).then(|| {
                let more: Vec<_> = here.difference(&there).collect();
                let less: Vec<_> = there.difference(&here).collect();
                format!(
                    "office {} {status:?}, more {more:?}, less {less:?}",
                    office.number
                )
            })
        };
        let all = self.belonging().into_iter();
        let all: Vec<String> = all
            .filter_map(|office| tell(&self.offices[office]))
            .collect();
        all.join("; ")
    }

    /// What a cursor stands for is here, as long as the relay was true.
    ///
    /// # Errors
    /// When it is not.
    pub fn check_cursor(&mut self, office: usize) -> Result<()> {
        if self.relay.has_lost || self.damages {
            return Ok(());
        }
        let name = self.relay.name();
        let look = self.offices[office].look()?;
        let sql = "SELECT cursor FROM roads WHERE store = ?";
        let mut statement = look.prepare_cached(sql)?;
        let mut rows = statement.query([name.as_bytes()])?;
        let Some(row) = rows.next()? else {
            return Ok(());
        };
        let cursor = usize::try_from(row.get::<_, i64>(0)?)?;
        let mut known = look.prepare_cached(
            "SELECT 1 FROM entries WHERE hash = ?1
             UNION ALL SELECT 1 FROM met_stubs WHERE hash = ?1",
        )?;
        for (at, (head, _)) in self.relay.entries.iter().take(cursor).enumerate() {
            if !known.exists([head.hash.as_bytes()])? {
                bail!(
                    "office {office} has passed an entry at the relay that it does not hold: \
                     {head:?}, number {at} of {cursor}"
                );
            }
        }
        Ok(())
    }

    /// Everything that must be true at rest. Gives a fingerprint of it.
    ///
    /// # Errors
    /// What is not.
    pub fn check(&mut self) -> Result<String> {
        let torn = self.torn_logs()?;
        let mut first = State::of(self.offices[0].look()?)?;
        first.leave_out_gaps(&torn);
        for office in self.belonging().into_iter().skip(1) {
            let mut state = State::of(self.offices[office].look()?)?;
            state.leave_out_gaps(&torn);
            let differs = || format!("offices 0 and {office}");
            first.compare(&state).with_context(differs)?;
        }
        self.check_erased()?;
        self.check_ledger(&first)?;
        self.check_documents(&first)?;
        self.check_witness(&first)?;
        self.check_rebuild(&first)?;
        let hash = blake3::hash(format!("{first:?} {}", self.time.now_ms()).as_bytes());
        Ok(hash.to_hex()[..16].to_string())
    }

    /// Nothing acknowledged is lost, and what was written beside each other is shown so.
    fn check_ledger(&mut self, state: &State) -> Result<()> {
        let held = changes(self.offices[0].look()?)?;
        let mut lost_any = false;
        for (change, written) in &self.ledger.written {
            if self.ledger.erased.contains(&written.key) {
                continue;
            }
            let is_broken = self.broken.has(written.office);
            lost_any |= written.excused && self.may_be_missed(is_broken);
            let there = held.contains(change);
            let after = self.is_after_end(written.office, &written.entry, state);
            if written.acknowledged && !written.excused && !after && !there {
                let entry = state.entries.get(&written.entry);
                bail!(
                    "an acknowledged edit of {} in office {} ({:?}) is gone; its entry: {entry:?}",
                    written.key,
                    written.office,
                    written.deed
                );
            }
        }
        // A bit that turned over in the name of the epoch cannot be told from an epoch to come,
        // and one under an epoch to come is seen only then.
        let to_come = |state: &&String| {
            self.damages
                && [super::state::BROKEN, "waits seal_unknown_epoch"].contains(&state.as_str())
        };
        let untaken = |state: &&String| {
            (state.starts_with("waits") || state.starts_with("refused")) && !to_come(state)
        };
        if !lost_any && let Some(state) = state.entries.values().find(untaken) {
            bail!("an entry at rest: {state}");
        }
        for (key, (_, value, _)) in &state.docs {
            let plain: Plain = serde_json::from_str(value)?;
            let common = plain.common();
            let mut shown = Shown {
                archived: common.archived,
                edited_while_archived: common.edited_while_archived,
                ..Shown::default()
            };
            let title = plain.fields.get("title").and_then(|title| title.as_str());
            shown.titles.extend(title.map(String::from));
            for voices in &plain.voices {
                if voices.list.is_none() && voices.field == "title" {
                    let texts = voices.voices.iter().filter_map(|v| v.value.as_str());
                    shown.titles.extend(texts.map(String::from));
                }
            }
            let known = self.ledger.first.contains_key(key)
                || self.ledger.written.values().any(|w| w.key == *key);
            if known && !self.ledger.erased.contains(key) {
                let judged = self.ledger.judge(key, &shown, &held);
                judged.map_err(|why| anyhow::anyhow!(why))?;
            }
        }
        Ok(())
    }

    /// What was erased is in no row of any office, and every office that holds an erasure has
    /// finished it.
    fn check_erased(&mut self) -> Result<()> {
        for office in self.belonging() {
            let look = self.offices[office].look()?;
            let left = |what: &str, from: &str| -> Result<()> {
                let sql = format!("SELECT count(*) FROM {from}");
                let count: i64 = look.query_row(&sql, (), |row| row.get(0))?;
                if count > 0 {
                    bail!("office {office}: {count} {what} of what was erased");
                }
                Ok(())
            };
            for table in ["docs", "changes", "claims"] {
                let older = "t.generation < e.generation";
                left(
                    table,
                    &format!("{table} t JOIN erased_items e USING (item) WHERE {older}"),
                )?;
            }
            left(
                "drafts",
                "drafts d WHERE d.key NOT IN (SELECT key FROM docs)
                 AND d.key NOT LIKE 'new:%'",
            )?;
            left("erasures begun", "erasures WHERE state = 'standing'")?;
            left(
                "bytes",
                "entries e JOIN stubs s ON s.hash = e.hash WHERE length(e.envelope) != 106",
            )?;
        }
        Ok(())
    }

    /// Each document is what its changes make, and stands on those that no other names.
    fn check_documents(&mut self, state: &State) -> Result<()> {
        let look = self.offices[0].look()?;
        let mut statement = look.prepare_cached("SELECT key, saved, item FROM docs")?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            let key: String = row.get(0)?;
            let saved: Vec<u8> = row.get(1)?;
            let kind = key.parse::<ItemKey>()?.kind();
            let (heads, value, _) = state.docs.get(&key).context("document")?;
            let stored = Document::load(kind, &saved)?;
            let bytes: Vec<Vec<u8>> = stored.changes().into_iter().map(|c| c.bytes).collect();
            let mut anew = Document::begin(kind)?;
            anew.replay(&bytes)?;
            let plain = serde_json::to_string(&anew.plain())?;
            let noted = Heads::new(tips(look, row.get(2)?)?);
            let anew_heads = anew.heads();
            let stand = anew_heads.as_slice().iter().flat_map(|h| *h.as_bytes());
            if plain != *value || noted != anew_heads || !stand.eq(heads.iter().copied()) {
                bail!("{key} does not follow from its changes");
            }
        }
        Ok(())
    }

    /// A computer that has seen nothing of all this takes in the entries of one office in one
    /// go, and shows the same.
    fn check_witness(&mut self, state: &State) -> Result<()> {
        let torn = self.torn_logs()?;
        let look = self.offices[0].look()?;
        let sql = "SELECT region FROM profile";
        let region: [u8; 16] = look.query_row(sql, (), |row| row.get(0))?;
        let mut writer = BundleWriter::new(RegionId::from_bytes(region))?;
        let mut statement = look.prepare_cached("SELECT envelope FROM entries ORDER BY hash")?;
        let envelopes = statement.query_map((), |row| row.get::<_, Vec<u8>>(0))?;
        for envelope in envelopes {
            writer.push(&envelope?)?;
        }
        drop(statement);
        let file = self.home.join("all");
        std::fs::write(&file, writer.finish())?;
        let who = (self.offices.len(), 0);
        let kept = &self.template.witness;
        let mut witness = Computer::new(who, self.home, kept, &self.time, None)?;
        witness.start()?;
        let sql = "SELECT hex(substr(log, 1, 4)) FROM profile";
        let own: String = witness.look()?.query_row(sql, (), |row| row.get(0))?;
        witness.call_with_file("read_bundle", &file)?;
        let mut seen = State::of(witness.look()?)?;
        witness.stop();
        // That it has erased too stands in its own log.
        seen.leave_out_of_log(&own, state);
        seen.leave_out_gaps(&torn);
        state.compare(&seen).context("a rebuild from all entries")
    }

    /// Lists follow from plain values.
    fn check_rebuild(&mut self, state: &State) -> Result<()> {
        let belonging = self.belonging();
        let office = belonging[self.dice.pick(belonging.len())];
        let office = &mut self.offices[office];
        office.stop();
        office.look()?.execute(
            "UPDATE settings SET value = '0' WHERE name = 'projection_done'",
            (),
        )?;
        office.start()?;
        while office.is_rebuilding()? {
            std::thread::yield_now();
        }
        if derived(office.look()?)? != state.derived {
            bail!("lists do not follow from plain values");
        }
        Ok(())
    }
}
