//! The personal-data guard at the door of saving: `radrum_swedish::guard` reads each text that an
//! edit brings, and what it finds is refused or asked about before anything is written. All that
//! is ever shared has gone through this door. Hits are never logged and never kept.

mod field;
mod known;

use crate::api::{Accepted, Because, GuardFinding, GuardHit, GuardLevel, GuardRewording};
use crate::{Code, Error, Session};
use chrono::{Datelike as _, NaiveDate};
use known::Known;
use radrum_domain::{Edit, ItemKey, Kind, Plain, Scalar};
pub(crate) use radrum_swedish::guard::Byline;
use radrum_swedish::guard::{Context, Day, Finding, Hit, Level};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::ops::Range;

/// Most hits that one refusal names.
const HITS_MAX: usize = 200;

/// An item, or the kind of a new one, and whether its writer gives her name.
type Of<'a> = (Kind, Option<&'a ItemKey>, Byline);

/// Lets edits pass, or refuses with the places.
///
/// # Errors
/// [`Code::PersonalData`] with `hits`: anything at Stopp, and what is asked about without a
/// choice of the writer that fits it.
pub(crate) fn pass(
    session: &Session,
    of: Of<'_>,
    edits: &[Edit],
    accepted: &[Accepted],
) -> Result<(), Error> {
    let mut refused = Vec::new();
    for (path, text) in edits.iter().flat_map(written) {
        let hits = check(session, of, &path, text)?;
        refused.extend(hits.into_iter().filter(|hit| !may_pass(hit, accepted)));
    }
    refuse(refused)
}

/// Lets what somebody has published be taken over into another item. What was asked about was
/// answered then; what came past an older guard is stopped here.
///
/// # Errors
/// [`Code::PersonalData`] with `hits`: anything at Stopp.
pub(crate) fn pass_again(session: &Session, kind: Kind, texts: &[&str]) -> Result<(), Error> {
    let mut refused = Vec::new();
    for text in texts {
        let hits = check(session, (kind, None, Byline::Named), "text", text)?;
        refused.extend(hits.into_iter().filter(|hit| hit.level == GuardLevel::Stop));
    }
    refuse(refused)
}

fn refuse(mut refused: Vec<GuardHit>) -> Result<(), Error> {
    if refused.is_empty() {
        return Ok(());
    }
    let detail = format!("{} hits", refused.len());
    refused.truncate(HITS_MAX);
    Err(Error {
        code: Code::PersonalData,
        args: json!({ "hits": refused }),
        detail,
    })
}

fn may_pass(hit: &GuardHit, accepted: &[Accepted]) -> bool {
    match hit.level {
        GuardLevel::Tip => true,
        GuardLevel::Stop => false,
        GuardLevel::Ask => accepted.iter().any(|choice| {
            choice.fingerprint == hit.fingerprint && fits(choice.because, hit.finding)
        }),
    }
}

/// Only what a contact has can be one.
const fn fits(because: Because, finding: GuardFinding) -> bool {
    let of_a_contact = matches!(
        finding,
        GuardFinding::Phone
            | GuardFinding::PhoneOrPersonalNumber
            | GuardFinding::Email
            | GuardFinding::Address
            | GuardFinding::Name
            | GuardFinding::Initials
    );
    !matches!(because, Because::WorkContact) || of_a_contact
}

/// What stands in a text and did not stand in the field before.
pub(crate) fn check(
    session: &Session,
    (kind, key, byline): Of<'_>,
    path: &str,
    text: &str,
) -> Result<Vec<GuardHit>, Error> {
    let Some(field) = field::of(kind, path) else {
        return Ok(Vec::new());
    };
    let context = Context {
        field,
        byline,
        today: day(session.world.today()),
    };
    let hits = radrum_swedish::guard::check(text, &context);
    if hits.is_empty() {
        return Ok(Vec::new());
    }
    session.read(|read| {
        let meta = key.map(|key| read.doc_meta(key)).transpose()?.flatten();
        let standing: BTreeSet<String> = meta
            .iter()
            .flat_map(|meta| standing(&meta.plain, path))
            .flat_map(|old| {
                let hits = radrum_swedish::guard::check(&old, &context);
                let named = hits.into_iter().map(|hit| fingerprint(&hit, &old));
                named.collect::<Vec<_>>()
            })
            .collect();
        let known = Known::of(&read, &hits)?;
        let places = Places::of(text);
        let new = hits.iter().filter(|hit| !known.has(hit, text));
        let told = new.map(|hit| told(hit, path, text, &places));
        Ok(told
            .filter(|hit| !standing.contains(&hit.fingerprint))
            .collect())
    })
}

fn day(date: NaiveDate) -> Day {
    Day {
        year: u16::try_from(date.year()).unwrap_or(u16::MAX),
        month: u8::try_from(date.month()).unwrap_or_default(),
        day: u8::try_from(date.day()).unwrap_or_default(),
    }
}

/// The texts that an edit brings, by path.
fn written(edit: &Edit) -> Vec<(String, &str)> {
    match edit {
        Edit::Set { field, value } => text(value.as_ref())
            .map(|text| (field.clone(), text))
            .into_iter()
            .collect(),
        Edit::Write { field, text } => vec![(field.clone(), text.as_str())],
        Edit::SetIn {
            list,
            id,
            field,
            value,
        } => text(value.as_ref())
            .map(|text| (format!("{list}/{id}/{field}"), text))
            .into_iter()
            .collect(),
        Edit::Choose {
            list,
            id,
            field,
            value,
        } => {
            let path = match (list, id) {
                (Some(list), Some(id)) => format!("{list}/{id}/{field}"),
                _ => field.clone(),
            };
            text(value.as_ref())
                .map(|text| (path, text))
                .into_iter()
                .collect()
        }
        Edit::Add {
            list, id, fields, ..
        } => fields
            .iter()
            .filter_map(|(field, value)| Some((format!("{list}/{id}/{field}"), text(Some(value))?)))
            .collect(),
        Edit::Move { .. } | Edit::Remove { .. } | Edit::Put { .. } => Vec::new(),
    }
}

const fn text(value: Option<&Scalar>) -> Option<&str> {
    match value {
        Some(Scalar::Text(text)) => Some(text.as_str()),
        _ => None,
    }
}

/// What the field holds now: its value, and the voices beside it.
fn standing(plain: &Plain, path: &str) -> Vec<String> {
    let mut parts = path.split('/');
    let (first, id, field) = (parts.next(), parts.next(), parts.next());
    let value = match (first, id, field) {
        (Some(list), Some(id), Some(field)) => plain
            .fields
            .get(list)
            .and_then(Value::as_array)
            .and_then(|list| list.iter().find(|entry| entry["id"] == id))
            .and_then(|entry| entry.get(field)),
        (Some(field), None, None) => plain.fields.get(field),
        _ => None,
    };
    let voices = plain
        .voices
        .iter()
        .filter(|of| match (&of.list, &of.id) {
            (Some(list), Some(id)) => path == format!("{list}/{id}/{}", of.field),
            _ => path == of.field,
        })
        .flat_map(|of| &of.voices)
        .map(|voice| &voice.value);
    let texts = value.into_iter().chain(voices);
    texts
        .filter_map(Value::as_str)
        .map(str::to_string)
        .collect()
}

/// Names a hit by what it is and the words that it stands on. It cannot be read back, and goes
/// only between the window and this program.
fn fingerprint(hit: &Hit, text: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&[hit.finding as u8, hit.level as u8]);
    hasher.update(text.get(hit.range.clone()).unwrap_or_default().as_bytes());
    let hash = hasher.finalize();
    hex::encode(hash.as_bytes().iter().take(8).copied().collect::<Vec<u8>>())
}

fn told(hit: &Hit, path: &str, text: &str, places: &Places) -> GuardHit {
    let (start, end) = places.units(&hit.range);
    GuardHit {
        path: path.to_string(),
        finding: finding(hit.finding),
        level: match hit.level {
            Level::Tip => GuardLevel::Tip,
            Level::Ask => GuardLevel::Ask,
            Level::Stop => GuardLevel::Stop,
        },
        start,
        end,
        rewording: hit
            .rewording
            .iter()
            .map(|part| {
                let (start, end) = places.units(&part.range);
                GuardRewording {
                    start,
                    end,
                    text: part.text.clone(),
                }
            })
            .collect(),
        fingerprint: fingerprint(hit, text),
    }
}

const fn finding(finding: Finding) -> GuardFinding {
    match finding {
        Finding::PersonalNumber => GuardFinding::PersonalNumber,
        Finding::CoordinationNumber => GuardFinding::CoordinationNumber,
        Finding::BirthDate => GuardFinding::BirthDate,
        Finding::CaseNumber => GuardFinding::CaseNumber,
        Finding::Phone => GuardFinding::Phone,
        Finding::PhoneOrPersonalNumber => GuardFinding::PhoneOrPersonalNumber,
        Finding::Email => GuardFinding::Email,
        Finding::Address => GuardFinding::Address,
        Finding::Property => GuardFinding::Property,
        Finding::Vehicle => GuardFinding::Vehicle,
        Finding::Name => GuardFinding::Name,
        Finding::Initials => GuardFinding::Initials,
        Finding::Combination => GuardFinding::Combination,
    }
}

/// UTF-16 units before each byte of a text, as the window counts.
struct Places(Vec<u32>);

impl Places {
    fn of(text: &str) -> Self {
        let mut units = Vec::with_capacity(text.len() + 1);
        let mut before = 0;
        for c in text.chars() {
            units.extend(std::iter::repeat_n(before, c.len_utf8()));
            before += u32::try_from(c.len_utf16()).unwrap_or_default();
        }
        units.push(before);
        Self(units)
    }

    fn units(&self, range: &Range<usize>) -> (u32, u32) {
        let at = |byte: usize| self.0.get(byte).copied().unwrap_or_default();
        (at(range.start), at(range.end))
    }
}

#[cfg(test)]
mod tests {
    use super::{Places, fits, written};
    use crate::api::{Because, GuardFinding};
    use radrum_domain::{Edit, Scalar};

    #[test]
    fn places_are_counted_as_the_window_counts() {
        let places = Places::of("å😀x");
        assert_eq!(places.units(&(2..6)), (1, 3));
        assert_eq!(places.units(&(6..7)), (3, 4));
    }

    #[test]
    fn a_personnummer_or_an_age_is_no_work_contact() {
        assert!(fits(Because::WorkContact, GuardFinding::Phone));
        assert!(!fits(Because::WorkContact, GuardFinding::Combination));
        assert!(!fits(Because::WorkContact, GuardFinding::PersonalNumber));
        assert!(fits(Because::Public, GuardFinding::Combination));
    }

    #[test]
    fn every_kind_of_edit_that_brings_text_is_read() {
        let text = || Scalar::Text("t".into());
        let at = Some("l".to_string());
        let edits = [
            (
                Edit::Set {
                    field: "f".into(),
                    value: Some(text()),
                },
                "f",
            ),
            (
                Edit::Write {
                    field: "f".into(),
                    text: "t".into(),
                },
                "f",
            ),
            (
                Edit::SetIn {
                    list: "l".into(),
                    id: "i".into(),
                    field: "f".into(),
                    value: Some(text()),
                },
                "l/i/f",
            ),
            (
                Edit::Choose {
                    list: at,
                    id: Some("i".into()),
                    field: "f".into(),
                    value: Some(text()),
                },
                "l/i/f",
            ),
            (
                Edit::Add {
                    list: "l".into(),
                    id: "i".into(),
                    fields: [("f".to_string(), text())].into(),
                    after: None,
                },
                "l/i/f",
            ),
        ];
        for (edit, path) in edits {
            assert_eq!(written(&edit), [(path.to_string(), "t")], "{edit:?}");
        }
    }
}
