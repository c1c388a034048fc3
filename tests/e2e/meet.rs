//! Two offices without network write the same step of the same card, and meet again: in two real
//! windows over the real relay, with kill -9 in between, and by a stick while the relay is dead.

use crate::driver::{desktop, open_browser, open_desktop};
use crate::stage::Stage;
use crate::starts::{PASSPHRASE, found_with_passphrase};
use crate::stick::{office, on_stick};
use crate::window::Window;
use anyhow::{Context as _, Result};
use radrum_tests::krets::{Calls, for_operator, take_in, use_relay};
use radrum_tests::relay::Relay;
use serde_json::{Value, json};
use std::path::Path;

const MAJAS: &str = "Ring först, skriv sedan.";
const ANNAS: &str = "Skriv först, ring sedan.";
const STEP: &str = "#edit-steps textarea";

impl Calls for Window {
    fn call(&self, command: &str, args: Value) -> Result<Value> {
        self.rpc(command, args)
    }
}

fn open_form(window: &Window) -> Result<()> {
    window.ask("location.hash = '#/kort/lvm/redigera'")?;
    window.find(STEP, "").map(drop)
}

fn write_step(window: &Window, text: &str) -> Result<()> {
    open_form(window)?;
    window.fill(STEP, text)?;
    window.wait_text("[role=status]", "utkast sparat")?;
    window.click("button", "Spara")?;
    window.wait_text("li label", text)
}

/// Both texts stand on the card, and a sentence says who wrote them.
fn both_stand(window: &Window, other: &str) -> Result<()> {
    window.ask("location.hash = '#/kort/lvm'")?;
    window.wait_text(".voices", "Här står två lydelser.")?;
    window.wait_text(".voices .voice", MAJAS)?;
    window.wait_text(".voices .voice", ANNAS)?;
    window.wait_text("p", &format!("Du och {other} ändrade båda steg 1."))
}

/// All that one has has come to the other, both ways.
fn level(one: &impl Calls, other: &impl Calls) -> Result<bool> {
    let quiet = |of: &dyn Fn(&str) -> Result<Value>| -> Result<(bool, Value)> {
        let road = of("road")?;
        let still = road["waiting"] == 0 && road["phase"] == "up_to_date";
        Ok((still, of("krets")?["entries"].clone()))
    };
    let one = quiet(&|command| one.call(command, json!({})))?;
    let other = quiet(&|command| other.call(command, json!({})))?;
    Ok(one.0 && other.0 && one.1 == other.1)
}

fn founded(stage: &Stage, municipality: &str, name: &str) -> Result<Window> {
    let window = open_desktop(stage, &[])?;
    found_with_passphrase(&window, municipality, name)?;
    Ok(window)
}

fn unlocked(stage: &Stage) -> Result<Window> {
    let window = open_desktop(stage, &[])?;
    window.wait_text("h1", "Lås upp Rådrum")?;
    window.fill("#passphrase", PASSPHRASE)?;
    window.click("button", "Lås upp")?;
    window.wait_text("h2", "Nytt i kretsen")?;
    Ok(window)
}

fn relay(home: &Path, port: u16, krets: &str) -> Result<Relay> {
    let program = desktop().parent().context("folder")?.join("radrum-relay");
    Relay::start_program(&program, &home.join("relay"), port, krets)
}

#[test]
fn two_windows_without_network_edit_one_step_and_show_both_after_kills_of_each_and_of_the_relay()
-> Result<()> {
    let (home, away) = (Stage::new()?, Stage::new()?);
    let maja = founded(&home, "Dorotea", "Maja Lundmark")?;
    maja.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let krets = for_operator(&maja)?;
    let running = relay(home.home(), 0, &krets)?;
    let port = running.port()?;
    use_relay(&maja, running.address())?;
    let anna = founded(&away, "Sorsele", "Anna Öberg")?;
    take_in(&maja, &anna, "Anna Öberg", "Sorsele")?;
    maja.until("both have the same cards", || level(&maja, &anna))?;

    // No network: the relay is killed, and both write.
    running.kill()?;
    write_step(&maja, MAJAS)?;
    write_step(&anna, ANNAS)?;
    anna.wait_text(".rail", "Väntar på att skickas")?;
    // What was acknowledged outlives a window that is killed.
    anna.kill(&away)?;
    let anna = unlocked(&away)?;

    // The relay comes back and is killed once more, in the middle of the meeting.
    let running = relay(home.home(), port, &krets)?;
    maja.call("retry_road", json!({}))?;
    maja.until("what Maja wrote is on the relay", || {
        Ok(maja.call("road", json!({}))?["waiting"] == 0)
    })?;
    running.kill()?;
    let _running = relay(home.home(), port, &krets)?;
    maja.call("retry_road", json!({}))?;
    anna.call("retry_road", json!({}))?;
    both_stand(&maja, "Anna Öberg")?;
    both_stand(&anna, "Maja Lundmark")?;

    maja.kill(&home)?;
    let maja = unlocked(&home)?;
    both_stand(&maja, "Anna Öberg")
}

#[test]
fn two_offices_without_any_relay_edit_one_step_and_show_both_after_a_stick_each_way() -> Result<()>
{
    let stage = Stage::new()?;
    let dorotea = office(&stage, "Dorotea", "Maja Lundmark")?;
    let sorsele = office(&stage, "Sorsele", "Anna Öberg")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    take_in(&dorotea, &sorsele, "Anna Öberg", "Sorsele")?;
    let maja = open_browser(&stage, dorotea.link())?;
    maja.wait_text("h2", "Nytt i kretsen")?;
    let anna = open_browser(&stage, sorsele.link())?;
    anna.wait_text("h2", "Nytt i kretsen")?;
    on_stick(&maja, &anna)?;
    on_stick(&anna, &maja)?;

    write_step(&maja, MAJAS)?;
    write_step(&anna, ANNAS)?;
    on_stick(&maja, &anna)?;
    both_stand(&anna, "Maja Lundmark")?;
    on_stick(&anna, &maja)?;
    both_stand(&maja, "Anna Öberg")
}
