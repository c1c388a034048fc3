//! Statute references in every spelling give the same terms.

use radrum_swedish::analyse;
use std::collections::BTreeSet;

fn terms(text: &str) -> BTreeSet<String> {
    analyse(text)
        .found
        .into_iter()
        .flat_map(|found| found.terms)
        .collect()
}

fn has(text: &str, term: &str) -> bool {
    terms(text).contains(term)
}

#[test]
fn a_section_of_a_chapter_is_read_however_it_is_written() {
    for text in [
        "20:2",
        "20 : 2",
        "20 kap. 2 §",
        "20 kap 2 §",
        "20 kap 2§",
        "20kap 2 §",
        "20 kapitlet 2 §",
        "kap 20 § 2",
        "20 kap. 2 paragrafen",
        "SoL 20:2",
        "20:2 SoL",
        "SoL 20 kap. 2 §",
        "20 kap. 2 § socialtjänstlagen",
        "enligt 20 kap. 2 § SoL (2025:400)",
    ] {
        assert!(has(text, "20:2"), "{text}: {:?}", terms(text));
    }
}

#[test]
fn a_section_of_a_law_without_chapters_is_read_with_its_law() {
    for text in [
        "LVM 13 §",
        "13 § LVM",
        "lvm 13§",
        "lvm13§",
        "13 § LVM.",
        "13 § i LVM",
    ] {
        assert!(has(text, "lvm§13"), "{text}: {:?}", terms(text));
    }
    assert!(!has("13 § LVM", "lvu§13"));
}

#[test]
fn a_letter_is_part_of_the_section_and_its_parent_is_found_too() {
    let read = terms("FB 6 kap. 15 c §");
    assert!(read.contains("6:15c") && read.contains("6:15"), "{read:?}");
    assert!(has("18 a § LVM", "lvm§18a"));
}

#[test]
fn a_range_gives_each_section_of_it() {
    for section in ["lvm§13", "lvm§16", "lvm§19"] {
        assert!(has("LVM 13–19 §§", section), "{section}");
    }
    assert!(!has("LVM 13–19 §§", "lvm§20"));
}

#[test]
fn a_list_of_chapters_and_sections_gives_each_its_own() {
    for text in [
        "SoL 13:5, 14:6",
        "SoL 13:5 och 14:6",
        "SoL 13 kap. 5 § och 14 kap. 6 §",
        "13 kap. 5, 14 kap. 6 §§ SoL",
    ] {
        let read = terms(text);
        for section in ["13:5", "14:6"] {
            assert!(read.contains(section), "{text}: {read:?}");
        }
        assert!(!read.contains("13:14"), "{text}: {read:?}");
    }
    assert!(has("SoL 13:5–6, 9", "13:9"));
}

#[test]
fn times_dates_and_telephone_numbers_are_no_sections() {
    for text in [
        "kl. 13:30",
        "kl 20:02",
        "2026-11-22",
        "0980-319 200",
        "070-174 06 05",
    ] {
        let read = terms(text);
        assert!(
            !read
                .iter()
                .any(|term| term.contains('§') || term.contains(':')),
            "{text}: {read:?}"
        );
    }
}
