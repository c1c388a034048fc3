//! A picture of the real window under Xvfb.

use crate::shell::run;
use crate::wish::Wish;
use anyhow::{Context as _, Result, bail};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// The window must be usable by then.
const USABLE_WITHIN: Duration = Duration::from_secs(90);

/// The picture must stand still by then.
const STILL_WITHIN: Duration = Duration::from_secs(30);

/// So many pictures in a row must be the same.
const ALIKE: u32 = 4;

/// An X server of its own. Ends with it.
pub struct Display {
    server: Child,
    /// `:N`.
    pub name: String,
}

impl Display {
    /// Starts a server that chooses a free number itself.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn start(size: &str) -> Result<Self> {
        let screen = format!("{size}x24");
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                &screen,
                "-nolisten",
                "tcp",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("Xvfb")?;
        let out = server.stdout.take().context("Xvfb")?;
        let mut number = String::new();
        BufReader::new(out).read_line(&mut number)?;
        if number.trim().is_empty() {
            bail!("Xvfb did not come up");
        }
        Ok(Self {
            server,
            name: format!(":{}", number.trim()),
        })
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Opens the window, waits until it is usable and stands still, and saves a PNG.
///
/// # Errors
/// When the window does not come up, or the picture cannot be saved.
pub fn take(program: &Path, wish: &Wish, file: &Path) -> Result<()> {
    let size = wish.size.clone().unwrap_or_else(|| "1280x800".to_string());
    let display = Display::start(&size)?;
    // A profile of its own: a picture never meets an open window, and begins as new.
    let folder = std::env::temp_dir().join(format!("radrum-picture-{}", std::process::id()));
    let settings = folder.join("gtk-3.0");
    fs::create_dir_all(&settings)?;
    // A caret that blinks never stands still.
    fs::write(
        settings.join("settings.ini"),
        "[Settings]\ngtk-cursor-blink=0\n",
    )?;
    let taken = take_in(program, wish, &size, file, &display.name, &folder);
    let _ = fs::remove_dir_all(&folder);
    taken?;
    println!("{}", file.display());
    Ok(())
}

fn take_in(
    program: &Path,
    wish: &Wish,
    size: &str,
    file: &Path,
    display: &str,
    folder: &Path,
) -> Result<()> {
    let mut window = Command::new("dbus-run-session")
        .arg("--")
        .arg(program)
        .args(wish.arguments())
        .args(["--announce", "--size", size, "--profile"])
        .arg(folder.join("profile"))
        .env("DISPLAY", display)
        .env("HOME", folder)
        .env("XDG_DATA_HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .env("XDG_CACHE_HOME", folder)
        .env("GDK_BACKEND", "x11")
        .env("NO_AT_BRIDGE", "1")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("dbus-run-session")?;
    let shot = wait_until_usable(&mut window).and_then(|()| still_picture(display, folder));
    let _ = window.kill();
    let _ = window.wait();
    fs::copy(shot?, file).with_context(|| file.display().to_string())?;
    Ok(())
}

fn wait_until_usable(window: &mut Child) -> Result<()> {
    let out = window.stdout.take().context("output of the window")?;
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            if line.starts_with("usable") && sender.send(()).is_err() {
                return;
            }
        }
    });
    match receiver.recv_timeout(USABLE_WITHIN) {
        Ok(()) => Ok(()),
        Err(RecvTimeoutError::Timeout) => bail!("the window was not usable in time"),
        Err(RecvTimeoutError::Disconnected) => bail!("the window closed by itself"),
    }
}

/// Pictures half a second apart that are alike. More than two: on a busy machine a page may
/// wait a second for its answer, and the empty page stands still as well.
fn still_picture(display: &str, folder: &Path) -> Result<PathBuf> {
    let began = Instant::now();
    let mut before: Option<Vec<u8>> = None;
    let mut alike = 1;
    while began.elapsed() < STILL_WITHIN {
        std::thread::sleep(Duration::from_millis(500));
        let path = folder.join("picture.png");
        let mut import = Command::new("import");
        import
            .args(["-window", "root", "-strip"])
            .arg(&path)
            .env("DISPLAY", display);
        run(&mut import)?;
        let now = fs::read(&path)?;
        alike = if before.as_ref() == Some(&now) {
            alike + 1
        } else {
            1
        };
        if alike == ALIKE {
            return Ok(path);
        }
        before = Some(now);
    }
    bail!("the window did not stand still")
}
