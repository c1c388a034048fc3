//! A label is followed in one window; what a colleague writes about it elsewhere comes by the
//! relay, stands under "Nytt för dig", and the desktop says so without a word of what it is.

use crate::access::Looks;
use crate::driver::{desktop, open_desktop};
use crate::stage::{Stage, wait_for};
use crate::starts::found_with_passphrase;
use crate::stick::office;
use anyhow::{Context as _, Result};
use fantoccini::key::Key;
use radrum_tests::krets::{Calls as _, for_operator, take_in, use_relay};
use radrum_tests::relay::Relay;
use serde_json::{Value, json};
use std::fs::{self, File};
use std::process::Command;

const LABEL: &str = "label:familjehem";
const ASKED: &str = "Xylofonernas zebrafinkar?";

fn set(field: &str, value: &str) -> Value {
    json!({ "edit": "set", "field": field, "value": value })
}

#[test]
fn a_label_is_followed_and_what_comes_by_the_relay_is_told_until_it_is_read() -> Result<()> {
    let stage = Stage::new()?;
    let bus = stage.home().join("bus.txt");
    let mut monitor = Command::new("dbus-monitor");
    monitor.args(["--session", "interface='org.freedesktop.Notifications'"]);
    let _monitor = stage.spawn(monitor.stdout(File::create(&bus)?))?;
    let maja = open_desktop(&stage, &[])?;
    found_with_passphrase(&maja, "Dorotea", "Maja Lundmark")?;
    maja.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let program = desktop().parent().context("folder")?.join("radrum-relay");
    let krets = for_operator(&maja)?;
    let relay = Relay::start_program(&program, &stage.home().join("relay"), 0, &krets)?;
    use_relay(&maja, relay.address())?;
    let anna = office(&stage, "Sorsele", "Anna Öberg")?;
    take_in(&maja, &anna, "Anna Öberg", "Sorsele")?;
    // At whatever hour the test runs.
    let never_quiet = json!({ "on": true, "from": "00:00", "to": "00:00" });
    maja.call("choose_notices", never_quiet)?;

    let mut looks = Looks::new("nytt");
    maja.ask("location.hash = '#/nytt'")?;
    maja.wait_text("p", "Inget nytt sedan du tittade.")?;
    looks.at(&maja, "1-tomt")?;
    maja.click("a", "Se etiketterna")?;
    maja.click("a.t", "Familjehem")?;
    maja.wait_text("h1", "Familjehem")?;
    maja.click("button", "Följ")?;
    maja.wait_text("button", "Sluta följa")?;
    looks.at(&maja, "2-foljd")?;
    // The letter ends it, and begins it again.
    maja.press(&[Key::Tab])?;
    maja.type_text("f")?;
    maja.wait("no more", "!seen('button', 'Sluta följa')")?;
    maja.type_text("f")?;
    maja.wait_text("button", "Sluta följa")?;

    let owner = anna.call("start", json!({}))?["session"]["municipality"]["key"].clone();
    let edits = json!([
        set("text", ASKED),
        set("form", "question"),
        set("owner", owner.as_str().context("municipality")?),
        { "edit": "put", "set": "labels", "key": LABEL, "present": true },
    ]);
    let question = json!({ "kind": "question", "window": "w", "edits": edits });
    anna.call("create_item", question)?;
    maja.wait_text("a.t", ASKED)?;
    maja.ask("location.hash = '#/sok'")?;
    maja.wait_text(".s", "Ny fråga från Sorsele")?;
    looks.at(&maja, "3-start")?;
    maja.click("a", "Allt nytt för dig")?;
    maja.wait_text("h2", "Etikett: Familjehem")?;
    maja.wait_text("a.t", ASKED)?;
    looks.at(&maja, "4-nytt")?;
    maja.click("button", "Läst")?;
    maja.wait_text("p", "Inget nytt sedan du tittade.")?;
    maja.click("button", "Sluta följa")?;
    maja.wait_text("li", "Du följer inget ännu.")?;
    looks.assert_clean();

    wait_for("the notice of the desktop", || {
        Ok(fs::read_to_string(&bus)?.contains("Det finns nytt på något du följer."))
    })?;
    let said = fs::read_to_string(&bus)?;
    for secret in [ASKED, "Anna", "Sorsele", "Familjehem", "Inlandskretsen"] {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
    Ok(())
}
