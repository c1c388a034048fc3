//! When the desktop says that something has come. It says that, and never what or from whom.

use crate::api::NoticeChoice;
use crate::{Error, Host, Session};
use chrono::{NaiveDateTime, NaiveTime};

/// Between two notices at least, ms: a relay that brings one thing after the other is one piece
/// of news.
const PAUSE_MS: i64 = 30 * 60 * 1000;

const CHOICE: &str = "notices";
const SAID_AT: &str = "notice_said_at";

impl Default for NoticeChoice {
    /// On, outside of office hours quiet: nobody hears anything who neither asks nor follows.
    fn default() -> Self {
        Self {
            on: true,
            from: "17:00".into(),
            to: "08:00".into(),
        }
    }
}

/// What decides whether something is said now.
#[derive(Debug, Clone, Copy)]
struct Now<'a> {
    choice: &'a NoticeChoice,
    /// Something came of which nothing was said.
    unsaid: bool,
    /// In Sweden.
    clock: NaiveDateTime,
    /// Since the last notice, ms; negative when the clock was set back.
    since: Option<i64>,
}

/// Whether something is said now. What comes in quiet hours is said when they are over.
fn is_due(now: &Now<'_>) -> bool {
    let rested = now
        .since
        .is_none_or(|since| !(0..PAUSE_MS).contains(&since));
    now.choice.on && now.unsaid && rested && !is_quiet(now.choice, now.clock.time())
}

/// Whether a time of day is in the quiet hours, which may go over midnight. Without two times
/// that can be read it is never quiet.
fn is_quiet(choice: &NoticeChoice, at: NaiveTime) -> bool {
    let (Some(from), Some(to)) = (time(&choice.from), time(&choice.to)) else {
        return false;
    };
    if from <= to {
        from <= at && at < to
    } else {
        at >= from || at < to
    }
}

/// A time of day, `HH:MM`.
pub(crate) fn time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").ok()
}

impl Session {
    /// What this computer's user has chosen.
    pub(crate) fn notices(&self) -> Result<NoticeChoice, Error> {
        let kept = self.read(|read| Ok(read.setting(CHOICE)?))?;
        let kept = kept.and_then(|kept| serde_json::from_str(&kept).ok());
        Ok(kept.unwrap_or_default())
    }

    pub(crate) fn choose_notices(&self, choice: &NoticeChoice) -> Result<(), Error> {
        let kept = serde_json::to_string(choice).map_err(|_| Error::bug("notices"))?;
        self.write("", move |batch| {
            Ok(batch.private().put_setting(CHOICE, &kept)?)
        })
    }

    /// Whether the desktop has something to say now. Yes is given once for all that came.
    fn take_notice(&self) -> Result<bool, Error> {
        let choice = self.notices()?;
        let (unsaid, said_at) = self.read(|read| {
            let said_at = read.setting(SAID_AT)?.and_then(|at| at.parse().ok());
            Ok((read.has_unsaid_news()?, said_at))
        })?;
        let at = self.world.clock.now_ms();
        let due = is_due(&Now {
            choice: &choice,
            unsaid,
            clock: self.world.local_time(),
            since: said_at.map(|said: i64| at.saturating_sub(said)),
        });
        if due {
            self.write("", move |batch| {
                let private = batch.private();
                private.say_news()?;
                Ok(private.put_setting(SAID_AT, &at.to_string())?)
            })?;
        }
        Ok(due)
    }
}

impl Host {
    /// Whether the desktop should say now that something has come; the shell asks after each
    /// event and once a minute.
    ///
    /// # Errors
    /// Any of the store; a profile that is not open has nothing to say.
    pub fn take_notice(&self) -> Result<bool, Error> {
        match self.session() {
            Ok(session) => session.take_notice(),
            Err(_) => Ok(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Now, PAUSE_MS, is_due, is_quiet, time};
    use crate::api::NoticeChoice;
    use chrono::{NaiveDate, NaiveDateTime};

    fn quiet(from: &str, to: &str) -> NoticeChoice {
        NoticeChoice {
            on: true,
            from: from.into(),
            to: to.into(),
        }
    }

    fn at(clock: &str) -> NaiveDateTime {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        day.and_time(time(clock).expect("a time"))
    }

    fn due_at(choice: &NoticeChoice, clock: &str) -> bool {
        is_due(&Now {
            choice,
            unsaid: true,
            clock: at(clock),
            since: None,
        })
    }

    #[test]
    fn what_comes_in_the_quiet_hours_is_said_when_they_are_over() {
        let night = quiet("17:00", "08:00");
        for (clock, due) in [
            ("07:59", false),
            ("08:00", true),
            ("16:59", true),
            ("17:00", false),
            ("23:30", false),
            ("00:00", false),
        ] {
            assert_eq!(due_at(&night, clock), due, "{clock}");
        }
    }

    #[test]
    fn quiet_hours_may_lie_within_a_day_or_not_be_there_at_all() {
        let lunch = quiet("11:30", "12:30");
        assert!(due_at(&lunch, "11:29") && due_at(&lunch, "12:30"));
        assert!(!due_at(&lunch, "12:00"));
        for never in [quiet("08:00", "08:00"), quiet("", ""), quiet("25:00", "7")] {
            assert!(!is_quiet(&never, at("03:00").time()), "{never:?}");
        }
    }

    #[test]
    fn nothing_is_said_without_news_or_when_it_is_turned_off() {
        let choice = quiet("17:00", "08:00");
        let noon = Now {
            choice: &choice,
            unsaid: true,
            clock: at("12:00"),
            since: None,
        };
        assert!(is_due(&noon));
        assert!(!is_due(&Now {
            unsaid: false,
            ..noon
        }));
        let off = NoticeChoice {
            on: false,
            ..choice.clone()
        };
        assert!(!is_due(&Now {
            choice: &off,
            ..noon
        }));
    }

    #[test]
    fn one_notice_is_followed_by_a_pause_and_a_clock_that_was_set_back_ends_it() {
        let choice = quiet("17:00", "08:00");
        let after = |since| {
            is_due(&Now {
                choice: &choice,
                unsaid: true,
                clock: at("12:00"),
                since: Some(since),
            })
        };
        assert!(!after(0) && !after(PAUSE_MS - 1));
        assert!(after(PAUSE_MS) && after(-1));
    }
}
