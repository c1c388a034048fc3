//! Any text is read; a number is found whatever stands around it.

use super::{TODAY, hits, in_field};
use proptest::prelude::*;
use radrum_swedish::guard::{Byline, Context, Field, Finding, check};

proptest! {
    #[test]
    fn any_text_is_read_and_places_are_on_borders(text in "\\PC{0,200}") {
        for hit in hits(&text) {
            prop_assert!(text.get(hit.range.clone()).is_some_and(|part| !part.is_empty()));
            for part in hit.rewording {
                prop_assert!(text.get(part.range).is_some());
            }
        }
    }

    #[test]
    fn text_of_digits_signs_and_names_is_read(
        text in "([0-9]{1,14}|[-+./: \\n@]|SE|SN|dnr|född|kl|år|-årig|Anna|mamman|å\u{308}|\u{ad}|Storgatan|X){0,40}",
    ) {
        for byline in [Byline::Named, Byline::Anonymous] {
            for field in [Field::Text, Field::Reference, Field::Contact] {
                for hit in check(&text, &Context { field, byline, today: TODAY }) {
                    prop_assert!(text.get(hit.range).is_some());
                }
            }
        }
    }

    #[test]
    fn a_number_is_found_whatever_letters_and_invisible_signs_are_around_it(
        before in "[a-zåäöA-ZÅÄÖ \u{ad}\u{200b}\u{301}\u{308},;!?()]{0,40}",
        after in "[a-zåäöA-ZÅÄÖ \u{ad}\u{200b}\u{feff},;!?()]{0,40}",
        at in 0_usize..14,
    ) {
        let mut number = String::from("19811218-9876");
        number.insert(at.min(number.len()), '\u{200b}');
        let text = format!("{before}{number}{after}");
        let hits = check(&text, &in_field(Field::Text));
        let found = hits.iter().any(|hit| {
            let visible = text[hit.range.clone()].replace('\u{200b}', "");
            hit.finding == Finding::PersonalNumber && visible == "19811218-9876"
        });
        prop_assert!(found, "{text:?}: {hits:?}");
    }
}

#[test]
fn long_texts_of_one_kind_are_read() {
    for part in [
        "1",
        "0701",
        "19811218-9876 ",
        "a@",
        "SE",
        "isbn ",
        "Anna ",
        "mamman ",
        "abcdef0",
        "å\u{308}",
    ] {
        let text = part.repeat(200_000 / part.len());
        for hit in hits(&text) {
            assert!(text.get(hit.range).is_some());
        }
    }
}
