//! Offices that meet over the real relay program.

use anyhow::Result;
use radrum_tests::edits::{set, write};
use radrum_tests::krets::{for_operator, invited, office, text, until, use_relay};
use radrum_tests::line::Line;
use radrum_tests::office::Office;
use radrum_tests::relay::Relay;
use serde_json::json;
use tempfile::TempDir;

fn note(office: &Office, title: &str, body: &str) -> Result<String> {
    let made = office.call(
        "create_item",
        json!({ "kind": "note", "window": "w",
                "edits": [set("title", title), write("body", body)] }),
    )?;
    text(&made, "key")
}

fn has(office: &Office, key: &str) -> Result<bool> {
    Ok(office.call("note", json!({ "key": key })).is_ok())
}

/// A founded krets in Dorotea, its relay, and Sorsele, who has just been taken in.
fn two(home: &TempDir) -> Result<(Office, Office, Relay)> {
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let relay = Relay::start(&home.path().join("relay"), 0, &for_operator(&dorotea)?)?;
    use_relay(&dorotea, relay.address())?;
    let folder = home.path().join("sorsele");
    let sorsele = invited(&dorotea, &folder, "Anna Öberg", "Sorsele")?;
    Ok((dorotea, sorsele, relay))
}

#[test]
fn a_note_written_in_the_car_reaches_the_other_office_over_the_relay() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let relay = Relay::start(&home.path().join("relay"), 0, &for_operator(&dorotea)?)?;
    let line = Line::to(relay.port()?)?;
    line.listen();
    use_relay(&dorotea, &line.address())?;
    let folder = home.path().join("sorsele");
    let sorsele = invited(&dorotea, &folder, "Anna Öberg", "Sorsele")?;
    let hers = note(
        &sorsele,
        "Skriven i bilen",
        "Kanariefågeln: ring före nio, säger Åsa.",
    )?;
    until("the note in Dorotea", || has(&dorotea, &hers))?;
    let his = note(&dorotea, "Svar", "Kanariefågeln: jag ringer.")?;
    until("the answer in Sorsele", || has(&sorsele, &his))?;

    until("the cards of Dorotea in Sorsele", || {
        let cards = sorsele.call("playbooks", json!({}))?;
        Ok(cards == dorotea.call("playbooks", json!({}))?)
    })?;
    for office in [&dorotea, &sorsele] {
        until("nothing waits", || {
            let road = office.call("road", json!({}))?;
            Ok(road["waiting"] == 0 && road["fetched_at"].is_i64() && road["problem"].is_null())
        })?;
    }
    let delivery = sorsele.call("delivery", json!({ "key": hers }))?;
    assert_eq!(delivery["relayed"], true, "{delivery}");
    let kept = std::fs::read(home.path().join("relay/relay.db"))?;
    let (heard, log) = (line.heard(), relay.log().into_bytes());
    assert!(holds(&heard, b"/v1/krets/"), "nothing was heard");
    for word in ["Kanarief", "Lundmark", "Sorsele"] {
        let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for place in [&kept, &heard, &log] {
            assert!(!holds(place, word.as_bytes()) && !holds(place, &wide));
        }
    }
    Ok(())
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

#[test]
fn what_is_written_while_the_relay_is_dead_arrives_when_it_is_back() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele, relay) = two(&home)?;
    let first = note(&dorotea, "Före", "Före avbrottet.")?;
    until("the first note", || has(&sorsele, &first))?;
    let (port, krets) = (relay.port()?, for_operator(&dorotea)?);
    relay.kill()?;

    let his = note(&dorotea, "Under avbrottet", "Skriven i Dorotea.")?;
    let hers = note(&sorsele, "Också under avbrottet", "Skriven i Sorsele.")?;
    until("both are told that there is no network", || {
        let problem = |office: &Office| office.call("road", json!({}));
        let (a, b) = (problem(&dorotea)?, problem(&sorsele)?);
        Ok(a["problem"] == "sync_no_network" && b["problem"] == "sync_no_network")
    })?;
    assert_eq!(dorotea.call("road", json!({}))?["waiting"], 1);

    let _relay = Relay::start(&home.path().join("relay"), port, &krets)?;
    for office in [&dorotea, &sorsele] {
        office.call("retry_road", json!({}))?;
    }
    until("both have both", || {
        Ok(has(&sorsele, &his)? && has(&dorotea, &hers)?)
    })
}

#[test]
fn an_emptied_relay_is_filled_again_by_the_offices() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele, relay) = two(&home)?;
    let first = note(&dorotea, "Före", "Före olyckan.")?;
    until("the first note", || has(&sorsele, &first))?;
    let (port, krets) = (relay.port()?, for_operator(&dorotea)?);
    relay.kill()?;
    std::fs::remove_dir_all(home.path().join("relay"))?;

    let relay = Relay::start(&home.path().join("relay"), port, &krets)?;
    for office in [&dorotea, &sorsele] {
        office.call("retry_road", json!({}))?;
    }
    let ivo = invited(&dorotea, &home.path().join("mala"), "Ivo Ek", "Malå")?;
    until("a third office has what was written before", || {
        has(&ivo, &first)
    })?;
    drop(relay);
    Ok(())
}

#[test]
fn a_wrong_address_is_said_and_nothing_is_lost() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let refused = dorotea.refused("set_relays", json!({ "relays": ["http://relä.example"] }))?;
    assert_eq!(refused["code"], "bad_address");
    let other = "00112233445566778899aabbccddeeff";
    let key = for_operator(&dorotea)?;
    let (_, key) = key.split_once('=').unwrap_or_default();
    let relay = Relay::start(&home.path().join("relay"), 0, &format!("{other}={key}"))?;
    use_relay(&dorotea, relay.address())?;
    until("the relay of another krets is told", || {
        Ok(dorotea.call("road", json!({}))?["problem"] == "sync_wrong_relay")
    })
}

#[test]
fn two_computers_in_one_house_meet_without_relay_and_without_a_stick() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let sorsele = invited(
        &dorotea,
        &home.path().join("sorsele"),
        "Anna Öberg",
        "Sorsele",
    )?;
    let off = dorotea.call("road", json!({}))?;
    assert_eq!(
        (&off["lan"]["on"], &off["lan"]["port"]),
        (&json!(false), &json!(null))
    );

    dorotea.call("use_lan", json!({ "on": true, "port": 0, "addresses": [] }))?;
    let mut port = 0;
    until("Dorotea listens", || {
        let road = dorotea.call("road", json!({}))?;
        port = road["lan"]["port"].as_u64().unwrap_or_default();
        Ok(port > 0)
    })?;
    let address = format!("127.0.0.1:{port}");
    sorsele.call(
        "use_lan",
        json!({ "on": true, "port": 0, "addresses": [address] }),
    )?;
    let hers = note(&sorsele, "I samma hus", "Skriven i Sorsele.")?;
    until("her note in Dorotea", || has(&dorotea, &hers))?;
    let his = note(&dorotea, "Svar", "Skrivet i Dorotea.")?;
    until("the answer in Sorsele", || has(&sorsele, &his))?;

    let state = sorsele.call(
        "use_lan",
        json!({ "on": false, "port": 0, "addresses": [] }),
    )?;
    assert_eq!(
        (&state["lan"]["on"], &state["lan"]["port"]),
        (&json!(false), &json!(null))
    );
    Ok(())
}
