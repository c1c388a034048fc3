//! The table and the file.

use super::figure::{Figure, Unit};
use super::options::Part;
use anyhow::Result;
use radrum_app::Size;
use serde_json::{Value, json};
use std::fmt;
use std::path::Path;
use std::time::Duration;

/// Goals for growth (performance.md section 6, goals 9 and 10): part, what, statistic, and how
/// many times its plan figure the stress figure may be.
const GROWTH: [(Part, &str, &str, f64); 3] = [
    (Part::Search, "golden", "p95", 2.0),
    (Part::Open, "cold", "median", 2.0),
    (Part::Memory, "web host after 200 searches", "RSS", 1.3),
];

struct Section {
    size: &'static str,
    part: &'static str,
    figures: Vec<Figure>,
    seconds: f64,
}

/// Everything that a run gave.
#[derive(Default)]
pub struct Report {
    /// How long the whole run took.
    pub seconds: f64,
    facts: Vec<(&'static str, String)>,
    sections: Vec<Section>,
    failures: Vec<String>,
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
    pub fn write(&self, file: &Path) -> Result<()> {
        let sections: Vec<Value> = self
            .sections
            .iter()
            .map(|section| {
                let figures: Vec<Value> = section.figures.iter().map(Figure::json).collect();
                json!({ "size": section.size, "part": section.part, "figures": figures,
                        "seconds": section.seconds })
            })
            .collect();
        let facts: serde_json::Map<String, Value> = self
            .facts
            .iter()
            .map(|(size, facts)| ((*size).to_string(), json!(facts)))
            .collect();
        let all = json!({ "stores": facts, "sections": sections,
                          "not_measured": self.failures, "seconds": self.seconds });
        Ok(std::fs::write(file, serde_json::to_string_pretty(&all)?)?)
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows = vec![Row::Cells(
            [
                "",
                "",
                "measured",
                "target",
                "",
                "limit of this run",
                "",
                "ratio",
            ]
            .map(String::from),
        )];
        let mut size = "";
        for section in &self.sections {
            if section.size != size {
                size = section.size;
                rows.push(Row::Size(size));
            }
            rows.push(Row::Part(section.part));
            let mut what = "";
            for figure in &section.figures {
                for cells in figure.cells() {
                    let name = if figure.what == what {
                        ""
                    } else {
                        &figure.what
                    };
                    what = &figure.what;
                    let [stat, value, target, verdict, limit, of, ratio] = cells;
                    let name = name.to_string();
                    let cells = [name, stat, value, target, verdict, limit, of, ratio];
                    rows.push(Row::Cells(cells));
                }
            }
        }
        rows
    }
}

enum Row {
    Size(&'static str),
    Part(&'static str),
    Cells([String; 8]),
}

/// Columns that are read from the right.
const NUMBERS: [usize; 3] = [2, 6, 7];

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.rows();
        let mut widths = [0; 8];
        for row in &rows {
            if let Row::Cells(cells) = row {
                for (width, cell) in widths.iter_mut().zip(cells) {
                    *width = (*width).max(cell.chars().count());
                }
            }
        }
        for row in &rows {
            match row {
                Row::Size(size) => {
                    let facts = self.facts.iter().find(|(of, _)| of == size);
                    writeln!(f, "\n{size}  {}", facts.map_or("", |(_, facts)| facts))?;
                }
                Row::Part(part) => writeln!(f, "{part}")?,
                Row::Cells(cells) => writeln!(f, "{}", line(cells, &widths).trim_end())?,
            }
        }
        for failure in &self.failures {
            writeln!(f, "NOT MEASURED  {failure}")?;
        }
        let missed = self.sections.iter().flat_map(|section| &section.figures);
        let missed = missed.filter(|figure| figure.is_met() == Some(false));
        writeln!(
            f,
            "\n{} targets missed; {:.1} min",
            missed.count(),
            self.seconds / 60.0
        )
    }
}

fn line(cells: &[String; 8], widths: &[usize; 8]) -> String {
    let mut line = "  ".to_string();
    for (at, (cell, width)) in cells.iter().zip(widths).enumerate() {
        let room = " ".repeat(width - cell.chars().count());
        line += &if NUMBERS.contains(&at) {
            format!("{room}{cell}  ")
        } else {
            format!("{cell}{room}  ")
        };
    }
    line
}
