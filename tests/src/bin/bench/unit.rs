//! How values are counted and written.

/// What a value is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Milliseconds.
    Ms,
    /// Seconds.
    Seconds,
    /// Thousands of bytes.
    Kilobytes,
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

    /// For the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ms => "ms",
            Self::Seconds => "s",
            Self::Kilobytes => "kB",
            Self::Megabytes => "MB",
            Self::Times => "times",
        }
    }
}
