//! A krets of one's own: founded in the window, its key in the computer's key store.

use crate::access::Looks;
use crate::driver::{desktop, open_desktop};
use crate::stage::Stage;
use crate::stick::office;
use crate::window::Window;
use anyhow::{Context as _, Result};
use radrum_tests::krets::{
    finish_joining, for_operator, has, member, note, take_in, text, use_relay,
};
use radrum_tests::relay::Relay;
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const PASSPHRASE: &str = "tre vanliga ord räcker";

const SECRETS: &str = "org.freedesktop.secrets";

#[test]
fn the_key_of_a_founded_krets_lies_in_the_key_store_and_opens_it_without_a_question() -> Result<()>
{
    let stage = Stage::with_keyring()?;
    let window = open_desktop(&stage, &[])?;
    window.wait_text("h1", "Välkommen till Rådrum")?;
    let asks = window.ask("!!document.querySelector('input[type=password]')")?;
    assert_eq!(asks, false, "a passphrase is asked for beside a key store");
    fill_in(&window)?;
    window.click("button", "Börja")?;
    window.wait_text("h2", "Nytt i kretsen")?;
    window.kill(&stage)?;

    let search = [
        "/org/freedesktop/secrets",
        "org.freedesktop.Secret.Service.SearchItems",
    ];
    let service = "dict:string:string:service,Rådrum";
    let found = stage.ask_bus(SECRETS, &[search[0], search[1], service])?;
    assert!(found.contains("object path"), "no key of Rådrum: {found}");
    assert_eq!(
        files(&stage)?,
        [
            "key.check",
            "lock",
            "log",
            "radrum.db",
            "radrum.db-shm",
            "radrum.db-wal"
        ]
        .map(str::to_string)
        .into()
    );

    let window = open_desktop(&stage, &[])?;
    window.wait_text("h2", "Nytt i kretsen")?;
    window.wait_text("header", "Inlandet")
}

#[test]
fn a_key_store_that_keeps_nothing_is_replaced_by_a_passphrase() -> Result<()> {
    let stage = Stage::with_shut_keyring()?;
    let window = open_desktop(&stage, &[])?;
    fill_in(&window)?;
    window.click("button", "Börja")?;
    window.wait_text("[role=alert]", "Välj en lösenfras i stället.")?;
    window.fill("#first-passphrase", PASSPHRASE)?;
    window.fill("#first-again", PASSPHRASE)?;
    window.click("button", "Börja")?;
    window.wait_text("h2", "Nytt i kretsen")?;
    window.kill(&stage)?;

    let window = open_desktop(&stage, &[])?;
    window.wait_text("h1", "Lås upp Rådrum")?;
    window.fill("#passphrase", PASSPHRASE)?;
    window.click("button", "Lås upp")?;
    window.wait_text("h2", "Nytt i kretsen")
}

/// The key store forgets what this program put there, as it does when it is made anew.
fn empty_key_store(stage: &Stage) -> Result<()> {
    let path = "/org/freedesktop/secrets";
    let search = "org.freedesktop.Secret.Service.SearchItems";
    let service = "dict:string:string:service,Rådrum";
    let found = stage.ask_bus(SECRETS, &[path, search, service])?;
    let item = found.split('"').find(|word| word.starts_with(path));
    let item = item.with_context(|| format!("no key of Rådrum: {found}"))?;
    stage.ask_bus(SECRETS, &[item, "org.freedesktop.Secret.Item.Delete"])?;
    let left = stage.ask_bus(SECRETS, &[path, search, service])?;
    anyhow::ensure!(!left.contains("object path"), "still there: {left}");
    Ok(())
}

#[test]
fn when_the_key_is_gone_the_file_is_kept_and_she_comes_back_by_an_invitation() -> Result<()> {
    let (stage, away) = (Stage::with_keyring()?, Stage::new()?);
    let anna = office(&away, "Sorsele", "Anna Öberg")?;
    anna.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let program = desktop().parent().context("folder")?.join("radrum-relay");
    let krets = for_operator(&anna)?;
    let relay = Relay::start_program(&program, &away.home().join("relay"), 0, &krets)?;
    use_relay(&anna, relay.address())?;
    let maja = open_desktop(&stage, &[])?;
    fill_in(&maja)?;
    maja.click("button", "Börja")?;
    maja.wait_text("h2", "Nytt i kretsen")?;
    take_in(&anna, &maja, "Maja Lundmark", "Dorotea")?;
    let key = note(&maja, "Skriven före olyckan", "Ring före nio.")?;
    maja.until("it has come to the other", || has(&anna, &key))?;
    maja.kill(&stage)?;
    empty_key_store(&stage)?;
    let file = fs::read(stage.profile().join("radrum.db"))?;

    let mut looks = Looks::new("nyckel-borta");
    let window = open_desktop(&stage, &[])?;
    window.wait_text("h1", "Nyckeln till filen saknas")?;
    looks.at(&window, "1-nyckeln-saknas")?;
    assert_eq!(fs::read(stage.profile().join("radrum.db"))?, file);
    window.click("button", "Lägg undan filerna och börja om")?;
    window.click("dialog button", "Lägg undan")?;
    window.wait_text("h1", "Välkommen till Rådrum")?;
    assert_eq!(kept_aside(&stage.profile())?, [file]);

    // Her next computer, by letter and telephone, and all comes again.
    let again = json!({ "municipality": "Dorotea", "member": member(&anna, "Maja Lundmark")? });
    let letter = text(&anna.call("invite", again)?, "text")?;
    window.click("button", "Jag har en inbjudan")?;
    window.fill("#first-invitation", &letter.replace('\n', ""))?;
    window.fill("#first-name", "Maja Lundmark")?;
    window.click("button", "Skriv ansökan")?;
    window.wait_text("h1", "Din ansökan")?;
    looks.at(&window, "2-ansokan")?;
    finish_joining(&anna, &window)?;
    window.until("what she wrote before", || has(&window, &key))?;
    window.ask("location.hash = '#/anteckningar'")?;
    window.wait_text("a.t", "Skriven före olyckan")?;
    looks.assert_clean();
    Ok(())
}

/// The databases in the folders that were put aside beside the profile's own files.
fn kept_aside(profile: &Path) -> Result<Vec<Vec<u8>>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(profile)? {
        let file = entry?.path().join("radrum.db");
        found.extend(file.exists().then(|| fs::read(file)).transpose()?);
    }
    Ok(found)
}

fn fill_in(window: &Window) -> Result<()> {
    window.fill("#first-region", "Inlandet")?;
    window.fill("#first-municipality", "Dorotea")?;
    window.fill("#first-name", "Maja Lundmark")
}

fn files(stage: &Stage) -> Result<BTreeSet<String>> {
    fs::read_dir(stage.profile())?
        .map(|entry| entry?.file_name().into_string().ok().context("name"))
        .collect()
}
