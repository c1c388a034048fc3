//! Fastställd: municipalities lay down versions of a card, each offline in its own time. What was
//! laid down reads as it stood, whatever is done to the card, and whoever is of another
//! municipality lays nothing down.

mod several;

use crate::ask::{create, edit, example, found_of};
use crate::export::{export, unzip};
use anyhow::{Context as _, Result};
use radrum_app::Size;
use radrum_tests::edits::set;
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};
use std::sync::Arc;

const LVM: &str = "playbook:lvm";

/// A field of the card in which each story says what stands.
const SAYS: &str = "also_called";

fn now(office: &Office, card: &str) -> Result<Value> {
    Ok(office.call("rulings", json!({ "key": card }))?["now"].clone())
}

/// Lays a card down as its page does.
fn lay_down(office: &Office, card: &str, on: &str, role: &str) -> Result<String> {
    let info = office.call("start", json!({}))?["session"].clone();
    let edits = [
        set("playbook", card),
        set("version", now(office, card)?["version"].clone()),
        set("owner", info["municipality"]["key"].clone()),
        set("role", role),
        set("on", on),
        set("number", "2026/14"),
    ];
    create(office, "ruling", &edits)
}

fn say(office: &Office, card: &str, text: &str) -> Result<()> {
    edit(office, card, &[set(SAYS, text)])
}

fn rows(office: &Office, card: &str) -> Result<Vec<Value>> {
    let page = office.call("rulings", json!({ "key": card }))?;
    Ok(page["rows"].as_array().context("rows")?.clone())
}

/// What the rows of a card say of a decision: whether it applies, and what became of its version.
fn state(office: &Office, card: &str, ruling: &str) -> Result<(String, String)> {
    let rows = rows(office, card)?;
    let row = rows.iter().find(|row| row["key"] == ruling);
    let row = row.with_context(|| format!("{ruling} in {rows:?}"))?;
    let word = |field: &str| row[field].as_str().unwrap_or_default().to_string();
    Ok((word("standing"), word("version")))
}

fn is(standing: &str, version: &str) -> (String, String) {
    (standing.to_string(), version.to_string())
}

fn page(office: &Office, ruling: &str) -> Result<Value> {
    office.call("ruling", json!({ "key": ruling }))
}

/// What the card said when it was laid down; null when it is not here.
fn said_then(office: &Office, ruling: &str) -> Result<Value> {
    Ok(page(office, ruling)?["then"]["card"][SAYS].clone())
}

fn card(office: &Office, title: &str) -> Result<String> {
    let edits = [set("title", title), set("playbook", "general")];
    create(office, "playbook", &edits)
}

#[test]
fn a_later_decision_takes_the_place_of_the_earlier_and_an_end_brings_no_earlier_back() -> Result<()>
{
    let (office, _folder) = example()?;
    let first = lay_down(&office, LVM, "2026-03-02", "IFO-chef")?;
    assert_eq!(state(&office, LVM, &first)?, is("in_force", "same"));
    say(&office, LVM, "tvångsvård")?;
    assert_eq!(state(&office, LVM, &first)?, is("in_force", "changed"));
    let second = lay_down(&office, LVM, "2026-09-01", "Socialnämnden")?;
    assert_eq!(state(&office, LVM, &first)?, is("replaced", "changed"));
    assert_eq!(state(&office, LVM, &second)?, is("in_force", "same"));
    let keys: Vec<Value> = rows(&office, LVM)?
        .iter()
        .map(|row| row["key"].clone())
        .collect();
    assert_eq!(
        keys,
        [second.as_str(), first.as_str()],
        "the latest day first"
    );

    edit(&office, &second, &[set("until", "2099-01-01")])?;
    assert_eq!(state(&office, LVM, &second)?.0, "in_force", "not yet");
    edit(&office, &second, &[set("until", "2026-10-01")])?;
    assert_eq!(state(&office, LVM, &second)?.0, "ended");
    assert_eq!(state(&office, LVM, &first)?.0, "replaced");
    // One that was written by mistake is archived, and then the earlier one stands.
    edit(&office, &second, &[set("archived", true)])?;
    assert_eq!(state(&office, LVM, &first)?.0, "in_force");
    assert_eq!(page(&office, &second)?["head"]["archived"], true);
    Ok(())
}

#[test]
fn two_decisions_of_one_day_stand_side_by_side() -> Result<()> {
    let (office, _folder) = example()?;
    let first = lay_down(&office, LVM, "2026-03-02", "IFO-chef")?;
    let second = lay_down(&office, LVM, "2026-03-02", "Socialnämnden")?;
    for ruling in [&first, &second] {
        assert_eq!(state(&office, LVM, ruling)?.0, "in_force");
    }
    Ok(())
}

#[test]
fn the_page_of_a_decision_shows_the_card_as_it_stood_and_the_card_goes_on() -> Result<()> {
    let (office, _folder) = example()?;
    say(&office, LVM, "tvångsvård")?;
    let ruling = lay_down(&office, LVM, "2026-03-02", "IFO-chef")?;
    say(&office, LVM, "vård utan samtycke")?;
    let then = page(&office, &ruling)?["then"].clone();
    assert_eq!(then["card"][SAYS], "tvångsvård");
    let card = office.call("playbook", json!({ "key": LVM }))?;
    assert_eq!(card["card"][SAYS], "vård utan samtycke");
    assert_eq!(then["card"]["steps"], card["card"]["steps"]);
    // Nothing that is written today stands beside it.
    for part in ["variants", "deviations", "ticks", "notes"] {
        assert_eq!(then[part], json!([]), "{part}");
    }
    let since = office.call("changed_since", json!({ "key": ruling }))?;
    let since = since.as_array().context("since")?;
    assert_eq!(since.len(), 1, "{since:?}");
    assert_eq!(since[0]["lines"][0]["new"], "vård utan samtycke");
    Ok(())
}

#[test]
fn a_card_is_found_by_who_laid_it_down_and_under_which_number() -> Result<()> {
    let (office, _folder) = example()?;
    lay_down(&office, LVM, "2026-03-02", "Zebranämnden")?;
    // Words of a save are learned a moment later: until then a word beside them may count more.
    office.call("warm_up", json!({}))?;
    let found = found_of(&office, "playbook", "zebranämnden")?;
    assert_eq!(found[0]["key"], LVM);
    let place = found[0]["where"].as_str().context("where")?;
    assert!(
        place.starts_with("Fastställd i Dorotea: 2026-03-02, Zebranämnden"),
        "{place}"
    );
    let found = found_of(&office, "playbook", "fastställd zebranämnden")?;
    assert_eq!(found[0]["key"], LVM);
    Ok(())
}

#[test]
fn a_case_number_is_right_as_the_number_of_a_decision_and_a_client_is_nowhere() -> Result<()> {
    let (office, _folder) = example()?;
    let version = now(&office, LVM)?["version"].clone();
    let with = |field: &str, text: &str| {
        let mut edits = vec![
            set("playbook", LVM),
            set("version", version.clone()),
            set("role", "IFO-chef"),
            set("on", "2026-03-02"),
        ];
        edits.push(set(field, text));
        json!({ "kind": "ruling", "window": "w", "edits": edits })
    };
    let dnr = "dnr SN 2026/00123";
    office.call("create_item", with("number", dnr))?;
    for (field, text, code) in [
        ("role", dnr, "personal_data"),
        ("role", "Nämnden om 811218-9876", "personal_data"),
        ("number", "811218-9876", "personal_data"),
        // What names a version is no place for a text.
        ("version", "1 om 811218-9876", "rejected"),
    ] {
        let refused = office.refused("create_item", with(field, text))?;
        assert_eq!(refused["code"], code, "{field}: {text}");
    }
    Ok(())
}

#[test]
fn the_page_of_the_municipality_names_what_it_has_laid_down_by_card() -> Result<()> {
    let (office, _folder) = example()?;
    for card in [LVM, "playbook:custody", "playbook:adoption-national"] {
        lay_down(&office, card, "2026-03-02", "IFO-chef")?;
    }
    say(&office, LVM, "tvångsvård")?;
    let listed = || -> Result<Vec<Value>> {
        let page = office.call("own_municipality", json!({}))?;
        Ok(page["rulings"].as_array().context("rulings")?.clone())
    };
    let rows = listed()?;
    let mut sorted = rows.clone();
    sorted.sort_by_cached_key(|row| {
        radrum_swedish::sort_key(row["card"]["title"].as_str().unwrap_or_default())
    });
    assert_eq!(rows, sorted);
    assert_eq!(rows.len(), 3);
    let lvm = rows.iter().find(|row| row["card"]["key"] == LVM);
    assert_eq!(lvm.context("LVM")?["version"], "changed");
    // Another municipality has laid down nothing.
    office.call("choose_me", json!({ "key": "member:per-olof-sjaunja" }))?;
    assert!(listed()?.is_empty());
    assert_eq!(rows_own(&office)?, [false]);
    Ok(())
}

fn rows_own(office: &Office) -> Result<Vec<bool>> {
    let rows = rows(office, LVM)?;
    Ok(rows.iter().filter_map(|row| row["own"].as_bool()).collect())
}

#[test]
fn after_a_restart_it_reads_as_it_stood() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let secrets = Arc::default();
    let open = || {
        Office::open(Start {
            secrets: Arc::clone(&secrets),
            ..Start::example(folder.path(), Size::Small)
        })
    };
    let office = open()?;
    say(&office, LVM, "tvångsvård")?;
    let ruling = lay_down(&office, LVM, "2026-03-02", "IFO-chef")?;
    say(&office, LVM, "vård utan samtycke")?;
    drop(office);
    let office = open()?;
    assert_eq!(state(&office, LVM, &ruling)?, is("in_force", "changed"));
    assert_eq!(said_then(&office, &ruling)?, "tvångsvård");
    Ok(())
}

#[test]
fn what_was_laid_down_is_in_the_export_of_its_municipality_as_it_stood() -> Result<()> {
    let (office, folder) = example()?;
    say(&office, LVM, "tvångsvård")?;
    lay_down(&office, LVM, "2026-03-02", "IFO-chef")?;
    let title = office.call("playbook", json!({ "key": LVM }))?["card"]["title"].clone();
    let before = title.as_str().context("title")?;
    edit(&office, LVM, &[set("title", "Vård utan samtycke")])?;
    let file = folder.path().join("dorotea.zip");
    export(&office, Some("municipality:dorotea"), &file)?;
    let files = unzip(&file)?;
    let mut texts = files
        .iter()
        .filter(|(name, _)| name.starts_with("faststallda/"));
    let (_, text) = texts.next().context("the text")?;
    for part in [
        &format!("# {before}\n"),
        "Fastställd i Dorotea 2026-03-02 av IFO-chef, nr 2026/14.",
        "## Steg",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(
        !text.contains("Vård utan samtycke") && !text.contains("Utkast"),
        "{text}"
    );
    Ok(())
}
