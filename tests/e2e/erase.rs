//! A note is erased in the real window, and the page Borttaget says so and not what it said.

use crate::access::Looks;
use crate::driver::open_example;
use crate::stage::Stage;
use anyhow::{Context as _, Result};
use serde_json::json;

const WORD: &str = "kvällsgökottan";

#[test]
fn a_note_that_is_erased_is_told_of_and_found_nowhere() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    let mut looks = Looks::new("ta-bort");
    window.ask("location.hash = '#/anteckning/ny'")?;
    window.fill("#f-title", "Fel ärende")?;
    window.fill("#f-body", &format!("Om {WORD}."))?;
    window.click("button", "Spara")?;
    window.wait_text("article h1", "Fel ärende")?;
    let hash = window.ask("location.hash")?;
    let id = hash.as_str().and_then(|hash| hash.rsplit('/').next());
    let key = format!("note:{}", id.context("the address of the note")?);
    // Words that are like it lead to other notes too.
    let found = window.rpc("search", json!({ "text": WORD }))?;
    assert!(found.to_string().contains(&key), "{found}");

    window.click("button", "Ta bort…")?;
    window.wait_text("dialog h2", "Ta bort ”Fel ärende”?")?;
    looks.at(&window, "1-fraga")?;
    // It asks why, and for the decision when that is the reason.
    window.click("dialog button", "Ta bort för alla")?;
    window.wait_text("dialog .said", "Välj varför.")?;
    looks.at(&window, "2-varfor")?;
    window.click("dialog label", "Gallring enligt beslut")?;
    window.click("dialog button", "Ta bort för alla")?;
    window.wait_text("dialog .said", "Skriv vilket beslut det gäller.")?;
    looks.at(&window, "3-beslut")?;
    window.fill("dialog input[type=text]", "SN 2026/14")?;
    window.click("dialog button", "Ta bort för alla")?;

    window.wait_text("h1", "Borttaget")?;
    window.wait_text("h2", "Borttaget på den här datorn")?;
    window.wait_text("li .meta", "Gallring enligt beslut · SN 2026/14")?;
    looks.at(&window, "4-borttaget")?;
    looks.assert_clean();
    let text = window.ask("document.body.innerText")?.to_string();
    assert!(
        !text.contains("Fel ärende") && !text.contains(WORD),
        "{text}"
    );
    let found = window.rpc("search", json!({ "text": WORD }))?;
    assert!(!found.to_string().contains(&key), "{found}");
    // Back in the window's own history: what was there is gone from there too.
    window.ask("history.back()")?;
    window.wait_text("p", "Anteckningen finns inte här.")
}
