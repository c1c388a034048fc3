//! A krets is founded, and a colleague comes in by letters and six digits.

use crate::access::Looks;
use crate::driver::open_desktop;
use crate::keyboard::step_to;
use crate::stage::Stage;
use crate::starts::found_with_passphrase;
use crate::window::Window;
use anyhow::{Context as _, Result};
use fantoccini::key::Key;
use serde_json::json;

fn open(stage: &Stage, size: &str, municipality: &str, name: &str) -> Result<Window> {
    let window = open_desktop(stage, &["--size", size])?;
    found_with_passphrase(&window, municipality, name)?;
    window.script("location.hash = '#/krets';", &[])?;
    window.wait_text("button, a", "Grunda en krets")?;
    Ok(window)
}

fn enter(window: &Window, words: &str) -> Result<()> {
    let wanted = format!("e.innerText.startsWith({})", json!(words));
    step_to(window, &[Key::Tab], &wanted)?;
    window.press(&[Key::Enter])
}

/// As a clipboard does it.
pub fn paste(window: &Window, selector: &str, text: &str) -> Result<()> {
    window.find(selector, "")?;
    let body = "const field = seen(arguments[0]); field.focus(); field.value = arguments[1];
        field.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste', bubbles: true }));";
    window
        .script(body, &[json!(selector), json!(text)])
        .map(drop)
}

fn shown(window: &Window, expression: &str) -> Result<String> {
    let value = window.ask(expression)?;
    let text = value.as_str().context(expression.to_string())?;
    Ok(text.to_string())
}

fn letter(window: &Window) -> Result<String> {
    window.find("textarea[readonly]", "")?;
    shown(window, "seen('textarea[readonly]').value")
}

fn digits(window: &Window) -> Result<String> {
    window.find(".digits", "")?;
    shown(window, "seen('.digits').innerText")
}

#[test]
fn a_krets_is_founded_with_keys_alone_and_its_root_keys_are_printed() -> Result<()> {
    let stage = Stage::new()?;
    let window = open(&stage, "1280x800", "Dorotea", "Maja Lundmark")?;
    let mut looks = Looks::new("grunda");
    looks.at(&window, "krets-ensam")?;
    enter(&window, "Grunda en krets")?;
    window.wait_text("h1", "Grunda en krets")?;
    looks.at(&window, "grunda")?;
    step_to(&window, &[Key::Tab], "e.id === 'krets-name'")?;
    window.press_letter(&[Key::Control], 'a')?;
    window.type_text("Inlandskretsen")?;
    window.press(&[Key::Enter])?;

    window.wait_text("h1", "Rotnycklar till Inlandskretsen")?;
    looks.at(&window, "rotnycklar")?;
    let keys = window.ask(
        "[...document.querySelectorAll('.key')].map((k) => k.textContent.replace(/\\s/g, '')).filter((k) => /^[0-9a-f]{64}$/.test(k)).length",
    )?;
    assert_eq!(keys, 3);
    window.script("window.print = () => { window.sheets = [...document.querySelectorAll('.sheet:not(.off-paper) h2')].map((h) => h.innerText); };", &[])?;
    enter(&window, "Skriv ut alla tre")?;
    let all = ["Rotnyckel 1 av 3", "Rotnyckel 2 av 3", "Rotnyckel 3 av 3"];
    window.until("three sheets", || {
        Ok(window.ask("window.sheets")? == json!(all))
    })?;
    step_to(
        &window,
        &[Key::Tab],
        "e.innerText.includes('Rotnyckel 2') && e.innerText.startsWith('Skriv ut')",
    )?;
    window.press(&[Key::Enter])?;
    window.until("one sheet", || {
        Ok(window.ask("window.sheets")? == json!([all[1]]))
    })?;

    // Hidden and shown again, the keys are still there; nothing else would bring them back.
    window.press_letter(&[Key::Control, Key::Shift], 'h')?;
    window.wait_text("h1", "Rådrum – dolt.")?;
    window.press_letter(&[Key::Control, Key::Shift], 'h')?;
    window.wait_text("h2", "Rotnyckel 3 av 3")?;
    enter(&window, "Klart")?;
    window.wait_text("[role=alert]", "Kryssa först i")?;
    step_to(&window, &[Key::Shift, Key::Tab], "e.type === 'checkbox'")?;
    window.press_letter(&[], ' ')?;
    enter(&window, "Klart")?;
    window.wait_text("a", "Bjud in en kollega")?;
    looks.at(&window, "krets-grundad")?;
    enter(&window, "Läs mer om vägen")?;
    window.wait_text("h2", "Till den som sköter reläet")?;
    looks.at(&window, "vagen")?;
    enter(&window, "Använd lokalt nät")?;
    window.wait_text("label", "Andra datorers adresser")?;
    looks.at(&window, "lokalt-nat")?;
    looks.assert_clean();
    Ok(())
}

#[test]
fn a_colleague_is_invited_by_letter_and_let_in_by_six_digits() -> Result<()> {
    let (home, away) = (Stage::new()?, Stage::new()?);
    let maja = open(&home, "1280x800", "Dorotea", "Maja Lundmark")?;
    let anna = open(&away, "480x800", "Sorsele", "Anna Öberg")?;
    let mut wide = Looks::new("bjud-in");
    let mut narrow = Looks::new("ga-med");
    maja.rpc("found_krets", json!({ "name": "Inlandskretsen" }))?;
    maja.script("location.hash = '#/krets/bjud-in'; location.reload();", &[])?;
    maja.click("label", "Någon som är här en tid")?;
    maja.click("button", "Skriv en inbjudan")?;
    maja.wait_text(".said", "Välj sista dagen.")?;
    wide.at(&maja, "0-gast")?;
    maja.click("label", "En ny kollega")?;
    maja.click("button", "Skriv en inbjudan")?;
    let invitation = letter(&maja)?;
    assert!(invitation.starts_with("Hej!"), "{invitation}");
    wide.at(&maja, "1-inbjudan")?;
    maja.click("summary", "Visa som QR-kod")?;
    maja.wait(
        "a code as wide as a camera needs",
        "document.querySelector('details svg').getBoundingClientRect().width >= 360",
    )?;
    wide.at(&maja, "1-inbjudan-qr")?;

    anna.click("a", "Gå med i en krets")?;
    paste(&anna, "#invitation", &invitation)?;
    narrow.at(&anna, "1-inbjudan")?;
    anna.click("button", "Skriv ansökan")?;
    let request = letter(&anna)?;
    narrow.at(&anna, "2-ansokan")?;
    anna.click("button", "Nu talas vi vid")?;

    maja.click("button", "Kollegan har svarat")?;
    paste(&maja, "#request", &invitation)?;
    maja.click("button", "Läs ansökan")?;
    maja.wait_text("[role=alert]", "Brevet går inte att läsa här.")?;
    wide.at(&maja, "2-fel-brev")?;
    paste(&maja, "#request", &request)?;
    maja.click("button", "Läs ansökan")?;
    maja.wait_text("p", "Ansökan säger att den kommer från Anna Öberg.")?;
    let first = digits(&maja)?;
    maja.fill("#answer", "000 000")?;
    maja.click("button", "Ta in i kretsen")?;
    maja.wait_text("[role=alert]", "Siffrorna stämde inte.")?;
    wide.at(&maja, "3-siffror")?;
    let question = digits(&maja)?;
    assert_ne!(first, question, "the same question twice");

    anna.fill("#question", &question)?;
    anna.click("button", "Visa mina siffror")?;
    let answer = digits(&anna)?;
    narrow.at(&anna, "3-siffror")?;
    maja.fill("#answer", &answer)?;
    maja.click("button", "Ta in i kretsen")?;
    maja.wait_text("h1", "Välkomstbrev")?;
    let welcome = letter(&maja)?;
    wide.at(&maja, "4-valkommen")?;

    anna.wait_text("h2", "Sa hen att koden stämde?")?;
    anna.click("button", "Ja, den stämde")?;
    paste(&anna, "#welcome", &welcome)?;
    narrow.at(&anna, "4-valkommen")?;
    anna.click("button", "Gå in i kretsen")?;
    anna.wait_text("[role=status]", "Du är med i Inlandskretsen.")?;
    narrow.at(&anna, "5-inne")?;
    maja.click("button", "Brevet är lämnat")?;
    maja.wait_text("dd", "2")?;
    wide.at(&maja, "5-krets")?;
    wide.assert_clean();
    narrow.assert_clean();
    Ok(())
}
