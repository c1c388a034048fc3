//! A stick goes from one office to the other: two web hosts in two browsers.

use crate::access::{assert_clean, look};
use crate::driver::{open_browser, webhost};
use crate::stage::Stage;
use crate::window::Window;
use anyhow::{Context as _, Result};
use radrum_tests::web::Web;
use serde_json::{Value, json};
use std::process::Stdio;

/// What is saved is kept as bytes, and what is chosen is what `window.chosen` holds.
pub const FILES: &str = "
URL.createObjectURL = (blob) => { window.saved = blob; return '#'; };
HTMLAnchorElement.prototype.click = function () {};
HTMLInputElement.prototype.click = function () {
  const given = new DataTransfer();
  given.items.add(new File([new Uint8Array(window.chosen)], 'stick.knyte'));
  this.files = given.files;
  this.dispatchEvent(new Event('change'));
};";

pub const BYTES: &str = "const [done] = arguments;
window.saved.arrayBuffer().then((bytes) => done([...new Uint8Array(bytes)]));";

/// A web host with a founded profile.
pub fn office(stage: &Stage, municipality: &str, name: &str) -> Result<Web> {
    let host = Web::start(&webhost(), |command| {
        stage.prepared(command).stderr(Stdio::null());
        command
            .arg("--profile")
            .arg(stage.home().join(municipality));
    })?;
    host.call("start", json!({}))?;
    let founded = json!({ "region": "Inlandskretsen", "municipality": municipality, "name": name,
        "role": null, "passphrase": "tre vanliga ord räcker" });
    host.call("found", founded)?;
    Ok(host)
}

/// By letters and six digits, as another journey does it in the window.
fn take_in(admin: &Web, new: &Web) -> Result<()> {
    admin.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let invitation = &admin.call("invite", json!({}))?["text"];
    let asked = new.call(
        "ask_to_join",
        json!({ "invitation": invitation, "name": "Anna Öberg" }),
    )?;
    let seen = admin.call("open_request", asked)?;
    let (id, question) = (&seen["invitation"], &seen["question"]);
    let told = new.call(
        "answer_check",
        json!({ "invitation": id, "question": question }),
    )?;
    let welcome = admin.call(
        "approve",
        json!({ "invitation": id, "answer": told["answer"] }),
    )?;
    new.call("accept_welcome", welcome).map(drop)
}

fn open(stage: &Stage, host: &Web) -> Result<Window> {
    let window = open_browser(stage, host.link())?;
    window.wait_text("h2", "Nytt i kretsen")?;
    window.script(FILES, &[])?;
    window.script("location.hash = '#/krets';", &[])?;
    window.wait_text("button", "Lägg på sticka")?;
    Ok(window)
}

fn read(window: &Window, stick: &Value) -> Result<()> {
    window.script("window.chosen = arguments[0];", std::slice::from_ref(stick))?;
    window.click("button", "Läs in från sticka")
}

/// Everything that one office has goes to the other.
pub fn on_stick(from: &Window, to: &Window) -> Result<()> {
    for window in [from, to] {
        window.script(FILES, &[])?;
        window.script("location.hash = '#/krets';", &[])?;
        window.wait_text("button", "Lägg på sticka")?;
    }
    from.click("button", "Lägg på sticka")?;
    from.wait_text("[role=status]", "i filen")?;
    let stick = from.script_async(BYTES, &[])?;
    read(to, &stick)?;
    to.wait_text("[role=status]", "ny")
}

#[test]
fn a_stick_is_written_in_one_office_and_read_in_another_with_a_receipt() -> Result<()> {
    let stage = Stage::new()?;
    let dorotea = office(&stage, "Dorotea", "Maja Lundmark")?;
    let sorsele = office(&stage, "Sorsele", "Anna Öberg")?;
    take_in(&dorotea, &sorsele)?;
    let note = json!({ "kind": "note", "window": "w", "edits": [
        { "edit": "set", "field": "title", "value": "Ring före nio, säger Åsa" }] });
    let note = dorotea.call("create_item", note)?;
    let mut report = Vec::new();

    let maja = open(&stage, &dorotea)?;
    maja.click("button", "Lägg på sticka")?;
    maja.wait_text("[role=status]", "saker ligger i filen")?;
    look(&maja, "skriven", &mut report)?;
    let stick = maja.script_async(BYTES, &[])?;
    let key = note["key"].as_str().context("key")?.replace("note:", "");
    let at = format!("#/anteckning/{key}/historik");
    maja.script("location.hash = arguments[0];", &[json!(at)])?;
    maja.click("summary", "Var finns den här ändringen?")?;
    maja.wait_text("li", "Lämnat datorn\nja")?;
    look(&maja, "var-finns-den", &mut report)?;

    let anna = open(&stage, &sorsele)?;
    read(&anna, &stick)?;
    anna.wait_text("[role=status]", "nya saker")?;
    look(&anna, "kvitto", &mut report)?;
    read(&anna, &stick)?;
    anna.wait_text("[role=status]", "Allt på stickan fanns redan här.")?;
    let mut damaged = stick.as_array().context("bytes")?.clone();
    let half = damaged.len() / 2;
    damaged[half] = json!((damaged[half].as_u64().unwrap_or_default() + 1) % 256);
    read(&anna, &Value::Array(damaged))?;
    anna.wait_text("[role=alert]", "Filen är skadad")?;
    look(&anna, "skadad", &mut report)?;

    anna.script("location.hash = '#/anteckningar';", &[])?;
    anna.wait_text("a.t", "Ring före nio, säger Åsa")?;
    assert_clean(&report);
    Ok(())
}
