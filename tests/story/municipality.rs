//! The page of whoever represents a municipality, and the seven lines that need its chief. What
//! they say follows from what is there; which lines are chosen is tested beside the choice.

use crate::asking::{DAY, create, edit, example};
use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use radrum_app::Size;
use radrum_tests::edits::set;
use radrum_tests::krets::{found, invited, meet, member, office};
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};
use std::sync::Arc;

fn page(office: &Office) -> Result<Value> {
    office.call("own_municipality", json!({}))
}

fn needs(office: &Office) -> Result<Value> {
    office.call("needs_you", json!({}))
}

/// What stands in each row of a list, by a path of two fields.
fn all(page: &Value, list: &str, path: [&str; 2]) -> Vec<String> {
    let rows = page[list].as_array().into_iter().flatten();
    rows.filter_map(|row| row[path[0]][path[1]].as_str().map(String::from))
        .collect()
}

fn row<'a>(page: &'a Value, list: &str, field: &str, key: &str) -> Option<&'a Value> {
    let mut rows = page[list].as_array().into_iter().flatten();
    rows.find(|row| row[field]["key"] == key)
}

/// Which sorts of lines stand there, in order.
fn sorts(needs: &Value) -> Vec<String> {
    let lines = needs["lines"].as_array().into_iter().flatten();
    lines
        .filter_map(|line| line["need"].as_str().map(String::from))
        .collect()
}

#[test]
fn the_page_of_a_municipality_says_what_has_no_owner_and_whom_to_ask_instead() -> Result<()> {
    let (office, _folder) = example()?;
    let page = page(&office)?;
    assert_eq!(page["municipality"]["title"], "Dorotea");
    assert_eq!(page["few_admins"], false, "there is no krets yet");

    let unowned = all(&page, "unowned", ["card", "key"]);
    assert!(
        unowned.contains(&"playbook:gambling".to_string()),
        "{unowned:?}"
    );
    assert!(
        !unowned.contains(&"playbook:lvm".to_string()),
        "a role has it"
    );
    let gambling = row(&page, "unheld", "area", "area:gambling").context("gambling")?;
    assert_eq!(gambling["holding"], Value::Null, "its lead ended in June");
    assert!(row(&page, "unheld", "area", "area:lvm").is_none());

    let adoption = row(&page, "thin", "area", "area:adoption").context("adoption")?;
    assert_eq!(adoption["here"]["key"], "member:maja-lundmark");
    assert_ne!(adoption["ask"]["municipality"]["title"], "Dorotea");
    let mediation = row(&page, "thin", "area", "area:mediation").context("mediation")?;
    assert_eq!(mediation["here"], Value::Null);
    assert!(mediation["ask"]["key"].is_string(), "somebody in the krets");
    // What every thin answer leads to is not thin itself.
    assert!(row(&page, "thin", "area", "area:unknown-case").is_none());
    let names = all(&page, "thin", ["area", "title"]);
    let mut sorted = names.clone();
    sorted.sort_by_cached_key(|name| radrum_swedish::sort_key(name));
    assert_eq!(names, sorted, "by name, never by how many there are");

    let waits = office.call("questions", json!({}))?["waiting"].clone();
    let waits = waits.as_array().into_iter().flatten().take(12);
    let waits: Vec<Value> = waits.map(|row| row["key"].clone()).collect();
    assert!(!waits.is_empty());
    let shown = page["waiting"].as_array().into_iter().flatten();
    assert_eq!(
        shown.map(|row| row["key"].clone()).collect::<Vec<_>>(),
        waits
    );
    Ok(())
}

#[test]
fn a_card_is_looked_through_by_the_municipality_that_its_role_names() -> Result<()> {
    let (office, _folder) = example()?;
    assert_eq!(all(&page(&office)?, "reviews", ["card", "key"]), [""; 0]);
    office.call("choose_me", json!({ "key": "member:per-olof-sjaunja" }))?;
    let storuman = page(&office)?;
    let due = ["playbook:foster-home", "playbook:custody"];
    assert_eq!(
        all(&storuman, "reviews", ["card", "key"]),
        due,
        "oldest first"
    );
    assert_eq!(storuman["reviews"][0]["overdue"], true);
    assert!(sorts(&needs(&office)?).contains(&"overdue".to_string()));

    // Soon is told and is no decision.
    edit(
        &office,
        "playbook:foster-home",
        &[set("review_on", "2026-12-20")],
    )?;
    edit(
        &office,
        "playbook:custody",
        &[set("review_on", "2027-12-20")],
    )?;
    let storuman = page(&office)?;
    assert_eq!(all(&storuman, "reviews", ["card", "key"]), due[..1]);
    assert_eq!(storuman["reviews"][0]["overdue"], false);
    assert!(!sorts(&needs(&office)?).contains(&"overdue".to_string()));

    // Who answers for a card says more than the words of a role.
    let dorotea = [set("owner", "municipality:dorotea")];
    edit(&office, "playbook:foster-home", &dorotea)?;
    assert_eq!(all(&page(&office)?, "reviews", ["card", "key"]), [""; 0]);
    Ok(())
}

#[test]
fn a_new_colleague_is_named_for_a_quarter_and_whoever_came_long_ago_is_not() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let secrets = Arc::default();
    let open = |day: &str| {
        Office::open(Start {
            day: Some(NaiveDate::parse_from_str(day, "%Y-%m-%d")?),
            secrets: Arc::clone(&secrets),
            ..Start::example(folder.path(), Size::Small)
        })
    };
    let office = open(DAY)?;
    assert_eq!(page(&office)?["newcomers"], json!([]));
    for (name, owner) in [
        ("Åsa Ny", "dorotea"),
        ("Adam Ny", "dorotea"),
        ("Bo Ny", "mala"),
    ] {
        let owner = format!("municipality:{owner}");
        create(
            &office,
            "member",
            &[set("title", name), set("owner", owner)],
        )?;
    }
    let named = |page: &Value| {
        let rows = page["newcomers"].as_array().into_iter().flatten();
        let titles = rows.filter_map(|row| row["title"].as_str().map(String::from));
        titles.collect::<Vec<_>>()
    };
    assert_eq!(named(&page(&office)?), ["Adam Ny", "Åsa Ny"]);
    // Axel's page says that he is new since September.
    office.call("choose_me", json!({ "key": "member:amina-warsame" }))?;
    assert_eq!(named(&page(&office)?), ["Axel Björkvall"]);
    office.call("choose_me", json!({ "key": "member:elin-granstrom" }))?;
    drop(office);
    for (day, still) in [("2027-02-22", 2), ("2027-02-23", 0)] {
        assert_eq!(named(&page(&open(day)?)?).len(), still, "{day}");
    }
    Ok(())
}

#[test]
fn a_colleague_who_is_not_there_any_more_is_told_with_what_she_answers_for_until_it_is_handed_over()
-> Result<()> {
    let (office, _folder) = example()?;
    let oskar = "member:oskar-myrberg";
    assert_eq!(page(&office)?["leaving"], json!([]));
    edit(&office, oskar, &[set("archived", true)])?;
    let page_now = page(&office)?;
    let leaving = row(&page_now, "leaving", "member", oskar).context("Oskar")?;
    assert_eq!(leaving["leaving"], "archived");
    let held = leaving["held"].as_array().context("held")?.clone();
    assert!(
        held.iter().any(|thing| thing["kind"] == "responsibility"),
        "{held:?}"
    );
    // His line says it; the area is not told a second time.
    let own = row(&page_now, "unheld", "area", "area:concern-and-transfer");
    assert!(own.is_none(), "{own:?}");
    let seven = needs(&office)?;
    assert_eq!(sorts(&seven)[0], "leaving");
    assert_eq!(sorts(&seven).len(), 7);
    assert_eq!(seven["more"], true);

    let things = held.iter().map(|of| {
        json!({ "key": of["key"], "field": of["field"], "heads": of["heads"],
                "to": "member:kerstin-tjarnlund" })
    });
    let things: Vec<Value> = things.collect();
    let args = json!({ "member": oskar, "things": things, "window": "w" });
    office.call("hand_over", args)?;
    assert_eq!(page(&office)?["leaving"], json!([]));
    assert_ne!(sorts(&needs(&office)?)[0], "leaving");
    Ok(())
}

#[test]
fn in_a_krets_a_single_admin_and_somebody_who_was_taken_out_are_what_the_chief_reads_first()
-> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    assert_eq!(page(&dorotea)?["few_admins"], false);
    found(&dorotea)?;
    let hers = invited(&dorotea, &home.path().join("siv"), "Siv Ek", "Dorotea")?;
    meet(home.path(), &hers, &dorotea)?;
    assert_eq!(page(&dorotea)?["few_admins"], true);
    let siv = member(&dorotea, "Siv Ek")?;
    assert_eq!(page(&dorotea)?["newcomers"][0]["key"], siv.as_str());
    let roles = [
        set("owner_role", "IFO-chef Dorotea"),
        set("owner_member", siv.as_str()),
    ];
    edit(&dorotea, "playbook:lvm", &roles)?;
    assert_eq!(page(&dorotea)?["leaving"], json!([]));

    dorotea.call("remove_member", json!({ "member": siv, "root_key": "" }))?;
    let page = page(&dorotea)?;
    assert_eq!(page["leaving"][0]["leaving"], "no_computer");
    assert_eq!(page["leaving"][0]["held"][0]["key"], "playbook:lvm");
    assert_eq!(page["newcomers"], json!([]), "whoever left is not new");
    assert_eq!(sorts(&needs(&dorotea)?)[..2], ["leaving", "few_admins"]);
    Ok(())
}
