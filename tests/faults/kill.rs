//! kill -9 during writes (security.md 4, R1): on one growing profile, and at random moments of the
//! very first start. `RADRUM_KILLS` chooses how often.

use anyhow::{Context as _, Result};
use radrum_app::{Entropy as _, SeededEntropy, Size};
use radrum_tests::edits::{set, write};
use radrum_tests::file;
use radrum_tests::office::{Office, Start};
use radrum_tests::web::{Answer, Web};
use serde_json::json;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Kills on one profile without a wish.
const RUNS: u64 = 300;

/// A full check of the file every so many runs.
const CHECKED_EVERY: u64 = 30;

/// Windows that write at once.
const WRITERS: usize = 3;

fn started(profile: &Path) -> Result<Web> {
    Web::start(Path::new(env!("CARGO_BIN_EXE_webhost")), |command| {
        command.args(["--demo", "small", "--profile"]).arg(profile);
        command.stderr(std::process::Stdio::null());
    })
}

fn random(entropy: &SeededEntropy, below: u64) -> Result<u64> {
    let mut bytes = [0; 8];
    entropy.fill(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes) % below)
}

fn body(name: &str) -> String {
    format!("{name} höll på att skriva när strömmen gick. ").repeat(8)
}

/// Writes until the program is killed, and gives what was acknowledged.
fn write_until_killed(web: Web, run: u64, after: Duration) -> Result<Vec<(String, String)>> {
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let threads: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (caller, acknowledged) = (web.caller(), Arc::clone(&acknowledged));
            std::thread::spawn(move || {
                for n in 0.. {
                    let name = format!("Körning {run} fönster {writer} anteckning {n}");
                    let edits = [set("title", name.as_str()), write("body", &body(&name))];
                    let args = json!({ "kind": "note", "window": "a", "edits": edits });
                    let Ok(Answer::Given(made)) = caller.call("create_item", &args) else {
                        return;
                    };
                    let key = made["key"].as_str().unwrap_or_default().to_string();
                    acknowledged
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push((key, name));
                }
            })
        })
        .collect();
    std::thread::sleep(after);
    web.kill()?;
    for thread in threads {
        let _ = thread.join();
    }
    let acknowledged = acknowledged.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(acknowledged.clone())
}

#[test]
fn kills_of_the_program_during_writes_lose_nothing_that_was_acknowledged() -> Result<()> {
    let home = tempfile::tempdir()?;
    let profile = home.path().join("profile");
    drop(Office::open(Start::example(&profile, Size::Small))?);
    let entropy = SeededEntropy::new(20_261_122);
    let mut all: Vec<(String, String)> = Vec::new();
    let mut last: Vec<(String, String)> = Vec::new();
    let runs = match std::env::var("RADRUM_KILLS") {
        Ok(wished) => wished.parse()?,
        Err(_) => RUNS,
    };
    for run in 0..runs {
        let web = started(&profile)?;
        for (key, name) in &last {
            let note = web.call("note", json!({ "key": key }))?;
            assert_eq!(note["note"]["title"], name.as_str(), "run {run}");
            assert_eq!(note["note"]["body"], body(name).trim(), "run {run}");
        }
        if run % CHECKED_EVERY == 0 {
            assert_eq!(web.call("check", json!({}))?["faults"], 0, "run {run}");
        }
        let after = Duration::from_millis(1 + random(&entropy, 250)?);
        last = write_until_killed(web, run, after)?;
        all.extend(last.iter().cloned());
    }
    let confirmed = all.len() as u64;
    assert!(confirmed > 3 * runs, "only {confirmed} were acknowledged");
    let told = format!("{runs} kills, {confirmed} entries confirmed\n");
    std::io::Write::write_all(&mut std::io::stderr(), told.as_bytes())?;
    let office = Office::open(Start::example(&profile, Size::Small))?;
    assert_eq!(office.call("check", json!({}))?["faults"], 0);
    for (key, name) in &all {
        let note = office.call("note", json!({ "key": key }))?;
        assert_eq!(note["note"]["title"], name.as_str());
    }
    // What was not acknowledged is there whole or not at all, and all of it follows from the log.
    let notes = office.call("notes", json!({}))?;
    let notes = notes.as_array().context("notes")?;
    for row in notes.iter().filter(|row| {
        row["title"]
            .as_str()
            .is_some_and(|t| t.starts_with("Körning"))
    }) {
        let note = office.call("note", json!({ "key": row["key"] }))?;
        let name = note["note"]["title"].as_str().context("title")?;
        assert_eq!(note["note"]["body"], body(name).trim());
    }
    drop(office);
    file::prove_documents(&profile, &file::example_key(&profile)?)?;
    Ok(())
}

#[test]
fn a_first_start_that_is_killed_at_any_moment_goes_on_at_the_next() -> Result<()> {
    let entropy = SeededEntropy::new(7);
    let whole = tempfile::tempdir()?;
    let expected = counts(&Office::open(Start::example(whole.path(), Size::Small))?)?;
    for run in 0..25 {
        let home = tempfile::tempdir()?;
        let profile = home.path().join("profile");
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_webhost"))
            .args(["--demo", "small", "--profile"])
            .arg(&profile)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()?;
        std::thread::sleep(Duration::from_millis(random(&entropy, 900)?));
        child.kill()?;
        child.wait()?;
        let office = Office::open(Start::example(&profile, Size::Small))?;
        assert_eq!(counts(&office)?, expected, "run {run}");
        assert_eq!(office.call("check", json!({}))?["faults"], 0, "run {run}");
    }
    Ok(())
}

fn counts(office: &Office) -> Result<Vec<usize>> {
    let count = |command: &str, args| -> Result<usize> {
        Ok(office
            .call(command, args)?
            .as_array()
            .context("rows")?
            .len())
    };
    Ok(vec![
        count("playbooks", json!({}))?,
        count("members", json!({ "municipality": null }))?,
        count("notes", json!({}))?,
        count("resources", json!({}))?,
        count("contacts", json!({}))?,
    ])
}
