//! A window as a program of its own.

use super::Bench;
use super::process::{end_tree, lines};
use super::samples::ms_since;
use super::screen::Screen;
use anyhow::{Context as _, Result};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

/// A window must be usable by then.
pub const USABLE_WITHIN: Duration = Duration::from_secs(60);

fn says_usable(line: &str) -> bool {
    line.starts_with("usable")
}

/// A window; ended with all its processes when dropped.
pub struct Shown {
    child: Child,
    printed: Receiver<String>,
    /// When its program was started.
    pub began: Instant,
    /// From the start of its program until it takes input, in ms.
    pub usable_ms: f64,
}

impl Shown {
    /// The program's own window on the store, when it takes input.
    ///
    /// # Errors
    /// When it is not usable in time.
    pub fn radrum(bench: &Bench<'_>, screen: &Screen, more: &[&str]) -> Result<Self> {
        Self::start_radrum(bench, screen, more)?.usable()
    }

    /// A window of the same Tauri with nothing in it, when its page has told that it is painted.
    ///
    /// # Errors
    /// When it does not come up in time.
    pub fn empty(bench: &Bench<'_>, screen: &Screen) -> Result<Self> {
        Self::start_empty(bench, screen)?.usable()
    }

    /// The same without waiting for it.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub fn start_radrum(bench: &Bench<'_>, screen: &Screen, more: &[&str]) -> Result<Self> {
        let folder = bench.store.folder.display().to_string();
        let mut arguments = vec!["--demo", "--announce", "--profile", &folder];
        arguments.extend(more);
        Self::start(screen, bench.place.program("radrum")?, &arguments)
    }

    /// The same without waiting for it.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub fn start_empty(bench: &Bench<'_>, screen: &Screen) -> Result<Self> {
        Self::start(screen, bench.place.program("examples/empty")?, &[])
    }

    fn start(screen: &Screen, program: PathBuf, arguments: &[&str]) -> Result<Self> {
        let mut command = Command::new(&program);
        screen.show(&mut command);
        let began = Instant::now();
        let mut child = command
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| program.display().to_string())?;
        let printed = lines(&mut child)?;
        Ok(Self {
            child,
            printed,
            began,
            usable_ms: 0.0,
        })
    }

    fn usable(mut self) -> Result<Self> {
        let until = self.began + USABLE_WITHIN;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let line = self.printed.recv_timeout(left);
            if says_usable(&line.context("the window was not usable in time")?) {
                self.usable_ms = ms_since(self.began);
                return Ok(self);
            }
        }
    }

    /// Whether it has said by now that it takes input; it says so once.
    pub fn has_said_usable(&self) -> bool {
        self.printed.try_recv().is_ok_and(|line| says_usable(&line))
    }

    /// Its process; those of the engine are below it.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        end_tree(&mut self.child);
    }
}
