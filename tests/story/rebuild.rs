//! Derived tables are disposable: rebuilt from plain values they are what saves made of them,
//! and everything follows from the log.

use anyhow::{Context as _, Result};
use radrum_app::Size;
use radrum_tests::edits::{add, put, remove, set, set_in, write};
use radrum_tests::file;
use radrum_tests::golden::queries;
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

fn start(folder: &Path) -> Start {
    Start::example(folder, Size::Small)
}

/// Edits of every sort, so that what is derived is not only what was first written.
fn edit_much(office: &Office) -> Result<()> {
    let page = |key: &str| office.call("head", json!({ "key": key }));
    let edit = |key: &str, edits: Value| -> Result<()> {
        let args =
            json!({ "key": key, "heads": page(key)?["heads"], "window": "a", "edits": edits });
        office.call("edit_item", args)?;
        Ok(())
    };
    let card = office.call("playbook", json!({ "key": "playbook:lvm" }))?;
    let steps = card["card"]["steps"].as_array().context("steps")?;
    let step = |n: usize| steps[n]["id"].as_str().context("step");
    edit(
        "playbook:lvm",
        json!([
            remove("steps", step(0)?),
            set_in("steps", step(1)?, "text", "Ring jouren i Lycksele."),
            set("title", "LVM, så gör vi"),
            put("labels", "label:tolkning"),
            add(
                "steps",
                1,
                json!({ "text": "Kontrollera väglaget.", "force": "usual" })
            ),
        ]),
    )?;
    let members = office.call("members", json!({ "municipality": null }))?;
    let member = members[3]["key"].as_str().context("member")?;
    edit(
        member,
        json!([
            set("title", "Åsa Öhrn-Ärlig"),
            set("phone", Value::Null),
            add(
                "experience",
                2,
                json!({ "area": "area:lvm", "level": "met", "year": 2025 })
            ),
        ]),
    )?;
    for n in 0..40 {
        let made = office.call(
            "create_item",
            json!({ "kind": "note", "window": "a", "edits": [
            set("title", format!("Anteckning {n} om tolk")), set("area", "area:lvm"),
            write("body", &format!("Tolken i Storuman svarar före {n}.")),
        ] }),
        )?;
        let key = made["key"].as_str().context("key")?;
        match n % 4 {
            0 => edit(key, json!([set("archived", true)]))?,
            1 => edit(key, json!([write("body", "Skrev fel om tolken.")]))?,
            _ => {}
        }
    }
    Ok(())
}

fn answers(office: &Office) -> Result<Vec<Value>> {
    office.call("warm_up", json!({}))?;
    let mut answers = Vec::new();
    for golden in queries().iter().step_by(5) {
        answers.push(office.call("search", json!({ "text": golden.query }))?);
    }
    for text in [
        "tolken i storuman",
        "åsa öhrn",
        "kontrollera väglaget",
        "skrev fel",
    ] {
        answers.push(office.call("search", json!({ "text": text }))?);
    }
    Ok(answers)
}

fn wait_until_rebuilt(office: &Office) -> Result<()> {
    let began = Instant::now();
    while office.call("start", json!({}))?["session"]["rebuilding"] == true {
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "the rebuild does not end"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

fn spoil(folder: &Path, sql: &str) -> Result<()> {
    let connection = file::connect(folder, &file::example_key(folder)?)?;
    assert!(connection.execute(sql, ())? > 0, "{sql}");
    Ok(())
}

fn derived(folder: &Path) -> Result<String> {
    file::derived(&file::connect(folder, &file::example_key(folder)?)?)
}

#[test]
fn lists_and_search_are_the_same_after_a_rebuild_of_everything() -> Result<()> {
    let home = tempfile::tempdir()?;
    let folder = home.path();
    let office = Office::open(start(folder))?;
    edit_much(&office)?;
    let before = answers(&office)?;
    drop(office);
    let rows = derived(folder)?;
    spoil(
        folder,
        "UPDATE settings SET value = 'old' WHERE name = 'projection_schema'",
    )?;
    let office = Office::open(start(folder))?;
    wait_until_rebuilt(&office)?;
    for (n, (was, is)) in before.iter().zip(answers(&office)?).enumerate() {
        assert_eq!(*was, is, "answer {n}");
    }
    drop(office);
    assert!(derived(folder)? == rows, "rows differ");
    Ok(())
}

#[test]
fn search_is_the_same_after_its_index_was_made_by_other_rules_and_rebuilt() -> Result<()> {
    let home = tempfile::tempdir()?;
    let folder = home.path();
    let office = Office::open(start(folder))?;
    edit_much(&office)?;
    let before = answers(&office)?;
    drop(office);
    for _ in 0..2 {
        spoil(
            folder,
            "UPDATE settings SET value = 'old' WHERE name = 'index_version'",
        )?;
        let office = Office::open(start(folder))?;
        // A save while the second index is built goes into it.
        let made = office.call(
            "create_item",
            json!({ "kind": "note", "window": "a",
            "edits": [set("title", "Mittunder ombyggnaden")] }),
        )?;
        wait_until_rebuilt(&office)?;
        let found = office.call("search", json!({ "text": "mittunder ombyggnaden" }))?;
        assert!(
            found
                .to_string()
                .contains(made["key"].as_str().context("key")?)
        );
        office.call(
            "edit_item",
            json!({ "key": made["key"], "heads": made["heads"],
            "window": "a", "edits": [set("archived", true)] }),
        )?;
        for (n, (was, is)) in before.iter().zip(answers(&office)?).enumerate() {
            assert_eq!(*was, is, "answer {n}");
        }
        assert_eq!(office.call("check", json!({}))?["faults"], 0);
    }
    Ok(())
}

#[test]
fn values_that_an_older_program_read_are_read_anew_from_the_documents() -> Result<()> {
    let home = tempfile::tempdir()?;
    let folder = home.path();
    let office = Office::open(start(folder))?;
    edit_much(&office)?;
    drop(office);
    let rows = derived(folder)?;
    // As an older program would have left it that did not know a field.
    spoil(
        folder,
        "UPDATE docs SET value = json_remove(value, '$.fields.title') WHERE kind = 'note'",
    )?;
    spoil(
        folder,
        "UPDATE settings SET value = 'old' WHERE name = 'projection_schema'",
    )?;
    spoil(
        folder,
        "UPDATE settings SET value = 'old' WHERE name = 'values_reading'",
    )?;
    let office = Office::open(start(folder))?;
    wait_until_rebuilt(&office)?;
    drop(office);
    assert!(derived(folder)? == rows, "rows differ");
    file::prove_documents(folder, &file::example_key(folder)?)?;
    Ok(())
}

#[test]
fn every_document_and_value_follows_from_the_log() -> Result<()> {
    let home = tempfile::tempdir()?;
    let office = Office::open(start(home.path()))?;
    edit_much(&office)?;
    drop(office);
    let proved = file::prove_documents(home.path(), &file::example_key(home.path())?)?;
    assert!(proved > 200, "{proved}");
    Ok(())
}
