//! FoU is a member organisation of its own kind: its people are colleagues as others, it holds no
//! areas, and the krets goes on without it.

use anyhow::{Context as _, Result};
use radrum_tests::edits::{add, set};
use radrum_tests::krets::{carry, finish_joining, found, invited, meet, office, text};
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};
use std::path::Path;

const FOU: &str = "municipality:fou-socialtjanst";

/// Somebody of FoU is taken in, by an invitation that says what FoU is.
fn invited_to_fou(admin: &Office, folder: &Path, name: &str) -> Result<Office> {
    let fou = Office::closed(Start::own(folder));
    fou.call("start", json!({}))?;
    let invite = json!({ "municipality": "FoU Socialtjänst", "fou": true });
    let invitation = text(&admin.call("invite", invite)?, "text")?;
    fou.call("join", json!({ "invitation": invitation, "name": name }))?;
    finish_joining(admin, &fou)?;
    Ok(fou)
}

fn titles(list: &Value) -> Result<Vec<String>> {
    let list = list.as_array().context("list")?;
    list.iter().map(|of| text(of, "title")).collect()
}

fn columns(office: &Office) -> Result<Vec<String>> {
    titles(&office.call("matrix", json!({}))?["municipalities"])
}

/// What an office says an organisation is.
fn form(office: &Office, key: &str) -> Result<Value> {
    let region = office.call("region", json!({}))?;
    let rows = region["municipalities"].as_array().context("rows")?;
    let row = rows.iter().find(|row| row["head"]["key"] == key);
    let row = row.with_context(|| format!("{key} in {region}"))?;
    assert_eq!(row["head"]["voices"], json!([]), "nobody disagrees");
    Ok(row["municipality"]["form"].clone())
}

fn write_card(office: &Office, title: &str) -> Result<String> {
    let step = json!({ "text": "Ring FoU.", "force": "must" });
    let made = office.call(
        "create_item",
        json!({ "kind": "playbook", "window": "w", "edits": [
            set("title", title), set("playbook", "general"), set("area", "area:lvm"),
            add("steps", 1, step),
        ] }),
    )?;
    text(&made, "key")
}

#[test]
fn people_of_fou_are_colleagues_and_fou_is_no_municipality() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    found(&dorotea)?;
    let sorsele = invited(&dorotea, &home.path().join("s"), "Anna Öberg", "Sorsele")?;
    let fou = invited_to_fou(&dorotea, &home.path().join("f"), "Karin Åström")?;
    meet(home.path(), &fou, &dorotea)?;
    meet(home.path(), &sorsele, &dorotea)?;
    carry(home.path(), &dorotea, &fou)?;

    for office in [&dorotea, &sorsele, &fou] {
        assert_eq!(form(office, FOU)?, "fou");
        assert_eq!(columns(office)?, ["Dorotea", "Sorsele"], "no column");
        let choices = office.call("choices", json!({ "kind": "municipality" }))?;
        let choices = choices.as_array().context("choices")?;
        let marked: Vec<&str> = choices
            .iter()
            .filter(|of| of["fou"] == true)
            .filter_map(|of| of["title"].as_str())
            .collect();
        assert_eq!(marked, ["FoU Socialtjänst"], "{choices:?}");
        let members = office.call("members", json!({ "municipality": FOU }))?;
        assert_eq!(titles(&members)?, ["Karin Åström"]);
    }
    let info = |office: &Office| {
        Ok::<_, anyhow::Error>(office.call("start", json!({}))?["session"]["fou"].clone())
    };
    assert_eq!((info(&fou)?, info(&dorotea)?), (json!(true), json!(false)));
    let people = dorotea.call("krets_people", json!({}))?;
    let places = people["municipalities"].as_array().context("places")?;
    assert!(places.iter().any(|of| of["name"] == "FoU Socialtjänst"));
    Ok(())
}

#[test]
fn fou_writes_a_card_and_leaves_and_the_krets_goes_on_with_it() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    let roots = found(&dorotea)?;
    let sorsele = invited(&dorotea, &home.path().join("s"), "Anna Öberg", "Sorsele")?;
    let fou = invited_to_fou(&dorotea, &home.path().join("f"), "Karin Åström")?;
    let card = write_card(&fou, "Så håller kretsen ihop")?;
    meet(home.path(), &fou, &dorotea)?;

    let leaves = json!({ "municipality": FOU, "turn": "leaves",
                         "root_keys": [roots[0], roots[2]] });
    dorotea.call("change_municipality", leaves)?;
    carry(home.path(), &dorotea, &fou)?;
    meet(home.path(), &dorotea, &sorsele)?;
    assert_eq!(fou.call("krets", json!({}))?["ended"], true);

    // What it wrote stands, with its name, and is written on by others.
    for office in [&dorotea, &sorsele] {
        let read = office.call("playbook", json!({ "key": card }))?;
        assert_eq!(read["card"]["title"], "Så håller kretsen ihop");
        assert_eq!(read["card"]["steps"][0]["text"], "Ring FoU.");
        assert_eq!(read["head"]["created_by"]["title"], "Karin Åström");
        let found = office.call("search", json!({ "text": "håller kretsen ihop" }))?;
        assert!(found.to_string().contains(&card));
    }
    let heads = sorsele.call("head", json!({ "key": card }))?["heads"].clone();
    let edit = json!({ "key": card, "heads": heads, "window": "w",
                       "edits": [set("owner_role", "IFO-chef Sorsele")] });
    sorsele.call("edit_item", edit)?;
    let malå = invited(&dorotea, &home.path().join("m"), "Ivo Ek", "Malå")?;
    meet(home.path(), &sorsele, &dorotea)?;
    meet(home.path(), &malå, &dorotea)?;
    let read = malå.call("playbook", json!({ "key": card }))?;
    assert_eq!(
        read["card"]["owner_role"], "IFO-chef Sorsele",
        "for who comes later too"
    );
    assert_eq!(columns(&malå)?, ["Dorotea", "Malå", "Sorsele"]);

    // FoU keeps what lies on its computer, and nothing new of it is shown.
    let late = write_card(&fou, "Efteråt")?;
    assert!(fou.call("playbook", json!({ "key": late })).is_ok());
    carry(home.path(), &fou, &dorotea)?;
    assert!(dorotea.call("playbook", json!({ "key": late })).is_err());
    Ok(())
}

#[test]
fn an_organisation_that_the_krets_knows_is_not_turned_into_fou_by_an_invitation() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    found(&dorotea)?;
    dorotea.call("invite", json!({ "municipality": "Dorotea", "fou": true }))?;
    assert_eq!(form(&dorotea, "municipality:dorotea")?, "unknown");
    assert_eq!(columns(&dorotea)?, ["Dorotea"]);
    Ok(())
}

#[test]
fn two_admins_who_invite_fou_at_once_mean_the_same_one() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    let roots = found(&dorotea)?;
    let sorsele = invited(&dorotea, &home.path().join("s"), "Anna Öberg", "Sorsele")?;
    meet(home.path(), &sorsele, &dorotea)?;
    let people = dorotea.call("members", json!({ "municipality": "municipality:sorsele" }))?;
    let anna = text(&people[0], "key")?;
    let whole = json!({ "member": anna, "whole": true, "root_keys": [roots[0], roots[1]] });
    dorotea.call("make_admin", whole)?;
    carry(home.path(), &dorotea, &sorsele)?;
    let karin = invited_to_fou(&dorotea, &home.path().join("k"), "Karin Åström")?;
    let lena = invited_to_fou(&sorsele, &home.path().join("l"), "Lena Berg")?;
    meet(home.path(), &karin, &dorotea)?;
    meet(home.path(), &lena, &sorsele)?;
    meet(home.path(), &sorsele, &dorotea)?;
    for office in [&dorotea, &sorsele] {
        assert_eq!(form(office, FOU)?, "fou");
        let members = office.call("members", json!({ "municipality": FOU }))?;
        assert_eq!(titles(&members)?, ["Karin Åström", "Lena Berg"]);
    }
    Ok(())
}
