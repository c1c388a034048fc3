//! Several offices ask, answer, change and erase at once, each offline in its own time.

use super::{answer, ask, create, edit, found, list, page, row, said};
use anyhow::{Context as _, Result};
use radrum_tests::edits::{choose, set};
use radrum_tests::krets::{carry, found as found_krets, invited, meet, office, text};
use radrum_tests::office::Office;
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

pub(crate) struct Krets {
    pub home: TempDir,
    pub dorotea: Office,
    pub sorsele: Office,
}

/// Maja in Dorotea and Anna in Sorsele, who have met.
pub(crate) fn two() -> Result<Krets> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    found_krets(&dorotea)?;
    let sorsele = joined(&home, &dorotea, "Anna Öberg", "Sorsele")?;
    Ok(Krets {
        home,
        dorotea,
        sorsele,
    })
}

fn joined(home: &TempDir, dorotea: &Office, name: &str, place: &str) -> Result<Office> {
    let new = invited(dorotea, &home.path().join(place), name, place)?;
    meet(home.path(), &new, dorotea)?;
    Ok(new)
}

impl Krets {
    pub fn meet(&self) -> Result<()> {
        meet(self.home.path(), &self.dorotea, &self.sorsele)
    }

    pub fn both(&self) -> [&Office; 2] {
        [&self.dorotea, &self.sorsele]
    }
}

/// Erases an item as its page does.
fn erase(office: &Office, key: &str) -> Result<()> {
    let args = json!({ "key": key, "ground": "person", "decision": "", "keep_text": false,
                       "window": "w" });
    office.call("erase_item", args).map(drop)
}

#[test]
fn two_offices_that_answer_at_once_stand_side_by_side_in_both() -> Result<()> {
    let krets = two()?;
    let key = ask(&krets.dorotea, "Hur ordnar ni jour i jul?")?;
    krets.meet()?;
    answer(&krets.sorsele, &key, "Vi delar med Storuman.", &[])?;
    answer(&krets.dorotea, &key, "Chefen tar julafton.", &[])?;
    krets.meet()?;
    for office in krets.both() {
        let thread = page(office, &key)?;
        assert_eq!(
            said(&thread),
            ["Chefen tar julafton.", "Vi delar med Storuman."]
        );
        assert_eq!(thread["asked"]["head"]["voices"], json!([]));
        let row = row(&list(office)?["open"], &key)?;
        assert_eq!(row["answered_by"], json!(["Dorotea", "Sorsele"]));
        assert_eq!(list(office)?["waiting"], json!([]));
    }
    Ok(())
}

#[test]
fn a_question_waits_for_an_office_until_that_office_has_answered() -> Result<()> {
    let krets = two()?;
    let key = ask(&krets.dorotea, "Hur ordnar ni jour i jul?")?;
    krets.meet()?;
    let waits = |office: &Office| -> Result<bool> {
        let page = list(office)?;
        assert!(row(&page["open"], &key).is_ok());
        Ok(row(&page["waiting"], &key).is_ok())
    };
    assert_eq!(
        (waits(&krets.dorotea)?, waits(&krets.sorsele)?),
        (false, true)
    );
    // To ask further is no answer.
    answer(
        &krets.sorsele,
        &key,
        "Menar du hela helgen?",
        &[set("form", "ask_further")],
    )?;
    assert!(waits(&krets.sorsele)?);
    answer(&krets.sorsele, &key, "Vi delar med Storuman.", &[])?;
    assert!(!waits(&krets.sorsele)?);
    Ok(())
}

#[test]
fn the_asker_is_done_while_another_keeps_the_question_for_the_group_and_both_hold() -> Result<()> {
    let krets = two()?;
    let key = ask(&krets.dorotea, "Hur ordnar ni jour i jul?")?;
    krets.meet()?;
    edit(&krets.dorotea, &key, &[set("state", "clear")])?;
    edit(&krets.sorsele, &key, &[set("parked", "group")])?;
    krets.meet()?;
    for office in krets.both() {
        let asked = page(office, &key)?["asked"].clone();
        assert_eq!(
            (&asked["question"]["state"], &asked["question"]["parked"]),
            (&json!("clear"), &json!("group"))
        );
        assert_eq!(asked["head"]["voices"], json!([]), "nobody has to choose");
        let lists = list(office)?;
        assert!(row(&lists["parked"], &key).is_ok() && row(&lists["clear"], &key).is_ok());
    }
    Ok(())
}

#[test]
fn a_question_that_is_rewritten_while_it_is_answered_keeps_both() -> Result<()> {
    let krets = two()?;
    let key = ask(&krets.dorotea, "Hur ordnar ni jour i jul?")?;
    krets.meet()?;
    edit(
        &krets.dorotea,
        &key,
        &[set("text", "Hur ordnar ni jour i jul och nyår?")],
    )?;
    answer(&krets.sorsele, &key, "Vi delar med Storuman.", &[])?;
    krets.meet()?;
    for office in krets.both() {
        let thread = page(office, &key)?;
        assert_eq!(
            thread["asked"]["title"],
            "Hur ordnar ni jour i jul och nyår?"
        );
        assert_eq!(said(&thread), ["Vi delar med Storuman."]);
        let history = office.call("history", json!({ "key": key }))?;
        assert!(history.to_string().contains("Hur ordnar ni jour i jul?"));
    }
    Ok(())
}

#[test]
fn two_who_rewrite_one_question_are_two_voices_until_one_is_chosen() -> Result<()> {
    let krets = two()?;
    let key = ask(&krets.dorotea, "Hur ordnar ni jour i jul?")?;
    krets.meet()?;
    edit(
        &krets.dorotea,
        &key,
        &[set("text", "Hur ordnar ni jour över nyår?")],
    )?;
    edit(
        &krets.sorsele,
        &key,
        &[set("text", "Hur ordnar ni jour till påsk?")],
    )?;
    krets.meet()?;
    let asked = page(&krets.sorsele, &key)?["asked"].clone();
    let voices = asked["head"]["voices"][0]["voices"]
        .as_array()
        .context("voices")?;
    let places: Vec<&str> = voices
        .iter()
        .filter_map(|of| of["municipality"].as_str())
        .collect();
    assert_eq!(places, ["Dorotea", "Sorsele"]);
    edit(
        &krets.sorsele,
        &key,
        &[choose("text", "Hur ordnar ni jour över nyår?")],
    )?;
    krets.meet()?;
    let asked = page(&krets.dorotea, &key)?["asked"].clone();
    assert_eq!(asked["title"], "Hur ordnar ni jour över nyår?");
    assert_eq!(asked["head"]["voices"], json!([]));
    Ok(())
}

#[test]
fn answers_to_an_erased_question_stay_and_say_that_it_is_gone() -> Result<()> {
    let krets = two()?;
    let key = ask(&krets.dorotea, "Hur ordnar ni kvällsgökjour i jul?")?;
    krets.meet()?;
    answer(
        &krets.sorsele,
        &key,
        "Vi delar med Storuman varannan fredag.",
        &[],
    )?;
    krets.meet()?;
    // Sorsele writes once more while Dorotea erases.
    erase(&krets.dorotea, &key)?;
    answer(&krets.sorsele, &key, "Och ringer chefen före lunch.", &[])?;
    krets.meet()?;
    krets.meet()?;
    for office in krets.both() {
        let thread = page(office, &key)?;
        assert_eq!(thread["asked"], Value::Null);
        let mut texts = said(&thread);
        texts.sort();
        assert_eq!(
            texts,
            [
                "Och ringer chefen före lunch.",
                "Vi delar med Storuman varannan fredag."
            ]
        );
        let lists = list(office)?;
        assert_eq!(lists["erased"], json!([key]));
        assert!(!lists["open"].to_string().contains(&key));
        let rows = found(office, "storuman varannan fredag")?;
        assert_eq!(
            (&rows[0]["key"], &rows[0]["title"]),
            (&json!(key), &json!("Frågan är borttagen"))
        );
        assert!(
            !office
                .call("search", json!({ "text": "kvällsgökjour" }))?
                .to_string()
                .contains("kvällsgökjour i jul")
        );
        assert_eq!(
            office.refused("head", json!({ "key": key }))?["code"],
            "not_found"
        );
    }
    // When the answers go too nothing is left to show.
    for thread in page(&krets.sorsele, &key)?["threads"]
        .as_array()
        .context("threads")?
    {
        erase(&krets.sorsele, &text(&thread["answer"]["head"], "key")?)?;
    }
    assert_eq!(
        krets.sorsele.refused("question", json!({ "key": key }))?["code"],
        "not_found"
    );
    assert_eq!(list(&krets.sorsele)?["erased"], json!([]));
    Ok(())
}

#[test]
fn what_stood_under_an_erased_answer_is_shown_and_says_so() -> Result<()> {
    let krets = two()?;
    let key = ask(&krets.dorotea, "Hur ordnar ni jour i jul?")?;
    krets.meet()?;
    let first = answer(&krets.sorsele, &key, "Vi delar med Storuman.", &[])?;
    krets.meet()?;
    let under = [set("under", first.as_str()), set("form", "follow_up")];
    answer(&krets.dorotea, &key, "Hur delar ni på helgerna?", &under)?;
    erase(&krets.sorsele, &first)?;
    krets.meet()?;
    for office in krets.both() {
        let thread = page(office, &key)?;
        assert_eq!(said(&thread), ["Hur delar ni på helgerna?"]);
        assert_eq!(thread["threads"][0]["answer"]["under_gone"], true);
    }
    Ok(())
}

#[test]
fn a_ring_of_answers_from_elsewhere_is_shown_and_hangs_nothing() -> Result<()> {
    let krets = two()?;
    let key = ask(&krets.dorotea, "Hur ordnar ni jour i jul?")?;
    let one = answer(&krets.dorotea, &key, "Ett.", &[])?;
    let other = answer(&krets.dorotea, &key, "Två.", &[set("under", one.as_str())])?;
    edit(&krets.dorotea, &one, &[set("under", other.as_str())])?;
    krets.meet()?;
    let mut texts = said(&page(&krets.sorsele, &key)?);
    texts.sort();
    assert_eq!(texts, ["Ett.", "Två."]);
    Ok(())
}

/// A stick goes from one office to the next.
fn passed(home: &Path, offices: &[&Office]) -> Result<()> {
    for pair in offices.windows(2) {
        carry(home, pair[0], pair[1])?;
    }
    Ok(())
}

#[test]
fn a_question_asked_on_the_road_is_answered_by_two_offices_grows_into_a_card_and_is_found()
-> Result<()> {
    let krets = two()?;
    let home = krets.home.path();
    let (dorotea, sorsele) = (&krets.dorotea, &krets.sorsele);
    let mala = joined(&krets.home, dorotea, "Kristina Selsfors", "Malå")?;
    let asele = joined(&krets.home, dorotea, "Samir Haddad", "Åsele")?;

    // Anna is on the road in Sorsele and has no line to anybody.
    let key = ask(
        sorsele,
        "Hur skjutsar ni hem någon när vägen mot fjället är avstängd?",
    )?;
    edit(sorsele, &key, &[set("area", "area:unknown-case")])?;
    carry(home, sorsele, &mala)?;
    carry(home, sorsele, &asele)?;

    // Two offices answer, each without the other's answer.
    let way = [set("our_way", true)];
    answer(
        &mala,
        &key,
        "Vi ringer snöskoterklubben och betalar bränslet.",
        &way,
    )?;
    let other = [set("form", "other_experience")];
    answer(
        &asele,
        &key,
        "Vi väntar in plogbilen och bokar ett rum så länge.",
        &other,
    )?;
    passed(home, &[&mala, sorsele])?;
    passed(home, &[&asele, sorsele])?;
    assert_eq!(said(&page(sorsele, &key)?).len(), 2);

    // Anna asks back under one of them, and Malå answers there.
    let first = text(&page(sorsele, &key)?["threads"][0]["answer"]["head"], "key")?;
    let under = [set("under", first.as_str()), set("form", "follow_up")];
    answer(sorsele, &key, "Vem har numret till klubben?", &under)?;
    carry(home, sorsele, &mala)?;
    let under = [set("under", first.as_str())];
    answer(&mala, &key, "Det står på räddningstjänstens lista.", &under)?;
    carry(home, &mala, sorsele)?;
    edit(sorsele, &key, &[set("state", "clear")])?;

    // The thread becomes a card in Sorsele.
    let args = json!({ "question": key, "answer": null, "playbook": null, "window": "w" });
    let card = text(&sorsele.call("grow", args)?, "key")?;

    // Dorotea is reached by stick alone, and finds both.
    carry(home, sorsele, dorotea)?;
    let found_there = dorotea.call("search", json!({ "text": "skjutsa hem väg avstängd" }))?;
    assert!(found_there.to_string().contains(&card), "{found_there}");
    let rows = found(dorotea, "snöskoterklubben bränsle")?;
    assert_eq!(rows[0]["key"], key.as_str());
    assert!(
        text(&rows[0], "where")?.starts_with("Svar från Malå: Vi ringer"),
        "{rows}"
    );
    let read = dorotea.call("playbook", json!({ "key": card }))?;
    assert_eq!(read["card"]["origin"], key.as_str());
    assert_eq!(read["variants"][0]["municipality"]["title"], "Malå");
    let steps = read["card"]["steps"].as_array().context("steps")?;
    assert_eq!(steps.len(), 2, "{steps:?}");

    let thread = page(dorotea, &key)?;
    assert_eq!(thread["grown"][0]["key"], card.as_str());
    assert_eq!(
        thread["threads"][0]["replies"].as_array().map(Vec::len),
        Some(2)
    );
    let asked = row(&list(dorotea)?["clear"], &key)?;
    assert_eq!(asked["answered_by"], json!(["Malå", "Åsele"]));
    assert!(
        row(&list(dorotea)?["waiting"], &key).is_err(),
        "it is clear"
    );
    for office in [dorotea, sorsele, &mala, &asele] {
        assert_eq!(office.call("check", json!({}))?["faults"], 0);
    }
    Ok(())
}

#[test]
fn a_question_without_asker_and_office_is_listed_and_answered_like_any_other() -> Result<()> {
    let krets = two()?;
    let key = create(
        &krets.dorotea,
        "question",
        &[set("text", "Vad gör man först?")],
    )?;
    krets.meet()?;
    let asked = row(&list(&krets.sorsele)?["waiting"], &key)?;
    assert_eq!(asked["municipality"], Value::Null);
    answer(&krets.sorsele, &key, "Ringer chefen.", &[])?;
    krets.meet()?;
    assert_eq!(said(&page(&krets.dorotea, &key)?), ["Ringer chefen."]);
    Ok(())
}
