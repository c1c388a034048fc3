//! From a question to a person, a card, a tick and a saved step, and a kill behind it.

use crate::driver::open_example;
use crate::stage::Stage;
use crate::window::Window;
use anyhow::Result;

/// The question of the journeys.
pub const QUESTION: &str = "vem kan adoption";

/// The card that answers it.
pub const CARD: &str = "Adoption – internationell";

const STEP: &str = "Ring familjerätten i Lycksele först: de har mallen, och åäö går fram.";

/// What stands below the question, from above: people, then the card with its matching line.
pub fn assert_people_stand_before_the_card(window: &Window) -> Result<()> {
    window.wait_text("section h2", "Handlingskort")?;
    let groups = window
        .ask("[...document.querySelectorAll('.search section h2')].map((h) => h.innerText)")?;
    assert_eq!(groups[0], "På ditt kontor");
    assert_eq!(groups[1], "I kretsen");
    assert_eq!(groups[2], "Handlingskort");
    window.wait(
        "the matching line of the card",
        "seen('a[href^=\"#/kort/adoption-international\"] .s mark')",
    )
}

/// The card shows the line that the question met.
pub fn assert_the_line_is_shown(window: &Window) -> Result<()> {
    window.wait_text("h1", CARD)?;
    window.wait(
        "the matching line in sight",
        "(() => { const row = seen('.aimed'); if (!row) return false;
          const { top, bottom } = row.getBoundingClientRect();
          return top >= 0 && bottom <= innerHeight && /adoption/i.test(row.innerText); })()",
    )
}

#[test]
fn a_search_leads_to_a_person_and_a_card_and_a_kill_takes_nothing_of_it() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    window.fill("#search", QUESTION)?;
    assert_people_stand_before_the_card(&window)?;
    window.click("a[data-row]", "Maja Lundmark")?;
    window.wait_text("h1", "Maja Lundmark")?;
    window.wait_text("section li", "adoption")?;

    window.click("nav a", "Sök")?;
    window.fill("#search", QUESTION)?;
    window.click("a[data-row]", CARD)?;
    assert_the_line_is_shown(&window)?;
    window.click("li input[type=checkbox]", "")?;
    window.wait_text(".ticks", "Bockarna är dina")?;

    window.click(".buttons a", "Redigera")?;
    window.fill("#edit-steps textarea", STEP)?;
    window.click("button", "Spara")?;
    window.wait_text("li label", STEP)?;
    window.kill(&stage)?;

    let window = open_example(&stage)?;
    window.fill("#search", QUESTION)?;
    window.click("a[data-row]", CARD)?;
    window.wait_text("h1", CARD)?;
    window.wait_text("li label", STEP)?;
    let first = window.ask("seen('li input[type=checkbox]').checked")?;
    assert_eq!(first, true, "the tick is gone");
    // The step can be found by its new words.
    window.click("nav a", "Sök")?;
    window.fill("#search", "ring familjerätten lycksele mallen")?;
    window.wait_text("a[href^='#/kort/'] .s", "Ring familjerätten i Lycksele")
}
