//! No text breaks the reader, and reading is repeatable.

use proptest::prelude::*;
use radrum_swedish::{
    Query, Vocabulary, VocabularyWord, analyse, fold, index_version, sort_key, undot,
};

fn vocabulary() -> Vocabulary {
    let words = [
        "adoption",
        "umgänge",
        "vårdnad",
        "jäv",
        "utreseförbud",
        "åäö",
    ];
    Vocabulary::new(words.map(|word| VocabularyWord {
        word: word.into(),
        term: word.into(),
        items: 1,
    }))
}

proptest! {
    #[test]
    fn any_text_is_read_within_its_own_bounds(text in "\\PC{0,200}") {
        for found in analyse(&text).found {
            prop_assert!(text.get(found.range.clone()).is_some());
            prop_assert!(found.range.start < found.range.end);
            prop_assert!(found.terms.iter().all(|term| !term.is_empty()));
        }
    }

    #[test]
    fn text_like_ours_is_read(text in "([a-zåäö]{1,14}[ .,:§0-9-]{0,3}){0,30}") {
        let once = analyse(&text);
        prop_assert_eq!(&once, &analyse(&text));
        let upper = analyse(&text.to_uppercase());
        prop_assert_eq!(
            once.found.iter().map(|f| &f.terms).collect::<Vec<_>>(),
            upper.found.iter().map(|f| &f.terms).collect::<Vec<_>>()
        );
    }

    #[test]
    fn any_query_is_answered_with_bounded_work(text in "\\PC{0,400}") {
        let query = Query::parse(&text, &vocabulary());
        prop_assert!(query.concepts.len() <= 18);
        for concept in &query.concepts {
            prop_assert!(!concept.expansions.is_empty() && concept.expansions.len() <= 40);
            prop_assert!(concept.expansions.windows(2).all(|two| two[0].weight >= two[1].weight));
            prop_assert!(concept.expansions.iter().all(|e| e.weight > 0.0 && e.weight <= 1.2));
        }
    }

    #[test]
    fn folding_twice_is_folding_once(text in "\\PC{0,80}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once.clone());
        prop_assert_eq!(undot(&undot(&once)), undot(&once));
        let _ = sort_key(&text);
    }
}

#[test]
fn very_long_texts_are_read_in_time_that_grows_with_them() {
    // One word of 200,000 letters, and 200,000 words of one letter.
    assert!(analyse(&"å".repeat(200_000)).found.len() <= 1);
    assert!(analyse(&"ö ".repeat(200_000)).found.len() <= 200_000);
}

#[test]
fn the_version_of_the_index_is_a_short_name() {
    assert_eq!(index_version().len(), 16);
    assert_eq!(index_version(), index_version());
}
