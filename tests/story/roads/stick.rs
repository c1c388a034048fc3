//! The stick: a file that one office writes and the other reads.

use super::Road;
use super::flaws::Flaw;
use anyhow::{Result, bail, ensure};
use radrum_app::{Code, Error, call};
use radrum_tests::office::Office;
use radrum_tests::road::Loopback;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub struct Stick {
    file: PathBuf,
    carried: Vec<u8>,
    /// A planted fault of the programs that it goes between.
    pub flaw: Option<Flaw>,
}

impl Stick {
    fn ticket(&self, office: &Office) -> Result<String> {
        let tickets = office.host.tickets();
        Ok(tickets.give(&office.host.world(), self.file.clone())?)
    }

    fn write(&mut self, office: &Office) -> Result<()> {
        let ticket = self.ticket(office)?;
        office.call("write_bundle", json!({ "ticket": ticket }))?;
        if let Some(flaw) = self.flaw {
            flaw.after_writing(&self.file)?;
        }
        self.carried.extend(std::fs::read(&self.file)?);
        Ok(())
    }

    fn read(&self, office: &Office) -> Result<Result<(), Error>> {
        let ticket = self.ticket(office)?;
        let read = call(&office.host, "read_bundle", json!({ "ticket": ticket }));
        Ok(read.map(drop))
    }

    fn carry(&mut self, from: &Office, to: &Office) -> Result<bool> {
        self.write(from)?;
        if let Some(flaw) = self.flaw {
            flaw.before_reading(from, to)?;
        }
        match self.read(to)? {
            Ok(()) => Ok(true),
            Err(error) if error.code == Code::OtherKrets => Ok(false),
            Err(error) => bail!("{error}"),
        }
    }
}

impl Road for Stick {
    fn build(home: &Path, _: &Office, _: Arc<Loopback>) -> Result<Self> {
        Ok(Self {
            file: home.join("stick.knyte"),
            carried: Vec::new(),
            flaw: None,
        })
    }

    fn try_meet(&mut self, a: &Office, b: &Office) -> Result<bool> {
        let there = self.carry(a, b)?;
        let back = self.carry(b, a)?;
        Ok(there && back)
    }

    /// Somebody pulled it out while it was written.
    fn break_off(&mut self, from: &Office, to: &Office, bytes: usize) -> Result<()> {
        self.write(from)?;
        let whole = std::fs::read(&self.file)?;
        ensure!(bytes < whole.len(), "{} bytes", whole.len());
        std::fs::write(&self.file, &whole[..bytes])?;
        match self.read(to)? {
            Err(error) if error.code == Code::BadBundle => Ok(()),
            other => bail!("half a file was read: {other:?}"),
        }
    }

    fn carried(&self) -> Result<Vec<u8>> {
        Ok(self.carried.clone())
    }
}
