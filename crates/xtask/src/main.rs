//! `cargo xtask`: everything a developer or a new user types. See README.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program, not the library"
)]

mod bench;
mod build;
mod fuzz;
mod picture;
mod run;
mod shell;
mod soak;
mod system;
mod test;
mod tidy;
mod wish;

use anyhow::Result;
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask run [--picture FILE [--at ROUTE] [--dark] [--size WxH] [--now DATE]]
                             build what is missing and open the Exempelkrets
cargo xtask test [PART …]    every check that a change must pass, or only some parts
cargo xtask bench [PART …]   measure, beside the limits of the same run
cargo xtask fuzz [--seconds N] [TARGET …] [--input FILE]
                             bytes that nobody meant, for each reader of what others made
cargo xtask soak [--minutes N | --rounds N] [--base SEED] [PART …]
                             the tests whose size can be chosen, for so long each
cargo xtask tidy             the rules of the house
cargo xtask codegen [--check]  the contract between core and interface";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&args) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(args: &[String]) -> Result<ExitCode> {
    let rest = args.get(1..).unwrap_or_default();
    match args.first().map(String::as_str) {
        Some("run") => run::run(rest),
        Some("test") => test::test(rest),
        Some("bench") => bench::bench(rest),
        Some("fuzz") => fuzz::fuzz(rest),
        Some("soak") => soak::soak(rest),
        Some("tidy") => tidy::run(),
        Some("codegen") => build::codegen(rest.iter().any(|arg| arg == "--check")),
        _ => {
            eprintln!("{USAGE}");
            Ok(ExitCode::from(2))
        }
    }
}
