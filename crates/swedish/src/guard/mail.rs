//! E-mail addresses: private ones are asked about, those of an office are not.

use super::plain::Plain;
use super::{Finding, Found, Level, words};

const NAME_MAX: usize = 64;
const HOST_MAX: usize = 253;

pub(super) fn find(plain: &Plain, found: &mut Vec<Found>) {
    for (at, _) in plain.lower.match_indices('@') {
        let name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
        let host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
        let before = plain.lower[..at].char_indices().rev().take(NAME_MAX);
        let start = before
            .take_while(|(_, c)| name(*c))
            .last()
            .map(|(at, _)| at);
        let behind = plain.lower[at + 1..].char_indices().take(HOST_MAX);
        let end = behind.take_while(|(_, c)| host(*c)).last();
        let (Some(start), Some((last, c))) = (start, end) else {
            continue;
        };
        let end = at + 1 + last + c.len_utf8();
        let address = plain.lower[start..end].trim_end_matches(['.', '-']);
        let Some((who, host)) = address.split_once('@') else {
            continue;
        };
        let Some((domain, _)) = host.rsplit_once('.') else {
            continue;
        };
        let first = domain.rsplit('.').next().unwrap_or_default();
        let level = if words::is("private_mail", first) {
            Level::Ask
        } else if is_of_a_person(who) {
            Level::Tip
        } else {
            continue;
        };
        found.push(Found::new(
            Finding::Email,
            level,
            start..start + address.len(),
        ));
    }
}

/// `karin.oberg`: two words with a point between.
fn is_of_a_person(who: &str) -> bool {
    who.split_once('.').is_some_and(|(given, last)| {
        [given, last]
            .iter()
            .all(|part| part.chars().count() > 1 && part.chars().all(char::is_alphabetic))
    })
}
