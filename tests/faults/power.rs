//! Power cuts (security.md 4, R2; house.md section 6): what was acknowledged had been synced
//! before, and whatever the disk keeps of the rest, the file opens as a committed prefix.

use crate::image::{Image, is_sound};
use crate::trace::{self, Act, File};
use anyhow::{Context as _, Result};
use radrum_app::{Entropy as _, SeededEntropy, Size};
use radrum_tests::edits::{set, write};
use radrum_tests::office::{Office, Start};
use radrum_tests::web::Web;
use serde_json::json;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Saves in one recorded run; enough to pass a checkpoint.
const SAVES: usize = 60;

/// A recorded run of the real program.
struct Run {
    home: TempDir,
    /// Files before it.
    before: Image,
    events: Vec<trace::Event>,
    /// Length of the trace when each save had been acknowledged.
    acknowledged: Vec<u64>,
    keys: Vec<String>,
}

impl Run {
    fn profile(&self) -> PathBuf {
        self.home.path().join("profile")
    }

    fn record(fault: Option<&str>) -> Result<Self> {
        let home = tempfile::tempdir()?;
        let profile = home.path().join("profile");
        drop(Office::open(Start::example(&profile, Size::Small))?);
        let before = Image::of(&profile)?;
        let library = trace::recorder(home.path())?;
        let file = home.path().join("trace");
        let web = Web::start(Path::new(env!("CARGO_BIN_EXE_webhost")), |command| {
            command.args(["--demo", "small", "--profile"]).arg(&profile);
            if let Some(fault) = fault {
                command.args(["--fault", fault]);
            }
            command
                .env("LD_PRELOAD", &library)
                .env("RADRUM_TRACE", &file);
        })?;
        let (mut acknowledged, mut keys) = (Vec::new(), Vec::new());
        for n in 0..SAVES {
            let edits = [set("title", title(n)), write("body", &body(n))];
            let made = web.call(
                "create_item",
                json!({ "kind": "note", "window": "a", "edits": edits }),
            )?;
            acknowledged.push(std::fs::metadata(&file)?.len());
            keys.push(made["key"].as_str().context("key")?.to_string());
        }
        web.kill()?;
        let events = trace::read(&file)?;
        Ok(Self {
            home,
            before,
            events,
            acknowledged,
            keys,
        })
    }

    fn events_until(&self, end: u64) -> &[trace::Event] {
        let count = self.events.partition_point(|event| event.end <= end);
        &self.events[..count]
    }

    /// How many of the first `count` notes are missing or broken in an image.
    fn lost(&self, image: &Image, count: usize) -> Result<usize> {
        let folder = tempfile::tempdir()?;
        let office = image.open(&self.profile(), folder.path())?;
        assert!(is_sound(&office)?, "a file that does not hold together");
        let mut lost = 0;
        for (n, key) in self.keys.iter().take(count).enumerate() {
            let there = radrum_app::call(&office.host, "note", json!({ "key": key }))
                .is_ok_and(|page| page["note"]["body"] == body(n).as_str());
            lost += usize::from(!there);
        }
        Ok(lost)
    }
}

fn title(n: usize) -> String {
    format!("Anteckning {n}")
}

fn body(n: usize) -> String {
    format!("Rad {n} om vägen mellan Dorotea och Åsele.\n")
        .repeat(60)
        .trim()
        .to_string()
}

/// A fair coin with a seed.
fn coin(seed: u64) -> impl FnMut() -> bool {
    let entropy = SeededEntropy::new(seed);
    move || {
        let mut byte = [0];
        entropy.fill(&mut byte).is_ok() && byte[0] & 1 == 1
    }
}

#[test]
fn every_save_is_synced_before_it_is_acknowledged_and_survives_a_power_cut() -> Result<()> {
    let run = Run::record(None)?;
    let checkpoints = run
        .events
        .iter()
        .filter(|event| event.file == File::Database && event.act == Act::Sync)
        .count();
    assert!(
        checkpoints > 0,
        "the run was too short to meet a checkpoint"
    );
    let mut from = 0;
    for (n, end) in run.acknowledged.iter().enumerate() {
        let until = run.events_until(*end);
        let syncs = until[from..]
            .iter()
            .filter(|event| event.file == File::Wal && event.act == Act::Sync)
            .count();
        assert!(syncs >= 1, "save {n} was acknowledged before it was synced");
        from = until.len();

        let least = run.before.after_power_cut(until, || false);
        assert_eq!(run.lost(&least, n + 1)?, 0, "save {n} was lost");
        let some = run.before.after_power_cut(until, coin(n as u64));
        assert_eq!(
            run.lost(&some, n + 1)?,
            0,
            "save {n} was lost with half of the rest"
        );
    }
    Ok(())
}

#[test]
fn a_program_that_does_not_sync_is_found_out_by_the_same_proof() -> Result<()> {
    let run = Run::record(Some("no-sync"))?;
    let end = *run.acknowledged.last().context("no save")?;
    let least = run.before.after_power_cut(run.events_until(end), || false);
    assert!(run.lost(&least, SAVES)? > 0);
    assert!(
        !run.events
            .iter()
            .any(|event| event.file == File::Wal && event.act == Act::Sync)
    );
    Ok(())
}

#[test]
fn one_save_is_one_sync() -> Result<()> {
    let run = Run::record(None)?;
    let mut from = 0;
    let mut more = 0;
    for end in &run.acknowledged {
        let until = run.events_until(*end);
        let here = &until[from..];
        let syncs = here.iter().filter(|event| event.act == Act::Sync).count();
        // A checkpoint adds its own, and so does the header of a WAL that begins anew.
        let began = here.iter().any(|event| {
            event.file == File::Database || matches!(event.act, Act::Write { at: 0, .. })
        });
        more += usize::from(syncs != 1 && !began);
        from = until.len();
    }
    assert_eq!(more, 0);
    Ok(())
}

#[test]
fn a_wal_that_is_cut_anywhere_opens_as_a_committed_prefix() -> Result<()> {
    let home = tempfile::tempdir()?;
    let profile = home.path().join("profile");
    drop(Office::open(Start::example(&profile, Size::Small))?);
    let web = Web::start(Path::new(env!("CARGO_BIN_EXE_webhost")), |command| {
        command.args(["--demo", "small", "--profile"]).arg(&profile);
    })?;
    // Few enough that no checkpoint empties the WAL.
    let mut keys = Vec::new();
    for n in 0..12 {
        let edits = [set("title", title(n)), write("body", &body(n))];
        let made = web.call(
            "create_item",
            json!({ "kind": "note", "window": "a", "edits": edits }),
        )?;
        keys.push(made["key"].as_str().context("key")?.to_string());
    }
    web.kill()?;
    let image = Image::of(&profile)?;
    assert!(image.wal_len() > 100 * 512);
    let mut seen = 0;
    for cut in 0..150 {
        let length = image.wal_len() * cut / 150 / 512 * 512;
        let mut tail = vec![0; (cut % 5) * 700];
        SeededEntropy::new(cut as u64).fill(&mut tail)?;
        let folder = tempfile::tempdir()?;
        let office = image
            .with_wal_cut(length, &tail)
            .open(&profile, folder.path())?;
        let there = keys
            .iter()
            .take_while(|key| radrum_app::call(&office.host, "note", json!({ "key": key })).is_ok())
            .count();
        let beyond = keys
            .iter()
            .skip(there)
            .filter(|key| radrum_app::call(&office.host, "note", json!({ "key": key })).is_ok())
            .count();
        assert_eq!(beyond, 0, "a hole in what was written");
        assert!(there >= seen, "a longer file holds less");
        seen = there;
        if cut % 10 == 0 {
            assert!(is_sound(&office)?);
        }
    }
    assert!(seen >= 10, "{seen}");
    Ok(())
}
