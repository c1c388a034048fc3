//! Sticks that are written, lie in a car, and are read whole, half or long after.

use super::fault::Fault;
use super::world::World;
use anyhow::{Context as _, Result, bail};
use radrum_wire::{Bundle, BundleWriter, Envelope, Family, RegionId};
use std::path::{Path, PathBuf};

impl World<'_> {
    fn stick(&self, number: u32) -> PathBuf {
        self.home.join(format!("stick-{number}"))
    }

    /// Writes a stick, which may then lie in a car for long.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_stick(&mut self, office: usize) -> Result<()> {
        self.sticks += 1;
        let file = self.stick(self.sticks);
        self.offices[office].call_with_file("write_bundle", &file)?;
        if self.fault == Some(Fault::StickLeavesOutLast) {
            leave_out_last(&file)?;
        }
        self.note(format!("office {office} writes stick {}", self.sticks));
        Ok(())
    }

    /// Reads one of the sticks in.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read_stick(&mut self, office: usize) -> Result<()> {
        if self.sticks == 0 {
            return Ok(());
        }
        // The last ones mostly; sometimes one that lay in a drawer.
        let back = if self.dice.chance(70) { 3 } else { 1_000 };
        let back = self.dice.below(back.min(u64::from(self.sticks)));
        let number = self.sticks - u32::try_from(back)?;
        if self.dice.chance(10) {
            return self.read_torn_stick(office, number);
        }
        self.take_stick(office, number)
    }

    /// Reads a stick in.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn take_stick(&mut self, office: usize, number: u32) -> Result<()> {
        let file = self.stick(number);
        self.offices[office].spoil(Fault::before_taking)?;
        let read = self.offices[office].call_with_file("read_bundle", &file)?;
        self.offices[office].spoil(Fault::after_taking)?;
        self.note(format!(
            "office {office} reads stick {number}: {} new, {} refused",
            read["new"], read["refused"]
        ));
        self.hear(office);
        Ok(())
    }

    fn read_torn_stick(&mut self, office: usize, number: u32) -> Result<()> {
        let mut bytes = std::fs::read(self.stick(number))?;
        bytes.truncate(self.dice.pick(bytes.len()));
        let file = self.home.join("torn");
        std::fs::write(&file, bytes)?;
        if self.offices[office]
            .call_with_file("read_bundle", &file)
            .is_ok()
        {
            bail!("half a stick was taken for a whole one");
        }
        self.note(format!("office {office} reads half of stick {number}"));
        Ok(())
    }
}

/// What a program with that fault would have written.
fn leave_out_last(file: &Path) -> Result<()> {
    let bytes = std::fs::read(file)?;
    let region = bytes.get(13..29).context("bundle")?;
    let region = RegionId::try_from(region)?;
    let bundle = Bundle::decode(&bytes, region)?;
    let is_entry = |one: &Envelope<'_>| one.place().family() == Family::Entry;
    let last = bundle.envelopes().filter(is_entry).last();
    let last = last.map(|one| one.hash());
    let mut writer = BundleWriter::new(region)?;
    for envelope in bundle.envelopes() {
        if Some(envelope.hash()) != last {
            writer.push(envelope.bytes())?;
        }
    }
    std::fs::write(file, writer.finish())?;
    Ok(())
}
