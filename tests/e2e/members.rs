//! A colleague is taken out of the krets, with a confirmation that says what happens.

use crate::access::Looks;
use crate::driver::{desktop, open_desktop};
use crate::stage::Stage;
use crate::starts::found_with_passphrase;
use crate::stick::office;
use anyhow::{Context as _, Result};
use radrum_tests::krets::{Calls as _, for_operator, is_shut_out, take_in, use_relay};
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

    let mut looks = Looks::new("kollegor");
    maja.ask("location.hash = '#/krets/kollegor'")?;
    maja.wait_text("h1", "Kollegor och datorer")?;
    maja.wait_text("b", "Anna Öberg")?;
    looks.at(&maja, "1-kollegor")?;
    maja.click("button", "Ge rätt att ta bort")?;
    maja.wait_text("dialog h2", "Ge Anna Öberg rätt att ta bort?")?;
    looks.at(&maja, "2-ge-ratt")?;
    maja.click("dialog button", "Ge rätten")?;
    maja.wait_text("[role=status]", "Anna Öberg får ta bort")?;
    maja.wait_text("li .name", "får ta bort åt kommunen")?;
    maja.click("button", "Ta ut ur kretsen")?;
    maja.wait_text("dialog h2", "Ta ut Anna Öberg ur kretsen?")?;
    maja.wait_text("dialog p", "ligger kvar")?;
    looks.at(&maja, "3-ta-ut")?;
    maja.click("dialog button", "Avbryt")?;
    maja.wait_text("b", "Anna Öberg")?;
    maja.click("a", "Gör till representant")?;
    maja.wait_text("h1", "Gör Anna Öberg till representant")?;
    maja.click("button", "Gör till representant")?;
    maja.wait_text(".said", "Skriv båda nycklarna.")?;
    looks.at(&maja, "4-representant")?;
    maja.ask("location.hash = '#/krets/kommuner'")?;
    maja.wait_text("h1", "Kommuner som kommer, går eller slås ihop")?;
    maja.click("button", "Bestäm")?;
    maja.wait_text(".said", "Välj vilken kommun det gäller.")?;
    maja.wait_text(".said", "Välj den andra kommunen.")?;
    looks.at(&maja, "5-kommuner")?;
    maja.ask("location.hash = '#/krets/kollegor'")?;
    maja.click("button", "Ta ut ur kretsen")?;
    maja.wait_text("dialog h2", "Ta ut Anna Öberg ur kretsen?")?;
    maja.click("dialog button", "Ta ut")?;
    maja.wait_text("[role=status]", "Anna Öberg är inte längre med i kretsen.")?;
    maja.until("she is not in the list", || {
        Ok(maja.ask("!document.body.innerText.includes('Ta ut ur kretsen')")? == json!(true))
    })?;
    maja.until("the relay lets her in no more", || is_shut_out(&anna))?;

    maja.ask("location.hash = '#/krets/nycklar'")?;
    maja.wait_text("h1", "Rotnycklarna")?;
    looks.at(&maja, "6-nycklar")?;
    let key = |at: usize| roots["keys"][at].as_str().context("key");
    maja.fill("#root-0", key(0)?)?;
    maja.fill("#root-1", key(0)?)?;
    maja.click("button", "Prova nycklarna")?;
    maja.wait_text("[role=alert]", "Det är inte två olika rotnycklar")?;
    maja.fill("#root-1", key(2)?)?;
    maja.click("button", "Prova nycklarna")?;
    maja.wait_text("[role=status]", "Rätt. Det är rotnyckel 1 och 3.")?;
    looks.assert_clean();
    Ok(())
}
