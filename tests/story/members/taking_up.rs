//! What somebody wrote after her end is shown to the admins, and counts when one takes it up.

use super::after_the_end::{before_the_end, rename, title};
use super::{carry, note, remove};
use anyhow::{Context as _, Result};
use radrum_tests::krets::{has, invited};
use radrum_tests::office::Office;
use serde_json::{Value, json};
use tempfile::TempDir;

fn items(office: &Office) -> Result<Vec<Value>> {
    let page = office.call("late_items", json!({}))?;
    Ok(page["items"].as_array().context("items")?.clone())
}

/// What is listed about an item.
fn of(office: &Office, key: &str) -> Result<Value> {
    let all = items(office)?;
    let found = all.iter().find(|of| of["key"] == key);
    found.cloned().with_context(|| format!("{key} in {all:?}"))
}

fn take_up(office: &Office, item: &Value) -> Result<()> {
    let args = json!({ "key": item["key"], "computer": item["computer"], "window": "w" });
    office.call("take_up", args).map(drop)
}

fn is_sound(office: &Office) -> Result<()> {
    assert_eq!(office.call("check", json!({}))?["faults"], 0);
    assert_eq!(office.call("krets", json!({}))?["waiting"], 0);
    Ok(())
}

/// Anna in Sorsele is out; then a note of hers and a new name for Maja's have come to all.
fn anna_wrote_on(home: &TempDir) -> Result<([Office; 3], String, String)> {
    let ([dorotea, sorsele, malå], shared) = before_the_end(home)?;
    remove(&dorotea, "Anna Öberg", "")?;
    let late = note(&sorsele, "Efteråt")?;
    rename(&sorsele, &shared, "Som Anna vill")?;
    carry(home, &dorotea, &malå)?;
    carry(home, &sorsele, &malå)?;
    carry(home, &malå, &dorotea)?;
    Ok(([dorotea, sorsele, malå], shared, late))
}

#[test]
fn what_came_after_an_end_is_listed_in_words_for_admins_and_for_nobody_else() -> Result<()> {
    let home = tempfile::tempdir()?;
    let ([dorotea, _, malå], shared, late) = anna_wrote_on(&home)?;
    let new = of(&dorotea, &late)?;
    assert_eq!(
        (&new["title"], &new["municipality"], &new["kind"]),
        (&json!("Efteråt"), &json!("Sorsele"), &json!("note"))
    );
    assert_eq!(
        (&new["counts"], &new["fits"], &new["may"]),
        (&json!(false), &json!(true), &json!(true))
    );
    assert_eq!(new["saves"][0]["name"], "Anna Öberg");
    let changed = of(&dorotea, &shared)?;
    let line = &changed["saves"][0]["lines"][0];
    assert_eq!(
        (&line["old"], &line["new"]),
        (&json!("Som det var"), &json!("Som Anna vill"))
    );
    assert_eq!(items(&dorotea)?.len(), 2);

    let page = malå.call("late_items", json!({}))?;
    assert_eq!(page, json!({ "admin": false, "items": [] }));
    let args = json!({ "key": late, "computer": new["computer"], "window": "w" });
    assert_eq!(malå.refused("take_up", args)?["code"], "not_admin");
    assert!(!has(&malå, &late)? && !has(&dorotea, &late)?);
    Ok(())
}

#[test]
fn what_an_admin_takes_up_counts_everywhere_and_the_rest_stays_aside() -> Result<()> {
    let home = tempfile::tempdir()?;
    let ([dorotea, _, malå], shared, late) = anna_wrote_on(&home)?;
    take_up(&dorotea, &of(&dorotea, &late)?)?;
    assert_eq!(title(&dorotea, &late)?, "Efteråt");
    carry(&home, &dorotea, &malå)?;
    for office in [&dorotea, &malå] {
        assert_eq!(title(office, &late)?, "Efteråt");
        assert_eq!(title(office, &shared)?, "Som det var");
        assert_eq!(office.call("krets_people", json!({}))?["after_end"], 1);
        is_sound(office)?;
        // With her name, and who took it up.
        let history = office.call("history", json!({ "key": late }))?;
        assert_eq!(history[0]["lines"][0]["action"], "took_up");
        assert_eq!(history[0]["author"]["title"], "Maja Lundmark");
        assert_eq!(history[1]["author"]["title"], "Anna Öberg");
    }
    assert_eq!(of(&dorotea, &late)?["counts"], true);
    let again = of(&dorotea, &late)?;
    let args = json!({ "key": late, "computer": again["computer"], "window": "w" });
    assert_eq!(dorotea.refused("take_up", args)?["code"], "not_found");

    // Facts that come later take nothing of it out again, and whoever comes later has it too.
    dorotea.call("begin_epoch", json!({}))?;
    carry(&home, &dorotea, &malå)?;
    rename(&malå, &late, "Ivo går vidare")?;
    carry(&home, &malå, &dorotea)?;
    let åsele = invited(&dorotea, &home.path().join("å"), "Eva Ek", "Åsele")?;
    carry(&home, &malå, &åsele)?;
    carry(&home, &dorotea, &åsele)?;
    for office in [&dorotea, &malå, &åsele] {
        assert_eq!(title(office, &late)?, "Ivo går vidare");
        assert_eq!(title(office, &shared)?, "Som det var");
    }
    is_sound(&åsele)
}

#[test]
fn a_text_that_was_changed_meanwhile_stands_beside_what_is_taken_up() -> Result<()> {
    let home = tempfile::tempdir()?;
    let ([dorotea, _, malå], shared, _) = anna_wrote_on(&home)?;
    rename(&dorotea, &shared, "Som Maja vill")?;
    take_up(&dorotea, &of(&dorotea, &shared)?)?;
    carry(&home, &dorotea, &malå)?;
    for office in [&dorotea, &malå] {
        let head = office.call("head", json!({ "key": shared }))?;
        let voices = head["voices"][0]["voices"].as_array().context("voices")?;
        let said: Vec<&Value> = voices.iter().map(|voice| &voice["value"]).collect();
        assert_eq!(said, [&json!("Som Maja vill"), &json!("Som Anna vill")]);
        is_sound(office)?;
    }
    Ok(())
}

#[test]
fn what_she_wrote_in_several_saves_is_taken_up_whole_and_what_comes_after_that_is_aside()
-> Result<()> {
    let home = tempfile::tempdir()?;
    let ([dorotea, sorsele, malå], _) = before_the_end(&home)?;
    remove(&dorotea, "Anna Öberg", "")?;
    let late = note(&sorsele, "Efteråt")?;
    rename(&sorsele, &late, "Ännu senare")?;
    rename(&sorsele, &late, "Till sist")?;
    carry(&home, &sorsele, &dorotea)?;
    let listed = of(&dorotea, &late)?;
    assert_eq!(listed["saves"].as_array().map(Vec::len), Some(3));
    assert_eq!(listed["title"], "Till sist");
    take_up(&dorotea, &listed)?;
    // What she writes after that is aside again.
    rename(&sorsele, &late, "Efter allt")?;
    carry(&home, &sorsele, &dorotea)?;
    carry(&home, &dorotea, &malå)?;
    for office in [&dorotea, &malå] {
        assert_eq!(title(office, &late)?, "Till sist");
        is_sound(office)?;
    }
    let all = items(&dorotea)?;
    let counts: Vec<&Value> = all.iter().map(|of| &of["counts"]).collect();
    assert_eq!(counts, [&json!(false), &json!(true)]);
    take_up(&dorotea, &all[0])?;
    carry(&home, &dorotea, &malå)?;
    assert_eq!(title(&malå, &late)?, "Efter allt");
    is_sound(&malå)
}
