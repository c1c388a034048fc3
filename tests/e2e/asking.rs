//! Whom to ask: the first answer is somebody who can be reached today, and an office's own order
//! of asking is found, read, reordered and followed.

use crate::access::Looks;
use crate::driver::open_desktop;
use crate::stage::Stage;
use crate::window::Window;
use anyhow::Result;
use serde_json::json;

/// A Tuesday on which nobody in Dorotea is away.
const DAY: &str = "2026-11-24";

/// The very first answer below the field, in words.
const FIRST: &str = "(document.querySelector('.search section a[data-row]')?.innerText ?? '')";

fn wait_first(window: &Window, words: &[&str]) -> Result<()> {
    let all = json!(words);
    let said = format!(
        "(() => {{ const said = {FIRST}; return {all}.every((word) => said.includes(word)); }})()"
    );
    window.wait(&format!("the first answer to say {words:?}"), &said)
}

fn take_away(window: &Window, member: &str) -> Result<()> {
    let heads = window.rpc("head", json!({ "key": member }))?["heads"].clone();
    let away = json!({ "edit": "add", "list": "away", "id": "00000000000000000000aa",
                       "fields": { "from": DAY, "to": "2026-11-27" }, "after": null });
    let args = json!({ "key": member, "heads": heads, "window": "w", "edits": [away] });
    window.rpc("edit_item", args).map(drop)
}

#[test]
fn the_first_answer_can_be_reached_today_and_follows_the_order_that_the_office_wrote() -> Result<()>
{
    let stage = Stage::new()?;
    let window = open_desktop(&stage, &["--demo", "--now", DAY])?;
    window.wait("the start page", "seen('h2', 'Nytt i kretsen')")?;
    let mut looks = Looks::new("vem-fragar");
    window.fill("#search", "vem kan adoption")?;
    let why = [
        "Maja Lundmark",
        "har mött adoption 2023",
        "på plats i dag",
        "ditt kontor",
    ];
    wait_first(&window, &why)?;
    looks.at(&window, "1-forst")?;

    // She goes away: somebody else stands first, and she below with her days.
    take_away(&window, "member:maja-lundmark")?;
    window.fill("#search", "vem kan adoption ")?;
    window.wait(
        "somebody else first",
        &format!("!{FIRST}.includes('Maja') && {FIRST}.includes('på plats i dag')"),
    )?;
    window.wait_text("a[data-row] .s", "borta 24–27 nov")?;

    // The order of the office is found, and says who is asked instead.
    window.fill("#search", "vem frågar jag dorotea")?;
    window.wait_text("section h2", "Vem frågar jag?")?;
    wait_first(&window, &["Oskar Myrberg", "ersätter Maja Lundmark"])?;
    looks.at(&window, "2-hittad")?;
    window.click("a[data-row]", "IFO Dorotea")?;
    window.wait_text("h1", "Vem frågar jag? IFO Dorotea")?;
    window.wait_text("ol li", "Fråga i stället: Oskar Myrberg")?;
    window.wait_text("ol li", "Får besluta om")?;
    looks.at(&window, "3-ordning")?;

    // Everybody may change it: the chief first.
    window.click("button", "Redigera")?;
    window.wait_text("label", "Får besluta om")?;
    looks.at(&window, "4-redigera")?;
    window.script(
        "document.querySelectorAll('[data-move=up]')[1].click()",
        &[],
    )?;
    window.click("button", "Spara")?;
    window.wait(
        "the chief first",
        "document.querySelector('ol li')?.innerText.includes('Kerstin Tjärnlund')",
    )?;
    window.click("nav a", "Sök")?;
    window.fill("#search", "qwzxjqwzxj")?;
    wait_first(
        &window,
        &["Kerstin Tjärnlund", "först i Vem frågar jag", "ditt kontor"],
    )?;
    looks.at(&window, "5-foljs")?;
    looks.assert_clean();
    Ok(())
}

#[test]
fn a_colleague_is_proposed_a_line_and_takes_it_up_herself() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_desktop(&stage, &["--demo", "--now", DAY])?;
    window.wait("the start page", "seen('h2', 'Nytt i kretsen')")?;
    let mut looks = Looks::new("forslag");
    window.ask("location.hash = '#/person/maja-lundmark'")?;
    window.click("a.btn", "Föreslå en rad")?;
    window.wait_text("dialog h2", "Föreslå en rad till Maja Lundmark")?;
    window.fill("dialog #f-note", "satt med vid förhandlingen")?;
    looks.at(&window, "1-foresla")?;
    let edits = json!([
        { "edit": "set", "field": "member", "value": "member:elin-granstrom" },
        { "edit": "set", "field": "area", "value": "area:gambling" },
        { "edit": "set", "field": "level", "value": "met" },
    ]);
    window.press(&[fantoccini::key::Key::Escape])?;
    // Oskar proposes one to Elin, whose computer this is.
    let me = |slug: &str| window.rpc("choose_me", json!({ "key": format!("member:{slug}") }));
    me("oskar-myrberg")?;
    window.rpc(
        "create_item",
        json!({ "kind": "proposal", "window": "w", "edits": edits }),
    )?;
    me("elin-granstrom")?;
    window.ask("location.hash = '#/person/elin-granstrom'")?;
    window.wait_text("h2", "Föreslaget till dig")?;
    window.wait_text("section li", "förslag från Oskar Myrberg")?;
    looks.at(&window, "2-vantar")?;
    window.click("button", "Ta upp")?;
    window.wait_text("section li", "har mött spelmissbruk")?;
    window.wait("nothing waits", "!seen('h2', 'Föreslaget till dig')")?;
    looks.assert_clean();
    Ok(())
}
