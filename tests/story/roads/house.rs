//! The local network: one listens, the other calls it at a typed address. Nothing is announced.

use super::Road;
use anyhow::{Context as _, Result};
use radrum_tests::krets::{text, until};
use radrum_tests::line::Line;
use radrum_tests::office::Office;
use radrum_tests::road::Loopback;
use serde_json::json;
use std::path::Path;
use std::sync::Arc;

pub struct House {
    doors: Arc<Loopback>,
    heard: Vec<u8>,
}

fn lan(office: &Office, on: bool, addresses: &[&str]) -> Result<()> {
    let args = json!({ "on": on, "port": 0, "addresses": addresses });
    office.call("use_lan", args).map(drop)
}

impl House {
    /// `b` calls `a` over a line that breaks after so many bytes, if any.
    fn call(&self, a: &Office, b: &Office, breaks: Option<usize>) -> Result<Line> {
        lan(a, true, &[])?;
        let mut port = None;
        until("somebody listens", || {
            port = a.call("road", json!({}))?["lan"]["port"].as_u64();
            Ok(port.is_some())
        })?;
        let line = Line::to(u16::try_from(port.context("port")?)?)?;
        line.listen();
        if let Some(bytes) = breaks {
            line.break_after(bytes);
        }
        let address = line.address();
        lan(b, true, &[address.trim_start_matches("http://")])?;
        Ok(line)
    }

    fn has_met(&self, office: &Office) -> Result<bool> {
        let key = text(&office.call("road", json!({}))?, "relay_key")?;
        Ok(self.doors.has_met(&key.parse()?))
    }
}

impl Road for House {
    fn build(_: &Path, _: &Office, doors: Arc<Loopback>) -> Result<Self> {
        Ok(Self {
            doors,
            heard: Vec::new(),
        })
    }

    fn try_meet(&mut self, a: &Office, b: &Office) -> Result<bool> {
        let line = self.call(a, b, None)?;
        let mut have_met = false;
        until("they have met, or one hung up", || {
            have_met = self.has_met(a)? && self.has_met(b)?;
            Ok(have_met || line.ended() > 0)
        })?;
        lan(b, false, &[])?;
        lan(a, false, &[])?;
        self.heard.extend(line.heard());
        Ok(have_met)
    }

    fn break_off(&mut self, from: &Office, to: &Office, bytes: usize) -> Result<()> {
        let line = self.call(from, to, Some(bytes))?;
        until(
            "the line broke",
            || Ok(line.is_broken() && line.ended() > 0),
        )?;
        lan(to, false, &[])?;
        lan(from, false, &[])?;
        self.heard.extend(line.heard());
        Ok(())
    }

    fn carried(&self) -> Result<Vec<u8>> {
        Ok(self.heard.clone())
    }
}
