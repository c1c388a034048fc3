//! Baksidan without a mouse: a fault is told from the foot of a page and answered, and the welcome
//! text is written, read and put away.

use crate::access::Looks;
use crate::driver::open_example;
use crate::keyboard::step_to;
use crate::stage::Stage;
use crate::window::Window;
use anyhow::Result;
use fantoccini::key::Key;
use serde_json::json;

/// Goes with the keys to what reads so, and presses it.
fn press_by(window: &Window, keys: &[Key], text: &str) -> Result<()> {
    let reads = "e.textContent.replace(/\\s+/g, ' ').trim()";
    step_to(window, keys, &format!("{reads} === '{text}'"))?;
    window.press(&[Key::Return])
}

fn press(window: &Window, text: &str) -> Result<()> {
    press_by(window, &[Key::Tab], text)
}

/// To the field with this id.
fn to_field(window: &Window, id: &str) -> Result<()> {
    step_to(window, &[Key::Tab], &format!("e.id === '{id}'"))
}

#[test]
fn a_fault_is_told_from_the_foot_of_a_page_and_answered_on_baksidan() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    let mut looks = Looks::new("baksidan");
    window.ask("location.hash = '#/etiketter'")?;
    window.wait_text("h1", "Etiketter")?;
    press(&window, "Förslag eller fel på sidan?")?;
    window.wait_text("h1", "Nytt förslag eller fel")?;
    to_field(&window, "f-title")?;
    window.type_text("Zebraetiketten saknas")?;
    looks.at(&window, "1-nytt")?;
    window.press(&[Key::Control, Key::Enter])?;
    window.wait_text("h1", "Zebraetiketten saknas")?;
    window.wait_text("main a", "Till sidan som det skrevs på")?;
    looks.at(&window, "2-forslag")?;

    press_by(&window, &[Key::Shift, Key::Tab], "Förslag och fel")?;
    window.wait_text("a.t", "Zebraetiketten saknas")?;
    press(&window, "Zebraetiketten saknas")?;
    window.wait_text("h1", "Zebraetiketten saknas")?;
    press(&window, "Svara")?;
    window.wait_text("dialog h2", "Svara på")?;
    to_field(&window, "f-answer")?;
    window.type_text("Den kommer i maj.")?;
    window.press(&[Key::Control, Key::Enter])?;
    window.wait_text("main p", "Den kommer i maj.")?;
    window.click("main a", "Till sidan som det skrevs på")?;
    window.wait_text("h1", "Etiketter")?;
    looks.assert_clean();
    Ok(())
}

#[test]
fn the_welcome_text_is_written_on_baksidan_and_shown_on_the_start_page_until_it_is_put_away()
-> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    let mut looks = Looks::new("valkommen");
    window.ask("location.hash = '#/krets'")?;
    window.wait_text("h2", "Baksidan")?;
    press(
        &window,
        "Etiketter, förslag och fel, dubbletter, välkomsttext och arkiverat.",
    )?;
    window.wait_text("h1", "Baksidan")?;
    looks.at(&window, "1-baksidan")?;
    press(&window, "Välkomsttext")?;
    window.wait_text("h1", "Välkomsttext")?;
    press(&window, "Skriv välkomsttexten")?;
    to_field(&window, "f-text")?;
    window.type_text("Här ringer vi varandra.")?;
    window.press(&[Key::Control, Key::Enter])?;
    window.wait_text("main p", "Här ringer vi varandra.")?;

    window.ask("location.hash = '#/sok'")?;
    window.wait_text("main p", "Här ringer vi varandra.")?;
    looks.at(&window, "2-start")?;
    press(&window, "Lägg undan")?;
    window.wait(
        "nothing of it",
        "!seen('main p', 'Här ringer vi varandra.')",
    )?;
    window.ask("location.hash = '#/krets'")?;
    window.wait_text("main p", "Här ringer vi varandra.")?;
    looks.at(&window, "3-krets")?;
    looks.assert_clean();
    Ok(())
}

#[test]
fn two_questions_about_the_same_are_merged_on_baksidan_and_parted_again() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    let mut looks = Looks::new("dubbletter");
    for text in [
        "Vem har zebranycklarna i jul?",
        "Zebranycklarna, vem har dem?",
    ] {
        let edits = json!([
            { "edit": "set", "field": "text", "value": text },
            { "edit": "set", "field": "form", "value": "question" },
        ]);
        let args = json!({ "kind": "question", "window": "w", "edits": edits });
        window.rpc("create_item", args)?;
    }
    window.ask("location.hash = '#/baksidan'")?;
    window.wait_text("h1", "Baksidan")?;
    press(&window, "Slå ihop dubbletter")?;
    window.wait_text("h1", "Slå ihop dubbletter")?;
    to_field(&window, "alike-text")?;
    window.type_text("zebranycklarna")?;
    window.wait_text("li a", "Zebranycklarna, vem har dem?")?;
    looks.at(&window, "1-liknande")?;
    press(
        &window,
        "Slå ihop med en annan: Zebranycklarna, vem har dem?",
    )?;
    window.wait_text("dialog label", "Vem har zebranycklarna i jul?")?;
    step_to(&window, &[Key::Tab], "e.type === 'radio'")?;
    let other = "e.closest('label')?.innerText.includes('zebranycklarna i jul')";
    if window.ask(&format!("((e) => {other})(document.activeElement)"))? != true {
        step_to(&window, &[Key::Down], other)?;
    }
    window.press_letter(&[], ' ')?;
    looks.at(&window, "2-valj")?;
    press(&window, "Slå ihop")?;
    window.wait_text("section li", "leder till")?;
    looks.at(&window, "3-ihop")?;
    window.click("section li a", "Zebranycklarna, vem har dem?")?;
    window.wait_text(".notice", "Gäller samma sak som")?;
    looks.at(&window, "4-fraga")?;
    press(&window, "Skilj dem åt")?;
    window.wait("no notice", "!seen('.notice', 'Gäller samma sak som')")?;
    looks.assert_clean();
    Ok(())
}

#[test]
fn an_area_that_is_archived_on_krets_leaves_the_lists_and_stands_on_baksidan() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    window.ask("location.hash = '#/krets'")?;
    window.click("summary h2", "Områden")?;
    window.click("li .tools button:last-child", "Dödsbo")?;
    window.wait_text("dialog h2", "Arkivera Dödsbo")?;
    window.click("dialog button", "Arkivera")?;
    window.wait("no such area", "!seen('li .title', 'Dödsbo')")?;
    window.ask("location.hash = '#/baksidan'")?;
    window.wait_text("section li", "Dödsbo")
}
