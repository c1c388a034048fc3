//! Somebody new finds her introduction, ticks what she has done without a mouse, and sees whom
//! she can ring.

use crate::access::Looks;
use crate::driver::open_desktop;
use crate::keyboard::step_to;
use crate::stage::Stage;
use crate::window::Window;
use anyhow::{Context as _, Result};
use fantoccini::key::Key;
use serde_json::json;

/// A Tuesday on which nobody in Dorotea is away.
const DAY: &str = "2026-11-24";

/// A colleague who came today, and uses this computer.
fn come_as_new(window: &Window) -> Result<String> {
    let colleague = json!([
        { "edit": "set", "field": "title", "value": "Siv Norberg" },
        { "edit": "set", "field": "role", "value": "socialsekreterare" },
        { "edit": "set", "field": "owner", "value": "municipality:dorotea" },
    ]);
    let args = json!({ "kind": "member", "window": "w", "edits": colleague });
    let made = window.rpc("create_item", args)?;
    let key = made["key"].as_str().context("her key")?.to_string();
    window.rpc("choose_me", json!({ "key": key }))?;
    Ok(key)
}

#[test]
fn somebody_new_ticks_her_introduction_by_keyboard_and_sees_her_fadder() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_desktop(&stage, &["--demo", "--now", DAY])?;
    window.wait_text("h2", "Nytt i kretsen")?;
    let mut looks = Looks::new("introduktion");
    let siv = come_as_new(&window)?;
    window.ask("location.hash = '#/kort'")?;
    window.wait_text("h1", "Handlingskort")?;
    window.ask("location.hash = '#/sok'")?;
    window.wait_text("main a", "Börja med introduktionen")?;
    looks.at(&window, "1-start")?;

    step_to(
        &window,
        &[Key::Tab],
        "e.innerText === 'Ny här? Börja med introduktionen'",
    )?;
    window.press(&[Key::Return])?;
    window.wait_text("h1", "Introduktion")?;
    window.wait_text("main p", "Ingen fadder ännu.")?;
    window.wait_text("main a", "Fråga Maja Lundmark")?;
    looks.at(&window, "2-vilken-roll")?;
    step_to(
        &window,
        &[Key::Tab],
        "e.innerText === 'Ny socialsekreterare'",
    )?;
    window.press(&[Key::Return])?;
    window.wait_text("h1", "Ny socialsekreterare")?;
    window.wait_text("section h2", "Första året")?;

    step_to(&window, &[Key::Tab], "e.type === 'checkbox'")?;
    window.type_text(" ")?;
    window.wait("a tick", "!!document.querySelector('main input:checked')")?;
    window.until("the tick on the disk", || {
        let key = json!({ "key": "introduction:socialsekreterare" });
        let page = window.rpc("introduction", key)?;
        Ok(page["ticks"]
            .as_array()
            .is_some_and(|ticks| ticks.len() == 1))
    })?;
    looks.at(&window, "3-lista")?;

    let heads = window.rpc("head", json!({ "key": siv }))?["heads"].clone();
    let set = json!({ "edit": "set", "field": "fadder", "value": "member:kjell-strandgard" });
    let args = json!({ "key": siv, "heads": heads, "window": "w", "edits": [set] });
    window.rpc("edit_item", args)?;
    window.wait_text("section a", "Kjell Strandgård")?;
    window.wait(
        "her tick is still there",
        "!!document.querySelector('main input:checked')",
    )?;
    window.click("main a.btn", "Byt fadder")?;
    window.wait_text("dialog h2", "Min fadder")?;
    window.press(&[Key::Escape])?;
    window.wait_text("h1", "Siv Norberg")?;
    window.wait_text("section h2", "Din fadder")?;
    looks.at(&window, "4-egen-sida")?;

    // Her representative finds her on the page of the municipality, and sees no tick anywhere.
    window.rpc("choose_me", json!({ "key": "member:maja-lundmark" }))?;
    window.script("location.hash = '#/kommun'; location.reload();", &[])?;
    window.wait_text("section a", "Siv Norberg")?;
    let ticks = window
        .ask("!!document.querySelector('main input') || /bock/i.test(seen('main').innerText)")?;
    assert_eq!(
        ticks, false,
        "a tick is seen on the page of the municipality"
    );
    window.click("section a", "Välj fadder")?;
    window.wait_text("dialog h2", "Fadder för Siv Norberg")?;
    looks.assert_clean();
    Ok(())
}
