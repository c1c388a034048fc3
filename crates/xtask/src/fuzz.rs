//! `cargo xtask fuzz`: the targets of `crates/fuzz` under libFuzzer, guided by coverage.
//!
//! The counters that it reads are stable codegen flags; sanitizers, which need a nightly
//! compiler, find nothing in code without `unsafe`. libFuzzer itself is C++ and stands in a
//! workspace of its own, so nothing else needs a C++ compiler.

use crate::shell::{command, output, root, run};
use anyhow::{Context as _, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};
use std::time::Instant;

/// A target runs so long when nothing else is said.
const SECONDS: u32 = 60;

/// More than one input may take, in seconds (security.md, R8).
const INPUT_S: u32 = 1;

/// More than the program may hold, in MB (R8).
const MEMORY_MB: u32 = 512;

/// Longest input, in bytes; what is longer is slow for its length alone.
const INPUT_BYTES_MAX: u32 = 16_384;

/// The same of a backup: an SQLite file with our tables in it is longer.
const BACKUP_BYTES_MAX: u32 = 32_768;

const FLAGS: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// What a target did.
struct Row {
    target: String,
    executions: u64,
    seconds: u64,
    memory_mb: u64,
    find: Option<PathBuf>,
}

/// Runs each target, or those that are named, for a time; or one target on one file.
///
/// # Errors
/// When a target is not known, or something cannot be built or started.
pub fn fuzz(args: &[String]) -> Result<ExitCode> {
    let (seconds, file, wanted) = read(args)?;
    let known = targets()?;
    if let Some(unknown) = wanted.iter().find(|name| !known.contains(name)) {
        bail!("no target {unknown}; there are {}", known.join(", "));
    }
    let program = build()?;
    if let Some(file) = file {
        let [target] = wanted.as_slice() else {
            bail!("--input needs one target");
        };
        let file = fs::canonicalize(file)?;
        let mut once = command(&program.to_string_lossy(), &[&file.to_string_lossy()]);
        run(once.env("RADRUM_FUZZ_TARGET", target))?;
        return Ok(ExitCode::SUCCESS);
    }
    let chosen = known
        .into_iter()
        .filter(|name| wanted.is_empty() || wanted.contains(name));
    Ok(told(&each(&program, chosen, seconds)?))
}

/// Runs all targets for so many seconds each, and gives how many inputs they read and how many
/// finds there are.
///
/// # Errors
/// When something cannot be built or started.
pub fn all(seconds: u32) -> Result<(u64, u64)> {
    let rows = each(&build()?, targets()?.into_iter(), seconds)?;
    told(&rows);
    let finds = rows.iter().filter(|row| row.find.is_some()).count();
    let executions = rows.iter().map(|row| row.executions).sum();
    Ok((executions, finds as u64))
}

fn each(program: &Path, chosen: impl Iterator<Item = String>, seconds: u32) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for target in chosen {
        println!("{target} …");
        rows.push(one(program, &target, seconds)?);
    }
    Ok(rows)
}

fn read(args: &[String]) -> Result<(u32, Option<&str>, Vec<String>)> {
    let (mut seconds, mut file, mut wanted) = (SECONDS, None, Vec::new());
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--seconds" => {
                let number = args.next().context("--seconds N")?;
                seconds = number.parse().context("--seconds N")?;
            }
            "--input" => file = Some(args.next().context("--input FILE")?.as_str()),
            name => wanted.push(name.to_string()),
        }
    }
    Ok((seconds, file, wanted))
}

/// Each target has a folder of inputs; a test holds that against the list in the code.
///
/// # Errors
/// When the folder cannot be read.
pub fn targets() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root().join("crates/fuzz/corpus"))? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn build() -> Result<PathBuf> {
    let version = output(&mut command("rustc", &["-vV"]))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.context("rustc -vV names no host")?;
    let folder = root().join("target/fuzz");
    // Its lock file follows the house's: no `--locked`.
    let mut cargo = command("cargo", &["build", "--quiet", "--release"]);
    cargo
        .arg("--manifest-path")
        .arg("crates/fuzz/libfuzzer/Cargo.toml");
    // With a target named, build scripts and macros are built without the flags.
    cargo
        .args(["--target", host])
        .arg("--target-dir")
        .arg(&folder);
    println!("Building (a few minutes the first time) …");
    run(cargo.env("RUSTFLAGS", FLAGS))?;
    Ok(folder.join(host).join("release/radrum-libfuzzer"))
}

/// Runs a target until its time is over or something is found. On a busy machine the clock says
/// timeout where the input is not to blame: such an input is run again by itself.
fn one(program: &Path, target: &str, seconds: u32) -> Result<Row> {
    let begun = Instant::now();
    let mut row = Row {
        target: target.to_string(),
        executions: 0,
        seconds: 0,
        memory_mb: 0,
        find: None,
    };
    while row.find.is_none() && row.seconds < u64::from(seconds) {
        let find = run_for(program, u64::from(seconds) - row.seconds, &mut row)?;
        row.find = find.filter(|input| !is_clock(program, target, input));
        row.seconds = begun.elapsed().as_secs();
    }
    Ok(row)
}

/// Whether an input of a timeout is read in time by itself, in one of three tries.
fn is_clock(program: &Path, target: &str, input: &Path) -> bool {
    let name = input.file_name().unwrap_or_default().to_string_lossy();
    let in_time = || {
        let mut once = command(&program.to_string_lossy(), &[]);
        once.arg(format!("-timeout={INPUT_S}")).arg(input);
        once.env("RADRUM_FUZZ_TARGET", target).stderr(Stdio::null());
        once.status().is_ok_and(|status| status.success())
    };
    name.starts_with("timeout-") && (0..3).any(|_| in_time())
}

/// New inputs that reach new code are kept in `target/fuzz/corpus`, finds in
/// `target/fuzz/finds`, what libFuzzer says in `target/fuzz/log`.
fn run_for(program: &Path, seconds: u64, row: &mut Row) -> Result<Option<PathBuf>> {
    let (work, target) = (root().join("target/fuzz"), &row.target);
    let folder = |name: &str| work.join(name).join(target);
    let (corpus, finds, log) = (folder("corpus"), folder("finds"), folder("log"));
    for folder in [&corpus, &finds, &work.join("log")] {
        fs::create_dir_all(folder)?;
    }
    let longest = match target.as_str() {
        "backup_restore" => BACKUP_BYTES_MAX,
        _ => INPUT_BYTES_MAX,
    };
    let mut fuzzer = command(&program.to_string_lossy(), &[]);
    fuzzer
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-timeout={INPUT_S}"))
        .arg(format!("-rss_limit_mb={MEMORY_MB}"))
        .arg(format!("-max_len={longest}"))
        .arg(format!("-artifact_prefix={}/", finds.display()))
        .arg("-print_final_stats=1")
        .arg(&corpus)
        .arg(root().join("crates/fuzz/corpus").join(target));
    if target == "automerge_gate" {
        fuzzer.arg(root().join("crates/domain/tests/corpus/gate"));
    }
    let status = fuzzer
        .env("RADRUM_FUZZ_TARGET", target)
        .stderr(fs::File::create(&log)?)
        .status()?;
    let said = fs::read(&log)?;
    let said = String::from_utf8_lossy(&said);
    let written = |line: &str| {
        line.split("Test unit written to ")
            .nth(1)
            .map(PathBuf::from)
    };
    let find = said.lines().find_map(written);
    if !status.success() && find.is_none() {
        bail!("{target} did not run: {}", log.display());
    }
    row.executions += number(&said, "stat::number_of_executed_units:");
    row.memory_mb = row.memory_mb.max(number(&said, "stat::peak_rss_mb:"));
    Ok(find)
}

/// The number behind a word; 0 when it is not said.
fn number(said: &str, word: &str) -> u64 {
    let after = said.lines().find_map(|line| line.strip_prefix(word));
    after
        .and_then(|number| number.trim().parse().ok())
        .unwrap_or(0)
}

fn told(rows: &[Row]) -> ExitCode {
    println!(
        "\n{:<20} {:>12} {:>8} {:>7}  find",
        "target", "executions", "seconds", "MB"
    );
    for row in rows {
        let find = row
            .find
            .as_ref()
            .map_or("none".into(), |path| path.display().to_string());
        let (target, executions) = (&row.target, row.executions);
        println!(
            "{target:<20} {executions:>12} {:>8} {:>7}  {find}",
            row.seconds, row.memory_mb
        );
    }
    if rows.iter().all(|row| row.find.is_none()) {
        return ExitCode::SUCCESS;
    }
    println!(
        "\ncargo xtask fuzz TARGET --input FILE runs a find again; with its mend it goes into"
    );
    println!("crates/fuzz/corpus/TARGET, where the tests replay it.");
    ExitCode::FAILURE
}
