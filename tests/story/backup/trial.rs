//! Files that are no whole backup, full disks, and the trials of the newest backup.

use super::*;
use radrum_store::Fault;
use radrum_tests::krets::office;

#[test]
fn a_file_cut_at_any_fiftieth_is_refused_and_the_folder_is_as_it_was() -> Result<()> {
    let home = tempfile::tempdir()?;
    let maja = office(home.path(), "Maja Öhrn", "Åsele")?;
    let key = note(&maja, "Fjäll", "Ring före nio.")?;
    let file = home.path().join("kopia.age");
    back_up(&maja, &file)?;
    // The same content, sealed so that fifty trials take no minute of stretching.
    let whole = sealed(&by_age(&file)?)?;
    let new = fresh(&home.path().join("ny"))?;
    let before = listing(new.folder())?;
    let cut = home.path().join("kapad.age");
    for n in 0..50 {
        std::fs::write(&cut, &whole[..whole.len() * n / 50])?;
        let refused = new.refused("restore", from(&new, &cut, PASSPHRASE)?)?;
        assert_eq!(refused["code"], "bad_backup", "{n}/50");
        assert_eq!(listing(new.folder())?, before, "{n}/50");
    }
    for n in 0..50 {
        let mut bad = whole.clone();
        bad[whole.len() * n / 50] ^= 1;
        std::fs::write(&cut, &bad)?;
        new.refused("restore", from(&new, &cut, PASSPHRASE)?)?;
        assert_eq!(listing(new.folder())?, before, "a byte at {n}/50");
    }
    std::fs::write(&cut, sealed(b"no database")?)?;
    let refused = new.refused("restore", from(&new, &cut, PASSPHRASE)?)?;
    assert_eq!(refused["code"], "bad_backup");
    assert_eq!(listing(new.folder())?, before);
    // What the standard tool sealed is as good as what the program did.
    std::fs::write(&cut, &whole)?;
    restore(&new, &cut)?;
    assert_eq!(
        new.call("note", json!({ "key": key }))?["note"]["title"],
        "Fjäll"
    );
    Ok(())
}

#[test]
fn a_wrong_passphrase_is_told_and_the_chosen_file_stays_chosen() -> Result<()> {
    let home = tempfile::tempdir()?;
    let maja = office(home.path(), "Maja Öhrn", "Åsele")?;
    let file = home.path().join("kopia.age");
    let ticket = maja.host.tickets().give(&maja.host.world(), file.clone())?;
    let short = json!({ "ticket": ticket, "passphrase": "kort" });
    assert_eq!(
        maja.refused("write_backup", short)?["code"],
        "weak_passphrase"
    );
    back_up(&maja, &file)?;
    let new = fresh(&home.path().join("ny"))?;
    let before = listing(new.folder())?;
    let mut args = from(&new, &file, "två älgar på vägen")?;
    assert_eq!(
        new.refused("restore", args.clone())?["code"],
        "wrong_passphrase"
    );
    assert_eq!(listing(new.folder())?, before);
    args["passphrase"] = json!(PASSPHRASE);
    assert_eq!(new.call("restore", args.clone())?["state"], "ready");
    assert_eq!(new.refused("restore", args)?["code"], "bad_ticket");
    // A computer that has a profile is never written over.
    let again = from(&new, &file, PASSPHRASE)?;
    assert_eq!(new.call("restore", again)?["state"], "ready");
    Ok(())
}

#[test]
fn a_disk_that_is_full_leaves_the_folder_as_it_was() -> Result<()> {
    let home = tempfile::tempdir()?;
    let maja = office(home.path(), "Maja Öhrn", "Åsele")?;
    let file = home.path().join("kopia.age");
    back_up(&maja, &file)?;
    std::fs::write(&file, sealed(&by_age(&file)?)?)?;
    for pages in [1, 40, 100, 150] {
        let start = Start {
            planted: Some(Fault::Full(pages)),
            ..Start::own(&home.path().join(format!("ny{pages}")))
        };
        let new = first(start)?;
        let before = listing(new.folder())?;
        let refused = new.refused("restore", from(&new, &file, PASSPHRASE)?)?;
        assert_eq!(refused["code"], "disk_full", "{pages}");
        assert_eq!(listing(new.folder())?, before, "{pages}");
    }
    Ok(())
}

#[test]
fn the_example_is_never_backed_up() -> Result<()> {
    let home = tempfile::tempdir()?;
    let office = Office::open(Start::example(home.path(), radrum_app::Size::Small))?;
    let ticket = office
        .host
        .tickets()
        .give(&office.host.world(), home.path().join("x"))?;
    let args = json!({ "ticket": ticket, "passphrase": PASSPHRASE });
    assert_eq!(office.refused("write_backup", args)?["code"], "example");
    Ok(())
}

#[test]
fn a_trial_makes_a_whole_profile_and_sees_a_changed_byte_and_a_file_that_is_gone() -> Result<()> {
    let home = tempfile::tempdir()?;
    let maja = office(home.path(), "Maja Öhrn", "Åsele")?;
    note(&maja, "Fjäll", "Ring före nio.")?;
    assert_eq!(maja.call("test_backup", json!({}))?["last"], Value::Null);
    let file = home.path().join("kopia.age");
    back_up(&maja, &file)?;
    // What is written afterwards is not in it, and that is no fault.
    note(&maja, "Senare", "Efter kopian.")?;
    let outcome = || -> Result<String> {
        let state = maja.call("test_backup", json!({}))?;
        assert!(state["last"]["tested_at"].as_i64() >= state["last"]["made_at"].as_i64());
        assert!(!maja.folder().join("provning").exists());
        text(&state["last"], "outcome")
    };
    assert_eq!(outcome()?, "sound");
    let whole = std::fs::read(&file)?;
    for at in [0, 40, 150, whole.len() / 2, whole.len() - 1] {
        let mut bad = whole.clone();
        bad[at] ^= 1;
        std::fs::write(&file, &bad)?;
        assert_eq!(outcome()?, "damaged", "byte {at}");
        assert_eq!(std::fs::read(&file)?, bad, "never touched");
    }
    std::fs::write(&file, &whole)?;
    let aside = home.path().join("flyttad.age");
    std::fs::rename(&file, &aside)?;
    assert_eq!(outcome()?, "missing");
    std::fs::rename(&aside, &file)?;
    assert_eq!(outcome()?, "sound");
    // Another whole backup in its place is not the one that was made.
    std::fs::write(&file, sealed(&by_age(&file)?)?)?;
    assert_eq!(outcome()?, "damaged");
    Ok(())
}
