//! The report as it is read.

use super::report::Report;
use std::fmt;

const HEAD: [&str; 9] = [
    "what",
    "stat",
    "n",
    "measured",
    "target",
    "met?",
    "limit of the same run",
    "limit",
    "ratio",
];

/// Columns that are read from the right.
const NUMBERS: [usize; 4] = [2, 3, 7, 8];

enum Row<'a> {
    Size(&'a str),
    Part(&'a str, f64),
    Cells([String; 9]),
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = rows(self);
        let mut widths = [0; 9];
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
                Row::Part(part, seconds) => writeln!(f, "{part} ({seconds:.0} s)")?,
                Row::Cells(cells) => writeln!(f, "{}", line(cells, &widths).trim_end())?,
            }
        }
        writeln!(f)?;
        for note in &self.notes {
            writeln!(f, "note: {note}")?;
        }
        for failure in &self.failures {
            writeln!(f, "NOT MEASURED: {failure}")?;
        }
        verdict(self, f)
    }
}

fn rows(report: &Report) -> Vec<Row<'_>> {
    let mut rows = vec![Row::Cells(HEAD.map(String::from))];
    let mut size = "";
    for section in &report.sections {
        if section.size != size {
            size = section.size;
            rows.push(Row::Size(size));
        }
        rows.push(Row::Part(section.part, section.seconds));
        let mut what = "";
        for figure in &section.figures {
            for cells in figure.cells() {
                let repeated = figure.what == what;
                let name = if repeated { "" } else { &figure.what };
                what = &figure.what;
                let [stat, count, value, target, met, limit, of, ratio] = cells;
                let name = name.to_string();
                let cells = [name, stat, count, value, target, met, limit, of, ratio];
                rows.push(Row::Cells(cells));
            }
        }
    }
    rows
}

fn line(cells: &[String; 9], widths: &[usize; 9]) -> String {
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

/// What is missed once more, so that nobody has to look for it.
fn verdict(report: &Report, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (mut targets, mut missed) = (0, Vec::new());
    for section in &report.sections {
        for figure in &section.figures {
            for (words, allowed, met) in figure.verdicts() {
                targets += 1;
                if !met {
                    let (value, allowed) = (figure.shown(figure.value), figure.shown(allowed));
                    missed.push(format!(
                        "{} {}: {}, {}: {value}, target {words} ({allowed})",
                        section.size, section.part, figure.what, figure.stat
                    ));
                }
            }
        }
    }
    let minutes = report.seconds / 60.0;
    writeln!(
        f,
        "\n{} of {targets} targets met; {minutes:.1} min",
        targets - missed.len()
    )?;
    for one in missed {
        writeln!(f, "MISSED  {one}")?;
    }
    Ok(())
}
