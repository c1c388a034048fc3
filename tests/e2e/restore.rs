//! A new computer starts from a backup that is opened with the program, as from a file manager.

use crate::access::Looks;
use crate::driver::open_desktop;
use crate::stage::Stage;
use crate::window::Window;
use anyhow::{Context as _, Result};
use radrum_tests::krets::note;
use radrum_tests::office::{Office, Start};
use serde_json::json;
use std::path::Path;

const OF_FILE: &str = "tre älgar på vägen";
const NEW: &str = "fyra vanliga ord räcker";
const TITLE: &str = "Ring före nio, säger Åsa";

/// The backup of a computer that is gone.
fn backup(home: &Path, file: &Path) -> Result<()> {
    let gone = Office::founded(Start::own(&home.join("borta")))?;
    note(&gone, TITLE, "Annars svarar ingen.")?;
    let ticket = gone.host.tickets();
    let ticket = ticket.give(&gone.host.world(), file.to_path_buf())?;
    let args = json!({ "ticket": ticket, "passphrase": OF_FILE });
    gone.call("write_backup", args).map(drop)
}

fn sees_the_note(window: &Window) -> Result<()> {
    window.wait_text("h2", "Nytt i kretsen")?;
    window.ask("location.hash = '#/anteckningar'")?;
    window.wait_text("a.t", TITLE)
}

#[test]
fn a_new_computer_starts_from_a_backup_that_is_opened_with_the_program() -> Result<()> {
    let stage = Stage::new()?;
    let file = stage.home().join("Min säkerhetskopia.age");
    backup(stage.home(), &file)?;
    let mut looks = Looks::new("aterstall");
    let opened = file.to_str().context("path")?;
    let window = open_desktop(&stage, &[opened])?;
    window.wait_text("h1", "Återställ från säkerhetskopia")?;
    window.wait_text("[role=status]", "En fil är vald.")?;
    for (field, typed) in [
        ("#first-opens", NEW),
        ("#first-passphrase", NEW),
        ("#first-again", NEW),
    ] {
        window.fill(field, typed)?;
    }
    window.click("button", "Återställ")?;
    window.wait(
        "what is said of the wrong phrase",
        "seen('[role=alert]')?.innerText.length > 3",
    )?;
    looks.at(&window, "1-fel-fras")?;
    window.fill("#first-opens", OF_FILE)?;
    window.click("button", "Återställ")?;
    sees_the_note(&window)?;
    looks.at(&window, "2-aterstalld")?;
    window.kill(&stage)?;

    // It is a whole profile of its own, and the file is opened once: over it nothing is restored.
    let window = open_desktop(&stage, &[opened])?;
    window.wait_text("h1", "Lås upp Rådrum")?;
    window.fill("#passphrase", NEW)?;
    window.click("button", "Lås upp")?;
    sees_the_note(&window)?;
    looks.assert_clean();
    Ok(())
}
