//! *Sedan sist* in the real window: she comes back after weeks, reads what happened by keyboard,
//! puts it away, and it stays away.

use crate::access::Looks;
use crate::driver::{desktop, open_desktop};
use crate::keyboard::step_to;
use crate::stage::{Stage, wait_for};
use crate::starts::{PASSPHRASE, found_with_passphrase};
use crate::stick::office;
use crate::window::Window;
use anyhow::{Context as _, Result};
use fantoccini::key::Key;
use radrum_tests::krets::{Calls, for_operator, take_in, text, use_relay};
use radrum_tests::relay::Relay;
use serde_json::{Value, json};

const LEFT: &str = "2026-10-26";
const BACK: &str = "2026-11-20";
const ASKED: &str = "Vem har mött någon som äger arton hundar, två getter och en förrymd påfågel, och hur gjorde ni då?";

fn set(field: &str, value: &Value) -> Value {
    json!({ "edit": "set", "field": field, "value": value })
}

fn write(office: &impl Calls, kind: &str, edits: &[Value]) -> Result<String> {
    let args = json!({ "kind": kind, "window": "w", "edits": edits });
    text(&office.call("create_item", args)?, "key")
}

/// The window on a day, unlocked, on the start page.
fn come_back(stage: &Stage, args: &[&str]) -> Result<Window> {
    let all = [&["--now", BACK], args].concat();
    let window = open_desktop(stage, &all)?;
    window.fill("#passphrase", PASSPHRASE)?;
    window.click("button", "Lås upp")?;
    window.wait_text("h2", "Nytt i kretsen")?;
    Ok(window)
}

#[test]
fn weeks_away_are_told_in_the_window_read_by_keyboard_and_put_away_for_good() -> Result<()> {
    let stage = Stage::new()?;
    let maja = open_desktop(&stage, &["--now", LEFT])?;
    found_with_passphrase(&maja, "Dorotea", "Maja Lundmark")?;
    maja.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let program = desktop().parent().context("folder")?.join("radrum-relay");
    let krets = for_operator(&maja)?;
    let relay = Relay::start_program(&program, &stage.home().join("relay"), 0, &krets)?;
    use_relay(&maja, relay.address())?;
    let anna = office(&stage, "Sorsele", "Anna Öberg")?;
    take_in(&maja, &anna, "Anna Öberg", "Sorsele")?;
    let me = maja.call("start", json!({}))?["session"]["me"]["key"].clone();
    let asked = [
        set("text", &json!(ASKED)),
        set("form", &json!("question")),
        set("asker", &me),
    ];
    let question = write(&maja, "question", &asked)?;
    wait_for("the question", || {
        Ok(anna.call("question", json!({ "key": question })).is_ok())
    })?;
    assert_eq!(maja.ask("seen('h2', 'Sedan sist')")?, Value::Null);
    maja.kill(&stage)?;

    let owner = anna.call("start", json!({}))?["session"]["municipality"]["key"].clone();
    let answer = [
        set("question", &json!(question)),
        set("text", &json!("Vi ringde länsstyrelsen.")),
        set("form", &json!("answer")),
        set("owner", &owner),
    ];
    write(&anna, "answer", &answer)?;
    let card = [
        set("title", &json!("Djur i hemmet")),
        set("playbook", &json!("general")),
        set("owner", &owner),
    ];
    write(&anna, "playbook", &card)?;
    write(&anna, "note", &[set("title", &json!("Ring före nio"))])?;
    wait_for("all that she wrote at the relay", || {
        let road = anna.call("road", json!({}))?;
        Ok(road["phase"] == "up_to_date" && road["waiting"] == 0)
    })?;

    // A narrow window first; what came is still told after another start.
    let narrow = come_back(&stage, &["--size", "480x800"])?;
    let mut looks = Looks::new("sedan-sist");
    narrow.wait_text("h2", "Sedan sist (tre veckor)")?;
    narrow.wait_text(
        "section li a",
        "Nytt handlingskort från Sorsele: »Djur i hemmet«",
    )?;
    looks.at(&narrow, "1-smal")?;
    narrow.kill(&stage)?;

    let maja = come_back(&stage, &[])?;
    maja.wait_text("section li a", "Sorsele svarade på din fråga »Vem har mött")?;
    maja.wait_text("section li a", "Anna Öberg är ny i Sorsele")?;
    looks.at(&maja, "2-start")?;
    step_to(
        &maja,
        &[Key::Tab],
        "e.innerText === 'Och mer under Nytt för dig'",
    )?;
    maja.press(&[Key::Return])?;
    maja.wait_text("h1", "Nytt för dig")?;
    maja.wait_text("section p a", "anteckningar")?;
    looks.at(&maja, "3-nytt")?;
    step_to(
        &maja,
        &[Key::Tab],
        "e.innerText.startsWith('Sorsele svarade på din fråga')",
    )?;
    maja.press(&[Key::Return])?;
    maja.wait_text("h1", "arton hundar")?;

    maja.press_letter(&[Key::Control], 'k')?;
    maja.wait_text("h2", "Sedan sist (tre veckor)")?;
    step_to(&maja, &[Key::Tab], "e.innerText === 'Jag har läst'")?;
    maja.press(&[Key::Return])?;
    maja.wait("its end", "!seen('h2', 'Sedan sist')")?;
    maja.wait(
        "the focus in the field",
        "document.activeElement?.id === 'search'",
    )?;
    maja.kill(&stage)?;

    let maja = come_back(&stage, &[])?;
    maja.wait_text("a.t", "Vem har mött")?;
    assert_eq!(
        maja.call("since", json!({ "all": true }))?,
        Value::Null,
        "it stays away"
    );
    assert_eq!(maja.ask("seen('h2', 'Sedan sist')")?, Value::Null);
    looks.assert_clean();
    Ok(())
}
