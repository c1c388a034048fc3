//! People at work who stand in the krets already: colleagues, offices, contacts, resources. Their
//! names, telephones and addresses may be written anywhere.

use crate::Error;
use radrum_domain::{Kind, Plain};
use radrum_store::{ItemFilter, Read};
use radrum_swedish::guard::{Finding, Hit, Level};
use serde_json::Value;
use std::collections::BTreeSet;

/// Last digits by which a telephone is known, with or without the country's number.
const DIGITS: usize = 7;

/// What is known, in small letters; telephones by their last digits.
#[derive(Default)]
pub(super) struct Known {
    words: BTreeSet<String>,
    phones: BTreeSet<String>,
}

impl Known {
    /// Reads the people only if a hit could be one of them.
    pub fn of(read: &Read<'_>, hits: &[Hit]) -> Result<Self, Error> {
        let mut known = Self::default();
        if !hits.iter().any(is_of_a_contact) {
            return Ok(known);
        }
        for kind in [
            Kind::Member,
            Kind::Office,
            Kind::ExternalContact,
            Kind::Resource,
        ] {
            let filter = ItemFilter {
                kind: Some(kind),
                ..ItemFilter::default()
            };
            for (_, plain) in read.items_with_values(&filter)? {
                known.add(&plain);
            }
        }
        Ok(known)
    }

    fn add(&mut self, plain: &Plain) {
        let text = |field: &str| plain.fields.get(field).and_then(Value::as_str);
        let words = ["title", "email"].into_iter().filter_map(text);
        self.words.extend(words.map(str::to_lowercase));
        self.phones
            .extend(text("phone").into_iter().flat_map(phones));
    }

    /// Whether a hit is one of them.
    pub fn has(&self, hit: &Hit, text: &str) -> bool {
        let written = text.get(hit.range.clone()).unwrap_or_default();
        match hit.finding {
            Finding::Phone => phones(written)
                .iter()
                .any(|phone| self.phones.contains(phone)),
            // Beside a word for a client's role a name is asked about, whoever has it.
            Finding::Name if hit.level > Level::Tip => false,
            Finding::Name | Finding::Email => self.words.contains(&written.to_lowercase()),
            _ => false,
        }
    }
}

const fn is_of_a_contact(hit: &Hit) -> bool {
    matches!(hit.finding, Finding::Phone | Finding::Email | Finding::Name)
}

/// The last digits of each telephone in a line ("0980-319 200, 070-174 06 05").
fn phones(line: &str) -> Vec<String> {
    let numbers = line.split([',', ';', '/']);
    let digits = numbers.map(|number| number.chars().filter(char::is_ascii_digit).collect());
    digits
        .filter(|digits: &String| digits.len() >= DIGITS)
        .map(|digits| digits[digits.len() - DIGITS..].to_string())
        .collect()
}
