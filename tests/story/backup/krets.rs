//! A computer of a krets that was lost, and the one that is restored in its place.

use super::*;
use radrum_seal::DeviceKeys;
use radrum_tests::file::connect;
use radrum_tests::krets::{
    for_operator, invited, office, take_in, take_in_again, until, use_relay,
};
use radrum_tests::relay::Relay;
use tempfile::TempDir;

fn carry(home: &TempDir, from: &Office, to: &Office) -> Result<Value> {
    let file = home.path().join("sticka.knyte");
    let _ = std::fs::remove_file(&file);
    let ticket = from.host.tickets().give(&from.host.world(), file.clone())?;
    from.call("write_bundle", json!({ "ticket": ticket }))?;
    let ticket = to.host.tickets().give(&to.host.world(), file)?;
    to.call("read_bundle", json!({ "ticket": ticket }))
}

/// Maja in Dorotea has founded the krets; Anna in Sorsele was taken in.
fn two(home: &TempDir) -> Result<(Office, Office)> {
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let sorsele = office(home.path(), "Anna Öberg", "Sorsele")?;
    take_in(&dorotea, &sorsele, "Anna Öberg", "Sorsele")?;
    carry(home, &dorotea, &sorsele)?;
    carry(home, &sorsele, &dorotea)?;
    Ok((dorotea, sorsele))
}

#[test]
fn no_key_of_the_device_the_database_or_the_krets_is_in_any_byte_of_a_backup() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    sorsele.call(
        "save_draft",
        json!({ "key": "playbook:lvm", "field": "deputy_role", "text": "halvskriven",
                "heads": heads(&sorsele, "playbook:lvm")?, "window": "w" }),
    )?;
    note(&sorsele, "Fjäll", "Ring före nio.")?;
    let file = home.path().join("kopia.age");
    back_up(&sorsele, &file)?;
    let plain = by_age(&file)?;
    assert!(plain.starts_with(b"SQLite format 3\0"));
    assert!(contains(&plain, "Ring före nio.".as_bytes()));

    let (folder, key) = (sorsele.folder().to_path_buf(), sorsele.key()?);
    drop(sorsele);
    let locked = std::fs::read(folder.join("device.keys"))?;
    let device = DeviceKeys::unlock(&locked, key.expose())?.to_secret();
    let mut secrets: Vec<Vec<u8>> = device.chunks(32).map(<[u8]>::to_vec).collect();
    assert_eq!(secrets.len(), DeviceKeys::SECRET_BYTES / 32);
    secrets.push(key.expose().to_vec());
    let connection = connect(&folder, &key)?;
    let mut statement = connection.prepare("SELECT secret FROM epochs")?;
    for secret in statement.query_map((), |row| row.get::<_, Vec<u8>>(0))? {
        secrets.push(secret?);
    }
    let own: Vec<u8> = connection.query_row("SELECT device FROM profile", (), |row| row.get(0))?;
    assert!(secrets.len() > 3 && own.len() == 16);
    let noted: String = connection.query_row(
        "SELECT value FROM settings WHERE name = 'newest_backup'",
        (),
        |row| row.get(0),
    )?;
    let noted: Value = serde_json::from_str(&noted)?;
    assert!(!noted.to_string().contains(PASSPHRASE));
    secrets.push(hex::decode(text(&noted, "key")?)?);
    for (n, secret) in secrets.iter().enumerate() {
        // A part would do: every half is looked for, and its letters.
        for part in secret.chunks(secret.len() / 2) {
            assert!(!contains(&plain, part), "secret {n}");
            assert!(
                !contains(&plain, hex::encode(part).as_bytes()),
                "secret {n}"
            );
        }
    }
    assert!(!contains(&plain, "halvskriven".as_bytes()));
    assert!(!contains(&plain, locked.as_slice()));
    drop(dorotea);
    Ok(())
}

#[test]
fn what_a_lost_computer_never_sent_and_what_the_restored_one_writes_reach_a_colleague() -> Result<()>
{
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    let sent = note(&sorsele, "Skickad", "Ring före nio.")?;
    carry(&home, &sorsele, &dorotea)?;
    let unsent = note(&sorsele, "Osänd", "Älven är öppen.")?;
    edit(
        &sorsele,
        &sent,
        &heads(&sorsele, &sent)?,
        write("body", "Ring före åtta."),
    )?;
    let file = home.path().join("kopia.age");
    back_up(&sorsele, &file)?;
    let (before, _) = kept(sorsele)?;

    let new = restored(&home.path().join("ny"), &file)?;
    let state = new.call("backup_state", json!({}))?;
    assert_eq!(state["rejoin"], true);
    let ticket = new
        .host
        .tickets()
        .give(&new.host.world(), home.path().join("x.age"))?;
    let args = json!({ "ticket": ticket, "passphrase": PASSPHRASE });
    assert_eq!(new.refused("write_backup", args)?["code"], "not_in_krets");
    // Before it is let in, everything can be read and written.
    assert_eq!(
        new.call("note", json!({ "key": unsent }))?["note"]["body"],
        "Älven är öppen."
    );
    edit(
        &new,
        &unsent,
        &heads(&new, &unsent)?,
        write("body", "Älven är stängd."),
    )?;
    let fresh = note(&new, "Ny dator", "Skriven på den nya.")?;

    take_in_again(&dorotea, &new, "Anna Öberg", "Sorsele")?;
    assert_eq!(new.call("backup_state", json!({}))?["rejoin"], false);
    edit(
        &new,
        &sent,
        &heads(&new, &sent)?,
        write("body", "Ring före sju."),
    )?;
    let read = carry(&home, &new, &dorotea)?;
    assert_eq!(
        (&read["refused"], &read["waiting"]),
        (&json!(0), &json!(0)),
        "{read}"
    );
    for (key, body) in [
        (&sent, "Ring före sju."),
        (&unsent, "Älven är stängd."),
        (&fresh, "Skriven på den nya."),
    ] {
        let page = dorotea.call("note", json!({ "key": key }))?;
        assert_eq!(page["note"]["body"], body);
        let count = |of: &Office| -> Result<usize> {
            let history = of.call("history", json!({ "key": key }))?;
            Ok(history.as_array().context("history")?.len())
        };
        assert_eq!(count(&dorotea)?, count(&new)?);
    }
    let later = note(&dorotea, "Svar", "Tack!")?;
    carry(&home, &dorotea, &new)?;
    assert_eq!(
        new.call("note", json!({ "key": later }))?["note"]["body"],
        "Tack!"
    );
    assert_eq!(new.call("check", json!({}))?["faults"], 0);
    // The next backup is one of a computer in a krets again.
    back_up(&new, &home.path().join("ny.age"))?;
    let ((after, docs), (_, theirs)) = (kept(new)?, kept(dorotea)?);
    assert_eq!(docs, theirs);
    assert_ne!(after.log, before.log);
    assert_ne!(after.device, before.device);
    assert_eq!(after.me, before.me);
    Ok(())
}

/// Whoever has the lost computer could have written what nobody had seen: it counts nowhere, and
/// the restored computer goes on beside it.
#[test]
fn of_a_computer_that_was_reported_lost_first_only_what_was_seen_counts_elsewhere() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    let sent = note(&sorsele, "Skickad", "Ring före nio.")?;
    carry(&home, &sorsele, &dorotea)?;
    let unsent = note(&sorsele, "Osänd", "Älven är öppen.")?;
    let file = home.path().join("kopia.age");
    back_up(&sorsele, &file)?;
    drop(sorsele);
    let people = dorotea.call("krets_people", json!({}))?;
    let places = people["municipalities"].as_array().context("places")?;
    let mut people = places
        .iter()
        .filter_map(|of| of["people"].as_array())
        .flatten();
    let anna = people
        .find(|of| of["name"] == "Anna Öberg")
        .context("Anna")?;
    dorotea.call(
        "lost_computer",
        json!({ "computer": anna["computers"][0]["id"] }),
    )?;

    let new = restored(&home.path().join("ny"), &file)?;
    take_in_again(&dorotea, &new, "Anna Öberg", "Sorsele")?;
    edit(
        &new,
        &sent,
        &heads(&new, &sent)?,
        write("body", "Ring före sju."),
    )?;
    let fresh = note(&new, "Ny dator", "Skriven på den nya.")?;
    let read = carry(&home, &new, &dorotea)?;
    assert_eq!(read["refused"], 0, "{read}");
    for (key, body) in [(&sent, "Ring före sju."), (&fresh, "Skriven på den nya.")] {
        let page = dorotea.call("note", json!({ "key": key }))?;
        assert_eq!(page["note"]["body"], body);
    }
    assert_eq!(
        dorotea.refused("note", json!({ "key": unsent }))?["code"],
        "not_found"
    );
    // She still has it, to be copied by hand.
    assert_eq!(
        new.call("note", json!({ "key": unsent }))?["note"]["body"],
        "Älven är öppen."
    );
    Ok(())
}

#[test]
fn over_a_relay_too_what_was_never_sent_arrives() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let relay = Relay::start(&home.path().join("relay"), 0, &for_operator(&dorotea)?)?;
    use_relay(&dorotea, relay.address())?;
    let sorsele = invited(&dorotea, &home.path().join("s"), "Anna Öberg", "Sorsele")?;
    let has = |office: &Office, key: &str| office.call("note", json!({ "key": key })).is_ok();
    let sent = note(&sorsele, "Skickad", "Ring före nio.")?;
    until("the first note", || Ok(has(&dorotea, &sent)))?;
    sorsele.call("set_relays", json!({ "relays": [] }))?;
    let unsent = note(&sorsele, "Osänd", "Älven är öppen.")?;
    let file = home.path().join("kopia.age");
    back_up(&sorsele, &file)?;
    drop(sorsele);
    let missed = note(&dorotea, "Under tiden", "Snö i natt.")?;

    let new = restored(&home.path().join("ny"), &file)?;
    take_in_again(&dorotea, &new, "Anna Öberg", "Sorsele")?;
    until("what was never sent", || Ok(has(&dorotea, &unsent)))?;
    until("what came meanwhile", || Ok(has(&new, &missed)))?;
    let fresh = note(&new, "Ny dator", "Skriven på den nya.")?;
    until("what is new", || Ok(has(&dorotea, &fresh)))?;
    until("nothing waits", || {
        let road = new.call("road", json!({}))?;
        Ok(road["waiting"] == 0 && road["problem"].is_null())
    })
}

#[test]
fn what_the_krets_erased_after_the_backup_goes_when_the_computer_is_let_in_again() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    let key = note(&sorsele, "Fel ärende", "Om kvällsgökottan.")?;
    carry(&home, &sorsele, &dorotea)?;
    let file = home.path().join("kopia.age");
    back_up(&sorsele, &file)?;
    drop(sorsele);
    dorotea.call(
        "erase_item",
        json!({ "key": key, "ground": "person", "decision": "SN 1", "keep_text": false,
                "window": "w" }),
    )?;
    let new = restored(&home.path().join("ny"), &file)?;
    take_in_again(&dorotea, &new, "Anna Öberg", "Sorsele")?;
    carry(&home, &dorotea, &new)?;
    assert_eq!(
        new.refused("note", json!({ "key": key }))?["code"],
        "not_found"
    );
    carry(&home, &new, &dorotea)?;
    assert_eq!(
        dorotea.refused("note", json!({ "key": key }))?["code"],
        "not_found"
    );
    let (folder, secret) = (new.folder().to_path_buf(), new.key()?);
    drop(new);
    let raw = radrum_tests::pages::plain(&folder, &secret)?;
    assert!(!contains(&raw, "kvällsgökottan".as_bytes()));
    Ok(())
}

#[test]
fn a_restored_computer_is_let_into_its_own_krets_only_or_founds_a_new_one_of_everything()
-> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    let hers = note(&dorotea, "Doroteas", "Bron är smal.")?;
    carry(&home, &dorotea, &sorsele)?;
    let own = note(&sorsele, "Sorseles", "Bron är hal.")?;
    let file = home.path().join("kopia.age");
    back_up(&sorsele, &file)?;
    drop((dorotea, sorsele));

    let new = restored(&home.path().join("ny"), &file)?;
    let mala = office(home.path(), "Eva Norr", "Malå")?;
    mala.call("found_krets", json!({ "name": "En annan krets" }))?;
    let invitation = mala.call("invite", json!({ "municipality": "Sorsele" }))?;
    let ask = json!({ "invitation": text(&invitation, "text")?, "name": "Anna Öberg" });
    assert_eq!(
        new.refused("ask_to_join", ask)?["code"],
        "restored_from_other"
    );

    let later = note(&new, "Efteråt", "Skriven före grundandet.")?;
    new.call("found_krets", json!({ "name": "Nya kretsen" }))?;
    assert_eq!(new.call("check", json!({}))?["faults"], 0);
    let storuman = office(home.path(), "Per Ås", "Storuman")?;
    take_in(&new, &storuman, "Per Ås", "Storuman")?;
    let read = carry(&home, &new, &storuman)?;
    assert_eq!(
        (&read["refused"], &read["waiting"]),
        (&json!(0), &json!(0)),
        "{read}"
    );
    for (key, body) in [
        (&hers, "Bron är smal."),
        (&own, "Bron är hal."),
        (&later, "Skriven före grundandet."),
    ] {
        let page = storuman.call("note", json!({ "key": key }))?;
        assert_eq!(page["note"]["body"], body);
    }
    Ok(())
}
