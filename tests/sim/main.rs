//! The region under seeded misfortunes: at rest everybody shows the same, and nothing that was
//! acknowledged is lost. `RADRUM_SIM_SEED_BASE` and `RADRUM_SIM_SEEDS` choose other seeds.

use radrum_tests::sim::{Template, run};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// Seeds of one run without a wish.
const SEEDS: u64 = 40;

fn template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(|| Template::make().expect("a krets of eight offices"))
}

fn wished(name: &str, or: u64) -> u64 {
    let given = std::env::var(name).ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(or)
}

#[test]
fn at_rest_all_offices_show_the_same_whatever_happened() {
    let base = wished("RADRUM_SIM_SEED_BASE", 0);
    let count = wished("RADRUM_SIM_SEEDS", SEEDS);
    let template = template();
    let next = AtomicU64::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let fallen = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::SeqCst);
                    if at >= count {
                        return;
                    }
                    if let Err(found) = run(base + at, template, None) {
                        eprintln!("{found}");
                        fallen.lock().expect("fallen").push(found.seed);
                    }
                }
            });
        }
    });
    let fallen = fallen.into_inner().expect("fallen");
    assert!(fallen.is_empty(), "seeds {fallen:?} of {count} from {base}");
}
