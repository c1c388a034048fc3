//! Before somebody goes, what she answers for is given to another in one save.

use crate::access::Looks;
use crate::driver::open_example;
use crate::stage::Stage;
use crate::window::Window;
use anyhow::{Context as _, Result};
use serde_json::{Value, json};

/// Chooses in a list as a person does.
const CHOOSE: &str = "
const [selector, key] = arguments;
const list = document.querySelector(selector);
list.value = key;
list.dispatchEvent(new Event('change', { bubbles: true }));";

fn held(window: &Window, member: &str) -> Result<Vec<Value>> {
    let page = window.rpc("handing_over", json!({ "key": member }))?;
    Ok(page["held"].as_array().context("held")?.clone())
}

/// Two colleagues: one who answers for several things, and one who is none of these herself.
fn two_colleagues(window: &Window) -> Result<(Value, Value, Vec<Value>)> {
    let members = window.rpc("members", json!({ "municipality": null }))?;
    let members = members.as_array().context("members")?;
    for leaver in members {
        let things = held(window, leaver["key"].as_str().context("key")?)?;
        let heir = members.iter().find(|of| {
            of["key"] != leaver["key"] && things.iter().all(|thing| thing["key"] != of["key"])
        });
        if let (true, Some(heir)) = (things.len() > 1, heir) {
            return Ok((leaver.clone(), heir.clone(), things));
        }
    }
    anyhow::bail!("nobody answers for two things")
}

#[test]
fn what_a_colleague_answers_for_goes_to_another_in_one_save() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    let (leaver, heir, things) = two_colleagues(&window)?;
    let (from, to) = (
        leaver["key"].as_str().context("key")?,
        heir["key"].as_str().context("key")?,
    );
    let mut looks = Looks::new("lamna-over");
    let at = format!("#/krets/lamna-over/{}", from.replace(':', "%3A"));
    window.script("location.hash = arguments[0];", &[json!(at)])?;
    window.wait_text("h1", "Lämna över efter")?;
    window.script(CHOOSE, &[json!("#heir-all"), json!("")])?;
    window.click("button", "Lämna över")?;
    window.wait_text(".said", "Välj först vem som tar över.")?;
    looks.at(&window, "1-ingen-vald")?;
    window.script(CHOOSE, &[json!("#heir-all"), json!(to)])?;
    window.click("button", &format!("Lämna över {} saker", things.len()))?;
    let name = heir["title"].as_str().context("title")?;
    window.wait_text("[role=status]", &format!("är överlämnade till {name}"))?;
    looks.at(&window, "2-overlamnat")?;

    assert_eq!(held(&window, from)?, Vec::<Value>::new());
    let hers = held(&window, to)?;
    for thing in &things {
        // A task stands at its holder; the rest stays where it is and names another.
        let is_duty = thing["field"] == "duty";
        let same = |of: &Value, what: &str| of[what] == thing[what];
        let has = |of: &&Value| match is_duty {
            true => same(of, "duty"),
            false => same(of, "key") && same(of, "field"),
        };
        assert!(hers.iter().any(|of| has(&of)), "{thing}");
    }
    // It stands after a new start as well.
    window.kill(&stage)?;
    let window = open_example(&stage)?;
    assert_eq!(held(&window, from)?, Vec::<Value>::new());
    looks.assert_clean();
    Ok(())
}
