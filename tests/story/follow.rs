//! What a colleague follows, and what she is told when it comes. Nobody else learns of it.

use crate::ask::krets::{Krets, two};
use crate::ask::{answer, ask, create, edit};
use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use radrum_tests::crowd::{Crowd, DEVICES};
use radrum_tests::edits::{put, set};
use radrum_tests::krets::{
    Calls, carry, found as found_krets, invited_with, meet, office_with, take_in_again, text,
};
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};

const LVM: &str = "label:lvm";

fn follow(office: &impl Calls, key: &str, yes: bool) -> Result<()> {
    office
        .call("follow", json!({ "key": key, "follow": yes }))
        .map(drop)
}

fn news(office: &impl Calls) -> Result<Value> {
    office.call("news", json!({}))
}

/// Reasons and titles of what is new, in order.
fn told(office: &impl Calls) -> Result<Vec<(String, String)>> {
    let page = news(office)?;
    let mut told = Vec::new();
    for group in page["groups"].as_array().context("groups")? {
        for row in group["rows"].as_array().context("rows")? {
            told.push((text(group, "reason")?, text(row, "title")?));
        }
    }
    Ok(told)
}

/// Marks all of a page as read.
fn read(office: &impl Calls, page: &Value) -> Result<()> {
    let groups = page["groups"].as_array().into_iter().flatten();
    let rows = groups.flat_map(|group| group["rows"].as_array()).flatten();
    let keys: Vec<&Value> = rows
        .flat_map(|row| row["keys"].as_array())
        .flatten()
        .collect();
    office
        .call("read_news", json!({ "to": page["to"], "keys": keys }))
        .map(drop)
}

fn labelled(office: &Office, title: &str, label: &str) -> Result<String> {
    create(office, "note", &[set("title", title), put("labels", label)])
}

fn pair(reason: &str, title: &str) -> (String, String) {
    (reason.to_string(), title.to_string())
}

#[test]
fn what_comes_of_a_label_that_is_followed_is_told_once() -> Result<()> {
    let krets = two()?;
    follow(&krets.dorotea, LVM, true)?;
    labelled(&krets.sorsele, "Ring före nio", LVM)?;
    labelled(&krets.sorsele, "Om något annat", "label:jourhem")?;
    labelled(&krets.dorotea, "Min egen", LVM)?;
    krets.meet()?;
    assert_eq!(told(&krets.dorotea)?, [pair("label", "Ring före nio")]);
    assert_eq!(told(&krets.sorsele)?, [], "she follows nothing");
    let page = news(&krets.dorotea)?;
    let what = &page["groups"][0]["rows"][0]["what"];
    assert_eq!(what[0]["fresh"], true);
    krets.meet()?;
    assert_eq!(
        told(&krets.dorotea)?.len(),
        1,
        "what is here already does not come again"
    );
    read(&krets.dorotea, &page)?;
    assert_eq!(told(&krets.dorotea)?, []);
    Ok(())
}

#[test]
fn what_comes_while_the_page_is_read_is_not_marked_with_it() -> Result<()> {
    let krets = two()?;
    follow(&krets.dorotea, LVM, true)?;
    let note = labelled(&krets.sorsele, "Ring före nio", LVM)?;
    krets.meet()?;
    let page = news(&krets.dorotea)?;
    edit(&krets.sorsele, &note, &[set("title", "Ring före tio")])?;
    krets.meet()?;
    read(&krets.dorotea, &page)?;
    assert_eq!(told(&krets.dorotea)?, [pair("label", "Ring före tio")]);
    Ok(())
}

#[test]
fn an_answer_to_ones_own_question_is_told_without_following_anything() -> Result<()> {
    let krets = two()?;
    let key = ask(&krets.dorotea, "Hur ordnar ni jour i jul?")?;
    krets.meet()?;
    answer(&krets.sorsele, &key, "Vi delar med Storuman.", &[])?;
    answer(&krets.dorotea, &key, "Vi tänker själva så här.", &[])?;
    krets.meet()?;
    assert_eq!(
        told(&krets.dorotea)?,
        [pair("own_question", "Hur ordnar ni jour i jul?")]
    );
    let what = news(&krets.dorotea)?["groups"][0]["rows"][0]["what"].clone();
    assert_eq!(
        what.as_array().map(Vec::len),
        Some(1),
        "her own answer is no news"
    );
    assert_eq!(what[0]["municipality"], "Sorsele");
    assert_eq!(what[0]["further"], false);
    assert_eq!(
        told(&krets.sorsele)?,
        [],
        "a thread is followed by who wants to"
    );
    Ok(())
}

#[test]
fn a_thread_and_an_area_are_followed_until_somebody_ends_it() -> Result<()> {
    let krets = two()?;
    let key = ask(&krets.dorotea, "Hur ordnar ni jour i jul?")?;
    krets.meet()?;
    follow(&krets.sorsele, &key, true)?;
    follow(&krets.sorsele, "area:lvm", true)?;
    answer(&krets.dorotea, &key, "Chefen tar julafton.", &[])?;
    create(
        &krets.dorotea,
        "note",
        &[set("title", "Ny blankett"), set("area", "area:lvm")],
    )?;
    krets.meet()?;
    assert_eq!(
        told(&krets.sorsele)?,
        [
            pair("question", "Hur ordnar ni jour i jul?"),
            pair("area", "Ny blankett")
        ]
    );
    read(&krets.sorsele, &news(&krets.sorsele)?)?;
    follow(&krets.sorsele, &key, false)?;
    follow(&krets.sorsele, "area:lvm", false)?;
    assert_eq!(krets.sorsele.call("follows", json!({}))?, json!([]));
    answer(&krets.dorotea, &key, "Och vi annandagen.", &[])?;
    krets.meet()?;
    assert_eq!(told(&krets.sorsele)?, []);
    Ok(())
}

#[test]
fn who_asked_a_question_that_is_merged_hears_of_answers_to_the_one_that_stands() -> Result<()> {
    let krets = two()?;
    let first = ask(&krets.dorotea, "Hur ordnar ni jour i jul?")?;
    krets.meet()?;
    let second = ask(&krets.sorsele, "Vem tar jouren över jul?")?;
    edit(
        &krets.sorsele,
        &first,
        &[set("merged_into", second.as_str())],
    )?;
    krets.meet()?;
    assert_eq!(told(&krets.dorotea)?, []);
    answer(&krets.sorsele, &second, "Vi delar med Storuman.", &[])?;
    krets.meet()?;
    assert_eq!(
        told(&krets.dorotea)?,
        [pair("own_question", "Vem tar jouren över jul?")]
    );
    Ok(())
}

#[test]
fn who_follows_a_label_that_is_merged_follows_what_it_became() -> Result<()> {
    let krets = two()?;
    follow(&krets.dorotea, LVM, true)?;
    let into = "label:missbruk-och-beroende";
    edit(&krets.sorsele, LVM, &[set("merged_into", into)])?;
    labelled(&krets.sorsele, "Under det nya namnet", into)?;
    krets.meet()?;
    krets.meet()?;
    labelled(&krets.sorsele, "Senare", into)?;
    krets.meet()?;
    let follows = krets.dorotea.call("follows", json!({}))?;
    assert_eq!(
        (&follows[0]["key"], &follows[1]),
        (&json!(into), &Value::Null)
    );
    assert!(told(&krets.dorotea)?.contains(&pair("label", "Senare")));
    follow(&krets.dorotea, into, false)?;
    assert_eq!(krets.dorotea.call("follows", json!({}))?, json!([]));
    Ok(())
}

#[test]
fn what_is_asked_of_one_colleague_is_news_for_nobody_else() -> Result<()> {
    let krets = two()?;
    follow(&krets.sorsele, "area:lvm", true)?;
    let edits = [
        set("text", "Andra ögon: LVM"),
        set("form", "second_eyes"),
        set("area", "area:lvm"),
        set("asked", "member:nobody-here"),
    ];
    create(&krets.dorotea, "question", &edits)?;
    krets.meet()?;
    assert_eq!(told(&krets.sorsele)?, []);
    Ok(())
}

#[test]
fn what_is_followed_is_in_no_entry_and_comes_to_no_other_computer() -> Result<()> {
    let krets = two()?;
    let entries = |office: &Office| {
        Ok::<_, anyhow::Error>(office.call("region", json!({}))?["entries"].clone())
    };
    let before = entries(&krets.dorotea)?;
    follow(&krets.dorotea, LVM, true)?;
    assert_eq!(entries(&krets.dorotea)?, before);
    // Maja's own next computer.
    let next = Office::closed(Start::own(&krets.home.path().join("nästa")));
    next.call("start", json!({}))?;
    let found = json!({ "region": "Inlandskretsen", "municipality": "Dorotea",
                        "name": "Maja Lundmark", "role": null });
    next.call("found", found)?;
    take_in_again(&krets.dorotea, &next, "Maja Lundmark", "Dorotea")?;
    meet(krets.home.path(), &next, &krets.dorotea)?;
    krets.meet()?;
    for office in [&next, &krets.sorsele] {
        assert_eq!(office.call("follows", json!({}))?, json!([]));
    }
    assert_eq!(krets.dorotea.call("follows", json!({}))?[0]["key"], LVM);
    Ok(())
}

#[test]
fn what_was_erased_is_followed_no_more_and_is_no_news() -> Result<()> {
    let krets = two()?;
    follow(&krets.dorotea, LVM, true)?;
    let key = ask(&krets.sorsele, "Hur ordnar ni jour i jul?")?;
    edit(&krets.sorsele, &key, &[put("labels", LVM)])?;
    krets.meet()?;
    follow(&krets.dorotea, &key, true)?;
    let erase = json!({ "key": key, "ground": "person", "decision": "", "keep_text": false,
                        "window": "w" });
    krets.sorsele.call("erase_item", erase)?;
    krets.meet()?;
    assert_eq!(told(&krets.dorotea)?, []);
    let follows = krets.dorotea.call("follows", json!({}))?;
    assert_eq!(
        (&follows[0]["key"], &follows[1]),
        (&json!(LVM), &Value::Null)
    );
    Ok(())
}

#[test]
fn who_wrote_without_a_name_is_told_the_same_as_everybody_else() -> Result<()> {
    const ELIN: usize = 1;
    const MOA: usize = 2;
    const SIV: usize = 3;
    let mut crowd = Crowd::of(DEVICES, None)?;
    crowd.seats[ELIN].ask("Vem har haft ett LVM?")?;
    crowd.travel()?;
    let key = crowd.seats[SIV]
        .question("Vem har haft ett LVM?")?
        .context("question")?;
    crowd.seats[MOA].answer(&key, "answer", "Vi hade ett i våras.")?;
    crowd.travel()?;
    assert_eq!(
        told(&crowd.seats[ELIN])?,
        [],
        "without a name it is nobody's own question"
    );
    for seat in [ELIN, MOA, SIV] {
        follow(&crowd.seats[seat], &key, true)?;
    }
    crowd.seats[MOA].answer(&key, "answer", "Och ett i höstas.")?;
    crowd.travel()?;
    let [asked, answered, read] = [ELIN, MOA, SIV].map(|seat| news(&crowd.seats[seat]));
    let read = read?;
    assert_eq!(read["groups"][0]["rows"][0]["what"][0]["nameless"], true);
    assert_eq!(read["groups"][0]["rows"][0]["at"], Value::Null);
    assert_eq!((asked?, answered?), (read.clone(), read));
    Ok(())
}

#[test]
fn the_desktop_says_once_that_something_came_and_then_keeps_quiet_for_a_while() -> Result<()> {
    let home = tempfile::tempdir()?;
    let day = NaiveDate::from_ymd_opt(2026, 11, 23);
    let start = |name: &str| Start {
        day,
        ..Start::own(&home.path().join(name))
    };
    let dorotea = office_with(start("Dorotea"), "Maja Lundmark", "Dorotea")?;
    found_krets(&dorotea)?;
    let sorsele = invited_with(&dorotea, start("Sorsele"), "Anna Öberg", "Sorsele")?;
    let krets = Krets {
        home,
        dorotea,
        sorsele,
    };
    krets.meet()?;
    let says = || Ok::<_, anyhow::Error>(krets.dorotea.host.take_notice()?);
    follow(&krets.dorotea, LVM, true)?;
    assert!(!says()?, "nothing came");
    labelled(&krets.sorsele, "Ring före nio", LVM)?;
    carry(krets.home.path(), &krets.sorsele, &krets.dorotea)?;
    assert!(says()?);
    assert!(!says()?, "it was said");
    labelled(&krets.sorsele, "Ring efter nio", LVM)?;
    carry(krets.home.path(), &krets.sorsele, &krets.dorotea)?;
    assert!(!says()?, "not yet again");
    let off = json!({ "on": false, "from": "17:00", "to": "08:00" });
    krets.dorotea.call("choose_notices", off.clone())?;
    assert_eq!(krets.dorotea.call("notices", json!({}))?, off);
    let wrong = json!({ "on": true, "from": "25:00", "to": "08:00" });
    assert_eq!(
        krets.dorotea.refused("choose_notices", wrong)?["code"],
        "bad_arguments"
    );
    Ok(())
}
