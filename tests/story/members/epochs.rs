//! New epochs: each quarter, several in one file, and while another admin takes somebody in.

use super::{carry, meet, note, on_day};
use anyhow::{Context as _, Result};
use radrum_tests::krets::{found, has, invited, invited_with, member, office, office_with};
use radrum_tests::office::Office;
use serde_json::json;
use std::sync::Arc;

#[test]
fn an_admins_program_begins_a_new_epoch_in_a_new_quarter_and_no_second_one() -> Result<()> {
    let home = tempfile::tempdir()?;
    let secrets = Arc::default();
    let folder = home.path().join("Dorotea");
    let dorotea = office_with(
        on_day(&secrets, &folder, (2027, 3, 30)),
        "Maja Lundmark",
        "Dorotea",
    )?;
    found(&dorotea)?;
    let start = on_day(&Arc::default(), &home.path().join("s"), (2027, 3, 30));
    let sorsele = invited_with(&dorotea, start, "Anna Öberg", "Sorsele")?;
    let entries = |office: &Office| {
        let state = office.call("krets", json!({}))?;
        state["entries"].as_u64().context("entries")
    };
    meet(&home, &sorsele, &dorotea)?;
    carry(&home, &sorsele, &dorotea)?;
    let before = entries(&dorotea)?;
    carry(&home, &sorsele, &dorotea)?;
    assert_eq!(entries(&dorotea)?, before, "the same quarter");
    drop(dorotea);
    let dorotea = Office::open(on_day(&secrets, &folder, (2027, 4, 1)))?;
    carry(&home, &sorsele, &dorotea)?;
    assert_eq!(entries(&dorotea)?, before + 1);
    carry(&home, &sorsele, &dorotea)?;
    assert_eq!(entries(&dorotea)?, before + 1);
    let after = note(&dorotea, "I det nya kvartalet")?;
    carry(&home, &dorotea, &sorsele)?;
    assert!(has(&sorsele, &after)?);
    Ok(())
}

#[test]
fn epochs_that_begin_one_after_the_other_come_in_one_file() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    found(&dorotea)?;
    let sorsele = invited(&dorotea, &home.path().join("s"), "Anna Öberg", "Sorsele")?;
    for _ in 0..3 {
        dorotea.call("begin_epoch", json!({}))?;
    }
    let last = note(&dorotea, "I den tredje")?;
    carry(&home, &dorotea, &sorsele)?;
    assert!(has(&sorsele, &last)?);
    Ok(())
}

#[test]
fn who_is_taken_in_while_another_admin_begins_a_new_epoch_is_not_locked_out() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    let roots = found(&dorotea)?;
    let sorsele = invited(&dorotea, &home.path().join("s"), "Anna Öberg", "Sorsele")?;
    meet(&home, &sorsele, &dorotea)?;
    let anna = member(&dorotea, "Anna Öberg")?;
    let keys = [&roots[0], &roots[1]];
    dorotea.call(
        "make_admin",
        json!({ "member": anna, "whole": true, "root_keys": keys }),
    )?;
    carry(&home, &dorotea, &sorsele)?;

    // Both act without a network: one takes Eva in, the other begins an epoch.
    let åsele = invited(&sorsele, &home.path().join("å"), "Eva Ek", "Åsele")?;
    let hers = note(&åsele, "Evas första")?;
    dorotea.call("begin_epoch", json!({}))?;
    let his = note(&dorotea, "I det nya")?;

    carry(&home, &dorotea, &sorsele)?;
    carry(&home, &sorsele, &åsele)?;
    assert!(has(&åsele, &his)?);
    carry(&home, &åsele, &dorotea)?;
    assert!(has(&dorotea, &hers)?);
    let later = note(&åsele, "Evas andra")?;
    meet(&home, &åsele, &dorotea)?;
    assert!(has(&dorotea, &later)?);
    Ok(())
}
