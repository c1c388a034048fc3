//! The rules of the house that a machine can check (README, "Invariants"). Each rule is a
//! function of the tree, and a test plants a violation of it in the real tree.

mod crates;
mod cycle;
mod locks;
mod source;
mod style;
mod tree;

use crate::shell::{command, output, root};
use anyhow::{Context as _, Result};
use std::process::ExitCode;
use tree::Tree;

/// A rule that was broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which rule.
    pub rule: &'static str,
    /// Where and what.
    pub what: String,
}

impl Fault {
    fn new(rule: &'static str, what: impl Into<String>) -> Self {
        Self {
            rule,
            what: what.into(),
        }
    }
}

/// Checks the tree and prints what is wrong.
///
/// # Errors
/// When the tree cannot be read.
pub fn run() -> Result<ExitCode> {
    let tree = Tree::read(&root())?;
    let mut faults = check(&tree)?;
    faults.extend(crates::check(&tree, &metadata()?)?);
    for fault in &faults {
        eprintln!("{}: {}", fault.rule, fault.what);
    }
    Ok(if faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Everything that follows from the files alone.
fn check(tree: &Tree) -> Result<Vec<Fault>> {
    let house = tree.house()?;
    let mut faults = source::check(tree, &house);
    faults.extend(cycle::check(tree));
    faults.extend(style::check(tree, &house));
    faults.extend(locks::check(tree));
    Ok(faults)
}

fn metadata() -> Result<serde_json::Value> {
    let text = output(&mut command(
        "cargo",
        &["metadata", "--format-version", "1", "--locked"],
    ))?;
    serde_json::from_str(&text).context("cargo metadata")
}

#[cfg(test)]
mod tests;
