//! From an empty search to a question that everybody can read, in two clicks and one field.

use crate::access::Looks;
use crate::driver::open_example;
use crate::stage::Stage;
use crate::window::Window;
use anyhow::Result;
use fantoccini::key::Key;
use serde_json::json;

const ASKED: &str = "Xylofonernas zebrafinkar?";

fn value(window: &Window, of: &str) -> Result<String> {
    let value = window.ask(&format!("document.querySelector('{of}').value"))?;
    Ok(value.as_str().unwrap_or_default().to_string())
}

#[test]
fn a_search_without_an_answer_becomes_a_question_in_two_clicks() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    let mut looks = Looks::new("fragor");
    window.fill("#search", ASKED)?;
    window.wait_text("p", "Inget som stämmer helt.")?;

    window.click(".onward a", "Fråga kretsen")?;
    window.wait_text("h1", "Fråga kretsen")?;
    assert_eq!(
        value(&window, "#f-text")?,
        ASKED,
        "what was typed came along"
    );
    looks.at(&window, "1-fraga")?;
    window.click("button", "Publicera")?;
    window.wait_text("article h1", ASKED)?;
    window.wait_text(".standing", "Öppen")?;
    looks.at(&window, "2-tom-trad")?;

    // Two who see it otherwise, and one who asks further.
    let key = window.ask("decodeURIComponent(location.hash.slice('#/fraga/'.length))")?;
    let question = format!("question:{}", key.as_str().unwrap_or_default());
    for (form, text) in [
        ("answer", "Vi tar vanlig glidvalla, kall."),
        ("other_experience", "Vi vaxar inte alls, det samlar grus."),
    ] {
        let edits = json!([
            { "edit": "set", "field": "question", "value": question },
            { "edit": "set", "field": "text", "value": text },
            { "edit": "set", "field": "form", "value": form },
            { "edit": "set", "field": "owner", "value": "municipality:mala" },
        ]);
        window.rpc(
            "create_item",
            json!({ "kind": "answer", "window": "w", "edits": edits }),
        )?;
    }
    window.wait_text(".thread", "Vi vaxar inte alls")?;
    window.click(".thread .link", "Lägg till")?;
    window.fill(".thread #f-text", "Vilken valla?")?;
    window.press(&[Key::Control, Key::Enter])?;
    window.wait_text(".replies", "Vilken valla?")?;
    looks.at(&window, "3-trad")?;

    window.click("button", "Ta till gruppen")?;
    window.wait_text(".standing", "tas upp i gruppen")?;
    window.click("nav a", "Frågor")?;
    window.wait_text("a.t", ASKED)?;
    window.wait_text(".row .s", "svar från Malå")?;
    looks.at(&window, "4-lista")?;
    looks.assert_clean();
    Ok(())
}

#[test]
fn a_question_is_two_clicks_and_one_field_from_the_start_page() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    window.click("a.btn", "Fråga kretsen")?;
    window.wait_text("h1", "Fråga kretsen")?;
    window.fill("#f-text", ASKED)?;
    window.click("button", "Publicera")?;
    window.wait_text("article h1", ASKED)
}
