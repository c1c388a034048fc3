//! Neither the log nor a crash says what somebody wrote.

use anyhow::Result;
use radrum_app::{Clock, Host, MemorySecrets, OsEntropy, Setup, Size, World, call};
use radrum_tests::edits::{set, write};
use radrum_tests::web::{Answer, Web};
use serde_json::json;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Occurs nowhere but in what these tests write.
const WORD: &str = "tjärdalsgökotta";

#[test]
fn what_the_program_prints_holds_no_word_of_the_content_even_when_commands_fail() -> Result<()> {
    let home = tempfile::tempdir()?;
    let printed = home.path().join("stderr");
    let file = std::fs::File::create(&printed)?;
    let web = Web::start(Path::new(env!("CARGO_BIN_EXE_webhost")), |command| {
        command
            .args(["--demo", "small", "--profile"])
            .arg(home.path().join("profile"));
        command
            .env("RUST_LOG", "trace")
            .env("RUST_BACKTRACE", "full");
        command.stderr(Stdio::from(file));
    })?;
    let edits = [set("title", WORD), write("body", WORD)];
    let made = web.call(
        "create_item",
        json!({ "kind": "note", "window": "a", "edits": edits }),
    )?;
    web.call("search", json!({ "text": WORD }))?;
    let heads = &made["heads"];
    for (command, args) in [
        (
            "edit_item",
            json!({ "key": made["key"], "heads": heads, "window": "a",
            "edits": [set("title", WORD.repeat(40))] }),
        ),
        (
            "edit_item",
            json!({ "key": made["key"], "heads": heads, "window": "a",
            "edits": [set("area", WORD)] }),
        ),
        (
            "edit_item",
            json!({ "key": made["key"], "heads": [WORD], "window": "a", "edits": [] }),
        ),
        ("note", json!({ "key": WORD })),
        ("search", json!({ "text": 7, "more": WORD })),
        (WORD, json!({})),
        ("export", json!({ "ticket": WORD, "municipality": null })),
        (
            "save_draft",
            json!({ "key": "note", "field": "body", "heads": [], "window": "a",
            "text": WORD.repeat(60_000) }),
        ),
    ] {
        assert!(
            matches!(web.caller().call(command, &args)?, Answer::Refused(_)),
            "{command}"
        );
    }
    // Killed by a signal, as by a crash in a library.
    std::process::Command::new("kill")
        .args(["-ABRT", &web.id().to_string()])
        .status()?;
    drop(web);
    let printed = std::fs::read_to_string(&printed)?;
    assert!(printed.contains("command failed"), "nothing was logged");
    assert!(!printed.contains(WORD), "{printed}");
    Ok(())
}

/// A clock that breaks when it is told to, with content in its mouth.
struct BrokenClock(AtomicBool);

impl Clock for BrokenClock {
    fn now_ms(&self) -> i64 {
        assert!(!self.0.load(Ordering::SeqCst), "{WORD}");
        1_763_800_000_000
    }
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_panic_during_a_save_is_told_by_its_place_and_the_program_goes_on() -> Result<()> {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_writer(move || writer.clone())
        .init();
    radrum_app::log_panics_by_place();
    let home = tempfile::tempdir()?;
    let clock = Arc::new(BrokenClock(AtomicBool::new(false)));
    let host = Host::new(Setup {
        folder: home.path().join("profile"),
        world: World {
            clock: Arc::<BrokenClock>::clone(&clock),
            entropy: Arc::new(OsEntropy),
        },
        secrets: Arc::new(MemorySecrets::default()),
        example: Some(Size::Small),
        planted: None,
        opener: None,
    });
    call(&host, "start", json!({}))?;
    let args = || json!({ "kind": "note", "window": "a", "edits": [set("title", WORD)] });
    clock.0.store(true, Ordering::SeqCst);
    let Err(error) = call(&host, "create_item", args()) else {
        anyhow::bail!("the panic was not told");
    };
    assert_eq!(serde_json::to_value(error.code)?, "bug");
    clock.0.store(false, Ordering::SeqCst);
    call(&host, "create_item", args())?;
    let told = log.0.lock().unwrap_or_else(PoisonError::into_inner);
    let told = String::from_utf8_lossy(&told);
    assert!(told.contains("quiet.rs"), "{told}");
    assert!(!told.contains(WORD), "{told}");
    Ok(())
}
