//! Who answers for what: added, ended, handed over, and never forgotten.

use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use radrum_app::Size;
use radrum_tests::edits::set;
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};

fn row(office: &Office, area: &str) -> Result<Value> {
    let matrix = office.call("matrix", json!({}))?;
    let rows = matrix["rows"].as_array().context("rows")?;
    let row = rows.iter().find(|row| row["area"]["key"] == area);
    Ok(row.context("no such area")?.clone())
}

#[test]
fn an_area_that_is_handed_over_shows_the_new_holder_and_keeps_the_old_one() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::open(Start {
        day: NaiveDate::from_ymd_opt(2026, 11, 22),
        ..Start::example(folder.path(), Size::Small)
    })?;
    let before = row(&office, "area:lvm")?;
    let lead = before["cells"]
        .as_array()
        .context("cells")?
        .iter()
        .find(|cell| cell["responsibility"] == "lead")
        .context("no lead")?;
    let heir = if lead["municipality"]["key"] == "municipality:sorsele" {
        "municipality:dorotea"
    } else {
        "municipality:sorsele"
    };
    office.call(
        "edit_item",
        json!({ "key": lead["key"], "heads": lead["heads"], "window": "a",
        "edits": [set("to", "2026-11-21")] }),
    )?;
    office.call(
        "create_item",
        json!({ "kind": "responsibility", "window": "a", "edits": [
        set("area", "area:lvm"), set("municipality", heir), set("responsibility", "lead"),
        set("from", "2026-11-22"), set("decision", "Beslut 2026-11-20 § 14"),
    ] }),
    )?;
    let after = row(&office, "area:lvm")?;
    let now = after["cells"]
        .as_array()
        .context("cells")?
        .iter()
        .find(|cell| cell["responsibility"] == "lead")
        .context("no lead")?;
    assert_eq!(now["municipality"]["key"], heir);
    assert_eq!(now["holding"]["decision"], "Beslut 2026-11-20 § 14");
    assert!(
        after["past"]
            .as_array()
            .context("past")?
            .iter()
            .any(|cell| cell["key"] == lead["key"])
    );
    let people = office.call("area_people", json!({ "key": "area:lvm" }))?;
    assert!(people["holders"].to_string().contains(heir));
    Ok(())
}

#[test]
fn the_matrix_says_none_one_or_several_and_never_a_figure_about_persons() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::open(Start::example(folder.path(), Size::Small))?;
    let matrix = office.call("matrix", json!({}))?;
    for row in matrix["rows"].as_array().context("rows")? {
        let told = row["experienced"].as_str().context("experienced")?;
        assert!(["none", "one", "several"].contains(&told));
    }
    Ok(())
}

#[test]
fn a_colleague_who_is_away_is_shown_with_her_deputy() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::open(Start {
        day: NaiveDate::from_ymd_opt(2026, 11, 22),
        ..Start::example(folder.path(), Size::Small)
    })?;
    let members = office.call("members", json!({ "municipality": null }))?;
    let members = members.as_array().context("members")?;
    let away: Vec<&Value> = members
        .iter()
        .filter(|row| row["away_today"] == true)
        .collect();
    assert!(!away.is_empty());
    assert!(away.iter().any(|row| row["deputy"].is_object()));
    Ok(())
}
