//! *Det här behöver dig*: what only a decision maker can do, on one page (need N47).

use super::own_municipality;
use crate::api::{Need, NeedsYou, OwnMunicipality, ThinArea};
use crate::command::Nothing;
use crate::command::asking::proposals;
use crate::command::questions::asked_of_me;
use crate::{Error, Session};
use std::collections::BTreeSet;
use std::mem::{Discriminant, discriminant};

/// Lines of the page. An overloaded chief reads seven, and a page on the wall holds them.
const LINES_MAX: usize = 7;

pub(crate) fn needs_you(session: &Session, _: Nothing) -> Result<NeedsYou, Error> {
    let page = own_municipality(session, Nothing {})?;
    let municipality = page.municipality.clone();
    let asked = session.read(|read| {
        let me = session.me();
        let proposed = me.map(|me| proposals(session, &read, &me)).transpose()?;
        Ok(!asked_of_me(session, read)?.is_empty() || proposed.is_some_and(|all| !all.is_empty()))
    })?;
    let all = needs(page, asked);
    Ok(NeedsYou {
        municipality,
        more: all.len() > LINES_MAX,
        lines: chosen(all, LINES_MAX),
    })
}

/// Everything, in order of urgency: where a colleague runs into nobody today; where one illness
/// would leave nobody who may act; what has no owner; what grows old; what can be learnt in
/// time; what waits for the reader herself, which the start page tells her too.
fn needs(page: OwnMunicipality, asked: bool) -> Vec<Need> {
    let mut all: Vec<Need> = page.leaving.into_iter().map(Need::Leaving).collect();
    all.extend(page.few_admins.then_some(Need::FewAdmins));
    all.extend(page.unheld.into_iter().map(Need::Unheld));
    all.extend(page.unowned.into_iter().map(Need::Unowned));
    let overdue = page.reviews.into_iter().filter(|card| card.overdue);
    all.extend(overdue.map(Need::Overdue));
    let nobody = |of: &ThinArea| of.here.is_none() && of.ask.is_none();
    let nobodys = page.thin.into_iter().filter(nobody);
    all.extend(nobodys.map(|of| Need::Nobody { area: of.area }));
    all.extend(asked.then_some(Need::Asked));
    all
}

/// So many lines, as urgent as they were. One of each sort stands there before a second of any:
/// eight cards without an owner hide no colleague's last day.
pub(in crate::command) fn chosen<T>(all: Vec<T>, most: usize) -> Vec<T> {
    let mut sorts: Vec<Discriminant<T>> = Vec::new();
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for (at, need) in all.iter().enumerate() {
        let sort = discriminant(need);
        if sorts.contains(&sort) {
            rest.push(at);
        } else {
            sorts.push(sort);
            first.push(at);
        }
    }
    let kept: BTreeSet<usize> = first.into_iter().chain(rest).take(most).collect();
    let lines = all.into_iter().enumerate();
    lines
        .filter(|(at, _)| kept.contains(at))
        .map(|(_, need)| need)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{LINES_MAX, chosen, needs};
    use crate::api::{
        Leaving, LeavingRow, Named, Need, OwnCard, OwnMunicipality, ThinArea, UnheldArea,
    };

    fn named(title: &str) -> Named {
        Named {
            key: format!("area:{title}"),
            title: title.to_string(),
        }
    }

    fn card(title: &str, overdue: bool) -> OwnCard {
        OwnCard {
            card: named(title),
            owner_role: None,
            review_on: None,
            overdue,
        }
    }

    fn area(title: &str) -> UnheldArea {
        UnheldArea {
            area: named(title),
            holding: None,
        }
    }

    fn thin(title: &str, here: Option<&str>) -> ThinArea {
        ThinArea {
            area: named(title),
            here: here.map(named),
            ask: None,
        }
    }

    fn leaving(title: &str) -> LeavingRow {
        LeavingRow {
            member: named(title),
            leaving: Leaving::Archived,
            until: None,
            held: Vec::new(),
        }
    }

    /// Each sort and its name.
    fn words(all: &[Need]) -> Vec<String> {
        let word = |need: &Need| match need {
            Need::Leaving(row) => format!("leaving {}", row.member.title),
            Need::FewAdmins => "admins".to_string(),
            Need::Unheld(row) => format!("unheld {}", row.area.title),
            Need::Unowned(row) => format!("unowned {}", row.card.title),
            Need::Overdue(row) => format!("overdue {}", row.card.title),
            Need::Nobody { area } => format!("nobody {}", area.title),
            Need::Asked => "asked".to_string(),
        };
        all.iter().map(word).collect()
    }

    fn everything() -> OwnMunicipality {
        OwnMunicipality {
            few_admins: true,
            leaving: vec![leaving("Anna"), leaving("Bo")],
            unheld: vec![area("LVM"), area("spel")],
            unowned: vec![card("ett", false), card("två", false)],
            reviews: vec![card("gammalt", true), card("snart", false)],
            thin: vec![
                thin("medling", None),
                thin("adoption", Some("Maja")),
                thin("våld", None),
            ],
            ..OwnMunicipality::default()
        }
    }

    #[test]
    fn what_needs_a_decision_stands_in_order_of_urgency_and_nothing_else_does() {
        let all = [
            "leaving Anna",
            "leaving Bo",
            "admins",
            "unheld LVM",
            "unheld spel",
            "unowned ett",
            "unowned två",
            "overdue gammalt",
            "nobody medling",
            "nobody våld",
            "asked",
        ];
        assert_eq!(words(&needs(everything(), true)), all);
        assert!(needs(OwnMunicipality::default(), false).is_empty());
    }

    #[test]
    fn seven_lines_hold_one_of_each_sort_and_stay_in_order() {
        let seven = [
            "leaving Anna",
            "admins",
            "unheld LVM",
            "unowned ett",
            "overdue gammalt",
            "nobody medling",
            "asked",
        ];
        assert_eq!(words(&chosen(needs(everything(), true), LINES_MAX)), seven);
    }

    #[test]
    fn what_is_left_of_seven_lines_goes_to_the_most_urgent_that_there_are_more_of() {
        let page = OwnMunicipality {
            leaving: Vec::new(),
            few_admins: false,
            unowned: (1..=9).map(|n| card(&n.to_string(), false)).collect(),
            ..everything()
        };
        let lines = chosen(needs(page, false), LINES_MAX);
        let seven = [
            "unheld LVM",
            "unheld spel",
            "unowned 1",
            "unowned 2",
            "unowned 3",
            "overdue gammalt",
            "nobody medling",
        ];
        assert_eq!(words(&lines), seven);
        assert_eq!(lines.len(), LINES_MAX);
    }

    #[test]
    fn seven_or_fewer_are_all_there() {
        let page = OwnMunicipality {
            unowned: (1..=7).map(|n| card(&n.to_string(), false)).collect(),
            ..OwnMunicipality::default()
        };
        let all = needs(page, false);
        assert_eq!(chosen(all.clone(), LINES_MAX), all);
    }
}
