//! Makes the golden profile that a release keeps in `tests/fixtures/profiles`: a krets of one's
//! own with something of every sort that its program could write.
//!
//! `keep_profile DIR` — run once for each release, then committed and never made again.

use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use radrum_app::MemorySecrets;
use radrum_tests::edits::{add, put, remove, set, set_in, write};
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;

/// What opens every golden profile.
const PASSPHRASE: &str = "gyllene renar på vägen";

fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).context("keep_profile DIR")?);
    let office = Office::closed(Start {
        secrets: Arc::new(MemorySecrets::unavailable()),
        day: NaiveDate::from_ymd_opt(2026, 11, 22),
        ..Start::own(&folder)
    });
    office.call("start", json!({}))?;
    office.call(
        "found",
        json!({ "region": "Gyllene kretsen", "municipality": "Dorotea", "name": "Maja Lundmark",
                "role": "socialsekreterare", "passphrase": PASSPHRASE }),
    )?;
    people(&office)?;
    cards(&office)?;
    writings(&office)?;
    Ok(())
}

fn create(office: &Office, kind: &str, edits: Value) -> Result<String> {
    let args = json!({ "kind": kind, "edits": edits, "window": "a" });
    let made = office.call("create_item", args)?;
    Ok(made["key"].as_str().context("key")?.to_string())
}

fn heads(office: &Office, key: &str) -> Result<Value> {
    Ok(office.call("head", json!({ "key": key }))?["heads"].clone())
}

fn edit(office: &Office, window: &str, key: &str, heads: &Value, edits: Value) -> Result<()> {
    let args = json!({ "key": key, "heads": heads, "edits": edits, "window": window });
    office.call("edit_item", args)?;
    Ok(())
}

/// Municipality, office, member, responsibility.
fn people(office: &Office) -> Result<()> {
    let asele = create(
        office,
        "municipality",
        json!([
            set("title", "Åsele"),
            set("form", "municipality"),
            set("population", 2_700)
        ]),
    )?;
    let place = create(
        office,
        "office",
        json!([
            set("title", "IFO Åsele"),
            set("owner", asele.as_str()),
            put("municipalities", &asele),
            add(
                "reserves",
                1,
                json!({ "area": "area:lvm", "office": first_office(office)? })
            ),
        ]),
    )?;
    let member = create(
        office,
        "member",
        json!([
            set("title", "Åsa Öhrn"),
            set("owner", asele.as_str()),
            set("office", place.as_str()),
            set("phone", "070-174 06 05"),
            set("email", "asa.ohrn@asele.example"),
            set("call_me", true),
            add(
                "experience",
                2,
                json!({ "area": "area:lvm", "level": "met", "year": 2024 })
            ),
            add(
                "away",
                3,
                json!({ "from": "2026-12-20", "to": "2027-01-06" })
            ),
        ]),
    )?;
    create(
        office,
        "responsibility",
        json!([
            set("area", "area:lvm"),
            set("municipality", asele.as_str()),
            set("responsibility", "lead"),
            set("from", "2026-01-01"),
            set("decision", "Beslut 2025-11-20 § 14"),
            set("member", member.as_str()),
        ]),
    )?;
    Ok(())
}

fn first_office(office: &Office) -> Result<String> {
    let offices = office.call("offices", json!({}))?;
    Ok(offices[0]["head"]["key"]
        .as_str()
        .context("office")?
        .to_string())
}

/// Two voices on a card, a removed step, a variant, a deviation, ticks and a draft.
fn cards(office: &Office) -> Result<()> {
    const CARD: &str = "playbook:lvm";
    let page = office.call("playbook", json!({ "key": CARD }))?;
    let step = |n: usize| page["card"]["steps"][n]["id"].as_str().context("step");
    let seen = &page["head"]["heads"];
    edit(
        office,
        "a",
        CARD,
        seen,
        json!([set("owner_role", "Enhetschef vuxen")]),
    )?;
    edit(
        office,
        "b",
        CARD,
        seen,
        json!([
            set("owner_role", "1:e socialsekreterare"),
            set_in("steps", step(1)?, "text", "Ring jouren i Lycksele."),
            remove("steps", step(2)?),
            add(
                "done",
                4,
                json!({ "municipality": "municipality:dorotea", "year": 2025 })
            ),
        ]),
    )?;
    create(
        office,
        "variant",
        json!([
            set("playbook", CARD),
            set("owner", "municipality:dorotea"),
            set("text", "Vi ringer alltid Åsele först."),
        ]),
    )?;
    create(
        office,
        "deviation",
        json!([
            set("playbook", CARD),
            set("text", "Läkaren kom på video."),
            set("reason", "Snöoväder"),
            set("year", 2026),
        ]),
    )?;
    office.call(
        "tick",
        json!({ "playbook": CARD, "step": step(0)?, "ticked": true }),
    )?;
    office.call(
        "save_draft",
        json!({ "key": CARD, "field": "deputy_role",
        "heads": heads(office, CARD)?, "text": "På väg att skriva", "window": "a" }),
    )?;
    Ok(())
}

/// A note that two wrote in, an archived one, a long one, a resource, a contact, a label, an area.
fn writings(office: &Office) -> Result<()> {
    let note = create(
        office,
        "note",
        json!([
            set("title", "Vägen till Borga"),
            set("area", "area:lvm"),
            put("labels", "label:lvm"),
            write("body", "Bron är smal.\nRing före elva."),
        ]),
    )?;
    let seen = heads(office, &note)?;
    edit(
        office,
        "a",
        &note,
        &seen,
        json!([write("body", "Bron är smal och hal.\nRing före elva.")]),
    )?;
    edit(
        office,
        "b",
        &note,
        &seen,
        json!([write("body", "Bron är smal.\nRing före tio.")]),
    )?;
    let old = create(
        office,
        "note",
        json!([set("title", "Gammalt"), write("body", "Gäller inte.")]),
    )?;
    edit(
        office,
        "a",
        &old,
        &heads(office, &old)?,
        json!([set("archived", true)]),
    )?;
    let long = "Rad om det som hände på vägen. ".repeat(2_000);
    create(
        office,
        "note",
        json!([set("title", "Långt"), write("body", &long)]),
    )?;
    create(
        office,
        "resource",
        json!([
            set("title", "Jourhemmet i Storuman"),
            set("place", "Storuman"),
            add(
                "travel",
                5,
                json!({ "office": first_office(office)?, "km": 110, "minutes": 90 })
            ),
        ]),
    )?;
    create(
        office,
        "external_contact",
        json!([
            set("title", "Jouren i Lycksele"),
            set("contact", "health"),
            set("phone", "0980-319 200"),
        ]),
    )?;
    create(office, "label", json!([set("title", "Vinterväg")]))?;
    let area = create(office, "area", json!([set("title", "Vinterärenden")]))?;
    edit(
        office,
        "a",
        &area,
        &heads(office, &area)?,
        json!([set("about", "Det som bara händer om vintern.")]),
    )?;
    Ok(())
}
