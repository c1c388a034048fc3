//! What is seen before a profile is open: founding, the passphrase, a damaged file.

use crate::access::{assert_clean, keep_picture, look};
use crate::driver::open_desktop;
use crate::stage::Stage;
use crate::window::Window;
use anyhow::Result;
use fantoccini::key::Key;

pub const PASSPHRASE: &str = "tre vanliga ord räcker";

fn look_at_starts(args: &[&str], pictures: &str) -> Result<()> {
    let stage = Stage::new()?;
    let mut report = Vec::new();
    let window = open_desktop(&stage, args)?;
    window.wait_text("h1", "Välkommen till Rådrum")?;
    keep_picture(&window, pictures, "forsta-start")?;
    look(&window, "forsta-start", &mut report)?;
    window.click("button", "Jag har en inbjudan")?;
    window.wait_text("h1", "Jag har en inbjudan")?;
    window.click("button", "Skriv ansökan")?;
    window.wait_text(".said", "Klistra in brevet först.")?;
    keep_picture(&window, pictures, "forsta-inbjuden")?;
    look(&window, "forsta-inbjuden", &mut report)?;
    window.click("button", "Jag har ingen inbjudan")?;
    window.wait_text("h1", "Välkommen till Rådrum")?;
    window.click("button", "Börja")?;
    window.wait_text(".said", "Fyll i det här.")?;
    look(&window, "forsta-start-fel", &mut report)?;
    found_with_passphrase(&window, "Dorotea", "Maja Lundmark")?;
    look(&window, "tom-krets", &mut report)?;
    window.kill(&stage)?;

    let window = open_desktop(&stage, args)?;
    window.wait_text("h1", "Lås upp Rådrum")?;
    keep_picture(&window, pictures, "las-upp")?;
    window.fill("#passphrase", "fel fras av misstag")?;
    window.click("button", "Lås upp")?;
    window.wait("what is said", "seen('.said')?.innerText.length > 3")?;
    look(&window, "las-upp-fel", &mut report)?;
    damage(&stage)?;
    window.fill("#passphrase", PASSPHRASE)?;
    window.click("button", "Lås upp")?;
    window.click("button", "Lägg undan filerna och börja om")?;
    window.wait_text("dialog h2", "Lägga undan filerna?")?;
    look(&window, "lagg-undan", &mut report)?;
    window.press(&[Key::Escape])?;
    window.wait(
        "the end of the dialog",
        "!document.querySelector('dialog[open]')",
    )?;
    keep_picture(&window, pictures, "skadad")?;
    look(&window, "skadad", &mut report)?;
    assert_clean(&report);
    Ok(())
}

/// The first run, to the start page.
pub fn found_with_passphrase(window: &Window, municipality: &str, name: &str) -> Result<()> {
    let typed = [
        ("#first-region", "Inlandet"),
        ("#first-municipality", municipality),
        ("#first-name", name),
        ("#first-passphrase", PASSPHRASE),
        ("#first-again", PASSPHRASE),
    ];
    for (field, text) in typed {
        window.fill(field, text)?;
    }
    window.click("button", "Börja")?;
    window.wait_text("h2", "Nytt i kretsen")
}

/// As a failing disk leaves the file: its beginning is other bytes.
fn damage(stage: &Stage) -> Result<()> {
    let file = stage.profile().join("radrum.db");
    let mut bytes = std::fs::read(&file)?;
    bytes.iter_mut().take(8_192).for_each(|byte| *byte ^= 0x5a);
    Ok(std::fs::write(&file, bytes)?)
}

#[test]
fn what_is_seen_before_a_profile_is_open_is_free_of_faults() -> Result<()> {
    look_at_starts(&[], "light-")?;
    look_at_starts(&["--dark"], "dark-")
}
