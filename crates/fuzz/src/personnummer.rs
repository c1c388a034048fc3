//! The personal-data guard.

use radrum_swedish::guard::{Byline, Context, Day, Field, Finding, check};

const TODAY: Day = Day {
    year: 2026,
    month: 11,
    day: 22,
};

/// A published test number, as a paragraph of its own.
const NUMBER: &str = "19811218-9876";

pub(crate) fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for field in [Field::Text, Field::Reference, Field::Contact] {
        in_bounds(&text, field);
    }
    let with = format!("{text}\n\nHennes nummer är {NUMBER} enligt\n\n{text}");
    let at = with.rfind(NUMBER).into_iter().chain(with.find(NUMBER));
    let hits = check(&with, &context(Field::Text, Byline::Named));
    let meets = |at: usize| {
        let mut of = hits
            .iter()
            .filter(|hit| hit.finding == Finding::PersonalNumber);
        of.any(|hit| hit.range.start <= at && at < hit.range.end)
    };
    assert!(at.into_iter().any(meets), "a number is never hidden");
}

const fn context(field: Field, byline: Byline) -> Context {
    Context {
        field,
        byline,
        today: TODAY,
    }
}

/// Places are on borders of characters, in order; without a name no level is lower.
fn in_bounds(text: &str, field: Field) {
    let named = check(text, &context(field, Byline::Named));
    let nobodys = check(text, &context(field, Byline::Anonymous));
    if field == Field::Text {
        let again = check(text, &context(field, Byline::Named));
        assert_eq!(named, again, "the same twice");
    }
    assert_eq!(named.len(), nobodys.len());
    let highest = |hits: &[radrum_swedish::guard::Hit]| hits.iter().map(|hit| hit.level).max();
    assert!(highest(&nobodys) >= highest(&named));
    for hit in &named {
        assert!(
            text.get(hit.range.clone())
                .is_some_and(|part| !part.is_empty())
        );
        for part in &hit.rewording {
            assert!(text.get(part.range.clone()).is_some());
        }
    }
    assert!(
        named
            .windows(2)
            .all(|two| two[0].range.start <= two[1].range.start)
    );
}
