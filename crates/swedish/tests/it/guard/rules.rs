//! Names, addresses, what identifies somebody together; levels; rewording.

use super::{TODAY, found, highest, hits, in_field, reworded};
use radrum_swedish::guard::{Byline, Context, Field, Finding, Level, check};

#[test]
fn a_name_near_a_role_is_asked_about() {
    for (text, name) in [
        ("Vi ringde mamman Fatima i går.", "Fatima"),
        ("Klienten heter Kjell.", "Kjell"),
        ("Barnet kallas Tuva hemma.", "Tuva"),
        ("Det är Linnéas pappa som ringer.", "Linnéas"),
        ("Sökanden Amina Hassan kom.", "Amina Hassan"),
        ("En man vid namn Xerxes sökte.", "Xerxes"),
        ("Sonen Björn är placerad.", "Björn"),
    ] {
        assert_eq!(found(text), [(Finding::Name, Level::Ask, name)], "{text}");
    }
}

#[test]
fn authorities_places_and_words_that_are_names_too_are_no_persons() {
    for text in [
        "Klienten hänvisades till Försäkringskassan.",
        "Mamman bor i Storuman.",
        "Barnet utreds av BUP.",
        "Pappan ringde Polisen.",
        "Björn i skogen skrämde barnet.",
        "Barnet. Sten och grus levereras.",
        "Vårdnadshavaren i Åsele kommun har rätt.",
        "Makan fick stöd av Familjehemsbanken.",
    ] {
        assert_eq!(highest(text), None, "{text}: {:?}", found(text));
    }
}

#[test]
fn a_full_name_and_initials_near_a_role_are_tips() {
    assert_eq!(
        found("Fråga Karin Öberg om blanketten."),
        [(Finding::Name, Level::Tip, "Karin Öberg")]
    );
    assert_eq!(
        found("Klienten A.B. har bytt handläggare."),
        [(Finding::Initials, Level::Tip, "A.B.")]
    );
}

#[test]
fn an_address_a_property_and_a_car_are_asked_about() {
    for (text, finding, part) in [
        (
            "De bor på Storgatan 14B nu.",
            Finding::Address,
            "Storgatan 14B",
        ),
        (
            "Bor på Norra Torggatan 3.",
            Finding::Address,
            "Norra Torggatan 3",
        ),
        (
            "Post till 923 31 Storuman.",
            Finding::Address,
            "923 31 Storuman",
        ),
        (
            "Huset Norrbäck 2:15 står tomt.",
            Finding::Property,
            "Norrbäck 2:15",
        ),
        ("En bil, ABC 12D, stod där.", Finding::Vehicle, "ABC 12D"),
        (
            "Svara till olle.n@gmail.com.",
            Finding::Email,
            "olle.n@gmail.com",
        ),
    ] {
        assert_eq!(found(text), [(finding, Level::Ask, part)], "{text}");
    }
    assert_eq!(
        found("Mejla karin.oberg@storuman.se."),
        [(Finding::Email, Level::Tip, "karin.oberg@storuman.se")]
    );
}

#[test]
fn three_things_that_identify_together_are_asked_about() {
    let text = "Vi har en 14-årig flicka från Sorsele med somalisk bakgrund.";
    let hits = hits(text);
    assert_eq!(hits.len(), 1, "{hits:?}");
    assert_eq!(hits[0].finding, Finding::Combination);
    assert_eq!(hits[0].level, Level::Ask);
    assert_eq!(
        reworded(text),
        "Vi har en 10–14-årig flicka från orten med somalisk bakgrund."
    );
    for text in [
        "En 14-årig flicka behöver stöd.",
        "Barn under 15 år hörs i Sorsele.",
        "Flickan flyttade till Malå 2024-03-01.",
        "En flicka i Malå.\n\nHon är 14 år.\n\nTolk på somaliska finns.",
    ] {
        assert_eq!(highest(text), None, "{text}: {:?}", found(text));
    }
}

#[test]
fn protection_and_anonymity_raise_one_level() {
    assert_eq!(
        highest("Skyddad identitet: mamman Sara är här."),
        Some(Level::Stop)
    );
    let anonymous = Context {
        byline: Byline::Anonymous,
        field: Field::Text,
        today: TODAY,
    };
    let level = |text: &str| check(text, &anonymous).first().map(|hit| hit.level);
    assert_eq!(level("Fråga Karin Öberg."), Some(Level::Ask));
    assert_eq!(level("Ring 070-174 06 05"), Some(Level::Stop));
    assert_eq!(level("Vi ses på tisdag."), None);
}

#[test]
fn a_contact_may_have_telephone_mail_and_address_and_no_personnummer() {
    let contact = |text: &str| check(text, &in_field(Field::Contact));
    for text in [
        "070-174 06 05",
        "karin.oberg@storuman.se",
        "Storgatan 14",
        "Karin Öberg",
    ] {
        assert!(contact(text).is_empty(), "{text}");
    }
    assert_eq!(contact("811218-9876")[0].level, Level::Stop);
    assert_eq!(contact("dnr SN 2024/0123")[0].level, Level::Stop);
}

#[test]
fn a_rewording_leaves_a_text_that_passes() {
    for text in [
        "Klientens personnummer är 811218-9876.",
        "Samordningsnummer 701063-2391 i beslutet",
        "Pappan nås på 070-174 06 05.",
        "Se dnr SN 2024/0123 om adoption.",
        "Sonen Elias på Storgatan 14B, ABC 123.",
        "En 16-åring med epilepsi på Malå skola har rymt.",
        "Född 811218-XXXX",
    ] {
        let after = reworded(text);
        assert!(
            highest(&after).is_none_or(|level| level == Level::Tip),
            "{after}: {:?}",
            found(&after)
        );
        assert!(!hits(text).is_empty(), "{text}");
    }
    assert_eq!(
        reworded("Klientens personnummer är 811218-9876."),
        "Klientens personnummer är [personnummer borttaget]."
    );
}
