//! Backups: what one holds and never holds, how it comes back on another computer, and how it
//! is tried.

mod alone;
mod krets;
mod trial;

use anyhow::{Context as _, Result};
use radrum_app::MemorySecrets;
use radrum_domain::Plain;
use radrum_store::{DocMeta, Opening, Profile};
use radrum_tests::edits::{set, write};
use radrum_tests::krets::text;
use radrum_tests::office::{Office, Start};
use radrum_wire::ChangeHash;
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;

/// What opens the backups of these stories.
const PASSPHRASE: &str = "tre älgar på vägen";

fn create(office: &Office, kind: &str, edits: &[Value]) -> Result<String> {
    let args = json!({ "kind": kind, "window": "w", "edits": edits });
    text(&office.call("create_item", args)?, "key")
}

fn note(office: &Office, title: &str, body: &str) -> Result<String> {
    create(office, "note", &[set("title", title), write("body", body)])
}

fn edit(office: &Office, key: &str, heads: &Value, edit: Value) -> Result<()> {
    let args = json!({ "key": key, "heads": heads, "window": "w", "edits": [edit] });
    office.call("edit_item", args)?;
    Ok(())
}

fn heads(office: &Office, key: &str) -> Result<Value> {
    Ok(office.call("head", json!({ "key": key }))?["heads"].clone())
}

fn back_up(office: &Office, file: &Path) -> Result<Value> {
    let ticket = office
        .host
        .tickets()
        .give(&office.host.world(), file.to_path_buf())?;
    office.call(
        "write_backup",
        json!({ "ticket": ticket, "passphrase": PASSPHRASE }),
    )
}

/// What a first start from a file is called with.
fn from(office: &Office, file: &Path, passphrase: &str) -> Result<Value> {
    let ticket = office
        .host
        .tickets()
        .give(&office.host.world(), file.to_path_buf())?;
    Ok(json!({ "ticket": ticket, "passphrase": passphrase, "new_passphrase": null }))
}

/// A computer at its first start.
fn fresh(folder: &Path) -> Result<Office> {
    first(Start::own(folder))
}

fn first(start: Start) -> Result<Office> {
    let office = Office::closed(start);
    let state = office.call("start", json!({}))?;
    assert_eq!(state["state"], "first_run", "{state}");
    Ok(office)
}

fn restored(folder: &Path, file: &Path) -> Result<Office> {
    let office = fresh(folder)?;
    restore(&office, file)?;
    Ok(office)
}

fn restore(office: &Office, file: &Path) -> Result<()> {
    let state = office.call("restore", from(office, file, PASSPHRASE)?)?;
    assert_eq!(state["state"], "ready", "{state}");
    // Names, lists and search are there at once.
    assert_eq!(state["session"]["rebuilding"], false);
    Ok(())
}

/// Opened by the age crate itself, as the standard tool opens it.
fn by_age(file: &Path) -> Result<Vec<u8>> {
    let file = std::fs::read(file)?;
    let identity = age::scrypt::Identity::new(PASSPHRASE.to_string().into());
    let opening = age::Decryptor::new_buffered(&file[..])?;
    let mut plain = Vec::new();
    opening
        .decrypt(std::iter::once(&identity as _))?
        .read_to_end(&mut plain)?;
    Ok(plain)
}

/// Sealed by the age crate itself, with little work so that it opens at once.
fn sealed(plain: &[u8]) -> Result<Vec<u8>> {
    let mut to = age::scrypt::Recipient::new(PASSPHRASE.to_string().into());
    to.set_work_factor(2);
    let mut file = Vec::new();
    let sealing = age::Encryptor::with_recipients(std::iter::once(&to as _))?;
    let mut out = sealing.wrap_output(&mut file)?;
    out.write_all(plain)?;
    out.finish()?;
    Ok(file)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Every file and folder in a folder, with the lengths of the files.
fn listing(folder: &Path) -> Result<Vec<(String, u64)>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let length = entry.metadata()?.len();
        all.push((entry.file_name().to_string_lossy().into_owned(), length));
    }
    all.sort();
    Ok(all)
}

/// Key, value, and when and by whom it was made and last changed.
type Item = (String, Plain, i64, String, i64, String);

/// What is kept of an item that must be the same on both computers: a voice names its change,
/// and the changes of a restored computer of one's own have other hashes.
fn same(meta: DocMeta) -> Item {
    let mut plain = meta.plain;
    for voices in &mut plain.voices {
        for voice in &mut voices.voices {
            voice.change = ChangeHash::from_bytes([0; 32]);
        }
    }
    (
        meta.key.to_string(),
        plain,
        meta.created_at,
        meta.created_by,
        meta.updated_at,
        meta.updated_by,
    )
}

type Kept = (Profile, Vec<Item>);

/// Everything that a closed profile holds.
fn kept(office: Office) -> Result<Kept> {
    let opening = Opening {
        path: office.folder().join("radrum.db"),
        key: office.key()?,
        planted: None,
    };
    drop(office);
    let (writer, _) = radrum_store::open(opening)?;
    let read = writer.read();
    let profile = read.profile()?.context("profile")?;
    let mut docs: Vec<_> = read
        .docs_after(0, None, u32::MAX)?
        .into_iter()
        .map(same)
        .collect();
    docs.sort_by(|a, b| a.0.cmp(&b.0));
    Ok((profile, docs))
}

/// Keys that the next start of the same computer finds.
fn secrets() -> Arc<MemorySecrets> {
    Arc::default()
}
