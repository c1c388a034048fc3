//! What an admin did after his end, without knowing of it: another says whether it counts.

use super::{carry, meet, note, remove};
use anyhow::Result;
use radrum_tests::krets::{found, has, invited, member, office, person, text};
use radrum_tests::office::Office;
use serde_json::{Value, json};
use tempfile::TempDir;

fn waiting(office: &Office) -> Result<Value> {
    Ok(office.call("krets_people", json!({}))?["suspended"].clone())
}

/// Maja in Dorotea has founded the krets; Anna in Sorsele acts for all of it as well, and Ivo in
/// Malå for nobody. Anna takes Maja out, who has not heard of it. Gives the root keys too.
fn maja_is_out(home: &TempDir) -> Result<([Office; 3], Vec<String>)> {
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    let roots = found(&dorotea)?;
    let sorsele = invited(&dorotea, &home.path().join("s"), "Anna Öberg", "Sorsele")?;
    let malå = invited(&dorotea, &home.path().join("m"), "Ivo Ek", "Malå")?;
    for office in [&sorsele, &malå, &sorsele] {
        meet(home, office, &dorotea)?;
    }
    let anna = member(&dorotea, "Anna Öberg")?;
    let keys = [&roots[0], &roots[1]];
    let make = json!({ "member": anna, "whole": true, "root_keys": keys });
    dorotea.call("make_admin", make)?;
    meet(home, &dorotea, &sorsele)?;
    meet(home, &dorotea, &malå)?;
    remove(&sorsele, "Maja Lundmark", &roots[2])?;
    carry(home, &sorsele, &malå)?;
    Ok(([dorotea, sorsele, malå], roots))
}

#[test]
fn a_colleague_whom_an_admin_took_in_after_his_end_belongs_once_another_confirms_it() -> Result<()>
{
    let home = tempfile::tempdir()?;
    let ([dorotea, sorsele, malå], _) = maja_is_out(&home)?;
    let åsele = invited(&dorotea, &home.path().join("å"), "Eva Ek", "Åsele")?;
    meet(&home, &dorotea, &åsele)?;
    let hers = note(&åsele, "Evas första")?;
    carry(&home, &åsele, &sorsele)?;
    carry(&home, &åsele, &malå)?;
    for (office, may) in [(&sorsele, true), (&malå, false)] {
        let waits = waiting(office)?;
        assert_eq!(waits.as_array().map(Vec::len), Some(1), "{waits}");
        assert_eq!(
            (&waits[0]["ends"], &waits[0]["by"], &waits[0]["may"]),
            (&json!(false), &json!("Maja Lundmark"), &json!(may))
        );
        assert!(!has(office, &hers)? && person(office, "Eva Ek").is_err());
    }
    let id = text(&waiting(&malå)?[0], "id")?;
    let refused = malå.refused("confirm_act", json!({ "id": id }))?;
    assert_eq!(refused["code"], "not_admin");

    sorsele.call("confirm_act", json!({ "id": id }))?;
    assert_eq!(waiting(&sorsele)?, json!([]));
    // What she wrote lay there and waited for her grant.
    assert!(has(&sorsele, &hers)?);
    person(&sorsele, "Eva Ek")?;
    let after = note(&sorsele, "Efter bekräftelsen")?;
    carry(&home, &sorsele, &åsele)?;
    carry(&home, &sorsele, &malå)?;
    assert!(has(&åsele, &after)?, "she reads what comes after it");
    assert!(has(&malå, &hers)? && waiting(&malå)? == json!([]));
    let refused = sorsele.refused("confirm_act", json!({ "id": id }))?;
    assert_eq!(refused["code"], "not_found");
    Ok(())
}

#[test]
fn two_root_keys_confirm_it_where_nobody_is_an_admin() -> Result<()> {
    let home = tempfile::tempdir()?;
    let ([dorotea, sorsele, malå], roots) = maja_is_out(&home)?;
    let åsele = invited(&dorotea, &home.path().join("å"), "Eva Ek", "Åsele")?;
    meet(&home, &dorotea, &åsele)?;
    let hers = note(&åsele, "Evas första")?;
    carry(&home, &åsele, &malå)?;
    let id = text(&waiting(&malå)?[0], "id")?;
    let typed = |keys: &[&String]| json!({ "id": id, "root_keys": keys });
    for (keys, code) in [
        (vec![&roots[0]], "last_root"),
        (vec![&roots[1], &roots[1]], "wrong_root_keys"),
    ] {
        let refused = malå.refused("confirm_act", typed(&keys))?;
        assert_eq!(refused["code"], code);
    }
    malå.call("confirm_act", typed(&[&roots[0], &roots[1]]))?;
    assert!(has(&malå, &hers)?);
    carry(&home, &malå, &sorsele)?;
    assert!(has(&sorsele, &hers)? && waiting(&sorsele)? == json!([]));
    // The admin sees that she lacks the newest key, and wakes her.
    let eva = person(&sorsele, "Eva Ek")?["computers"][0].clone();
    assert_eq!(eva["resting"], true);
    sorsele.call("wake_computer", json!({ "computer": eva["id"] }))?;
    let after = note(&sorsele, "Efter bekräftelsen")?;
    carry(&home, &sorsele, &åsele)?;
    assert!(has(&åsele, &after)?);
    Ok(())
}

#[test]
fn a_computer_that_an_admin_ended_after_his_end_goes_on_until_another_confirms_it() -> Result<()> {
    let home = tempfile::tempdir()?;
    let ([dorotea, sorsele, malå], _) = maja_is_out(&home)?;
    remove(&dorotea, "Ivo Ek", "")?;
    carry(&home, &dorotea, &sorsele)?;
    let waits = waiting(&sorsele)?;
    assert_eq!(
        (
            &waits[0]["ends"],
            &waits[0]["name"],
            &waits[0]["municipality"]
        ),
        (&json!(true), &json!("Ivo Ek"), &json!("Malå"))
    );
    person(&sorsele, "Ivo Ek")?;
    let meanwhile = note(&sorsele, "Ivo läser än")?;
    carry(&home, &sorsele, &malå)?;
    assert!(has(&malå, &meanwhile)?);

    sorsele.call("confirm_act", json!({ "id": waits[0]["id"] }))?;
    assert!(person(&sorsele, "Ivo Ek").is_err());
    let after = note(&sorsele, "Efter bekräftelsen")?;
    carry(&home, &sorsele, &malå)?;
    assert!(!has(&malå, &after)?);
    assert_eq!(malå.call("krets", json!({}))?["ended"], true);
    Ok(())
}
