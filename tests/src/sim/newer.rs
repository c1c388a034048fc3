//! A newer program in the krets: it writes kinds, schemas and forms of envelopes that this one
//! does not know, and this one keeps them and hands them on.

use super::computer::Computer;
use super::dice::Dice;
use anyhow::{Context as _, Result};
use radrum_seal::{Chain, Device, DeviceKeys, Draft, EpochKey, Random, SealError};
use radrum_wire::{BundleWriter, EntryHash, ItemId, Kind, LogId, Place, RegionId, Seq};
use std::path::Path;

/// Randomness of a seed.
struct Drawn<'a>(&'a mut Dice);

impl Random for Drawn<'_> {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), SealError> {
        for byte in bytes {
            *byte = self.0.next().to_le_bytes()[0];
        }
        Ok(())
    }
}

/// Runs a newer program once on a computer that is switched off: it appends an entry of a kind
/// or a schema to come to the computer's own log.
///
/// # Errors
/// When the profile is not one of a krets.
pub fn write_once(office: &Computer, dice: &mut Dice) -> Result<()> {
    let key = office.key()?;
    let opening = radrum_store::Opening {
        path: office.folder().join("radrum.db"),
        key: key.clone(),
        planted: None,
    };
    let (writer, _readers) = radrum_store::open(opening)?;
    let read = writer.read();
    let profile = read.profile()?.context("profile")?;
    let grant = read.krets()?.context("krets")?.grant;
    let secrets = read.epoch_secrets()?;
    let epoch = EpochKey::from_secret(**secrets.first().context("epoch")?);
    let last = read.last_entry(profile.log)?;
    let file = std::fs::read(office.folder().join("device.keys"))?;
    let keys = DeviceKeys::unlock(&file, key.expose())?;
    let mut chain = match last {
        Some(head) => Chain::resume(profile.region, head),
        None => Chain::new(profile.region, profile.log),
    };
    let (kind, schema) = [(Kind(4_000), 1), (Kind::CHANGES, 9)][dice.pick(2)];
    let draft = Draft {
        kind,
        schema,
        written_at: 0,
        author: ItemId::from_bytes([0; 16]),
        refs: Vec::new(),
        seen: None,
        body: vec![9; 200],
    };
    let device = Device { keys: &keys, grant };
    let sealed = chain.seal(&draft, device, &epoch, &mut Drawn(dice))?;
    drop(writer);
    let place = sealed.place;
    let seq = i64::try_from(place.seq.0)?;
    let file = crate::file::connect(office.folder(), &key)?;
    file.execute(
        "INSERT INTO entries (hash, log, seq, prev, envelope) VALUES (?, ?, ?, ?, ?)",
        rusqlite::params![
            sealed.hash.as_bytes(),
            place.log.as_bytes(),
            seq,
            place.prev.as_bytes(),
            sealed.bytes
        ],
    )?;
    file.execute(
        "INSERT INTO untaken (n, state, code) VALUES (?, 'unknown', 'kind')",
        [file.last_insert_rowid()],
    )?;
    file.execute(
        "INSERT INTO log (log_n, seq, author, written_at, body)
         SELECT n, ?, zeroblob(16), 0, x'' FROM logs WHERE log = ?",
        rusqlite::params![seq, place.log.as_bytes()],
    )?;
    Ok(())
}

/// A bundle with an envelope of a version or family to come, in a log of its own.
///
/// # Errors
/// When it cannot be written.
pub fn write_strange(region: RegionId, file: &Path, dice: &mut Dice) -> Result<()> {
    let mut log = [0; 16];
    log[..8].copy_from_slice(&dice.next().to_le_bytes());
    let place = Place {
        tag: [2, 0xe1][dice.pick(2)],
        region,
        log: LogId::from_bytes(log),
        seq: Seq(1),
        prev: EntryHash::from_bytes([0; 32]),
    };
    let mut bytes = place.encode().to_vec();
    bytes.extend_from_slice(&[7; 400]);
    let mut writer = BundleWriter::new(region)?;
    writer.push(&bytes)?;
    Ok(std::fs::write(file, writer.finish())?)
}
