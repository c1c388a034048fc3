//! A krets of one's own: founded in the window, its key in the computer's key store.

use crate::driver::open_desktop;
use crate::stage::Stage;
use crate::window::Window;
use anyhow::{Context as _, Result};
use std::collections::BTreeSet;
use std::fs;

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
