//! What someone types becomes concepts that texts can meet.

use radrum_swedish::{Query, Vocabulary, VocabularyWord, analyse};

/// A vocabulary made of texts, as the index makes one.
fn vocabulary(texts: &[&str]) -> Vocabulary {
    let found = texts.iter().flat_map(|text| analyse(text).found);
    Vocabulary::new(
        found
            .filter(|found| !found.word.is_empty())
            .map(|found| VocabularyWord {
                term: found.terms.first().cloned().unwrap_or_default(),
                word: found.word,
                items: 1,
            }),
    )
}

fn ours() -> Vocabulary {
    vocabulary(&[
        "Adoption och adoptionsutredning. Medgivande för internationell adoption.",
        "Barnavårdsutredning. Faderskap. Kontaktförbud. Våldsutsatt. Hedersrelaterat våld.",
        "Umgänge, vårdnad och boende. Snabbupplysning. Utreseförbud. Jäv. Dödsboanmälan.",
    ])
}

/// Whether some concept of the query is met by a text, and how well at best.
fn weight(query: &str, text: &str) -> f32 {
    let found = analyse(text).found;
    let has = |term: &String| {
        found
            .iter()
            .any(|found| found.terms.contains(term) || found.parts.contains(term))
    };
    let query = Query::parse(query, &ours());
    let expansions = query
        .concepts
        .iter()
        .flat_map(|concept| &concept.expansions);
    expansions
        .filter(|expansion| expansion.terms.iter().all(has))
        .map(|expansion| expansion.weight)
        .fold(0.0, f32::max)
}

#[test]
fn a_word_meets_itself_in_every_form_and_fully() {
    assert!(weight("adoption ", "adoption") >= 1.0);
    assert!(weight("adoptionerna ", "adoption") >= 1.0);
}

#[test]
fn a_part_meets_its_compound_and_a_compound_its_parts() {
    assert!(weight("utredning ", "barnavårdsutredning") > 0.0);
    assert!(weight("adoptions utredning", "adoptionsutredning") > 0.0);
    assert!(weight("adoptionsutredning ", "utredning om adoption") > 0.0);
}

#[test]
fn a_word_that_is_being_typed_meets_what_it_may_become() {
    assert!(weight("umg", "umgänge") > 0.0);
    assert!(weight("umg ", "umgänge") < weight("umg", "umgänge") + f32::EPSILON);
}

#[test]
fn a_slip_meets_what_was_meant() {
    for (typed, meant) in [
        ("adpotion ", "adoption"),
        ("fadreskap ", "faderskap"),
        ("umgange ", "umgänge"),
        ("jav ", "jäv"),
        ("vardnad ", "vårdnad"),
        ("snabupplysning ", "snabbupplysning"),
    ] {
        assert!(weight(typed, meant) > 0.0, "{typed} does not meet {meant}");
    }
}

#[test]
fn letters_with_dots_are_met_exactly_before_they_are_met_without() {
    assert!(weight("jäv ", "jäv") > weight("jav ", "jäv"));
}

#[test]
fn abbreviations_and_everyday_words_meet_what_they_stand_for() {
    assert!(weight("umg vårdn", "vårdnad") > 0.0);
    assert!(weight("lvm", "LVM") > 0.0);
    assert!(weight("pappa okänd", "faderskap") > 0.0);
}

#[test]
fn a_question_about_who_asks_for_persons() {
    let parse = |text: &str| Query::parse(text, &ours());
    assert!(parse("vem kan adoption").wants_person);
    assert!(parse("nån som haft faderskap").wants_person);
    assert!(!parse("adoption medgivande").wants_person);
}

#[test]
fn a_question_about_time_asks_for_deadlines() {
    let query = Query::parse("hur länge gäller medgivande", &ours());
    assert!(
        query.wants_parts.iter().any(|part| part == "deadline"),
        "{query:?}"
    );
}

#[test]
fn nothing_typed_asks_for_nothing() {
    for text in ["", " ", "…", "???"] {
        assert!(Query::parse(text, &ours()).concepts.is_empty(), "{text:?}");
    }
}
