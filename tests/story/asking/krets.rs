//! Two offices write whom to ask at once, each offline in its own time.

use super::{create, decides, edit, office_in, order_of};
use crate::ask::krets::{Krets, two};
use anyhow::{Context as _, Result};
use radrum_tests::edits::{add, entry_id, remove, set};
use radrum_tests::krets::{member, text};
use radrum_tests::office::Office;
use serde_json::{Value, json};

/// An office that both know, and its key.
fn office_of(krets: &Krets) -> Result<String> {
    let info = krets.dorotea.call("start", json!({}))?["session"].clone();
    let municipality = text(&info["municipality"], "key")?;
    let key = office_in(&krets.dorotea, "IFO Dorotea", &municipality)?;
    krets.meet()?;
    Ok(key)
}

fn page(office: &Office, about: &str) -> Result<Value> {
    office.call("ask_order", json!({ "key": about }))
}

fn roles(page: &Value) -> Vec<String> {
    let rows = page["rows"].as_array().into_iter().flatten();
    rows.filter_map(|row| row["role"].as_str().map(String::from))
        .collect()
}

fn moved(number: u64, after: u64) -> Value {
    let after = if after == 0 {
        String::new()
    } else {
        entry_id(after)
    };
    json!({ "edit": "move", "list": "people", "id": entry_id(number), "after": after })
}

#[test]
fn two_offices_that_begin_the_same_order_at_once_write_in_one() -> Result<()> {
    let krets = two()?;
    let about = office_of(&krets)?;
    let first = order_of(&krets.dorotea, &about, &[(1, "IFO-chef")])?;
    let second = order_of(&krets.sorsele, &about, &[(2, "Jouren")])?;
    assert_eq!(first, second);
    krets.meet()?;
    let there = page(&krets.dorotea, &about)?;
    assert_eq!(roles(&there), roles(&page(&krets.sorsele, &about)?));
    let mut said = roles(&there);
    said.sort();
    assert_eq!(said, ["IFO-chef", "Jouren"]);
    assert_eq!(
        there["head"]["voices"],
        json!([]),
        "both named the same office"
    );
    Ok(())
}

#[test]
fn two_offices_that_reorder_and_write_at_once_lose_nobody_and_show_one_order() -> Result<()> {
    let krets = two()?;
    let about = office_of(&krets)?;
    let people = [(1, "Kollegan"), (2, "Förste"), (3, "Chefen"), (4, "Jouren")];
    let order = order_of(&krets.dorotea, &about, &people)?;
    krets.meet()?;
    // One puts the chief first, the other the duty line, says what the chief may decide, and
    // adds somebody.
    edit(&krets.dorotea, &order, &[moved(3, 0)])?;
    let new = add("people", 5, json!({ "role": "Grannkommunen" }));
    edit(&krets.sorsele, &order, &[moved(4, 0), new])?;
    decides(&krets.sorsele, &order, &entry_id(3), "Placering")?;
    krets.meet()?;
    let [one, other] = krets.both().map(|office| page(office, &about));
    let (one, other) = (one?, other?);
    assert_eq!(one["rows"], other["rows"], "the same order in both");
    let mut said = roles(&one);
    let first_two = said[..2].to_vec();
    assert!(first_two.contains(&"Chefen".to_string()), "{said:?}");
    assert!(first_two.contains(&"Jouren".to_string()), "{said:?}");
    said.sort();
    assert_eq!(
        said,
        ["Chefen", "Förste", "Grannkommunen", "Jouren", "Kollegan"]
    );
    let rows = one["rows"].as_array().context("rows")?;
    let chief = rows.iter().find(|row| row["role"] == "Chefen");
    assert_eq!(chief.context("the chief")?["decides"], "Placering");
    assert_eq!(one["head"]["voices"], json!([]));
    Ok(())
}

#[test]
fn what_somebody_may_decide_is_two_voices_when_two_write_it_at_once() -> Result<()> {
    let krets = two()?;
    let about = office_of(&krets)?;
    let order = order_of(&krets.dorotea, &about, &[(1, "Chefen")])?;
    krets.meet()?;
    decides(&krets.dorotea, &order, &entry_id(1), "Placering")?;
    decides(&krets.sorsele, &order, &entry_id(1), "Inget")?;
    krets.meet()?;
    for office in krets.both() {
        let voices = page(office, &about)?["head"]["voices"].clone();
        let said = voices[0]["voices"].as_array().context("voices")?.iter();
        let said: Vec<&Value> = said.map(|voice| &voice["value"]).collect();
        assert_eq!(
            said,
            [&json!("Placering"), &json!("Inget")],
            "Dorotea before Sorsele"
        );
    }
    Ok(())
}

#[test]
fn two_offices_that_write_a_radgrupp_at_once_are_both_in_it() -> Result<()> {
    let krets = two()?;
    let [maja, anna] = [
        member(&krets.dorotea, "Maja Lundmark")?,
        member(&krets.dorotea, "Anna Öberg")?,
    ];
    let group = |office: &Office, number, member: &str, training: &str| {
        let line = add(
            "members",
            number,
            json!({ "member": member, "training": training }),
        );
        create(office, "advice_group", &[set("area", "area:lvm"), line])
    };
    group(&krets.dorotea, 1, &maja, "LVM-utbildning 2024")?;
    let key = group(&krets.sorsele, 2, &anna, "MI 2022")?;
    krets.meet()?;
    for office in krets.both() {
        let page = office.call("advice_group", json!({ "key": "area:lvm" }))?;
        let names: Vec<&Value> = page["members"]
            .as_array()
            .context("members")?
            .iter()
            .map(|row| &row["person"]["title"])
            .collect();
        assert_eq!(names, ["Anna Öberg", "Maja Lundmark"], "by name");
    }
    // One leaves while the other writes new hours of the same group.
    edit(&krets.dorotea, &key, &[remove("members", &entry_id(1))])?;
    edit(&krets.sorsele, &key, &[set("hours", "fredagar 9–10")])?;
    krets.meet()?;
    for office in krets.both() {
        let page = office.call("advice_group", json!({ "key": "area:lvm" }))?;
        assert_eq!(page["group"]["hours"], "fredagar 9–10");
        assert_eq!(page["members"].as_array().map(Vec::len), Some(1));
    }
    Ok(())
}

#[test]
fn a_pause_that_is_written_while_another_changes_the_telephone_keeps_both() -> Result<()> {
    let krets = two()?;
    let about = office_of(&krets)?;
    edit(
        &krets.dorotea,
        &about,
        &[set("paused", true), set("paused_to", "2026-12-04")],
    )?;
    edit(&krets.sorsele, &about, &[set("phone", "0980-319 200")])?;
    krets.meet()?;
    for office in krets.both() {
        let offices = office.call("offices", json!({}))?;
        let mut offices = offices.as_array().context("offices")?.iter();
        let row = offices.find(|row| row["head"]["key"] == about.as_str());
        let row = row.context("the office")?["office"].clone();
        assert_eq!(
            (&row["paused_to"], &row["phone"]),
            (&json!("2026-12-04"), &json!("0980-319 200"))
        );
    }
    Ok(())
}

#[test]
fn a_line_proposed_from_another_office_is_taken_up_by_her_and_stands_in_both() -> Result<()> {
    let krets = two()?;
    let anna = member(&krets.dorotea, "Anna Öberg")?;
    let line = [
        set("member", anna.as_str()),
        set("area", "area:lvm"),
        set("level", "met"),
        set("note", "två gånger"),
    ];
    let key = create(&krets.dorotea, "proposal", &line)?;
    krets.meet()?;
    // She writes of herself while it is on its way, and takes it up afterwards.
    let own = add(
        "experience",
        1,
        json!({ "area": "area:lvu", "level": "met" }),
    );
    edit(&krets.sorsele, &anna, &[own])?;
    let page = krets.sorsele.call("member", json!({ "key": anna }))?;
    assert_eq!(page["proposals"][0]["by"]["title"], "Maja Lundmark");
    let args = json!({ "key": key, "take": true, "window": "w" });
    krets.sorsele.call("answer_proposal", args)?;
    krets.meet()?;
    for office in krets.both() {
        let page = office.call("member", json!({ "key": anna }))?;
        let said = page["row"]["experience"].to_string();
        assert!(
            said.contains("två gånger") && said.contains("area:lvu"),
            "{said}"
        );
        assert_eq!(page["proposals"], json!([]));
    }
    Ok(())
}
