//! The region under seeded misfortunes: at rest everybody shows the same, and nothing that was
//! acknowledged is lost. `RADRUM_SIM_SEED_BASE` and `RADRUM_SIM_SEEDS` choose other seeds.

mod faults;

use anyhow::Result;
use radrum_tests::sim::{Fallen, Fault, Template, run, run_core};
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Seeds of one run without a wish.
const SEEDS: u64 = 1_000;

/// Seeds after those that fell until something was mended.
const ONCE_FELL: [u64; 14] = [
    300_317, 300_707, 301_085, 500_419, 501_479, 809_067, 814_347, 815_351, 815_411, 900_044,
    911_518, 911_523, 926_040, 927_370,
];

/// Seeds in which some computers never come back.
const CORE_SEEDS: u64 = 40;

fn template() -> Result<&'static Template> {
    static TEMPLATE: OnceLock<Result<Template>> = OnceLock::new();
    let made = TEMPLATE.get_or_init(Template::make);
    made.as_ref()
        .map_err(|error| anyhow::anyhow!("a krets of eight offices: {error:#}"))
}

fn wished(name: &str, or: u64) -> u64 {
    let given = std::env::var(name).ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(or)
}

/// The seeds that fell, each as it tells of itself. Stops after so many.
fn fallen(seeds: Range<u64>, fault: Option<Fault>, most: usize) -> Result<Vec<(u64, String)>> {
    let template = template()?;
    Ok(fallen_in(seeds, most, |seed| run(seed, template, fault)))
}

/// The same of another way to live through a seed.
fn fallen_in(
    seeds: Range<u64>,
    most: usize,
    run: impl Fn(u64) -> Result<String, Fallen> + Sync,
) -> Vec<(u64, String)> {
    let next = AtomicU64::new(seeds.start);
    let found = Mutex::new(Vec::new());
    let all = || found.lock().unwrap_or_else(PoisonError::into_inner);
    let work = || {
        while all().len() < most {
            let seed = next.fetch_add(1, Ordering::SeqCst);
            if seed >= seeds.end {
                return;
            }
            if let Err(fallen) = run(seed) {
                all().push((seed, fallen.to_string()));
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort();
    found.truncate(most);
    found
}

#[test]
fn at_rest_all_offices_show_the_same_whatever_happened() -> Result<()> {
    let base = wished("RADRUM_SIM_SEED_BASE", 0);
    let count = wished("RADRUM_SIM_SEEDS", SEEDS);
    let fallen = fallen(base..base + count, None, 20)?;
    let seeds: Vec<u64> = fallen.iter().map(|(seed, _)| *seed).collect();
    let told: Vec<String> = fallen.into_iter().map(|(_, told)| told).collect();
    let told = told.join("\n\n");
    assert!(
        seeds.is_empty(),
        "{told}\n\nseeds {seeds:?} of {count} from {base}"
    );
    Ok(())
}

#[test]
fn seeds_beyond_the_first_thousand_that_once_fell_pass() -> Result<()> {
    let template = template()?;
    for seed in ONCE_FELL {
        run(seed, template, None).map_err(|fallen| anyhow::anyhow!("{fallen}"))?;
    }
    Ok(())
}

#[test]
fn a_core_comes_to_rest_though_the_computers_of_others_never_come_back() -> Result<()> {
    let template = template()?;
    let base = wished("RADRUM_SIM_SEED_BASE", 0);
    let count = wished("RADRUM_SIM_SEEDS", CORE_SEEDS);
    let fallen = fallen_in(base..base + count, 20, |seed| {
        run_core(seed, template, None)
    });
    let told: Vec<String> = fallen.into_iter().map(|(_, told)| told).collect();
    assert!(told.is_empty(), "{}", told.join("\n\n"));
    Ok(())
}

#[test]
fn the_same_seed_gives_the_same_world_twice() -> Result<()> {
    let template = template()?;
    for seed in 0..6 {
        let once = run(seed, template, None).map_err(|fallen| anyhow::anyhow!("{fallen}"))?;
        let twice = run(seed, template, None).map_err(|fallen| anyhow::anyhow!("{fallen}"))?;
        assert_eq!(once, twice, "seed {seed}");
    }
    Ok(())
}
