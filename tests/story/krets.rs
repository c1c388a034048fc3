//! Several offices in one krets, with nothing between them but letters and a stick.

use anyhow::Result;
use radrum_tests::edits::set_in;
use radrum_tests::krets::{note, office, take_in, text};
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn ticket(office: &Office, file: &Path) -> Result<String> {
    Ok(office
        .host
        .tickets()
        .give(&office.host.world(), file.to_path_buf())?)
}

fn onto_stick(office: &Office, file: &Path) -> Result<Value> {
    let ticket = ticket(office, file)?;
    office.call("write_bundle", json!({ "ticket": ticket }))
}

fn from_stick(office: &Office, file: &Path) -> Result<Value> {
    let ticket = ticket(office, file)?;
    office.call("read_bundle", json!({ "ticket": ticket }))
}

/// Both offices give each other all that they have.
fn meet(home: &TempDir, a: &Office, b: &Office) -> Result<()> {
    let file = |name: &str| -> PathBuf { home.path().join(name) };
    onto_stick(a, &file("a.knyte"))?;
    from_stick(b, &file("a.knyte"))?;
    onto_stick(b, &file("b.knyte"))?;
    from_stick(a, &file("b.knyte"))?;
    Ok(())
}

#[test]
fn a_note_written_in_the_car_reaches_the_other_office_on_a_stick() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    let before = note(&dorotea, "Före kretsen", "Skriven innan någon krets fanns.")?;
    let roots = dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    assert_eq!(roots["keys"].as_array().map(Vec::len), Some(3));
    let sorsele = office(home.path(), "Anna Öberg", "Sorsele")?;
    let hers = note(&sorsele, "Annas anteckning", "Ring före nio, säger Åsa.")?;
    take_in(&dorotea, &sorsele, "Anna Öberg", "Sorsele")?;

    meet(&home, &dorotea, &sorsele)?;

    let read = sorsele.call("note", json!({ "key": before }))?;
    assert_eq!(read["note"]["body"], "Skriven innan någon krets fanns.");
    let read = dorotea.call("note", json!({ "key": hers }))?;
    assert_eq!(read["note"]["body"], "Ring före nio, säger Åsa.");
    let found = dorotea.call("search", json!({ "text": "annas anteckning" }))?;
    assert!(found.to_string().contains(&hers), "{found}");
    for office in [&dorotea, &sorsele] {
        assert_eq!(office.call("krets", json!({}))?["waiting"], 0);
        assert_eq!(office.call("krets", json!({}))?["devices"], 2);
    }
    Ok(())
}

#[test]
fn what_was_sealed_goes_on_after_a_restart() -> Result<()> {
    let home = tempfile::tempdir()?;
    let secrets: std::sync::Arc<radrum_app::MemorySecrets> = std::sync::Arc::default();
    let start = || Start {
        secrets: std::sync::Arc::clone(&secrets),
        ..Start::own(&home.path().join("Dorotea"))
    };
    let dorotea = Office::founded(start())?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    note(&dorotea, "Före", "Före omstarten.")?;
    let before = dorotea.call("krets", json!({}))?["entries"].clone();
    drop(dorotea);
    let dorotea = Office::open(start())?;
    note(&dorotea, "Efter", "Efter omstarten.")?;
    let after = dorotea.call("krets", json!({}))?;
    assert_eq!(after["joined"], true);
    assert_eq!(after["entries"].as_u64(), before.as_u64().map(|n| n + 1));
    Ok(())
}

#[test]
fn somebody_who_reads_the_wrong_code_three_times_is_not_let_in() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let sorsele = office(home.path(), "Anna Öberg", "Sorsele")?;
    let invitation = text(&dorotea.call("invite", json!({}))?, "text")?;
    let asked = sorsele.call(
        "ask_to_join",
        json!({ "invitation": invitation, "name": "Anna Öberg" }),
    )?;
    let seen = dorotea.call("open_request", json!({ "text": text(&asked, "text")? }))?;
    let id = text(&seen, "invitation")?;
    let right = sorsele.call(
        "answer_check",
        json!({ "invitation": id, "question": seen["question"] }),
    )?;
    let wrong = if right["answer"] == "000 000" {
        "000 001"
    } else {
        "000 000"
    };
    let codes: Vec<String> = (0..4)
        .map(|_| {
            let tried = dorotea.call("approve", json!({ "invitation": id, "answer": wrong }));
            tried.map_or_else(|error| format!("{error:#}"), |_| "let in".into())
        })
        .collect();
    assert!(codes[0].contains("WrongCheckCode"), "{codes:?}");
    assert!(codes[2].contains("LetterUsedUp"), "{codes:?}");
    assert!(codes[3].contains("LetterUsedUp"), "{codes:?}");
    Ok(())
}

#[test]
fn the_exempelkrets_is_refused_by_every_road() -> Result<()> {
    let home = tempfile::tempdir()?;
    let example = Office::open(Start::example(
        &home.path().join("exempel"),
        radrum_app::Size::Small,
    ))?;
    let refused = |done: Result<Value>| {
        done.map_or_else(|error| format!("{error:#}"), |value| value.to_string())
    };
    let founded = refused(example.call("found_krets", json!({ "name": "Ny" })));
    assert!(founded.contains("Example"), "{founded}");
    let written = refused(onto_stick(&example, &home.path().join("x.knyte")));
    assert!(written.contains("Example"), "{written}");
    assert!(!home.path().join("x.knyte").exists());
    Ok(())
}

#[test]
fn a_damaged_stick_changes_nothing_and_says_so() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let sorsele = office(home.path(), "Anna Öberg", "Sorsele")?;
    take_in(&dorotea, &sorsele, "Anna Öberg", "Sorsele")?;
    note(&dorotea, "Nytt", "Något nytt.")?;
    let file = home.path().join("stick.knyte");
    onto_stick(&dorotea, &file)?;
    let whole = std::fs::read(&file)?;
    let before = sorsele.call("krets", json!({}))?["entries"].clone();
    for at in [0, 20, 60, whole.len() / 2, whole.len() - 1] {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        std::fs::write(&file, bytes)?;
        assert!(from_stick(&sorsele, &file).is_err(), "byte {at}");
    }
    std::fs::write(&file, &whole[..whole.len() / 2])?;
    assert!(from_stick(&sorsele, &file).is_err());
    assert_eq!(sorsele.call("krets", json!({}))?["entries"], before);
    Ok(())
}

#[test]
fn a_letter_is_saved_as_a_file_and_read_again_and_a_picture_is_none() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let letter = text(&dorotea.call("invite", json!({}))?, "text")?;
    let around = format!("Hej Åsa!\n\n{letter}\nHälsningar");
    let file = home.path().join("inbjudan.txt");
    let place = ticket(&dorotea, &file)?;
    dorotea.call("write_letter", json!({ "ticket": place, "text": around }))?;
    let place = ticket(&dorotea, &file)?;
    let read = dorotea.call("read_letter", json!({ "ticket": place }))?;
    assert_eq!(read["text"], around);

    let long = vec![b'a'; 2 * radrum_wire::limits::INVITE_BYTES_MAX + 1];
    for bytes in [vec![0x89, b'P', b'N', b'G', 0xff], long] {
        std::fs::write(&file, bytes)?;
        let place = ticket(&dorotea, &file)?;
        let read = dorotea.call("read_letter", json!({ "ticket": place }));
        let told = read.map_or_else(|error| format!("{error:#}"), |value| value.to_string());
        assert!(told.contains("BadLetter"), "{told}");
    }
    Ok(())
}

#[test]
fn a_computer_with_cards_of_its_own_joins_and_no_step_stands_there_twice() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let before = dorotea.call("playbook", json!({ "key": "playbook:lvm" }))?;
    let sorsele = office(home.path(), "Anna Öberg", "Sorsele")?;
    let changed = sorsele.call("playbook", json!({ "key": "playbook:lvm" }))?;
    let step = text(&changed["card"]["steps"][0], "id")?;
    let heads = sorsele.call("head", json!({ "key": "playbook:lvm" }))?["heads"].clone();
    sorsele.call(
        "edit_item",
        json!({ "key": "playbook:lvm", "heads": heads, "window": "w",
                "edits": [set_in("steps", &step, "text", "Så gör vi i Sorsele.")] }),
    )?;
    take_in(&dorotea, &sorsele, "Anna Öberg", "Sorsele")?;

    meet(&home, &dorotea, &sorsele)?;
    meet(&home, &dorotea, &sorsele)?;

    let steps = |office: &Office| -> Result<Vec<String>> {
        let card = office.call("playbook", json!({ "key": "playbook:lvm" }))?;
        let steps = card["card"]["steps"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let shown = steps.iter().filter(|step| step["removed"] != true);
        shown.map(|step| text(step, "text")).collect()
    };
    let one_more = before["card"]["steps"].as_array().map_or(0, Vec::len) + 1;
    for office in [&dorotea, &sorsele] {
        let steps = steps(office)?;
        assert_eq!(steps.len(), one_more, "{steps:#?}");
        assert!(steps.iter().any(|step| step == "Så gör vi i Sorsele."));
    }
    assert_eq!(steps(&dorotea)?, steps(&sorsele)?);
    Ok(())
}
