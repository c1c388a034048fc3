//! Faults of a program that carries sticks, each planted against one promise of the contract: a
//! promise that is kept all the same promises nothing. On the real road nobody does this.

use super::stick::Stick;
use super::{
    Krets, an_erased_note_goes_and_stays_gone, two_hundred_notes_arrive_in_one_go,
    who_was_taken_out_gets_nothing_new_and_gives_nothing,
};
use anyhow::{Context as _, Result, bail};
use radrum_tests::file::connect;
use radrum_tests::krets::until;
use radrum_tests::office::Office;
use radrum_wire::{Bundle, BundleWriter, Family, Record as _, RegionId, Revoke, SignedFact};
use rusqlite::Connection;
use serde_json::json;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// A planted fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Every tenth entry is left off the stick.
    EveryTenthLeftOut,
    /// The key of each epoch goes to everybody who was ever let in.
    EpochForAll,
    /// What is read in is judged as if nobody had been taken out.
    EndForgotten,
    /// Earlier generations of what was erased are taken in again.
    ErasureForgotten,
}

/// A promise, as it is kept on a stick.
type Promise = fn(Krets<Stick>) -> Result<()>;

/// What each fault breaks, and the words of the promise that say so.
const BREAKS: [(Flaw, Promise, &str); 4] = [
    (
        Flaw::EveryTenthLeftOut,
        two_hundred_notes_arrive_in_one_go,
        "note:",
    ),
    (
        Flaw::EpochForAll,
        who_was_taken_out_gets_nothing_new_and_gives_nothing,
        "she gets what is new",
    ),
    (
        Flaw::EndForgotten,
        who_was_taken_out_gets_nothing_new_and_gives_nothing,
        "what she wrote late is taken up",
    ),
    (
        Flaw::ErasureForgotten,
        an_erased_note_goes_and_stays_gone,
        "!has(office, &key)",
    ),
];

#[test]
fn each_fault_that_is_planted_on_a_stick_breaks_its_promise() -> Result<()> {
    for (flaw, promise, words) in BREAKS {
        let mut krets = Krets::<Stick>::new()?;
        krets.road.flaw = Some(flaw);
        let kept = catch_unwind(AssertUnwindSafe(|| promise(krets)));
        // A promise is broken by an assertion; anything else is trouble of the test itself.
        let Err(broken) = kept else {
            bail!("{flaw:?}: {kept:?}");
        };
        let said = broken.downcast_ref::<String>().cloned();
        let said = said.or_else(|| broken.downcast_ref::<&str>().map(ToString::to_string));
        let said = said.unwrap_or_default();
        assert!(
            said.contains(words),
            "{flaw:?} breaks something else: {said}"
        );
    }
    Ok(())
}

impl Flaw {
    /// What it does to a file that was written.
    pub fn after_writing(self, file: &Path) -> Result<()> {
        if self != Self::EveryTenthLeftOut {
            return Ok(());
        }
        let bytes = std::fs::read(file)?;
        let region = RegionId::try_from(bytes.get(13..29).context("region")?)?;
        let mut writer = BundleWriter::new(region)?;
        let mut entries = 0;
        for envelope in Bundle::decode(&bytes, region)?.envelopes() {
            entries += u32::from(envelope.place().family() == Family::Entry);
            if entries % 10 != 0 {
                writer.push(envelope.bytes())?;
            }
        }
        Ok(std::fs::write(file, writer.finish())?)
    }

    /// What it does to an office that is about to read what another has written.
    pub fn before_reading(self, from: &Office, to: &Office) -> Result<()> {
        match self {
            Self::EveryTenthLeftOut => Ok(()),
            Self::EpochForAll => changed(to, |file| {
                let theirs = connect(from.folder(), &from.key()?)?;
                let mut keys = theirs.prepare("SELECT epoch, secret FROM epochs")?;
                let mut rows = keys.query(())?;
                while let Some(row) = rows.next()? {
                    let key: (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?);
                    file.execute("INSERT OR IGNORE INTO epochs VALUES (?, ?)", key)?;
                }
                Ok(())
            }),
            Self::EndForgotten => changed(to, |file| {
                let mut facts = file.prepare("SELECT hash, fact FROM facts")?;
                let mut rows = facts.query(())?;
                let mut ends: Vec<Vec<u8>> = Vec::new();
                while let Some(row) = rows.next()? {
                    let fact = SignedFact::decode_record(&row.get::<_, Vec<u8>>(1)?)?;
                    if fact.read::<Revoke>().is_ok() {
                        ends.push(row.get(0)?);
                    }
                }
                for hash in ends {
                    file.execute("DELETE FROM facts WHERE hash = ?", [hash])?;
                }
                Ok(())
            }),
            Self::ErasureForgotten => changed(to, |file| {
                let tables = ["erased_items", "stub_names", "erasures"];
                for table in tables {
                    file.execute(&format!("DELETE FROM {table}"), ())?;
                }
                Ok(())
            }),
        }
    }
}

/// Changes an office's file while its program is closed.
fn changed(office: &Office, change: impl Fn(&Connection) -> Result<()>) -> Result<()> {
    office.host.close();
    change(&connect(office.folder(), &office.key()?)?)?;
    until("it is open again", || {
        Ok(office.call("start", json!({}))?["state"] == "ready")
    })
}
