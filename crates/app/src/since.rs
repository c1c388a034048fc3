//! When this window was last looked at, and what others wrote since. Both are private to this
//! computer: a day is kept here, and is in no entry, no backup and no answer to anybody else.
//!
//! The clock may be wrong. One that was ahead is found out when it is behind the day that it
//! gave; one that was behind is not believed about how long somebody was away.

use crate::Error;
use chrono::NaiveDate;
use radrum_domain::{Heads, ItemKey, Kind};
use radrum_store::{Read, Tx};
use serde::{Deserialize, Serialize};

/// Setting: a [`Looked`] as JSON.
const LOOKED: &str = "looked";

/// Who was away for so many days is told what happened (need N50).
const AWAY_DAYS: i64 = 14;

/// What can be told of.
const KINDS: [Kind; 14] = [
    Kind::Question,
    Kind::Answer,
    Kind::Playbook,
    Kind::Variant,
    Kind::Deviation,
    Kind::Note,
    Kind::Resource,
    Kind::ExternalContact,
    Kind::Bulletin,
    Kind::Member,
    Kind::Office,
    Kind::Responsibility,
    Kind::Introduction,
    Kind::Proposal,
];

/// The days on which this window was looked at, as far as they must be known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Looked {
    /// The latest day that the clock has told.
    latest: Option<NaiveDate>,
    /// The day of the last look, when the clock told an earlier one than that.
    behind: Option<NaiveDate>,
    away: Option<Away>,
}

/// Weeks without a look, until the reader has put away what she is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Away {
    /// The day of the look before.
    from: NaiveDate,
    /// The day on which she came back.
    to: NaiveDate,
    /// The day on which she put away what had come by then. What comes later that day, while the
    /// roads still bring what she missed, is told too.
    #[serde(default)]
    read: Option<NaiveDate>,
}

impl Looked {
    /// As it is kept; what cannot be read counts as never.
    pub fn of(read: &Read<'_>) -> Result<Self, Error> {
        let kept = read.setting(LOOKED)?;
        let kept = kept.and_then(|kept| serde_json::from_str(&kept).ok());
        Ok(kept.unwrap_or_default())
    }

    /// A look on a day.
    pub fn look(self, today: NaiveDate) -> Self {
        let is_behind = self.latest.is_some_and(|latest| today < latest);
        let last = if is_behind { self.behind } else { self.latest };
        let away = match self.away {
            // She has read, on another day than this.
            Some(away) if away.read.is_some_and(|read| read != today) => None,
            // The clock had been ahead when she seemed to come back.
            Some(away) if today < away.to => Some(Away { to: today, ..away }),
            Some(away) => Some(away),
            None => last.map(|from| Away {
                from,
                to: today,
                read: None,
            }),
        };
        let (latest, behind) = if is_behind {
            (self.latest, Some(today))
        } else {
            (Some(today), None)
        };
        Self {
            latest,
            behind,
            away: away.filter(|away| (away.to - away.from).num_days() >= AWAY_DAYS),
        }
    }

    /// Whole weeks since the look before she was away; none when she was not.
    pub fn weeks(&self, today: NaiveDate) -> Option<u32> {
        let from = self.away?.from;
        let days = (today - from).num_days().max(AWAY_DAYS);
        u32::try_from(days / 7).ok()
    }

    /// Whether what others wrote is kept for her.
    pub const fn is_back(&self) -> bool {
        self.away.is_some()
    }
}

/// Notes what came by a road, with what it stood on before.
///
/// # Errors
/// Any of the store.
pub(crate) fn note(tx: &Tx<'_>, came: &[(ItemKey, Option<Heads>)]) -> Result<(), Error> {
    for (key, before) in came.iter().filter(|(key, _)| KINDS.contains(&key.kind())) {
        tx.put_since(key, before.as_ref())?;
    }
    Ok(())
}

/// The reader looks. What came before is forgotten, unless she was away.
///
/// # Errors
/// Any of the store.
pub(crate) fn look(tx: &Tx<'_>, today: NaiveDate) -> Result<(), Error> {
    let looked = Looked::of(&tx.read())?.look(today);
    if !looked.is_back() {
        tx.clear_since(i64::MAX)?;
    }
    keep(tx, &looked)
}

/// The reader has read what had happened up to a place of arrival.
///
/// # Errors
/// Any of the store.
pub(crate) fn put_away(tx: &Tx<'_>, to: i64, today: NaiveDate) -> Result<(), Error> {
    let mut looked = Looked::of(&tx.read())?.look(today);
    tx.clear_since(to)?;
    if let Some(away) = &mut looked.away {
        away.read = Some(today);
    }
    keep(tx, &looked)
}

fn keep(tx: &Tx<'_>, looked: &Looked) -> Result<(), Error> {
    let kept = serde_json::to_string(looked).map_err(|_| Error::bug("looked"))?;
    Ok(tx.put_setting(LOOKED, &kept)?)
}

#[cfg(test)]
mod tests {
    use super::Looked;
    use chrono::NaiveDate;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    /// Weeks that are told on the last of some days on which she looks.
    fn told(days: &[&str]) -> Option<u32> {
        let looks = days.iter().map(|text| day(text));
        let looked = looks.fold(Looked::default(), Looked::look);
        looked.weeks(day(days[days.len() - 1]))
    }

    #[test]
    fn two_weeks_without_a_look_are_an_absence_and_thirteen_days_are_none() {
        assert_eq!(told(&["2026-11-02"]), None, "the first look of all");
        assert_eq!(told(&["2026-11-02", "2026-11-15"]), None);
        assert_eq!(told(&["2026-11-02", "2026-11-16"]), Some(2));
        assert_eq!(told(&["2026-08-20", "2026-11-20"]), Some(13));
    }

    #[test]
    fn an_absence_lasts_until_it_is_put_away_however_often_she_looks() {
        let looks = ["2026-11-02", "2026-11-23", "2026-11-24", "2026-12-07"];
        assert_eq!(told(&looks), Some(5));
    }

    #[test]
    fn what_comes_on_the_day_on_which_she_has_read_is_told_and_the_absence_ends_with_it() {
        let mut looked = ["2026-08-20", "2026-11-20"]
            .iter()
            .fold(Looked::default(), |looked, of| looked.look(day(of)));
        let away = looked.away.as_mut().expect("an absence");
        away.read = Some(day("2026-11-20"));
        assert!(looked.look(day("2026-11-20")).is_back());
        assert!(!looked.look(day("2026-11-21")).is_back());
        assert!(!looked.look(day("2026-11-19")).is_back(), "set back");
    }

    #[test]
    fn a_clock_that_was_set_back_makes_no_absence_when_it_is_right_again() {
        assert_eq!(told(&["2026-11-20", "2020-01-01"]), None);
        assert_eq!(told(&["2026-11-20", "2020-01-01", "2026-11-21"]), None);
        let away = ["2026-11-20", "2020-01-01", "2026-12-11"];
        assert_eq!(told(&away), Some(3));
    }

    #[test]
    fn a_clock_that_was_ahead_makes_an_absence_that_ends_when_it_is_right_again() {
        assert_eq!(told(&["2026-11-20", "2036-01-01", "2026-11-21"]), None);
        let away = ["2026-11-20", "2036-01-01", "2026-11-21", "2026-12-20"];
        assert_eq!(told(&away), Some(4), "though the clock is still behind");
        assert_eq!(told(&["2026-11-20", "2036-01-01", "2026-12-20"]), Some(4));
    }
}
