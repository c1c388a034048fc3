//! Many questions and how long each took.

use super::samples::{Samples, ms_since, thread_ms};
use anyhow::Result;
use std::time::Instant;

/// Wall and computing time of each question.
pub struct Asked {
    /// As the user waits.
    pub wall: Samples,
    /// Computed by the thread that asked.
    pub thread: Samples,
    /// The quickest answer to each question.
    pub best: Vec<f64>,
    /// Questions that were answered with nothing.
    pub empty: usize,
}

impl Asked {
    /// Where to look first when a target is missed.
    pub fn slowest(&self, name: &str, texts: &[String]) -> String {
        let mut slowest: Vec<(f64, &String)> = self.best.iter().copied().zip(texts).collect();
        slowest.sort_by(|a, b| b.0.total_cmp(&a.0));
        let told: Vec<String> = slowest
            .iter()
            .take(5)
            .map(|(ms, text)| format!("\"{text}\" {ms:.0} ms"))
            .collect();
        format!("slowest of {name}: {}", told.join(", "))
    }
}

/// Asks everything once to fill the caches, and then so many times. `ask` says whether it found
/// anything.
///
/// # Errors
/// The first of `ask`.
pub fn asked(texts: &[String], rounds: usize, ask: impl Fn(&str) -> Result<bool>) -> Result<Asked> {
    let mut out = Asked {
        wall: Samples::default(),
        thread: Samples::default(),
        best: vec![f64::INFINITY; texts.len()],
        empty: 0,
    };
    for round in 0..=rounds {
        for (text, best) in texts.iter().zip(&mut out.best) {
            let (began, computed) = (Instant::now(), thread_ms());
            let found = ask(text)?;
            let (ms, computed) = (ms_since(began), thread_ms() - computed);
            // The first round fills the caches.
            if round == 0 {
                out.empty += usize::from(!found);
                continue;
            }
            out.wall.push(ms);
            out.thread.push(computed);
            *best = best.min(ms);
        }
    }
    Ok(out)
}
