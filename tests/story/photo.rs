//! A picture of oneself: one's own to put in, anybody's to see, hers to take away.

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use radrum_tests::edits::{choose, set};
use radrum_tests::krets::{carry, invited, meet, office, take_in_again, text};
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};

const ONE: &[u8] = include_bytes!("../fixtures/photos/one.jpg");
const OTHER: &[u8] = include_bytes!("../fixtures/photos/other.jpg");

fn me(office: &Office) -> Result<String> {
    text(&office.call("start", json!({}))?["session"]["me"], "key")
}

fn page(office: &Office, member: &str) -> Result<Value> {
    office.call("member", json!({ "key": member }))
}

fn args(office: &Office, member: &str, edit: Value) -> Result<Value> {
    let heads = page(office, member)?["head"]["heads"].clone();
    Ok(json!({ "key": member, "heads": heads, "window": "w", "edits": [edit] }))
}

fn put_in(office: &Office, member: &str, photo: &[u8]) -> Result<()> {
    let args = args(office, member, set("photo", STANDARD.encode(photo)))?;
    office.call("edit_item", args).map(drop)
}

fn take_away(office: &Office, member: &str) -> Result<()> {
    let args = args(office, member, set("photo", Value::Null))?;
    office.call("edit_item", args).map(drop)
}

fn photo(office: &Office, member: &str) -> Result<Value> {
    Ok(page(office, member)?["member"]["photo"].clone())
}

#[test]
fn a_picture_is_seen_by_others_and_taken_away_by_her_but_put_in_by_nobody_else() -> Result<()> {
    let home = tempfile::tempdir()?;
    let maja = office(home.path(), "Maja Lundmark", "Dorotea")?;
    radrum_tests::krets::found(&maja)?;
    let anna = invited(&maja, &home.path().join("s"), "Anna Öberg", "Sorsele")?;
    meet(home.path(), &maja, &anna)?;
    let key = me(&maja)?;
    put_in(&maja, &key, ONE)?;
    carry(home.path(), &maja, &anna)?;
    assert_eq!(photo(&anna, &key)?, STANDARD.encode(ONE));
    // In no list.
    for list in ["members", "krets_people"] {
        let told = anna.call(list, json!({}))?.to_string();
        assert!(!told.contains(&STANDARD.encode(ONE)[..40]), "{list}");
    }
    let edit = set("photo", STANDARD.encode(OTHER));
    let refused = anna.refused("edit_item", args(&anna, &key, edit)?)?;
    assert_eq!(refused["code"], "bad_arguments");
    // Nor as a choice of something that nobody wrote.
    let choice = choose("photo", STANDARD.encode(OTHER));
    let refused = anna.refused("edit_item", args(&anna, &key, choice)?)?;
    assert_eq!(refused["code"], "bad_arguments");
    assert_eq!(photo(&anna, &key)?, STANDARD.encode(ONE));
    let edits = [set("title", "Ny"), set("photo", STANDARD.encode(ONE))];
    let create = json!({ "kind": "member", "window": "w", "edits": edits });
    assert_eq!(
        anna.refused("create_item", create)?["code"],
        "bad_arguments"
    );
    take_away(&maja, &key)?;
    carry(home.path(), &maja, &anna)?;
    assert_eq!(photo(&anna, &key)?, Value::Null);
    Ok(())
}

#[test]
fn two_of_her_computers_put_in_a_picture_at_once_and_both_stand_until_she_chooses() -> Result<()> {
    let home = tempfile::tempdir()?;
    let maja = office(home.path(), "Maja Lundmark", "Dorotea")?;
    radrum_tests::krets::found(&maja)?;
    let next = Office::closed(Start::own(&home.path().join("nästa")));
    next.call("start", json!({}))?;
    let found = json!({ "region": "Inlandskretsen", "municipality": "Dorotea",
                        "name": "Maja Lundmark", "role": null });
    next.call("found", found)?;
    take_in_again(&maja, &next, "Maja Lundmark", "Dorotea")?;
    meet(home.path(), &next, &maja)?;
    let key = me(&maja)?;
    next.call("choose_me", json!({ "key": key }))?;
    put_in(&maja, &key, ONE)?;
    put_in(&next, &key, OTHER)?;
    meet(home.path(), &next, &maja)?;
    for office in [&maja, &next] {
        let voices = page(office, &key)?["head"]["voices"].clone();
        assert_eq!(voices[0]["field"], "photo");
        let said = voices[0]["voices"].as_array().context("voices")?;
        assert_eq!(said.len(), 2);
        for of in [ONE, OTHER] {
            assert!(
                said.iter()
                    .any(|voice| voice["value"] == STANDARD.encode(of))
            );
        }
    }
    let choice = choose("photo", STANDARD.encode(OTHER));
    maja.call("edit_item", args(&maja, &key, choice)?)?;
    carry(home.path(), &maja, &next)?;
    assert_eq!(photo(&next, &key)?, STANDARD.encode(OTHER));
    assert_eq!(page(&next, &key)?["head"]["voices"], json!([]));
    Ok(())
}

#[test]
fn a_backup_keeps_her_picture() -> Result<()> {
    let home = tempfile::tempdir()?;
    let maja = office(home.path(), "Maja Lundmark", "Dorotea")?;
    let key = me(&maja)?;
    put_in(&maja, &key, ONE)?;
    let file = home.path().join("radrum.age");
    let ticket = |of: &Office| of.host.tickets().give(&of.host.world(), file.clone());
    let passphrase = "tre älgar på vägen";
    let write = json!({ "ticket": ticket(&maja)?, "passphrase": passphrase });
    maja.call("write_backup", write)?;
    let new = Office::closed(Start::own(&home.path().join("ny")));
    new.call("start", json!({}))?;
    let restore = json!({ "ticket": ticket(&new)?, "passphrase": passphrase,
                          "new_passphrase": null });
    new.call("restore", restore)?;
    assert_eq!(photo(&new, &key)?, STANDARD.encode(ONE));
    Ok(())
}
