//! A region in one process: eight real programs with real files, a relay, sticks and a clock
//! that nobody waits for. One seed decides everything, so a seed that fails fails again.

pub mod broken;
pub mod clock;
pub mod computer;
pub mod deeds;
pub mod dice;
pub mod ending;
pub mod fault;
pub mod image;
pub mod ledger;
pub mod line;
pub mod newer;
pub mod relay;
pub mod rest;
pub mod state;
pub mod sticks;
pub mod template;
pub mod world;

pub use fault::Fault;
pub use template::Template;

use anyhow::Result;
use broken::Broken;
use std::fmt;
use world::World;

/// Steps of one seed.
const STEPS: u32 = 60;

/// Happenings between two steps, at most.
const BETWEEN: u64 = 24;

/// A seed that found something.
#[derive(Debug)]
pub struct Fallen {
    /// The seed.
    pub seed: u64,
    /// The step at which it was seen.
    pub step: u32,
    /// The last steps.
    pub recent: Vec<String>,
    /// What is wrong.
    pub why: String,
}

impl fmt::Display for Fallen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "seed {} fell at step {}: {}",
            self.seed, self.step, self.why
        )?;
        for line in &self.recent {
            writeln!(f, "  {line}")?;
        }
        write!(
            f,
            "again: RADRUM_SIM_SEED_BASE={} RADRUM_SIM_SEEDS=1 \
             cargo test -p radrum-tests --test sim",
            self.seed
        )
    }
}

/// Lives through one seed, with a planted fault or without. Gives a fingerprint of what was
/// there at rest: the same seed gives the same one.
///
/// # Errors
/// What the seed has found.
pub fn run(seed: u64, template: &Template, fault: Option<Fault>) -> Result<String, Fallen> {
    run_with(seed, template, fault, Broken::default())
}

/// The same with some computers that never come back: the others must come to rest without them.
///
/// # Errors
/// What the seed has found.
pub fn run_core(seed: u64, template: &Template, fault: Option<Fault>) -> Result<String, Fallen> {
    run_with(seed, template, fault, Broken::draw(seed))
}

fn run_with(
    seed: u64,
    template: &Template,
    fault: Option<Fault>,
    broken: Broken,
) -> Result<String, Fallen> {
    let fallen = |why: &anyhow::Error| Fallen {
        seed,
        step: 0,
        recent: Vec::new(),
        why: format!("{why:#}"),
    };
    let home = image::home().map_err(|error| fallen(&error))?;
    let mut world =
        World::new(seed, home.path(), template, fault).map_err(|error| fallen(&error))?;
    world.broken = broken;
    live(&mut world).map_err(|error| Fallen {
        step: world.step,
        recent: world.recent(),
        ..fallen(&error)
    })
}

fn live(world: &mut World<'_>) -> Result<String> {
    while world.step < STEPS {
        world.step += 1;
        world.break_for_ever()?;
        world.act()?;
        for _ in 0..world.dice.below(BETWEEN) {
            if !world.happen()? {
                break;
            }
        }
    }
    world.rest()?;
    world.check()
}
