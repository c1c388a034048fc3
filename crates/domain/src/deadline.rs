//! Lengths of time in law, and the day on which one ends.
//!
//! Counted in calendar days. The date is never moved: whether a weekend moves a statutory
//! date is unsettled for the shortest of them, so the page names the weekend and the person
//! decides (domain.md 1.17; house.md section 5, Time).

use chrono::{Days, Months, NaiveDate};
use std::fmt;
use std::str::FromStr;

/// A length of time as a card writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Without any delay.
    AtOnce,
    /// Before the day is over.
    SameDay,
    /// At the latest the day after.
    DayAfter,
    /// So many days.
    Days(u32),
    /// So many weeks.
    Weeks(u32),
    /// So many calendar months.
    Months(u32),
}

/// Most units that make sense; also keeps the arithmetic inside the calendar.
const UNITS_MAX: u32 = 600;

/// Text that is no length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a length of time")]
pub struct NotALength;

impl FromStr for Length {
    type Err = NotALength;

    fn from_str(text: &str) -> Result<Self, NotALength> {
        match text {
            "at_once" => return Ok(Self::AtOnce),
            "same_day" => return Ok(Self::SameDay),
            "day_after" => return Ok(Self::DayAfter),
            _ => {}
        }
        let (count, unit) = text.split_once(' ').ok_or(NotALength)?;
        let count: u32 = count.parse().map_err(|_| NotALength)?;
        if count == 0 || count > UNITS_MAX {
            return Err(NotALength);
        }
        match unit {
            "days" => Ok(Self::Days(count)),
            "weeks" => Ok(Self::Weeks(count)),
            "months" => Ok(Self::Months(count)),
            _ => Err(NotALength),
        }
    }
}

impl fmt::Display for Length {
    /// In Swedish, as the card shows it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = |f: &mut fmt::Formatter<'_>, n: u32, one: &str, many: &str| {
            if n == 1 {
                write!(f, "inom {one}")
            } else {
                write!(f, "inom {n} {many}")
            }
        };
        match *self {
            Self::AtOnce => f.write_str("genast"),
            Self::SameDay => f.write_str("samma dag"),
            Self::DayAfter => f.write_str("senast dagen efter"),
            Self::Days(n) => counted(f, n, "en dag", "dagar"),
            Self::Weeks(n) => counted(f, n, "en vecka", "veckor"),
            Self::Months(n) if n >= 24 && n % 12 == 0 => write!(f, "inom {} år", n / 12),
            Self::Months(12) => f.write_str("inom ett år"),
            Self::Months(n) => counted(f, n, "en månad", "månader"),
        }
    }
}

/// The last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// When it must be done at the latest.
    pub on: NaiveDate,
}

/// Counts from the day of the event. Four months from 31 October is 28 February.
#[must_use]
pub fn due(start: NaiveDate, length: Length) -> Option<Due> {
    let on = match length {
        Length::AtOnce | Length::SameDay => Some(start),
        Length::DayAfter => start.checked_add_days(Days::new(1)),
        Length::Days(n) => start.checked_add_days(Days::new(n.into())),
        Length::Weeks(n) => start.checked_add_days(Days::new(u64::from(n) * 7)),
        Length::Months(n) => start.checked_add_months(Months::new(n)),
    };
    on.map(|on| Due { on })
}

#[cfg(test)]
mod tests {
    use super::{Length, due};
    use chrono::NaiveDate;

    fn after(start: &str, length: &str) -> String {
        let start: NaiveDate = start.parse().expect("date");
        due(start, length.parse::<Length>().expect("length"))
            .expect("in range")
            .on
            .to_string()
    }

    #[test]
    fn a_month_ends_on_the_last_day_that_exists() {
        assert_eq!(after("2026-10-31", "4 months"), "2027-02-28");
        assert_eq!(after("2027-10-31", "4 months"), "2028-02-29");
    }

    #[test]
    fn weeks_and_days_are_calendar_days() {
        assert_eq!(after("2026-12-24", "1 weeks"), "2026-12-31");
        assert_eq!(after("2026-11-20", "14 days"), "2026-12-04");
        assert_eq!(after("2026-12-31", "day_after"), "2027-01-01");
        assert_eq!(after("2026-12-31", "at_once"), "2026-12-31");
    }

    #[test]
    fn what_is_no_length_is_refused() {
        for text in [
            "",
            "4",
            "4 år",
            "0 days",
            "99999 days",
            "-1 weeks",
            "four weeks",
        ] {
            assert!(text.parse::<Length>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_length_reads_as_swedish() {
        for (text, words) in [
            ("1 weeks", "inom en vecka"),
            ("14 days", "inom 14 dagar"),
            ("36 months", "inom 3 år"),
            ("12 months", "inom ett år"),
            ("day_after", "senast dagen efter"),
        ] {
            assert_eq!(text.parse::<Length>().expect("length").to_string(), words);
        }
    }
}
