//! The same journey without a mouse. Wherever the focus stops, it can be seen.

use crate::driver::open_example;
use crate::journey::{
    CARD, QUESTION, assert_people_stand_before_the_card, assert_the_line_is_shown,
};
use crate::stage::Stage;
use crate::window::Window;
use anyhow::{Context as _, Result, bail};
use fantoccini::key::Key;

/// More stops than any page has between two things of the journey.
const STOPS_MAX: usize = 120;

/// What is wrong with the place of the focus; empty when it is well visible.
const FAULT: &str = "(() => {
  const e = document.activeElement;
  if (['BODY', 'MAIN', 'H1'].includes(e.tagName)) return '';
  const name = `${e.tagName} ${e.id} ${(e.innerText || e.ariaLabel || '').slice(0, 60)}`;
  const style = getComputedStyle(e);
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const frame = e.id === 'search' && getComputedStyle(e.parentElement).borderTopColor ===
    getComputedStyle(document.querySelector('nav a[aria-current]')).color;
  if (!ring && !frame) return `no visible focus: ${name}`;
  const box = e.getBoundingClientRect();
  const x = box.left + box.width / 2, y = box.top + Math.min(box.height / 2, 12);
  if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return `out of sight: ${name}`;
  const top = document.elementFromPoint(x, y);
  return e.contains(top) || top?.contains(e) ? '' : `covered by ${top?.className}: ${name}`;
})()";

/// A stop may scroll first.
fn assert_focus_is_visible(window: &Window) -> Result<()> {
    let mut fault = String::new();
    let seen = window.until("a visible focus", || {
        fault = window.ask(FAULT)?.as_str().unwrap_or_default().to_string();
        Ok(fault.is_empty())
    });
    seen.with_context(|| fault)
}

/// After an action the focus stands somewhere: on the body a reader is lost. Tab may pass the body
/// on its way round the page, so [`step_to`] lets it.
fn assert_focus_is_kept(window: &Window) -> Result<()> {
    window.wait(
        "a place that has the focus",
        "document.activeElement && document.activeElement !== document.body",
    )?;
    assert_focus_is_visible(window)
}

/// Presses a key until the focus stands where an expression over `e` is true.
pub fn step_to(window: &Window, keys: &[Key], wanted: &str) -> Result<()> {
    for _ in 0..STOPS_MAX {
        window.press(keys)?;
        assert_focus_is_visible(window)?;
        if window.ask(&format!("((e) => !!({wanted}))(document.activeElement)"))? == true {
            return Ok(());
        }
    }
    bail!("the focus never comes to {wanted}")
}

fn ask_with_keys(window: &Window) -> Result<()> {
    window.press_letter(&[Key::Control], 'k')?;
    window.wait(
        "the search field",
        "document.activeElement?.id === 'search'",
    )?;
    assert_focus_is_visible(window)?;
    window.type_text(QUESTION)?;
    assert_people_stand_before_the_card(window)
}

#[test]
fn the_whole_journey_is_possible_with_keys_alone() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    ask_with_keys(&window)?;
    step_to(
        &window,
        &[Key::Down],
        "e.innerText.includes('Maja Lundmark')",
    )?;
    window.press(&[Key::Enter])?;
    window.wait_text("h1", "Maja Lundmark")?;
    assert_focus_is_kept(&window)?;

    ask_with_keys(&window)?;
    step_to(
        &window,
        &[Key::Down],
        &format!("e.innerText.includes('{CARD}')"),
    )?;
    window.press(&[Key::Enter])?;
    assert_the_line_is_shown(&window)?;
    assert_focus_is_kept(&window)?;
    step_to(&window, &[Key::Tab], "e.type === 'checkbox'")?;
    window.press_letter(&[], ' ')?;
    window.wait_text(".ticks", "Bockarna är dina")?;
    assert_focus_is_kept(&window)?;
    step_to(
        &window,
        &[Key::Shift, Key::Tab],
        "e.innerText === 'Redigera'",
    )?;
    window.press(&[Key::Enter])?;

    window.wait("the form", "document.activeElement?.id === 'f-title'")?;
    step_to(
        &window,
        &[Key::Tab],
        "e.closest('#edit-steps') && e.tagName === 'TEXTAREA'",
    )?;
    window.press(&[Key::Control, Key::End])?;
    window.type_text(" Skrivet utan mus, med åäö.")?;
    window.press(&[Key::Control, Key::Enter])?;
    window.wait_text("li label", "Skrivet utan mus, med åäö.")?;
    assert_focus_is_kept(&window)?;
    window.kill(&stage)?;

    let window = open_example(&stage)?;
    ask_with_keys(&window)?;
    step_to(
        &window,
        &[Key::Down],
        &format!("e.innerText.includes('{CARD}')"),
    )?;
    window.press(&[Key::Enter])?;
    window.wait_text("li label", "Skrivet utan mus, med åäö.")?;
    assert_eq!(window.ask("seen('li input[type=checkbox]').checked")?, true);
    Ok(())
}

#[test]
fn all_can_be_hidden_and_shown_again_with_keys() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    window.press_letter(&[Key::Control], 'n')?;
    window.wait("the form", "document.activeElement?.id === 'f-title'")?;
    window.type_text("Bara för oss")?;
    window.wait_text("[role=status]", "utkast sparat")?;
    window.press_letter(&[Key::Control, Key::Shift], 'h')?;
    window.wait_text("h1", "Rådrum – dolt.")?;
    let shown = window.ask("document.title + document.body.innerText")?;
    assert_eq!(
        shown,
        "RådrumRådrum – dolt. Tryck Ctrl+Skift+H för att visa."
    );
    // No other key shows anything.
    window.press_letter(&[Key::Control], 'k')?;
    assert_eq!(
        window.ask("document.querySelector('input, a, button')")?,
        serde_json::Value::Null
    );
    window.press_letter(&[Key::Control, Key::Shift], 'h')?;
    window.wait_text(".notice", "Du har ett utkast")?;
    window.press(&[Key::Enter])?;
    window.wait(
        "what was typed",
        "seen('#f-title')?.value === 'Bara för oss'",
    )
}
