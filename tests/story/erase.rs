//! Erasure that is true: what is erased is in no page, no file and no road, and nothing brings
//! it back.

mod roots;
mod stubs;

use anyhow::{Context as _, Result};
use radrum_app::MemorySecrets;
use radrum_sync::Host as _;
use radrum_tests::edits::{set, write};
use radrum_tests::file::connect;
use radrum_tests::krets::{
    for_operator, invited, invited_with, office, office_with, take_in, text, until, use_relay,
};
use radrum_tests::office::{Office, Start};
use radrum_tests::pages::{holds, plain};
use radrum_tests::relay::Relay;
use radrum_tests::road::by_hand;
use radrum_tests::writers::Writer;
use radrum_wire::{Envelope, Erase, EraseTarget, Generation, Ground, ItemId, Kind, Record as _};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// A word that occurs nowhere but in what these stories erase.
const CANARY: &str = "kvällsgökottan";

fn note(office: &Office, title: &str, body: &str) -> Result<String> {
    let made = office.call(
        "create_item",
        json!({ "kind": "note", "window": "w",
                "edits": [set("title", title), write("body", body)] }),
    )?;
    text(&made, "key")
}

fn edit(office: &Office, key: &str, body: &str) -> Result<()> {
    let head = office.call("head", json!({ "key": key }))?;
    office.call(
        "edit_item",
        json!({ "key": key, "heads": head["heads"], "window": "w", "edits": [write("body", body)] }),
    )?;
    Ok(())
}

fn erase(key: &str, keep: bool) -> Value {
    json!({ "key": key, "ground": "person", "decision": "SN 2026/14", "keep_text": keep,
            "window": "w" })
}

fn carry(home: &TempDir, from: &Office, to: &Office) -> Result<()> {
    let file = home.path().join("stick.knyte");
    let _ = std::fs::remove_file(&file);
    onto(from, &file)?;
    read_in(to, &file)
}

fn onto(from: &Office, file: &Path) -> Result<()> {
    let tickets = from.host.tickets();
    let ticket = tickets.give(&from.host.world(), file.to_path_buf())?;
    from.call("write_bundle", json!({ "ticket": ticket }))?;
    Ok(())
}

fn read_in(to: &Office, file: &Path) -> Result<()> {
    let tickets = to.host.tickets();
    let ticket = tickets.give(&to.host.world(), file.to_path_buf())?;
    to.call("read_bundle", json!({ "ticket": ticket }))?;
    Ok(())
}

fn meet(home: &TempDir, a: &Office, b: &Office) -> Result<()> {
    carry(home, a, b)?;
    carry(home, b, a)
}

fn is_gone(office: &Office, key: &str) -> Result<()> {
    for command in ["note", "history", "head"] {
        let refused = office.refused(command, json!({ "key": key }))?;
        assert_eq!(refused["code"], "not_found", "{command}");
    }
    let found = office.call("search", json!({ "text": CANARY }))?;
    assert!(!found.to_string().contains(key), "{found}");
    assert_eq!(office.call("krets", json!({}))?["waiting"], 0);
    Ok(())
}

fn only(office: &Office) -> Result<Value> {
    let rows = office.call("erasures", json!({}))?;
    assert_eq!(rows.as_array().map(Vec::len), Some(1), "{rows}");
    Ok(rows[0].clone())
}

/// Maja in Dorotea has founded the krets; Anna in Sorsele was taken in.
fn two(home: &TempDir) -> Result<(Office, Office)> {
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let sorsele = office(home.path(), "Anna Öberg", "Sorsele")?;
    take_in(&dorotea, &sorsele, "Anna Öberg", "Sorsele")?;
    Ok((dorotea, sorsele))
}

#[test]
fn an_author_erases_her_own_note_everywhere_and_both_computers_confirm_it() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    let key = note(&sorsele, "Fel ärende", &format!("Om {CANARY}."))?;
    let other = note(&sorsele, "Rätt ärende", "Ring före nio.")?;
    meet(&home, &dorotea, &sorsele)?;
    dorotea.call("note", json!({ "key": key }))?;
    let rights = sorsele.call("erase_rights", json!({ "key": key }))?;
    assert_eq!(rights["may"], true);

    sorsele.call("erase_item", erase(&key, false))?;
    is_gone(&sorsele, &key)?;
    let row = only(&sorsele)?;
    assert_eq!(
        (&row["step"], &row["erased"], &row["devices"]),
        (&json!("done"), &json!(1), &json!(2))
    );
    meet(&home, &sorsele, &dorotea)?;
    meet(&home, &dorotea, &sorsele)?;

    for office in [&dorotea, &sorsele] {
        is_gone(office, &key)?;
        office.call("note", json!({ "key": other }))?;
        let row = only(office)?;
        assert_eq!(
            (&row["erased"], &row["devices"]),
            (&json!(2), &json!(2)),
            "{row}"
        );
        assert_eq!(row["decision"], "SN 2026/14");
        assert_eq!(row["by"]["title"], "Anna Öberg");
        // Two computers are two persons: they are shown together.
        assert_eq!(
            row["offices"],
            json!([{ "title": null, "devices": 2, "erased": 2 }])
        );
    }
    Ok(())
}

#[test]
fn an_admin_erases_what_a_member_wrote_and_a_stranger_may_not() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    let hers = note(&sorsele, "Annas", &format!("Om {CANARY}."))?;
    let his = note(&dorotea, "Majas", "Ring före nio.")?;
    meet(&home, &dorotea, &sorsele)?;
    let refused = sorsele.refused("erase_item", erase(&his, false))?;
    assert_eq!(refused["code"], "may_not_erase");
    let rights = sorsele.call("erase_rights", json!({ "key": his }))?;
    assert_eq!(
        (&rights["may"], &rights["who"][0]["title"]),
        (&json!(false), &json!("Maja Lundmark"))
    );

    dorotea.call("erase_item", erase(&hers, false))?;
    meet(&home, &dorotea, &sorsele)?;
    for office in [&dorotea, &sorsele] {
        is_gone(office, &hers)?;
        office.call("note", json!({ "key": his }))?;
    }
    Ok(())
}

#[test]
fn a_colleague_whom_an_admin_lets_erase_may_do_so_for_her_municipality_and_no_other() -> Result<()>
{
    let home = tempfile::tempdir()?;
    let (dorotea, anna) = two(&home)?;
    let eva = invited(&dorotea, &home.path().join("eva"), "Eva Ek", "Sorsele")?;
    let hers = note(&eva, "Evas", &format!("Om {CANARY}."))?;
    let his = note(&dorotea, "Majas", "Ring före nio.")?;
    meet(&home, &dorotea, &eva)?;
    meet(&home, &dorotea, &anna)?;
    let refused = anna.refused("erase_item", erase(&hers, false))?;
    assert_eq!(refused["code"], "may_not_erase");
    let anna_of = |office: &Office| -> Result<Value> {
        let krets = office.call("krets_people", json!({}))?;
        let mut places = krets["municipalities"].as_array().into_iter().flatten();
        let place = places.find(|place| place["name"] == "Sorsele");
        let people = place.and_then(|place| place["people"].as_array());
        let mut people = people.into_iter().flatten();
        let found = people.find(|person| person["name"] == "Anna Öberg");
        found.cloned().context("Anna Öberg")
    };
    let key = text(&anna_of(&dorotea)?, "member")?;
    let refused = anna.refused("make_eraser", json!({ "key": key }))?;
    assert_eq!(refused["code"], "not_admin");

    dorotea.call("make_eraser", json!({ "key": key }))?;
    meet(&home, &dorotea, &anna)?;
    for office in [&dorotea, &anna] {
        let person = anna_of(office)?;
        assert_eq!(
            (&person["eraser"], &person["admin"]),
            (&json!(true), &json!(false))
        );
    }
    anna.call("erase_item", erase(&hers, false))?;
    let refused = anna.refused("erase_item", erase(&his, false))?;
    assert_eq!(refused["code"], "may_not_erase");
    meet(&home, &dorotea, &anna)?;
    meet(&home, &dorotea, &eva)?;
    for office in [&dorotea, &anna, &eva] {
        is_gone(office, &hers)?;
        office.call("note", json!({ "key": his }))?;
    }
    Ok(())
}

#[test]
fn an_erasure_that_a_stranger_sealed_is_kept_and_named_and_erases_nothing() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (road, opener) = by_hand();
    let start = Start {
        opener: Some(opener),
        ..Start::own(&home.path().join("dorotea"))
    };
    let dorotea = office_with(start, "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    use_relay(&dorotea, "https://relay.example")?;
    let key = note(&dorotea, "Majas", "Ring före nio.")?;
    let mut stranger = Writer::join(&dorotea, 1, "Sorsele")?;
    let erase = Erase {
        ground: Ground::OTHER,
        decision: String::new(),
        targets: vec![EraseTarget {
            item: key
                .split_once(':')
                .map_or("", |(_, id)| id)
                .parse::<ItemId>()?,
            generation: Generation(2),
            entries: vec![],
        }],
    };
    let draft = Writer::draft(Kind::ERASE, erase.encode_record()?);
    let sealed = stranger.seal_draft(&draft)?;
    road.end()?.give(&[sealed])?;
    dorotea.call("note", json!({ "key": key }))?;
    assert_eq!(only(&dorotea)?["step"], "asked");
    edit(&dorotea, &key, "Går fortfarande att skriva i.")?;
    Ok(())
}

#[test]
fn an_edit_at_the_same_time_loses_and_its_author_is_told() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    let key = note(&dorotea, "Majas", &format!("Om {CANARY}."))?;
    meet(&home, &dorotea, &sorsele)?;
    edit(&sorsele, &key, &format!("Om {CANARY}, säger Anna."))?;
    dorotea.call("erase_item", erase(&key, false))?;
    meet(&home, &dorotea, &sorsele)?;
    meet(&home, &dorotea, &sorsele)?;
    for office in [&dorotea, &sorsele] {
        is_gone(office, &key)?;
    }
    assert_eq!(only(&sorsele)?["unseen"], 1);
    assert_eq!(only(&dorotea)?["unseen"], 0);
    Ok(())
}

#[test]
fn what_is_kept_has_no_history_and_goes_on_as_before() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    let key = note(&sorsele, "Annas", &format!("Om {CANARY}."))?;
    meet(&home, &dorotea, &sorsele)?;
    edit(&sorsele, &key, "Om en klient.")?;
    sorsele.call("erase_item", erase(&key, true))?;
    meet(&home, &dorotea, &sorsele)?;
    edit(&dorotea, &key, "Om en klient. Ring före nio.")?;
    meet(&home, &dorotea, &sorsele)?;
    for office in [&dorotea, &sorsele] {
        let read = office.call("note", json!({ "key": key }))?;
        assert_eq!(read["note"]["body"], "Om en klient. Ring före nio.");
        let history = office.call("history", json!({ "key": key }))?.to_string();
        assert!(!history.contains(CANARY), "{history}");
        assert_eq!(office.call("krets", json!({}))?["waiting"], 0);
    }
    // Once more, from the other end: the next generation.
    dorotea.call("erase_item", erase(&key, false))?;
    meet(&home, &dorotea, &sorsele)?;
    is_gone(&sorsele, &key)
}

#[test]
fn a_device_that_was_away_brings_nothing_back_and_a_new_one_gets_all_the_rest() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    let lycksele = office(home.path(), "Eva Lind", "Lycksele")?;
    take_in(&dorotea, &lycksele, "Eva Lind", "Lycksele")?;
    let key = note(&dorotea, "Majas", &format!("Om {CANARY}."))?;
    meet(&home, &dorotea, &lycksele)?;
    let old = home.path().join("old.knyte");
    edit(&lycksele, &key, &format!("Eva var på resa. {CANARY}"))?;
    onto(&lycksele, &old)?;

    dorotea.call("erase_item", erase(&key, false))?;
    let after = note(&dorotea, "Efter", "Skriven efteråt.")?;
    meet(&home, &dorotea, &sorsele)?;
    is_gone(&sorsele, &key)?;
    // What she took along: nothing of it comes back, in whatever order.
    read_in(&sorsele, &old)?;
    read_in(&dorotea, &old)?;
    for office in [&dorotea, &sorsele] {
        is_gone(office, &key)?;
    }
    meet(&home, &sorsele, &lycksele)?;
    is_gone(&lycksele, &key)?;
    meet(&home, &lycksele, &dorotea)?;
    meet(&home, &lycksele, &dorotea)?;
    assert_eq!(only(&dorotea)?["erased"], 3);

    // A computer that never saw the bytes is given stubs, and everything else.
    let asele = office(home.path(), "Per Nord", "Åsele")?;
    take_in(&dorotea, &asele, "Per Nord", "Åsele")?;
    carry(&home, &dorotea, &asele)?;
    asele.call("note", json!({ "key": after }))?;
    is_gone(&asele, &key)?;
    let krets = dorotea.call("road", json!({}))?;
    let region = text(&krets, "region_id")?.parse()?;
    let bundle = std::fs::read(home.path().join("stick.knyte"))?;
    let bundle = radrum_wire::Bundle::decode(&bundle, region)?;
    assert_eq!(bundle.envelopes().filter(Envelope::is_stub).count(), 2);
    Ok(())
}

#[test]
fn a_snapshot_from_before_does_not_bring_it_back_and_a_new_one_does_not_have_it() -> Result<()> {
    let home = tempfile::tempdir()?;
    let seat = |name: &str| {
        let (road, opener) = by_hand();
        let start = Start {
            opener: Some(opener),
            ..Start::own(&home.path().join(name))
        };
        (road, start)
    };
    let (their_road, start) = seat("dorotea");
    let dorotea = office_with(start, "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    use_relay(&dorotea, "https://relay.example")?;
    let key = note(&dorotea, "Majas", &format!("Om {CANARY}."))?;
    let (our_road, start) = seat("sorsele");
    let sorsele = invited_with(&dorotea, start, "Anna Öberg", "Sorsele")?;
    let mut theirs = their_road.end()?;
    let old = theirs.host.make_snapshot()?;
    dorotea.call("erase_item", erase(&key, false))?;
    let entries = theirs.entries();
    let mut ours = our_road.end()?;
    ours.give_parts(&old)?;
    // It is shown until the log says that it was erased.
    sorsele.call("note", json!({ "key": key }))?;
    ours.give(&entries)?;
    is_gone(&sorsele, &key)?;
    assert_eq!(
        sorsele.call("krets", json!({}))?["snapshot"]["state"],
        "done"
    );
    ours.give_parts(&old)?;
    is_gone(&sorsele, &key)?;

    let new = theirs.host.make_snapshot()?;
    let (road, start) = seat("asele");
    let asele = invited_with(&dorotea, start, "Per Nord", "Åsele")?;
    let mut end = road.end()?;
    end.give_parts(&new)?;
    assert!(asele.refused("note", json!({ "key": key })).is_ok());
    end.give(&theirs.entries())?;
    is_gone(&asele, &key)
}

#[test]
fn a_relay_keeps_stubs_only_and_never_takes_the_bytes_again() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let data = home.path().join("relay");
    let relay = Relay::start(&data, 0, &for_operator(&dorotea)?)?;
    use_relay(&dorotea, relay.address())?;
    let sorsele = invited(
        &dorotea,
        &home.path().join("sorsele"),
        "Anna Öberg",
        "Sorsele",
    )?;
    let key = note(&dorotea, "Majas", &format!("Om {CANARY}."))?;
    until("the note in Sorsele", || {
        Ok(sorsele.call("note", json!({ "key": key })).is_ok())
    })?;
    let stubs = || -> Result<i64> {
        let file = Connection::open(data.join("relay.db"))?;
        let count = "SELECT count(*) FROM entries WHERE length(envelope) = 106";
        Ok(file.query_row(count, (), |row| row.get(0))?)
    };
    assert_eq!(stubs()?, 0);
    dorotea.call("erase_item", erase(&key, false))?;
    until("it is gone in Sorsele", || {
        Ok(sorsele.call("note", json!({ "key": key })).is_err())
    })?;
    until("the relay has a stub", || Ok(stubs()? == 1))?;
    until("both have confirmed", || Ok(only(&dorotea)?["erased"] == 2))?;

    // A new colleague gets the stub from the relay, and everything else.
    let asele = invited(&dorotea, &home.path().join("asele"), "Per Nord", "Åsele")?;
    until("everything is in Åsele", || {
        let rows = asele.call("erasures", json!({}))?;
        let krets = asele.call("krets", json!({}))?;
        Ok(rows[0]["step"] == "done" && krets["waiting"] == 0)
    })?;
    is_gone(&asele, &key)?;
    assert_eq!(stubs()?, 1);
    Ok(())
}

/// An office with a word in everything that keeps words: two notes, their history, drafts, the
/// index. One note keeps a text.
fn with_canary(start: Start) -> Result<(Office, String, String)> {
    let office = Office::founded(start)?;
    office.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let gone = note(&office, &format!("En {CANARY}"), &format!("Om {CANARY}."))?;
    edit(
        &office,
        &gone,
        &format!("Om {CANARY} igen. {}", "Lång text. ".repeat(2_000)),
    )?;
    let kept = note(&office, "Blir kvar", &format!("Om {CANARY}."))?;
    edit(&office, &kept, "Om en klient.")?;
    let of_form = |key: &str| format!("{key}#svara");
    for key in [gone.clone(), kept.clone(), of_form(&gone), of_form(&kept)] {
        office.call(
            "save_draft",
            json!({ "key": key, "field": "body", "heads": [], "window": "w",
                    "text": format!("Utkast om {CANARY}") }),
        )?;
    }
    let found = office.call("search", json!({ "text": CANARY }))?;
    assert!(found.to_string().contains(&gone), "{found}");
    Ok((office, gone, kept))
}

#[test]
fn not_one_byte_of_an_erased_word_is_left_in_the_pages_of_the_file() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (office, gone, kept) = with_canary(Start::own(home.path()))?;
    let key = office.key()?;
    assert!(holds(&plain(home.path(), &key)?, CANARY));
    office.call("erase_item", erase(&gone, false))?;
    office.call("erase_item", erase(&kept, true))?;
    let open = plain(home.path(), &key)?;
    assert!(!holds(&open, CANARY), "while the program runs");
    assert!(holds(&open, "Om en klient."));
    let read = office.call("note", json!({ "key": kept }))?;
    assert_eq!(read["note"]["body"], "Om en klient.");
    drop(office);
    assert!(!holds(&plain(home.path(), &key)?, CANARY));
    Ok(())
}

#[test]
fn an_erasure_that_was_interrupted_is_finished_at_the_next_start() -> Result<()> {
    let home = tempfile::tempdir()?;
    let secrets: Arc<MemorySecrets> = Arc::default();
    let start = || Start {
        secrets: Arc::clone(&secrets),
        ..Start::own(home.path())
    };
    let (office, gone, _) = with_canary(start())?;
    let key = office.key()?;
    let reader = connect(home.path(), &key)?;
    reader.execute_batch("BEGIN; SELECT count(*) FROM docs;")?;
    let _: i64 = reader.query_row("SELECT count(*) FROM docs", (), |row| row.get(0))?;
    // Somebody reads the file: its WAL cannot be emptied.
    office.call("erase_item", erase(&gone, false))?;
    is_gone(&office, &gone)?;
    assert_eq!(only(&office)?["step"], "standing");
    assert_eq!(only(&office)?["erased"], 0);
    assert!(holds(&plain(home.path(), &key)?, CANARY));
    // The power goes: what was committed is there, and nothing else was done.
    let copy = home.path().join("copy");
    std::fs::create_dir(&copy)?;
    for name in ["radrum.db", "radrum.db-wal", "device.keys"] {
        std::fs::copy(home.path().join(name), copy.join(name))?;
    }
    drop(reader);
    drop(office);
    for name in ["radrum.db", "radrum.db-wal", "device.keys"] {
        std::fs::copy(copy.join(name), home.path().join(name))?;
    }
    let office = Office::open(start())?;
    is_gone(&office, &gone)?;
    assert_eq!(only(&office)?["step"], "done");
    let left = plain(home.path(), &key)?;
    // The note that keeps its history still has the word.
    assert!(holds(&left, CANARY));
    assert!(!holds(&left, &format!("En {CANARY}")));
    Ok(())
}
