//! An office that shares with nobody yet.

use super::*;
use radrum_tests::edits::{add, remove, set_in};
use radrum_tests::file::prove_documents;
use radrum_tests::krets::{office, office_with, take_in};
use tempfile::TempDir;

/// Maja has written in her own cards, with two voices, a long text and a removed step.
fn written(home: &TempDir) -> Result<(Office, String)> {
    const CARD: &str = "playbook:lvm";
    let office = office(home.path(), "Maja Öhrn", "Åsele")?;
    let page = office.call("playbook", json!({ "key": CARD }))?;
    let step = |n: usize| page["card"]["steps"][n]["id"].as_str().context("step");
    let seen = &page["head"]["heads"];
    edit(
        &office,
        CARD,
        seen,
        set("owner_role", "Enhetschef för vuxna"),
    )?;
    edit(
        &office,
        CARD,
        seen,
        set("owner_role", "1:e socialsekreterare"),
    )?;
    let now = heads(&office, CARD)?;
    edit(
        &office,
        CARD,
        &now,
        set_in("steps", step(1)?, "text", "Ring jouren på kvällen."),
    )?;
    edit(&office, CARD, &now, remove("steps", step(2)?))?;
    let done = json!({ "municipality": "municipality:asele", "year": 2025 });
    edit(&office, CARD, &heads(&office, CARD)?, add("done", 4, done))?;
    let key = note(
        &office,
        "Vägen över fjället",
        &"Å, älven är öppen. ".repeat(2_000),
    )?;
    edit(
        &office,
        &key,
        &heads(&office, &key)?,
        write("body", "Bron är hal. Ring före åtta."),
    )?;
    Ok((office, key))
}

fn told(office: &Office, key: &str) -> Result<Vec<String>> {
    let steps = office.call("history", json!({ "key": key }))?;
    let steps = steps.as_array().context("history")?.iter();
    let mut told: Vec<String> = steps
        .map(|step| {
            let mut step = step.clone();
            // A version is named by its heads, which are other ones.
            if let Some(step) = step.as_object_mut() {
                step.retain(|name, _| name != "heads");
            }
            step.to_string()
        })
        .collect();
    told.sort();
    Ok(told)
}

#[test]
fn everything_comes_back_with_its_history_on_a_new_computer_with_a_log_of_its_own() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (office, key) = written(&home)?;
    let question = create(&office, "question", &[set("text", "Vem har nycklarna?")])?;
    let edits = [
        set("question", question.as_str()),
        set("text", "Vaktmästaren."),
    ];
    let answer = create(&office, "answer", &edits)?;
    let file = home.path().join("radrum-2026-11-22.age");
    let state = back_up(&office, &file)?;
    assert!(state["last"]["items"].as_u64() > Some(20), "{state}");
    assert_eq!(state["last"]["outcome"], Value::Null);

    let new = restored(&home.path().join("ny"), &file)?;
    let page = new.call("note", json!({ "key": key }))?;
    assert_eq!(page["note"]["body"], "Bron är hal. Ring före åtta.");
    assert_eq!(new.call("backup_state", json!({}))?["last"], Value::Null);
    assert_eq!(new.call("backup_state", json!({}))?["rejoin"], false);
    for item in ["playbook:lvm", &key, &question, &answer] {
        assert_eq!(told(&new, item)?, told(&office, item)?, "{item}");
    }
    let thread = new.call("question", json!({ "key": question }))?;
    let first = &thread["threads"][0]["answer"]["answer"];
    assert_eq!(first["text"], "Vaktmästaren.");
    // It can be written on, and what was written before it stands.
    edit(
        &new,
        &key,
        &heads(&new, &key)?,
        write("body", "Bron är öppen igen."),
    )?;
    edit(
        &office,
        &key,
        &heads(&office, &key)?,
        write("body", "Bron är öppen igen."),
    )?;
    assert_eq!(new.call("check", json!({}))?["faults"], 0);
    let (folder, secret) = (new.folder().to_path_buf(), new.key()?);
    let ((before, old), (after, again)) = (kept(office)?, kept(new)?);
    // Both wrote the last line, each at its own time.
    let but_times = |mut docs: Vec<Item>| {
        for doc in docs.iter_mut().filter(|doc| doc.0 == key) {
            (doc.2, doc.4) = (0, 0);
        }
        docs
    };
    assert_eq!(but_times(again), but_times(old));
    assert_eq!(after.me, before.me);
    assert_eq!(after.region_name, before.region_name);
    assert_ne!(after.log, before.log);
    assert_ne!(after.device, before.device);
    assert!(prove_documents(&folder, &secret)? > 20);
    Ok(())
}

/// Lays a card down and writes on in it.
fn laid_down(office: &Office, card: &str) -> Result<String> {
    edit(
        office,
        card,
        &heads(office, card)?,
        set("also_called", "då"),
    )?;
    let now = office.call("rulings", json!({ "key": card }))?["now"].clone();
    let edits = [
        set("playbook", card),
        set("version", now["version"].clone()),
        set("owner", "municipality:asele"),
        set("role", "IFO-chef"),
        set("on", "2026-03-02"),
    ];
    let ruling = create(office, "ruling", &edits)?;
    edit(
        office,
        card,
        &heads(office, card)?,
        set("also_called", "nu"),
    )?;
    Ok(ruling)
}

#[test]
fn a_version_that_was_laid_down_comes_back_though_every_change_has_another_name() -> Result<()> {
    const CARD: &str = "playbook:lvm";
    let home = tempfile::tempdir()?;
    let office = office(home.path(), "Maja Öhrn", "Åsele")?;
    let ruling = laid_down(&office, CARD)?;
    let file = home.path().join("kopia.age");
    back_up(&office, &file)?;
    let version = |office: &Office| -> Result<Value> {
        Ok(office.call("ruling", json!({ "key": ruling }))?["ruling"]["version"].clone())
    };
    let before = version(&office)?;
    drop(office);
    let new = restored(&home.path().join("ny"), &file)?;
    assert_ne!(version(&new)?, before);
    let stands = |office: &Office| -> Result<()> {
        let page = office.call("ruling", json!({ "key": ruling }))?;
        assert_eq!(page["then"]["card"]["also_called"], "då");
        let row = (&page["row"]["standing"], &page["row"]["version"]);
        assert_eq!(row, (&json!("in_force"), &json!("changed")));
        Ok(())
    };
    stands(&new)?;
    // Also in a krets that is founded of it: what it was begun in is this computer's log now.
    new.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    stands(&new)
}

#[test]
fn a_restored_office_founds_a_krets_and_its_colleague_reads_all_of_it() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (asele, key) = written(&home)?;
    let file = home.path().join("kopia.age");
    back_up(&asele, &file)?;
    drop(asele);
    let new = restored(&home.path().join("ny"), &file)?;
    new.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let sorsele = office(home.path(), "Anna Sjö", "Sorsele")?;
    take_in(&new, &sorsele, "Anna Sjö", "Sorsele")?;
    let stick = home.path().join("s.knyte");
    let ticket = new.host.tickets().give(&new.host.world(), stick.clone())?;
    new.call("write_bundle", json!({ "ticket": ticket }))?;
    let ticket = sorsele.host.tickets().give(&sorsele.host.world(), stick)?;
    let read = sorsele.call("read_bundle", json!({ "ticket": ticket }))?;
    assert_eq!((&read["refused"], &read["waiting"]), (&json!(0), &json!(0)));
    let page = sorsele.call("note", json!({ "key": key }))?;
    assert_eq!(page["note"]["body"], "Bron är hal. Ring före åtta.");
    assert_eq!(told(&sorsele, &key)?.len(), told(&new, &key)?.len());
    Ok(())
}

#[test]
fn what_was_erased_before_the_backup_or_on_this_computer_after_it_stays_erased() -> Result<()> {
    let home = tempfile::tempdir()?;
    let folder = home.path().join("asele");
    let secrets = secrets();
    let start = || Start {
        secrets: Arc::clone(&secrets),
        ..Start::own(&folder)
    };
    let office = radrum_tests::krets::office_with(start(), "Maja Öhrn", "Åsele")?;
    let early = note(&office, "Fel ärende", "Om kvällsgökottan.")?;
    let late = note(&office, "Fel igen", "Om morgonsvalorna.")?;
    let other = note(&office, "Rätt", "Ring före nio.")?;
    let erase = |key: &str| json!({ "key": key, "ground": "person", "decision": "", "keep_text": false, "window": "w" });
    office.call("erase_item", erase(&early))?;
    let file = home.path().join("kopia.age");
    back_up(&office, &file)?;
    assert!(!contains(&by_age(&file)?, "kvällsgökottan".as_bytes()));
    office.call("erase_item", erase(&late))?;
    drop(office);
    // The file is put aside: the computer still knows what it erased.
    std::fs::write(folder.join("radrum.db-wal"), b"")?;
    let aside = folder.join("undanlagd-1");
    std::fs::create_dir(&aside)?;
    for name in ["radrum.db", "key.check"] {
        std::fs::rename(folder.join(name), aside.join(name))?;
    }
    let again = first(start())?;
    restore(&again, &file)?;
    for key in [&early, &late] {
        let refused = again.refused("note", json!({ "key": key }))?;
        assert_eq!(refused["code"], "not_found");
    }
    assert_eq!(
        again.call("note", json!({ "key": other }))?["note"]["title"],
        "Rätt"
    );
    // Elsewhere nobody can know of it; the backup alone says what was erased before it.
    let elsewhere = restored(&home.path().join("annan"), &file)?;
    assert_eq!(
        elsewhere.refused("note", json!({ "key": early }))?["code"],
        "not_found"
    );
    elsewhere.call("note", json!({ "key": late }))?;
    Ok(())
}

#[test]
fn what_a_restoring_left_that_ended_after_its_move_is_gone_at_the_next_start() -> Result<()> {
    let home = tempfile::tempdir()?;
    let folder = home.path().join("asele");
    let secrets = Arc::new(MemorySecrets::default());
    let seat = || Start {
        secrets: Arc::clone(&secrets),
        ..Start::own(&folder)
    };
    drop(office_with(seat(), "Maja Öhrn", "Åsele")?);
    let left = folder.join("aterstallning");
    std::fs::create_dir(&left)?;
    std::fs::write(left.join("radrum.db-wal"), b"rest")?;
    let again = Office::open(seat())?;
    assert!(!left.exists());
    drop(again);
    Ok(())
}
