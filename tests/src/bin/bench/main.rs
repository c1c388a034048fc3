//! Measurements beside the limits of the same run (product.md section 5, performance.md
//! section 6). `cargo xtask bench` builds the programs and runs this.
//!
//! `bench [--size small|plan|stress] [--only PART,…]`; parts: window, open, search, write,
//! rebuild, memory, file, krets. Prints a table and writes `target/bench/figures.json`; a run of some
//! parts writes a file of its own. A missed target is told and is no failure; what could not be
//! measured is. Times are wall time, quantiles by nearest rank, MB are 10^6 bytes. Everything is
//! warm unless a row says cold.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program, not the library"
)]

mod after_save;
mod asked;
mod conditions;
mod figure;
mod file;
mod krets;
mod memory;
mod open;
mod options;
mod phases;
mod place;
mod process;
mod raw;
mod rebuild;
mod report;
mod samples;
mod screen;
mod search;
mod shown;
mod store;
mod table;
mod texts;
mod unit;
mod web;
mod window;
mod write;

use anyhow::Result;
use conditions::Conditions;
use figure::Figure;
use options::{Options, Part};
use place::Place;
use radrum_app::Size;
use raw::Raw;
use report::Report;
use std::cell::RefCell;
use std::process::ExitCode;
use std::time::Instant;
use store::Store;

/// What a part measures on.
struct Bench<'a> {
    place: &'a Place,
    store: &'a Store,
    size: Size,
    raw: Option<&'a Raw>,
    notes: RefCell<Vec<String>>,
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    let options = Options::parse(std::env::args().skip(1))?;
    let place = Place::find()?;
    let began = Instant::now();
    let mut report = Report::default();
    let mut conditions = Conditions::now(&place);
    for size in &options.sizes {
        if let Err(error) = measure(&place, &options, *size, &mut conditions, &mut report) {
            report.fail(format!("{}: {error:#}", size.name()));
        }
    }
    report.compare_sizes();
    report.seconds = began.elapsed().as_secs_f64();
    print!("\n{conditions}\n{report}");
    let file = place.bench.join(options.file_name());
    report.write(&file, &conditions)?;
    println!("\n{}", file.display());
    Ok(if report.is_complete() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn measure(
    place: &Place,
    options: &Options,
    size: Size,
    conditions: &mut Conditions,
    report: &mut Report,
) -> Result<()> {
    let store = Store::ready(place, size)?;
    report.facts(size, &store.facts()?);
    let needs_raw = options.parts.iter().any(|part| part.needs_raw());
    let raw = if needs_raw {
        eprintln!("{}: the limit, the same texts in plain FTS5 …", size.name());
        Some(Raw::build(place, &store)?)
    } else {
        None
    };
    let bench = Bench {
        place,
        store: &store,
        size,
        raw: raw.as_ref(),
        notes: RefCell::default(),
    };
    for part in &options.parts {
        eprintln!("{}: {} …", size.name(), part.name());
        conditions.look();
        let began = Instant::now();
        match figures(&bench, *part) {
            Ok(figures) => {
                report.add(size, *part, figures, began.elapsed());
            }
            Err(error) => report.fail(format!("{} {}: {error:#}", size.name(), part.name())),
        }
    }
    for note in bench.notes.take() {
        report.note(&note);
    }
    Ok(())
}

fn figures(bench: &Bench<'_>, part: Part) -> Result<Vec<Figure>> {
    match part {
        Part::Window => window::measure(bench),
        Part::Open => open::measure(bench),
        Part::Search => search::measure(bench),
        Part::Write => write::measure(bench),
        Part::Rebuild => rebuild::measure(bench),
        Part::Memory => memory::measure(bench),
        Part::File => file::measure(bench),
        Part::Krets => krets::measure(bench),
    }
}

impl Bench<'_> {
    fn raw(&self) -> Result<&Raw> {
        self.raw
            .ok_or_else(|| anyhow::anyhow!("the limit was not built"))
    }

    /// Says how a figure is to be read.
    fn note(&self, note: impl Into<String>) {
        self.notes.borrow_mut().push(note.into());
    }

    /// The goals of performance.md section 6 are set at R = 10,000, which is plan size.
    fn has_goals(&self) -> bool {
        self.size == Size::Plan
    }
}
