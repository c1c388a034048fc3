//! Everything that a run gave, and the file that programs read. `table.rs` is how it is read
//! by people.

use super::conditions::Conditions;
use super::figure::{Figure, Unit};
use super::options::Part;
use anyhow::Result;
use radrum_app::Size;
use serde_json::{Map, Value, json};
use std::path::Path;
use std::time::Duration;

/// Goals for growth (performance.md section 6, goals 9 and 10): part, what, statistic, and how
/// many times its plan figure the stress figure may be.
const GROWTH: [(Part, &str, &str, f64); 3] = [
    (Part::Search, "golden, in process", "p95", 2.0),
    (Part::Open, "cold file", "median", 2.0),
    (Part::Memory, "web host after", "RSS", 1.3),
];

/// What one part gave at one size.
pub struct Section {
    pub(super) size: &'static str,
    pub(super) part: &'static str,
    pub(super) figures: Vec<Figure>,
    pub(super) seconds: f64,
}

/// Everything that a run gave.
#[derive(Default)]
pub struct Report {
    /// How long the whole run took.
    pub seconds: f64,
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) sections: Vec<Section>,
    pub(super) notes: Vec<String>,
    pub(super) failures: Vec<String>,
}

impl Report {
    /// Says what a store holds.
    pub fn facts(&mut self, size: Size, facts: &str) {
        self.facts.push((size.name(), facts.to_string()));
    }

    /// Adds what a part gave.
    pub fn add(&mut self, size: Size, part: Part, figures: Vec<Figure>, took: Duration) {
        self.sections.push(Section {
            size: size.name(),
            part: part.name(),
            figures,
            seconds: took.as_secs_f64(),
        });
    }

    /// Tells how a figure is to be read; once.
    pub fn note(&mut self, note: &str) {
        if !self.notes.iter().any(|known| known == note) {
            self.notes.push(note.to_string());
        }
    }

    /// Tells what could not be measured.
    pub fn fail(&mut self, what: String) {
        eprintln!("not measured: {what}");
        self.failures.push(what);
    }

    /// Whether everything was measured.
    pub const fn is_complete(&self) -> bool {
        self.failures.is_empty()
    }

    /// When both sizes were measured: how the figures grow.
    pub fn compare_sizes(&mut self) {
        let mut figures = Vec::new();
        for (part, what, stat, times) in GROWTH {
            let of = |size: Size| self.value(size, part, what, stat);
            if let (Some(plan), Some(stress)) = (of(Size::Plan), of(Size::Stress)) {
                let name = format!("{}: {what}", part.name());
                let figure = Figure::new(name, stat, Unit::Times, stress / plan);
                figures.push(figure.at_most(times));
            }
        }
        if !figures.is_empty() {
            self.sections.push(Section {
                size: "stress beside plan",
                part: "growth",
                figures,
                seconds: 0.0,
            });
        }
    }

    fn value(&self, size: Size, part: Part, what: &str, stat: &str) -> Option<f64> {
        let section = self
            .sections
            .iter()
            .find(|section| section.size == size.name() && section.part == part.name())?;
        let mut figures = section.figures.iter();
        let figure = figures.find(|f| f.stat == stat && f.what.starts_with(what))?;
        Some(figure.value)
    }

    /// Writes the figures for programs to read.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, file: &Path, conditions: &Conditions) -> Result<()> {
        let section = |section: &Section| {
            let figures: Vec<Value> = section.figures.iter().map(Figure::json).collect();
            json!({ "size": section.size, "part": section.part, "figures": figures,
                    "seconds": section.seconds })
        };
        let sections: Vec<Value> = self.sections.iter().map(section).collect();
        let facts = self.facts.iter();
        let facts: Map<String, Value> = facts
            .map(|(size, facts)| ((*size).to_string(), json!(facts)))
            .collect();
        let all = json!({
            "conditions": conditions.json(), "stores": facts, "sections": sections,
            "notes": self.notes, "not_measured": self.failures, "seconds": self.seconds,
        });
        Ok(std::fs::write(file, serde_json::to_string_pretty(&all)?)?)
    }
}
