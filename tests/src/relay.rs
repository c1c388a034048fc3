//! The real relay as a child process.

use anyhow::{Context as _, Result};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

/// A running relay. It is killed when this is dropped; its folder stays.
pub struct Relay {
    child: Child,
    address: String,
    log: Arc<Mutex<String>>,
}

impl Relay {
    /// The program, which `cargo build` lays beside the tests.
    ///
    /// # Errors
    /// When this is no test program of cargo's.
    pub fn program() -> Result<PathBuf> {
        let test = std::env::current_exe()?;
        let folder = test.ancestors().nth(2).context("target folder")?;
        Ok(folder.join("radrum-relay"))
    }

    /// Starts it for one krets on a port, 0 for any, and waits until it listens.
    ///
    /// # Errors
    /// When it ends before.
    pub fn start(data: &Path, port: u16, krets: &str) -> Result<Self> {
        Self::start_program(&Self::program()?, data, port, krets)
    }

    /// The same with a program that lies elsewhere.
    ///
    /// # Errors
    /// When it ends before.
    pub fn start_program(program: &Path, data: &Path, port: u16, krets: &str) -> Result<Self> {
        Self::start_configured(program, data, port, (krets, ""))
    }

    /// The same with more in its configuration.
    ///
    /// # Errors
    /// When it ends before.
    pub fn start_with(data: &Path, port: u16, krets: &str, more: &str) -> Result<Self> {
        Self::start_configured(&Self::program()?, data, port, (krets, more))
    }

    fn start_configured(
        program: &Path,
        data: &Path,
        port: u16,
        (krets, more): (&str, &str),
    ) -> Result<Self> {
        std::fs::create_dir_all(data)?;
        // In a story days pass in seconds: what an office asks in a year it asks in a minute.
        let config = format!(
            "listen = '127.0.0.1:{port}'\noperator = '127.0.0.1:0'\n\
             [quotas]\nrequests_a_minute = 60000\n{more}"
        );
        std::fs::write(data.join("relay.toml"), config)?;
        let mut child = Command::new(program)
            .arg("--data")
            .arg(data)
            .args(["--krets", krets])
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("{}", program.display()))?;
        let mut lines = BufReader::new(child.stderr.take().context("stderr")?).lines();
        let mut told = String::new();
        let listening = loop {
            let line = lines.next().with_context(|| told.clone())??;
            told.push_str(&line);
            told.push('\n');
            if line.contains("listening") {
                break line;
            }
        };
        let (_, rest) = listening.split_once(" address=").context("address")?;
        let address = rest.split(' ').next().unwrap_or_default();
        let address = format!("http://{address}");
        let log = Arc::new(Mutex::new(told));
        let copy = Arc::clone(&log);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut log = copy.lock().unwrap_or_else(PoisonError::into_inner);
                log.push_str(&line);
                log.push('\n');
            }
        });
        Ok(Self {
            child,
            address,
            log,
        })
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The port that it listens on.
    ///
    /// # Errors
    /// Never, after a start.
    pub fn port(&self) -> Result<u16> {
        let (_, port) = self.address.rsplit_once(':').context("port")?;
        Ok(port.parse()?)
    }

    /// What it has written to its log.
    #[must_use]
    pub fn log(&self) -> String {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.clone()
    }

    /// Ends it at once, as a power cut does.
    ///
    /// # Errors
    /// When it cannot be ended.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
