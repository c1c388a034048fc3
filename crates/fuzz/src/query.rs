//! What somebody types into the search, and what the index keeps of a text.

use radrum_swedish::{Query, Vocabulary, VocabularyWord, analyse, fold, sort_key, undot};
use std::sync::LazyLock;

/// Sixteen words and what the words around them add.
const CONCEPTS_MAX: usize = 18;
const EXPANSIONS_MAX: usize = 40;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let words = [
        "adoption",
        "umgänge",
        "vårdnad",
        "jäv",
        "umgängesstöd",
        "lvm",
        "utredning",
        "åäö",
    ];
    Vocabulary::new(words.map(|word| VocabularyWord {
        word: word.into(),
        term: word.into(),
        items: 1,
    }))
});

pub(crate) fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let query = Query::parse(&text, &VOCABULARY);
    assert_eq!(query, Query::parse(&text, &VOCABULARY), "the same twice");
    assert!(query.concepts.len() <= CONCEPTS_MAX);
    for concept in &query.concepts {
        let expansions = &concept.expansions;
        assert!(!expansions.is_empty() && expansions.len() <= EXPANSIONS_MAX);
        assert!(
            expansions
                .windows(2)
                .all(|two| two[0].weight >= two[1].weight)
        );
        assert!(
            expansions
                .iter()
                .all(|one| one.weight > 0.0 && one.weight <= 1.2)
        );
    }
    let analysed = analyse(&text);
    for found in &analysed.found {
        assert!(
            text.get(found.range.clone())
                .is_some_and(|part| !part.is_empty())
        );
        assert!(found.terms.iter().all(|term| !term.is_empty()));
    }
    assert_eq!(analysed, analyse(&text), "the same twice");
    let folded = fold(&text);
    assert_eq!(fold(&folded), folded, "folding twice is folding once");
    assert_eq!(undot(&undot(&folded)), undot(&folded));
    assert_eq!(sort_key(&text), sort_key(&text), "the same twice");
}
