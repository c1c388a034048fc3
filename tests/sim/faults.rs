//! Each planted fault is found by a stored seed, which passes without it.

use super::{fallen, template, wished};
use radrum_tests::sim::{Fault, run};

/// The first seed that finds each fault. `the_seeds_that_find_each_fault` tells new ones when
/// the simulation has changed and an old one finds its fault no longer.
const STORED: [(Fault, u64); 10] = [
    (Fault::EntryNotCounted, 0),
    (Fault::CursorBeforeEntries, 0),
    (Fault::NewerDropped, 0),
    (Fault::WaitingForgotten, 0),
    (Fault::WaitingRefused, 0),
    (Fault::LastWriterWins, 0),
    (Fault::LogContinues, 0),
    (Fault::StickLeavesOutLast, 0),
    (Fault::ProjectionNotWritten, 0),
    (Fault::AcknowledgedEarly, 0),
];

#[test]
#[ignore = "tells which seeds to store"]
fn the_seeds_that_find_each_fault() {
    let base = wished("RADRUM_SIM_SEED_BASE", 0);
    let count = wished("RADRUM_SIM_SEEDS", 300);
    for fault in Fault::ALL {
        let found = fallen(base..base + count, Some(fault), 3);
        let seeds: Vec<u64> = found.iter().map(|(seed, _)| *seed).collect();
        println!("{fault:?}: {seeds:?}");
        if let Some((_, told)) = found.first() {
            println!("  {}", told.lines().next().unwrap_or_default());
        }
    }
}

#[test]
fn each_planted_fault_is_found_by_its_seed_which_passes_without_it() {
    for fault in Fault::ALL {
        let stored = STORED.iter().find(|(of, _)| *of == fault);
        let Some((_, seed)) = stored else {
            panic!("no seed is stored for {fault:?}");
        };
        assert!(
            run(*seed, template(), Some(fault)).is_err(),
            "seed {seed} does not find {fault:?}"
        );
        if let Err(fallen) = run(*seed, template(), None) {
            panic!("without {fault:?}: {fallen}");
        }
    }
}
