//! Words of texts: inflection, compounds, abbreviations.

use radrum_swedish::{Analysed, analyse, fold, sort_key, undot};
use std::collections::BTreeSet;

fn terms(text: &str) -> BTreeSet<String> {
    let Analysed { found } = analyse(text);
    found.into_iter().flat_map(|found| found.terms).collect()
}

/// Terms of words and of their parts.
fn all_terms(text: &str) -> BTreeSet<String> {
    let Analysed { found } = analyse(text);
    found
        .into_iter()
        .flat_map(|found| found.terms.into_iter().chain(found.parts))
        .collect()
}

fn meet(a: &str, b: &str) -> bool {
    !terms(a).is_disjoint(&terms(b))
}

#[test]
fn forms_of_one_word_meet() {
    for family in [
        &["adoption", "adoptionen", "adoptioner", "adoptionens"][..],
        &["utredning", "utredningen", "utredningar", "utredningarna"],
        &["medgivande", "medgivandet", "medgivanden"],
        &["barn", "barnet", "barnen", "barnens", "barns"],
        &[
            "familjehem",
            "familjehemmet",
            "familjehemmen",
            "familjehems",
        ],
        &["faderskap", "faderskapet"],
        &["dödsbo", "dödsboet", "dödsbon", "dödsboets"],
        &["vårdnad", "vårdnaden"],
        &["vårdnadshavare", "vårdnadshavaren", "vårdnadshavarna"],
        &["kommun", "kommunen", "kommuner", "kommunernas"],
        &["nämnd", "nämnden", "nämndens", "nämnder"],
        &["beslut", "beslutet", "besluten", "beslutets"],
        &["läkare", "läkaren", "läkarna"],
        &["syskon", "syskonen"],
        &[
            "förälder",
            "föräldern",
            "föräldrar",
            "föräldrarna",
            "föräldrarnas",
        ],
        &["kvinna", "kvinnan", "kvinnor", "kvinnors"],
        &["dotter", "dottern", "döttrar"],
        &["hot", "hotet", "hoten"],
        &["akut", "akuta"],
    ] {
        for form in family {
            assert!(meet(family[0], form), "{} and {form}", family[0]);
        }
    }
}

#[test]
fn words_that_only_look_alike_do_not_meet() {
    for (a, b) in [
        ("vård", "värd"),
        ("hot", "hotell"),
        ("far", "fara"),
        ("jäv", "jävla"),
        ("lvm", "lvu"),
        ("barn", "barnmorska"),
    ] {
        assert!(!meet(a, b), "{a} and {b}");
    }
}

#[test]
fn a_compound_gives_the_parts_that_it_is_made_of() {
    for (compound, part) in [
        ("barnavårdsutredning", "utredning"),
        ("adoptionsutredning", "adoption"),
        ("faderskapsutredning", "faderskap"),
        ("hemutredning", "utredning"),
        ("vårdnadsutredning", "vårdnad"),
        ("kontaktförbud", "förbud"),
        ("utreseförbud", "förbud"),
        ("familjehemsplacering", "placering"),
        ("spelmissbruk", "missbruk"),
        ("läkarundersökning", "undersökning"),
    ] {
        let parts = all_terms(compound);
        assert!(
            !parts.is_disjoint(&terms(part)),
            "{part} in {compound}: {parts:?}"
        );
    }
}

#[test]
fn a_word_that_is_no_compound_is_left_whole() {
    for word in [
        "kommun",
        "adoption",
        "medling",
        "sekretess",
        "nämnd",
        "dorotea",
        "lycksele",
    ] {
        let found = analyse(word).found;
        assert!(
            found.iter().all(|found| found.parts.is_empty()),
            "{word}: {found:?}"
        );
    }
}

#[test]
fn a_small_word_that_says_nothing_gives_nothing() {
    assert!(terms("och att det som en på").is_empty());
}

#[test]
fn the_place_in_the_text_is_told_in_bytes() {
    let text = "Förälderns överklagande";
    let found = analyse(text).found;
    assert_eq!(&text[found[1].range.clone()], "överklagande");
}

#[test]
fn dots_and_rings_stay_until_they_are_taken_off() {
    assert_eq!(fold("ÅÄÖ É"), "åäö e");
    assert_eq!(undot(&fold("Åsele, Malå, Sorsele")), "asele, mala, sorsele");
    // Composed and decomposed letters are one.
    assert_eq!(fold("a\u{30a}"), fold("å"));
    assert!(!meet("jäv", "jav"));
}

#[test]
fn names_sort_as_in_a_swedish_telephone_book() {
    let mut names = [
        "Öhrn",
        "Zeller",
        "Ånger",
        "Ärlig",
        "Andersson",
        "wall",
        "Vik",
        "Élan",
        "Edin",
    ];
    names.sort_by_cached_key(|name| sort_key(name));
    assert_eq!(
        names,
        [
            "Andersson",
            "Edin",
            "Élan",
            "Vik",
            "wall",
            "Zeller",
            "Ånger",
            "Ärlig",
            "Öhrn"
        ]
    );
}
