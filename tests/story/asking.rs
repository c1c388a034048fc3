//! Whom to ask: the first answer is a person who can be reached today, an office's own order, its
//! pause, rådgrupper. What two offices write at once stands in `asking/krets.rs`.

pub mod krets;

use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use radrum_app::Size;
use radrum_tests::edits::{add, put, set, set_in};
use radrum_tests::krets::text;
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

/// A Tuesday on which nobody in Dorotea is away.
pub const DAY: &str = "2026-11-24";

fn example_on(folder: &Path, day: &str) -> Result<Office> {
    Office::open(Start {
        day: Some(NaiveDate::parse_from_str(day, "%Y-%m-%d")?),
        ..Start::example(folder, Size::Small)
    })
}

pub fn example() -> Result<(Office, TempDir)> {
    let folder = tempfile::tempdir()?;
    Ok((example_on(folder.path(), DAY)?, folder))
}

pub fn create(office: &Office, kind: &str, edits: &[Value]) -> Result<String> {
    let args = json!({ "kind": kind, "window": "w", "edits": edits });
    text(&office.call("create_item", args)?, "key")
}

pub fn edit(office: &Office, key: &str, edits: &[Value]) -> Result<()> {
    let heads = office.call("head", json!({ "key": key }))?["heads"].clone();
    let args = json!({ "key": key, "heads": heads, "window": "w", "edits": edits });
    office.call("edit_item", args).map(drop)
}

fn away(office: &Office, member: &str, from: &str, to: &str) -> Result<()> {
    edit(
        office,
        member,
        &[add("away", 7, json!({ "from": from, "to": to }))],
    )
}

fn search(office: &Office, typed: &str) -> Result<Value> {
    office.call("search", json!({ "text": typed }))
}

/// Key and reason of the very first row.
fn first(office: &Office, typed: &str) -> Result<(String, String)> {
    let row = search(office, typed)?["groups"][0]["items"][0].clone();
    Ok((text(&row, "key")?, text(&row, "where")?))
}

/// Rows of a group.
fn rows(answer: &Value, kind: &str) -> Vec<Value> {
    let groups = answer["groups"].as_array().into_iter().flatten();
    let mut group = groups.filter(|group| group["kind"] == kind);
    let rows = group.next().and_then(|group| group["items"].as_array());
    rows.cloned().unwrap_or_default()
}

/// Everybody whom a search for adoption could name first, in the order of a quiet day.
fn take_away(office: &Office, day: &str, members: &[&str]) -> Result<()> {
    for member in members {
        away(office, &format!("member:{member}"), day, day)?;
    }
    Ok(())
}

#[test]
fn the_first_answer_is_a_colleague_at_the_own_office_and_says_why_she() -> Result<()> {
    let (office, _folder) = example()?;
    let (key, why) = first(&office, "vem kan adoption")?;
    assert_eq!(key, "member:maja-lundmark");
    for words in ["har mött adoption 2023", "på plats i dag", "ditt kontor"] {
        assert!(why.contains(words), "{why}");
    }
    Ok(())
}

#[test]
fn on_a_sunday_nobody_is_said_to_be_there_today() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = example_on(folder.path(), "2026-11-22")?;
    let (_, why) = first(&office, "vem kan adoption")?;
    assert!(
        why.contains("nås nästa vardag") && !why.contains("i dag"),
        "{why}"
    );
    Ok(())
}

#[test]
fn somebody_away_today_never_stands_first_though_she_is_named() -> Result<()> {
    let (office, _folder) = example()?;
    away(&office, "member:maja-lundmark", DAY, "2026-11-27")?;
    let answer = search(&office, "vem kan adoption")?;
    let top = answer["groups"][0]["items"][0].clone();
    assert_ne!(top["key"], "member:maja-lundmark", "{answer}");
    let top = office.call("member", json!({ "key": top["key"] }))?;
    assert_eq!(top["row"]["away_today"], false);
    // She is not hidden: she stands below, with the day she is back.
    let all = [
        rows(&answer, "office_people"),
        rows(&answer, "region_people"),
    ]
    .concat();
    let maja = all.iter().find(|row| row["key"] == "member:maja-lundmark");
    let maja = text(maja.context("Maja")?, "where")?;
    assert!(maja.contains("borta 24–27 nov"), "{maja}");
    // Asked for by name, whoever stands in for her comes first and says so.
    let (key, why) = first(&office, "maja lundmark")?;
    assert_eq!(key, "member:oskar-myrberg");
    assert!(
        why.contains("ersätter Maja Lundmark, borta 24–27 nov"),
        "{why}"
    );
    Ok(())
}

#[test]
fn whatever_is_typed_on_any_day_the_first_answer_is_a_person_who_is_not_away() -> Result<()> {
    for day in [DAY, "2026-12-02", "2026-12-23", "2027-01-05"] {
        let folder = tempfile::tempdir()?;
        let office = example_on(folder.path(), day)?;
        let typed = [
            "lvm",
            "barn far illa",
            "qwzxjqwzxj",
            "5 kap 1 § sol",
            "tingsrätten",
            "sorsele",
        ];
        for typed in typed {
            let answer = search(&office, typed)?;
            let kind = answer["groups"][0]["kind"].as_str().unwrap_or_default();
            assert!(kind.ends_with("people"), "{day} {typed}: {kind}");
            let (key, why) = first(&office, typed)?;
            let page = office.call("member", json!({ "key": key }))?;
            assert_eq!(page["row"]["away_today"], false, "{day} {typed}: {key}");
            assert!(!why.is_empty(), "{day} {typed}");
        }
    }
    Ok(())
}

#[test]
fn when_nobody_with_experience_can_be_reached_the_offices_own_order_answers() -> Result<()> {
    let (office, _folder) = example()?;
    // An area that nobody has met, so that nobody with experience is there.
    create(&office, "area", &[set("title", "Zebraförvaltning")])?;
    let (key, why) = first(&office, "zebraförvaltning")?;
    assert_eq!(key, "member:maja-lundmark");
    assert!(why.contains("först i Vem frågar jag"), "{why}");
    take_away(&office, DAY, &["maja-lundmark"])?;
    let (key, why) = first(&office, "zebraförvaltning")?;
    assert_eq!(key, "member:oskar-myrberg", "her deputy in the order");
    assert!(why.contains("ersätter Maja Lundmark"), "{why}");
    take_away(&office, DAY, &["oskar-myrberg"])?;
    let (key, why) = first(&office, "zebraförvaltning")?;
    assert_eq!(key, "member:kerstin-tjarnlund");
    assert!(why.contains("näst i tur i Vem frågar jag"), "{why}");
    take_away(&office, DAY, &["kerstin-tjarnlund"])?;
    // The whole office is away: somebody in the krets who likes to be called.
    let (key, why) = first(&office, "zebraförvaltning")?;
    let row = office.call("member", json!({ "key": key }))?["row"].clone();
    assert_eq!(
        (&row["away_today"], &row["call_me"]),
        (&json!(false), &json!(true))
    );
    assert!(why.contains("ring gärna"), "{why}");
    Ok(())
}

#[test]
fn an_office_that_cannot_help_just_now_is_passed_over_softly_from_its_first_day_to_its_last()
-> Result<()> {
    let (office, _folder) = example()?;
    take_away(&office, DAY, &["maja-lundmark", "oskar-myrberg"])?;
    let (before, _) = first(&office, "vem kan lvm")?;
    let page = office.call("member", json!({ "key": before }))?;
    let home = text(&page["row"]["office"], "key")?;
    assert_ne!(home, "office:dorotea");
    let from_to = |from: &str, to: &str| {
        let edits = [
            set("paused", true),
            set("paused_from", from),
            set("paused_to", to),
            set("paused_note", "Två tjänster är obesatta."),
        ];
        edit(&office, &home, &edits)
    };
    from_to("2026-11-25", "2026-12-04")?;
    assert_eq!(first(&office, "vem kan lvm")?.0, before, "not yet");
    from_to(DAY, "2026-12-04")?;
    let (after, _) = first(&office, "vem kan lvm")?;
    let page = office.call("member", json!({ "key": after }))?;
    assert_ne!(
        page["row"]["office"]["key"],
        home.as_str(),
        "the search leads to others"
    );
    let page = office.call("member", json!({ "key": before }))?;
    assert_eq!(
        page["row"]["paused"],
        json!({ "to": "2026-12-04", "note": "Två tjänster är obesatta." })
    );
    let answer = search(&office, "vem kan lvm")?.to_string();
    assert!(
        answer.contains("kontoret kan inte hjälpa just nu, till 4 dec"),
        "{answer}"
    );
    from_to("2026-11-16", "2026-11-20")?;
    assert_eq!(first(&office, "vem kan lvm")?.0, before, "over by itself");
    Ok(())
}

#[test]
fn the_order_of_an_office_is_found_by_its_municipality_and_answers_with_a_person() -> Result<()> {
    let (office, _folder) = example()?;
    let answer = search(&office, "vem frågar jag malå")?;
    let found = rows(&answer, "ask_order");
    assert_eq!(found[0]["key"], "ask_order:of/mala", "{answer}");
    assert!(text(&found[0], "where")?.starts_with("1 Kjell Strandgård · 2 Roger Tannerdal"));
    assert_eq!(
        answer["groups"][1]["kind"], "ask_order",
        "below whom to ask first"
    );
    let (key, why) = first(&office, "vem frågar jag malå")?;
    assert_eq!(key, "member:kjell-strandgard");
    assert!(
        why.contains("först i Vem frågar jag · på plats i dag · IFO Malå"),
        "{why}"
    );
    // Alone it means the own office; an office without an order invites to write one.
    let own = rows(&search(&office, "vem frågar jag")?, "ask_order");
    assert_eq!(own[0]["key"], "ask_order:of/dorotea");
    let none = rows(&search(&office, "vem frågar jag norsjö")?, "ask_order");
    assert_eq!(none[0]["where"], "Ingen ordning är skriven än");
    // What may be decided is found by its words.
    let decides = rows(
        &search(&office, "omedelbart omhändertagande ordföranden")?,
        "ask_order",
    );
    assert!(
        decides
            .iter()
            .any(|row| row["key"] == "ask_order:of/dorotea")
    );
    Ok(())
}

#[test]
fn an_order_says_who_decides_what_who_is_away_and_where_there_is_a_gap() -> Result<()> {
    let (office, _folder) = example()?;
    let page = office.call("ask_order", json!({ "key": "office:asele" }))?;
    let birgitta = &page["rows"][0];
    assert_eq!(
        birgitta["person"]["away_today"], true,
        "away until the 27th"
    );
    assert_eq!(birgitta["gap"], false, "her deputy is there");
    assert_eq!(birgitta["decides"], "Bistånd enligt riktlinjen.");
    away(&office, "member:ebba-stenfjall", DAY, DAY)?;
    let page = office.call("ask_order", json!({ "key": "office:asele" }))?;
    assert_eq!(page["rows"][0]["gap"], true);
    // Who has left is no name to ask for, and her place stays.
    edit(&office, "member:gunnel-haggblad", &[set("archived", true)])?;
    let page = office.call("ask_order", json!({ "key": "office:asele" }))?;
    assert_eq!(page["rows"][1]["person"], Value::Null);
    assert_eq!(page["rows"][1]["gap"], true, "and her deputy is away");
    // An office of which nobody has written shows its telephone.
    let page = office.call("ask_order", json!({ "key": "office:norsjo" }))?;
    assert_eq!(
        (&page["head"], &page["phone"]),
        (&Value::Null, &json!("0980-319 203"))
    );
    Ok(())
}

#[test]
fn a_radgrupp_stands_with_its_area_on_the_card_and_in_search() -> Result<()> {
    let (office, _folder) = example()?;
    let people = office.call("area_people", json!({ "key": "area:foster-home" }))?;
    let group = &people["groups"][0];
    assert_eq!(
        group["members"][0]["person"]["title"], "Hanna Åkerlind",
        "by name"
    );
    assert_eq!(group["members"][0]["training"], "Kälvesten 2026");
    let card = office.call("playbook", json!({ "key": "playbook:foster-home" }))?;
    assert_eq!(
        card["people"]["groups"][0]["key"],
        "advice_group:of/foster-home"
    );
    let answer = search(&office, "familjehem")?;
    let row = rows(&answer, "region_people");
    let row = row
        .iter()
        .find(|row| row["key"] == "advice_group:of/foster-home");
    let row = row.context("the group")?;
    assert_eq!(row["title"], "Rådgruppen för familjehem");
    assert!(text(row, "where")?.contains("tisdagar 13–15"), "{row}");
    // By its name alone, all of them.
    let all = rows(&search(&office, "rådgrupp")?, "region_people");
    let groups = all
        .iter()
        .filter(|row| row["key"].to_string().contains("advice_group"));
    assert_eq!(groups.count(), 2, "{all:?}");
    Ok(())
}

#[test]
fn a_line_that_somebody_proposes_is_hers_to_take_up_or_leave() -> Result<()> {
    let (office, _folder) = example()?;
    let (elin, maja) = ("member:elin-granstrom", "member:maja-lundmark");
    let propose = |area: &str| {
        let edits = [
            set("member", maja),
            set("area", area),
            set("level", "met"),
            set("year", 2025),
        ];
        create(&office, "proposal", &edits)
    };
    let (lvm, estate) = (propose("area:lvm")?, propose("area:gambling")?);
    let lines = |of: &str| -> Result<Value> {
        Ok(office.call("member", json!({ "key": of }))?["member"]["experience"].clone())
    };
    let before = lines(maja)?;
    let waiting = |of: &str| -> Result<Vec<Value>> {
        let page = office.call("member", json!({ "key": of }))?;
        Ok(page["proposals"].as_array().cloned().unwrap_or_default())
    };
    assert_eq!(
        waiting(maja)?.len(),
        2,
        "whoever proposed them sees that they wait"
    );
    let take = |key: &str, take: bool| json!({ "key": key, "take": take, "window": "w" });
    assert_eq!(
        office.refused("answer_proposal", take(&lvm, true))?["code"],
        "not_found"
    );
    let found = search(&office, "vem kan spelmissbruk")?.to_string();
    assert!(
        !found.contains("har mött spelmissbruk 2025"),
        "it says nothing of her yet"
    );

    office.call("choose_me", json!({ "key": maja }))?;
    let page = office.call("start_page", json!({}))?["waiting"].to_string();
    assert!(
        page.contains("\"proposed\"") && page.contains("Elin Granström"),
        "{page}"
    );
    office.call("answer_proposal", take(&lvm, true))?;
    office.call("answer_proposal", take(&estate, false))?;
    let after = lines(maja)?;
    let added = after.as_array().map_or(0, Vec::len) - before.as_array().map_or(0, Vec::len);
    assert_eq!(added, 1, "{after}");
    assert!(after.to_string().contains("area:lvm"));
    assert_eq!(waiting(maja)?, Vec::<Value>::new());
    // Once more changes nothing.
    office.call("answer_proposal", take(&lvm, true))?;
    assert_eq!(lines(maja)?, after);
    office.call("choose_me", json!({ "key": elin }))?;
    assert_eq!(waiting(maja)?, Vec::<Value>::new());
    Ok(())
}

#[test]
fn nobody_is_told_what_was_proposed_to_somebody_else() -> Result<()> {
    let (office, _folder) = example()?;
    let maja = "member:maja-lundmark";
    create(
        &office,
        "proposal",
        &[
            set("member", maja),
            set("area", "area:lvm"),
            set("level", "met"),
        ],
    )?;
    office.call("choose_me", json!({ "key": "member:oskar-myrberg" }))?;
    let page = office.call("member", json!({ "key": maja }))?;
    assert_eq!(page["proposals"], json!([]));
    Ok(())
}

#[test]
fn an_order_and_a_radgrupp_are_in_the_export_as_text() -> Result<()> {
    let (office, folder) = example()?;
    let file = folder.path().join("krets.zip");
    let ticket = office
        .host
        .tickets()
        .give(&office.host.world(), file.clone())?;
    office.call("export", json!({ "ticket": ticket, "municipality": null }))?;
    let mut zip = zip::ZipArchive::new(std::fs::File::open(file)?)?;
    let mut read =
        |name: &str| -> Result<String> { Ok(std::io::read_to_string(zip.by_name(name)?)?) };
    let order = read("vem-fragar-jag/IFO Dorotea.md")?;
    assert!(
        order.contains("1. Maja Lundmark, kommunrepresentant\n"),
        "{order}"
    );
    assert!(order.contains("   Ersätts av Oskar Myrberg\n"), "{order}");
    let group = read("radgrupper/Familjehem.md")?;
    assert!(
        group.contains("- Sofia Kvarnlöf, Kälvesten 2019, två timmar i veckan"),
        "{group}"
    );
    Ok(())
}

/// An order with two who are asked, for the stories of the krets.
fn order_of(office: &Office, about: &str, people: &[(u64, &str)]) -> Result<String> {
    let mut edits = vec![set("office", about)];
    for (number, role) in people {
        edits.push(add("people", *number, json!({ "role": role })));
    }
    create(office, "ask_order", &edits)
}

/// An office that belongs to a municipality.
fn office_in(office: &Office, title: &str, municipality: &str) -> Result<String> {
    create(
        office,
        "office",
        &[set("title", title), put("municipalities", municipality)],
    )
}

/// Writes what one of an order may decide.
fn decides(office: &Office, order: &str, entry: &str, said: &str) -> Result<()> {
    edit(office, order, &[set_in("people", entry, "decides", said)])
}
