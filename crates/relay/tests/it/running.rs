//! A relay in this process, and one in a process of its own.

use crate::device::{Device, REGION, public, roster, signing};
use radrum_relay::Server;
use radrum_relay::config::{Config, KretsConfig};
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::TempDir;

/// Whose signature makes rosters.
pub const ADMIN: u64 = 1_000_000;

/// Ports of their own, and one krets.
pub fn config() -> Config {
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    let mut config = Config {
        listen: any,
        operator: Some(any),
        krets: vec![KretsConfig {
            region: REGION,
            roster_keys: vec![public(&signing(ADMIN))],
        }],
        ..Config::default()
    };
    // What devices bring is counted from the first day.
    config.quotas.refill_hours = 0;
    config.quotas.requests_a_minute = 100_000;
    config
}

/// A relay in this process.
pub struct Running {
    runtime: tokio::runtime::Runtime,
    server: Option<Server>,
    pub base: String,
    pub operator: String,
    pub data: Arc<TempDir>,
}

impl Running {
    pub fn start(config: &Config) -> Self {
        Self::start_in(config, Arc::new(tempfile::tempdir().expect("folder")))
    }

    pub fn start_in(config: &Config, data: Arc<TempDir>) -> Self {
        let runtime = tokio::runtime::Runtime::new().expect("runtime");
        let server = runtime.block_on(Server::start(config, data.path()));
        let server = server.expect("start");
        Self {
            base: format!("http://{}", server.address),
            operator: format!("http://{}", server.operator),
            server: Some(server),
            runtime,
            data,
        }
    }

    /// A relay on which the first `n` devices stand.
    pub fn with_devices(config: &Config, n: u64) -> (Self, Vec<Device>) {
        let running = Self::start(config);
        let devices = admit(&running.base, n);
        (running, devices)
    }

    pub fn stop(&mut self) {
        if let Some(server) = self.server.take() {
            self.runtime.block_on(server.stop());
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Puts a roster of the first `n` devices, and lets each show its key.
pub fn admit(base: &str, n: u64) -> Vec<Device> {
    let mut devices: Vec<Device> = (0..n).map(|i| Device::new(base, i)).collect();
    let keys: Vec<_> = devices.iter().map(|device| public(&device.key)).collect();
    let admin = Device::new(base, ADMIN);
    let answer = admin.put_roster(&roster(REGION, 1, Vec::new(), &keys, &admin.key));
    assert_eq!(answer.status(), 200);
    for device in &mut devices {
        device.enter(REGION).expect("token");
    }
    devices
}

/// The program itself.
pub struct Process {
    pub child: Child,
    pub base: String,
    pub operator: String,
    log: Arc<Mutex<String>>,
    reader: Option<std::thread::JoinHandle<()>>,
}

impl Process {
    /// Starts it with a configuration file that names the krets, and waits until it listens.
    pub fn start(data: &Path, more: &str) -> Self {
        Self::start_with(data, more, |_| {})
    }

    pub fn start_with(data: &Path, more: &str, change: impl FnOnce(&mut Command)) -> Self {
        let key = public(&signing(ADMIN));
        let text = format!(
            "listen = '127.0.0.1:0'\noperator = '127.0.0.1:0'\n{more}\n\
             [[krets]]\nregion = '{REGION}'\nroster_keys = ['{key}']\n\
             [quotas]\nrequests_a_minute = 100000\n"
        );
        std::fs::write(data.join("relay.toml"), text).expect("config");
        let mut command = Command::new(env!("CARGO_BIN_EXE_radrum-relay"));
        command.arg("--data").arg(data).stderr(Stdio::piped());
        change(&mut command);
        let mut child = command.spawn().expect("start");
        let mut lines = BufReader::new(child.stderr.take().expect("stderr")).lines();
        let log = Arc::new(Mutex::new(String::new()));
        let mut found = None;
        for line in lines.by_ref() {
            let line = line.expect("line");
            log.lock().expect("log").push_str(&format!("{line}\n"));
            if line.contains("listening") {
                found = Some(line);
                break;
            }
        }
        let line = found.unwrap_or_else(|| panic!("did not start: {}", log.lock().expect("log")));
        let field = |name: &str| {
            let (_, rest) = line.split_once(&format!(" {name}=")).expect("field");
            format!("http://{}", rest.split(' ').next().expect("value"))
        };
        let (base, operator) = (field("address"), field("operator"));
        let copy = log.clone();
        let reader = std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut log = copy.lock().unwrap_or_else(PoisonError::into_inner);
                log.push_str(&line);
                log.push('\n');
            }
        });
        Self {
            child,
            base,
            operator,
            log,
            reader: Some(reader),
        }
    }

    /// kill -9.
    pub fn kill(mut self) {
        self.child.kill().expect("kill");
        self.child.wait().expect("wait");
    }

    /// As systemd stops it; gives everything that it logged.
    pub fn stop(mut self) -> String {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("signal");
        assert!(self.child.wait().expect("wait").success());
        self.reader.take().expect("reader").join().expect("log");
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.clone()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
