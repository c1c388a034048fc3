//! How an office does it: what it has agreed on, when, and who was there (need N52).

use crate::ask::krets::{Krets, two};
use crate::ask::{create, edit};
use anyhow::Result;
use radrum_tests::edits::{choose, set};
use radrum_tests::office::Office;
use serde_json::{Value, json};

fn way(office: &Office, card: &str) -> Result<Value> {
    let page = office.call("playbook", json!({ "key": card }))?;
    Ok(page["variants"][0].clone())
}

/// A card and what Dorotea writes about how it does it.
fn written(krets: &Krets) -> Result<(String, String)> {
    let named = [set("title", "Zebravård"), set("playbook", "rare_case")];
    let card = create(&krets.dorotea, "playbook", &named)?;
    let owner = krets.dorotea.call("start", json!({}))?["session"]["municipality"]["key"].clone();
    let written = [
        set("owner", owner),
        set("playbook", card.as_str()),
        set("text", "Vi ringer tamburinen först."),
    ];
    let key = create(&krets.dorotea, "variant", &written)?;
    Ok((card, key))
}

#[test]
fn what_is_agreed_and_who_was_there_meet_from_two_computers_and_two_days_are_two_voices()
-> Result<()> {
    let krets = two()?;
    let (card, key) = written(&krets)?;
    krets.meet()?;

    edit(&krets.dorotea, &key, &[set("agreed_on", "2026-11-02")])?;
    edit(
        &krets.sorsele,
        &key,
        &[set("present", "två handläggare, chefen")],
    )?;
    krets.meet()?;
    for office in krets.both() {
        let way = way(office, &card)?;
        assert_eq!(way["variant"]["agreed_on"], "2026-11-02");
        assert_eq!(way["variant"]["present"], "två handläggare, chefen");
        assert_eq!(way["head"]["voices"], json!([]));
    }

    edit(&krets.dorotea, &key, &[set("agreed_on", "2026-11-09")])?;
    edit(&krets.sorsele, &key, &[set("agreed_on", "2026-11-16")])?;
    krets.meet()?;
    for office in krets.both() {
        let voices = &way(office, &card)?["head"]["voices"];
        assert_eq!(
            voices[0]["voices"].as_array().map(Vec::len),
            Some(2),
            "{voices}"
        );
    }
    edit(&krets.dorotea, &key, &[choose("agreed_on", "2026-11-16")])?;
    krets.meet()?;
    let settled = way(&krets.sorsele, &card)?;
    assert_eq!(settled["variant"]["agreed_on"], "2026-11-16");
    assert_eq!(settled["head"]["voices"], json!([]));
    Ok(())
}

#[test]
fn a_day_that_is_none_is_refused_and_the_text_stays() -> Result<()> {
    let krets = two()?;
    let (card, key) = written(&krets)?;
    let heads = way(&krets.dorotea, &card)?["head"]["heads"].clone();
    let edits = [set("agreed_on", "i förrgår")];
    let asked = json!({ "key": key, "heads": heads, "edits": edits, "window": "w" });
    let refused = krets.dorotea.refused("edit_item", asked)?;
    assert_eq!(refused["code"], "rejected", "{refused}");
    assert_eq!(
        way(&krets.dorotea, &card)?["variant"]["text"],
        "Vi ringer tamburinen först."
    );
    Ok(())
}
