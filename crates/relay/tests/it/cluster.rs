//! A real PostgreSQL of this test's own: a temporary folder, a unix socket, no TCP.

use std::os::unix::fs::{PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A database server.
pub struct Cluster {
    folder: TempDir,
    owner: Option<(u32, u32)>,
    child: Option<Child>,
    bin: PathBuf,
}

/// Where Debian, Fedora, Arch and a plain installation have it.
fn bin() -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    found.sort();
    found.reverse();
    found.extend(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    ));
    found
        .into_iter()
        .find(|bin| bin.join("initdb").exists() && bin.join("postgres").exists())
        .expect("PostgreSQL is needed for this test: apt-get install postgresql")
}

/// PostgreSQL refuses to run as root: then it runs as its own user, or as nobody.
fn owner() -> Option<(u32, u32)> {
    if !rustix::process::geteuid().is_root() {
        return None;
    }
    let id = |flag: &str, user: &str| -> Option<u32> {
        let output = Command::new("id").args([flag, user]).output().ok()?;
        String::from_utf8(output.stdout).ok()?.trim().parse().ok()
    };
    ["postgres", "nobody"]
        .into_iter()
        .find_map(|user| Some((id("-u", user)?, id("-g", user)?)))
}

impl Cluster {
    pub fn start() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("pg")
            .tempdir()
            .expect("folder");
        let (bin, owner) = (bin(), owner());
        let open = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(folder.path(), open).expect("mode");
        if let Some((user, group)) = owner {
            chown(folder.path(), Some(user), Some(group)).expect("owner");
        }
        let mut cluster = Self {
            folder,
            owner,
            child: None,
            bin,
        };
        let mut init = cluster.command("initdb");
        init.args([
            "-U",
            "radrum",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "-D",
        ]);
        init.arg(cluster.data());
        let done = init.output().expect("initdb");
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        cluster.run();
        cluster
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.bin.join(program));
        command
            .current_dir(self.folder.path())
            .stdout(Stdio::null());
        if let Some((user, group)) = self.owner {
            command.uid(user).gid(group);
        }
        command
    }

    /// Starts the server and waits until it answers. After a kill the memory of the server
    /// before may still be in use for a moment.
    pub fn run(&mut self) {
        let patience = Instant::now() + Duration::from_secs(60);
        while self.child.is_none() {
            assert!(Instant::now() < patience, "PostgreSQL did not start");
            self.try_run(patience);
        }
    }

    fn try_run(&mut self, patience: Instant) {
        let mut server = self.command("postgres");
        server.arg("-D").arg(self.data());
        server.arg("-k").arg(self.folder.path());
        server.args(["-c", "listen_addresses=", "-c", "shared_buffers=32MB"]);
        self.child = server.stderr(Stdio::null()).spawn().ok();
        while let Some(child) = &mut self.child
            && Instant::now() < patience
        {
            let id = child.id().to_string();
            let ended = child.try_wait().expect("postgres").is_some();
            let state = std::fs::read_to_string(self.data().join("postmaster.pid"));
            let state = state.unwrap_or_default();
            let ready = state
                .lines()
                .last()
                .is_some_and(|line| line.trim() == "ready");
            if ended {
                self.child = None;
            } else if ready && state.lines().next() == Some(&id) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// kill -9 of the server and of everything that it started.
    pub fn kill(&mut self) {
        let Some(mut child) = self.child.take() else {
            return;
        };
        let below = children(child.id());
        child.kill().expect("kill");
        for pid in below {
            if let Some(pid) = rustix::process::Pid::from_raw(pid) {
                let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
            }
        }
        child.wait().expect("wait");
    }

    /// What the relay is told.
    pub fn url(&self) -> String {
        let socket = self
            .folder
            .path()
            .to_str()
            .expect("path")
            .replace('/', "%2F");
        format!("postgres://radrum@{socket}/postgres")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Processes that one started.
fn children(of: u32) -> Vec<i32> {
    let path = format!("/proc/{of}/task/{of}/children");
    let list = std::fs::read_to_string(Path::new(&path)).unwrap_or_default();
    list.split_whitespace()
        .filter_map(|pid| pid.parse().ok())
        .collect()
}
