//! A newer starter pack never overwrites what a krets has written.

use anyhow::{Context as _, Result};
use radrum_tests::edits::{remove, set};
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/app/content")
}

/// A pack like the embedded one, a year newer, with one step more on the card LVM and one
/// card that the krets lacks.
fn newer_pack(file: &Path, force: &str) -> Result<()> {
    let mut zip = zip::ZipWriter::new(File::create(file)?);
    let mut add = |name: &str, text: &str| -> Result<()> {
        zip.start_file(name, zip::write::SimpleFileOptions::default())?;
        Ok(zip.write_all(text.as_bytes())?)
    };
    add("pack.txt", "2099.1")?;
    for name in ["areas.toml", "labels.toml", "contacts.toml", "laws.toml"] {
        add(name, &std::fs::read_to_string(content().join(name))?)?;
    }
    for entry in std::fs::read_dir(content().join("playbooks"))? {
        let entry = entry?;
        let mut text = std::fs::read_to_string(entry.path())?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name == "lvm.toml" {
            text.push_str(&format!("\n[[step]]\ntext = \"Fråga vem som tar hand om hunden.\"\nforce = \"{force}\"\nsource = \"practice\"\n"));
        }
        if name == "gambling.toml" {
            add("playbooks/brand-new.toml", &text)?;
        }
        add(&format!("playbooks/{name}"), &text)?;
    }
    zip.finish()?;
    Ok(())
}

fn read_pack(office: &Office, file: &Path) -> Result<Value> {
    let ticket = office
        .host
        .tickets()
        .give(&office.host.world(), file.to_path_buf())?;
    office.call("read_pack", json!({ "ticket": ticket }))
}

fn lvm(office: &Office) -> Result<Value> {
    office.call("playbook", json!({ "key": "playbook:lvm" }))
}

#[test]
fn a_newer_pack_stands_beside_the_card_and_one_click_takes_one_statement() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::founded(Start::own(folder.path()))?;
    let before = lvm(&office)?;
    assert_eq!(before["news"], Value::Null);
    let first = before["card"]["steps"][0]["id"].as_str().context("step")?;
    office.call(
        "edit_item",
        json!({ "key": "playbook:lvm", "window": "a",
        "heads": before["head"]["heads"],
        "edits": [set("owner_role", "Enhetschef"), remove("steps", first)] }),
    )?;
    let file = folder.path().join("startkort.zip");
    newer_pack(&file, "usual")?;
    let read = read_pack(&office, &file)?;
    assert_eq!(read["pack"], "2099.1");
    assert_eq!(read["added"], 1);
    assert_eq!(read["news"], 1);

    let page = lvm(&office)?;
    assert_eq!(page["card"]["owner_role"], "Enhetschef");
    let news = page["news"]["statements"].as_array().context("news")?;
    // What the krets removed is not offered again.
    assert_eq!(news.len(), 1, "{news:?}");
    assert_eq!(news[0]["text"], "Fråga vem som tar hand om hunden.");
    office.call(
        "take_statement",
        json!({ "key": "playbook:lvm", "window": "a",
        "heads": page["head"]["heads"], "pack": news[0]["pack"] }),
    )?;
    let page = lvm(&office)?;
    assert_eq!(page["news"], Value::Null);
    assert!(page["card"]["steps"].to_string().contains("hunden"));
    drop(office);
    Ok(())
}

#[test]
fn a_pack_is_still_known_after_a_restart() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let secrets = std::sync::Arc::default();
    let start = || Start {
        secrets: std::sync::Arc::clone(&secrets),
        ..Start::own(folder.path())
    };
    let office = Office::founded(start())?;
    let file = folder.path().join("startkort.zip");
    newer_pack(&file, "usual")?;
    read_pack(&office, &file)?;
    drop(office);
    let office = Office::open(start())?;
    let page = lvm(&office)?;
    assert_eq!(page["news"]["statements"].as_array().map(Vec::len), Some(1));
    office.call(
        "take_statement",
        json!({ "key": "playbook:lvm", "window": "a",
        "heads": page["head"]["heads"], "pack": "" }),
    )?;
    assert_eq!(lvm(&office)?["news"], Value::Null);
    Ok(())
}

#[test]
fn a_file_that_is_no_pack_is_refused_and_changes_nothing() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::founded(Start::own(folder.path()))?;
    let before = lvm(&office)?;
    let file = folder.path().join("bild.zip");
    std::fs::write(&file, b"PK\x03\x04 not really")?;
    let ticket = office
        .host
        .tickets()
        .give(&office.host.world(), file.clone())?;
    let refused = office.refused("read_pack", json!({ "ticket": ticket }))?;
    assert_eq!(refused["code"], "bad_pack");

    newer_pack(&file, "kanske")?;
    let ticket = office
        .host
        .tickets()
        .give(&office.host.world(), file.clone())?;
    let refused = office.refused("read_pack", json!({ "ticket": ticket }))?;
    assert_eq!(refused["code"], "bad_pack");

    // A bomb: eight megabytes of zeros that pack to a few kilobytes, many times over.
    let mut zip = zip::ZipWriter::new(File::create(&file)?);
    for n in 0..50 {
        zip.start_file(
            format!("playbooks/{n}.toml"),
            zip::write::SimpleFileOptions::default(),
        )?;
        zip.write_all(&vec![b' '; 1 << 20])?;
    }
    zip.finish()?;
    let ticket = office.host.tickets().give(&office.host.world(), file)?;
    let refused = office.refused("read_pack", json!({ "ticket": ticket }))?;
    assert_eq!(refused["code"], "bad_pack");
    assert_eq!(lvm(&office)?, before);
    Ok(())
}
