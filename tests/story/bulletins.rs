//! Nytt att veta: what changed is written in one office, edited in two, found in another, told
//! to whoever follows what it touches, and stands on the cards until somebody archives it.

use crate::ask::krets::two;
use crate::ask::{create, edit, example};
use crate::export::{export, unzip};
use anyhow::{Context as _, Result, ensure};
use radrum_tests::edits::{choose, put, set, write};
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};

const LVM: &str = "playbook:lvm";
const LVU: &str = "playbook:lvu";
const TITLE: &str = "Ny rutin för hämtning";

fn bulletin(office: &Office, title: &str, cards: &[&str]) -> Result<String> {
    let mut edits = vec![
        set("title", title),
        set("from", "2026-12-01"),
        set("statute", "SoL 11 kap. 1 §"),
        write("body", "Polisen ringer kontoret en timme före."),
    ];
    edits.extend(cards.iter().map(|card| put("playbooks", card)));
    create(office, "bulletin", &edits)
}

fn page(office: &Office, key: &str) -> Result<Value> {
    office.call("bulletin", json!({ "key": key }))
}

/// What stands at the head of a card.
fn on_card(office: &Office, card: &str) -> Result<Vec<String>> {
    let page = office.call("playbook", json!({ "key": card }))?;
    let rows = page["bulletins"].as_array().context("bulletins")?;
    let titles = rows.iter().filter_map(|row| row["title"].as_str());
    Ok(titles.map(String::from).collect())
}

/// Keys of the cards that cite a rule.
fn citing(office: &Office, statute: &str) -> Result<Vec<String>> {
    let found = office.call("citing_cards", json!({ "statute": statute }))?;
    let cards = found["cards"].as_array().context("cards")?;
    let keys = cards.iter().filter_map(|card| card["key"].as_str());
    Ok(keys.map(String::from).collect())
}

fn titles(voices: &Value) -> Vec<&str> {
    let voices = voices["voices"].as_array().into_iter().flatten();
    let mut titles: Vec<&str> = voices.filter_map(|of| of["value"].as_str()).collect();
    titles.sort_unstable();
    titles
}

#[test]
fn two_offices_that_name_it_mark_cards_and_write_in_it_at_once_lose_nothing() -> Result<()> {
    let krets = two()?;
    let key = bulletin(&krets.dorotea, TITLE, &[])?;
    krets.meet()?;
    let body = "Polisen ringer kontoret en timme före.";
    edit(
        &krets.dorotea,
        &key,
        &[
            set("title", "Polisen ringer före"),
            put("playbooks", LVM),
            write("body", &format!("Nytt i länet. {body}")),
        ],
    )?;
    edit(
        &krets.sorsele,
        &key,
        &[
            set("title", "Hämtning: ring först"),
            put("playbooks", LVU),
            write("body", &format!("{body} Också på helgen.")),
        ],
    )?;
    krets.meet()?;
    for office in krets.both() {
        let page = page(office, &key)?;
        let names = titles(&page["head"]["voices"][0]);
        assert_eq!(names, ["Hämtning: ring först", "Polisen ringer före"]);
        assert_eq!(
            page["bulletin"]["body"],
            format!("Nytt i länet. {body} Också på helgen.")
        );
        assert_eq!(page["bulletin"]["playbooks"], json!([LVM, LVU]));
        for card in [LVM, LVU] {
            assert_eq!(on_card(office, card)?.len(), 1, "{card}");
        }
    }
    edit(
        &krets.sorsele,
        &key,
        &[choose("title", "Polisen ringer före")],
    )?;
    krets.meet()?;
    assert_eq!(on_card(&krets.dorotea, LVM)?, ["Polisen ringer före"]);
    Ok(())
}

#[test]
fn a_card_that_is_taken_off_in_one_office_while_another_marks_a_second_keeps_the_second()
-> Result<()> {
    let krets = two()?;
    let key = bulletin(&krets.dorotea, TITLE, &[LVM])?;
    krets.meet()?;
    let off = json!({ "edit": "put", "set": "playbooks", "key": LVM, "present": false });
    edit(&krets.dorotea, &key, &[off])?;
    edit(&krets.sorsele, &key, &[put("playbooks", LVU)])?;
    krets.meet()?;
    for office in krets.both() {
        assert_eq!(on_card(office, LVM)?, [""; 0]);
        assert_eq!(on_card(office, LVU)?, [TITLE]);
    }
    Ok(())
}

#[test]
fn it_is_found_in_another_office_by_a_word_of_its_text_and_by_its_rule() -> Result<()> {
    let krets = two()?;
    let key = bulletin(&krets.dorotea, TITLE, &[LVM])?;
    krets.meet()?;
    for typed in ["hämtning rutin", "polisen ringer kontoret", "SoL 11:1"] {
        let answer = krets.sorsele.call("search", json!({ "text": typed }))?;
        let mut groups = answer["groups"].as_array().context("groups")?.iter();
        let group = groups.find(|group| group["kind"] == "bulletin");
        let group = group.with_context(|| typed.to_string())?;
        assert_eq!(group["items"][0]["key"], key, "{typed}");
    }
    Ok(())
}

#[test]
fn cards_are_found_by_every_spelling_of_a_rule_and_not_by_its_neighbour_or_another_law()
-> Result<()> {
    let (office, _folder) = example()?;
    let found = citing(&office, "SoL 11:1")?;
    ensure!(!found.is_empty(), "no card cites SoL 11:1");
    for spelling in [
        "11 kap. 1 § SoL",
        "11 kap 1§ socialtjänstlagen",
        "SFS 2025:400 11 kap. 1 §",
    ] {
        assert_eq!(citing(&office, spelling)?, found, "{spelling}");
    }
    assert_eq!(citing(&office, "11 kap. 10 § SoL")?, [""; 0]);
    assert_eq!(citing(&office, "11 kap. 1 § SoF")?, [""; 0]);
    assert_eq!(citing(&office, "13 c § LVU")?, [LVU]);
    assert!(!citing(&office, "13 § LVM")?.contains(&LVU.to_string()));
    assert!(citing(&office, "lagen om vård av missbrukare")?.contains(&LVM.to_string()));
    let unread = office.call("citing_cards", json!({ "statute": "11 kap. 1 §" }))?;
    assert_eq!(unread, json!({ "read": false, "cards": [] }));
    Ok(())
}

#[test]
fn a_found_card_says_at_which_line_it_cites_the_rule_and_when_that_was_checked() -> Result<()> {
    let (office, _folder) = example()?;
    let found = office.call("citing_cards", json!({ "statute": "13 c § LVU" }))?;
    let places = found["cards"][0]["places"].as_array().context("places")?;
    ensure!(!places.is_empty());
    for place in places {
        let line = place["line"].as_str().context("line")?;
        ensure!(line.contains(": "), "{line}");
        assert_eq!(place["checked"], "2026-04-30");
        let statute = place["statute"].as_str().context("statute")?;
        ensure!(statute.contains("13 c"), "{statute}");
    }
    Ok(())
}

#[test]
fn an_archived_one_leaves_the_card_the_lists_and_the_search() -> Result<()> {
    let krets = two()?;
    let key = bulletin(&krets.dorotea, TITLE, &[LVM])?;
    krets.meet()?;
    assert_eq!(on_card(&krets.sorsele, LVM)?, [TITLE]);
    let start = krets.sorsele.call("start_page", json!({}))?;
    assert_eq!(start["bulletins"][0]["key"], key);
    edit(&krets.dorotea, &key, &[set("archived", true)])?;
    krets.meet()?;
    for office in krets.both() {
        assert_eq!(on_card(office, LVM)?, [""; 0]);
        assert_eq!(office.call("bulletins", json!({}))?, json!([]));
        let start = office.call("start_page", json!({}))?;
        assert_eq!(start["bulletins"], json!([]));
        assert_eq!(page(office, &key)?["cards"][0]["key"], LVM);
    }
    Ok(())
}

#[test]
fn who_follows_the_area_of_a_card_that_it_touches_or_a_label_on_it_is_told() -> Result<()> {
    let krets = two()?;
    let follow = json!({ "key": "area:lvm", "follow": true });
    krets.sorsele.call("follow", follow)?;
    let elsewhere = bulletin(&krets.dorotea, "Om något annat", &[LVU])?;
    let key = bulletin(&krets.dorotea, TITLE, &[LVM])?;
    krets.meet()?;
    let told = krets.sorsele.call("news", json!({}))?;
    let rows = &told["groups"][0]["rows"];
    assert_eq!((&rows[0]["key"], &rows[1]), (&json!(key), &Value::Null));
    assert_eq!(rows[0]["what"][0]["kind"], "bulletin");
    // It comes to touch what she follows.
    edit(&krets.dorotea, &elsewhere, &[put("playbooks", LVM)])?;
    krets.meet()?;
    let told = krets.sorsele.call("news", json!({}))?;
    let rows = told["groups"][0]["rows"].as_array().context("rows")?;
    assert_eq!(rows.len(), 2);
    let follow = json!({ "key": "label:familjehem", "follow": true });
    krets.dorotea.call("follow", follow)?;
    let edits = [
        set("title", "Nytt nummer"),
        set("from", "2026-12-01"),
        put("labels", "label:familjehem"),
    ];
    create(&krets.sorsele, "bulletin", &edits)?;
    krets.meet()?;
    let told = krets.dorotea.call("news", json!({}))?;
    assert_eq!(told["groups"][0]["reason"], "label");
    assert_eq!(told["groups"][0]["rows"][0]["title"], "Nytt nummer");
    Ok(())
}

#[test]
fn it_is_in_the_export_as_text_with_the_cards_that_it_touches() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::founded(Start::own(&folder.path().join("profile")))?;
    bulletin(&office, TITLE, &[LVM])?;
    let file = folder.path().join("krets.zip");
    export(&office, None, &file)?;
    let files = unzip(&file)?;
    let mut texts = files
        .iter()
        .filter(|(name, _)| name.starts_with("nytt-att-veta/"));
    let (_, text) = texts.next().context("the text")?;
    for part in [
        "# Ny rutin för hämtning",
        "- Gäller från: 2026-12-01",
        "- Regel: SoL 11 kap. 1 §",
        "Polisen ringer kontoret en timme före.",
        "## Kort som berörs\n\n- ",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    Ok(())
}

#[test]
fn the_guard_stops_a_client_in_it() -> Result<()> {
    let (office, _folder) = example()?;
    let edits = [
        set("title", TITLE),
        set("from", "2026-12-01"),
        write("body", "Gäller 811218-9876 och hans son."),
    ];
    let args = json!({ "kind": "bulletin", "window": "w", "edits": edits });
    assert_eq!(
        office.refused("create_item", args)?["code"],
        "personal_data"
    );
    Ok(())
}
