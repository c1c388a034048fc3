//! Days on which Swedish courts and offices are closed.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::Serialize;
use ts_rs::TS;

/// Why a day is no working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DayRemark {
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
    /// A public holiday, or an eve that the law treats as one.
    Holiday,
}

/// The remark for a day, if there is one.
#[must_use]
pub fn remark(day: NaiveDate) -> Option<DayRemark> {
    if is_holiday(day) {
        return Some(DayRemark::Holiday);
    }
    match day.weekday() {
        Weekday::Sat => Some(DayRemark::Saturday),
        Weekday::Sun => Some(DayRemark::Sunday),
        _ => None,
    }
}

/// Lag 1989:253 om allmänna helgdagar, and the eves that lag 1930:173 treats alike:
/// midsummer, Christmas and New Year's Eve.
fn is_holiday(day: NaiveDate) -> bool {
    let fixed = matches!(
        (day.month(), day.day()),
        (1, 1 | 6) | (5, 1) | (6, 6) | (12, 24 | 25 | 26 | 31)
    );
    // Good Friday, Easter Sunday and Monday, Ascension, Whit Sunday.
    let moving = easter(day.year()).is_some_and(|easter| {
        let days = day.signed_duration_since(easter).num_days();
        matches!(days, -2 | 0 | 1 | 39 | 49)
    });
    fixed || moving || is_midsummer(day) || is_all_saints(day)
}

/// Midsummer Day is the Saturday from 20 to 26 June; its eve counts as a holiday.
fn is_midsummer(day: NaiveDate) -> bool {
    let saturday = |d: NaiveDate| {
        d.month() == 6 && (20..=26).contains(&d.day()) && d.weekday() == Weekday::Sat
    };
    saturday(day) || day.checked_add_days(Days::new(1)).is_some_and(saturday)
}

/// The Saturday from 31 October to 6 November.
fn is_all_saints(day: NaiveDate) -> bool {
    let in_span = (day.month() == 10 && day.day() == 31) || (day.month() == 11 && day.day() <= 6);
    in_span && day.weekday() == Weekday::Sat
}

/// Easter Sunday in the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::{DayRemark, easter, remark};
    use chrono::NaiveDate;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("date")
    }

    #[test]
    fn easter_falls_where_the_almanac_has_it() {
        for (year, sunday) in [
            (2024, "2024-03-31"),
            (2025, "2025-04-20"),
            (2026, "2026-04-05"),
            (2027, "2027-03-28"),
            (2038, "2038-04-25"),
        ] {
            assert_eq!(easter(year), Some(day(sunday)));
        }
    }

    #[test]
    fn holidays_and_weekends_are_named() {
        for holiday in [
            "2026-04-03",
            "2026-05-14",
            "2026-06-19",
            "2026-06-20",
            "2026-10-31",
            "2026-12-24",
        ] {
            assert_eq!(remark(day(holiday)), Some(DayRemark::Holiday), "{holiday}");
        }
        assert_eq!(remark(day("2026-11-21")), Some(DayRemark::Saturday));
        assert_eq!(remark(day("2026-11-22")), Some(DayRemark::Sunday));
        assert_eq!(remark(day("2026-11-23")), None);
    }
}
