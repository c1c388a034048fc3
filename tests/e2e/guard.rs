//! A personnummer in a note is stopped, rewritten in one click and saved.

use crate::access::Looks;
use crate::driver::open_example;
use crate::stage::Stage;
use crate::window::Window;
use anyhow::Result;
use serde_json::json;

/// A published example of Skatteverket's; nobody has it.
const NUMBER: &str = "811218-9876";
const REWORDED: &str = "Om [personnummer borttaget], ring kontoret.";

fn body(window: &Window) -> Result<String> {
    let value = window.ask("document.querySelector('#f-body').value")?;
    Ok(value.as_str().unwrap_or_default().to_string())
}

#[test]
fn a_personnummer_in_a_note_is_stopped_and_rewritten_in_one_click() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    let mut looks = Looks::new("skydd");
    window.ask("location.hash = '#/anteckning/ny'")?;
    window.fill("#f-title", "Provanteckning om växeln")?;
    window.fill("#f-body", &format!("Om {NUMBER}, ring kontoret."))?;
    // As it is typed, below the field.
    window.wait_text(".guard li", "personnummer")?;
    window.wait_text(".guard li q", NUMBER)?;
    looks.at(&window, "1-under-faltet")?;

    window.click("button", "Spara")?;
    window.wait_text("dialog h2", "Kan texten peka ut någon?")?;
    window.wait_text("dialog", "säkerhetsbälte")?;
    looks.at(&window, "2-fraga")?;
    window.click("dialog button", "Ersätt med [personnummer borttaget]")?;
    window.wait_text("dialog [role=status]", "Du kan spara")?;
    looks.at(&window, "3-klart")?;
    assert_eq!(body(&window)?, REWORDED);
    window.click("dialog button", "Spara")?;
    window.wait_text("article h1", "Provanteckning om växeln")?;
    window.wait_text("article", REWORDED)?;
    let found = window.rpc("search", json!({ "text": NUMBER }))?;
    assert!(!found.to_string().contains("Provanteckning"), "{found}");

    window.ask("location.hash = '#/krets/delas'")?;
    window.wait_text("h1", "Vad får delas här?")?;
    window.wait_text("p", "SDK (Säker digital kommunikation)")?;
    looks.at(&window, "4-delas")?;
    looks.assert_clean();
    Ok(())
}
