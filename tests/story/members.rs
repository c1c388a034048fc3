//! Who belongs and who has left: taken out, lost, resting, back again, and the root keys.

mod after_the_end;
mod epochs;
mod suspended;
mod taking_up;

use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use radrum_tests::krets::{
    self, for_operator, found, has, invited, invited_with, is_shut_out, member, office,
    office_with, person, text, until, use_relay,
};
use radrum_tests::office::{Office, Start};
use radrum_tests::relay::Relay;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

fn note(office: &Office, title: &str) -> Result<String> {
    radrum_tests::krets::note(office, title, "Text.")
}

fn carry(home: &TempDir, from: &Office, to: &Office) -> Result<Value> {
    krets::carry(home.path(), from, to)
}

fn meet(home: &TempDir, one: &Office, other: &Office) -> Result<()> {
    krets::meet(home.path(), one, other)
}

fn computer(office: &Office, name: &str) -> Result<Value> {
    Ok(person(office, name)?["computers"][0].clone())
}

/// Dorotea, who founded, with a relay; Anna in Sorsele and Ivo in Malå, who were taken in.
fn three(home: &TempDir) -> Result<(Office, Office, Office, Relay, Vec<String>)> {
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    let roots = found(&dorotea)?;
    let relay = Relay::start(&home.path().join("relay"), 0, &for_operator(&dorotea)?)?;
    use_relay(&dorotea, relay.address())?;
    let sorsele = invited(&dorotea, &home.path().join("s"), "Anna Öberg", "Sorsele")?;
    let malå = invited(&dorotea, &home.path().join("m"), "Ivo Ek", "Malå")?;
    let first = [note(&sorsele, "Annas första")?, note(&malå, "Ivos första")?];
    for (office, key) in [
        (&dorotea, &first[0]),
        (&dorotea, &first[1]),
        (&malå, &first[0]),
    ] {
        until("everybody has met", || has(office, key))?;
    }
    for name in ["Anna Öberg", "Ivo Ek"] {
        until("their names", || Ok(person(&dorotea, name).is_ok()))?;
    }
    Ok((dorotea, sorsele, malå, relay, roots))
}

fn remove(office: &Office, name: &str, root: &str) -> Result<Value> {
    let member = member(office, name)?;
    office.call(
        "remove_member",
        json!({ "member": member, "root_key": root }),
    )
}

#[test]
fn somebody_who_was_taken_out_gets_nothing_new_by_relay_or_stick_and_keeps_what_she_has()
-> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele, malå, _relay, _) = three(&home)?;
    let before = note(&dorotea, "Före")?;
    until("what was written before", || has(&sorsele, &before))?;
    let done = remove(&dorotea, "Anna Öberg", "")?;
    assert_eq!(done["needs_another"], false);
    assert!(person(&dorotea, "Anna Öberg").is_err());

    until("the relay lets her in no more", || is_shut_out(&sorsele))?;
    let after = note(&dorotea, "Efter")?;
    until("the others go on", || has(&malå, &after))?;
    // A stick that somebody gives her holds nothing that she can open.
    carry(&home, &malå, &sorsele)?;
    assert!(!has(&sorsele, &after)?);
    assert!(has(&sorsele, &before)?);
    assert_eq!(sorsele.call("krets", json!({}))?["ended"], true);

    // She can still save, and nobody is shown it, by whatever road it comes.
    let late = note(&sorsele, "Efteråt")?;
    carry(&home, &sorsele, &malå)?;
    carry(&home, &malå, &dorotea)?;
    for office in [&malå, &dorotea] {
        assert!(!has(office, &late)?);
        let people = office.call("krets_people", json!({}))?;
        assert!(people["after_end"].as_u64() > Some(0), "{people}");
    }
    Ok(())
}

#[test]
fn somebody_who_was_taken_out_loses_her_line_in_the_same_house() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    found(&dorotea)?;
    let sorsele = invited(&dorotea, &home.path().join("s"), "Anna Öberg", "Sorsele")?;
    let lan =
        |office: &Office| Ok::<_, anyhow::Error>(office.call("road", json!({}))?["lan"].clone());
    dorotea.call("use_lan", json!({ "on": true, "port": 0, "addresses": [] }))?;
    until("Dorotea listens", || Ok(lan(&dorotea)?["port"].is_u64()))?;
    let address = format!("127.0.0.1:{}", lan(&dorotea)?["port"]);
    sorsele.call(
        "use_lan",
        json!({ "on": true, "port": 0, "addresses": [address] }),
    )?;
    let hers = note(&sorsele, "I samma hus")?;
    until("her note", || has(&dorotea, &hers))?;
    until("her name", || Ok(person(&dorotea, "Anna Öberg").is_ok()))?;

    remove(&dorotea, "Anna Öberg", "")?;
    until("no line", || Ok(lan(&dorotea)?["lines"] == 0))?;
    let after = note(&dorotea, "Efter")?;
    sorsele.call("retry_road", json!({}))?;
    assert!(!has(&sorsele, &after)?);
    assert_eq!(lan(&dorotea)?["lines"], 0);
    Ok(())
}

#[test]
fn a_lost_computer_is_out_at_once_and_the_colleague_comes_back_with_another() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele, malå, _relay, _) = three(&home)?;
    let lost = text(&computer(&dorotea, "Anna Öberg")?, "id")?;
    let anna = member(&dorotea, "Anna Öberg")?;
    dorotea.call("lost_computer", json!({ "computer": lost }))?;
    until("the relay lets the thief in no more", || {
        is_shut_out(&sorsele)
    })?;

    // Her next computer is hers: the same colleague, not another of the same name.
    let invitation = dorotea.call(
        "invite",
        json!({ "municipality": "Sorsele", "member": anna }),
    )?;
    let next = Office::closed(Start::own(&home.path().join("next")));
    next.call("start", json!({}))?;
    let join = json!({ "invitation": text(&invitation, "text")?, "name": "Anna Öberg" });
    next.call("join", join)?;
    radrum_tests::krets::finish_joining(&dorotea, &next)?;
    let hers = note(&next, "Från den nya datorn")?;
    until("her note in Malå", || has(&malå, &hers))?;
    until("her own page", || {
        let session = next.call("start", json!({}))?["session"].clone();
        Ok(session["me"]["key"] == anna.as_str())
    })?;
    let again = person(&dorotea, "Anna Öberg")?;
    assert_eq!(again["computers"].as_array().map(Vec::len), Some(1));
    Ok(())
}

#[test]
fn two_root_keys_make_an_admin_who_goes_on_when_the_founder_is_gone() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele, malå, _relay, roots) = three(&home)?;
    let maja = member(&dorotea, "Maja Lundmark")?;
    let refused = sorsele.refused("remove_member", json!({ "member": maja }))?;
    assert_eq!(refused["code"], "not_admin");
    let refused = dorotea.refused("remove_member", json!({ "member": maja }))?;
    assert_eq!(refused["code"], "last_admin");

    let anna = member(&dorotea, "Anna Öberg")?;
    let typed = |keys: &[&String]| json!({ "member": anna, "whole": true, "root_keys": keys });
    let refused = dorotea.refused("make_admin", typed(&[&roots[0]]))?;
    assert_eq!(refused["code"], "last_root");
    let refused = dorotea.refused("make_admin", typed(&[&roots[0], &roots[0]]))?;
    assert_eq!(refused["code"], "wrong_root_keys");
    dorotea.call("make_admin", typed(&[&roots[0], &roots[2]]))?;
    until("Anna may invite", || {
        Ok(sorsele.call("krets", json!({}))?["admin"] == true)
    })?;

    // Alone she only begins it; with a root key beside it holds.
    let begun = remove(&sorsele, "Maja Lundmark", "")?;
    assert_eq!(begun["needs_another"], true);
    until("Maja sees it", || {
        let people = dorotea.call("krets_people", json!({}))?;
        Ok(people["unfinished"][0]["name"] == "Maja Lundmark")
    })?;
    let done = remove(&sorsele, "Maja Lundmark", &roots[1])?;
    assert_eq!(done["needs_another"], false);
    until("the founder is let in no more", || is_shut_out(&dorotea))?;
    let after = note(&sorsele, "Efter grundaren")?;
    until("the krets goes on", || has(&malå, &after))?;
    let åsele = invited(&sorsele, &home.path().join("å"), "Eva Ek", "Åsele")?;
    let hers = note(&åsele, "Hej")?;
    until("a new colleague", || has(&malå, &hers))?;
    assert!(!has(&dorotea, &after)?);
    Ok(())
}

#[test]
fn two_admins_end_a_third_together_and_none_of_them_alone() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    let roots = found(&dorotea)?;
    let sorsele = invited(&dorotea, &home.path().join("s"), "Anna Öberg", "Sorsele")?;
    let malå = invited(&dorotea, &home.path().join("m"), "Ivo Ek", "Malå")?;
    meet(&home, &sorsele, &dorotea)?;
    meet(&home, &malå, &dorotea)?;
    for name in ["Anna Öberg", "Ivo Ek"] {
        let member = member(&dorotea, name)?;
        let keys = [&roots[0], &roots[1]];
        dorotea.call(
            "make_admin",
            json!({ "member": member, "whole": true, "root_keys": keys }),
        )?;
    }
    meet(&home, &sorsele, &dorotea)?;
    meet(&home, &malå, &dorotea)?;
    let begun = remove(&dorotea, "Ivo Ek", "")?;
    assert_eq!(begun["needs_another"], true);
    carry(&home, &dorotea, &sorsele)?;
    let waiting = sorsele.call("krets_people", json!({}))?["unfinished"][0].clone();
    assert_eq!(
        (&waiting["name"], &waiting["signed"]),
        (&json!("Ivo Ek"), &json!(false))
    );
    let done = sorsele.call("sign_end", json!({ "id": waiting["id"] }))?;
    assert_eq!(done["needs_another"], false);
    assert!(person(&sorsele, "Ivo Ek").is_err());
    let after = note(&sorsele, "Efter")?;
    carry(&home, &sorsele, &dorotea)?;
    assert!(has(&dorotea, &after)? && person(&dorotea, "Ivo Ek").is_err());
    Ok(())
}

#[test]
fn root_keys_are_tried_and_a_lost_one_is_replaced_by_the_other_two() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    let roots = found(&dorotea)?;
    let tried = |keys: &[&str]| json!({ "root_keys": keys });
    // As it stands on the paper: groups of four, in capitals.
    let spaced: String =
        roots[2]
            .to_uppercase()
            .chars()
            .enumerate()
            .fold(String::new(), |mut text, (n, c)| {
                if n > 0 && n % 4 == 0 {
                    text.push(' ');
                }
                text.push(c);
                text
            });
    let right = dorotea.call("try_roots", tried(&[&roots[0], &spaced]))?;
    assert_eq!(right["right"], json!([1, 3]));
    let wrong = "00".repeat(32);
    for typed in [
        [roots[0].as_str(), wrong.as_str()],
        ["hej", roots[1].as_str()],
    ] {
        let refused = dorotea.refused("try_roots", tried(&typed))?;
        assert_eq!(refused["code"], "wrong_root_keys");
    }

    let new = dorotea.call("change_root", tried(&[&roots[0], &roots[1]]))?;
    assert_eq!(new["number"], 3);
    let new = text(&new, "key")?;
    let refused = dorotea.refused("try_roots", tried(&[&roots[0], &roots[2]]))?;
    assert_eq!(refused["code"], "wrong_root_keys", "the lost one");
    let right = dorotea.call("try_roots", tried(&[&roots[0], &new]))?;
    assert_eq!(right["right"], json!([1, 3]));
    Ok(())
}

#[test]
fn a_guest_has_a_last_day_that_is_shown_and_that_ends_nothing_by_itself() -> Result<()> {
    let home = tempfile::tempdir()?;
    let start = Start {
        day: NaiveDate::from_ymd_opt(2027, 2, 1),
        ..Start::own(&home.path().join("Dorotea"))
    };
    let dorotea = office_with(start, "Maja Lundmark", "Dorotea")?;
    found(&dorotea)?;
    let invite = json!({ "municipality": "Dorotea", "guest_until": "2027-01-31" });
    let guest = Office::closed(Start::own(&home.path().join("guest")));
    guest.call("start", json!({}))?;
    let invitation = text(&dorotea.call("invite", invite)?, "text")?;
    guest.call(
        "join",
        json!({ "invitation": invitation, "name": "Kim Konsult" }),
    )?;
    radrum_tests::krets::finish_joining(&dorotea, &guest)?;
    meet(&home, &guest, &dorotea)?;
    let computer = computer(&dorotea, "Kim Konsult")?;
    assert_eq!(computer["guest_until"], "2027-01-31");
    assert_eq!(computer["guest_over"], true);
    let hers = note(&guest, "Sista dagen")?;
    carry(&home, &guest, &dorotea)?;
    assert!(has(&dorotea, &hers)?);
    remove(&dorotea, "Kim Konsult", "")?;
    assert!(person(&dorotea, "Kim Konsult").is_err());
    Ok(())
}

#[test]
fn municipalities_share_an_office_merge_and_leave_and_what_they_wrote_stays() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    let roots = found(&dorotea)?;
    let sorsele = invited(&dorotea, &home.path().join("s"), "Anna Öberg", "Sorsele")?;
    let malå = invited(&dorotea, &home.path().join("m"), "Ivo Ek", "Malå")?;
    let hers = note(&sorsele, "Annas")?;
    meet(&home, &sorsele, &dorotea)?;
    meet(&home, &malå, &dorotea)?;
    let places = |office: &Office| -> Result<Vec<Value>> {
        let krets = office.call("krets_people", json!({}))?;
        krets["municipalities"]
            .as_array()
            .cloned()
            .context("places")
    };
    let key = |name: &str| -> Result<String> {
        let all = places(&dorotea)?;
        let of = all.iter().find(|of| of["name"] == name);
        text(of.context(name.to_string())?, "key")
    };
    let turn = |of: &str, turn: &str, other: &str| {
        let keys = [&roots[0], &roots[1]];
        json!({ "municipality": of, "turn": turn, "other": other, "root_keys": keys })
    };
    let (s, m) = (key("Sorsele")?, key("Malå")?);
    let anna = member(&dorotea, "Anna Öberg")?;
    let keys = [&roots[1], &roots[2]];
    dorotea.call(
        "make_admin",
        json!({ "member": anna, "whole": false, "root_keys": keys }),
    )?;
    carry(&home, &dorotea, &sorsele)?;
    let ivo = member(&sorsele, "Ivo Ek")?;
    let refused = sorsele.refused("remove_member", json!({ "member": ivo }))?;
    assert_eq!(refused["code"], "not_admin");

    // A common office: the representative of one acts for both.
    dorotea.call("change_municipality", turn(&s, "shares_office", &m))?;
    carry(&home, &dorotea, &sorsele)?;
    let mine = |name: &str| -> Result<bool> {
        Ok(places(&sorsele)?
            .iter()
            .any(|of| of["name"] == name && of["mine"] == true))
    };
    assert!(mine("Malå")? && mine("Sorsele")? && !mine("Dorotea")?);

    // Malå goes on as Sorsele.
    dorotea.call("change_municipality", turn(&m, "merges_into", &s))?;
    assert_eq!(places(&dorotea)?.len(), 2);
    assert!(person(&dorotea, "Ivo Ek").is_ok());

    // And both leave: nothing new reaches them, and what they wrote is there.
    dorotea.call("change_municipality", turn(&s, "leaves", ""))?;
    assert_eq!(places(&dorotea)?.len(), 1);
    let after = note(&dorotea, "Efter")?;
    carry(&home, &dorotea, &sorsele)?;
    assert!(!has(&sorsele, &after)? && has(&dorotea, &hers)?);
    assert_eq!(sorsele.call("krets", json!({}))?["ended"], true);
    Ok(())
}

/// The same office on another day.
fn on_day(secrets: &Arc<radrum_app::MemorySecrets>, folder: &Path, day: (i32, u32, u32)) -> Start {
    Start {
        secrets: Arc::clone(secrets),
        day: NaiveDate::from_ymd_opt(day.0, day.1, day.2),
        ..Start::own(folder)
    }
}

#[test]
fn a_computer_that_was_silent_for_long_rests_is_woken_by_one_click_and_loses_nothing() -> Result<()>
{
    let home = tempfile::tempdir()?;
    let secrets = Arc::default();
    let folder = home.path().join("Dorotea");
    let start = on_day(&secrets, &folder, (2027, 1, 11));
    let dorotea = office_with(start, "Maja Lundmark", "Dorotea")?;
    found(&dorotea)?;
    let relay = Relay::start(&home.path().join("relay"), 0, &for_operator(&dorotea)?)?;
    use_relay(&dorotea, relay.address())?;
    let away = Arc::default();
    let hers = home.path().join("s");
    let start = on_day(&away, &hers, (2027, 1, 11));
    let sorsele = invited_with(&dorotea, start, "Anna Öberg", "Sorsele")?;
    let first = note(&sorsele, "Före frånvaron")?;
    until("her note", || has(&dorotea, &first))?;
    let mail = rusqlite::Connection::open(home.path().join("relay/relay.db"))?;
    until("both have told that they were there", || {
        let count = "SELECT count(*) FROM slots";
        Ok(mail.query_row(count, (), |row| row.get::<_, u32>(0))? == 2)
    })?;
    drop(mail);
    drop(sorsele);
    drop(dorotea);

    let dorotea = Office::open(on_day(&secrets, &folder, (2027, 8, 20)))?;
    until("she rests", || {
        Ok(computer(&dorotea, "Anna Öberg")?["resting"] == true)
    })?;
    dorotea.call("begin_epoch", json!({}))?;
    let meanwhile = note(&dorotea, "Under frånvaron")?;
    let sorsele = Office::open(on_day(&away, &hers, (2027, 8, 21)))?;
    let unsent = note(&sorsele, "Skriven utan nät")?;
    until("what she wrote comes first of all", || {
        has(&dorotea, &unsent)
    })?;
    until("what she cannot open yet waits", || {
        Ok(sorsele.call("krets", json!({}))?["waiting"].as_u64() > Some(0))
    })?;
    assert!(!has(&sorsele, &meanwhile)?);
    let computer = computer(&dorotea, "Anna Öberg")?;
    dorotea.call("wake_computer", json!({ "computer": computer["id"] }))?;
    until("she reads on", || has(&sorsele, &meanwhile))?;
    assert!(has(&sorsele, &first)?);
    drop(relay);
    Ok(())
}
