//! A note is erased in the real window, and the page Borttaget says so and not what it said.

use crate::axe::faults;
use crate::driver::open_example;
use crate::stage::Stage;
use anyhow::Result;
use serde_json::json;

const WORD: &str = "kvällsgökottan";

#[test]
fn a_note_that_is_erased_is_told_of_and_found_nowhere() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    window.ask("location.hash = '#/anteckning/ny'")?;
    window.fill("#f-title", "Fel ärende")?;
    window.fill("#f-body", &format!("Om {WORD}."))?;
    window.click("button", "Spara")?;
    window.wait_text("article h1", "Fel ärende")?;
    let found = window.rpc("search", json!({ "text": WORD }))?;
    assert!(found.to_string().contains("note:"), "{found}");

    window.click("button", "Ta bort…")?;
    window.wait_text("dialog h2", "Ta bort ”Fel ärende”?")?;
    assert_eq!(faults(&window)?, Vec::<String>::new());
    // It asks why, and for the decision when that is the reason.
    window.click("dialog button", "Ta bort för alla")?;
    window.wait_text("dialog .said", "Välj varför.")?;
    window.click("dialog label", "Gallring enligt beslut")?;
    window.click("dialog button", "Ta bort för alla")?;
    window.wait_text("dialog .said", "Skriv vilket beslut det gäller.")?;
    window.fill("dialog input[type=text]", "SN 2026/14")?;
    window.click("dialog button", "Ta bort för alla")?;

    window.wait_text("h1", "Borttaget")?;
    window.wait_text("h2", "Borttaget på den här datorn")?;
    window.wait_text("li .meta", "Gallring enligt beslut · SN 2026/14")?;
    assert_eq!(faults(&window)?, Vec::<String>::new());
    let text = window.ask("document.body.innerText")?.to_string();
    assert!(
        !text.contains("Fel ärende") && !text.contains(WORD),
        "{text}"
    );
    let found = window.rpc("search", json!({ "text": WORD }))?;
    assert!(!found.to_string().contains("note:"), "{found}");
    // Back in the window's own history: what was there is gone from there too.
    window.ask("history.back()")?;
    window.wait_text("p", "Anteckningen finns inte här.")
}
