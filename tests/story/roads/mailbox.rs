//! The real relay program, and a line to it.

use super::Road;
use anyhow::Result;
use radrum_tests::krets::{for_operator, until, use_relay};
use radrum_tests::line::Line;
use radrum_tests::office::Office;
use radrum_tests::relay::Relay;
use radrum_tests::road::Loopback;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub struct Mailbox {
    data: PathBuf,
    relay: Relay,
    line: Line,
}

impl Mailbox {
    /// An office has the road open until it has sent and fetched all, or is told why not.
    fn visit(&self, office: &Office) -> Result<bool> {
        use_relay(office, &self.line.address())?;
        let mut road = Value::Null;
        until("all is sent and fetched, or a reason", || {
            road = office.call("road", json!({}))?;
            let is_done = road["phase"] == "up_to_date" && road["waiting"] == 0;
            Ok(is_done || !road["problem"].is_null())
        })?;
        office.call("set_relays", json!({ "relays": [] }))?;
        Ok(road["problem"].is_null())
    }

    /// The same on a line that breaks.
    fn visit_in_vain(&self, office: &Office, bytes: usize) -> Result<()> {
        self.line.break_after(bytes);
        use_relay(office, &self.line.address())?;
        until("the line broke, and it is said", || {
            let road = office.call("road", json!({}))?;
            Ok(self.line.is_broken() && road["problem"] == "sync_no_network")
        })?;
        office.call("set_relays", json!({ "relays": [] }))?;
        self.line.mend();
        Ok(())
    }
}

impl Road for Mailbox {
    fn build(home: &Path, founder: &Office, _: Arc<Loopback>) -> Result<Self> {
        let data = home.join("relay");
        let relay = Relay::start(&data, 0, &for_operator(founder)?)?;
        let line = Line::to(relay.port()?)?;
        line.listen();
        Ok(Self { data, relay, line })
    }

    /// The first comes once more for what the second left.
    fn try_meet(&mut self, a: &Office, b: &Office) -> Result<bool> {
        Ok(self.visit(a)? && self.visit(b)? && self.visit(a)?)
    }

    /// It breaks on the way in, and on the way out.
    fn break_off(&mut self, from: &Office, to: &Office, bytes: usize) -> Result<()> {
        self.visit_in_vain(from, bytes)?;
        self.visit(from)?;
        self.visit_in_vain(to, bytes)
    }

    fn carried(&self) -> Result<Vec<u8>> {
        let mut carried = self.line.heard();
        carried.extend(std::fs::read(self.data.join("relay.db"))?);
        carried.extend(std::fs::read(self.data.join("relay.db-wal")).unwrap_or_default());
        carried.extend(self.relay.log().into_bytes());
        Ok(carried)
    }
}
