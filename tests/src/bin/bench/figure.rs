//! One measured value with its target and its limits.

pub use super::unit::Unit;
use serde_json::{Value, json};

/// What a value may be at most.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Target {
    AtMost(f64),
    TimesLimit(f64),
    OverLimit(f64),
}

/// What the same run shows to be possible.
#[derive(Debug, Clone, PartialEq)]
struct Limit {
    name: String,
    value: f64,
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What was measured.
    pub what: String,
    /// `p95`, `max`.
    pub stat: String,
    /// How many were measured.
    count: usize,
    unit: Unit,
    /// The value.
    pub value: f64,
    targets: Vec<Target>,
    limits: Vec<Limit>,
}

impl Figure {
    /// A value that stands alone.
    pub fn new(what: impl Into<String>, stat: &str, unit: Unit, value: f64) -> Self {
        Self {
            what: what.into(),
            stat: stat.to_string(),
            count: 1,
            unit,
            value,
            targets: Vec::new(),
            limits: Vec::new(),
        }
    }

    /// Must not be more than this.
    pub fn at_most(mut self, most: f64) -> Self {
        self.targets.push(Target::AtMost(most));
        self
    }

    /// Must not be more than so many times the first limit.
    pub fn at_most_times(mut self, times: f64) -> Self {
        self.targets.push(Target::TimesLimit(times));
        self
    }

    /// Must not be more than so much over the first limit.
    pub fn at_most_over(mut self, over: f64) -> Self {
        self.targets.push(Target::OverLimit(over));
        self
    }

    /// Stands beside this limit.
    pub fn beside(mut self, name: &str, value: f64) -> Self {
        let name = name.to_string();
        self.limits.push(Limit { name, value });
        self
    }

    /// So many were measured.
    pub const fn of(mut self, count: usize) -> Self {
        self.count = count;
        self
    }

    /// A value in this figure's unit.
    pub fn shown(&self, value: f64) -> String {
        self.unit.shown(value)
    }

    /// Each target in words, with what it allows and whether it is met.
    pub fn verdicts(&self) -> impl Iterator<Item = (String, f64, bool)> {
        self.targets.iter().map(|target| {
            let allowed = self.allowed(*target);
            (self.words(*target), allowed, self.value <= allowed)
        })
    }

    fn allowed(&self, target: Target) -> f64 {
        let limit = self.limits.first().map_or(f64::INFINITY, |l| l.value);
        match target {
            Target::AtMost(most) => most,
            Target::TimesLimit(times) => times * limit,
            Target::OverLimit(over) => over + limit,
        }
    }

    fn words(&self, target: Target) -> String {
        match target {
            Target::AtMost(most) => format!("≤ {}", self.unit.shown(most)),
            Target::TimesLimit(times) => format!("≤ {times} × limit"),
            Target::OverLimit(over) => format!("≤ limit + {}", self.unit.shown(over)),
        }
    }

    /// Lines of the table: statistic, count, value; then target and verdict; then limit, its
    /// value and the ratio. Several targets and limits stand below each other.
    pub fn cells(&self) -> Vec<[String; 8]> {
        let lines = self.targets.len().max(self.limits.len()).max(1);
        let mut cells = vec![<[String; 8]>::default(); lines];
        if let Some([stat, count, value, ..]) = cells.first_mut() {
            stat.clone_from(&self.stat);
            *count = self.count.to_string();
            *value = self.unit.shown(self.value);
        }
        for (line, (target, _, met)) in cells.iter_mut().zip(self.verdicts()) {
            line[3] = target;
            line[4] = if met { "met" } else { "MISSED" }.to_string();
        }
        for (line, limit) in cells.iter_mut().zip(&self.limits) {
            line[5].clone_from(&limit.name);
            line[6] = self.unit.shown(limit.value);
            line[7] = ratio(self.value, limit.value)
                .map_or_else(String::new, |ratio| Unit::Times.shown(ratio));
        }
        cells
    }

    /// For the file.
    pub fn json(&self) -> Value {
        let limits: Vec<Value> = self
            .limits
            .iter()
            .map(|limit| {
                json!({ "name": limit.name, "value": limit.value,
                        "ratio": ratio(self.value, limit.value) })
            })
            .collect();
        let targets: Vec<Value> = self
            .verdicts()
            .map(|(words, most, met)| json!({ "target": words, "most": most, "met": met }))
            .collect();
        json!({
            "what": self.what,
            "stat": self.stat,
            "count": self.count,
            "unit": self.unit.name(),
            "value": self.value,
            "targets": targets,
            "limits": limits,
        })
    }
}

fn ratio(value: f64, limit: f64) -> Option<f64> {
    (limit > 0.0).then(|| value / limit)
}
