//! The real window, and an empty one, on a screen of their own.

use super::Bench;
use super::figure::{Figure, Unit};
use super::process::{end_tree, lines};
use super::samples::{Samples, ms_since};
use anyhow::{Context as _, Result, bail};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Starts of each window, after a first one that fills the file cache.
const STARTS: usize = 7;

/// A window must be usable by then.
const USABLE_WITHIN: Duration = Duration::from_secs(60);

/// Product.md section 5, in ms.
const USABLE_MAX: f64 = 1_000.0;

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let screen = Screen::start()?;
    let [mut ours, mut empty]: [Samples; 2] = Default::default();
    for round in 0..=STARTS {
        let (ours_ms, empty_ms) = (
            Shown::radrum(bench, &screen)?.usable_ms,
            Shown::empty(bench, &screen)?.usable_ms,
        );
        if round > 0 {
            ours.push(ours_ms);
            empty.push(empty_ms);
        }
    }
    let name = format!("start to usable, {} starts", ours.len());
    Ok([("median", 0.5), ("max", 1.0)]
        .into_iter()
        .map(|(stat, share)| {
            Figure::new(name.clone(), stat, Unit::Ms, ours.quantile(share))
                .at_most(USABLE_MAX)
                .beside("empty Tauri window, painted", empty.quantile(share))
        })
        .collect())
}

/// An X server, a session bus and a home folder; all end with it.
pub struct Screen {
    server: Child,
    bus: Child,
    display: String,
    address: String,
    home: TempDir,
}

impl Screen {
    /// Starts them.
    ///
    /// # Errors
    /// When one does not come up.
    pub fn start() -> Result<Self> {
        let home = tempfile::tempdir()?;
        // The server chooses a free number itself.
        let arguments = "-displayfd 1 -screen 0 1280x800x24 -nolisten tcp";
        let (server, number) = begun(Command::new("Xvfb").args(arguments.split(' ')))?;
        let bus =
            begun(Command::new("dbus-daemon").args(["--session", "--nofork", "--print-address=1"]));
        let (bus, address) = match bus {
            Ok(bus) => bus,
            Err(error) => {
                end(server);
                return Err(error);
            }
        };
        Ok(Self {
            server,
            bus,
            display: format!(":{number}"),
            address,
            home,
        })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        end_tree(&mut self.bus);
        end_tree(&mut self.server);
    }
}

/// Starts a server and gives the first line that it prints.
fn begun(command: &mut Command) -> Result<(Child, String)> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| name.clone())?;
    let line = lines(&mut child)?.recv_timeout(USABLE_WITHIN);
    match line {
        Ok(line) if !line.trim().is_empty() => Ok((child, line.trim().to_string())),
        _ => {
            end(child);
            bail!("{name} did not come up")
        }
    }
}

fn end(mut child: Child) {
    end_tree(&mut child);
}

/// A window that takes input; ended with all its processes when dropped.
pub struct Shown {
    child: Child,
    _printed: Receiver<String>,
    /// From the start of its program, in ms.
    pub usable_ms: f64,
}

impl Shown {
    /// The program's own window on the store.
    ///
    /// # Errors
    /// When it is not usable in time.
    pub fn radrum(bench: &Bench<'_>, screen: &Screen) -> Result<Self> {
        let folder = bench.store.folder.display().to_string();
        let arguments = ["--demo", "--announce", "--profile", &folder];
        Self::start(screen, bench.place.program("radrum")?, &arguments)
    }

    /// A window of the same Tauri with nothing in it.
    ///
    /// # Errors
    /// When it does not come up in time.
    pub fn empty(bench: &Bench<'_>, screen: &Screen) -> Result<Self> {
        Self::start(screen, bench.place.program("examples/empty")?, &[])
    }

    fn start(screen: &Screen, program: PathBuf, arguments: &[&str]) -> Result<Self> {
        let home = screen.home.path();
        let began = Instant::now();
        let child = Command::new(&program)
            .args(arguments)
            .env("DISPLAY", &screen.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &screen.address)
            .env("HOME", home)
            .env("XDG_DATA_HOME", home)
            .env("XDG_CONFIG_HOME", home)
            .env("XDG_CACHE_HOME", home)
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env_remove("WAYLAND_DISPLAY")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| program.display().to_string())?;
        let mut shown = Self {
            child,
            _printed: std::sync::mpsc::channel().1,
            usable_ms: 0.0,
        };
        shown._printed = lines(&mut shown.child)?;
        let until = began + USABLE_WITHIN;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let line = shown._printed.recv_timeout(left);
            let name = program.display();
            if line
                .with_context(|| format!("{name} was not usable"))?
                .starts_with("usable")
            {
                shown.usable_ms = ms_since(began);
                return Ok(shown);
            }
        }
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
