//! `cargo xtask test`: every check that a change must pass.

use crate::build::{self, Profile, nextest, npm, packages};
use crate::shell::{command, run};
use crate::system::{For, ensure};
use crate::tidy;
use anyhow::{Result, bail};
use std::process::ExitCode;
use std::time::Instant;

type Part = (&'static str, fn() -> Result<()>);

/// What every part builds. With one package less, cargo would choose other features for shared
/// dependencies and build them anew; without the feature the window would show no interface.
const WHOLE: &[&str] = &[
    "--locked",
    "--workspace",
    "--features",
    "radrum-desktop/custom-protocol",
];

/// In order: what fails fast comes first.
const PARTS: &[Part] = &[
    ("fmt", || {
        run(&mut command("cargo", &["fmt", "--all", "--check"]))
    }),
    ("tidy", || expect(tidy::run()?)),
    ("interface", interface),
    ("programs", programs),
    ("clippy", clippy),
    ("codegen", codegen),
    ("rust", || {
        tests(&["not binary(e2e) and not binary(faults) and not binary(sim)"])
    }),
    ("faults", || tests(&["binary(faults)"])),
    ("sim", || tests(&["binary(sim)"])),
    ("e2e", || tests(&["binary(e2e)", "--test-threads", "1"])),
];

/// Runs all parts, or those that are named, and prints what each took.
///
/// # Errors
/// At the first part that fails.
pub fn test(wanted: &[String]) -> Result<ExitCode> {
    if let Some(unknown) = wanted
        .iter()
        .find(|name| PARTS.iter().all(|part| part.0 != **name))
    {
        bail!("no part {unknown}");
    }
    if let Some(code) = ensure(For::Tests)? {
        return Ok(code);
    }
    let mut took = Vec::new();
    for (name, part) in PARTS {
        if !wanted.is_empty() && !wanted.iter().any(|wish| wish == name) {
            continue;
        }
        println!("\n== {name}");
        let began = Instant::now();
        part()?;
        took.push((name, began.elapsed().as_secs_f64() / 60.0));
    }
    println!("\n{:<12} minutes", "part");
    for (name, minutes) in &took {
        println!("{name:<12} {minutes:>7.1}");
    }
    println!(
        "{:<12} {:>7.1}",
        "all",
        took.iter().map(|(_, minutes)| minutes).sum::<f64>()
    );
    Ok(ExitCode::SUCCESS)
}

fn expect(code: ExitCode) -> Result<()> {
    if code == ExitCode::SUCCESS {
        Ok(())
    } else {
        bail!("failed")
    }
}

fn interface() -> Result<()> {
    packages()?;
    for script in ["check", "lint", "test"] {
        run(&mut npm(&["run", "--silent", script]))?;
    }
    Ok(())
}

/// All programs, also the real window, the web host and the relay, which tests start, and all
/// tests: built at once, or each would have its dependencies built with features of its own.
fn programs() -> Result<()> {
    build::interface()?;
    println!("Building programs and tests (some minutes the first time) …");
    let mut cargo = command("cargo", &["build", "--quiet"]);
    cargo.args(WHOLE).args(["--bins", "--tests", "--examples"]);
    run(&mut cargo)
}

/// The same that [`programs`] has built.
fn codegen() -> Result<()> {
    let program = build::binary("examples/bindings", Profile::Dev);
    run(&mut command(&program.to_string_lossy(), &["--check"]))
}

fn clippy() -> Result<()> {
    let mut clippy = command("cargo", &["clippy", "--quiet"]);
    clippy.args(WHOLE).arg("--all-targets");
    clippy.args(["--", "-D", "warnings"]);
    run(&mut clippy)
}

/// Runs the tests of a filter.
fn tests(filter: &[&str]) -> Result<()> {
    let nextest = nextest()?;
    let mut words: Vec<&str> = nextest.iter().map(String::as_str).collect();
    words.push("run");
    words.extend(WHOLE);
    words.extend(["--no-fail-fast", "--status-level", "slow", "-E"]);
    words.extend(filter);
    // The simulation meets thousands of errors on purpose, and a trace for each would cost more
    // than all the rest. Panics keep theirs.
    run(command(words[0], &words[1..]).env("RUST_LIB_BACKTRACE", "0"))
}
