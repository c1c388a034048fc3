//! The one field finds the pages of Rådrum too, below all else.

use crate::driver::open_example;
use crate::keyboard::step_to;
use crate::stage::Stage;
use anyhow::Result;
use fantoccini::key::Key;

/// Headings of what was found, from above.
const HEADINGS: &str = "[...document.querySelectorAll('.search section h2')]
  .map((e) => e.innerText).join()";

#[test]
fn a_page_is_found_by_the_field_stands_last_and_is_opened_by_keyboard() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    window.fill("#search", "introduktion")?;
    window.wait_text("section h2", "Sidor i Rådrum")?;
    window.wait(
        "a list before it",
        &format!("{HEADINGS}.endsWith('Introduktion,Sidor i Rådrum')"),
    )?;
    window.fill("#search", "vem kan adoption")?;
    window.wait_text("section h2", "Handlingskort")?;
    window.wait("no page", "!seen('section h2', 'Sidor i Rådrum')")?;
    window.fill("#search", "vad får delas")?;
    step_to(
        &window,
        &[Key::Down],
        "e.innerText === 'Vad får delas här?'",
    )?;
    window.press(&[Key::Enter])?;
    window.wait_text("h1", "Vad får delas här?")
}
