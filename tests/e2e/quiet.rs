//! What is typed stays: as a draft through a kill, and out of every file that can be read.

use crate::driver::open_example;
use crate::stage::{Stage, wait_for};
use crate::window::Window;
use anyhow::Result;
use serde_json::json;
use std::fs;
use std::path::Path;

/// Words that occur nowhere else.
const SAVED: &str = "tjärnblomsvaka";
const DRAFTED: &str = "myrullsgryning";
const SOUGHT: &str = "skogsrönnsdimma";

fn write_note(window: &Window, word: &str) -> Result<()> {
    window.ask("location.hash = '#/anteckning/ny'")?;
    window.fill("#f-title", &format!("Om {word}"))?;
    let body = format!("Vi talade om {word} på mötet.");
    window.fill("#f-body", &body)?;
    window.wait_text("[role=status]", "utkast sparat")?;
    // That may be said of the title still: the last letters follow a moment later.
    window.until("the draft of the text", || {
        let drafts = window.rpc("drafts", json!({ "key": "new:note" }))?;
        Ok(drafts.to_string().contains(&body))
    })
}

/// The files below a folder in which a word stands, as UTF-8 or as UTF-16.
fn files_with(folder: &Path, word: &str) -> Result<Vec<String>> {
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let meta = fs::symlink_metadata(&path)?;
        if meta.is_dir() {
            found.extend(files_with(&path, word)?);
        } else if meta.is_file() {
            let mut bytes = fs::read(&path)?;
            bytes.extend(path.to_string_lossy().as_bytes());
            let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|part| part == needle);
            if holds(word.as_bytes()) || holds(&wide) {
                found.push(path.display().to_string());
            }
        }
    }
    Ok(found)
}

#[test]
fn a_draft_survives_a_kill_and_is_taken_up_where_it_waits() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    write_note(&window, DRAFTED)?;
    window.kill(&stage)?;

    let window = open_example(&stage)?;
    window.wait_text("h2", "Väntar på dig")?;
    window.click("li.row a", "Ny anteckning")?;
    window.wait_text(".notice", "Du har ett utkast")?;
    window.click("button", "Fortsätt")?;
    window.wait(
        "the title",
        &format!("seen('#f-title')?.value === 'Om {DRAFTED}'"),
    )?;
    let body = window.ask("seen('#f-body').value")?;
    assert_eq!(body, format!("Vi talade om {DRAFTED} på mötet."));
    window.click("button", "Spara")?;
    window.wait_text("h1", DRAFTED)?;
    // A draft that has been saved waits no longer.
    window.click("nav a", "Sök")?;
    window.wait_text("h2", "Nytt i kretsen")?;
    window.wait("no draft", "!seen('li.row a', 'Ny anteckning')")
}

#[test]
fn no_file_of_the_desktop_holds_a_word_that_was_typed() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    write_note(&window, SAVED)?;
    window.click("button", "Spara")?;
    window.wait_text("h1", SAVED)?;
    window.click("nav a", "Sök")?;
    window.fill("#search", SAVED)?;
    window.wait_text("a[data-row]", SAVED)?;
    window.fill("#search", SOUGHT)?;
    window.wait_text("p", "Inget som stämmer helt.")?;
    write_note(&window, DRAFTED)?;
    // The log is told that a command failed, and nothing of what it was given.
    window.fill("#f-title", "")?;
    window.click("button", "Spara")?;
    window.wait_text("[role=alert]", "Rätta det som är markerat")?;
    let log = stage.profile().join("log");
    wait_for("a line in the log", || {
        Ok(!files_with(&log, "command failed")?.is_empty())
    })?;
    window.kill(&stage)?;

    for word in [SAVED, DRAFTED, SOUGHT] {
        assert_eq!(files_with(stage.home(), word)?, [""; 0], "{word}");
    }
    assert!(stage.profile().join("radrum.db").metadata()?.len() > 0);
    Ok(())
}

/// What the printer is told, on the screen: the rules for paper hold for everything. The frame is
/// gone then.
pub fn put_on_paper(window: &Window) -> Result<()> {
    window.script(
        "for (const sheet of document.styleSheets)
           for (const rule of sheet.cssRules)
             if (rule instanceof CSSMediaRule && rule.media.mediaText === 'print')
               rule.media.mediaText = 'all';
         dispatchEvent(new Event('beforeprint'));",
        &[],
    )?;
    for gone in ["nav", "header", ".skip", ".btn"] {
        let left = window.ask(&format!("seen('{gone}')?.outerHTML ?? ''"))?;
        assert_eq!(left, "", "{gone} on paper");
    }
    Ok(())
}

#[test]
fn paper_shows_the_whole_card_without_the_frame() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    window.ask("location.hash = '#/kort/lvm'")?;
    window.wait_text("h2", "Hela kortet")?;
    put_on_paper(&window)?;
    assert_eq!(window.ask("seen('input[type=date]')?.outerHTML ?? ''")?, "");
    window.wait_text("aside", "påhittade personer")?;
    window.wait_text("h1", "LVM")?;
    for part in ["Måste enligt lag", "Frister", "Fallgropar", "Källor"] {
        window.wait_text("h2", part)?;
    }
    Ok(())
}
