//! Each planted fault is found by a stored seed, which passes without it.

use super::{fallen, template};
use anyhow::{Context as _, Result, bail};
use radrum_tests::sim::{Fault, run, run_core};

/// Seeds that are tried when a stored one finds its fault no longer.
const SOUGHT: u64 = 300;

/// The first seed that finds each fault. When the simulation has changed and an old one finds
/// its fault no longer, the test tells a new one.
const STORED: [(Fault, u64); 10] = [
    (Fault::EntryNotCounted, 0),
    (Fault::CursorBeforeEntries, 22),
    (Fault::NewerDropped, 6),
    (Fault::WaitingForgotten, 2),
    (Fault::WaitingRefused, 2),
    (Fault::LastWriterWins, 1),
    (Fault::LogContinues, 22),
    (Fault::StickLeavesOutLast, 24),
    (Fault::ProjectionNotWritten, 0),
    (Fault::AcknowledgedEarly, 0),
];

/// The seed that finds that what others wrote is not handed on.
const HANDED_ON: u64 = 12;

#[test]
fn each_planted_fault_is_found_by_its_seed_which_passes_without_it() -> Result<()> {
    let template = template()?;
    let mut stale = Vec::new();
    for fault in Fault::ALL {
        let stored = STORED.iter().find(|(of, _)| *of == fault);
        let (_, seed) = stored.with_context(|| format!("no seed is stored for {fault:?}"))?;
        let found = run(*seed, template, Some(fault));
        if found.is_ok() {
            let first = fallen(0..SOUGHT, Some(fault), 1)?;
            let first = first.first().map(|(seed, _)| *seed);
            stale.push(format!("{fault:?}: not {seed} any more but {first:?}"));
            continue;
        }
        let without = run(*seed, template, None);
        assert!(without.is_ok(), "without {fault:?}: {without:?}");
    }
    if !stale.is_empty() {
        bail!("{}", stale.join("; "));
    }
    Ok(())
}

/// Whether those who stay hand on what others wrote is seen only when these never come back.
#[test]
fn a_fault_that_everybodys_return_hides_is_found_where_some_never_come_back() -> Result<()> {
    let template = template()?;
    let fault = Some(Fault::OthersNotGiven);
    let hidden = run(HANDED_ON, template, fault);
    assert!(hidden.is_ok(), "{hidden:?}");
    let without = run_core(HANDED_ON, template, None);
    assert!(without.is_ok(), "{without:?}");
    if run_core(HANDED_ON, template, fault).is_ok() {
        let found = |seed: &u64| {
            run_core(*seed, template, fault).is_err() && run(*seed, template, fault).is_ok()
        };
        let first = (0..SOUGHT).find(found);
        bail!("not {HANDED_ON} any more but {first:?}");
    }
    Ok(())
}
