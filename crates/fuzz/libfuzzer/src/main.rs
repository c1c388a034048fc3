//! One program for all targets of `radrum-fuzz`; `RADRUM_FUZZ_TARGET` names the one to run.
//! `cargo xtask fuzz` builds it with the counters that libFuzzer reads, and starts it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let name = std::env::var("RADRUM_FUZZ_TARGET").unwrap_or_default();
    let found = radrum_fuzz::TARGETS
        .iter()
        .find(|target| target.name == name);
    found.unwrap_or_else(|| panic!("no target {name}")).run
});

fuzz_target!(|bytes: &[u8]| TARGET(bytes));
