//! axe-core in the window that stands open.

use crate::window::Window;
use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Rules for WCAG 2.1 at the levels A and AA, and what is good practice beside them.
const TAGS: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

const RUN: &str = "
const [tags, done] = arguments;
axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(
  ({ violations, passes }) => done({
    passed: passes.length,
    faults: violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
      `${id}: ${target.join(' ')}: ${failureSummary.split('\\n').slice(1).join(' ').trim()}`)),
  }),
  (error) => done({ error: String(error) }),
);";

/// What axe-core finds wrong on the page that is shown: one line for each element.
pub fn faults(window: &Window) -> Result<Vec<String>> {
    if window.ask("typeof axe")? != "object" {
        window.script(&source()?, &[])?;
    }
    let answer = window.script_async(RUN, &[json!(TAGS)])?;
    // A page on which no rule applied has not been looked at.
    if answer["passed"].as_u64().unwrap_or_default() == 0 {
        bail!("axe-core: {answer}");
    }
    let faults = answer["faults"].as_array().context("faults")?;
    Ok(faults
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_string)
        .collect())
}

fn source() -> Result<String> {
    let file =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&file).with_context(|| file.display().to_string())
}
