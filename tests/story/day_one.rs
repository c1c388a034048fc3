//! The first minutes: the Exempelkrets, and a krets of one's own.

use anyhow::{Context as _, Result};
use radrum_app::{MemorySecrets, Size};
use radrum_tests::edits::{set, write};
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

#[test]
fn the_example_region_answers_who_and_how_at_once_and_after_a_restart() -> Result<()> {
    let folder = tempfile::tempdir()?;
    for _ in 0..2 {
        let office = Office::open(Start::example(folder.path(), Size::Small))?;
        let answer = office.call("search", json!({ "text": "vem kan adoption" }))?;
        let first = answer["groups"][0]["kind"].as_str().context("no group")?;
        assert!(first.ends_with("people"), "{first} comes first");
        assert!(answer["groups"][0]["items"][0]["title"].is_string());
        assert!(keys(&answer).contains(&"playbook:adoption-international".to_string()));
    }
    Ok(())
}

#[test]
fn a_krets_of_ones_own_begins_with_cards_one_municipality_and_its_first_colleague() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::founded(Start::own(folder.path()))?;
    let cards = office.call("playbooks", json!({}))?;
    let cards = cards.as_array().context("cards")?;
    assert_eq!(cards.len(), 17);
    assert!(cards.iter().all(|card| card["draft"] == true));
    let state = office.call("start", json!({}))?;
    assert_eq!(state["session"]["me"]["title"], "Maja Lundmark");
    assert_eq!(state["session"]["municipality"]["title"], "Dorotea");
    assert_eq!(state["session"]["example"], false);
    let region = office.call("region", json!({}))?;
    assert_eq!(region["municipalities"].as_array().map(Vec::len), Some(1));
    Ok(())
}

#[test]
fn what_was_founded_is_there_after_a_restart_with_the_key_of_the_keyring() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let secrets: Arc<MemorySecrets> = Arc::default();
    let start = || Start {
        secrets: Arc::clone(&secrets),
        ..Start::own(folder.path())
    };
    let office = Office::founded(start())?;
    let made = office.call(
        "create_item",
        json!({ "kind": "note", "window": "a",
                "edits": [set("title", "Åkte förbi"), write("body", "Ring före elva.")] }),
    )?;
    drop(office);
    let office = Office::open(start())?;
    let note = office.call("note", json!({ "key": made["key"] }))?;
    assert_eq!(note["note"]["body"], "Ring före elva.");
    Ok(())
}

#[test]
fn without_a_keyring_a_passphrase_opens_the_profile_and_a_wrong_one_does_not() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let start = || Start {
        secrets: Arc::new(MemorySecrets::unavailable()),
        ..Start::own(folder.path())
    };
    let founder = |passphrase: &str| {
        json!({ "region": "Provkretsen", "municipality": "Åsele", "name": "Maja Lundmark",
                "passphrase": passphrase })
    };
    let office = Office::closed(start());
    let first = office.call("start", json!({}))?;
    assert_eq!(
        first,
        json!({ "state": "first_run", "needs_passphrase": true })
    );
    let refused = office.refused("found", founder("kort"))?;
    assert_eq!(refused["code"], "weak_passphrase");
    assert_eq!(
        office.refused(
            "found",
            json!({ "region": "", "municipality": "Åsele",
        "name": "Maja Lundmark" })
        )?["code"],
        "rejected"
    );
    let made = office.call("found", founder("tre renar på vägen"))?;
    assert_eq!(made["state"], "ready");
    drop(office);
    let office = Office::closed(start());
    assert_eq!(office.call("start", json!({}))?["state"], "passphrase");
    let refused = office.refused("unlock", json!({ "passphrase": "tre älgar på vägen" }))?;
    assert_eq!(refused["code"], "wrong_passphrase");
    let opened = office.call("unlock", json!({ "passphrase": "tre renar på vägen" }))?;
    assert_eq!(opened["session"]["me"]["title"], "Maja Lundmark");
    Ok(())
}

#[test]
fn a_new_krets_without_a_passphrase_says_that_one_is_needed_and_can_be_tried_again() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::closed(Start {
        secrets: Arc::new(MemorySecrets::unavailable()),
        ..Start::own(folder.path())
    });
    office.call("start", json!({}))?;
    let founder = |passphrase: Option<&str>| {
        json!({ "region": "Provkretsen", "municipality": "Malå", "name": "Maja Lundmark",
                "passphrase": passphrase })
    };
    assert_eq!(
        office.refused("found", founder(None))?["code"],
        "key_not_kept"
    );
    let made = office.call("found", founder(Some("tre renar på vägen")))?;
    assert_eq!(made["state"], "ready");
    Ok(())
}

#[test]
fn the_news_of_the_example_region_are_of_several_kinds_and_days() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::open(Start::example(folder.path(), Size::Small))?;
    let start = office.call("start_page", json!({}))?;
    let news = start["recent"].as_array().context("news")?;
    assert_eq!(news.len(), 7, "{news:?}");
    let kinds: BTreeSet<&str> = news.iter().filter_map(|row| row["kind"].as_str()).collect();
    for kind in ["note", "question", "answer", "variant", "deviation"] {
        assert!(kinds.contains(kind), "no {kind} among {kinds:?}");
    }
    let times: Vec<i64> = news
        .iter()
        .filter_map(|row| row["updated_at"].as_i64())
        .collect();
    assert!(times.is_sorted_by(|a, b| a >= b), "{times:?}");
    let days: BTreeSet<i64> = times.iter().map(|at| at / (24 * 60 * 60 * 1000)).collect();
    assert!(days.len() >= 3, "{days:?}");
    Ok(())
}

#[test]
fn a_long_list_that_came_yesterday_does_not_hide_what_was_written_before() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::founded(Start::own(folder.path()))?;
    let make = |kind: &str, title: &str| {
        let mut edits = vec![set("title", title)];
        edits.extend((kind == "external_contact").then(|| set("contact", "court")));
        office.call(
            "create_item",
            json!({ "kind": kind, "window": "a", "edits": edits }),
        )
    };
    make("note", "Före listan")?;
    for n in 0..50 {
        make("external_contact", &format!("Kontakt {n}"))?;
    }
    let start = office.call("start_page", json!({}))?;
    let news = start["recent"].as_array().context("news")?;
    let titles: Vec<_> = news.iter().map(|row| &row["title"]).collect();
    assert_eq!(titles, ["Före listan"]);
    Ok(())
}

#[test]
fn another_colleague_can_say_that_she_uses_this_computer() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::open(Start::example(folder.path(), Size::Small))?;
    let members = office.call("members", json!({ "municipality": null }))?;
    let other = &members[7]["key"];
    let session = office.call("choose_me", json!({ "key": other }))?;
    assert_eq!(&session["me"]["key"], other);
    assert_eq!(
        office.refused("choose_me", json!({ "key": "area:lvm" }))?["code"],
        "not_found"
    );
    let made = office.call(
        "create_item",
        json!({ "kind": "note", "window": "a",
        "edits": [set("title", "Prov")] }),
    )?;
    let history = office.call("history", json!({ "key": made["key"] }))?;
    assert_eq!(&history[0]["author"]["key"], other);
    Ok(())
}

fn keys(answer: &Value) -> Vec<String> {
    let groups = answer["groups"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    groups
        .iter()
        .filter_map(|group| group["items"].as_array())
        .flatten()
        .filter_map(|item| item["key"].as_str().map(String::from))
        .collect()
}
