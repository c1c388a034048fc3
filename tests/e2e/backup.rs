//! A backup is written and tried in one window, and a new computer starts from it in another.

use crate::access::{assert_clean, keep_picture, look};
use crate::driver::{open_browser, webhost};
use crate::stage::Stage;
use crate::stick::{BYTES, FILES, office};
use anyhow::{Context as _, Result};
use radrum_tests::web::Web;
use serde_json::{Value, json};
use std::process::Stdio;

const PASSPHRASE: &str = "tre älgar på vägen";

#[test]
fn a_backup_is_written_in_one_window_and_a_new_computer_starts_from_it() -> Result<()> {
    let stage = Stage::new()?;
    let mut report = Vec::new();
    let asele = office(&stage, "Åsele", "Maja Öhrn")?;
    let note = json!({ "kind": "note", "window": "w", "edits": [
        { "edit": "set", "field": "title", "value": "Ring före nio, säger Åsa" }] });
    asele.call("create_item", note)?;
    let maja = open_browser(&stage, asele.link())?;
    maja.wait_text("h2", "Nytt i kretsen")?;
    maja.script(FILES, &[])?;
    maja.script("location.hash = '#/krets/sakerhetskopia';", &[])?;
    maja.wait_text("h1", "Säkerhetskopia")?;
    maja.click("button", "Välj plats och skriv filen")?;
    maja.wait_text(".said", "Skriv minst tolv tecken.")?;
    look(&maja, "ny", &mut report)?;
    maja.fill("#first-passphrase", PASSPHRASE)?;
    maja.fill("#first-again", PASSPHRASE)?;
    maja.click("button", "Välj plats och skriv filen")?;
    maja.wait_text("[role=status]", "Klart.")?;
    let file = maja.script_async(BYTES, &[])?;
    maja.click("button", "Prova den nu")?;
    maja.wait_text("[role=status]", "Filen är hel")?;
    keep_picture(&maja, "sakerhetskopia", "provad")?;
    look(&maja, "provad", &mut report)?;

    let new = Web::start(&webhost(), |command| {
        stage.prepared(command).stderr(Stdio::null());
        command.arg("--profile").arg(stage.home().join("ny"));
    })?;
    let anew = open_browser(&stage, new.link())?;
    anew.wait_text("h1", "Välkommen till Rådrum")?;
    anew.script(FILES, &[])?;
    anew.click("button", "Återställ från säkerhetskopia")?;
    anew.wait_text("h1", "Återställ från säkerhetskopia")?;
    anew.click("button", "Återställ")?;
    anew.wait_text(".said", "Välj filen först.")?;
    keep_picture(&anew, "sakerhetskopia", "aterstall")?;
    look(&anew, "aterstall", &mut report)?;
    let mut damaged = file.as_array().context("bytes")?.clone();
    damaged.truncate(damaged.len() / 2);
    choose(&anew, &Value::Array(damaged))?;
    for (field, text) in [
        ("#first-opens", PASSPHRASE),
        ("#first-passphrase", "fyra vanliga ord räcker"),
        ("#first-again", "fyra vanliga ord räcker"),
    ] {
        anew.fill(field, text)?;
    }
    anew.click("button", "Återställ")?;
    anew.wait_text("[role=alert]", "Filen är ingen säkerhetskopia")?;
    choose(&anew, &file)?;
    anew.click("button", "Återställ")?;
    anew.wait_text("h2", "Nytt i kretsen")?;
    anew.script("location.hash = '#/anteckningar';", &[])?;
    anew.wait_text("a.t", "Ring före nio, säger Åsa")?;
    assert_clean(&report);
    Ok(())
}

fn choose(window: &crate::window::Window, file: &Value) -> Result<()> {
    window.script("window.chosen = arguments[0];", std::slice::from_ref(file))?;
    window.click("button", "Välj fil")?;
    window.wait_text("[role=status]", "En fil är vald.")
}
