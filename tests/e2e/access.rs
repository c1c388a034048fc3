//! No page has a fault that axe-core finds, in light and in dark, wide and narrow.

use crate::axe;
use crate::driver::open_desktop;
use crate::pages::{BETWEEN, PAGES, Page};
use crate::stage::Stage;
use crate::window::Window;
use anyhow::{Context as _, Result};
use fantoccini::key::Key;
use serde_json::json;
use std::path::PathBuf;

/// Opens all that is folded on the page.
const UNFOLD: &str = "
for (const one of document.querySelectorAll('main details')) one.open = true;
for (const one of document.querySelectorAll('main [aria-expanded=false]')) one.click();";

/// What stands for what in the addresses of [`PAGES`].
type Names = [(&'static str, String); 6];

/// What the pages show that the Exempelkrets does not hold by itself. Gives the names of a note, a
/// question with answers, a request to think along and a suggestion.
fn prepare(window: &Window) -> Result<Names> {
    let card = window.rpc("playbook", json!({ "key": "playbook:lvu" }))?;
    let step = &card["card"]["steps"][0]["id"];
    for text in ["Bredvid det andra.", "Bredvid det ena."] {
        let edit = json!({ "edit": "set_in", "list": "steps", "id": step, "field": "text", "value": text });
        let args = json!({ "key": "playbook:lvu", "heads": card["head"]["heads"], "window": "a", "edits": [edit] });
        window.rpc("edit_item", args)?;
    }
    let key = "external_contact:tingsratten";
    let contact = window.rpc("head", json!({ "key": key }))?;
    let edit = json!({ "edit": "set", "field": "archived", "value": true });
    let args = json!({ "key": key, "heads": contact["heads"], "window": "a", "edits": [edit] });
    window.rpc("edit_item", args)?;
    let jourhem = window.rpc("head", json!({ "key": "label:jourhem" }))?;
    let edit = json!({ "edit": "set", "field": "merged_into", "value": "label:familjehem" });
    let args = json!({ "key": "label:jourhem", "heads": jourhem["heads"], "window": "a", "edits": [edit] });
    window.rpc("edit_item", args)?;
    let gambling = window.rpc("head", json!({ "key": "playbook:gambling" }))?;
    let edit = json!({ "edit": "set", "field": "merged_into", "value": "playbook:comorbidity" });
    let args = json!({ "key": "playbook:gambling", "heads": gambling["heads"], "window": "a", "edits": [edit] });
    window.rpc("edit_item", args)?;
    let draft = json!({ "key": "new:note", "field": "body", "heads": [], "window": "a",
        "text": "Halvvägs" });
    window.rpc("save_draft", draft)?;
    let news = json!([
        { "edit": "set", "field": "title", "value": "Ny blankett" },
        { "edit": "set", "field": "from", "value": "2026-12-01" },
        { "edit": "set", "field": "statute", "value": "LVU 13 §" },
        { "edit": "put", "set": "playbooks", "key": "playbook:lvm", "present": true },
    ]);
    let args = json!({ "kind": "bulletin", "window": "a", "edits": news });
    window.rpc("create_item", args)?;
    let bulletins = window.rpc("bulletins", json!({}))?;
    let set = |field: &str, value: &str| json!({ "edit": "set", "field": field, "value": value });
    let welcome = json!([set("text", "Här hjälps vi åt.\nRing hellre än att undra.")]);
    let args = json!({ "kind": "welcome", "window": "a", "edits": welcome });
    window.rpc("create_item", args)?;
    let fault = json!([
        set("title", "Länken leder fel"),
        set("form", "fault"),
        set("text", "Den på kortet om adoption."),
        set("page", "kort/adoption-international"),
        set("state", "taken_up"),
        set("answer", "FoU rättar i maj."),
    ]);
    let args = json!({ "kind": "suggestion", "window": "a", "edits": fault });
    let suggestion = window.rpc("create_item", args)?;
    let ruling = lay_down(window)?;
    let notes = window.rpc("notes", json!({}))?;
    let questions = window.rpc("questions", json!({}))?;
    let name = |of: &serde_json::Value| -> Result<String> {
        let key = of["key"].as_str().context("a key")?;
        Ok(key.split_once(':').context("a kind")?.1.to_string())
    };
    Ok([
        ("NOTE", name(&notes[0])?),
        ("QUESTION", name(&questions["clear"][0])?),
        ("BULLETIN", name(&bulletins[0])?),
        ("EYES", name(&questions["second_eyes"][0])?),
        ("SUGGESTION", name(&suggestion)?),
        ("RULING", name(&ruling)?),
    ])
}

/// Lays a card down, and changes it.
fn lay_down(window: &Window) -> Result<serde_json::Value> {
    let set = |field: &str, value: &str| json!({ "edit": "set", "field": field, "value": value });
    let now = window.rpc("rulings", json!({ "key": "playbook:custody" }))?["now"].clone();
    let version = now["version"].as_str().context("a version")?;
    let laid_down = json!([
        set("playbook", "playbook:custody"),
        set("version", version),
        set("owner", "municipality:dorotea"),
        set("role", "Socialnämnden"),
        set("on", "2026-03-02"),
    ]);
    let args = json!({ "kind": "ruling", "window": "a", "edits": laid_down });
    let ruling = window.rpc("create_item", args)?;
    let custody = window.rpc("head", json!({ "key": "playbook:custody" }))?;
    let edit = set("also_called", "boende");
    let args = json!({ "key": "playbook:custody", "heads": custody["heads"], "window": "a", "edits": [edit] });
    window.rpc("edit_item", args)?;
    Ok(ruling)
}

fn show(window: &Window, page: &Page, names: &Names) -> Result<()> {
    if window.ask("!!document.querySelector('dialog[open]')")? == true {
        window.press(&[Key::Escape])?;
        window.wait(
            "the end of the dialog",
            "!document.querySelector('dialog[open]')",
        )?;
    }
    for (at, ready) in [
        (BETWEEN.at, BETWEEN.ready),
        (page.at, page.clicks.first().copied().unwrap_or(page.ready)),
    ] {
        let at = names
            .iter()
            .fold(at.to_string(), |at, (word, name)| at.replace(word, name));
        window.script("location.hash = arguments[0];", &[json!(at)])?;
        window.wait_text(ready.0, ready.1)?;
    }
    for (selector, text) in page.clicks {
        window.click(selector, text)?;
    }
    window.wait_text(page.ready.0, page.ready.1)?;
    if page.unfolded {
        window.script(UNFOLD, &[])?;
    }
    Ok(())
}

/// What is wrong on the page that is shown: with axe-core, and that nothing is cut off.
pub fn look(window: &Window, name: &str, report: &mut Vec<String>) -> Result<()> {
    let mut faults = axe::faults(window).with_context(|| name.to_string())?;
    if window.ask("document.documentElement.scrollWidth > innerWidth")? == true {
        faults.push("wider than the window".to_string());
    }
    report.extend(faults.into_iter().map(|fault| format!("{name}: {fault}")));
    Ok(())
}

/// Fails with all that was found.
pub fn assert_clean(report: &[String]) {
    assert!(
        report.is_empty(),
        "{} faults\n{}",
        report.len(),
        report.join("\n")
    );
}

/// Looks at what a journey comes to, in light and in dark. With RADRUM_SHOTS a picture of each
/// is kept there.
pub struct Looks {
    report: Vec<String>,
    journey: &'static str,
}

impl Looks {
    pub const fn new(journey: &'static str) -> Self {
        Self {
            report: Vec::new(),
            journey,
        }
    }

    pub fn at(&mut self, window: &Window, name: &str) -> Result<()> {
        let theme = "document.documentElement.dataset.theme = arguments[0];";
        for shade in ["dark", "light"] {
            window.script(theme, &[json!(shade)])?;
            keep_picture(window, &format!("{}-{shade}-", self.journey), name)?;
            look(window, &format!("{name} {shade}"), &mut self.report)?;
        }
        Ok(())
    }

    pub fn assert_clean(&self) {
        assert_clean(&self.report);
    }
}

/// Looks at all pages of the Exempelkrets. With RADRUM_SHOTS a picture of each is kept there.
fn look_at_all(args: &[&str], pictures: &str, skipped: fn(&Page) -> bool) -> Result<()> {
    let stage = Stage::new()?;
    let mut all = vec!["--demo", "--now", "2026-11-20"];
    all.extend(args);
    let window = open_desktop(&stage, &all)?;
    window.wait_text("h2", "Nytt i kretsen")?;
    window.listen()?;
    let names = prepare(&window)?;
    let mut report = Vec::new();
    for page in [&BETWEEN]
        .into_iter()
        .chain(PAGES)
        .filter(|page| !skipped(page))
    {
        if let Err(error) = show(&window, page, &names) {
            report.push(format!("{}: {error:#}", page.name));
            continue;
        }
        keep_picture(&window, pictures, page.name)?;
        look(&window, page.name, &mut report)?;
    }
    window.press(&[Key::Escape])?;
    window.press_letter(&[Key::Control, Key::Shift], 'h')?;
    window.wait_text("h1", "Rådrum – dolt.")?;
    look(&window, "dolt", &mut report)?;
    assert_clean(&report);
    Ok(())
}

/// The folder in RADRUM_SHOTS gets a picture.
pub fn keep_picture(window: &Window, kind: &str, name: &str) -> Result<()> {
    if let Some(folder) = std::env::var_os("RADRUM_SHOTS") {
        let folder = PathBuf::from(folder);
        std::fs::create_dir_all(&folder)?;
        window.settle()?;
        std::fs::write(folder.join(format!("{kind}{name}.png")), window.picture()?)?;
    }
    Ok(())
}

#[test]
fn every_page_in_light_is_free_of_faults() -> Result<()> {
    look_at_all(&[], "light-", |_| false)
}

#[test]
fn every_page_in_dark_is_free_of_faults() -> Result<()> {
    look_at_all(&["--dark"], "dark-", |_| false)
}

#[test]
fn every_page_in_a_narrow_window_is_free_of_faults() -> Result<()> {
    // The table of responsibilities is a list there, and the keys are told by `?` alone.
    let wide = |page: &Page| {
        let first = page.clicks.first();
        page.name == "tangenter" || first.is_some_and(|(selector, _)| selector.starts_with("td"))
    };
    look_at_all(&["--size", "480x800"], "narrow-", wide)
}

#[test]
fn a_planted_fault_is_found() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_desktop(&stage, &["--demo"])?;
    window.wait_text("h2", "Nytt i kretsen")?;
    assert_clean(&axe::faults(&window)?);
    window.script(
        "const main = document.querySelector('main');
         main.append(document.createElement('button'));
         document.querySelector('h2').style.color = 'gray';
         document.querySelector('#search').removeAttribute('aria-label');
         document.querySelector('#search').removeAttribute('placeholder');",
        &[],
    )?;
    let faults = axe::faults(&window)?.join("\n");
    for rule in ["button-name", "color-contrast", "label"] {
        assert!(
            faults.contains(&format!("{rule}: ")),
            "no {rule} in {faults}"
        );
    }
    Ok(())
}
