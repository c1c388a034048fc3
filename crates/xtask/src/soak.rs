//! `cargo xtask soak`: the tests whose size can be chosen, at sizes that no change waits for.
//!
//! Each part is an ordinary test of the house, run round after round, each round with other
//! seeds or at other moments, until its time is over or something falls. What has a fixed size
//! in `cargo xtask test` (the cut WAL, the full disk, migrations, backups) is not here, and what
//! is measured (R9, R10, R11) is `cargo xtask bench`.

use crate::build::{Profile, nextest, webhost};
use crate::fuzz;
use crate::shell::{command, root};
use crate::system::{For, ensure};
use anyhow::{Context as _, Result, bail};
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Minutes of each part when nothing else is said.
const MINUTES: u64 = 10;

/// Seconds of each target in a round of fuzzing.
const FUZZ_SECONDS: u32 = 60;

const FUZZ: &str = "fuzz";

/// A test whose size can be chosen.
struct Part {
    name: &'static str,
    /// Of security.md, section 4; T11 stands in section 2.
    goals: &'static str,
    unit: &'static str,
    package: &'static str,
    /// As nextest names it.
    test: &'static str,
    /// Says how many.
    knob: &'static str,
    /// So many in one round.
    round: u64,
}

const PARTS: &[Part] = &[
    Part {
        name: "sim",
        goals: "R4 R5 R14",
        unit: "seeds",
        package: "radrum-tests",
        test: "binary(sim) and test(at_rest_all_offices)",
        knob: "RADRUM_SIM_SEEDS",
        round: 500,
    },
    Part {
        name: "sync",
        goals: "R5",
        unit: "seeds",
        package: "radrum-sync",
        test: "test(at_rest_all_offices)",
        knob: "RADRUM_SIM_SEEDS",
        round: 1_000,
    },
    Part {
        name: "program",
        goals: "R1",
        unit: "kills",
        package: "radrum-tests",
        test: "binary(faults) and test(kills_of_the_program)",
        knob: "RADRUM_KILLS",
        round: 300,
    },
    Part {
        name: "relay",
        goals: "R16",
        unit: "kills",
        package: "radrum-relay",
        test: "test(kills_of_the_relay)",
        knob: "RADRUM_KILLS",
        round: 300,
    },
    Part {
        name: "database",
        goals: "R16",
        unit: "kills",
        package: "radrum-relay",
        test: "test(kills_of_the_database_server)",
        knob: "RADRUM_KILLS",
        round: 60,
    },
    Part {
        name: "facts",
        goals: "T11",
        unit: "sets",
        package: "radrum-seal",
        test: "test(a_set_of_facts_gives_one_krets)",
        knob: "RADRUM_FACT_SETS",
        round: 20_000,
    },
];

/// How long each part goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    Minutes(u64),
    Rounds(u64),
}

#[derive(Debug, PartialEq, Eq)]
struct Wish {
    until: Until,
    /// First seed of the simulations.
    base: u64,
    parts: Vec<String>,
}

/// What came of one round.
struct Round {
    has_fallen: bool,
    /// What was acknowledged and is there, where the test counts that.
    confirmed: Option<u64>,
}

/// What came of a part.
#[derive(Debug, Default, PartialEq, Eq)]
struct Row {
    runs: u64,
    faults: u64,
    confirmed: Option<u64>,
}

/// Runs all parts, or those that are named, and prints a line for each.
///
/// # Errors
/// When a part is not known, or something cannot be built or started.
pub fn soak(args: &[String]) -> Result<ExitCode> {
    let wish = read(args)?;
    if let Some(code) = ensure(For::Tests)? {
        return Ok(code);
    }
    let is_wanted = |name: &str| wish.parts.is_empty() || wish.parts.iter().any(|w| w == name);
    fs::create_dir_all(root().join("target/soak"))?;
    let mut lines = Vec::new();
    let mut faults = 0;
    for part in PARTS.iter().filter(|part| is_wanted(part.name)) {
        println!("{} …", part.name);
        if part.name == "program" {
            webhost(Profile::Dev)?;
        }
        let row = go_on(part.round, wish.until, |n| {
            round(part, wish.base + n * part.round)
        })?;
        faults += row.faults;
        lines.push(told(part, &row));
    }
    if is_wanted(FUZZ) {
        let (executions, finds) = fuzz::all(fuzz_seconds(wish.until)?)?;
        faults += finds;
        lines.push(line(FUZZ, "R8", executions, "inputs", finds, ""));
    }
    println!("\n{}", line("part", "goals", "runs", "", "faults", "lost"));
    for line in lines {
        println!("{line}");
    }
    Ok(if faults == 0 {
        ExitCode::SUCCESS
    } else {
        println!("\nwhat fell, and how to run it again: target/soak, target/fuzz/finds");
        ExitCode::FAILURE
    })
}

fn read(args: &[String]) -> Result<Wish> {
    let mut wish = Wish {
        until: Until::Minutes(MINUTES),
        base: 0,
        parts: Vec::new(),
    };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut number = || -> Result<u64> {
            let next = args.next().with_context(|| format!("{arg} N"))?;
            next.parse().with_context(|| format!("{arg} N"))
        };
        match arg.as_str() {
            "--minutes" => wish.until = Until::Minutes(number()?),
            "--rounds" => wish.until = Until::Rounds(number()?),
            "--base" => wish.base = number()?,
            name if name == FUZZ || PARTS.iter().any(|part| part.name == name) => {
                wish.parts.push(name.to_string());
            }
            unknown => bail!("no part {unknown}"),
        }
    }
    Ok(wish)
}

/// Round after round until it is enough, or one falls. There is always one.
fn go_on(size: u64, until: Until, mut round: impl FnMut(u64) -> Result<Round>) -> Result<Row> {
    let began = Instant::now();
    let mut row = Row::default();
    for n in 0.. {
        let is_enough = match until {
            Until::Minutes(minutes) => began.elapsed() >= Duration::from_secs(60 * minutes),
            Until::Rounds(rounds) => n >= rounds,
        };
        if (n > 0 && is_enough) || row.faults > 0 {
            break;
        }
        let came = round(n)?;
        row.runs += size;
        row.faults += u64::from(came.has_fallen);
        row.confirmed = match (row.confirmed, came.confirmed) {
            (None, new) => new,
            (old, None) => old,
            (Some(old), Some(new)) => Some(old + new),
        };
    }
    Ok(row)
}

/// One round of a part. What it says stands in `target/soak/PART.log`.
fn round(part: &Part, base: u64) -> Result<Round> {
    let log: PathBuf = root()
        .join("target/soak")
        .join(format!("{}.log", part.name));
    let nextest = nextest()?;
    let mut words: Vec<&str> = nextest.iter().map(String::as_str).collect();
    words.extend(["run", "--locked", "--no-capture", "--no-tests", "fail"]);
    words.extend(["-p", part.package, "-E", part.test]);
    let written = File::create(&log)?;
    let status = command(words[0], &words[1..])
        .env(part.knob, part.round.to_string())
        .env("RADRUM_SIM_SEED_BASE", base.to_string())
        .env("RUST_LIB_BACKTRACE", "0")
        .stdout(written.try_clone()?)
        .stderr(written)
        .status()?;
    let said = fs::read(&log)?;
    Ok(Round {
        has_fallen: !status.success(),
        confirmed: confirmed(&String::from_utf8_lossy(&said)),
    })
}

/// The number in `300 kills, 43669 entries confirmed`.
fn confirmed(said: &str) -> Option<u64> {
    let line = said
        .lines()
        .find(|line| line.ends_with(" entries confirmed"))?;
    let number = line
        .trim_end_matches(" entries confirmed")
        .split(' ')
        .next_back()?;
    number.parse().ok()
}

/// Of each target.
fn fuzz_seconds(until: Until) -> Result<u32> {
    let seconds = match until {
        Until::Minutes(minutes) => 60 * minutes / fuzz::targets()?.len().max(1) as u64,
        Until::Rounds(rounds) => u64::from(FUZZ_SECONDS) * rounds,
    };
    Ok(u32::try_from(seconds)?.max(1))
}

fn told(part: &Part, row: &Row) -> String {
    let lost = match (row.faults, row.confirmed) {
        (0, Some(confirmed)) => format!("0 of {confirmed}"),
        _ => String::new(),
    };
    line(
        part.name, part.goals, row.runs, part.unit, row.faults, &lost,
    )
}

fn line(
    part: &str,
    goals: &str,
    runs: impl std::fmt::Display,
    unit: &str,
    faults: impl std::fmt::Display,
    lost: &str,
) -> String {
    let line = format!("{part:<10} {goals:<10} {runs:>12} {unit:<7} {faults:>7}  {lost}");
    line.trim_end().to_string()
}

#[cfg(test)]
mod tests;
