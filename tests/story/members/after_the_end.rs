//! What somebody writes after her end, and what others had read of it before they knew.

use super::{carry, meet, note, remove};
use anyhow::Result;
use radrum_tests::edits::set;
use radrum_tests::krets::{found, has, office, person, take_in};
use radrum_tests::office::Office;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Maja in Dorotea is the admin; Anna in Sorsele will leave; Ivo is in Malå. All know a note of
/// Maja's.
pub(super) fn before_the_end(home: &TempDir) -> Result<([Office; 3], String)> {
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    found(&dorotea)?;
    let sorsele = office(home.path(), "Anna Öberg", "Sorsele")?;
    take_in(&dorotea, &sorsele, "Anna Öberg", "Sorsele")?;
    let malå = office(home.path(), "Ivo Ek", "Malå")?;
    take_in(&dorotea, &malå, "Ivo Ek", "Malå")?;
    let shared = note(&dorotea, "Som det var")?;
    for office in [&sorsele, &malå, &sorsele, &malå] {
        meet(home, &dorotea, office)?;
    }
    Ok(([dorotea, sorsele, malå], shared))
}

pub(super) fn title(office: &Office, key: &str) -> Result<Value> {
    Ok(office.call("note", json!({ "key": key }))?["note"]["title"].clone())
}

pub(super) fn rename(office: &Office, key: &str, name: &str) -> Result<()> {
    let heads = office.call("head", json!({ "key": key }))?["heads"].clone();
    let edit = json!({ "key": key, "heads": heads, "window": "w", "edits": [set("title", name)] });
    office.call("edit_item", edit).map(drop)
}

#[test]
fn what_was_read_before_the_end_was_known_is_taken_out_again_and_stays_with_its_writer()
-> Result<()> {
    let home = tempfile::tempdir()?;
    let ([dorotea, sorsele, malå], shared) = before_the_end(&home)?;
    let late = note(&sorsele, "Efteråt")?;
    rename(&sorsele, &shared, "Som Anna vill")?;
    carry(&home, &sorsele, &malå)?;
    assert_eq!(title(&malå, &shared)?, "Som Anna vill");
    remove(&dorotea, "Anna Öberg", "")?;
    carry(&home, &dorotea, &malå)?;
    carry(&home, &malå, &dorotea)?;
    for office in [&malå, &dorotea] {
        assert!(!has(office, &late)?);
        assert_eq!(title(office, &shared)?, "Som det var");
        let people = office.call("krets_people", json!({}))?;
        assert_eq!(people["after_end"], 2);
        assert_eq!(office.call("check", json!({}))?["faults"], 0);
    }
    carry(&home, &dorotea, &sorsele)?;
    assert!(has(&sorsele, &late)?);
    assert_eq!(title(&sorsele, &shared)?, "Som Anna vill");
    Ok(())
}

#[test]
fn what_a_colleague_has_built_on_counts_everywhere_and_the_rest_does_not() -> Result<()> {
    let home = tempfile::tempdir()?;
    let ([dorotea, sorsele, malå], shared) = before_the_end(&home)?;
    rename(&sorsele, &shared, "Som Anna vill")?;
    let late = note(&sorsele, "Efteråt")?;
    carry(&home, &sorsele, &malå)?;
    rename(&malå, &shared, "Som Anna och Ivo vill")?;
    remove(&dorotea, "Anna Öberg", "")?;
    carry(&home, &malå, &dorotea)?;
    carry(&home, &dorotea, &malå)?;
    for office in [&malå, &dorotea] {
        assert_eq!(title(office, &shared)?, "Som Anna och Ivo vill");
        assert!(!has(office, &late)?);
        assert_eq!(office.call("krets_people", json!({}))?["after_end"], 1);
        assert_eq!(office.call("krets", json!({}))?["waiting"], 0);
    }
    assert!(person(&dorotea, "Anna Öberg").is_err());
    Ok(())
}

#[test]
fn a_page_that_was_open_when_something_was_taken_out_of_it_is_saved_all_the_same() -> Result<()> {
    let home = tempfile::tempdir()?;
    let ([dorotea, sorsele, malå], shared) = before_the_end(&home)?;
    rename(&sorsele, &shared, "Som Anna vill")?;
    carry(&home, &sorsele, &malå)?;
    let heads = malå.call("head", json!({ "key": shared }))?["heads"].clone();
    remove(&dorotea, "Anna Öberg", "")?;
    carry(&home, &dorotea, &malå)?;
    assert_eq!(title(&malå, &shared)?, "Som det var");
    let edit = json!({ "key": shared, "heads": heads, "window": "w",
                       "edits": [set("title", "Som Ivo vill")] });
    malå.call("edit_item", edit)?;
    carry(&home, &malå, &dorotea)?;
    for office in [&malå, &dorotea] {
        assert_eq!(title(office, &shared)?, "Som Ivo vill");
    }
    Ok(())
}

#[test]
fn what_a_colleague_has_built_twice_on_something_new_counts_too() -> Result<()> {
    let home = tempfile::tempdir()?;
    let ([dorotea, sorsele, malå], _) = before_the_end(&home)?;
    let late = note(&sorsele, "Efteråt")?;
    carry(&home, &sorsele, &malå)?;
    rename(&malå, &late, "Ivo går vidare")?;
    rename(&malå, &late, "Ivo går längre")?;
    remove(&dorotea, "Anna Öberg", "")?;
    carry(&home, &malå, &dorotea)?;
    carry(&home, &dorotea, &malå)?;
    for office in [&malå, &dorotea] {
        assert_eq!(title(office, &late)?, "Ivo går längre");
        assert_eq!(office.call("krets", json!({}))?["waiting"], 0);
    }
    Ok(())
}

#[test]
fn what_comes_after_her_end_and_was_erased_before_it_came_leaves_a_stub_only() -> Result<()> {
    let home = tempfile::tempdir()?;
    let ([dorotea, sorsele, malå], shared) = before_the_end(&home)?;
    rename(&sorsele, &shared, "Som Anna vill")?;
    remove(&dorotea, "Anna Öberg", "")?;
    let erase = json!({ "key": shared, "ground": "person", "decision": "", "keep_text": false,
                        "window": "w" });
    dorotea.call("erase_item", erase)?;
    carry(&home, &sorsele, &dorotea)?;
    carry(&home, &dorotea, &malå)?;
    for office in [&dorotea, &malå] {
        assert!(!has(office, &shared)?);
        // Kept aside it would lie there with its bytes.
        let people = office.call("krets_people", json!({}))?;
        assert_eq!(people["after_end"], 0);
        assert_eq!(office.call("krets", json!({}))?["waiting"], 0);
    }
    Ok(())
}
