//! Backup files: a first start from a file that anybody may have made.
//!
//! An input that begins as an SQLite file is what stands behind the passphrase: it is sealed
//! first, as it is and with the digest that its items have. Every other input is the file itself.

use age::scrypt;
use age::secrecy::SecretString;
use radrum_app::{Code, Host, MemorySecrets, Setup, World, call};
use rusqlite::{Connection, MAIN_DB};
use serde_json::json;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

const PASSPHRASE: &str = "tre vanliga ord räcker";

/// More work than this is as slow as it is meant to be, and nothing is learned of it.
const WORK_MAX: u8 = 6;

pub(crate) fn run(bytes: &[u8]) {
    if bytes.starts_with(b"SQLite format 3\0") {
        first_start(&sealed(bytes));
        if let Some(mended) = mended(bytes) {
            first_start(&sealed(&mended));
        }
    } else if !is_slow(bytes) {
        first_start(bytes);
    }
}

/// A profile comes of it, or nothing at all; and what came of it can be shown.
fn first_start(file: &[u8]) {
    let home = tempfile::tempdir().expect("folder");
    let (profile, backup) = (home.path().join("profile"), home.path().join("kopia.age"));
    std::fs::write(&backup, file).expect("file");
    let host = Host::new(Setup {
        folder: profile.clone(),
        world: World::real(),
        secrets: Arc::new(MemorySecrets::default()),
        example: None,
        planted: None,
        opener: None,
    });
    ask(&host, "start", json!({}));
    let ticket = host.tickets().give(&host.world(), backup);
    let args = json!({ "ticket": ticket.expect("ticket"), "passphrase": PASSPHRASE,
                       "new_passphrase": null });
    if !ask(&host, "restore", args) {
        assert!(is_empty(&profile), "something is left");
        return;
    }
    for command in ["krets", "erasures", "notes", "playbooks", "check"] {
        ask(&host, command, json!({}));
    }
    ask(&host, "search", json!({ "text": "ring före nio" }));
}

/// Whether it was done. A refusal is an answer; a panic is none.
fn ask(host: &Host, command: &str, args: serde_json::Value) -> bool {
    match call(host, command, args) {
        Ok(_) => true,
        Err(error) => {
            let is_panic = error.code == Code::Bug && error.to_string().contains("panic");
            assert!(!is_panic, "{command}");
            false
        }
    }
}

/// No database, and nothing of one that was begun.
fn is_empty(profile: &Path) -> bool {
    ["radrum.db", "aterstallning"]
        .iter()
        .all(|name| !profile.join(name).exists())
}

/// Under the passphrase, with next to no work.
fn sealed(plain: &[u8]) -> Vec<u8> {
    let mut to = scrypt::Recipient::new(SecretString::from(PASSPHRASE.to_string()));
    to.set_work_factor(1);
    let sealing = age::Encryptor::with_recipients(std::iter::once(&to as _)).expect("recipient");
    let mut file = Vec::new();
    let mut out = sealing.wrap_output(&mut file).expect("header");
    out.write_all(plain).expect("body");
    out.finish().expect("end");
    file
}

/// With a right digest (FORMAT.md 12), if there is anything to count.
fn mended(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = Connection::open_in_memory().ok()?;
    file.pragma_update(None, "trusted_schema", false).ok()?;
    file.deserialize_read_exact(MAIN_DB, bytes, bytes.len(), false)
        .ok()?;
    let digest = digest(&file).ok()??;
    let told = "UPDATE about SET value = ? WHERE name = 'digest'";
    file.execute(told, [hex::encode(digest)]).ok()?;
    Some(file.serialize(MAIN_DB).ok()?.to_vec())
}

fn digest(file: &Connection) -> rusqlite::Result<Option<[u8; 32]>> {
    let items = "SELECT item, generation, heads, value FROM docs ORDER BY item";
    let mut items = file.prepare(items)?;
    let mut rows = items.query(())?;
    let mut hash = blake3::Hasher::new();
    while let Some(row) = rows.next()? {
        let (Ok(item), Ok(heads), Ok(value)) = (
            row.get_ref(0)?.as_blob(),
            row.get_ref(2)?.as_bytes(),
            row.get_ref(3)?.as_bytes(),
        ) else {
            return Ok(None);
        };
        hash.update(item);
        hash.update(&row.get::<_, u32>(1)?.to_le_bytes());
        for bytes in [heads, value] {
            hash.update(&(bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
    }
    Ok(Some(*hash.finalize().as_bytes()))
}

/// `-> scrypt SALT WORK` in the head of the file.
fn is_slow(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(400)]);
    let mut lines = head
        .lines()
        .filter_map(|line| line.strip_prefix("-> scrypt "));
    lines.any(|line| {
        let work = line
            .split(' ')
            .nth(1)
            .and_then(|work| work.parse::<u8>().ok());
        work.is_some_and(|work| work > WORK_MAX)
    })
}
