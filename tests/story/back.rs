//! Baksidan: what colleagues wish or found wrong, and the welcome text, written by several offices
//! at once.

use crate::ask::krets::two;
use crate::ask::{create, edit, found_of};
use crate::export::{export, unzip};
use anyhow::{Context as _, Result};
use radrum_tests::edits::set;
use radrum_tests::office::Office;
use serde_json::{Value, json};

const WELCOME: &str = "welcome:valkomsttext";

fn suggest(office: &Office, title: &str) -> Result<String> {
    let edits = [
        set("title", title),
        set("form", "fault"),
        set("text", "Länken till blanketten leder fel."),
        set("page", "kort/lvm"),
    ];
    create(office, "suggestion", &edits)
}

fn suggestion(office: &Office, key: &str) -> Result<Value> {
    office.call("suggestion", json!({ "key": key }))
}

/// Titles of the list.
fn listed(office: &Office) -> Result<Vec<String>> {
    let rows = office.call("suggestions", json!({}))?;
    let rows = rows.as_array().context("a list")?.iter();
    let titles = rows.filter_map(|row| row["suggestion"]["title"].as_str());
    Ok(titles.map(str::to_string).collect())
}

#[test]
fn a_suggestion_is_answered_in_one_office_while_its_writer_adds_to_it_in_another() -> Result<()> {
    let krets = two()?;
    let key = suggest(&krets.sorsele, "Zebrablanketten saknas")?;
    krets.meet()?;
    let more = "Länken leder fel, också på telefonen.";
    edit(&krets.sorsele, &key, &[set("text", more)])?;
    let answer = [set("state", "taken_up"), set("answer", "FoU rättar i maj.")];
    edit(&krets.dorotea, &key, &answer)?;
    krets.meet()?;
    for office in krets.both() {
        let row = suggestion(office, &key)?;
        assert_eq!(row["suggestion"]["text"], more);
        assert_eq!(row["suggestion"]["state"], "taken_up");
        assert_eq!(row["suggestion"]["answer"], "FoU rättar i maj.");
        assert_eq!(row["suggestion"]["page"], "kort/lvm");
        assert_eq!(row["head"]["voices"], json!([]));
        assert_eq!(row["head"]["created_by"]["title"], "Anna Öberg");
        assert_eq!(listed(office)?, ["Zebrablanketten saknas"]);
    }
    Ok(())
}

#[test]
fn two_words_for_one_suggestion_stand_side_by_side_until_somebody_chooses() -> Result<()> {
    let krets = two()?;
    let key = suggest(&krets.sorsele, "Zebrablanketten saknas")?;
    krets.meet()?;
    edit(&krets.sorsele, &key, &[set("state", "done")])?;
    edit(&krets.dorotea, &key, &[set("state", "not_now")])?;
    krets.meet()?;
    for office in krets.both() {
        let voices = suggestion(office, &key)?["head"]["voices"].clone();
        assert_eq!(voices[0]["field"], "state");
        assert_eq!(voices[0]["voices"].as_array().map(Vec::len), Some(2));
    }
    Ok(())
}

#[test]
fn a_suggestion_is_found_in_the_one_field_and_stands_in_the_export() -> Result<()> {
    let krets = two()?;
    let key = suggest(&krets.dorotea, "Zebrablanketten saknas")?;
    edit(&krets.dorotea, &key, &[set("answer", "Klart på fredag.")])?;
    let rows = found_of(&krets.dorotea, "suggestion", "zebrablanketten")?;
    assert_eq!(rows[0]["key"], key.as_str(), "{rows}");
    let answer = krets
        .dorotea
        .call("search", json!({ "text": "zebrablanketten" }))?;
    assert_eq!(answer["thin"], true, "it answers no question of the work");
    let file = krets.home.path().join("ut.zip");
    export(&krets.dorotea, None, &file)?;
    let files = unzip(&file)?;
    let mut texts = files
        .iter()
        .filter(|(name, _)| name.starts_with("forslag/"));
    let (_, text) = texts.next().context("the suggestion")?;
    assert!(
        text.starts_with("# Zebrablanketten saknas\n\nFel · nytt\n"),
        "{text}"
    );
    assert!(text.contains("## Svar\n\nKlart på fredag.\n"), "{text}");
    Ok(())
}

#[test]
fn what_could_point_at_a_client_is_stopped_in_a_suggestion_too() -> Result<()> {
    let krets = two()?;
    let edits = [set("title", "Fel för 19121212-1212")];
    let args = json!({ "kind": "suggestion", "window": "w", "edits": edits });
    let refused = krets.dorotea.refused("create_item", args)?;
    assert_eq!(refused["code"], "personal_data", "{refused}");
    assert_eq!(listed(&krets.dorotea)?, Vec::<String>::new());
    Ok(())
}

#[test]
fn the_welcome_text_that_two_offices_begin_at_once_is_one_and_both_wordings_stand() -> Result<()> {
    let krets = two()?;
    for (office, text) in [
        (&krets.dorotea, "Hej från Dorotea."),
        (&krets.sorsele, "Hej på er."),
    ] {
        assert_eq!(create(office, "welcome", &[set("text", text)])?, WELCOME);
    }
    krets.meet()?;
    for office in krets.both() {
        let page = office.call("welcome", json!({}))?;
        let voices = page["head"]["voices"][0]["voices"]
            .as_array()
            .context("voices")?;
        let texts: Vec<_> = voices.iter().map(|voice| voice["value"].clone()).collect();
        assert_eq!(texts, ["Hej från Dorotea.", "Hej på er."]);
    }
    Ok(())
}

#[test]
fn a_welcome_that_was_put_away_is_shown_again_when_it_reads_otherwise() -> Result<()> {
    let krets = two()?;
    create(&krets.dorotea, "welcome", &[set("text", "Hej.")])?;
    krets.meet()?;
    let away = |office: &Office| -> Result<Value> {
        Ok(office.call("welcome", json!({}))?["away"].clone())
    };
    krets.sorsele.call("put_welcome_away", json!({}))?;
    krets.meet()?;
    assert_eq!(away(&krets.sorsele)?, true);
    assert_eq!(away(&krets.dorotea)?, false, "on that computer alone");
    edit(&krets.dorotea, WELCOME, &[set("text", "Hej alla nya.")])?;
    krets.meet()?;
    assert_eq!(away(&krets.sorsele)?, false);
    Ok(())
}
