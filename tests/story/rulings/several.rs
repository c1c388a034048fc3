//! Several offices at once.

use super::{LVM, card, is, lay_down, now, page, rows, said_then, say, state};
use crate::ask::krets::{Krets, two};
use crate::ask::{create, edit, found_of};
use crate::export::{export, unzip};
use anyhow::{Context as _, Result};
use radrum_tests::edits::{choose, set};
use radrum_tests::krets::{invited, meet};
use radrum_tests::office::Office;
use serde_json::{Value, json};

/// Places of a card's rows, in their order.
fn places(krets: &Krets, own: usize) -> Result<Vec<String>> {
    let rows = rows(krets.both()[own], LVM)?;
    let titles = rows
        .iter()
        .filter_map(|row| row["municipality"]["title"].as_str());
    Ok(titles.map(str::to_string).collect())
}

#[test]
fn two_municipalities_lay_down_the_same_card_at_different_versions_and_each_reads_its_own()
-> Result<()> {
    let krets = two()?;
    say(&krets.dorotea, LVM, "tvångsvård")?;
    let dorotea = lay_down(&krets.dorotea, LVM, "2026-03-02", "IFO-chef")?;
    say(&krets.dorotea, LVM, "vård utan samtycke")?;
    krets.meet()?;
    let sorsele = lay_down(&krets.sorsele, LVM, "2026-03-09", "Socialnämnden")?;
    krets.meet()?;
    for office in krets.both() {
        assert_eq!(state(office, LVM, &dorotea)?, is("in_force", "changed"));
        assert_eq!(state(office, LVM, &sorsele)?, is("in_force", "same"));
        assert_eq!(said_then(office, &dorotea)?, "tvångsvård");
        assert_eq!(said_then(office, &sorsele)?, "vård utan samtycke");
    }
    // The own municipality's first, then by name; never by day.
    assert_eq!(places(&krets, 0)?, ["Dorotea", "Sorsele"]);
    assert_eq!(places(&krets, 1)?, ["Sorsele", "Dorotea"]);
    Ok(())
}

#[test]
fn a_card_that_is_edited_while_it_is_laid_down_reads_as_it_stood_and_says_changed() -> Result<()> {
    let krets = two()?;
    say(&krets.dorotea, LVM, "tvångsvård")?;
    krets.meet()?;
    let ruling = lay_down(&krets.dorotea, LVM, "2026-03-02", "IFO-chef")?;
    say(&krets.sorsele, LVM, "vård utan samtycke")?;
    krets.meet()?;
    for office in krets.both() {
        assert_eq!(state(office, LVM, &ruling)?, is("in_force", "changed"));
        assert_eq!(said_then(office, &ruling)?, "tvångsvård");
        let since = office.call("changed_since", json!({ "key": ruling }))?;
        assert_eq!(since[0]["lines"][0]["new"], "vård utan samtycke");
        assert_eq!(since[1], Value::Null, "the other edit was laid down");
    }
    Ok(())
}

#[test]
fn a_number_that_two_write_at_once_is_two_voices_until_somebody_chooses() -> Result<()> {
    let krets = two()?;
    let ruling = lay_down(&krets.dorotea, LVM, "2026-03-02", "IFO-chef")?;
    krets.meet()?;
    edit(&krets.dorotea, &ruling, &[set("number", "2026/15")])?;
    edit(&krets.sorsele, &ruling, &[set("number", "2026/16")])?;
    krets.meet()?;
    for office in krets.both() {
        let voices = page(office, &ruling)?["head"]["voices"].clone();
        assert_eq!(voices[0]["field"], "number");
        assert_eq!(rows(office, LVM)?[0]["voices"], true);
    }
    edit(&krets.dorotea, &ruling, &[choose("number", "2026/15")])?;
    krets.meet()?;
    for office in krets.both() {
        let row = rows(office, LVM)?[0].clone();
        assert_eq!(
            (&row["number"], &row["voices"]),
            (&json!("2026/15"), &json!(false))
        );
        // What came from elsewhere is not dropped, and is said.
        assert_eq!(row["changed_outside"], true);
        assert_eq!(row["standing"], "in_force");
    }
    Ok(())
}

#[test]
fn a_decision_that_comes_before_its_card_or_before_what_the_card_said_waits_for_it() -> Result<()> {
    let krets = two()?;
    let new = card(&krets.dorotea, "Zebror på vägen")?;
    say(&krets.dorotea, LVM, "tvångsvård")?;
    // Sorsele knows the versions by name, and none of them has come.
    let name = |card: &str| -> Result<Value> { Ok(now(&krets.dorotea, card)?["version"].clone()) };
    let owner = krets.sorsele.call("start", json!({}))?["session"]["municipality"]["key"].clone();
    let lay = |card: &str| -> Result<String> {
        let edits = [
            set("playbook", card),
            set("version", name(card)?),
            set("owner", owner.clone()),
            set("role", "IFO-chef"),
            set("on", "2026-03-02"),
        ];
        create(&krets.sorsele, "ruling", &edits)
    };
    let (of_new, of_lvm) = (lay(&new)?, lay(LVM)?);
    assert_eq!(
        state(&krets.sorsele, LVM, &of_lvm)?,
        is("in_force", "not_here")
    );
    let waiting = page(&krets.sorsele, &of_new)?;
    assert_eq!(waiting["then"], Value::Null);
    assert_eq!(waiting["row"]["version"], "not_here");
    assert_eq!(waiting["row"]["card"]["title"], "");
    let own = krets.sorsele.call("own_municipality", json!({}))?;
    assert_eq!(own["rulings"].as_array().map(Vec::len), Some(2));
    krets.meet()?;
    say(&krets.dorotea, LVM, "vård utan samtycke")?;
    krets.meet()?;
    for office in krets.both() {
        assert_eq!(state(office, &new, &of_new)?, is("in_force", "same"));
        assert_eq!(
            page(office, &of_new)?["then"]["card"]["title"],
            "Zebror på vägen"
        );
        assert_eq!(said_then(office, &of_lvm)?, "tvångsvård");
    }
    Ok(())
}

/// What is laid down, as an export gives it out.
fn laid_down(office: &Office, municipality: Option<&str>) -> Result<Vec<String>> {
    let file = office.folder().join("export.zip");
    export(office, municipality, &file)?;
    let files = unzip(&file)?.into_iter();
    let texts = files.filter(|(name, _)| name.starts_with("faststallda/"));
    Ok(texts.map(|(_, text)| text).collect())
}

#[test]
fn whoever_is_of_another_municipality_lays_nothing_down_there() -> Result<()> {
    let krets = two()?;
    let dorotea = lay_down(&krets.dorotea, LVM, "2026-03-02", "IFO-chef")?;
    krets.meet()?;
    // As if Anna had changed her program: the form offers her own municipality only.
    let edits = [
        set("playbook", LVM),
        set("version", now(&krets.sorsele, LVM)?["version"].clone()),
        set("owner", "municipality:dorotea"),
        set("role", "Socialnämnden"),
        set("on", "2026-12-24"),
    ];
    let forged = create(&krets.sorsele, "ruling", &edits)?;
    krets.meet()?;
    for office in krets.both() {
        assert_eq!(state(office, LVM, &forged)?.0, "outside");
        assert_eq!(
            state(office, LVM, &dorotea)?.0,
            "in_force",
            "it replaces nothing"
        );
    }
    let own = krets.dorotea.call("own_municipality", json!({}))?;
    assert_eq!(own["rulings"].as_array().map(Vec::len), Some(1));
    // Nor is it found or given out as the municipality's own.
    krets.dorotea.call("warm_up", json!({}))?;
    let found = found_of(&krets.dorotea, "playbook", "2026-12-24 socialnämnden")?;
    let mut rows = found.as_array().into_iter().flatten();
    let row = rows
        .find(|row| row["key"] == LVM)
        .with_context(|| found.to_string())?;
    assert_eq!(
        row["where"],
        "Infört av någon utanför kommunen, räknas inte"
    );
    for owner in [Some("municipality:dorotea"), None] {
        let texts = laid_down(&krets.dorotea, owner)?;
        let forged = texts.iter().filter(|text| text.contains("Socialnämnden"));
        let said = forged
            .map(|text| text.contains("räknas inte"))
            .collect::<Vec<_>>();
        assert_eq!(said, vec![true; usize::from(owner.is_none())]);
        assert!(texts.iter().any(|text| text.contains("av IFO-chef")));
    }
    Ok(())
}

#[test]
fn who_represents_a_municipality_may_lay_down_and_others_there_are_told_whom_to_ask() -> Result<()>
{
    let krets = two()?;
    let may = now(&krets.dorotea, LVM)?;
    assert_eq!(may["may"], true);
    let home = krets.home.path();
    let bo = invited(&krets.dorotea, &home.join("bo"), "Bo Ek", "Dorotea")?;
    meet(home, &bo, &krets.dorotea)?;
    let asks = now(&bo, LVM)?;
    assert_eq!(asks["may"], false);
    let names = asks["ask"].as_array().context("ask")?.iter();
    let names: Vec<&str> = names.filter_map(|named| named["title"].as_str()).collect();
    assert_eq!(names, ["Maja Lundmark"]);
    // Nobody represents Sorsele yet, so that everybody there does.
    assert_eq!(now(&krets.sorsele, LVM)?["may"], true);
    Ok(())
}

#[test]
fn a_card_that_is_merged_into_another_leads_to_what_was_laid_down_of_it() -> Result<()> {
    let krets = two()?;
    let first = card(&krets.dorotea, "Zebror på vägen")?;
    say(&krets.dorotea, &first, "randiga djur")?;
    let second = card(&krets.dorotea, "Djur på vägen")?;
    let ruling = lay_down(&krets.dorotea, &first, "2026-03-02", "Zebranämnden")?;
    edit(
        &krets.dorotea,
        &first,
        &[set("merged_into", second.as_str())],
    )?;
    krets.meet()?;
    for office in krets.both() {
        for card in [&first, &second] {
            assert_eq!(state(office, card, &ruling)?.0, "in_force");
            assert_eq!(rows(office, card)?[0]["card"]["key"], first.as_str());
        }
        assert_eq!(said_then(office, &ruling)?, "randiga djur");
        let found = found_of(office, "playbook", "zebranämnden")?;
        assert_eq!(found[0]["key"], second.as_str());
    }
    // What the municipality decides of the one that stands takes its place.
    let later = lay_down(&krets.dorotea, &second, "2026-04-02", "Zebranämnden")?;
    assert_eq!(state(&krets.dorotea, &second, &ruling)?.0, "replaced");
    assert_eq!(state(&krets.dorotea, &second, &later)?.0, "in_force");
    Ok(())
}

#[test]
fn what_is_erased_of_a_card_is_gone_from_what_was_laid_down_too() -> Result<()> {
    let krets = two()?;
    let key = card(&krets.dorotea, "Zebror på vägen")?;
    say(&krets.dorotea, &key, "en zebra som hette Kurt")?;
    let ruling = lay_down(&krets.dorotea, &key, "2026-03-02", "IFO-chef")?;
    say(&krets.dorotea, &key, "randiga djur")?;
    krets.meet()?;
    let erase = |keep: bool| {
        let args = json!({ "key": key, "ground": "person", "decision": "", "keep_text": keep,
                           "window": "w" });
        krets.dorotea.call("erase_item", args)
    };
    erase(true)?;
    krets.meet()?;
    for office in krets.both() {
        assert_eq!(state(office, &key, &ruling)?, is("in_force", "gone"));
        assert_eq!(page(office, &ruling)?["then"], Value::Null);
    }
    // It can be laid down anew as it stands.
    let anew = lay_down(&krets.dorotea, &key, "2026-04-02", "IFO-chef")?;
    assert_eq!(said_then(&krets.dorotea, &anew)?, "randiga djur");
    erase(false)?;
    krets.meet()?;
    for office in krets.both() {
        let page = page(office, &anew)?;
        assert_eq!(page["then"], Value::Null);
        assert_eq!(page["row"]["version"], "gone");
    }
    Ok(())
}

#[test]
fn who_follows_the_area_of_the_card_is_told_that_it_was_laid_down() -> Result<()> {
    let krets = two()?;
    let follow = json!({ "key": "area:lvm", "follow": true });
    krets.sorsele.call("follow", follow)?;
    lay_down(&krets.dorotea, LVM, "2026-03-02", "IFO-chef")?;
    krets.meet()?;
    let told = krets.sorsele.call("news", json!({}))?;
    let row = &told["groups"][0]["rows"][0];
    assert_eq!(row["key"], LVM);
    assert_eq!(row["what"][0]["kind"], "ruling");
    Ok(())
}
