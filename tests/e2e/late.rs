//! Pages about what came after an end: what somebody wrote, and what an admin did.

use crate::access::Looks;
use crate::driver::open_desktop;
use crate::stage::Stage;
use crate::starts::PASSPHRASE;
use crate::window::Window;
use anyhow::Result;
use radrum_app::MemorySecrets;
use radrum_tests::krets::{carry, found, invited, invited_with, meet, member, note, office};
use radrum_tests::office::{Office, Start};
use serde_json::json;
use std::sync::Arc;

/// What a colleague without a key store chooses when she is invited.
const OF_INVITED: &str = "en lång lösenfras med ord";

/// The profile of the stage, whose key lies under a passphrase.
fn with_passphrase(stage: &Stage) -> Start {
    Start {
        secrets: Arc::new(MemorySecrets::unavailable()),
        ..Start::own(&stage.profile())
    }
}

fn unlocked(stage: &Stage, passphrase: &str) -> Result<Window> {
    let window = open_desktop(stage, &[])?;
    window.wait_text("h1", "Lås upp Rådrum")?;
    window.fill("#passphrase", passphrase)?;
    window.click("button", "Lås upp")?;
    window.wait_text("h2", "Nytt i kretsen")?;
    Ok(window)
}

fn remove(admin: &Office, name: &str, root: &str) -> Result<()> {
    let args = json!({ "member": member(admin, name)?, "root_key": root });
    admin.call("remove_member", args).map(drop)
}

#[test]
fn what_came_after_an_end_is_seen_and_taken_up() -> Result<()> {
    let stage = Stage::new()?;
    let home = stage.home();
    let maja = Office::closed(with_passphrase(&stage));
    maja.call("start", json!({}))?;
    let founder = json!({ "region": "Inlandskretsen", "municipality": "Dorotea",
                          "name": "Maja Lundmark", "passphrase": PASSPHRASE });
    maja.call("found", founder)?;
    found(&maja)?;
    let anna = invited(&maja, &home.join("s"), "Anna Öberg", "Sorsele")?;
    meet(home, &maja, &anna)?;
    remove(&maja, "Anna Öberg", "")?;
    note(&anna, "Ring vaktmästaren", "Han har nyckeln.")?;
    carry(home, &anna, &maja)?;
    drop((maja, anna));

    let mut looks = Looks::new("efterat");
    let window = unlocked(&stage, PASSPHRASE)?;
    window.ask("location.hash = '#/krets/efterat'")?;
    window.wait_text("h1", "Skrivet efteråt")?;
    window.wait_text("h3", "Ring vaktmästaren")?;
    looks.at(&window, "1-vid-sidan")?;
    window.click("button", "Ta med")?;
    window.wait_text("dialog h2", "Ta med ”Ring vaktmästaren”?")?;
    looks.at(&window, "2-ta-med")?;
    window.click("dialog button", "Ta med")?;
    window.wait_text("[role=status]", "är med igen")?;
    window.wait_text("h3 a", "Ring vaktmästaren")?;
    looks.at(&window, "3-raknas")?;
    looks.assert_clean();
    Ok(())
}

#[test]
fn what_an_admin_did_after_his_end_is_confirmed_with_two_root_keys() -> Result<()> {
    let stage = Stage::new()?;
    let home = stage.home();
    let maja = office(home, "Maja Lundmark", "Dorotea")?;
    let roots = found(&maja)?;
    let anna = invited(&maja, &home.join("s"), "Anna Öberg", "Sorsele")?;
    let ivo = invited_with(&maja, with_passphrase(&stage), "Ivo Ek", "Malå")?;
    for office in [&anna, &ivo, &anna] {
        meet(home, office, &maja)?;
    }
    let keys = [&roots[0], &roots[1]];
    let make = json!({ "member": member(&maja, "Anna Öberg")?, "whole": true, "root_keys": keys });
    maja.call("make_admin", make)?;
    meet(home, &maja, &anna)?;
    remove(&anna, "Maja Lundmark", &roots[2])?;
    carry(home, &anna, &ivo)?;
    let eva = invited(&maja, &home.join("å"), "Eva Ek", "Åsele")?;
    meet(home, &maja, &eva)?;
    note(&eva, "Evas första", "Text.")?;
    carry(home, &eva, &ivo)?;
    drop((maja, anna, ivo, eva));

    let mut looks = Looks::new("bekrafta");
    let window = unlocked(&stage, OF_INVITED)?;
    window.ask("location.hash = '#/krets/kollegor'")?;
    window.wait_text("h1", "Kollegor och datorer")?;
    window.click("a", "Bekräfta med två rotnycklar")?;
    window.wait_text("h1", "Bekräfta med två rotnycklar")?;
    window.wait_text("p", "Datorn räknas inte förrän någon annan bekräftar.")?;
    looks.at(&window, "1-bekrafta")?;
    window.click("button", "Bekräfta")?;
    window.wait_text(".said", "Skriv båda nycklarna.")?;
    looks.at(&window, "2-saknas")?;
    window.fill("#root-0", &roots[0])?;
    window.fill("#root-1", &roots[1])?;
    window.click("button", "Bekräfta")?;
    window.wait_text("[role=status]", "Det är bekräftat")?;
    looks.at(&window, "3-bekraftat")?;
    window.ask("location.hash = '#/anteckningar'")?;
    window.wait_text("a.t", "Evas första")?;
    looks.assert_clean();
    Ok(())
}
