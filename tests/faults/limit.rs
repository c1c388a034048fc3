//! A disk that is full, as the operating system says it: a limit on the size of files.

use anyhow::Result;
use radrum_app::Size;
use radrum_tests::edits::{set, write};
use radrum_tests::office::{Office, Start};
use radrum_tests::web::{Answer, Web};
use serde_json::{Value, json};
use std::path::Path;

/// Starts the program where no file may grow beyond so many blocks of 1,024 bytes. The signal
/// is ignored, so that a write fails as on a full disk.
fn started(profile: &Path, blocks: u64) -> Result<Web> {
    Web::start(Path::new("/bin/bash"), |command| {
        let limit = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        command.args(["-c", &limit, env!("CARGO_BIN_EXE_webhost")]);
        command.args(["--demo", "small", "--profile"]).arg(profile);
        command.stderr(std::process::Stdio::null());
    })
}

fn note(n: usize) -> Value {
    let body = format!("Rad {n} ").repeat(300);
    json!({ "kind": "note", "window": "a", "edits": [set("title", format!("Nr {n}")), write("body", &body)] })
}

#[test]
fn a_disk_that_fills_up_refuses_saves_reads_on_and_loses_nothing() -> Result<()> {
    let home = tempfile::tempdir()?;
    let profile = home.path().join("profile");
    drop(Office::open(Start::example(&profile, Size::Small))?);
    let size = std::fs::metadata(profile.join("radrum.db"))?.len() / 1024;
    let mut saved = Vec::new();
    for room in [0, 24, 100, 400] {
        let web = started(&profile, size.max(room))?;
        let mut refused = 0;
        for n in 0..400 {
            match web.caller().call("create_item", &note(n))? {
                Answer::Given(made) => saved.push(made["key"].clone()),
                Answer::Refused(error) => {
                    assert_eq!(error["code"], "disk_full", "{error}");
                    refused += 1;
                }
            }
            if refused > 3 {
                break;
            }
        }
        assert!(refused > 0, "the disk was never full");
        // Reading goes on.
        let found = web.call("search", json!({ "text": "vem kan adoption" }))?;
        assert!(found["groups"][0]["items"][0]["key"].is_string());
        drop(web);
        let office = Office::open(Start::example(&profile, Size::Small))?;
        assert_eq!(office.call("check", json!({}))?["faults"], 0);
        for key in &saved {
            office.call("note", json!({ "key": key }))?;
        }
    }
    assert!(!saved.is_empty());
    Ok(())
}
