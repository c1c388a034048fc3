//! Offices that meet over the real relay program.

use anyhow::Result;
use radrum_tests::krets::{for_operator, has, invited, note, office, until, use_relay};
use radrum_tests::office::Office;
use radrum_tests::relay::Relay;
use serde_json::json;
use std::net::TcpStream;
use tempfile::TempDir;

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
fn a_colleague_sees_that_her_note_has_come_to_the_relay_and_that_nothing_waits() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele, _relay) = two(&home)?;
    let hers = note(&sorsele, "Skriven i bilen", "Ring före nio, säger Åsa.")?;
    until("the note in Dorotea", || has(&dorotea, &hers))?;
    for office in [&dorotea, &sorsele] {
        until("nothing waits", || {
            let road = office.call("road", json!({}))?;
            Ok(road["waiting"] == 0 && road["fetched_at"].is_i64() && road["problem"].is_null())
        })?;
    }
    let delivery = sorsele.call("delivery", json!({ "key": hers }))?;
    assert_eq!(delivery["relayed"], true, "{delivery}");
    Ok(())
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
fn nobody_listens_in_the_house_until_somebody_turns_it_on_and_after_it_was_turned_off() -> Result<()>
{
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let port = || Ok::<_, anyhow::Error>(dorotea.call("road", json!({}))?["lan"]["port"].as_u64());
    let turn = |on: bool| dorotea.call("use_lan", json!({ "on": on, "port": 0, "addresses": [] }));
    assert_eq!(port()?, None);
    turn(true)?;
    until("Dorotea listens", || Ok(port()?.is_some()))?;
    let address = format!("127.0.0.1:{}", port()?.unwrap_or_default());
    TcpStream::connect(&address)?;
    assert_eq!(turn(false)?["lan"]["on"], false);
    assert_eq!(port()?, None);
    assert!(TcpStream::connect(&address).is_err(), "nobody listens");
    Ok(())
}
