//! Each planted fault is found by a stored seed, which passes without it.

use super::{fallen, template};
use anyhow::{Context as _, Result, bail};
use radrum_tests::sim::{Fault, run};

/// Seeds that are tried when a stored one finds its fault no longer.
const SOUGHT: u64 = 300;

/// The first seed that finds each fault. When the simulation has changed and an old one finds
/// its fault no longer, the test tells a new one.
const STORED: [(Fault, u64); 10] = [
    (Fault::EntryNotCounted, 0),
    (Fault::CursorBeforeEntries, 41),
    (Fault::NewerDropped, 6),
    (Fault::WaitingForgotten, 12),
    (Fault::WaitingRefused, 12),
    (Fault::LastWriterWins, 1),
    (Fault::LogContinues, 22),
    (Fault::StickLeavesOutLast, 24),
    (Fault::ProjectionNotWritten, 0),
    (Fault::AcknowledgedEarly, 0),
];

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
