//! A computer of its own for one test: home folder, display, session bus, key store.

use anyhow::{Context as _, Result, bail};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The longest that anything is waited for. Far more than a loaded machine needs.
pub const WITHIN: Duration = Duration::from_secs(60);

/// Between two looks at a condition.
pub const TICK: Duration = Duration::from_millis(20);

/// A session bus that lies in the stage and starts nothing by itself: no key store that a test did not start.
const BUS: &str = "<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=RUN</listen>
  <auth>EXTERNAL</auth>
  <policy context='default'>
    <allow send_destination='*' eavesdrop='true'/>
    <allow eavesdrop='true'/>
    <allow own='*'/>
  </policy>
</busconfig>";

/// The file dialog opens with its field for a path, where a test types.
const DIALOG: &str = "[org/gtk/settings/file-chooser]
location-mode='filename-entry'
startup-mode='cwd'
";

/// What a test starts its programs on. All of them end with it.
pub struct Stage {
    /// Ends the group when the test itself is killed: then nobody holds its input any more.
    leader: Child,
    _held: Option<ChildStdin>,
    children: Vec<Child>,
    display: String,
    bus: String,
    home: TempDir,
}

impl Stage {
    /// A display and a session bus, and no key store.
    pub fn new() -> Result<Self> {
        let mut leader = Command::new("sh")
            .args(["-c", "read -r _; kill -KILL 0"])
            .process_group(0)
            .stdin(Stdio::piped())
            .spawn()
            .context("sh")?;
        let mut stage = Self {
            _held: leader.stdin.take(),
            leader,
            children: Vec::new(),
            display: String::new(),
            bus: String::new(),
            home: tempfile::tempdir()?,
        };
        let run = stage.home.path().join("run");
        fs::create_dir_all(stage.home.path().join("tmp"))?;
        fs::create_dir(&run)?;
        fs::set_permissions(&run, fs::Permissions::from_mode(0o700))?;
        let settings = stage.home.path().join("config/glib-2.0/settings");
        fs::create_dir_all(&settings)?;
        fs::write(settings.join("keyfile"), DIALOG)?;
        let mut display = Command::new("Xvfb");
        display.args(["-screen", "0", "1400x1000x24", "-nolisten", "tcp"]);
        // Without it the server starts anew when its last window goes, and turns the next away.
        let number = stage.announced(display.args(["-noreset", "-displayfd", "1"]))?;
        stage.display = format!(":{number}");
        let config = stage.home.path().join("bus.conf");
        fs::write(&config, BUS.replace("RUN", &run.to_string_lossy()))?;
        let mut bus = Command::new("dbus-daemon");
        bus.args(["--nofork", "--print-address=1", "--config-file"]);
        stage.bus = stage.announced(bus.arg(&config))?;
        Ok(stage)
    }

    /// Also an unlocked key store.
    pub fn with_keyring() -> Result<Self> {
        Self::with_key_store("--unlock")
    }

    /// Also a key store that answers and keeps nothing: nobody has ever unlocked it.
    pub fn with_shut_keyring() -> Result<Self> {
        Self::with_key_store("--foreground")
    }

    fn with_key_store(how: &str) -> Result<Self> {
        let mut stage = Self::new()?;
        let mut daemon = Command::new("gnome-keyring-daemon");
        daemon.args(["--foreground", how, "--components=secrets"]);
        daemon.stdin(Stdio::piped()).stdout(Stdio::null());
        let mut daemon = stage.spawn(&mut daemon)?;
        // Closed behind the password: the daemon reads to the end.
        let mut input = daemon.stdin.take().context("input of the key store")?;
        input.write_all(b"ett testord")?;
        drop(input);
        stage.children.push(daemon);
        let name = "string:org.freedesktop.secrets";
        let ask = ["/", "org.freedesktop.DBus.NameHasOwner", name];
        wait_for("the key store", || {
            Ok(stage
                .ask_bus("org.freedesktop.DBus", &ask)?
                .contains("true"))
        })?;
        Ok(stage)
    }

    /// What the session bus answers to `dbus-send`.
    pub fn ask_bus(&self, dest: &str, words: &[&str]) -> Result<String> {
        let mut ask = Command::new("dbus-send");
        ask.args(["--session", "--print-reply", &format!("--dest={dest}")]);
        ask.args(words).stderr(Stdio::null());
        let out = self.prepared(&mut ask).output().context("dbus-send")?;
        Ok(String::from_utf8_lossy(&out.stdout).into_owned())
    }

    /// Its home folder. All that any program leaves behind lies below it.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Where the profile of the test lies.
    pub fn profile(&self) -> PathBuf {
        self.home.path().join("profile")
    }

    /// Starts a program on this stage.
    pub fn spawn(&self, command: &mut Command) -> Result<Child> {
        let name = command.get_program().to_string_lossy().into_owned();
        self.prepared(command).spawn().context(name)
    }

    /// Sets the place that a program of this stage sees.
    pub fn prepared<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let home = self.home.path();
        command
            .process_group(i32::try_from(self.leader.id()).unwrap_or_default())
            .env("HOME", home)
            .env("TMPDIR", home.join("tmp"))
            .env("XDG_RUNTIME_DIR", home.join("run"))
            .env("XDG_DATA_HOME", home.join("share"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("LC_ALL", "C.UTF-8")
            .env("GDK_BACKEND", "x11")
            .env("GSETTINGS_BACKEND", "keyfile")
            .env("NO_AT_BRIDGE", "1")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env_remove("WAYLAND_DISPLAY")
            // A proxy has nothing to do with this machine itself.
            .env("no_proxy", "*")
            .env_remove("http_proxy")
            .env_remove("HTTP_PROXY")
    }

    /// kill -9 of a program of this stage. Returns when nothing of it is left: a new window
    /// asks the bus whether another one stands open.
    pub fn kill(&self, program: &Path) -> Result<()> {
        let Some(pid) = self.find(program)? else {
            bail!("{} does not run", program.display());
        };
        kill_process(pid, Signal::KILL)?;
        wait_for("the end of the program", || Ok(!is_alive(pid)))?;
        let names = ["/", "org.freedesktop.DBus.ListNames"];
        wait_for("the bus", || {
            Ok(!self
                .ask_bus("org.freedesktop.DBus", &names)?
                .contains("radrum"))
        })
    }

    /// A running process of this stage, by its program.
    fn find(&self, program: &Path) -> Result<Option<Pid>> {
        let wanted = fs::canonicalize(program)?;
        let home = format!("HOME={}", self.home.path().display());
        for entry in fs::read_dir("/proc")? {
            let entry = entry?;
            let number = entry.file_name().to_string_lossy().parse::<i32>().ok();
            let Some(pid) = number.and_then(Pid::from_raw) else {
                continue;
            };
            if fs::read_link(entry.path().join("exe")).is_ok_and(|exe| exe == wanted)
                && fs::read(entry.path().join("environ")).is_ok_and(|bytes| {
                    bytes
                        .split(|byte| *byte == 0)
                        .any(|one| one == home.as_bytes())
                })
            {
                return Ok(Some(pid));
            }
        }
        Ok(None)
    }

    /// Starts a program that stays, and gives the first line that it prints.
    fn announced(&mut self, command: &mut Command) -> Result<String> {
        let command = command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = self.spawn(command.stderr(Stdio::null()))?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("output")?).read_line(&mut line)?;
        self.children.push(child);
        if line.trim().is_empty() {
            bail!("{:?} did not come up", command.get_program());
        }
        Ok(line.trim().to_string())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(group) = Pid::from_raw(i32::try_from(self.leader.id()).unwrap_or_default()) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        for child in self.children.iter_mut().chain([&mut self.leader]) {
            let _ = child.wait();
        }
    }
}

/// Windows are killed and opened again here; a display that is busy with itself just then ends
/// the new program before it has begun.
#[test]
fn the_display_takes_the_next_window_right_after_the_last_one_went() -> Result<()> {
    let stage = Stage::new()?;
    let socket = format!("/tmp/.X11-unix/X{}", stage.display.trim_start_matches(':'));
    // Setup of X11: little-endian, protocol 11.0, no authorisation.
    let hello = [b'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    for time in 0..3000 {
        let mut client = UnixStream::connect(&socket)?;
        let mut answer = [0; 8];
        client.write_all(&hello)?;
        client
            .read_exact(&mut answer)
            .with_context(|| format!("turned away the {time}th time"))?;
    }
    Ok(())
}

/// Whether a process still holds files. A dead one may wait to be counted, as `Z`.
fn is_alive(pid: Pid) -> bool {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()));
    stat.is_ok_and(|stat| {
        !stat
            .rsplit(')')
            .next()
            .unwrap_or_default()
            .trim()
            .starts_with(['Z', 'X'])
    })
}

/// Looks until it is so.
pub fn wait_for(what: &str, mut is_so: impl FnMut() -> Result<bool>) -> Result<()> {
    let began = Instant::now();
    while !is_so()? {
        if began.elapsed() > WITHIN {
            bail!("waited in vain for {what}");
        }
        std::thread::sleep(TICK);
    }
    Ok(())
}
