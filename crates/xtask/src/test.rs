//! `cargo xtask test`: every check that a change must pass.

use crate::build::{self, Profile, codegen, desktop, nextest, npm, packages};
use crate::shell::{command, run};
use crate::system::{For, ensure};
use crate::tidy;
use anyhow::{Result, bail};
use std::process::ExitCode;
use std::time::Instant;

type Part = (&'static str, fn() -> Result<()>);

/// In order: what fails fast comes first.
const PARTS: &[Part] = &[
    ("fmt", || {
        run(&mut command("cargo", &["fmt", "--all", "--check"]))
    }),
    ("tidy", || expect(tidy::run()?)),
    ("interface", interface),
    ("programs", programs),
    ("clippy", clippy),
    ("codegen", || expect(codegen(true)?)),
    ("rust", || {
        tests(&[
            "--workspace",
            "-E",
            "not binary(e2e) and not binary(faults) and not binary(sim)",
        ])
    }),
    ("faults", || {
        tests(&["-p", "radrum-tests", "-E", "binary(faults)"])
    }),
    ("sim", || {
        tests(&["-p", "radrum-tests", "-E", "binary(sim)"])
    }),
    ("e2e", || {
        tests(&[
            "-p",
            "radrum-tests",
            "-E",
            "binary(e2e)",
            "--test-threads",
            "1",
        ])
    }),
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

/// The real window, the web host and the relay, which tests start.
fn programs() -> Result<()> {
    desktop(Profile::Dev)?;
    build::webhost(Profile::Dev)?;
    build::relay(Profile::Dev)?;
    Ok(())
}

fn clippy() -> Result<()> {
    let mut clippy = command("cargo", &["clippy", "--quiet", "--locked", "--workspace"]);
    clippy.args([
        "--all-targets",
        "--features",
        "radrum-desktop/custom-protocol",
    ]);
    clippy.args(["--", "-D", "warnings"]);
    run(&mut clippy)
}

fn tests(args: &[&str]) -> Result<()> {
    let nextest = nextest()?;
    let mut words: Vec<&str> = nextest.iter().map(String::as_str).collect();
    words.extend([
        "run",
        "--locked",
        "--no-fail-fast",
        "--status-level",
        "slow",
    ]);
    // The window's program must stay the one that shows the interface; one package alone
    // knows no feature of another.
    if args.contains(&"--workspace") {
        words.extend(["--features", "radrum-desktop/custom-protocol"]);
    }
    words.extend(args);
    // The simulation meets thousands of errors on purpose, and a trace for each would cost more
    // than all the rest. Panics keep theirs.
    run(command(words[0], &words[1..]).env("RUST_LIB_BACKTRACE", "0"))
}
