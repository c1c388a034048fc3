//! `cargo xtask bench`: measurements beside the limits of the same run.

use crate::build::{Profile, desktop, relay, webhost};
use crate::shell::{command, run};
use crate::system::{For, ensure};
use anyhow::Result;
use std::process::ExitCode;

/// Runs the benchmarks in the release profile.
///
/// # Errors
/// When something cannot be built or measured.
pub fn bench(args: &[String]) -> Result<ExitCode> {
    if let Some(code) = ensure(For::Tests)? {
        return Ok(code);
    }
    if args == ["--only", "relay"] {
        return relay_under_load();
    }
    desktop(Profile::Release)?;
    empty_window()?;
    webhost(Profile::Release)?;
    relay(Profile::Release)?;
    let mut words = vec![
        "run",
        "--quiet",
        "--release",
        "--locked",
        "-p",
        "radrum-tests",
    ];
    words.extend(["--bin", "bench", "--"]);
    words.extend(args.iter().map(String::as_str));
    run(&mut command("cargo", &words))?;
    if args.iter().any(|arg| arg == "--only") {
        return Ok(ExitCode::SUCCESS);
    }
    relay_under_load()
}

/// A thousand simulated devices at the relay, on SQLite and on a PostgreSQL of its own: a line of
/// JSON for each part.
fn relay_under_load() -> Result<ExitCode> {
    let words = ["bench", "--quiet", "--locked", "-p", "radrum-relay"];
    run(command("cargo", &words).args(["--bench", "load"]))?;
    Ok(ExitCode::SUCCESS)
}

/// A window with nothing in it, which the real one is measured beside.
fn empty_window() -> Result<()> {
    let words = [
        "build",
        "--quiet",
        "--release",
        "--locked",
        "-p",
        "radrum-desktop",
    ];
    let mut cargo = command("cargo", &words);
    cargo.args(["--features", "custom-protocol", "--example", "empty"]);
    run(&mut cargo)
}
