//! The one list of labels: renamed, merged and retired by several offices at once, and no item
//! loses its label by it.

use crate::ask::krets::{Krets, two};
use crate::ask::{create, edit, example, found_of, titles};
use anyhow::{Context as _, Result};
use radrum_tests::edits::{choose, put, set};
use radrum_tests::krets::text;
use radrum_tests::office::Office;
use serde_json::{Value, json};

const LVM: &str = "label:lvm";
const ABUSE: &str = "label:missbruk-och-beroende";
const GAMBLING: &str = "label:spelmissbruk";

/// A note with labels.
fn note(office: &Office, title: &str, labels: &[&str]) -> Result<String> {
    let mut edits = vec![set("title", title)];
    edits.extend(labels.iter().map(|label| put("labels", label)));
    create(office, "note", &edits)
}

fn merge(office: &Office, of: &str, into: &str) -> Result<()> {
    edit(office, of, &[set("merged_into", into)])
}

fn page(office: &Office, label: &str) -> Result<Value> {
    office.call("label", json!({ "key": label }))
}

/// Whether an item stands on the page of a label.
fn carries(office: &Office, label: &str, item: &str) -> Result<bool> {
    let page = page(office, label)?;
    let items = page["items"].as_array().context("items")?;
    Ok(items.iter().any(|of| of["key"] == item))
}

/// Keys of a list.
fn keys(list: &Value) -> Vec<String> {
    let rows = list.as_array().into_iter().flatten();
    let key = |row: &Value| {
        row["key"]
            .as_str()
            .or(row["head"]["key"].as_str())
            .map(str::to_string)
    };
    rows.filter_map(key).collect()
}

fn listed(office: &Office) -> Result<Vec<String>> {
    Ok(keys(&office.call("labels", json!({}))?))
}

fn offered(office: &Office) -> Result<Vec<String>> {
    Ok(keys(&office.call("choices", json!({ "kind": "label" }))?))
}

fn labels_of(office: &Office, note: &str) -> Result<Value> {
    Ok(office.call("note", json!({ "key": note }))?["note"]["labels"].clone())
}

/// What stands for a label, in each office.
fn standing(krets: &Krets, label: &str) -> Result<Vec<String>> {
    let of = |office: &Office| {
        let page = page(office, label)?;
        Ok(page["stands_as"]["key"]
            .as_str()
            .unwrap_or(label)
            .to_string())
    };
    krets.both().into_iter().map(of).collect()
}

#[test]
fn two_offices_that_rename_a_label_at_once_are_two_voices_and_every_item_keeps_it() -> Result<()> {
    let krets = two()?;
    let note = note(&krets.dorotea, "Ring före nio", &[LVM])?;
    krets.meet()?;
    edit(&krets.dorotea, LVM, &[set("title", "Tvångsvård")])?;
    edit(&krets.sorsele, LVM, &[set("title", "LVM och tvång")])?;
    krets.meet()?;
    for office in krets.both() {
        let page = page(office, LVM)?;
        let voices = &page["row"]["head"]["voices"][0];
        let mut names: Vec<&str> = voices["voices"]
            .as_array()
            .context("voices")?
            .iter()
            .filter_map(|voice| voice["value"].as_str())
            .collect();
        names.sort_unstable();
        assert_eq!(names, ["LVM och tvång", "Tvångsvård"]);
        assert!(carries(office, LVM, &note)?);
    }
    edit(&krets.sorsele, LVM, &[choose("title", "Tvångsvård")])?;
    krets.meet()?;
    for office in krets.both() {
        let page = page(office, LVM)?;
        assert_eq!(page["row"]["label"]["title"], "Tvångsvård");
        assert_eq!(page["row"]["head"]["voices"], json!([]));
    }
    Ok(())
}

#[test]
fn a_label_that_is_merged_while_another_renames_and_uses_it_leads_to_what_it_became() -> Result<()>
{
    let krets = two()?;
    let before = note(&krets.dorotea, "Skriven före", &[LVM])?;
    krets.meet()?;
    merge(&krets.dorotea, LVM, ABUSE)?;
    edit(&krets.sorsele, LVM, &[set("title", "Tvångsvård för vuxna")])?;
    let meanwhile = note(&krets.sorsele, "Skriven samtidigt", &[LVM])?;
    krets.meet()?;
    for office in krets.both() {
        for note in [&before, &meanwhile] {
            assert!(carries(office, ABUSE, note)?);
            assert!(carries(office, LVM, note)?, "its old page shows the same");
            assert_eq!(labels_of(office, note)?, json!([ABUSE]));
        }
        let page = page(office, ABUSE)?;
        assert_eq!(page["row"]["also"][0]["title"], "Tvångsvård för vuxna");
        assert!(!listed(office)?.contains(&LVM.to_string()));
        assert!(!offered(office)?.contains(&LVM.to_string()));
        let found = found(office, "Tvångsvård för vuxna")?;
        assert!(
            keys(&found).contains(&ABUSE.to_string()),
            "found by the name that it had"
        );
    }
    Ok(())
}

#[test]
fn a_label_that_two_offices_merge_into_different_ones_stands_as_one_in_both() -> Result<()> {
    let krets = two()?;
    let note = note(&krets.dorotea, "Ring före nio", &[LVM])?;
    krets.meet()?;
    merge(&krets.dorotea, LVM, ABUSE)?;
    merge(&krets.sorsele, LVM, GAMBLING)?;
    krets.meet()?;
    let stands = standing(&krets, LVM)?;
    assert_eq!(stands[0], stands[1]);
    for office in krets.both() {
        assert!(carries(office, &stands[0], &note)?);
        let voices = page(office, LVM)?["row"]["head"]["voices"].clone();
        assert_eq!(voices[0]["field"], "merged_into", "somebody may choose");
    }
    edit(&krets.sorsele, LVM, &[choose("merged_into", ABUSE)])?;
    krets.meet()?;
    assert_eq!(standing(&krets, LVM)?, [ABUSE, ABUSE]);
    for office in krets.both() {
        assert!(carries(office, ABUSE, &note)? && !carries(office, GAMBLING, &note)?);
    }
    Ok(())
}

#[test]
fn two_labels_that_are_merged_into_each_other_at_once_are_one_and_can_be_parted() -> Result<()> {
    let krets = two()?;
    let of_lvm = note(&krets.dorotea, "Om LVM", &[LVM])?;
    let of_abuse = note(&krets.dorotea, "Om missbruk", &[ABUSE])?;
    krets.meet()?;
    merge(&krets.dorotea, LVM, ABUSE)?;
    merge(&krets.sorsele, ABUSE, LVM)?;
    krets.meet()?;
    // The least key, in whatever order the merges came.
    for label in [LVM, ABUSE] {
        assert_eq!(standing(&krets, label)?, [LVM, LVM]);
    }
    for office in krets.both() {
        let listed = listed(office)?;
        assert!(listed.contains(&LVM.to_string()) && !listed.contains(&ABUSE.to_string()));
        assert!(offered(office)?.contains(&LVM.to_string()));
        assert!(carries(office, LVM, &of_lvm)? && carries(office, LVM, &of_abuse)?);
    }
    edit(&krets.sorsele, ABUSE, &[set("merged_into", Value::Null)])?;
    edit(&krets.dorotea, LVM, &[set("merged_into", Value::Null)])?;
    krets.meet()?;
    for office in krets.both() {
        assert!(carries(office, LVM, &of_lvm)? && !carries(office, LVM, &of_abuse)?);
        assert!(carries(office, ABUSE, &of_abuse)? && !carries(office, ABUSE, &of_lvm)?);
    }
    Ok(())
}

#[test]
fn a_label_that_is_retired_while_another_uses_it_stays_on_what_has_it() -> Result<()> {
    let krets = two()?;
    edit(&krets.dorotea, LVM, &[set("retired", true)])?;
    let note = note(&krets.sorsele, "Ring före nio", &[LVM])?;
    krets.meet()?;
    for office in krets.both() {
        assert!(!offered(office)?.contains(&LVM.to_string()));
        assert_eq!(page(office, LVM)?["row"]["label"]["retired"], true);
        assert!(carries(office, LVM, &note)?);
        assert_eq!(labels_of(office, &note)?, json!([LVM]));
    }
    Ok(())
}

#[test]
fn who_takes_a_label_off_takes_off_what_was_merged_into_it() -> Result<()> {
    let (office, _folder) = example()?;
    let note = note(&office, "Ring före nio", &[LVM, GAMBLING])?;
    merge(&office, LVM, ABUSE)?;
    assert_eq!(labels_of(&office, &note)?, json!([ABUSE, GAMBLING]));
    let off = json!({ "edit": "put", "set": "labels", "key": ABUSE, "present": false });
    edit(&office, &note, &[off])?;
    assert_eq!(labels_of(&office, &note)?, json!([GAMBLING]));
    edit(&office, LVM, &[set("merged_into", Value::Null)])?;
    assert_eq!(labels_of(&office, &note)?, json!([GAMBLING]));
    Ok(())
}

/// The group of labels in an answer.
fn found(office: &Office, typed: &str) -> Result<Value> {
    found_of(office, "label", typed)
}

#[test]
fn labels_are_found_in_the_one_field_and_proposed_from_the_text_of_a_question() -> Result<()> {
    let (office, _folder) = example()?;
    assert_eq!(
        keys(&found(&office, "ekonomiskt bistånd")?),
        ["label:ekonomiskt-bistand"]
    );
    assert!(keys(&found(&office, "våld")?).contains(&"label:vald-i-nara-relationer".to_string()));
    assert_eq!(found(&office, "xylofonernas zebrafinkar")?, json!([]));
    let typed = json!({ "text": "Hur gör ni med ett dödsbo där ingen anhörig finns?" });
    let proposed = |office: &Office| -> Result<Vec<String>> {
        Ok(titles(&office.call("similar", typed.clone())?["labels"]))
    };
    assert!(proposed(&office)?.contains(&"Dödsbo".to_string()));
    edit(&office, "label:dodsbo", &[set("retired", true)])?;
    assert!(!proposed(&office)?.contains(&"Dödsbo".to_string()));
    let rows = office.call("questions", json!({}))?["open"].clone();
    let labelled = rows
        .as_array()
        .context("rows")?
        .iter()
        .any(|row| titles(&row["labels"]).contains(&"Familjehem".to_string()));
    assert!(
        labelled,
        "a list can be filtered by label: {}",
        text(&rows[0], "title")?
    );
    Ok(())
}
