//! Golden profiles: each release keeps one, and every later program opens it whole.

use anyhow::{Context as _, Result};
use radrum_app::{MemorySecrets, PassphraseFile};
use radrum_domain::{READING, project};
use radrum_store::{Opening, StoreError};
use radrum_tests::file;
use radrum_tests::krets::until;
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// What opens every golden profile; `bin/keep_profile` makes them.
const PASSPHRASE: &str = "gyllene renar på vägen";

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/profiles")
        .join(name)
}

/// A copy to work on: the kept one is never touched.
fn copy(name: &str) -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    for file in ["radrum.db", "key.check", "passphrase.key"] {
        fs::copy(kept(name).join(file), folder.path().join(file))?;
    }
    Ok(folder)
}

fn open(folder: &Path) -> Result<Office> {
    let office = Office::closed(Start {
        secrets: Arc::new(MemorySecrets::unavailable()),
        ..Start::own(folder)
    });
    assert_eq!(office.call("start", json!({}))?["state"], "passphrase");
    let state = office.call("unlock", json!({ "passphrase": PASSPHRASE }))?;
    assert_eq!(state["state"], "ready", "{state}");
    // A program that reads more than was stored fills its lists anew, beside what one does.
    until("lists", || {
        Ok(office.call("start", json!({}))?["session"]["rebuilding"] == false)
    })?;
    Ok(office)
}

fn texts(list: &Value, field: &str) -> Vec<String> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut texts: Vec<String> = list
        .iter()
        .filter_map(|entry| entry[field].as_str().map(String::from))
        .collect();
    texts.sort_unstable();
    texts
}

#[test]
fn the_profile_of_the_first_door_opens_with_everything_in_it() -> Result<()> {
    let folder = copy("1-first-door")?;
    let office = open(folder.path())?;
    let card = office.call("playbook", json!({ "key": "playbook:lvm" }))?;
    let voices = &card["head"]["voices"][0];
    assert_eq!(voices["field"], "owner_role");
    assert_eq!(
        texts(&voices["voices"], "value"),
        ["1:e socialsekreterare", "Enhetschef vuxen"]
    );
    assert_eq!(card["card"]["steps"][1]["text"], "Ring jouren i Lycksele.");
    assert_eq!(card["card"]["steps"][2]["removed"], true);
    assert_eq!(card["ticks"].as_array().map(Vec::len), Some(1));
    assert_eq!(card["head"]["drafts"][0]["text"], "På väg att skriva");
    assert_eq!(
        card["variants"][0]["variant"]["text"],
        "Vi ringer alltid Åsele först."
    );
    assert_eq!(card["deviations"][0]["deviation"]["reason"], "Snöoväder");
    let notes = office.call("notes", json!({}))?;
    assert_eq!(texts(&notes, "title"), ["Långt", "Vägen till Borga"]);
    let borga = notes
        .as_array()
        .context("notes")?
        .iter()
        .find(|note| note["title"] == "Vägen till Borga")
        .context("note")?;
    let note = office.call("note", json!({ "key": borga["key"] }))?;
    assert_eq!(
        note["note"]["body"],
        "Bron är smal och hal.\nRing före tio."
    );
    let history = office.call("history", json!({ "key": borga["key"] }))?;
    assert_eq!(texts(&history, "municipality"), ["Dorotea"; 3]);
    let region = office.call("region", json!({}))?;
    assert_eq!(texts(&region["archived"], "title"), ["Gammalt"]);
    let members = office.call("members", json!({ "municipality": null }))?;
    assert_eq!(texts(&members, "title"), ["Maja Lundmark", "Åsa Öhrn"]);
    assert_eq!(office.call("check", json!({}))?["faults"], 0);
    let found = office.call("search", json!({ "text": "ring före tio" }))?;
    assert!(found.to_string().contains("Vägen till Borga"));
    Ok(())
}

#[test]
fn every_document_of_the_first_door_follows_from_its_log() -> Result<()> {
    let folder = copy("1-first-door")?;
    let key = PassphraseFile::new(folder.path()).open(PASSPHRASE)?;
    let proved = file::prove_documents(folder.path(), &key)?;
    assert!(proved > 100, "{proved}");
    Ok(())
}

/// What lists and search know of every item of the profile, as one fingerprint.
fn fingerprint(folder: &Path) -> Result<String> {
    let key = PassphraseFile::new(folder).open(PASSPHRASE)?;
    let (_writer, readers) = radrum_store::open(Opening {
        path: folder.join("radrum.db"),
        key,
        planted: None,
    })?;
    let docs = readers.with(|read| {
        let mut all = Vec::new();
        let mut after = 0;
        loop {
            let docs = read.docs_after(after, None, 500)?;
            let Some(last) = docs.last() else { break };
            after = last.n;
            all.extend(docs);
        }
        Ok::<_, StoreError>(all)
    })?;
    let mut hash = blake3::Hasher::new();
    for doc in docs {
        let rows = project(doc.key.kind(), &doc.plain)?;
        hash.update(format!("{}{rows:?}", doc.key).as_bytes());
    }
    Ok(hash.finalize().to_hex()[..16].to_string())
}

#[test]
fn whoever_changes_what_lists_and_search_know_raises_the_reading() -> Result<()> {
    let folder = copy("1-first-door")?;
    let noted = fs::read_to_string(kept("1-first-door").join("projection.txt"))?;
    let now = format!("reading {READING} gives {}\n", fingerprint(folder.path())?);
    assert_eq!(
        noted, now,
        "raise radrum_domain::READING, and note the new line in projection.txt"
    );
    Ok(())
}
