//! Nothing readable lies on the disk.

use anyhow::{Context as _, Result};
use radrum_app::MemorySecrets;
use radrum_tests::edits::{set, write};
use radrum_tests::office::{Office, Start};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;

/// Words that occur nowhere but in what this test writes.
const WORDS: [&str; 4] = ["kvällsgökotta", "tjärdalsvakt", "Hjortronmyran", "nattglim"];

fn all_bytes(folder: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            bytes.extend(all_bytes(&path)?);
        } else {
            bytes.extend(path.to_string_lossy().as_bytes());
            bytes.extend(std::fs::read(&path)?);
        }
    }
    Ok(bytes)
}

fn holds(bytes: &[u8], word: &str) -> bool {
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let lower = word.to_lowercase();
    [word.as_bytes(), &wide, lower.as_bytes()]
        .iter()
        .any(|needle| bytes.windows(needle.len()).any(|window| window == *needle))
}

#[test]
fn no_word_of_the_content_can_be_read_from_the_files_of_a_profile() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let secrets: Arc<MemorySecrets> = Arc::default();
    let start = || Start {
        secrets: Arc::clone(&secrets),
        ..Start::own(folder.path())
    };
    let office = Office::founded(start())?;
    let body = format!("Om {} vid {}.", WORDS[1], WORDS[2]);
    office.call(
        "create_item",
        json!({ "kind": "note", "window": "a",
        "edits": [set("title", format!("En {}", WORDS[0])), write("body", &body)] }),
    )?;
    office.call(
        "save_draft",
        json!({ "key": "note", "field": "body", "heads": [],
        "text": WORDS[3], "window": "a" }),
    )?;
    office.call("search", json!({ "text": WORDS[1] }))?;
    assert!(office.folder().join("radrum.db-wal").metadata()?.len() > 0);
    let open = all_bytes(folder.path())?;
    drop(office);
    let closed = all_bytes(folder.path())?;
    for word in WORDS {
        assert!(
            !holds(&open, word),
            "{word} lies on the disk while the program runs"
        );
        assert!(!holds(&closed, word), "{word} lies on the disk");
    }
    for word in [
        "Dorotea",
        "Provkretsen",
        "Lundmark",
        "SQLite format",
        "playbook",
    ] {
        assert!(!holds(&closed, word), "{word} lies on the disk");
    }
    // The search for words itself works.
    std::fs::write(folder.path().join("klartext.txt"), WORDS[0])?;
    assert!(holds(&all_bytes(folder.path())?, WORDS[0]));
    Ok(())
}

#[test]
fn errors_name_places_and_never_what_was_written() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::founded(Start::own(folder.path()))?;
    let made = office.call(
        "create_item",
        json!({ "kind": "note", "window": "a",
        "edits": [set("title", "Prov")] }),
    )?;
    let key = made["key"].as_str().context("key")?;
    let long = format!("{} ", WORDS[0]).repeat(100);
    for edits in [
        json!([set("title", long.as_str())]),
        json!([set(WORDS[1], "x")]),
        json!([set("area", WORDS[2])]),
    ] {
        let args = json!({ "key": key, "heads": made["heads"], "edits": edits, "window": "a" });
        let Err(error) = radrum_app::call(&office.host, "edit_item", args) else {
            anyhow::bail!("not refused");
        };
        let told = format!("{error} {error:?}");
        assert!(
            !told.contains(WORDS[0]) && !told.contains(WORDS[2]),
            "{told}"
        );
    }
    Ok(())
}
