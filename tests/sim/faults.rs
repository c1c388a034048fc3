//! Each planted fault is found by a stored seed, which passes without it.

use super::{fallen, template, wished};
use anyhow::{Context as _, Result};
use radrum_tests::sim::{Fault, run};

/// The first seed that finds each fault. `the_seeds_that_find_each_fault` tells new ones when
/// the simulation has changed and an old one finds its fault no longer.
const STORED: [(Fault, u64); 10] = [
    (Fault::EntryNotCounted, 0),
    (Fault::CursorBeforeEntries, 28),
    (Fault::NewerDropped, 4),
    (Fault::WaitingForgotten, 2),
    (Fault::WaitingRefused, 2),
    (Fault::LastWriterWins, 0),
    (Fault::LogContinues, 3),
    (Fault::StickLeavesOutLast, 2),
    (Fault::ProjectionNotWritten, 0),
    (Fault::AcknowledgedEarly, 4),
];

#[test]
#[ignore = "tells which seeds to store"]
fn the_stored_seeds_are_the_first_that_find_each_fault() -> Result<()> {
    let base = wished("RADRUM_SIM_SEED_BASE", 0);
    let count = wished("RADRUM_SIM_SEEDS", 300);
    let mut first = Vec::new();
    for fault in Fault::ALL {
        let found = fallen(base..base + count, Some(fault), 1)?;
        first.extend(found.into_iter().map(|(seed, _)| (fault, seed)));
    }
    assert_eq!(first, STORED);
    Ok(())
}

#[test]
fn each_planted_fault_is_found_by_its_seed_which_passes_without_it() -> Result<()> {
    let template = template()?;
    for fault in Fault::ALL {
        let stored = STORED.iter().find(|(of, _)| *of == fault);
        let (_, seed) = stored.with_context(|| format!("no seed is stored for {fault:?}"))?;
        let found = run(*seed, template, Some(fault));
        assert!(found.is_err(), "seed {seed} does not find {fault:?}");
        let without = run(*seed, template, None);
        assert!(without.is_ok(), "without {fault:?}: {without:?}");
    }
    Ok(())
}
