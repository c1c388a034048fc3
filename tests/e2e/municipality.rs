//! The municipality's page and the chief's seven lines: found from where one looks, followed to
//! where a line is solved, printed.

use crate::access::Looks;
use crate::driver::open_desktop;
use crate::keyboard::step_to;
use crate::quiet::put_on_paper;
use crate::stage::Stage;
use crate::window::Window;
use anyhow::{Context as _, Result};
use fantoccini::key::Key;
use serde_json::json;

/// A Tuesday on which nobody in Dorotea is away.
const DAY: &str = "2026-11-24";

/// Lines of the chief's page.
const LINES: &str = "document.querySelectorAll('main ol > li').length";

/// Height of what stands on the page, set as wide as A4 between the margins, in CSS pixels.
const PAPER_HEIGHT: &str = "(() => {
  const main = document.querySelector('main');
  main.style.cssText = 'width: 180mm; padding: 0; margin: 0; min-height: 0; display: block';
  return Math.max(...[...main.querySelectorAll('*')].map((e) => e.getBoundingClientRect().bottom))
    - main.getBoundingClientRect().top;
})()";

/// 297 mm less the margins of 16 mm, at 96 pixels to the inch.
const A4_HEIGHT: f64 = 265.0 / 25.4 * 96.0;

fn edit(window: &Window, key: &str, field: &str, value: &str) -> Result<()> {
    let heads = window.rpc("head", json!({ "key": key }))?["heads"].clone();
    let set = json!({ "edit": "set", "field": field, "value": value });
    let args = json!({ "key": key, "heads": heads, "window": "w", "edits": [set] });
    window.rpc("edit_item", args).map(drop)
}

#[test]
fn the_chief_reads_seven_lines_follows_one_and_finds_the_rest_on_the_page_of_the_municipality()
-> Result<()> {
    let stage = Stage::new()?;
    let window = open_desktop(&stage, &["--demo", "--now", DAY])?;
    window.wait_text("h2", "Nytt i kretsen")?;
    let mut looks = Looks::new("kommun");
    let colleague = json!([
        { "edit": "set", "field": "title", "value": "Åsa Nyblom" },
        { "edit": "set", "field": "role", "value": "socialsekreterare" },
        { "edit": "set", "field": "owner", "value": "municipality:dorotea" },
    ]);
    window.rpc(
        "create_item",
        json!({ "kind": "member", "window": "w", "edits": colleague }),
    )?;
    edit(
        &window,
        "playbook:conflict-of-interest",
        "owner_role",
        "IFO-chef Dorotea",
    )?;
    edit(
        &window,
        "playbook:conflict-of-interest",
        "review_on",
        "2026-11-10",
    )?;

    // From the start page, without a mouse.
    step_to(
        &window,
        &[Key::Tab],
        "e.innerText === 'Det här behöver dig'",
    )?;
    window.press(&[Key::Return])?;
    window.wait_text("h1", "Det här behöver dig")?;
    window.wait_text("main li a", "skulle granskas 10 november 2026")?;
    assert_eq!(window.ask(LINES)?, 7);
    window.wait_text("main p", "Inget på den kräver att du är uppkopplad.")?;
    looks.at(&window, "1-behover-dig")?;

    step_to(
        &window,
        &[Key::Tab],
        "e.innerText.includes('Spelmissbruk: ingen har huvudansvar')",
    )?;
    window.press(&[Key::Return])?;
    window.wait_text("h1", "Vem gör vad")?;
    window.ask("history.back()")?;
    window.click("main a", "Resten står på kommunens sida")?;
    window.wait_text("h1", "Kommunens sida: Dorotea")?;
    for (heading, line) in [
        ("Ägare saknas", "Spelmissbruk: ingen har huvudansvar"),
        ("Granskas snart", "skulle granskas 10 november 2026"),
        ("Nya kollegor", "Åsa Nyblom"),
        ("Väntar på oss", ""),
        ("Få att fråga", "Medling"),
    ] {
        window.wait_text("section h2", heading)?;
        window.wait_text("section li a", line)?;
    }
    looks.at(&window, "2-kommun")?;

    // A line leads to where it is solved, and goes when it is.
    edit(
        &window,
        "playbook:conflict-of-interest",
        "review_on",
        "2027-11-10",
    )?;
    window.wait_text("section li", "Inget kort behöver granskas")?;
    window.click("section a", "Åsa Nyblom")?;
    window.wait_text("h1", "Åsa Nyblom")?;
    looks.assert_clean();
    Ok(())
}

#[test]
fn the_chiefs_page_is_one_sheet_and_says_so_calmly_when_nothing_needs_her() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_desktop(&stage, &["--demo", "--now", DAY])?;
    window.wait_text("h2", "Nytt i kretsen")?;
    window.ask("location.hash = '#/krets'")?;
    window.click("main a", "Det här behöver dig")?;
    window.wait_text("h1", "Det här behöver dig")?;
    assert_eq!(window.ask(LINES)?, 7);
    put_on_paper(&window)?;
    let height = window.ask(PAPER_HEIGHT)?.as_f64().unwrap_or(f64::MAX);
    assert!(height < A4_HEIGHT, "{height} px");

    // FoU holds no areas: with an owner for each card nothing is left for its chief.
    window.rpc("choose_me", json!({ "key": "member:annika-svedjeby" }))?;
    let page = window.rpc("own_municipality", json!({}))?;
    let cards = page["unowned"].as_array().context("cards")?;
    assert!(!cards.is_empty());
    for row in cards {
        let card = row["card"]["key"].as_str().context("key")?;
        edit(&window, card, "owner_role", "IFO-chef Malå")?;
    }
    window.wait_text("main p", "Inget behöver dig just nu.")?;
    assert_eq!(window.ask(LINES)?, 0);
    Ok(())
}
