//! The trap table: what has the form of a number and says nothing of a person.

use super::{found, highest, hits, in_field};
use radrum_swedish::guard::{Field, Finding, Level, check};

const NOTHING: &[&str] = &[
    // Organisationsnummer, also with the prefix 16.
    "org.nr 556036-0793",
    "202100-5489",
    "212000-2700",
    "802005-7538",
    "857209-0606",
    "165560360793",
    "Org.nr 16556036-0793 på fakturan",
    // Laws and other references.
    "SFS 1988:870",
    "LVM (1988:870)",
    "prop. 2000/01:80",
    "prop. 2024/25:89 s. 45",
    "HFD 2022 ref. 14",
    "NJA 2019 s. 504",
    "JO 2019/20 s. 455",
    "SOU 2023:66",
    "HSLF-FS 2017:55",
    "SOSFS 2014:5",
    "FB 6:15 c",
    "SoL 20:2",
    "Föräldrabalken 6:15",
    "(EU) 2016/679",
    "ISO 27001:2013",
    // Times and dates.
    "kl. 13:30",
    "Mötet 13:30",
    "2026-03-12 10:00",
    "2024-01-15--2024-02-01",
    "240115-240630",
    "KS 2024-11-12 § 34",
    "vecka 2024-11",
    "Läsåret 2024/25",
    "HT 2024/25",
    // Accounts and books.
    "SE45 5000 0000 0583 9825 7466",
    "ISBN 978-91-7000-150-3",
    "bankgiro 5050-1055",
    "550e8400-e29b-41d4-a716-446655440000",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    // Lines that everyone may call.
    "112",
    "1177",
    "114 14",
    "113 13",
    "116 111",
    "020-50 50 50",
    "0200-12 34 56",
    "0771-17 90 00",
    "F32.1",
    "registrator@asele.se",
    "info@dorotea.se",
];

#[test]
fn what_is_no_number_of_a_person_is_left_alone() {
    for text in NOTHING {
        assert!(hits(text).is_empty(), "{text}: {:?}", found(text));
    }
}

#[test]
fn a_mobile_telephone_is_a_telephone_first() {
    assert_eq!(
        found("Ring 070-174 06 05"),
        [(Finding::Phone, Level::Ask, "070-174 06 05")]
    );
    assert_eq!(found("+46 70 174 06 05")[0].2, "+46 70 174 06 05");
    assert_eq!(found("+46 (0)70 174 06 05")[0].0, Finding::Phone);
    assert_eq!(found("0701740605")[0].0, Finding::Phone);
    // A test number that is also a mobile: 1 January 1907 and 2007 are both days.
    let both = found("0701019804");
    assert_eq!(
        both,
        [(Finding::PhoneOrPersonalNumber, Level::Ask, "0701019804")]
    );
    assert_eq!(found("pnr 0701019804")[0].1, Level::Stop);
}

#[test]
fn a_landline_is_asked_about_and_a_switchboard_is_a_tip() {
    assert_eq!(
        found("0980-319 200"),
        [(Finding::Phone, Level::Ask, "0980-319 200")]
    );
    assert_eq!(found("08-465 004 12")[0].1, Level::Ask);
    assert_eq!(found("010-123 45 00")[0].1, Level::Tip);
}

#[test]
fn a_stamp_of_day_and_time_is_asked_about_and_not_stopped() {
    // Each of these is a sound personnummer of a test series as well.
    for number in include_str!("../../../../../tests/fixtures/guard/test-numbers.txt").lines() {
        let time: u32 = number[8..].parse().unwrap();
        let is_time = time / 100 < 24 && time % 100 < 60;
        if &number[..4] < "2022" || !is_time || number.as_bytes()[6] >= b'6' {
            continue;
        }
        assert_eq!(highest(number), Some(Level::Ask), "{number}");
        let spaced = format!(
            "{}-{}-{} {}",
            &number[..4],
            &number[4..6],
            &number[6..8],
            &number[8..]
        );
        assert_eq!(highest(&spaced), Some(Level::Ask), "{spaced}");
        assert_eq!(
            highest(&format!("kl {}-{}", &number[..8], &number[8..])),
            Some(Level::Ask)
        );
    }
}

#[test]
fn a_word_for_a_case_takes_one_level_and_never_hides() {
    assert_eq!(found("mål 811218-9876")[0].1, Level::Ask);
    assert_eq!(found("ref 811218-9876")[0].1, Level::Ask);
    assert_eq!(found("ref 8112189876")[0].1, Level::Tip);
}

#[test]
fn a_case_number_is_stopp_except_where_it_belongs() {
    for text in [
        "dnr SN 2024/0123",
        "SN 2024/0123",
        "SN 2024-000123",
        "IFO-2024-00123",
        "Dnr: 2024-1187",
        "Ärende 2025/0088",
        "dnr 20240115-1234",
    ] {
        assert_eq!(highest(text), Some(Level::Stop), "{text}");
        assert_eq!(found(text)[0].0, Finding::CaseNumber, "{text}");
        assert_eq!(
            check(text, &in_field(Field::Reference))
                .iter()
                .filter(|hit| hit.finding == Finding::CaseNumber)
                .count(),
            0,
            "{text}"
        );
    }
    for text in [
        "Avtalet om familjerätt har dnr KS 2022/118",
        "Gallringsbeslut SN 2021/17",
        "enligt gallringsbeslutet, dnr 2021-1187",
    ] {
        assert_eq!(highest(text), Some(Level::Tip), "{text}");
    }
    let number = check("KS 2024/1, pnr 811218-9876", &in_field(Field::Reference));
    assert_eq!(number.len(), 1);
    assert_eq!(number[0].level, Level::Stop);
}
