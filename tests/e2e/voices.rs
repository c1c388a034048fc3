//! Two windows on one profile: the web host in two browsers.

use crate::driver::{open_browser, webhost};
use crate::stage::Stage;
use crate::window::Window;
use anyhow::Result;
use radrum_tests::web::Web;
use serde_json::json;
use std::process::Stdio;

const ONE: &str = "Ring först, skriv sedan.";
const OTHER: &str = "Skriv först, ring sedan.";
const STEP: &str = "#edit-steps textarea";

fn open_form(window: &Window) -> Result<()> {
    window.ask("location.hash = '#/kort/lvm/redigera'")?;
    window.find(STEP, "").map(drop)
}

fn write(window: &Window, text: &str) -> Result<()> {
    window.fill(STEP, text)?;
    window.wait_text("[role=status]", "utkast sparat")
}

fn both_stand(window: &Window) -> Result<()> {
    window.wait_text(".voices", "Här står två lydelser.")?;
    window.wait_text(".voices .voice", ONE)?;
    window.wait_text(".voices .voice", OTHER)
}

#[test]
fn two_windows_that_edit_one_step_leave_two_voices_until_someone_chooses() -> Result<()> {
    let stage = Stage::new()?;
    let host = Web::start(&webhost(), |command| {
        stage.prepared(command).stderr(Stdio::null());
        command
            .args(["--demo", "small", "--profile"])
            .arg(stage.profile());
    })?;
    let one = open_browser(&stage, host.link())?;
    one.wait_text("h2", "Nytt i kretsen")?;
    // The link is good for one window; the other is given what the first one has.
    let address = host.link().split('#').next().unwrap_or_default();
    let other = open_browser(&stage, address)?;
    other.script(
        "sessionStorage.setItem('radrum.token', arguments[0]); location.reload();",
        &[json!(host.token())],
    )?;
    other.wait_text("h2", "Nytt i kretsen")?;

    // Both forms stand on the same version.
    open_form(&one)?;
    open_form(&other)?;
    write(&one, ONE)?;
    write(&other, OTHER)?;
    one.click("button", "Spara")?;
    one.wait_text("li label", ONE)?;
    other.wait_text("[role=status]", "Ditt sparas bredvid.")?;
    other.click("button", "Spara")?;
    both_stand(&other)?;
    both_stand(&one)?;
    one.wait_text("p", "Du ändrade steg 1 på två håll.")?;

    one.click(".voices .voice:first-of-type button", "Låt denna gälla")?;
    for window in [&one, &other] {
        window.wait("one voice", "!document.querySelector('.voices')")?;
    }
    Ok(())
}
