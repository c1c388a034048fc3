//! Run-length columns, read value by value: a run of ten million costs what a run of one
//! costs until somebody asks for its values.
//!
//! Only the form that automerge writes is read, so that equal columns have equal bytes: no
//! run of one, no two runs that could be one, no column of nulls alone.

use super::Refusal;
use super::input::Input;
use std::cmp::Ordering;

/// What a run-length column may hold.
pub(super) trait Cell<'a>: Copy + PartialEq {
    fn read(input: &mut Input<'a>) -> Result<Self, Refusal>;
}

impl Cell<'_> for u64 {
    fn read(input: &mut Input<'_>) -> Result<Self, Refusal> {
        input.u64()
    }
}

impl Cell<'_> for i64 {
    fn read(input: &mut Input<'_>) -> Result<Self, Refusal> {
        input.i64()
    }
}

impl<'a> Cell<'a> for &'a str {
    fn read(input: &mut Input<'a>) -> Result<Self, Refusal> {
        std::str::from_utf8(input.prefixed()?).map_err(|_| Refusal::Malformed)
    }
}

#[derive(Clone, Copy)]
enum Run<V> {
    Before,
    Nulls,
    Same(V),
    /// Different values; the last one that was read, or that stood before.
    Literal(Option<V>),
}

/// A column of optional values. An absent column reads as nulls for ever.
pub(super) struct Runs<'a, V> {
    input: Input<'a>,
    absent: bool,
    run: Run<V>,
    left: u64,
    only_nulls: bool,
}

impl<'a, V: Cell<'a>> Runs<'a, V> {
    pub const fn new(column: &'a [u8]) -> Self {
        Self {
            input: Input(column),
            absent: column.is_empty(),
            run: Run::Before,
            left: 0,
            only_nulls: true,
        }
    }

    /// The next value, or null.
    pub fn next(&mut self) -> Result<Option<V>, Refusal> {
        if self.absent {
            return Ok(None);
        }
        if self.left == 0 {
            self.begin()?;
        }
        self.left -= 1;
        match self.run {
            Run::Before | Run::Nulls => Ok(None),
            Run::Same(value) => Ok(Some(value)),
            Run::Literal(before) => {
                let value = V::read(&mut self.input)?;
                if before == Some(value) {
                    return Err(Refusal::NotCanonical);
                }
                self.run = Run::Literal(Some(value));
                Ok(Some(value))
            }
        }
    }

    /// Reads the head of a run.
    fn begin(&mut self) -> Result<(), Refusal> {
        let head = self.input.i64()?;
        let last = match self.run {
            Run::Same(value) => Some(value),
            Run::Literal(value) => value,
            Run::Before | Run::Nulls => None,
        };
        self.run = match head.cmp(&0) {
            Ordering::Greater => {
                let value = V::read(&mut self.input)?;
                if head == 1 || last == Some(value) {
                    return Err(Refusal::NotCanonical);
                }
                self.only_nulls = false;
                Run::Same(value)
            }
            Ordering::Less => {
                if matches!(self.run, Run::Literal(_)) {
                    return Err(Refusal::NotCanonical);
                }
                self.only_nulls = false;
                Run::Literal(last)
            }
            Ordering::Equal => {
                if matches!(self.run, Run::Nulls) {
                    return Err(Refusal::NotCanonical);
                }
                Run::Nulls
            }
        };
        self.left = match head {
            0 => self.input.u64()?,
            head => head.unsigned_abs(),
        };
        if self.left == 0 {
            return Err(Refusal::NotCanonical);
        }
        Ok(())
    }

    /// How many values the column holds, without expanding runs.
    ///
    /// [`Refusal::TooManyOps`] as soon as the sum passes `max`.
    pub fn count(column: &'a [u8], max: u64) -> Result<u64, Refusal> {
        let mut runs = Self::new(column);
        let mut sum = 0_u64;
        while !runs.input.is_empty() {
            runs.begin()?;
            sum = sum
                .checked_add(runs.left)
                .filter(|sum| *sum <= max)
                .ok_or(Refusal::TooManyOps)?;
            // Literal values must be stepped over; they are at most `max` and have bytes each.
            while runs.left > 0 && matches!(runs.run, Run::Literal(_)) {
                runs.next()?;
            }
            runs.left = 0;
        }
        Ok(sum)
    }

    /// Every value was asked for, and nothing is left over.
    pub fn finish(self) -> Result<(), Refusal> {
        if !self.input.is_empty() || self.left != 0 {
            Err(Refusal::Malformed)
        } else if self.only_nulls && !self.absent {
            Err(Refusal::NotCanonical)
        } else {
            Ok(())
        }
    }
}

/// A column of numbers written as differences.
pub(super) struct Deltas<'a> {
    runs: Runs<'a, i64>,
    sum: i64,
}

impl<'a> Deltas<'a> {
    pub const fn new(column: &'a [u8]) -> Self {
        Self {
            runs: Runs::new(column),
            sum: 0,
        }
    }

    pub fn next(&mut self) -> Result<Option<u64>, Refusal> {
        let Some(step) = self.runs.next()? else {
            return Ok(None);
        };
        self.sum = self.sum.checked_add(step).ok_or(Refusal::Malformed)?;
        u64::try_from(self.sum)
            .map(Some)
            .map_err(|_| Refusal::Malformed)
    }

    pub fn finish(self) -> Result<(), Refusal> {
        self.runs.finish()
    }
}

/// A column of flags: how many no, how many yes, how many no …
pub(super) struct Flags<'a> {
    input: Input<'a>,
    value: bool,
    left: u64,
    begun: bool,
}

impl<'a> Flags<'a> {
    pub const fn new(column: &'a [u8]) -> Self {
        Self {
            input: Input(column),
            value: true,
            left: 0,
            begun: false,
        }
    }

    pub fn next(&mut self) -> Result<bool, Refusal> {
        while self.left == 0 {
            self.left = self.input.u64()?;
            self.value = !self.value;
            // Only the first run, of no, may be empty.
            if self.left == 0 && self.begun {
                return Err(Refusal::NotCanonical);
            }
            self.begun = true;
        }
        self.left -= 1;
        Ok(self.value)
    }

    pub const fn finish(self) -> Result<(), Refusal> {
        if self.input.is_empty() && self.left == 0 {
            Ok(())
        } else {
            Err(Refusal::Malformed)
        }
    }
}
