//! The krets itself: its statutes, and who represents whom until when.

use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use radrum_tests::edits::{choose, set};
use radrum_tests::krets::{found, invited, invited_with, meet, office_with, text};
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

const KEY: &str = "statutes:stadgar";

fn page(office: &Office) -> Result<Value> {
    office.call("statutes", json!({}))
}

/// As the page saves: the first time it makes them, then it edits what it saw.
fn write(office: &Office, edits: &[Value]) -> Result<()> {
    let head = page(office)?["head"].clone();
    let (command, args) = if head.is_null() {
        let args = json!({ "kind": "statutes", "edits": edits, "window": "w" });
        ("create_item", args)
    } else {
        let args = json!({ "key": KEY, "heads": head["heads"], "edits": edits, "window": "w" });
        ("edit_item", args)
    };
    let written = office.call(command, args)?;
    assert_eq!(written["key"], KEY);
    Ok(())
}

fn on(day: (i32, u32, u32), folder: &Path) -> Start {
    Start {
        day: NaiveDate::from_ymd_opt(day.0, day.1, day.2),
        ..Start::own(folder)
    }
}

/// Maja, who founded and is an admin, and Anna, who is none; both on 22 November 2026.
fn two(home: &TempDir) -> Result<(Office, Office)> {
    let day = (2026, 11, 22);
    let start = on(day, &home.path().join("Dorotea"));
    let dorotea = office_with(start, "Maja Lundmark", "Dorotea")?;
    found(&dorotea)?;
    let start = on(day, &home.path().join("s"));
    let sorsele = invited_with(&dorotea, start, "Anna Öberg", "Sorsele")?;
    meet(home.path(), &sorsele, &dorotea)?;
    Ok((dorotea, sorsele))
}

fn place(office: &Office, name: &str) -> Result<Value> {
    let page = page(office)?;
    let places = page["places"].as_array().context("places")?;
    let mut found = places
        .iter()
        .filter(|of| of["municipality"]["title"] == name);
    found
        .next()
        .cloned()
        .with_context(|| format!("{name} in {page}"))
}

#[test]
fn statutes_that_an_admin_writes_are_read_in_the_other_office_and_found_there() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    let before = page(&sorsele)?;
    assert_eq!(
        (&before["head"], &before["may_write"]),
        (&json!(null), &json!(false))
    );
    assert_eq!(before["writers"][0]["title"], "Maja Lundmark");
    assert_eq!(page(&dorotea)?["may_write"], true);

    let written = [
        set(
            "purpose",
            "Att kommunerna hjälper varandra i sällanärenden.",
        ),
        set(
            "time",
            "Fyra timmar i månaden per kommun, i tjänstebeskrivningen.",
        ),
        set("root_1", "Malå kommun, kommunjuristen"),
        set("adopted_on", "2026-10-01"),
    ];
    write(&dorotea, &written)?;
    meet(home.path(), &dorotea, &sorsele)?;
    let read = page(&sorsele)?;
    assert_eq!(read["statutes"]["root_1"], "Malå kommun, kommunjuristen");
    assert_eq!(read["statutes"]["adopted_on"], "2026-10-01");
    assert_eq!(read["head"]["created_by"]["title"], "Maja Lundmark");
    for words in ["kretsens stadgar", "avsatt tid i månaden per kommun"] {
        let answer = sorsele.call("search", json!({ "text": words }))?;
        let groups = answer["groups"].as_array().context("groups")?;
        let group = groups.iter().find(|group| group["kind"] == "statutes");
        assert_eq!(group.context("group")?["items"][0]["key"], KEY, "{words}");
    }
    Ok(())
}

#[test]
fn two_offices_that_begin_the_statutes_at_once_write_in_the_same_ones() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    let (one, other) = ("Att hjälpas åt.", "Att lära av varandra.");
    write(
        &dorotea,
        &[set("purpose", one), set("root_1", "Dorotea kommun")],
    )?;
    write(
        &sorsele,
        &[set("purpose", other), set("root_2", "Sorsele kommun")],
    )?;
    meet(home.path(), &dorotea, &sorsele)?;
    for office in [&dorotea, &sorsele] {
        let read = page(office)?;
        assert_eq!(read["statutes"]["root_1"], "Dorotea kommun");
        assert_eq!(read["statutes"]["root_2"], "Sorsele kommun");
        let voices = read["head"]["voices"].as_array().context("voices")?;
        assert_eq!(voices.len(), 1, "{voices:?}");
        let values = voices[0]["voices"].as_array().context("values")?;
        let by = |at: usize| (&values[at]["municipality"], &values[at]["value"]);
        assert_eq!(by(0), (&json!("Dorotea"), &json!(one)));
        assert_eq!(by(1), (&json!("Sorsele"), &json!(other)));
    }
    write(&dorotea, &[choose("purpose", other)])?;
    meet(home.path(), &dorotea, &sorsele)?;
    let read = page(&sorsele)?;
    assert_eq!(read["statutes"]["purpose"], other);
    assert_eq!(read["head"]["voices"], json!([]));
    Ok(())
}

#[test]
fn statutes_that_came_while_they_were_begun_here_keep_both_texts() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    write(&dorotea, &[set("purpose", "Att hjälpas åt.")])?;
    meet(home.path(), &dorotea, &sorsele)?;
    // The form in Sorsele was opened before they came.
    let edits = [set("purpose", "Att lära av varandra.")];
    let begun = json!({ "kind": "statutes", "edits": edits, "window": "w" });
    assert_eq!(text(&sorsele.call("create_item", begun)?, "key")?, KEY);
    let head = page(&sorsele)?["head"].clone();
    let voices = head["voices"][0]["voices"].as_array().context("voices")?;
    assert_eq!(voices.len(), 2, "{head}");
    Ok(())
}

#[test]
fn a_representative_is_shown_with_her_last_day_and_quietly_when_it_has_passed() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    let people = dorotea.call("members", json!({ "municipality": null }))?;
    let people = people.as_array().context("people")?;
    let anna = people.iter().find(|row| row["title"] == "Anna Öberg");
    let anna = text(anna.context("Anna")?, "key")?;
    let edit = |office: &Office, until: &str| {
        let heads = office.call("head", json!({ "key": anna }))?["heads"].clone();
        let edits = [set("duty", "representative"), set("duty_until", until)];
        let args = json!({ "key": anna, "heads": heads, "edits": edits, "window": "w" });
        office.call("edit_item", args)
    };
    assert_eq!(place(&dorotea, "Sorsele")?["representatives"], json!([]));
    edit(&sorsele, "2026-11-22")?;
    meet(home.path(), &sorsele, &dorotea)?;
    let today = place(&dorotea, "Sorsele")?["representatives"][0].clone();
    assert_eq!(
        (&today["until"], &today["over"]),
        (&json!("2026-11-22"), &json!(false))
    );
    edit(&sorsele, "2026-11-21")?;
    meet(home.path(), &sorsele, &dorotea)?;
    let passed = place(&dorotea, "Sorsele")?["representatives"][0].clone();
    assert_eq!(
        (&passed["member"]["title"], &passed["over"]),
        (&json!("Anna Öberg"), &json!(true))
    );

    write(&dorotea, &[set("review_on", "2026-11-21")])?;
    assert_eq!(page(&dorotea)?["review_over"], true);
    write(&dorotea, &[set("review_on", "2026-11-22")])?;
    assert_eq!(page(&dorotea)?["review_over"], false);
    Ok(())
}

#[test]
fn a_task_that_is_handed_over_keeps_its_last_day() -> Result<()> {
    let home = tempfile::tempdir()?;
    let start = on((2026, 11, 22), &home.path().join("Dorotea"));
    let dorotea = office_with(start, "Maja Lundmark", "Dorotea")?;
    let maja = text(&dorotea.call("start", json!({}))?["session"]["me"], "key")?;
    let siv = dorotea.call(
        "create_item",
        json!({ "kind": "member", "window": "w",
                "edits": [set("title", "Siv Ek"), set("owner", "municipality:dorotea")] }),
    )?;
    let heads = dorotea.call("head", json!({ "key": maja }))?["heads"].clone();
    let until = json!({ "key": maja, "heads": heads, "window": "w",
                        "edits": [set("duty_until", "2027-12-31")] });
    dorotea.call("edit_item", until)?;
    let duty = dorotea.call("handing_over", json!({ "key": maja }))?["held"][0].clone();
    let thing = json!({ "key": maja, "field": "duty", "heads": duty["heads"], "to": siv["key"] });
    dorotea.call(
        "hand_over",
        json!({ "member": maja, "things": [thing], "window": "w" }),
    )?;
    let of = place(&dorotea, "Dorotea")?["representatives"].clone();
    assert_eq!(of.as_array().map(Vec::len), Some(1), "{of}");
    assert_eq!(
        (&of[0]["member"]["title"], &of[0]["until"]),
        (&json!("Siv Ek"), &json!("2027-12-31"))
    );
    Ok(())
}

#[test]
fn a_municipality_that_has_left_is_represented_no_more_and_the_statutes_stand() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office_with(
        Start::own(&home.path().join("Dorotea")),
        "Maja Lundmark",
        "Dorotea",
    )?;
    let roots = found(&dorotea)?;
    let sorsele = invited(&dorotea, &home.path().join("s"), "Anna Öberg", "Sorsele")?;
    meet(home.path(), &sorsele, &dorotea)?;
    write(&dorotea, &[set("root_2", "Sorsele kommun")])?;
    let leaves = json!({ "municipality": "municipality:sorsele", "turn": "leaves",
                         "root_keys": [roots[0], roots[1]] });
    dorotea.call("change_municipality", leaves)?;
    assert!(place(&dorotea, "Sorsele").is_err());
    assert_eq!(page(&dorotea)?["statutes"]["root_2"], "Sorsele kommun");
    Ok(())
}
