//! Nytt att veta: written, the cards that cite the rule found and marked, and read on a card.

use crate::access::Looks;
use crate::driver::open_desktop;
use crate::stage::Stage;
use anyhow::Result;
use serde_json::json;

/// A Tuesday.
const DAY: &str = "2026-11-24";

/// Picks a day: how one is typed hangs on the language of the desktop.
pub const PICK: &str = "
const [selector, day] = arguments;
const field = document.querySelector(selector);
field.value = day;
for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));";

#[test]
fn what_changed_is_written_finds_the_cards_that_cite_the_rule_and_stands_on_them() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_desktop(&stage, &["--demo", "--now", DAY])?;
    let mut looks = Looks::new("att-veta");
    window.wait_text("h2", "Nytt att veta")?;
    window.click("a", "Skriv nytt att veta")?;
    window.fill("#f-title", "Ny rutin för omhändertagande")?;
    window.fill("#f-body", "Polisen ringer kontoret en timme före.")?;
    window.script(PICK, &[json!("#f-from"), json!("2026-12-01")])?;
    window.fill("#f-statute", "13 c § lagen om vård av unga")?;
    window.click("button", "Leta kort")?;
    window.wait_text("section a.t", "LVU")?;
    window.wait_text("section .ground", "kontrollerad 2026-04-30")?;
    looks.at(&window, "1-hittade")?;
    window.click("button", "Märk alla som berörda")?;
    window.wait_text("p", "Alla är märkta som berörda.")?;
    window.click("button", "Spara")?;
    window.wait_text("h1", "Ny rutin för omhändertagande")?;
    window.wait_text("article .meta", "Gäller från 1 december 2026")?;
    looks.at(&window, "2-lasa")?;
    window.click("article a.t", "LVU")?;
    window.wait_text(
        "p.line a",
        "Nytt att veta: Ny rutin för omhändertagande, från 1 december 2026",
    )?;
    looks.at(&window, "3-kortet")?;
    window.click("p.line a", "Nytt att veta: Ny rutin")?;
    window.wait_text("h2", "Kort som berörs")?;
    window.ask("location.hash = '#/sok'")?;
    window.wait_text(".row .s", "kommer 1 december 2026")?;
    looks.at(&window, "4-start")?;
    window.ask("location.hash = '#/sok?q=rutin omhändertagande'")?;
    window.wait_text("section h2", "Nytt att veta")?;
    // Ended, it leaves the card.
    window.click("section a", "Ny rutin för omhändertagande")?;
    window.click("button", "Arkivera")?;
    window.click("dialog button", "Arkivera")?;
    window.wait_text("button", "Återställ")?;
    window.click("article a.t", "LVU")?;
    window.wait_text("h2", "Hela kortet")?;
    window.wait("the line to go", "!seen('p.line a', 'Nytt att veta')")?;
    looks.assert_clean();
    Ok(())
}
