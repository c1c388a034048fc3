//! Saving, drafts, ticks, and two who write at once.

use anyhow::{Context as _, Result};
use radrum_app::Size;
use radrum_tests::edits::{add, choose, entry_id, remove, set, set_in, write};
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};
use tempfile::TempDir;

const CARD: &str = "playbook:lvm";

fn office() -> Result<(Office, TempDir)> {
    let folder = tempfile::tempdir()?;
    let office = Office::open(Start::example(folder.path(), Size::Small))?;
    Ok((office, folder))
}

fn edit(office: &Office, window: &str, key: &str, heads: &Value, edits: Value) -> Result<Value> {
    office.call(
        "edit_item",
        json!({ "key": key, "heads": heads, "edits": edits, "window": window }),
    )
}

fn card(office: &Office) -> Result<Value> {
    office.call("playbook", json!({ "key": CARD }))
}

fn note(office: &Office, body: &str) -> Result<Value> {
    office.call(
        "create_item",
        json!({ "kind": "note", "window": "a",
                "edits": [set("title", "Väglag"), write("body", body)] }),
    )
}

#[test]
fn two_windows_that_write_the_same_field_both_stand_until_one_is_chosen() -> Result<()> {
    let (office, _folder) = office()?;
    let seen = card(&office)?["head"]["heads"].clone();
    edit(
        &office,
        "a",
        CARD,
        &seen,
        json!([set("owner_role", "Enhetschef vuxen")]),
    )?;
    edit(
        &office,
        "b",
        CARD,
        &seen,
        json!([set("owner_role", "1:e socialsekreterare")]),
    )?;
    let page = card(&office)?;
    let voices = &page["head"]["voices"];
    assert_eq!(voices.as_array().map(Vec::len), Some(1));
    assert_eq!(voices[0]["field"], "owner_role");
    let mut texts: Vec<&str> = voices[0]["voices"]
        .as_array()
        .context("voices")?
        .iter()
        .filter_map(|voice| voice["value"].as_str())
        .collect();
    texts.sort_unstable();
    assert_eq!(texts, ["1:e socialsekreterare", "Enhetschef vuxen"]);
    assert_eq!(
        page["head"]["merges"][0]["fields"][0]["field"],
        "owner_role"
    );
    let found = office.call("region", json!({}))?;
    let row = found["reviews"]
        .as_array()
        .context("reviews")?
        .iter()
        .find(|row| row["key"] == CARD)
        .context("lvm")?;
    assert_eq!(row["voices"], true);

    let heads = page["head"]["heads"].clone();
    edit(
        &office,
        "a",
        CARD,
        &heads,
        json!([choose("owner_role", "Enhetschef vuxen")]),
    )?;
    let page = card(&office)?;
    assert_eq!(page["card"]["owner_role"], "Enhetschef vuxen");
    assert_eq!(page["head"]["voices"], json!([]));
    let history = office.call("history", json!({ "key": CARD }))?;
    assert!(history.to_string().contains("1:e socialsekreterare"));
    Ok(())
}

#[test]
fn two_windows_in_different_places_of_one_card_merge_without_a_question() -> Result<()> {
    let (office, _folder) = office()?;
    let page = card(&office)?;
    let seen = page["head"]["heads"].clone();
    let steps = page["card"]["steps"].as_array().context("steps")?;
    let (first, second) = (&steps[0]["id"], &steps[1]["id"]);
    let (first, second) = (
        first.as_str().context("id")?,
        second.as_str().context("id")?,
    );
    edit(
        &office,
        "a",
        CARD,
        &seen,
        json!([set_in("steps", first, "text", "Ring Åsele först.")]),
    )?;
    edit(
        &office,
        "b",
        CARD,
        &seen,
        json!([set_in("steps", second, "text", "Ta med blanketten.")]),
    )?;
    let page = card(&office)?;
    assert_eq!(page["head"]["voices"], json!([]));
    assert_eq!(page["card"]["steps"][0]["text"], "Ring Åsele först.");
    assert_eq!(page["card"]["steps"][1]["text"], "Ta med blanketten.");
    Ok(())
}

#[test]
fn running_text_that_two_wrote_in_holds_the_words_of_both() -> Result<()> {
    let (office, _folder) = office()?;
    let made = note(&office, "Vägen är öppen.\nBron är smal.")?;
    let key = made["key"].as_str().context("key")?;
    let seen = &made["heads"];
    edit(
        &office,
        "a",
        key,
        seen,
        json!([write("body", "Vägen är öppen hela året.\nBron är smal.")]),
    )?;
    edit(
        &office,
        "b",
        key,
        seen,
        json!([write("body", "Vägen är öppen.\nBron är smal och hal.")]),
    )?;
    let page = office.call("note", json!({ "key": key }))?;
    assert_eq!(
        page["note"]["body"],
        "Vägen är öppen hela året.\nBron är smal och hal."
    );
    assert_eq!(page["head"]["merges"].as_array().map(Vec::len), Some(1));
    Ok(())
}

#[test]
fn a_step_that_one_removes_while_another_rewrites_it_is_still_there() -> Result<()> {
    let (office, _folder) = office()?;
    let page = card(&office)?;
    let seen = page["head"]["heads"].clone();
    let id = page["card"]["steps"][2]["id"]
        .as_str()
        .context("id")?
        .to_string();
    edit(&office, "a", CARD, &seen, json!([remove("steps", &id)]))?;
    edit(
        &office,
        "b",
        CARD,
        &seen,
        json!([set_in("steps", &id, "text", "Boka läkare samma dag.")]),
    )?;
    let page = card(&office)?;
    let step = page["card"]["steps"]
        .as_array()
        .context("steps")?
        .iter()
        .find(|step| step["id"] == id.as_str())
        .context("the step is gone")?;
    assert_eq!(step["text"], "Boka läkare samma dag.");
    assert_eq!(step["removed"], true);
    Ok(())
}

#[test]
fn an_item_that_is_archived_while_another_edits_it_says_so() -> Result<()> {
    let (office, _folder) = office()?;
    let made = note(&office, "Gammalt.")?;
    let key = made["key"].as_str().context("key")?;
    edit(
        &office,
        "a",
        key,
        &made["heads"],
        json!([set("archived", true)]),
    )?;
    edit(
        &office,
        "b",
        key,
        &made["heads"],
        json!([write("body", "Nytt.")]),
    )?;
    let head = office.call("head", json!({ "key": key }))?;
    assert_eq!(head["archived"], true);
    assert_eq!(head["edited_while_archived"], true);
    Ok(())
}

#[test]
fn what_is_being_typed_survives_a_restart_and_is_never_published() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let start = || Start::example(folder.path(), Size::Small);
    let office = Office::open(start())?;
    let heads = card(&office)?["head"]["heads"].clone();
    let entries = office.call("region", json!({}))?["entries"].clone();
    office.call(
        "save_draft",
        json!({ "key": CARD, "field": "owner_role", "heads": heads,
        "text": "Enhetschef på väg att skri", "window": "a" }),
    )?;
    drop(office);
    let office = Office::open(start())?;
    let head = card(&office)?["head"].clone();
    assert_eq!(head["drafts"][0]["text"], "Enhetschef på väg att skri");
    assert_eq!(head["heads"], heads);
    assert_eq!(office.call("region", json!({}))?["entries"], entries);
    let found = office.call("search", json!({ "text": "enhetschef på väg att skri" }))?;
    assert!(!found.to_string().contains("att skri\""));

    edit(
        &office,
        "a",
        CARD,
        &heads,
        json!([set("owner_role", "Enhetschef")]),
    )?;
    assert_eq!(card(&office)?["head"]["drafts"], json!([]));
    Ok(())
}

#[test]
fn a_draft_of_one_window_is_left_when_another_window_saves() -> Result<()> {
    let (office, _folder) = office()?;
    let heads = card(&office)?["head"]["heads"].clone();
    office.call(
        "save_draft",
        json!({ "key": CARD, "field": "owner_role", "heads": heads,
        "text": "mitt", "window": "a" }),
    )?;
    edit(
        &office,
        "b",
        CARD,
        &heads,
        json!([set("owner_role", "ditt")]),
    )?;
    let drafts = office.call("drafts", json!({ "key": CARD }))?;
    assert_eq!(drafts[0]["text"], "mitt");
    // It still stands on what its writer saw, so that saving it makes two voices.
    assert_eq!(drafts[0]["heads"], heads);
    Ok(())
}

#[test]
fn a_tick_is_private_and_survives_a_restart() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let start = || Start::example(folder.path(), Size::Small);
    let office = Office::open(start())?;
    let before = card(&office)?;
    let step = &before["card"]["steps"][0]["id"];
    let entries = office.call("region", json!({}))?["entries"].clone();
    office.call(
        "tick",
        json!({ "playbook": CARD, "step": step, "ticked": true }),
    )?;
    drop(office);
    let office = Office::open(start())?;
    let page = card(&office)?;
    assert_eq!(page["ticks"], json!([step]));
    assert_eq!(page["head"]["heads"], before["head"]["heads"]);
    assert_eq!(office.call("region", json!({}))?["entries"], entries);
    office.call("clear_ticks", json!({ "key": CARD }))?;
    assert_eq!(card(&office)?["ticks"], json!([]));
    Ok(())
}

#[test]
fn bad_values_are_refused_by_name_and_nothing_is_written() -> Result<()> {
    let (office, _folder) = office()?;
    let before = card(&office)?;
    let heads = &before["head"]["heads"];
    let refused = |edits: Value| {
        office.refused(
            "edit_item",
            json!({ "key": CARD, "heads": heads, "edits": edits,
            "window": "a" }),
        )
    };
    let long = "å".repeat(201);
    for (edits, reason) in [
        (json!([set("title", "")]), "required"),
        (json!([set("title", long)]), "too_long"),
        (json!([set("review_on", "2026-02-30")]), "not_a_date"),
        (json!([set("playbook", "kanske")]), "not_a_choice"),
        (json!([set("area", "label:lvm")]), "not_a_key"),
        (json!([set("finns_inte", "x")]), "unknown"),
        (
            json!([add(
                "sources",
                1,
                json!({ "title": "x", "web": "http://osakert.example" })
            )]),
            "not_a_web_address",
        ),
        (
            json!([add(
                "deadlines",
                1,
                json!({ "name": "x", "length": "snart" })
            )]),
            "not_a_length",
        ),
        (
            json!([set_in("steps", &entry_id(99), "text", "x")]),
            "no_such_entry",
        ),
    ] {
        let error = refused(edits)?;
        assert_eq!(error["code"], "rejected", "{error}");
        assert_eq!(error["args"]["reason"], reason, "{error}");
    }
    let stale = office.refused(
        "edit_item",
        json!({ "key": CARD, "heads": ["00".repeat(32)],
        "edits": [set("title", "x")], "window": "a" }),
    )?;
    assert_eq!(stale["code"], "unknown_version");
    assert_eq!(card(&office)?, before);
    Ok(())
}

#[test]
fn the_history_tells_who_wrote_what_in_order() -> Result<()> {
    let (office, _folder) = office()?;
    let made = note(&office, "Första raden.")?;
    let key = made["key"].as_str().context("key")?;
    edit(
        &office,
        "a",
        key,
        &made["heads"],
        json!([set("title", "Vägen till Borga")]),
    )?;
    let history = office.call("history", json!({ "key": key }))?;
    let history = history.as_array().context("history")?;
    assert_eq!(history.len(), 2);
    assert_eq!(history[0]["author"]["title"], "Elin Granström");
    assert_eq!(history[0]["lines"][0]["field"], "title");
    assert!(history[0]["lines"].to_string().contains("Vägen till Borga"));
    assert!(history[1].to_string().contains("Väglag"));
    Ok(())
}

#[test]
fn a_save_is_found_by_the_next_search_in_the_words_that_were_written() -> Result<()> {
    let (office, _folder) = office()?;
    note(&office, "Snöröjningen på Stekenjokksvägen börjar i juni.")?;
    let found = office.call("search", json!({ "text": "stekenjokksväg" }))?;
    assert!(found.to_string().contains("Väglag"), "{found}");
    Ok(())
}
