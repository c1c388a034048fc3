//! One measured value with its target and its limits.

use serde_json::{Value, json};

/// What a value is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Milliseconds.
    Ms,
    /// Seconds.
    Seconds,
    /// Millions of bytes.
    Megabytes,
    /// Times another value.
    Times,
}

impl Unit {
    /// A value as it is read.
    pub fn shown(self, value: f64) -> String {
        let number = match value.abs() {
            v if v < 9.995 => format!("{value:.2}"),
            v if v < 99.95 => format!("{value:.1}"),
            _ => format!("{value:.0}"),
        };
        match self {
            Self::Times => format!("{number}×"),
            unit => format!("{number} {}", unit.name()),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Ms => "ms",
            Self::Seconds => "s",
            Self::Megabytes => "MB",
            Self::Times => "times",
        }
    }
}

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

    /// Whether all targets are met; none when there is none.
    pub fn is_met(&self) -> Option<bool> {
        (!self.targets.is_empty()).then(|| {
            self.targets
                .iter()
                .all(|target| self.value <= self.allowed(*target))
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

    fn target_shown(&self) -> String {
        let one = |target: &Target| match *target {
            Target::AtMost(most) => format!("≤ {}", self.unit.shown(most)),
            Target::TimesLimit(times) => format!("≤ {times} × limit"),
            Target::OverLimit(over) => format!("≤ limit + {}", self.unit.shown(over)),
        };
        let all: Vec<String> = self.targets.iter().map(one).collect();
        all.join(", ")
    }

    /// Lines of the table: statistic, value, target, verdict, limit, its value, ratio.
    pub fn cells(&self) -> Vec<[String; 7]> {
        let mut lines = vec![[
            self.stat.clone(),
            self.unit.shown(self.value),
            self.target_shown(),
            self.is_met()
                .map_or("", |met| if met { "met" } else { "MISSED" })
                .to_string(),
            String::new(),
            String::new(),
            String::new(),
        ]];
        for (at, limit) in self.limits.iter().enumerate() {
            if at > 0 {
                lines.push(Default::default());
            }
            if let Some(line) = lines.last_mut() {
                line[4].clone_from(&limit.name);
                line[5] = self.unit.shown(limit.value);
                line[6] = ratio(self.value, limit.value)
                    .map_or_else(String::new, |ratio| Unit::Times.shown(ratio));
            }
        }
        lines
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
        json!({
            "what": self.what,
            "stat": self.stat,
            "unit": self.unit.name(),
            "value": self.value,
            "target": self.target_shown(),
            "met": self.is_met(),
            "limits": limits,
        })
    }
}

fn ratio(value: f64, limit: f64) -> Option<f64> {
    (limit > 0.0).then(|| value / limit)
}
