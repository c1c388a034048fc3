//! A colleague leaves: what she answers for is taken over, and nothing is lost.

use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use radrum_tests::edits::{set, set_in};
use radrum_tests::krets::{found, invited, meet, office, office_with, text};
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};

fn create(office: &Office, kind: &str, edits: &[Value]) -> Result<String> {
    let made = office.call(
        "create_item",
        json!({ "kind": kind, "window": "w", "edits": edits }),
    )?;
    text(&made, "key")
}

fn edit(office: &Office, key: &str, edits: &[Value]) -> Result<()> {
    let heads = office.call("head", json!({ "key": key }))?["heads"].clone();
    let args = json!({ "key": key, "heads": heads, "window": "w", "edits": edits });
    office.call("edit_item", args).map(drop)
}

fn colleague(office: &Office, name: &str) -> Result<String> {
    let members = office.call("members", json!({ "municipality": null }))?;
    let members = members.as_array().context("members")?;
    let found = members.iter().find(|row| row["title"] == name);
    text(found.with_context(|| name.to_string())?, "key")
}

fn held(office: &Office, member: &str) -> Result<Vec<Value>> {
    let page = office.call("handing_over", json!({ "key": member }))?;
    page["held"].as_array().cloned().context("held")
}

/// Which things somebody holds, as words that can be compared.
fn names(office: &Office, member: &str) -> Result<Vec<String>> {
    let things = held(office, member)?;
    let name = |thing: &Value| {
        Ok(format!(
            "{} {}",
            text(thing, "field")?,
            text(thing, "title")?
        ))
    };
    things.iter().map(name).collect()
}

/// Hands over everything, as "Allt till" does.
fn all_to(office: &Office, from: &str, to: &str) -> Result<Value> {
    let things: Vec<Value> = held(office, from)?
        .iter()
        .map(|of| json!({ "key": of["key"], "field": of["field"], "heads": of["heads"], "to": to }))
        .collect();
    office.call(
        "hand_over",
        json!({ "member": from, "things": things, "window": "w" }),
    )
}

fn card(office: &Office, key: &str) -> Result<Value> {
    Ok(office.call("playbook", json!({ "key": key }))?["card"].clone())
}

/// Maja in Dorotea and Anna in Sorsele, who know each other, on a day that stands still.
fn two(home: &tempfile::TempDir) -> Result<(Office, Office)> {
    let start = Start {
        day: NaiveDate::from_ymd_opt(2026, 11, 22),
        ..Start::own(&home.path().join("Dorotea"))
    };
    let dorotea = office_with(start, "Maja Lundmark", "Dorotea")?;
    found(&dorotea)?;
    let sorsele = invited(&dorotea, &home.path().join("s"), "Anna Öberg", "Sorsele")?;
    meet(home.path(), &sorsele, &dorotea)?;
    Ok((dorotea, sorsele))
}

#[test]
fn what_a_leaving_colleague_answers_for_is_taken_over_in_one_save_and_everybody_sees_it()
-> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    let (maja, anna) = (
        colleague(&dorotea, "Maja Lundmark")?,
        colleague(&dorotea, "Anna Öberg")?,
    );
    let siv = create(&dorotea, "member", &[set("title", "Siv Ek")])?;
    let holding = [
        set("area", "area:lvm"),
        set("municipality", "municipality:sorsele"),
        set("responsibility", "lead"),
        set("member", anna.as_str()),
    ];
    create(&sorsele, "responsibility", &holding)?;
    let mut over = holding.to_vec();
    over.push(set("to", "2026-11-21"));
    create(&sorsele, "responsibility", &over)?;
    let roles = [
        set("owner_role", "IFO-chef Sorsele"),
        set("owner_member", anna.as_str()),
        set("review_on", "2027-03-01"),
    ];
    edit(&sorsele, "playbook:lvm", &roles)?;
    edit(
        &sorsele,
        "playbook:lvu",
        &[set("deputy_member", anna.as_str())],
    )?;
    edit(&sorsele, &anna, &[set("duty", "representative")])?;
    edit(&sorsele, &maja, &[set("deputy", anna.as_str())])?;
    meet(home.path(), &sorsele, &dorotea)?;

    let listed = names(&dorotea, &anna)?;
    let lvm = text(&card(&dorotea, "playbook:lvm")?, "title")?;
    assert_eq!(listed[0], "duty Anna Öberg");
    assert!(listed[1].starts_with("member "), "the area: {listed:?}");
    assert_eq!(listed[2], format!("owner_member {lvm}"));
    assert!(listed[3].starts_with("deputy_member "), "{listed:?}");
    assert_eq!(listed[4], "deputy Maja Lundmark");
    assert_eq!(listed.len(), 5, "what is over is held no more: {listed:?}");
    assert_eq!(held(&dorotea, &anna)?[2]["review_on"], "2027-03-01");

    all_to(&dorotea, &anna, &siv)?;
    meet(home.path(), &dorotea, &sorsele)?;
    for office in [&dorotea, &sorsele] {
        assert_eq!(names(office, &anna)?, Vec::<String>::new());
        assert_eq!(names(office, &siv)?.len(), 5);
        let card = card(office, "playbook:lvm")?;
        assert_eq!(card["owner_member"], siv.as_str());
        assert_eq!(card["owner_role"], "IFO-chef Sorsele", "the role owns it");
    }
    let history = sorsele.call("history", json!({ "key": "playbook:lvm" }))?;
    assert!(
        history.to_string().contains(&anna),
        "who it was is not forgotten"
    );
    Ok(())
}

#[test]
fn a_card_that_is_written_while_it_is_handed_over_keeps_both() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    let (maja, anna) = (
        colleague(&dorotea, "Maja Lundmark")?,
        colleague(&dorotea, "Anna Öberg")?,
    );
    edit(
        &dorotea,
        "playbook:lvm",
        &[set("owner_member", anna.as_str())],
    )?;
    meet(home.path(), &dorotea, &sorsele)?;

    let before = card(&sorsele, "playbook:lvm")?;
    let step = text(&before["steps"][0], "id")?;
    let written = [
        set_in("steps", &step, "text", "Ring jouren först."),
        set("owner_member", anna.as_str()),
    ];
    edit(&sorsele, "playbook:lvm", &written)?;
    all_to(&dorotea, &anna, &maja)?;
    meet(home.path(), &sorsele, &dorotea)?;
    for office in [&dorotea, &sorsele] {
        let card = card(office, "playbook:lvm")?;
        assert_eq!(card["steps"][0]["text"], "Ring jouren först.");
        assert_eq!(card["owner_member"], maja.as_str());
    }
    Ok(())
}

#[test]
fn two_who_hand_the_same_card_to_two_heirs_see_both_until_someone_chooses() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    let (maja, anna) = (
        colleague(&dorotea, "Maja Lundmark")?,
        colleague(&dorotea, "Anna Öberg")?,
    );
    let siv = create(&dorotea, "member", &[set("title", "Siv Ek")])?;
    edit(
        &dorotea,
        "playbook:lvm",
        &[set("owner_member", siv.as_str())],
    )?;
    meet(home.path(), &dorotea, &sorsele)?;
    all_to(&dorotea, &siv, &maja)?;
    all_to(&sorsele, &siv, &anna)?;
    meet(home.path(), &sorsele, &dorotea)?;
    for office in [&dorotea, &sorsele] {
        let head = office.call("head", json!({ "key": "playbook:lvm" }))?;
        let voices = &head["voices"][0];
        assert_eq!(voices["field"], "owner_member");
        let mut values: Vec<&str> = voices["voices"]
            .as_array()
            .context("voices")?
            .iter()
            .filter_map(|voice| voice["value"].as_str())
            .collect();
        values.sort_unstable();
        let mut both = [maja.as_str(), anna.as_str()];
        both.sort_unstable();
        assert_eq!(values, both);
    }
    Ok(())
}

#[test]
fn nothing_is_handed_to_whoever_has_it_to_nobody_or_as_what_it_is_not() -> Result<()> {
    let home = tempfile::tempdir()?;
    let office = office(home.path(), "Maja Lundmark", "Dorotea")?;
    let maja = colleague(&office, "Maja Lundmark")?;
    let siv = create(&office, "member", &[set("title", "Siv Ek")])?;
    edit(&office, &siv, &[set("deputy", maja.as_str())])?;
    edit(
        &office,
        "playbook:lvm",
        &[set("owner_member", maja.as_str())],
    )?;
    let all = held(&office, &maja)?;
    assert_eq!(all.len(), 3, "{all:?}");
    let refused = |thing: &Value, field: &str, to: &str| {
        let thing = json!({ "key": thing["key"], "field": field, "heads": thing["heads"],
                            "to": to });
        let args = json!({ "member": maja, "things": [thing], "window": "w" });
        Ok::<_, anyhow::Error>(office.refused("hand_over", args)?["code"].clone())
    };
    let (card, deputy) = (&all[1], &all[2]);
    assert_eq!(refused(card, "owner_member", &maja)?, "bad_arguments");
    assert_eq!(refused(deputy, "deputy", &siv)?, "bad_arguments");
    assert_eq!(refused(card, "owner_role", &siv)?, "bad_arguments");
    assert_eq!(refused(card, "owner_member", "area:lvm")?, "bad_arguments");
    assert_eq!(refused(card, "owner_member", "member:ingen")?, "not_found");
    assert_eq!(held(&office, &maja)?, all, "nothing was written");
    Ok(())
}

#[test]
fn drafts_are_told_to_whoever_leaves_and_to_nobody_else() -> Result<()> {
    let home = tempfile::tempdir()?;
    let office = office(home.path(), "Maja Lundmark", "Dorotea")?;
    let maja = colleague(&office, "Maja Lundmark")?;
    let siv = create(&office, "member", &[set("title", "Siv Ek")])?;
    office.call(
        "save_draft",
        json!({ "key": "new:note", "field": "title", "heads": [], "text": "Halvfärdigt",
                "window": "w" }),
    )?;
    let page = |key: &str| office.call("handing_over", json!({ "key": key }));
    assert_eq!(page(&maja)?["drafts"][0]["key"], "new:note");
    assert_eq!(page(&siv)?["drafts"], json!([]));
    Ok(())
}
