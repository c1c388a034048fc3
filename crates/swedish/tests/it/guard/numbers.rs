//! Every published test number is found in eight spellings; the published examples; interim
//! letters; what has the form and is none.

use super::{TODAY, found, highest, hits};
use radrum_swedish::guard::{Finding, Level};

const NUMBERS: &str = include_str!("../../../../../tests/fixtures/guard/test-numbers.txt");

/// Its name, how it writes a number, and whether that is told for sure.
type Spelling = (&'static str, fn(&str) -> String, bool);

/// The eight spellings, each with whether it alone is Stopp.
const SPELLINGS: [Spelling; 8] = [
    ("YYYYMMDDNNNN", |n| n.to_string(), true),
    (
        "YYYYMMDD-NNNN",
        |n| format!("{}-{}", &n[..8], &n[8..]),
        true,
    ),
    ("YYMMDD-NNNN", |n| format!("{}-{}", &n[2..8], &n[8..]), true),
    ("YYMMDD+NNNN", |n| format!("{}+{}", &n[2..8], &n[8..]), true),
    ("YYMMDDNNNN", |n| n[2..].to_string(), false),
    (
        "YYYY-MM-DD NNNN",
        |n| format!("{}-{}-{} {}", &n[..4], &n[4..6], &n[6..8], &n[8..]),
        true,
    ),
    (
        "YYYY.MM.DD – NNNN, en dash and no-break spaces",
        |n| {
            format!(
                "{}.{}.{}\u{a0}–\u{a0}{}",
                &n[..4],
                &n[4..6],
                &n[6..8],
                &n[8..]
            )
        },
        true,
    ),
    (
        "YYYYMMDD-NNNN in full-width digits with a soft hyphen inside",
        |n| {
            let wide = |digits: &str| -> String {
                let wide = digits.bytes().map(|byte| u32::from(byte - b'0') + 0xff10);
                wide.filter_map(char::from_u32).collect()
            };
            format!(
                "{}\u{ad}{}-{}",
                wide(&n[..4]),
                wide(&n[4..8]),
                wide(&n[8..])
            )
        },
        true,
    ),
];

#[test]
fn every_published_test_number_is_found_in_eight_spellings() {
    let (mut persons, mut coordination) = (0, 0);
    for number in NUMBERS.lines() {
        let is_coordination = number.as_bytes()[6] >= b'6';
        let wanted = if is_coordination {
            coordination += 1;
            Finding::CoordinationNumber
        } else {
            persons += 1;
            Finding::PersonalNumber
        };
        for (name, spell, alone) in SPELLINGS {
            let spelled = spell(number);
            let text = format!("Åtgärd för {spelled} på öa");
            let hits = hits(&text);
            let hit = hits.iter().find(|hit| text[hit.range.clone()] == spelled);
            let Some(hit) = hit else {
                panic!("{spelled} ({name}): {hits:?}");
            };
            let is_phone = hit.finding == Finding::PhoneOrPersonalNumber;
            assert!(hit.finding == wanted || is_phone, "{spelled}: {hit:?}");
            assert!(hit.level >= Level::Ask, "{spelled}: {hit:?}");
            let stamp = spelled.contains(' ') || spelled.len() == 12;
            let recent = &number[..4] >= "2021" || spelled.contains(' ');
            if alone && !(stamp && recent) {
                assert_eq!(hit.level, Level::Stop, "{spelled} ({name})");
            }
        }
    }
    assert_eq!((persons, coordination), (41_127, 2_264));
}

#[test]
fn a_bare_number_beside_the_word_is_stopp() {
    for number in NUMBERS.lines().step_by(41) {
        for text in [
            format!("pnr {}", &number[2..]),
            format!("Personnumret är {}", &number[2..]),
            format!("pnr{number}"),
            format!("{} är personnumret", &number[2..]),
        ] {
            assert_eq!(highest(&text), Some(Level::Stop), "{text}");
        }
    }
}

#[test]
fn the_published_examples_are_found() {
    for text in ["811218-9876", "640823-3234", "701063-2391", "191500722390"] {
        assert_eq!(highest(text), Some(Level::Stop), "{text}");
        assert_eq!(found(text)[0].2, text);
    }
    assert_eq!(found("701063-2391")[0].0, Finding::CoordinationNumber);
    assert_eq!(found("191500722390")[0].0, Finding::CoordinationNumber);
}

#[test]
fn eleven_interim_letters_and_p_count_as_one() {
    // 20000101-T220 and its like are published by Skatteverket's interim rules.
    for letter in "TRSUWXJKLMNP".chars() {
        for text in [
            format!("000101-{letter}220"),
            format!("20000101{letter}220"),
            format!("20000101-{letter}220"),
        ] {
            assert_eq!(
                found(&text),
                [(Finding::PersonalNumber, Level::Stop, text.as_str())]
            );
        }
    }
    assert!(hits("000101-A220").is_empty());
}

#[test]
fn letters_and_signs_may_touch_a_number() {
    for text in [
        "pnr811218-9876",
        "anna_19811218-9876.pdf",
        "(811218-9876)",
        "akt811218-9876,",
        "811218-\n9876",
        "8112\u{200b}18-9876",
        "nr:811218-9876;",
    ] {
        assert_eq!(highest(text), Some(Level::Stop), "{text}");
    }
}

#[test]
fn a_number_that_goes_on_is_asked_about_and_never_hidden() {
    for text in [
        "19811218-9876/2024",
        "19811218-9876-12",
        "2024/19811218-9876",
    ] {
        assert_eq!(highest(text), Some(Level::Ask), "{text}");
    }
    assert_eq!(highest("7198112189876123456"), Some(Level::Ask));
    let two = "811218-9876/640823-3234";
    assert_eq!(
        found(two),
        [
            (Finding::PersonalNumber, Level::Stop, "811218-9876"),
            (Finding::PersonalNumber, Level::Stop, "640823-3234"),
        ]
    );
}

#[test]
fn a_slip_beside_the_word_is_asked_about_and_alone_is_nothing() {
    assert_eq!(
        highest("Personnumret 811218-9875 stämmer inte"),
        Some(Level::Ask)
    );
    assert_eq!(highest("Talet 811218-9875 kom med posten"), None);
}

#[test]
fn what_cannot_be_a_number_of_a_person_is_none() {
    for text in [
        "811318-9874",   // no such month
        "810230-9870",   // no such day
        "811218-0005",   // serial 000
        "20811218-9876", // not born yet
        "18301218-9876", // before 1840
    ] {
        assert_eq!(highest(text), None, "{text}: {:?}", found(text));
    }
    const { assert!(TODAY.year < 2081) };
}

#[test]
fn a_hidden_number_and_a_date_of_birth_are_asked_about() {
    for text in [
        "811218-XXXX",
        "19811218-xxxx",
        "811218-****",
        "född 1981-12-18",
        "Hon är född den 18 december 1981.",
        "f. 811218",
        "Född: 19811218",
    ] {
        let found = found(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(
            (found[0].0, found[0].1),
            (Finding::BirthDate, Level::Ask),
            "{text}"
        );
    }
    assert_eq!(highest("Mötet är 1981-12-18."), None);
}
