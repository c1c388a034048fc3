//! Two root keys erase anything, on whatever computer they are typed, and one thing at a time.

use super::{CANARY, is_gone, meet, note, two};
use anyhow::Result;
use radrum_tests::krets::{found, invited, office};
use serde_json::{Value, json};

fn erase(key: &str, root_keys: &[&str]) -> Value {
    json!({ "key": key, "ground": "decision", "decision": "SN 2026/14", "keep_text": false,
            "window": "w", "root_keys": root_keys })
}

#[test]
fn two_root_keys_erase_what_somebody_else_wrote_and_nothing_beside_it() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    let roots = found(&dorotea)?;
    let sorsele = invited(&dorotea, &home.path().join("s"), "Anna Öberg", "Sorsele")?;
    let his = note(&dorotea, "Majas", &format!("Om {CANARY}."))?;
    let other = note(&dorotea, "Majas andra", "Ring före nio.")?;
    meet(&home, &dorotea, &sorsele)?;
    let rights = sorsele.call("erase_rights", json!({ "key": his }))?;
    assert_eq!(
        (&rights["may"], &rights["by_roots"]),
        (&json!(false), &json!(true))
    );
    for (typed, code) in [
        (vec![], "may_not_erase"),
        (vec![roots[0].as_str()], "last_root"),
        (
            vec![roots[0].as_str(), roots[0].as_str()],
            "wrong_root_keys",
        ),
        (vec!["hej", roots[0].as_str()], "wrong_root_keys"),
    ] {
        let refused = sorsele.refused("erase_item", erase(&his, &typed))?;
        assert_eq!(refused["code"], code);
    }
    assert_eq!(sorsele.call("erasures", json!({}))?, json!([]));

    sorsele.call("erase_item", erase(&his, &[&roots[2], &roots[0]]))?;
    meet(&home, &sorsele, &dorotea)?;
    for office in [&sorsele, &dorotea] {
        is_gone(office, &his)?;
        office.call("note", json!({ "key": other }))?;
        let rows = office.call("erasures", json!({}))?;
        assert_eq!(rows[0]["by"]["title"], "Anna Öberg");
        assert_eq!(rows[0]["step"], "done");
    }
    // The keys were for that one note: she has no other right now than before.
    let rights = sorsele.call("erase_rights", json!({ "key": other }))?;
    assert_eq!(rights["may"], false);
    let refused = sorsele.refused("erase_item", erase(&other, &[]))?;
    assert_eq!(refused["code"], "may_not_erase");
    Ok(())
}

#[test]
fn two_root_keys_erase_a_card_that_came_with_the_program() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    let roots = found(&dorotea)?;
    let sorsele = invited(&dorotea, &home.path().join("s"), "Anna Öberg", "Sorsele")?;
    meet(&home, &dorotea, &sorsele)?;
    let card = json!({ "key": "playbook:lvm" });
    sorsele.call("playbook", card.clone())?;
    let refused = sorsele.refused("erase_item", erase("playbook:lvm", &[]))?;
    assert_eq!(refused["code"], "may_not_erase");
    sorsele.call("erase_item", erase("playbook:lvm", &[&roots[1], &roots[2]]))?;
    meet(&home, &sorsele, &dorotea)?;
    for office in [&sorsele, &dorotea] {
        let refused = office.refused("playbook", card.clone())?;
        assert_eq!(refused["code"], "not_found");
        office.call("playbook", json!({ "key": "playbook:lvu" }))?;
    }
    Ok(())
}

#[test]
fn before_a_krets_there_are_no_root_keys_to_erase_with() -> Result<()> {
    let home = tempfile::tempdir()?;
    let alone = office(&home.path().join("alone"), "Maja Lundmark", "Dorotea")?;
    let rights = alone.call("erase_rights", json!({ "key": "playbook:lvm" }))?;
    assert_eq!(rights["by_roots"], false);
    let key = "ab".repeat(32);
    let other = "cd".repeat(32);
    let refused = alone.refused("erase_item", erase("playbook:lvm", &[&key, &other]))?;
    assert_eq!(refused["code"], "not_in_krets");
    // Those of another krets are none of this one's.
    let (dorotea, _) = two(&home)?;
    let note = note(&dorotea, "Majas", "Text.")?;
    let refused = dorotea.refused("erase_item", erase(&note, &[&key, &other]))?;
    assert_eq!(refused["code"], "wrong_root_keys");
    Ok(())
}
