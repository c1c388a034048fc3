//! A screen of its own for the windows that are measured, and what is drawn on it.

use super::process::{end_tree, lines};
use anyhow::{Context as _, Result, bail};
use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// The servers must be up by then.
const UP_WITHIN: Duration = Duration::from_secs(30);

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
        let mut xvfb = Command::new("Xvfb");
        // The server chooses a free number itself, and draws into a file.
        xvfb.args("-displayfd 1 -screen 0 1280x800x24 -nolisten tcp -fbdir".split(' '));
        let (server, number) = begun(xvfb.arg(home.path()))?;
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

    /// Lets a program draw here, and write nowhere else.
    pub fn show(&self, command: &mut Command) {
        let home = self.home.path();
        command
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .env("HOME", home)
            .env("XDG_DATA_HOME", home)
            .env("XDG_CONFIG_HOME", home)
            .env("XDG_CACHE_HOME", home)
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env_remove("WAYLAND_DISPLAY");
    }

    /// What is drawn from now on.
    ///
    /// # Errors
    /// When the server has no file.
    pub fn pixels(&self) -> Result<Pixels> {
        Pixels::of(&self.home.path().join("Xvfb_screen0"))
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
    let line = lines(&mut child)?.recv_timeout(UP_WITHIN);
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

/// The server's picture, four bytes a pixel.
pub struct Pixels {
    file: File,
    last: Vec<u8>,
    now: Vec<u8>,
}

impl Pixels {
    fn of(path: &Path) -> Result<Self> {
        let file = File::open(path).with_context(|| path.display().to_string())?;
        let bytes = usize::try_from(file.metadata()?.len())?;
        let mut pixels = Self {
            file,
            last: vec![0; bytes],
            now: vec![0; bytes],
        };
        pixels.changed()?;
        Ok(pixels)
    }

    /// How many pixels are others than at the last look.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn changed(&mut self) -> Result<usize> {
        self.file.read_exact_at(&mut self.now, 0)?;
        let changed = if self.now == self.last {
            0
        } else {
            let pairs = self.now.chunks_exact(4).zip(self.last.chunks_exact(4));
            pairs.filter(|(now, last)| now != last).count()
        };
        std::mem::swap(&mut self.now, &mut self.last);
        Ok(changed)
    }
}
