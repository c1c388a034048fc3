//! Fastställd: a card is laid down without a mouse, changes, and is read as it stood.

use crate::access::Looks;
use crate::bulletins::PICK;
use crate::driver::open_desktop;
use crate::keyboard::step_to;
use crate::quiet::put_on_paper;
use crate::stage::Stage;
use crate::window::Window;
use anyhow::Result;
use fantoccini::key::Key;
use serde_json::json;

/// A Tuesday.
const DAY: &str = "2026-11-24";

fn set(window: &Window, key: &str, field: &str, value: &str) -> Result<()> {
    let heads = window.rpc("head", json!({ "key": key }))?["heads"].clone();
    let edit = json!({ "edit": "set", "field": field, "value": value });
    let args = json!({ "key": key, "heads": heads, "window": "w", "edits": [edit] });
    window.rpc("edit_item", args).map(drop)
}

#[test]
fn a_card_is_laid_down_by_keyboard_changes_and_is_read_as_it_stood() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_desktop(&stage, &["--demo", "--now", DAY])?;
    window.wait_text("h2", "Nytt i kretsen")?;
    let mut looks = Looks::new("faststalld");
    window.ask("location.hash = '#/kort/lvm'")?;
    window.wait_text("h2", "Hela kortet")?;
    step_to(&window, &[Key::Tab], "e.innerText === 'Fastställ …'")?;
    window.press(&[Key::Return])?;
    window.wait_text("dialog h2", "Fastställ kortet i Dorotea")?;
    looks.at(&window, "1-dialog")?;
    window.fill("#f-role", "IFO-chef")?;
    window.fill("#f-number", "SN 2026/00014")?;
    looks.at(&window, "2-ifylld")?;
    window.press(&[Key::Control, Key::Return])?;
    window.wait(
        "the end of the dialog",
        "!document.querySelector('dialog[open]')",
    )?;
    let said = "Fastställd i Dorotea 24 november 2026 av IFO-chef, nr SN 2026/00014";
    window.wait_text("section p", said)?;
    assert_eq!(
        window.ask("!!seen('section p', 'har ändrats sedan dess')")?,
        false
    );
    looks.at(&window, "3-kortet")?;

    // The card goes on, and the page says so.
    set(&window, "playbook:lvm", "title", "LVM i fjällen")?;
    window.wait_text("h1", "LVM i fjällen")?;
    window.wait_text("section p", "Kortet har ändrats sedan dess.")?;
    looks.at(&window, "4-andrat")?;
    step_to(
        &window,
        &[Key::Tab],
        "e.innerText.startsWith('Visa fastställd version')",
    )?;
    window.press(&[Key::Return])?;
    window.wait_text("article p", "Det här är kortet som det stod då.")?;
    window.wait_text("h1", "LVM")?;
    assert_eq!(window.ask("!!seen('h1', 'fjällen')")?, false);
    window.wait_text("article p", said)?;
    assert_eq!(
        window.ask("document.querySelectorAll('article input, article button.menu').length")?,
        0
    );
    looks.at(&window, "5-versionen")?;
    window.click("article a", "Se vad som har ändrats")?;
    window.wait_text("p", "Det här har ändrats sedan kortet fastställdes.")?;
    window.wait_text("li", "LVM i fjällen")?;
    looks.at(&window, "6-sedan-dess")?;

    // The page of the municipality, and the end.
    window.ask("location.hash = '#/kommun'")?;
    window.wait_text("section h2", "Fastställda kort")?;
    window.wait_text("section a.t", "LVM i fjällen")?;
    looks.at(&window, "7-kommun")?;
    window.click("section a", "Visa fastställd version")?;
    window.wait_text("article p", said)?;
    window.click("button", "Redigera")?;
    window.wait_text("dialog h2", "Ändra eller avsluta beslutet")?;
    window.wait("the field", "!!seen('#f-until')")?;
    window.script(PICK, &[json!("#f-until"), json!("2026-11-24")])?;
    looks.at(&window, "8-avsluta")?;
    window.click("dialog button", "Spara")?;
    window.wait_text("article p", "Gäller inte längre från 24 november 2026")?;
    put_on_paper(&window)?;
    assert_eq!(
        window.ask("!!seen('article p', 'Fastställd i Dorotea')")?,
        true
    );
    looks.assert_clean();
    Ok(())
}
