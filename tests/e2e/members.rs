//! A colleague is taken out of the krets, with a confirmation that says what happens.

use crate::access::{assert_clean, look};
use crate::driver::{desktop, open_desktop};
use crate::stage::Stage;
use crate::starts::found_with_passphrase;
use crate::stick::office;
use anyhow::{Context as _, Result};
use radrum_tests::krets::{Calls as _, for_operator, take_in, use_relay};
use radrum_tests::relay::Relay;
use serde_json::json;

#[test]
fn a_colleague_is_taken_out_and_the_root_keys_are_tried() -> Result<()> {
    let stage = Stage::new()?;
    let maja = open_desktop(&stage, &[])?;
    found_with_passphrase(&maja, "Dorotea", "Maja Lundmark")?;
    let roots = maja.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let program = desktop().parent().context("folder")?.join("radrum-relay");
    let krets = for_operator(&maja)?;
    let relay = Relay::start_program(&program, &stage.home().join("relay"), 0, &krets)?;
    use_relay(&maja, relay.address())?;
    let anna = office(&stage, "Sorsele", "Anna Öberg")?;
    take_in(&maja, &anna, "Anna Öberg", "Sorsele")?;

    let mut report = Vec::new();
    maja.ask("location.hash = '#/krets/kollegor'")?;
    maja.wait_text("h1", "Kollegor och datorer")?;
    maja.wait_text("b", "Anna Öberg")?;
    look(&maja, "kollegor", &mut report)?;
    maja.click("button", "Ta ut ur kretsen")?;
    maja.wait_text("dialog h2", "Ta ut Anna Öberg ur kretsen?")?;
    maja.wait_text("dialog p", "ligger kvar")?;
    look(&maja, "ta-ut", &mut report)?;
    maja.click("dialog button", "Avbryt")?;
    maja.wait_text("b", "Anna Öberg")?;
    maja.click("button", "Ta ut ur kretsen")?;
    maja.wait_text("dialog h2", "Ta ut Anna Öberg ur kretsen?")?;
    maja.click("dialog button", "Ta ut")?;
    maja.wait_text("[role=status]", "Anna Öberg är inte längre med i kretsen.")?;
    maja.until("she is not in the list", || {
        Ok(maja.ask("!document.body.innerText.includes('Ta ut ur kretsen')")? == json!(true))
    })?;
    maja.until("the relay lets her in no more", || {
        anna.call("retry_road", json!({}))?;
        Ok(anna.call("road", json!({}))?["problem"] == "sync_not_on_roster")
    })?;

    maja.ask("location.hash = '#/krets/nycklar'")?;
    maja.wait_text("h1", "Rotnycklarna")?;
    look(&maja, "nycklar", &mut report)?;
    let key = |at: usize| roots["keys"][at].as_str().context("key");
    maja.fill("#root-0", key(0)?)?;
    maja.fill("#root-1", key(0)?)?;
    maja.click("button", "Prova nycklarna")?;
    maja.wait_text("[role=alert]", "Det är inte två olika rotnycklar")?;
    maja.fill("#root-1", key(2)?)?;
    maja.click("button", "Prova nycklarna")?;
    maja.wait_text("[role=status]", "Rätt. Det är rotnyckel 1 och 3.")?;
    assert_clean(&report);
    Ok(())
}
