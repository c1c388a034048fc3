//! kill -9 while a backup is restored: the next start finds nothing, and begins anew, or a whole
//! profile.

use anyhow::{Context as _, Result, bail};
use radrum_app::{Entropy as _, SeededEntropy};
use radrum_tests::edits::{set, write};
use radrum_tests::krets::office;
use radrum_tests::web::{Answer, Web};
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::time::Instant;

/// Kills.
const RUNS: u32 = 24;

/// Notes beside what every office begins with.
const NOTES: usize = 40;

const PASSPHRASE: &str = "tre älgar på vägen";

fn started(profile: &Path) -> Result<Web> {
    Web::start(Path::new(env!("CARGO_BIN_EXE_webhost")), |command| {
        command.arg("--profile").arg(profile);
        command.stderr(std::process::Stdio::null());
    })
}

/// A backup of an office with notes, sealed once more with little work: what is killed is the
/// restoring, not the stretching of the passphrase.
fn backup(home: &Path) -> Result<Vec<u8>> {
    let office = office(home, "Maja Öhrn", "Åsele")?;
    for n in 0..NOTES {
        let body = "Ring före nio. ".repeat(200);
        let edits = [set("title", format!("Fjäll {n}")), write("body", &body)];
        let args = json!({ "kind": "note", "window": "w", "edits": edits });
        office.call("create_item", args)?;
    }
    let file = home.join("kopia.age");
    let ticket = office
        .host
        .tickets()
        .give(&office.host.world(), file.clone())?;
    let args = json!({ "ticket": ticket, "passphrase": PASSPHRASE });
    office.call("write_backup", args)?;
    let sealed = std::fs::read(&file)?;
    let by = age::scrypt::Identity::new(PASSPHRASE.to_string().into());
    let mut plain = Vec::new();
    age::Decryptor::new_buffered(&sealed[..])?
        .decrypt(std::iter::once(&by as _))?
        .read_to_end(&mut plain)?;
    let mut to = age::scrypt::Recipient::new(PASSPHRASE.to_string().into());
    to.set_work_factor(2);
    let mut light = Vec::new();
    let mut out =
        age::Encryptor::with_recipients(std::iter::once(&to as _))?.wrap_output(&mut light)?;
    out.write_all(&plain)?;
    out.finish()?;
    Ok(light)
}

fn restoring(web: &Web, file: &[u8]) -> Result<Value> {
    let ticket = web.upload(file.to_vec())?;
    Ok(json!({ "ticket": ticket, "passphrase": PASSPHRASE, "new_passphrase": PASSPHRASE }))
}

fn prove_whole(web: &Web) -> Result<()> {
    let notes = web.call("notes", json!({}))?;
    assert_eq!(notes.as_array().context("notes")?.len(), NOTES);
    assert_eq!(web.call("check", json!({}))?["faults"], 0);
    Ok(())
}

/// Waits until the lists are filled: they follow from what was restored.
fn wait_ready(web: &Web) -> Result<()> {
    radrum_tests::krets::until("lists", || {
        Ok(web.call("start", json!({}))?["session"]["rebuilding"] == false)
    })
}

#[test]
fn a_restoring_that_is_killed_at_any_moment_leaves_nothing_or_a_whole_profile() -> Result<()> {
    let home = tempfile::tempdir()?;
    let file = backup(home.path())?;
    let web = started(&home.path().join("hel"))?;
    let args = restoring(&web, &file)?;
    let began = Instant::now();
    assert_eq!(web.call("restore", args)?["state"], "ready");
    let takes = began.elapsed();
    wait_ready(&web)?;
    prove_whole(&web)?;
    drop(web);

    let entropy = SeededEntropy::new(20_261_122);
    let (mut nothing, mut whole) = (0, 0);
    for run in 0..RUNS {
        let profile = home.path().join(format!("n{run}"));
        let web = started(&profile)?;
        let args = restoring(&web, &file)?;
        let caller = web.caller();
        let called = std::thread::spawn(move || caller.call("restore", &args).is_ok());
        let mut drawn = [0; 2];
        entropy.fill(&mut drawn)?;
        let part = f64::from(u16::from_le_bytes(drawn)) / f64::from(u16::MAX);
        std::thread::sleep(takes.mul_f64(part * 1.1));
        web.kill()?;
        let acknowledged = called.join().is_ok_and(|answered| answered);

        let web = started(&profile)?;
        let state = web.call("start", json!({}))?;
        match state["state"].as_str() {
            Some("first_run") => {
                assert!(!acknowledged, "run {run}");
                nothing += 1;
                let again = restoring(&web, &file)?;
                assert_eq!(web.call("restore", again)?["state"], "ready", "run {run}");
            }
            Some("passphrase") => {
                whole += 1;
                let opened = web
                    .caller()
                    .call("unlock", &json!({ "passphrase": PASSPHRASE }))?;
                let Answer::Given(state) = opened else {
                    bail!("run {run}: {opened:?}");
                };
                assert_eq!(state["state"], "ready", "run {run}: {state}");
            }
            _ => bail!("run {run}: {state}"),
        }
        wait_ready(&web)?;
        prove_whole(&web)?;
        assert!(!profile.join("aterstallning").exists(), "run {run}");
    }
    assert!(
        nothing > 0,
        "{whole} were whole: no kill came in the middle"
    );
    Ok(())
}
