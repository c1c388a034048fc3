//! The file dialog of the desktop, which no driver of a web page reaches.

use crate::stage::Stage;
use crate::window::Window;
use anyhow::{Context as _, Result, ensure};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// Types with the X server's own test keys.
const PROGRAM: &str = include_str!("dialog.py");

/// Clicks the button that asks for a file, and answers the dialog with a path of ASCII letters.
pub fn choose_file(stage: &Stage, window: &Window, button: &str, path: &Path) -> Result<()> {
    let mut typist = Command::new("python3");
    typist.args(["-c", PROGRAM]).arg(path);
    let mut typist = stage.spawn(typist.stdout(Stdio::piped()))?;
    let mut line = String::new();
    BufReader::new(typist.stdout.take().context("output")?).read_line(&mut line)?;
    window.click("button", button)?;
    ensure!(typist.wait()?.success(), "no file was chosen");
    Ok(())
}
