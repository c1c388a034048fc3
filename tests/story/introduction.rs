//! Somebody is new: her checklist, whose ticks are hers alone, and her fadder.

use crate::ask::krets::{Krets, two};
use crate::asking::{create, edit, example};
use crate::export::{export, unzip};
use anyhow::{Context as _, Result};
use radrum_tests::edits::{add, choose, entry_id, set, set_in};
use radrum_tests::krets::{carry, member, text};
use radrum_tests::office::Office;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const STARTER: &str = "introduction:socialsekreterare";

fn page(office: &Office, key: &str) -> Result<Value> {
    office.call("introduction", json!({ "key": key }))
}

fn titles(page: &Value) -> Vec<String> {
    let rows = page["lists"].as_array().into_iter().flatten();
    rows.filter_map(|row| row["title"].as_str().map(String::from))
        .collect()
}

fn steps(page: &Value) -> Vec<String> {
    let steps = page["introduction"]["steps"].as_array();
    steps
        .into_iter()
        .flatten()
        .filter_map(|step| step["text"].as_str().map(String::from))
        .collect()
}

fn step(number: u64, said: &str) -> Value {
    add(
        "steps",
        number,
        json!({ "text": said, "when": "first_week" }),
    )
}

/// A checklist with one step that both offices have.
fn list_of(krets: &Krets) -> Result<String> {
    let edits = [
        set("title", "Ny på mottagningen"),
        step(1, "Hälsa på i köket."),
    ];
    let key = create(&krets.dorotea, "introduction", &edits)?;
    krets.meet()?;
    Ok(key)
}

#[test]
fn two_offices_that_each_add_a_step_have_both() -> Result<()> {
    let krets = two()?;
    let list = list_of(&krets)?;
    edit(&krets.dorotea, &list, &[step(2, "Ring jouren.")])?;
    edit(&krets.sorsele, &list, &[step(3, "Ring Lycksele.")])?;
    krets.meet()?;
    let [one, other] = krets.both().map(|office| page(office, &list));
    let (one, other) = (one?, other?);
    assert_eq!(steps(&one), steps(&other));
    let mut said = steps(&one);
    said.sort();
    assert_eq!(
        said,
        ["Hälsa på i köket.", "Ring Lycksele.", "Ring jouren."]
    );
    assert_eq!(one["head"]["voices"], json!([]));
    Ok(())
}

#[test]
fn two_offices_that_rewrite_the_same_step_are_two_voices() -> Result<()> {
    let krets = two()?;
    let list = list_of(&krets)?;
    let written = |office: &Office, said: &str| {
        edit(
            office,
            &list,
            &[set_in("steps", &entry_id(1), "text", said)],
        )
    };
    written(&krets.dorotea, "Ät lunch med jouren.")?;
    written(&krets.sorsele, "Ät lunch med chefen.")?;
    krets.meet()?;
    for office in krets.both() {
        let voices = page(office, &list)?["head"]["voices"].clone();
        let said = voices[0]["voices"].as_array().context("voices")?.iter();
        let said: Vec<&Value> = said.map(|voice| &voice["value"]).collect();
        assert_eq!(
            said,
            [
                &json!("Ät lunch med jouren."),
                &json!("Ät lunch med chefen.")
            ],
            "Dorotea before Sorsele"
        );
    }
    Ok(())
}

/// Every file of an export, by name.
fn exported(office: &Office, file: &str) -> Result<BTreeMap<String, String>> {
    let path = office.folder().join(file);
    export(office, None, &path)?;
    unzip(&path)
}

#[test]
fn ticks_are_in_no_entry_no_export_and_on_no_other_computer() -> Result<()> {
    let krets = two()?;
    let entries = |office: &Office| -> Result<Value> {
        Ok(office.call("krets", json!({}))?["entries"].clone())
    };
    let first = page(&krets.sorsele, STARTER)?["introduction"]["steps"][0].clone();
    let first = text(&first, "id")?;
    let (before, out) = (entries(&krets.sorsele)?, exported(&krets.sorsele, "a.zip")?);

    let tick = json!({ "playbook": STARTER, "step": first, "ticked": true });
    krets.sorsele.call("tick", tick)?;
    assert_eq!(page(&krets.sorsele, STARTER)?["ticks"], json!([first]));
    assert_eq!(entries(&krets.sorsele)?, before, "no entry");
    assert_eq!(exported(&krets.sorsele, "b.zip")?, out, "no word of it");
    let carried = carry(krets.home.path(), &krets.sorsele, &krets.dorotea)?;
    assert_eq!(carried["new"], 0, "nothing travels");
    assert_eq!(page(&krets.dorotea, STARTER)?["ticks"], json!([]));

    krets
        .sorsele
        .call("clear_ticks", json!({ "key": STARTER }))?;
    assert_eq!(page(&krets.sorsele, STARTER)?["ticks"], json!([]));
    Ok(())
}

#[test]
fn a_fadder_who_was_chosen_by_two_at_once_is_two_until_somebody_chooses() -> Result<()> {
    let krets = two()?;
    let [maja, anna] = [
        member(&krets.dorotea, "Maja Lundmark")?,
        member(&krets.dorotea, "Anna Öberg")?,
    ];
    let new = [set("title", "Siv Norberg"), set("owner", owner(&krets)?)];
    let siv = create(&krets.dorotea, "member", &new)?;
    krets.meet()?;
    edit(&krets.dorotea, &siv, &[set("fadder", maja.as_str())])?;
    edit(&krets.sorsele, &siv, &[set("fadder", anna.as_str())])?;
    krets.meet()?;
    for office in krets.both() {
        let page = office.call("member", json!({ "key": siv }))?;
        let fadders = page["fadder"]["fadders"].as_array().context("fadders")?;
        let keys: Vec<&Value> = fadders.iter().map(|row| &row["key"]).collect();
        assert_eq!(keys, [&json!(maja), &json!(anna)], "Dorotea before Sorsele");
        assert_eq!(page["head"]["voices"][0]["field"], "fadder");
    }
    let page = krets.dorotea.call("member", json!({ "key": siv }))?;
    assert_eq!(page["fadder"]["writes"], true, "she represents Dorotea");
    let page = krets.sorsele.call("member", json!({ "key": siv }))?;
    assert_eq!(page["fadder"]["writes"], false);

    edit(&krets.dorotea, &siv, &[choose("fadder", anna.as_str())])?;
    krets.meet()?;
    let page = krets.sorsele.call("member", json!({ "key": siv }))?;
    assert_eq!(page["fadder"]["fadders"][0]["key"], anna.as_str());
    assert_eq!(page["fadder"]["fadders"][1], Value::Null);
    Ok(())
}

fn owner(krets: &Krets) -> Result<String> {
    let info = krets.dorotea.call("start", json!({}))?["session"].clone();
    text(&info["municipality"], "key")
}

#[test]
fn somebody_new_is_led_to_the_list_of_her_role_and_to_whom_she_can_ask() -> Result<()> {
    let (office, _folder) = example()?;
    let start = |office: &Office| office.call("start_page", json!({}));
    assert_eq!(start(&office)?["is_new"], false, "she came long ago");

    let new = [
        set("title", "Siv Norberg"),
        set("role", "Socialsekreterare"),
        set("owner", "municipality:dorotea"),
    ];
    let siv = create(&office, "member", &new)?;
    office.call("choose_me", json!({ "key": siv }))?;
    assert_eq!(start(&office)?["is_new"], true);

    let hers = create(
        &office,
        "introduction",
        &[
            set("title", "Ny i Dorotea"),
            set("role", "socialsekreterare"),
            set("owner", "municipality:dorotea"),
        ],
    )?;
    let elsewhere = [
        set("title", "Ny i Malå"),
        set("role", "socialsekreterare"),
        set("owner", "municipality:mala"),
    ];
    create(&office, "introduction", &elsewhere)?;
    let page = office.call("introductions", json!({}))?;
    assert_eq!(
        titles(&page),
        [
            "Ny i Dorotea",
            "Ny socialsekreterare",
            "Ny i Malå",
            "Ny IFO-chef",
            "Ny kommunrepresentant",
        ]
    );
    let fits = page["lists"].as_array().context("lists")?.iter();
    let fits: Vec<&Value> = fits.map(|row| &row["hers"]).collect();
    assert_eq!(fits[..3], [&json!(true), &json!(true), &json!(false)]);
    assert_eq!(page["fadder"]["fadders"], json!([]), "not yet");
    let representative = &page["fadder"]["representatives"][0];
    assert_eq!(representative["key"], "member:maja-lundmark");

    edit(&office, &siv, &[set("fadder", "member:kjell-strandgard")])?;
    let fadder = office.call("introduction", json!({ "key": hers }))?["fadder"].clone();
    assert_eq!(fadder["fadders"][0]["title"], "Kjell Strandgård");
    let phone = fadder["fadders"][0]["phone"].as_str();
    assert!(phone.is_some(), "how to reach him");
    let held = office.call("handing_over", json!({ "key": "member:kjell-strandgard" }))?;
    let held = held["held"].to_string();
    assert!(held.contains("\"fadder\""), "he hands it over: {held}");
    Ok(())
}

#[test]
fn the_list_of_a_role_is_found_in_the_one_field_and_is_in_the_export() -> Result<()> {
    let (office, _folder) = example()?;
    let answer = office.call(
        "search",
        json!({ "text": "introduktion ny socialsekreterare" }),
    )?;
    let groups = answer["groups"].as_array().context("groups")?;
    let group = groups.iter().find(|group| group["kind"] == "introduction");
    let row = &group.context("a group of its own")?["items"][0];
    assert_eq!(row["key"], STARTER);

    let files = exported(&office, "krets.zip")?;
    let list = files.get("introduktion/Ny socialsekreterare.md");
    let list = list.context("the list")?;
    assert!(list.contains("*Utkast, granskas av er.*"), "{list}");
    assert!(list.contains("## Första dagen\n\n- Ring den som"), "{list}");
    Ok(())
}
